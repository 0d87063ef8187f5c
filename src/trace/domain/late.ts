/** What a way has done, taken back: the state without its later part, and what that part would write. */
import { writeSlot, type Heap, type Obj } from "./heap.js";
import { Slots } from "./slots.js";
import { join, same, type Value } from "./value.js";
import { applyJoined, rollback, setAll, type Diff, type Point } from "./ways.js";

/** A write that has not taken place. */
export interface Write {
  readonly obj: Obj;
  readonly slot: string;
  /** Undefined where the slot is removed. */
  readonly value: Value | undefined;
  /** What the slot holds without it. */
  readonly base: Value | undefined;
}

/**
 * Makes the state that of `early`, ways from the point, instead of `full`, which goes on from one of them. Gives what is left for `full`.
 * Objects that only `full` knows are as it has left them, and those of which `isLive` says so hold what they hold on either.
 */
export function putBack(heap: Heap, from: Point, early: readonly Diff[], full: Diff, isLive: (obj: Obj) => boolean): Write[] {
  rollback(heap, from);
  applyJoined(heap, early, from);
  const known = new Set(early.flatMap(({ born, slots }) => [...born.map((obj) => obj.id), ...slots.keys()]));
  for (const obj of full.born) heap.trail.push(obj);
  const writes: Write[] = [];
  for (const [id, slots] of full.slots) {
    const obj = heap.objects[id]!;
    if (id >= from.born && !known.has(id)) {
      setAll(heap, obj, slots);
      continue;
    }
    const names = slots instanceof Slots ? new Set([...slots.keys(), ...obj.props.keys()]) : slots.keys();
    for (const slot of names) {
      const [value, base] = [slots.get(slot), obj.props.get(slot)];
      if (value === base || (value !== undefined && base !== undefined && same(value, base))) continue;
      if (!isLive(obj)) writes.push({ obj, slot, value, base });
      else if (value !== undefined) writeSlot(heap, obj, slot, base === undefined ? value : join(base, value));
    }
  }
  return writes;
}
