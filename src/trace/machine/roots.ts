/**
 * Roots: what runs on its own (a module's top level, a callback that waits, an entry point), what each of them has read, and which
 * have to run again because another has since put labels there.
 */
import { onNoArm } from "./arms.js";
import { foldHeld } from "./held.js";
import { reversePostorder } from "../../link/order.js";
import { NO_FACTS } from "../domain/about.js";
import { meet, S } from "../domain/heap.js";
import { readOn } from "../domain/readers.js";
import { forgetFound } from "../domain/searches.js";
import { joinLabels, NO_LABELS, type Labels, type Site } from "../domain/labels.js";
import { carryOutRest } from "./late.js";
import { sweep } from "../domain/sweep.js";
import { basesOf, begin, end, rollback } from "../domain/ways.js";
import { frozenLabels, type Frozen } from "../stores/frozen.js";
import { isOpenPlace, mayBeSame, PlaceIndex } from "../stores/place-index.js";
import { allLabels } from "./deep.js";
import { mayBeEntries } from "./entries.js";
import { isKept, underFacts } from "./gates.js";
import type { Machine } from "./machine.js";
import { budgetOf, close, leastPart, maySpendMore, MetTooLate, open } from "./purse.js";
import type { Task } from "./tasks.js";

export interface Root {
  readonly id: number;
  /** Where in the program it is. */
  readonly site: Site;
  /** How far its code is from sources and sinks, as `nearness.ts` has it. */
  readonly far: number;
  /** Runs it (again); afterwards the state is that with and without it. */
  readonly run: () => void;
  /** Places it has read, and names with holes of such. */
  readonly places: Set<string>;
  /** Objects that were there before it ran, and that it has come across; null when only places count. */
  readonly objects: Set<number> | null;
  /** Callbacks it has left to run later, by their code: a second run replaces those of the first. */
  readonly callbacks: Map<unknown, Root[]>;
  /** Activations that it has left waiting. */
  readonly tasks: Task[];
  runs: number;
  /** What its last run cost, in whole budgets. */
  cost: number;
  /** Who has left it to run later. */
  by: Root | undefined;
  /** May others run it any number of times? */
  readonly often: boolean;
  /** It is a callback that has run at once already, as far as is known. */
  readonly again: boolean;
  /** It runs for as long as the program does: answers to who has left it say nothing to it. */
  readonly lasting: boolean;
  /** The function or class that it is the entry point of. */
  readonly of: object | undefined;
  /** Another has taken its place. */
  replaced: boolean;
  stale: boolean;
  /** Has it come across a declared field? */
  met: boolean;
  /** Was it cut before it had? */
  short: boolean;
  /** Places it has written. */
  readonly writes: Set<string>;
}

export interface Roots {
  readonly all: Root[];
  /** Those running now, outermost first. */
  readonly running: Root[];
  /** Who has read a place, by its name, and these names. */
  readonly readers: Map<string, Set<Root>>;
  readonly read: PlaceIndex;
  /** Labels last seen in a slot of shared state. */
  readonly seen: Map<string, number>;
  /** Whose turn it is: see `waves.ts`. */
  wave: number;
  /** How often a place was read. */
  reads: number;
}

export const newRoots = (): Roots => ({
  all: [],
  running: [],
  readers: new Map(),
  read: new PlaceIndex(),
  seen: new Map(),
  wave: 0,
  reads: 0,
});

export function newRoot(
  m: Machine,
  site: Site,
  run: () => void,
  readsHeap = true,
  { far = 0, often = false, again = false, lasting = false, of }: Partial<Pick<Root, "far" | "often" | "again" | "lasting" | "of">> = {},
): Root {
  const root: Root = {
    id: m.roots.all.length,
    site,
    far,
    run,
    places: new Set(),
    objects: readsHeap ? new Set() : null,
    callbacks: new Map(),
    tasks: [],
    runs: 0,
    cost: 0,
    by: undefined,
    often,
    again,
    lasting,
    of,
    replaced: false,
    stale: false,
    met: false,
    short: false,
    writes: new Set(),
  };
  m.roots.all.push(root);
  return root;
}

