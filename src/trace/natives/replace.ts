/**
 * `replace` and `replaceAll`: what is left of the text, and what is put in. Only a replacement of everything by something else
 * removes what the text spells out: a redaction of parts leaves the rest.
 */
import { joinLabels, type Labels } from "../domain/labels.js";
import { isFunction, objectsOf } from "../domain/heap.js";
import {
  ANY_NUMBER,
  BOTTOM,
  hasPrimitive,
  isBottom,
  join,
  ofConst,
  ofRef,
  primitivePart,
  stringOf,
  UNDEFINED,
  type Value,
} from "../domain/value.js";
import { callValue } from "../machine/call.js";
import { allLabels } from "../machine/deep.js";
import { forkAll } from "../machine/fork.js";
import type { Args, Native, NativeCall } from "../machine/machine.js";
import { concatenate } from "../machine/operators.js";
import { plainOf } from "./fold.js";
import { groupCount, groupsOf, hasNames, patternOf, replacesAll } from "./pattern.js";
import { repeat } from "../machine/repeat.js";
import { argOf, exactString, stepped } from "./support.js";
import { searched } from "./last-match.js";
import { stringLabels, stringsOf, type Strings } from "./text.js";

export const replace =
  (all: boolean): Native =>
  (call) => {
    const { m, site } = call;
    const s = stringsOf(m, call.self);
    const re = patternOf(m, argOf(call, 0));
    const labels = stringLabels(m, s);
    const replaced = replacedByCallback(call, s, re, all);
    if (replaced !== undefined) return stepped(call, replaced);
    const put = replacement(call, s, re, labels);
    if (put.exact !== undefined && s.texts.length === 0 && !s.open) {
      const folded = fold(call, s, re, put.exact, all);
      if (folded !== undefined) return folded;
    }
    if (re !== undefined && replacesAll(re)) return stepped(call, join(put.value, stringOf(put.value.labels)));
    let out: Value = s.open || s.consts.length > 0 ? stringOf(joinLabels(s.labels, allLabels(m, put.value))) : BOTTOM;
    for (const t of s.texts) {
      const kept = ofRef(t.id, call.self.via);
      out = join(out, put.value.labels.length > 0 || put.value.refs.length > 0 ? concatenate(m, kept, put.value, site) : kept);
    }
    return stepped(call, out);
  };

interface Put {
  readonly value: Value;
  /** An exact string without references to groups. */
  readonly exact: string | undefined;
}

/** What is put in place of a match: a string, or what a callback gives for it. */
function replacement(call: NativeCall, s: Strings, re: RegExp | undefined, labels: Labels): Put {
  const { m, site } = call;
  const given = argOf(call, 1);
  const functions = objectsOf(m.heap, given).filter((o) => o.kind !== "text");
  let value: Value = primitivePart(given);
  for (const o of objectsOf(m.heap, given)) if (o.kind === "text") value = join(value, ofRef(o.id));
  const text = exactString(given);
  // `$&` and `$1` put parts of the match back.
  const template = given.kinds !== 0 || given.consts.some((c) => typeof c === "string" && c.includes("$"));
  if (!isBottom(value) && template && functions.length === 0) value = join(value, stringOf(labels));
  if (functions.length > 0) {
    searched(call, labels);
    const matched = callbackArgs(call, s, re, labels);
    value = join(
      value,
      repeat(m, () => callValue(m, given, UNDEFINED, matched, site)),
    );
  }
  return { value, exact: functions.length === 0 && text !== undefined ? text : undefined };
}

/** (match, group 1 …, offset, whole text, named groups). */
function callbackArgs(call: NativeCall, s: Strings, re: RegExp | undefined, labels: Labels): Args {
  const { m, site } = call;
  const word = exactString(argOf(call, 0));
  const part = word !== undefined ? ofConst(word) : stringOf(labels);
  const whole = s.consts.length === 1 && !s.open && s.texts.length === 0 ? { ...ofConst(s.consts[0]), labels: s.labels } : stringOf(labels);
  if (word !== undefined) return { list: [part, ANY_NUMBER, whole], rest: null };
  if (re === undefined) return { list: [part], rest: join(part, UNDEFINED) };
  const groups = Array.from({ length: groupCount(re) }, () => join(part, UNDEFINED));
  const named = hasNames(re) ? [groupsOf(m, part, site)] : [];
  return { list: [part, ...groups, ANY_NUMBER, whole, ...named], rest: null };
}

function fold(call: NativeCall, s: Strings, re: RegExp | undefined, put: string, all: boolean): Value | undefined {
  const pattern = re ?? exactString(argOf(call, 0));
  if (pattern === undefined || plainOf(argOf(call, 1)) === undefined || s.labels.length > 0) return undefined;
  let out: Value = BOTTOM;
  for (const c of s.consts) {
    if (c.length > LONGEST) return undefined;
    try {
      out = join(out, ofConst(all && typeof pattern === "string" ? c.replaceAll(pattern, put) : c.replace(pattern, put)));
    } catch {
      return undefined;
    }
  }
  return out;
}

/** Texts longer than this, or with more matches, are not worked out one by one. */
const LONGEST = 512;
const MATCHES = 16;

/**
 * Known texts whose matches are replaced by what a function makes of each: it is called once a match, and each result stands in the
 * match's place.
 */
function replacedByCallback(call: NativeCall, s: Strings, re: RegExp | undefined, all: boolean): Value | undefined {
  const { m, site } = call;
  const given = argOf(call, 1);
  const pattern = re ?? exactString(argOf(call, 0));
  if (pattern === undefined || (re !== undefined && hasNames(re))) return undefined;
  if (s.open || s.texts.length > 0 || s.labels.length > 0 || s.consts.length === 0) return undefined;
  if (hasPrimitive(given) || !objectsOf(m.heap, given).every(isFunction)) return undefined;
  if (s.consts.some((c) => c.length > LONGEST || matchesIn(c, pattern, all).length > MATCHES)) return undefined;
  const replaced = (c: string): Value => {
    let out: Value = ofConst("");
    let end = 0;
    for (const found of matchesIn(c, pattern, all)) {
      const list = [...Array.from(found, (group) => ofConst(group)), ofConst(found.index), ofConst(c)];
      const put = callValue(m, given, UNDEFINED, { list, rest: null }, site);
      if (!m.alive) return BOTTOM;
      out = concatenate(m, concatenate(m, out, ofConst(c.slice(end, found.index)), site), put, site);
      end = found.index + found[0].length;
    }
    return concatenate(m, out, ofConst(c.slice(end)), site);
  };
  const [only, ...others] = s.consts;
  if (others.length === 0) return replaced(only!);
  return forkAll(
    m,
    s.consts.map((c) => () => replaced(c)),
  );
}

/** All matches that are replaced. */
function matchesIn(text: string, pattern: RegExp | string, all: boolean): readonly RegExpExecArray[] {
  const isText = typeof pattern === "string";
  const source = isText ? pattern.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") : pattern.source;
  const flags = isText ? "" : pattern.flags.replace("g", "");
  const found = [...text.matchAll(new RegExp(source, `${flags}g`))];
  return (isText ? all : pattern.flags.includes("g")) ? found : found.slice(0, 1);
}
