/** Literals that a manifest's `when` asks for. */
import { objectsOf } from "../domain/heap.js";
import { K, truthiness, type Value } from "../domain/value.js";
import type { Machine } from "../machine/machine.js";

/**
 * Can a value be this literal? Also when nobody knows: a condition that cannot be decided may hold. A boolean asks for what counts as
 * true or false; what is not there is nothing.
 */
export function mayBe(m: Machine, v: Value, literal: string | number | boolean | null): boolean {
  const objects = objectsOf(m.heap, v);
  if (objects.some((o) => o.kind === "unknown" || o.kind === "external")) return true;
  if (literal === null) return (v.kinds & K.Null) !== 0;
  if (typeof literal === "boolean") return literal ? truthiness(v).yes : truthiness(v).no;
  if (v.consts.includes(literal)) return true;
  return typeof literal === "string" ? (v.kinds & K.String) !== 0 || objects.some((o) => o.kind === "text") : (v.kinds & K.Number) !== 0;
}
