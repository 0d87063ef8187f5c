/**
 * Footprints: while a call is followed, what it comes across that was there before, and what it does beyond the heap. A call that does
 * what cannot be done again by writing slots and leaving callbacks (suspends itself, starts a module, depends on who is on the stack) is
 * not summarised.
 */
import { meet, type Obj } from "../../domain/heap.js";
import { readOn } from "../../domain/readers.js";
import type { Frozen } from "../../stores/frozen.js";
import type { Left, Machine } from "../machine.js";

/** More objects than this are not compared. */
export const MANY = 600;

/** A call that is being followed for a summary. */
export interface Recording {
  /** Activations that were on the stack at the call. */
  readonly base: number;
  /** Objects from this one on were made in the call. */
  readonly born: number;
  /** Objects that were there before and that it has come across. */
  readonly met: Set<number>;
  /** Places it has read, and names with holes of such, with what they held. */
  readonly reads: Map<string, readonly Frozen[]>;
  readonly writes: Set<string>;
  /** Callbacks it has left to run later. */
  readonly left: Left[];
  /** It has asked a consent about some thing, or collected something of one: what it did was about those very things. */
  asked: boolean;
  /** It has called what comes later where nobody waits for it. */
  waits: boolean;
  /** It does what a summary cannot do. */
  opaque: boolean;
}

export const newRecording = (m: Machine): Recording => ({
  base: m.stack.length,
  born: m.heap.objects.length,
  met: new Set(),
  reads: new Map(),
  writes: new Set(),
  left: [],
  asked: false,
  waits: false,
  opaque: false,
});

/** What runs now does something that only following it again does. */
export function cannotSummarise(m: Machine): void {
  for (const r of m.recordings) r.opaque = true;
}

/** What runs now is about certain things, by their names. */
export function asksAbout(m: Machine): void {
  for (const r of m.recordings) r.asked = true;
}

/** What runs now depends on who waits for it. */
export function waitsFor(m: Machine): void {
  for (const r of m.recordings) r.waits = true;
}

/** What runs now depends on an activation on the stack: calls made from there on are not summarised. */
export function dependsOnStack(m: Machine, index: number): void {
  for (const r of m.recordings) if (index < r.base) r.opaque = true;
}

/** What runs now changes, or depends on, something about an object that is not in its slots. */
export function besideSlots(m: Machine, obj: Obj): void {
  for (const r of m.recordings) if (obj.id < r.born) r.opaque = true;
}

/** Notes what a call comes across; afterwards whoever noted before goes on, and has come across all that as well. */
export function recording<T>(m: Machine, r: Recording, run: () => T): T {
  const { heap } = m;
  const outer = heap.reader;
  const since = heap.searches.count;
  readOn(heap, { id: --heap.recorders, born: r.born, met: r.met, everything: true, run: outer?.run ?? null, since, most: MANY, outer });
  m.recordings.push(r);
  const out = run();
  m.recordings.pop();
  readOn(heap, outer);
  for (const id of r.met) meet(heap, heap.objects[id]!);
  return out;
}
