/** Folding: the objects of finished turns become one summary for each place and call path, so that the heap stays finite. */
import { withoutCases } from "./about.js";
import { isCertainty, missing, S, standsFor, writeSlot, type Heap, type Obj } from "./heap.js";
import { replacing } from "./searches.js";
import { BOTTOM, joinAll, same, withAbout, withRefs, type Value } from "./value.js";

/**
 * Folds the objects born since `bornBefore` into one summary for each key. `summaries` lives as long as the loop that folds.
 */
export function fold(heap: Heap, bornBefore: number, summaries: Map<string, Obj>): void {
  const end = heap.objects.length;
  const folded = new Map<Obj, Obj[]>();
  for (let id = bornBefore; id < end; id++) {
    if (heap.forward[id] !== undefined) continue;
    const obj = heap.objects[id]!;
    const key = keyOf(obj);
    const into = summaries.get(key);
    if (into === undefined) {
      obj.summary = true;
      summaries.set(key, obj);
      continue;
    }
    if (into === obj) continue;
    const others = folded.get(into);
    if (others === undefined) folded.set(into, [obj]);
    else others.push(obj);
  }
  // First what they stand for: what refers to hundreds of them refers to one, before it is joined with what refers to others.
  for (const [into, others] of folded) for (const obj of others) heap.forward[obj.id] = into.id;
  for (const [into, others] of folded) {
    absorb(heap, into, others);
    for (const obj of others) replacing(heap, obj, into);
  }
}

/** Makes one object stand for another, too. */
export function foldInto(heap: Heap, into: Obj, obj: Obj): void {
  absorb(heap, into, [obj]);
  heap.forward[obj.id] = into.id;
  replacing(heap, obj, into);
}

/** The summary that an object will be folded into. */
export const twinOf = (summaries: ReadonlyMap<string, Obj>, obj: Obj): Obj | undefined => summaries.get(keyOf(obj));

const keyOf = (obj: Obj): string => `${obj.kind}|${obj.key}`;

/**
 * Makes an object hold what others hold as well. All at once: each value on the way would refer to one object more than the one before, and
 * a `catch` around it keeps them all.
 */
export function absorb(heap: Heap, into: Obj, others: readonly Obj[]): void {
  const all = [into, ...others];
  for (const { awaiters } of others) if (awaiters !== null) into.awaiters = new Set([...(into.awaiters ?? []), ...awaiters]);
  const together = (values: readonly Value[]): Value => joinAll(values.map((v) => folded(heap, v)));
  const slots = new Set(all.flatMap((obj) => [...obj.props.keys()]));
  slots.delete(S.rest);
  const news = new Map<string, Value | undefined>();
  for (const slot of slots) {
    const mine = into.props.get(slot);
    if (others.every((obj) => obj.props.get(slot) === mine)) continue;
    const isSure = (obj: Obj): boolean => {
      const v = obj.props.get(slot);
      return v !== undefined && mine !== undefined && same(v, mine);
    };
    if (!isCertainty(slot)) news.set(slot, together(all.map((obj) => obj.props.get(slot) ?? missing(obj, slot))));
    else if (!others.every(isSure)) news.set(slot, undefined);
  }
  const rest = together(all.map((obj) => obj.props.get(S.rest) ?? BOTTOM));
  if (rest !== BOTTOM) news.set(S.rest, rest);
  for (const [slot, value] of news) writeSlot(heap, into, slot, value);
}

/** With references to what objects have been folded into. */
function folded(heap: Heap, v: Value): Value {
  if (v.refs.every((id) => heap.forward[id] === undefined)) return v;
  const refs = [...new Set(v.refs.map((id) => standsFor(heap, id).id))].sort((a, b) => a - b);
  return withAbout(withRefs(v, refs), withoutCases(v.about));
}
