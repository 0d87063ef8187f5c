/**
 * What searches for labels through objects have found, kept for as long as a new search would find the same.
 *
 * Most of what is searched holds no label at all: configurations, tables of handlers, responses. An object from which no label can be
 * reached is **clean**, and so is all that can be reached from it: searches stop there. A write that might change that makes the object
 * doubtful, and the next search looks at it again; if it is not clean any more, none of those that lead to it is known to be.
 * Of what is not clean the labels are kept, until references or labels change where a search has been.
 */
import type { Heap, Obj } from "./heap.js";
import type { Labels } from "./labels.js";
import { standsFor } from "./references.js";
import { isReadable, S } from "./slot-names.js";
import type { Value } from "./value.js";

export interface Searches {
  /** How many there have been: each marks what it has seen. One ends before the next begins. */
  count: number;
  /** What can be reached from an object, and by which search that is known. */
  readonly answers: Map<Obj, { readonly labels: Labels; readonly search: number }>;
  /** The last search of whose answers nothing is known any more. */
  forgotten: number;
  /** The last search of whose clean objects nothing is known any more. */
  soiled: number;
  /** Objects that were clean until something was written to them. */
  doubtful: Obj[];
  /** Objects from which a label could be reached at some time since the entry point at hand began. */
  readonly laden: Set<Obj>;
}

export const newSearches = (): Searches => ({ count: 0, answers: new Map(), forgotten: 0, soiled: 0, doubtful: [], laden: new Set() });

/** Can something of this kind hold data that whoever gets it can read? */
export const holdsData = ({ kind }: Obj): boolean =>
  kind !== "function" && kind !== "class" && kind !== "bound" && kind !== "native" && kind !== "env";

/** Is it known that no label can be reached from the object? */
export const isClean = (heap: Heap, obj: Obj): boolean => obj.clean > heap.searches.soiled;

/**
 * The same for who notes what it comes across: it has to come across all of it itself, or somebody who tells it. Those who have searched
 * since it began do.
 */
export const isCleanFor = (heap: Heap, obj: Obj): boolean => obj.clean > since(heap) && isClean(heap, obj);

/** The labels that can be reached from an object, where they are known to who asks. */
export function answerFor(heap: Heap, obj: Obj): Labels | undefined {
  const answer = heap.searches.answers.get(obj);
  return answer !== undefined && answer.search > since(heap) ? answer.labels : undefined;
}

const since = (heap: Heap): number => heap.reader?.since ?? 0;

/** A slot changes: what searches have found may be out of date. */
export function changing(heap: Heap, obj: Obj, slot: string, old: Value | undefined, value: Value | undefined): void {
  if (isClean(heap, obj)) {
    if (maySoil(heap, obj, slot, value)) doubt(heap, obj);
  } else if (obj.search > heap.searches.forgotten && (!alike(old?.refs, value?.refs) || !alike(old?.labels, value?.labels))) forget(heap);
}

/** May a label be reached from a clean object when the slot holds this? */
function maySoil(heap: Heap, obj: Obj, slot: string, value: Value | undefined): boolean {
  // What its type says is in it counts where there is nothing else.
  if (slot === S.type) return true;
  if (value === undefined) return obj.kind === "unknown";
  if (!isReadable(slot)) return false;
  if (value.labels.length > 0) return true;
  for (const id of value.refs) {
    const held = standsFor(heap, id);
    if (!isCleanFor(heap, held) && holdsData(held)) return true;
  }
  return false;
}

/** More than one slot of an object changes, or another takes its place. */
export function replacing(heap: Heap, obj: Obj, by: Obj = obj): void {
  if (isClean(heap, obj)) {
    if (by === obj || !isClean(heap, by)) doubt(heap, by);
  } else if (obj.search > heap.searches.forgotten) forget(heap);
}

/** It may not be clean any more. */
function doubt(heap: Heap, obj: Obj): void {
  obj.clean = 0;
  heap.searches.doubtful.push(obj);
  forget(heap);
}

/** What was reached from objects with labels is not known any more. */
function forget({ searches }: Heap): void {
  searches.answers.clear();
  searches.forgotten = searches.count;
}

/** Nothing that searches have found is known any more. */
export function forgetFound(heap: Heap): void {
  forget(heap);
  heap.searches.soiled = heap.searches.count;
  heap.searches.doubtful = [];
}

/** Are these, as far as is known at once, the same? */
function alike<T>(a: readonly T[] = [], b: readonly T[] = []): boolean {
  if (a === b) return true;
  return a.length === b.length && a.length <= 8 && a.every((x, i) => x === b[i]);
}
