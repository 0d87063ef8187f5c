/** What text a value becomes when it is put into another: exact parts, and holes that spell its labels out. */
import { objectsOf, S } from "../domain/heap.js";
import { NO_LABELS, type Labels } from "../domain/labels.js";
import { alternatives, appended, exactPattern, HOLE, holeOf, NO_IDS, type TextPattern } from "../domain/text-pattern.js";
import { idsOfLabels, K, NULLISH, spelledPatterns, stringOf, withKinds, withPatterns, type Value } from "../domain/value.js";
import type { Machine } from "./machine.js";

/** Is there anything exact in its text? */
const hasExactParts = (m: Machine, v: Value): boolean =>
  v.consts.length > 0 || v.patterns.length > 0 || (v.refs.length > 0 && objectsOf(m.heap, v).some((o) => o.props.has(S.pattern)));

const PLAIN: readonly (readonly [number, string])[] = [
  [K.Undefined | K.Absent, "undefined"],
  [K.Null, "null"],
  [K.True, "true"],
  [K.False, "false"],
];

/** The texts of a primitive, and of objects as far as they are text with exact parts; `spelled`: what objects spell out. */
export function partsOf(m: Machine, v: Value, spelled: Labels): readonly TextPattern[] {
  const own = idsOfLabels(v.labels);
  const out: TextPattern[] = [];
  const add = (text: string): unknown => out.push(own.length === 0 ? exactPattern(text) : holeOf(own));
  for (const c of v.consts) add(String(c));
  for (const [kinds, text] of PLAIN) if ((v.kinds & kinds) !== 0) add(text);
  if ((v.kinds & (K.Number | K.Big | K.Symbol)) !== 0) out.push(holeOf(own));
  if ((v.kinds & K.String) !== 0) out.push(...(v.patterns.length === 0 ? [holeOf(own)] : spelledPatterns(v)));
  for (const obj of objectsOf(m.heap, v)) {
    const text = obj.kind === "text" ? obj.props.get(S.pattern) : undefined;
    out.push(...(text === undefined || text.patterns.length === 0 ? [holeOf(idsOfLabels(spelled))] : spelledPatterns(text)));
  }
  return out;
}

/** The texts that a value may be as a name, with holes; a lone hole where nothing is known of it. What is not there is no text. */
export function namesOf(m: Machine, v: Value): readonly string[] {
  const parts = partsOf(m, withKinds(v, v.kinds & ~NULLISH), NO_LABELS);
  const names = alternatives(parts.length === 0 ? [holeOf(NO_IDS)] : parts).map((p) => p.text);
  return names.length === 0 ? [HOLE] : names;
}

/** The text of one value behind that of another, of which `labels` are all that it spells out. */
export function joined(m: Machine, l: Value, r: Value, spelledLeft: Labels, spelledRight: Labels, labels: Labels): Value {
  const text = stringOf(labels);
  if (!hasExactParts(m, l) && !hasExactParts(m, r)) return text;
  return withPatterns(text, appended(partsOf(m, l, spelledLeft), partsOf(m, r, spelledRight)));
}
