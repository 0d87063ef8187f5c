/** Folding: the objects of finished turns become one summary for each place and call path, so that the heap stays finite. */
import { isCertainty, missing, S, writeSlot, type Heap, type Obj } from "./heap.js";
import { replacing } from "./searches.js";
import { BOTTOM, join, same } from "./value.js";

/**
 * Folds the objects born since `bornBefore` into one summary for each key. `summaries` lives as long as the loop that folds.
 */
export function fold(heap: Heap, bornBefore: number, summaries: Map<string, Obj>): void {
  const end = heap.objects.length;
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
    if (into !== obj) foldInto(heap, into, obj);
  }
}

/** Makes one object stand for another, too. */
export function foldInto(heap: Heap, into: Obj, obj: Obj): void {
  absorb(heap, into, obj);
  heap.forward[obj.id] = into.id;
  replacing(heap, obj, into);
}

/** The summary that an object will be folded into. */
export const twinOf = (summaries: ReadonlyMap<string, Obj>, obj: Obj): Obj | undefined => summaries.get(keyOf(obj));

const keyOf = (obj: Obj): string => `${obj.kind}|${obj.key}`;

/** Makes an object hold what another holds as well. */
export function absorb(heap: Heap, into: Obj, obj: Obj): void {
  if (obj.awaiters !== null) into.awaiters = new Set([...(into.awaiters ?? []), ...obj.awaiters]);
  const slots = new Set([...into.props.keys(), ...obj.props.keys()]);
  for (const slot of slots) {
    const a = into.props.get(slot);
    const b = obj.props.get(slot);
    if (slot === S.rest) continue;
    if (isCertainty(slot)) {
      if (a === undefined || b === undefined || !same(a, b)) writeSlot(heap, into, slot, undefined);
      continue;
    }
    const value = join(a ?? missing(into, slot), b ?? missing(obj, slot));
    writeSlot(heap, into, slot, value);
  }
  const rest = join(into.props.get(S.rest) ?? BOTTOM, obj.props.get(S.rest) ?? BOTTOM);
  if (rest !== BOTTOM) writeSlot(heap, into, S.rest, rest);
}
