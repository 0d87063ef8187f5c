/** Strings: what cuts, joins or re-spells them keeps what they spell out; what counts, compares or searches does not. */
import { textOfAnswer } from "../machine/answers.js";
import {
  ANY_BOOLEAN,
  ANY_NUMBER,
  BOTTOM,
  EMPTY_STRING,
  exact,
  join,
  joinAll,
  NULL,
  numberOf,
  ofConst,
  ofRef,
  ofRefs,
  spelledBy,
  stringOf,
  UNDEFINED,
  withPatterns,
  type Const,
  type Value,
} from "../domain/value.js";
import { S, setSlot } from "../domain/heap.js";
import { hop, make, type Native, type NativeCall } from "../machine/machine.js";
import { iterate } from "../machine/iterate.js";
import { concatenate } from "../machine/operators.js";
import { getNamed } from "../machine/props.js";
import { askingFirst } from "./asked-symbols.js";
import { bytesOfText } from "./buffer.js";
import { datesOfText } from "./date.js";
import { anyString, plainArgs, run, spells, tells, type Plain } from "./fold.js";
import type { NativeModule, NativeTable } from "./index.js";
import { anyMatch, exactMatch, patternOf } from "./pattern.js";
import { replace } from "./replace.js";
import { alike, argOf, arrayOf, asText, exactString, labelsOfArgs, listOf, spelling, stepped } from "./support.js";
import { searched } from "./last-match.js";
import { decode, mapText, stringLabels, stringsOf, type Strings } from "./text.js";
import { cutOf, splitAt } from "./text-holes.js";

/** Longer texts than twice this are not tried. */
const FAR = 64;

/** Does a method leave nothing of any text? Whether a bound is met changes only up to twice the farthest. */
function leavesNothing(name: string, args: Plain[]): boolean {
  const bounds = args.filter((a) => typeof a === "number");
  const farthest = bounds.reduce((n, b) => Math.max(n, Math.abs(b)), 0);
  if (bounds.length === 0 || bounds.length < args.length || !(farthest <= FAR)) return false;
  for (let n = 1; n <= 2 * farthest + 2; n++) if (run(String.prototype, name, "x".repeat(n), args)?.is !== "") return false;
  return true;
}

/** A method that gives a part of the text or the same text dressed differently; structured text keeps its structure. */
const cuts =
  (name: string): Native =>
  (call) => {
    const args = plainArgs(call);
    if (args !== undefined && leavesNothing(name, args)) return EMPTY_STRING;
    return mapText(
      call,
      call.self,
      (s) => {
        const r = args === undefined ? undefined : run(String.prototype, name, s, args);
        return typeof r?.is === "string" ? r.is : undefined;
      },
      (p) => (args === undefined ? undefined : cutOf(name, p, args)),
    );
  };

/** `padStart(n, fill)`: the fill may be spelled out as well. */
const pad =
  (name: string): Native =>
  (call) => {
    const fill = argOf(call, 1);
    const out = cuts(name)(call);
    return fill.labels.length === 0 && fill.refs.length === 0 ? out : concatenate(call.m, out, fill, call.site);
  };

const concat: Native = (call) => {
  let out = asText(call.m, textual(call), call.site);
  for (const v of call.args.list) out = concatenate(call.m, out, v, call.site);
  if (call.args.rest !== null) out = join(out, concatenate(call.m, out, call.args.rest, call.site));
  return stepped(call, out);
};

/** The receiver without what is no text. */
function textual(call: NativeCall): Value {
  const s = stringsOf(call.m, call.self);
  const texts = s.texts.map((t) => t.id).sort((a, b) => a - b);
  if (s.consts.length === 0 && !s.open) return ofRefs(texts, call.self.via);
  const plain = s.open ? withPatterns(stringOf(s.labels), s.patterns) : joinAll(s.consts.map((c) => ofConst(c)));
  return join({ ...plain, labels: s.labels }, ofRefs(texts, call.self.via));
}

const split: Native = (call) => {
  const { m, site } = call;
  const s = stringsOf(m, call.self);
  const separator = argOf(call, 0);
  const limit = exact(argOf(call, 1));
  const sep = exactString(separator) ?? (separator.refs.length > 0 ? patternOf(m, separator) : undefined);
  let out: Value = BOTTOM;
  for (const c of s.consts) {
    const parts =
      sep === undefined || s.labels.length > 0 || c.length > 1024 ? undefined : c.split(sep, typeof limit === "number" ? limit : undefined);
    out = join(
      out,
      parts === undefined || parts.length > 256
        ? listOf(m, stringOf(s.labels), site)
        : arrayOf(
            m,
            parts.map((p) => ofConst(p)),
            site,
          ),
    );
  }
  if (s.open) out = join(out, splitOpen(call, s, sep, limit));
  for (const t of s.texts) out = join(out, listOf(m, ofRef(t.id, s.value.via), `${site.file}:${site.at}:lines`));
  return out;
};

/** The parts of text that is not exact: those that are certain in their places, and one that stands for all others. */
function splitOpen(call: NativeCall, s: Strings, separator: string | RegExp | undefined, limit: Const | undefined): Value {
  const { m, site } = call;
  const made = `${site.file}:${site.at}:parts`;
  const [only] = s.patterns;
  if (only === undefined || s.patterns.length > 1 || typeof separator !== "string" || separator === "" || limit !== undefined)
    return listOf(m, hop(m, stringOf(s.labels), "call", site), made);
  const { parts, rest } = splitAt(only, separator);
  const list = make(m, "array", made);
  for (const [i, part] of parts.entries()) setSlot(m.heap, list, String(i), hop(m, spelledBy(s.value, part), "call", site));
  if (rest !== null) setSlot(m.heap, list, S.rest, hop(m, spelledBy(s.value, rest), "call", site));
  else setSlot(m.heap, list, S.length, ofConst(parts.length));
  return ofRef(list.id);
}

