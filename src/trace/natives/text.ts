/**
 * Text as a receiver: its exact alternatives, what it spells out, and text objects whose content keeps its structure; and the
 * passage between strings and bytes.
 */
import { joinLabels, NO_LABELS, type Labels, type Site } from "../domain/labels.js";
import { objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { NO_PATTERNS, type TextPattern, type TextPatterns } from "../domain/text-pattern.js";
import {
  BOTTOM,
  isBottom,
  join,
  joinAll,
  K,
  ofConst,
  ofRef,
  ofRefs,
  primitivePart,
  refPart,
  spelledBy,
  spelledPatterns,
  stringOf,
  type Const,
  type Value,
} from "../domain/value.js";
import { textOf } from "../machine/clone.js";
import { allLabels } from "../machine/deep.js";
import { hop, loaded, type Machine, type NativeCall } from "../machine/machine.js";
import { asText, instance } from "./support.js";

/** The textual part of a receiver. */
export interface Strings {
  /** Exact alternatives. */
  readonly consts: readonly string[];
  /** It may be any string besides. */
  readonly open: boolean;
  /** What it is made of besides, where some of that is exact. */
  readonly patterns: TextPatterns;
  /** What its plain part spells out. */
  readonly labels: Labels;
  readonly texts: readonly Obj[];
  readonly value: Value;
}

/** Takes the textual part out of a value: other natives of the same name see to arrays and the like. */
export function stringsOf(m: Machine, v: Value): Strings {
  const objects = objectsOf(m.heap, v);
  const texts = objects.filter((o) => o.kind === "text");
  const consts: string[] = [];
  for (const c of v.consts) if (typeof c === "string") consts.push(c);
  let open = (v.kinds & K.String) !== 0;
  let patterns = open ? spelledPatterns(v) : NO_PATTERNS;
  let { labels } = v;
  // Wrappers and unknown receivers: whatever they spell out.
  if (consts.length === 0 && !open && texts.length === 0) {
    const others = objects.filter((o) => o.kind !== "array" && o.kind !== "function" && o.kind !== "external");
    labels = joinLabels(labels, others.length === 0 ? NO_LABELS : allLabels(m, ofRefs(others.map((o) => o.id))));
    open = true;
  } else
    for (const o of objects.filter((x) => x.kind === "unknown")) {
      open = true;
      patterns = NO_PATTERNS;
      labels = joinLabels(labels, allLabels(m, ofRef(o.id)));
    }
  return { consts, open, patterns, labels, texts, value: v };
}

/** Labels of plain and structured part together. */
export const stringLabels = (m: Machine, s: Strings): Labels =>
  s.texts.reduce((out, t) => joinLabels(out, allLabels(m, ofRef(t.id))), s.labels);

/**
 * Maps text to text: exact alternatives through `fold` and those with holes through `part` (undefined: not foldable), any string to any
 * string, structured text to itself, for operations that cut or decorate.
 */
export function mapText(
  call: NativeCall,
  self: Value,
  fold: (s: string) => Const | undefined,
  part: (p: TextPattern) => TextPattern | undefined = () => undefined,
): Value {
  const s = stringsOf(call.m, self);
  let out = foldConsts(s, fold);
  if (s.open) {
    const parts = mapPatterns(s, part);
    if (parts !== undefined && s.consts.length === 0 && s.texts.length === 0) return hop(call.m, parts, "call", call.site);
    out = join(out, parts ?? stringOf(s.labels));
  }
  if (out.labels !== s.labels && s.labels.length > 0) out = { ...out, labels: s.labels };
  out = hop(call.m, out, "call", call.site);
  for (const t of s.texts) out = join(out, ofRef(t.id, s.value.via));
  return out;
}

/** The alternatives with holes mapped, each with the labels of what is left of it; undefined where one of them cannot be. */
export function mapPatterns(s: Strings, part: (p: TextPattern) => TextPattern | undefined): Value | undefined {
  if (s.patterns.length === 0) return undefined;
  let out: Value = BOTTOM;
  for (const p of s.patterns) {
    const r = part(p);
    if (r === undefined) return undefined;
    out = join(out, spelledBy(s.value, r));
  }
  return out;
}

/** The exact alternatives mapped; any string where one of them cannot be. */
export function foldConsts(s: Strings, fold: (s: string) => Const | undefined): Value {
  return joinAll(
    s.consts.map((c) => {
      const r = fold(c);
      return r === undefined ? stringOf(NO_LABELS) : ofConst(r);
    }),
  );
}

/** Content of text objects. */
export const contentOf = (texts: readonly Obj[]): Value =>
  texts.reduce((out: Value, t) => join(out, t.props.get(S.value) ?? BOTTOM), BOTTOM);

/** An object of kind `text` with another prototype than strings: bytes, dates, blobs. */
export function carrier(m: Machine, owner: string, content: Value, site: Site): Value {
  const obj = instance(m, "global", owner, site, "text");
  setSlot(m.heap, obj, S.value, content);
  return ofRef(obj.id);
}

/** Bytes of some text, or of bytes: what structure there is stays. */
export function encode(m: Machine, owner: string, v: Value, site: Site): Value {
  const texts: Obj[] = [];
  let others: Value = BOTTOM;
  for (const o of objectsOf(m.heap, v)) {
    if (o.kind === "text") texts.push(o);
    else others = join(others, ofRef(o.id));
  }
  const plain = join(primitivePart(v), isBottom(others) ? BOTTOM : stringOf(allLabels(m, others)));
  return carrier(m, owner, hop(m, join(plain, loaded(m, contentOf(texts), v.via, site)), "call", site), site);
}

/** Text of bytes: plain where they were made of a plain string, structured where of structured text. */
export function decode(m: Machine, v: Value, site: Site): Value {
  let out: Value = BOTTOM;
  for (const o of objectsOf(m.heap, v)) {
    if (o.kind !== "text") {
      out = join(out, asText(m, ofRef(o.id), site));
      continue;
    }
    const content = o.props.get(S.value) ?? BOTTOM;
    out = join(out, asString(primitivePart(content)));
    if (content.refs.length > 0) out = join(out, textOf(m, refPart(content), site));
  }
  if (v.refs.length < 1 || v.kinds !== 0 || v.consts.length > 0) out = join(out, asString(primitivePart(v)));
  return hop(m, out, "call", site);
}

/** The string of a primitive. */
function asString(v: Value): Value {
  if (isBottom(v)) return BOTTOM;
  if (v.kinds === 0 && v.labels.length === 0) return joinAll(v.consts.map((c) => ofConst(String(c))));
  return stringOf(v.labels);
}