/** What the places hold that this one may be. */
export const heldAt = (m: Machine, place: string): readonly Frozen[] =>
  m.places.index.like(place).map((name) => m.places.contents.get(name)!);

/** Notes that whatever runs now has read a place. */
export function readsPlace(m: Machine, place: string): void {
  m.roots.reads++;
  const { running, readers, read } = m.roots;
  let known = readers.get(place);
  if (known === undefined) {
    readers.set(place, (known = new Set()));
    read.add(place);
  }
  for (const root of running) {
    root.places.add(place);
    known.add(root);
  }
  for (const { reads } of m.recordings) if (!reads.has(place)) reads.set(place, heldAt(m, place));
}

/** Notes that whatever runs now has written a place. */
export function writesPlace(m: Machine, place: string): void {
  for (const root of m.roots.running) root.writes.add(place);
  for (const { writes } of m.recordings) writes.add(place);
}

/**
 * The roots in an order in which, as far as there are no cycles, writers come before readers.
 */
export function inOrder(m: Machine): readonly Root[] {
  const { readers, read } = m.roots;
  const now = new Map<string, readonly Root[]>();
  // Who was replaced, or has not yet come so far when he runs again, reads nothing.
  const readersOf = (place: string): readonly Root[] => {
    let known = now.get(place);
    if (known === undefined)
      now.set(place, (known = read.like(place).flatMap((name) => [...readers.get(name)!].filter((root) => root.places.has(name)))));
    return known;
  };
  const followers = (root: Root): Root[] => [...root.writes].flatMap(readersOf);
  return reversePostorder(m.roots.all, followers);
}

/** Has a root read a place, itself or by another name that may be its? */
function hasRead(root: Root, place: string): boolean {
  if (root.places.has(place)) return true;
  const open = isOpenPlace(place);
  for (const read of root.places) if ((open || isOpenPlace(read)) && mayBeSame(read, place)) return true;
  return false;
}

/** Labels in the places that a root has read. */
export function labelsRead(m: Machine, root: Root): Labels {
  let out: Labels = NO_LABELS;
  for (const [place, held] of m.places.contents) if (hasRead(root, place)) out = joinLabels(out, frozenLabels(held));
  return out;
}

/** A place has got more: who has read it before runs again. */
export function placeGrew(m: Machine, place: string): void {
  const { readers, read } = m.roots;
  for (const name of read.like(place)) readers.get(name)!.forEach((root) => (root.stale ||= root.places.has(name)));
}

/** Runs something as (part of) a root, noting what it comes across. */
export function within(m: Machine, root: Root, run: () => void): void {
  const { heap } = m;
  const outer = heap.reader;
  const mine = { id: root.id, born: heap.objects.length };
  const reads = { everything: false, run: mine, since: heap.searches.count, most: Infinity, outer };
  readOn(heap, root.objects === null ? null : { ...mine, ...reads, met: root.objects });
  // Who reads what others have searched has to come across it himself.
  forgetFound(heap);
  m.roots.running.push(root);
  try {
    unlessUndone(m, root, run);
  } finally {
    m.roots.running.splice(m.roots.running.indexOf(root));
    readOn(heap, outer);
    forgetFound(heap);
  }
  if (outer !== null && root.objects !== null) for (const id of root.objects) meet(heap, heap.objects[id]!);
}

/**
 * Code may nest more deeply than the stack goes: then the root is as if it had not run, and that is told. So it is when a field comes too
 * late; then the outermost root begins anew, of which this is a part.
 */