const match: Native = (call) => {
  const { m, site } = call;
  const s = stringsOf(m, call.self);
  const re = patternOf(m, argOf(call, 0));
  const global = re?.global === true;
  searched(call, stringLabels(m, s));
  let out: Value = BOTTOM;
  for (const c of s.consts) {
    if (re === undefined || s.labels.length > 0 || c.length > 256) out = join(out, join(anyMatch(m, re, s.labels, site), NULL));
    else if (!global) out = join(out, exactMatch(m, re, c, site) ?? NULL);
    else out = join(out, allMatches(call, re, c));
  }
  if (s.open || s.texts.length > 0) {
    const labels = spelling(call, stringLabels(m, s)).labels;
    out = join(join(out, NULL), global ? listOf(m, stringOf(labels), site) : anyMatch(m, re, labels, site));
  }
  return out;
};

function allMatches(call: NativeCall, re: RegExp, text: string): Value {
  const found = text.match(re);
  return found === null
    ? NULL
    : arrayOf(
        call.m,
        [...found].map((x) => ofConst(x)),
        call.site,
      );
}

const matchAll: Native = (call) => {
  const { m, site } = call;
  const s = stringsOf(m, call.self);
  const labels = spelling(call, stringLabels(m, s)).labels;
  return listOf(m, anyMatch(m, patternOf(m, argOf(call, 0)), labels, site), `${site.file}:${site.at}:matches`);
};

/** `text.toString()`: bytes that were read back from somewhere become the text they were made of. */
const toString: Native = (call) => {
  const s = stringsOf(call.m, call.self);
  if (s.texts.length === 0) return textual(call);
  return join(
    s.open || s.consts.length > 0 ? withPatterns(stringOf(s.labels), s.patterns) : BOTTOM,
    decode(
      call.m,
      ofRefs(
        s.texts.map((t) => t.id).sort((a, b) => a - b),
        call.self.via,
      ),
      call.site,
    ),
  );
};

/** `String(v)`, `new String(v)`. */
const toText: Native = (call) =>
  call.args.list.length === 0 && call.args.rest === null
    ? EMPTY_STRING
    : (textOfAnswer(argOf(call, 0)) ?? stepped(call, asText(call.m, argOf(call, 0), call.site)));

const raw: Native = (call) => {
  const { m, site } = call;
  const quasis = iterate(m, getNamed(m, argOf(call, 0), "raw", site), site).list;
  let out: Value = EMPTY_STRING;
  quasis.forEach((q, i) => {
    out = concatenate(m, out, q, site);
    if (i < quasis.length - 1) out = concatenate(m, out, call.args.list[i + 1] ?? call.args.rest ?? EMPTY_STRING, site);
  });
  return stepped(call, out);
};

const fromCodes =
  (name: "fromCharCode" | "fromCodePoint"): Native =>
  (call) => {
    const args = plainArgs(call);
    const r = args === undefined ? undefined : run(String, name, String, args);
    return r === undefined ? spelling(call, labelsOfArgs(call)) : ofConst(r.is);
  };

const CUTS = [
  "toUpperCase",
  "toLowerCase",
  "slice",
  "substring",
  "substr",
  "trim",
  "trimStart",
  "trimEnd",
  "trimLeft",
  "trimRight",
  "normalize",
  "toWellFormed",
  "repeat",
];
/** Markup around the text, which its argument may stand in as well. */
const MARKUP = ["anchor", "big", "blink", "bold", "fixed", "fontcolor", "fontsize", "italics", "link", "small", "strike", "sub", "sup"];
const RESPELLS = ["toLocaleUpperCase", "toLocaleLowerCase", "charAt"];
const TELLS_BOOLEAN = ["includes", "startsWith", "endsWith", "isWellFormed"];
const TELLS_NUMBER = ["indexOf", "lastIndexOf", "search", "localeCompare"];

const prototype: NativeTable = {
  ...alike(MARKUP, (call) => concatenate(call.m, call.self, asText(call.m, argOf(call, 0), call.site), call.site)),
  ...Object.fromEntries(CUTS.map((n) => [n, cuts(n)])),
  ...Object.fromEntries(RESPELLS.map((n) => [n, spells(n, anyString)])),
  ...Object.fromEntries(TELLS_BOOLEAN.map((n) => [n, tells(n, ANY_BOOLEAN)])),
  ...Object.fromEntries(TELLS_NUMBER.map((n) => [n, tells(n, ANY_NUMBER)])),
  at: spells("at", (labels) => join(stringOf(labels), UNDEFINED)),
  charCodeAt: spells("charCodeAt", numberOf),
  codePointAt: spells("codePointAt", (labels) => join(numberOf(labels), UNDEFINED)),
  padStart: pad("padStart"),
  padEnd: pad("padEnd"),
  concat,
  split,
  match,
  matchAll,
  replace: replace(false),
  replaceAll: replace(true),
  toString,
  valueOf: (call: NativeCall) => textual(call),
  "@@iterator": (call: NativeCall) => {
    const items = iterate(call.m, textual(call), call.site);
    return items.rest === null ? arrayOf(call.m, items.list, call.site) : listOf(call.m, items.rest, call.site);
  },
};

export const strings: NativeModule = {
  modules: ["global"],
  natives: {
    ...datesOfText,
    ...bytesOfText,
    ...Object.fromEntries(Object.entries(askingFirst(prototype)).map(([name, native]) => [`String.prototype.${name}`, native])),
    String: toText,
    "String.raw": raw,
    "String.fromCharCode": fromCodes("fromCharCode"),
    "String.fromCodePoint": fromCodes("fromCodePoint"),
  },
};
