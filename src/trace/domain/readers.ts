/** Who notes which objects it comes across: what runs on its own, and calls that are being summarised. */
import type { Heap, Obj } from "./heap.js";

/** Something that runs on its own: which objects older than itself (`born` on) it has met. */
export interface Reader {
  readonly id: number;
  readonly born: number;
  readonly met: Set<number>;
  /** Functions count as well. */
  readonly everything: boolean;
  /** The reader that runs on its own and that this one is part of, itself perhaps; null where that is what runs just once. */
  readonly run: Pick<Reader, "id" | "born"> | null;
  /** How many searches there had been when it began. */
  readonly since: number;
  /** When it has come across more objects than this, it is not interested any more, and `outer` goes on. */
  readonly most: number;
  readonly outer: Reader | null;
}

/** Functions of libraries and of the program hold nothing that changes, as a rule; the global object does. */
const holdsState = (obj: Obj): boolean =>
  obj.kind !== "function" && obj.kind !== "native" && (obj.kind !== "external" || obj.key === "external global:globalThis");

/** Notes that the reader has come across an object. */
export function meet(heap: Heap, obj: Obj): Obj {
  const { reader } = heap;
  // What was given back has no number.
  if (reader !== null && obj.reader !== reader.id && obj.id >= 0) {
    obj.reader = reader.id;
    if (obj.id < reader.born && (reader.everything || holdsState(obj))) {
      reader.met.add(obj.id);
      if (reader.met.size > reader.most) readOn(heap, reader);
    }
  }
  return obj;
}

/** The reader begins, or goes on; if it has come across too much by now, the one around it. That has come across all that as well. */
export function readOn(heap: Heap, reader: Reader | null): void {
  heap.reader = reader;
  if (reader === null || reader.met.size <= reader.most) return;
  readOn(heap, reader.outer);
  for (const id of reader.met) meet(heap, heap.objects[id]!);
}
