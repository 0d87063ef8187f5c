/** What values refer to: objects by number, and the summaries that have taken them in. */
import type { Heap, Obj } from "./heap.js";
import { meet } from "./readers.js";
import { withoutCases } from "./about.js";
import { withAbout, withRefs, type Value } from "./value.js";

/** The object that an id stands for now. */
export const deref = (heap: Heap, id: number): Obj => meet(heap, standsFor(heap, id));

/** The same, without anybody having come across it. */
export function standsFor(heap: Heap, id: number): Obj {
  let at = id;
  for (let next = heap.forward[at]; next !== undefined; next = heap.forward[at]) at = next;
  return heap.objects[at]!;
}

/** References brought up to date after folding. */
export function currentRefs(heap: Heap, refs: readonly number[]): readonly number[] {
  let moved = false;
  heap.work += refs.length;
  for (const r of refs) if (heap.forward[r] !== undefined) moved = true;
  if (!moved) return refs;
  const set = new Set<number>();
  for (const r of refs) set.add(deref(heap, r).id);
  return [...set].sort((a, b) => a - b);
}

/** A value whose references point at current objects. What it says of each of them is not known of one that has taken others in. */
export function current(heap: Heap, v: Value): Value {
  if (v.refs.length === 0) return v;
  const refs = currentRefs(heap, v.refs);
  return refs === v.refs ? v : withAbout(withRefs(v, refs), withoutCases(v.about));
}

/** The objects a value may be. */
export function objectsOf(heap: Heap, v: Value): readonly Obj[] {
  if (v.refs.length === 0) return [];
  if (v.refs.length === 1) return [deref(heap, v.refs[0]!)];
  return currentRefs(heap, v.refs).map((id) => meet(heap, heap.objects[id]!));
}
