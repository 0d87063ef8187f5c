/**
 * What programs share. Top levels run one after the other, in one heap; those of another program leave what is shared as it was, for all
 * that a program can know: what they did may have been, or not.
 */
import { begin, end, weaken } from "../domain/ways.js";
import type { Obj } from "../domain/heap.js";
import type { LinkedFile } from "../../link/modules.js";
import type { Machine } from "./machine.js";

/** No module: what is made when all top levels have run. */
const NOBODY = -1;

/** Whose the objects are that are made from this one on. */
export interface Era {
  readonly from: number;
  /** Index of the module's file. */
  readonly file: number;
}

/** Runs what makes a module's objects. */
export function owning<T>(m: Machine, file: LinkedFile, make: () => T): T {
  const before = m.eras.at(-1)?.file ?? NOBODY;
  m.eras.push({ from: m.heap.objects.length, file: file.index });
  const made = make();
  m.eras.push({ from: m.heap.objects.length, file: before });
  return made;
}

/** Runs a module's top level: what it does to objects of modules that others load without it may not have been. */
export function sharing(m: Machine, file: LinkedFile, run: () => void): void {
  const from = begin(m.heap);
  owning(m, file, run);
  weaken(m.heap, from, (obj) => {
    const owner = ownerOf(m, obj);
    return owner !== NOBODY && !m.programs.always(file.index, owner);
  });
  end(m.heap, from);
}

function ownerOf(m: Machine, obj: Obj): number {
  let [low, high] = [0, m.eras.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (m.eras[middle]!.from <= obj.id) low = middle + 1;
    else high = middle;
  }
  return m.eras[low - 1]?.file ?? NOBODY;
}