function unlessUndone(m: Machine, root: Root, run: () => void): void {
  const { heap, frame, path, repeating, turns, arms, runningJobs, resuming, waits } = m;
  const { trail, lasting } = heap;
  const from = begin(heap);
  const depth = { handlers: m.handlers.length, stack: m.stack.length, recordings: m.recordings.length };
  const { inside, outside, entries } = m.jobs;
  const jobs = { inside: [...inside], outside: [...outside], entries: [...entries] };
  try {
    run();
  } catch (thrown) {
    if (!(thrown instanceof RangeError || thrown instanceof MetTooLate)) throw thrown;
    heap.lasting = lasting;
    heap.trail = trail;
    rollback(heap, from);
    Object.assign(m, { frame, path, repeating, turns, arms, runningJobs, resuming, waits, alive: true });
    Object.assign(m.jobs, jobs);
    m.handlers.length = depth.handlers;
    m.stack.length = depth.stack;
    m.recordings.length = depth.recordings;
    m.recursions.clear();
    m.cycle = null;
    if (thrown instanceof RangeError)
      m.blind("depth-limit", root.site, "the code here nests more deeply than can be followed: nothing of it was", labelsRead(m, root));
    else if (m.roots.running[0] !== root) throw thrown;
  } finally {
    end(heap, from);
  }
}

/** A call, because the run in between changes it, which the compiler does not see. */
const isExhausted = (m: Machine): boolean => m.exhausted;

/** Tells of a budget that was spent, even if no declared field has been seen: nobody knows what would have been. */
export function tellCut(m: Machine, site: Site, labels: () => Labels): void {
  if (isExhausted(m)) m.blind("budget-limit", site, `${budgetOf(m)} was spent here: what is called later on is not followed`, labels());
  else if (m.purse.gaveUp) m.blind("budget-limit", site, `${budgetOf(m)} was spent in a call from here, which was given up`, labels());
}

/** What a root has suspended is suspended anew when it runs again, or when another takes its place. */
export function dropTasks(root: Root): void {
  for (const task of root.tasks.splice(0)) task.over = true;
}

/** Runs a root from the ground: nothing else is on the way. Marks the roots that have read what it has put labels into. */
export function runRoot(m: Machine, root: Root): void {
  root.stale = false;
  const first = root.runs++ === 0;
  if (!first) dropTasks(root);
  const isReserved = !first && !maySpendMore(m);
  open(m, first && !root.met, isReserved ? leastPart() : 0);
  m.alive = true;
  m.heap.trail.length = 0;
  const from = begin(m.heap);
  underFacts(m, NO_FACTS, () => {
    onNoArm(m, () => {
      within(m, root, root.run);
    });
  });
  carryOutRest(m);
  root.cost = close(m);
  if (isReserved) m.purse.reserve -= root.cost;
  const { met, short } = m.purse;
  root.met ||= met;
  root.short = short && !met;
  if (short && met) {
    end(m.heap, from);
    runRoot(m, root);
    return;
  }
  if (!root.short) tellCut(m, root.site, () => labelsRead(m, root));
  m.alive = true;
  foldHeld(m.heap, from);
  const grown = new Set<number>();
  for (const [obj, slots] of basesOf(m.heap, from))
    for (const slot of slots.keys()) {
      const v = obj.props.get(slot);
      if (v === undefined || slot === S.proto) continue;
      // What a check has answered is news as well: the next run finds it as it was left.
      const count = allLabels(m, v).length + (isKept(m, obj, v, from.born) ? 1 : 0);
      if (count > 0 && isNew(m, obj.id, slot, count)) grown.add(obj.id);
    }
  sweep(m.heap, from, mayBeEntries(m, from.born));
  end(m.heap, from);
  m.heap.trail.length = 0;
  if (grown.size === 0) return;
  for (const other of m.roots.all) if (!other.stale && other.objects !== null && meets(other.objects, grown)) other.stale = true;
}

/** Have these any in common? */
function meets(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  for (const id of few) if (many.has(id)) return true;
  return false;
}

/** Does this slot hold more labels than when it was last looked at? */
function isNew(m: Machine, id: number, slot: string, count: number): boolean {
  const key = `${id}|${slot}`;
  if (count <= (m.roots.seen.get(key) ?? 0)) return false;
  m.roots.seen.set(key, count);
  return true;
}
