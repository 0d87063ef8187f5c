/**
 * Ways: what is run from a point that the machine comes back to.
 *
 * A branch is run by remembering the {@link Point}, running, collecting what changed (a {@link Diff}) and undoing it; the diffs of all ways
 * that go on are then joined onto the state they share. What a way writes to objects of its own needs neither undoing nor joining: nobody
 * else can get at them. So a branch costs what it writes to what was there before, not what the heap holds.
 */
import { current, deref, isCertainty, missing, Obj, S, writeSlot, standsFor, type Change, type Guards, type Heap } from "./heap.js";
import { changing, replacing } from "./searches.js";
import { Slots } from "./slots.js";
import { BOTTOM, join, same, type Value } from "./value.js";

/** A state that the machine may come back to, or that what happens since is compared with. */
export interface Point {
  /** Length of the trail. */
  readonly trail: number;
  /** Objects from this one on are younger. */
  readonly born: number;
  /** What has been pinned. */
  readonly pinned: number;
}

/** A point whose time has not ended, with what held before it. */
interface OpenPoint extends Point {
  readonly outer: { readonly fresh: number; readonly own: number; readonly watched: boolean };
}

/**
 * What changed since a point: object to slot to the value it has now; `undefined` where the slot was removed. Of a younger object that
 * others may write to afterwards all its slots; those that nobody else knows are only named: they hold what they hold.
 */
export interface Diff {
  readonly born: readonly Obj[];
  readonly slots: ReadonlyMap<number, Slotted>;
}

/** A map from slots to values. */
interface Slotted extends Iterable<[string, Value | undefined]> {
  get(slot: string): Value | undefined;
  has(slot: string): boolean;
  keys(): Iterable<string>;
}

/** Nothing happened. */
export const UNCHANGED: Diff = { born: [], slots: new Map() };

/** The state of an exception that may come at any moment of a block: whoever catches works it out from the trail. */
export const ANY_MOMENT: Diff = { born: [], slots: new Map() };

/** Remembers the state. Points nest: each is ended ({@link end}) before those around it. */
export function begin(heap: Heap): OpenPoint {
  const { fresh, own, watched } = heap;
  const born = heap.objects.length;
  heap.fresh = born;
  heap.own = born;
  return { trail: heap.trail.length, born, pinned: heap.pinned.length, outer: { fresh, own, watched } };
}

/** Like {@link begin}, for a block whose `catch` goes on from any moment in it: objects made here are known to both. */
export function beginWatched(heap: Heap): OpenPoint {
  const point = begin(heap);
  heap.own = Number.POSITIVE_INFINITY;
  heap.watched = true;
  return point;
}

/** Nobody comes back to the point any more. */
export function end(heap: Heap, point: OpenPoint): void {
  Object.assign(heap, point.outer);
}

/**
 * What changed since the point, as it is now, as far as anybody can see it who goes on from there: he has what was there before, and
 * `leaving`. The current way ends here, or is taken back.
 */
export function capture(heap: Heap, from: Point, leaving: Value = BOTTOM): Diff {
  const born: Obj[] = [];
  const slots = new Map<number, Slotted>();
  const { trail } = heap;
  // Where all that was made stays as it is, finding out what of it can be seen costs more than it saves.
  const all = heap.own <= from.born;
  const seen: Value[] = [leaving];
  for (let i = from.trail; i < trail.length; i++) {
    const entry = trail[i]!;
    if (entry instanceof Obj) {
      if (!isDropped(entry, from)) {
        slots.set(entry.id, entry.copy());
        seen.push(...entry.values());
      } else if (all) born.push(entry);
      continue;
    }
    const { obj, slot } = entry;
    if (isDropped(obj, from)) continue;
    let changed = slots.get(obj.id);
    if (changed instanceof Slots) continue;
    if (changed === undefined) slots.set(obj.id, (changed = new Map<string, Value | undefined>()));
    if (changed.has(slot)) continue;
    const value = obj.props.get(slot);
    (changed as Map<string, Value | undefined>).set(slot, value);
    if (value !== undefined) seen.push(value);
  }
  if (!all)
    for (const obj of reachable(heap, from, seen))
      if (obj.id >= heap.own) born.push(obj);
      else slots.set(obj.id, obj.copy());
  return { born, slots };
}

/** The objects made since the point that can be got at from these values. */
export function reachable(heap: Heap, from: Point, values: readonly Value[]): Iterable<Obj> {
  const out = new Set<Obj>();
  const visit = (id: number): void => {
    const obj = standsFor(heap, id);
    if (isDropped(obj, from)) out.add(obj);
  };
  for (let i = from.pinned; i < heap.pinned.length; i++) visit(heap.pinned[i]!);
  for (const v of values) v.refs.forEach(visit);
  // A set is gone through in the order of insertion, what is added meanwhile included.
  for (const obj of out) {
    for (const v of obj.values()) v.refs.forEach(visit);
    heldIn(obj.data).forEach(visit);
  }
  return out;
}

/** What objects refer to beside their slots: see the kinds of data in `machine.ts`. */
interface Holder {
  readonly env?: number;
  readonly home?: number | null;
  readonly target?: number;
  readonly thisValue?: Value | null;
  readonly func?: Value;
  readonly self?: Value;
  readonly args?: { readonly list: readonly Value[]; readonly rest: Value | null };
  /** Of a native's own function: all that its closure holds. */
  readonly holds?: readonly Value[];
}

export function heldIn(data: unknown): readonly number[] {
  if (typeof data !== "object" || data === null) return [];
  const { env, home, target, thisValue, func, self, args, holds } = data as Holder;
  const out = [env, home, target].filter((id) => typeof id === "number" && id >= 0) as number[];
  for (const v of [thisValue, func, self, ...(args?.list ?? []), args?.rest, ...(holds ?? [])])
    if (v !== undefined && v !== null) out.push(...v.refs);
  return out;
}

/** Was it made since the point, and is it out of reach for whoever goes on from there without what happened since? */
const isDropped = (obj: Obj, to: Point): boolean => obj.id >= to.born && !obj.lasting;

/** Undoes everything since the point. Younger objects stay as they are: who knows them has gone, or has a copy. */
export function rollback(heap: Heap, to: Point): void {
  const { trail } = heap;
  for (let i = trail.length - 1; i >= to.trail; i--) {
    const entry = trail[i]!;
    if (entry instanceof Obj || isDropped(entry.obj, to)) continue;
    const { obj, slot, old } = entry;
    changing(heap, obj, slot, obj.props.get(slot), old);
    if (old === undefined) obj.props.delete(slot);
    else obj.props.set(slot, old);
  }
  trail.length = to.trail;
}

/** Makes a diff true again, as new writes. */
function apply(heap: Heap, diff: Diff): void {
  for (const obj of diff.born) heap.trail.push(obj);
  for (const [id, slots] of diff.slots) setAll(heap, heap.objects[id]!, slots);
}

/**
 * What was written since the point to the objects born before it, and to those of `too`, with the values that were there at the point.
 */
export function basesOf(heap: Heap, from: Point, too?: ReadonlyMap<number, unknown>): Map<Obj, Map<string, Value | undefined>> {
  const bases = new Map<Obj, Map<string, Value | undefined>>();
  const { trail } = heap;
  let youngest = -1;
  for (const id of too?.keys() ?? []) youngest = Math.max(youngest, id);
  for (let i = from.trail; i < trail.length; i++) {
    const entry = trail[i]!;
    const obj = entry instanceof Obj ? entry : entry.obj;
    // Most entries are of objects that only this way knows: it ran last, so they are younger than all that others know.
    if (obj.id >= from.born && (obj.id > youngest || !too!.has(obj.id))) continue;
    let slots = bases.get(obj);
    if (slots === undefined) bases.set(obj, (slots = new Map<string, Value | undefined>()));
    if (!(entry instanceof Obj) && !slots.has(entry.slot)) slots.set(entry.slot, entry.old);
  }
  return bases;
}

/**
 * Joins other ways into the current state, in place. All started at the point. A slot that one way did not touch keeps the shared value
 * there; an object that only one way made is taken as that way left it. So a join costs what the other ways wrote, and of the current one
 * only what it wrote to what was there before.
 */
export function joinInto(heap: Heap, from: Point, others: readonly Diff[]): void {
  // By object, what each of the others did to it; gone through once, for there may be hundreds of others.
  const changes = new Map<number, (Slotted | undefined)[]>();
  others.forEach((other, way) => {
    for (const obj of other.born) heap.trail.push(obj);
    for (const [id, slots] of other.slots) {
      let theirs = changes.get(id);
      if (theirs === undefined) changes.set(id, (theirs = id >= from.born ? [] : others.map(() => undefined)));
      // Ways that do not know a young object have nothing to say of it.
      if (id >= from.born) theirs.push(slots);
      else theirs[way] = slots;
    }
  });
  const bases = basesOf(heap, from, changes);
  const guards = heap.guards === null ? null : guardsApart(heap.guards, bases, changes, others.length);
  for (const [id, theirs] of changes) {
    const obj = heap.objects[id]!;
    const here = bases.get(obj);
    bases.delete(obj);
    if (joinFolded(heap, obj, theirs)) continue;
    const young = id >= from.born;
    if (!young) {
      joinObject(heap, obj, here, theirs, false, guards);
      continue;
    }
    if (here === undefined) setAll(heap, obj, theirs[0]!);
    const different = theirs.slice(here === undefined ? 1 : 0).filter((there) => !(there instanceof Slots && obj.sharesWith(there)));
    if (different.length > 0) joinObject(heap, obj, here ?? theirs[0], different, true);
  }
  const untouched = others.map(() => undefined);
  for (const [obj, here] of bases) joinObject(heap, obj, here, untouched, false, guards);
}

/** Gives the value that a slot has on each way, the current one first, what holds on that way and not on all. */
type GuardsApart = readonly ((v: Value) => Value)[];

/** Null where the same holds on all ways. */
function guardsApart(
  { way, guarded }: Guards,
  bases: ReadonlyMap<Obj, Slotted>,
  changes: ReadonlyMap<number, readonly (Slotted | undefined)[]>,
  others: number,
): GuardsApart | null {
  const [here, theirs] = [bases.get(way), changes.get(way.id)];
  if (here === undefined && theirs === undefined) return null;
  const slots = new Set([...way.props.keys(), ...(here?.keys() ?? []), ...(theirs ?? []).flatMap((one) => [...(one?.keys() ?? [])])]);
  const shared = (slot: string): Value | undefined => (here?.has(slot) === true ? here.get(slot) : way.props.get(slot));
  const apart: Value[][] = Array.from({ length: others + 1 }, () => []);
  for (const slot of slots) {
    const values = apart.map((_, i) => {
      if (i === 0) return way.props.get(slot);
      const there = theirs?.[i - 1];
      return there?.has(slot) === true ? there.get(slot) : shared(slot);
    });
    if (values.some((v) => v === undefined || !same(v, values[0] ?? v))) values.forEach((v, i) => v !== undefined && apart[i]!.push(v));
  }
  if (apart.every((facts) => facts.length === 0)) return null;
  return apart.map((facts) => (v: Value) => (facts.length === 0 || (v.labels.length === 0 && v.refs.length === 0) ? v : guarded(v, facts)));
}

/** A loop may have folded the object since others left it: the one that stands for it now takes in what they say. Says whether it has. */
function joinFolded(heap: Heap, obj: Obj, theirs: readonly (Slotted | undefined)[]): boolean {
  if (heap.forward[obj.id] === undefined) return false;
  joinObject(heap, deref(heap, obj.id), undefined, theirs, false);
  return true;
}

/** An object as another way left it. */
export function setAll(heap: Heap, obj: Obj, there: Slotted): void {
  if (joinFolded(heap, obj, [there])) return;
  if (there instanceof Slots) heap.trail.push(obj);
  if (there instanceof Slots && !obj.lasting) {
    replacing(heap, obj);
    obj.adopt(there);
  } else for (const [slot, value] of there) writeSlot(heap, obj, slot, value);
}

/** `here`: what the current way changed, with the shared values; `theirs`: what each other did, with its own; `guards`: what holds on each. */
function joinObject(
  heap: Heap,
  obj: Obj,
  here: Slotted | undefined,
  theirs: readonly (Slotted | undefined)[],
  young: boolean,
  guards: GuardsApart | null = null,
): void {
  const slots = new Set(young ? obj.props.keys() : here?.keys());
  if (young && here !== undefined) for (const slot of here.keys()) slots.add(slot);
  for (const there of theirs) if (there !== undefined) for (const slot of there.keys()) slots.add(slot);
  const shared = (slot: string): Value | undefined => (young ? undefined : here?.has(slot) === true ? here.get(slot) : obj.props.get(slot));
  const valueIn = (there: Slotted | undefined, slot: string): Value | undefined =>
    there?.has(slot) === true ? there.get(slot) : shared(slot);
  const rests = theirs.map((there) => valueIn(there, S.rest) ?? BOTTOM);
  const restHere = obj.props.get(S.rest) ?? BOTTOM;
  // The current `rest` must be read before it is joined itself: it goes last.
  const withRest = slots.delete(S.rest);
  for (const slot of withRest ? [...slots, S.rest] : slots) {
    const apart =
      guards !== null && !isCertainty(slot) && theirs.some((there) => valueIn(there, slot) !== obj.props.get(slot)) ? guards : null;
    const guard = (i: number, v: Value | undefined): Value | undefined => (v === undefined ? v : (apart?.[i]?.(v) ?? v));
    const mine = guard(0, obj.props.get(slot));
    let all: Value | undefined = mine;
    let certain = mine !== undefined;
    theirs.forEach((there, i) => {
      const value = guard(i + 1, valueIn(there, slot));
      if (value === undefined) certain = false;
      if (value === all) return;
      all = join(all ?? missing(obj, slot, restHere), value ?? missing(obj, slot, rests[i]));
    });
    writeSlot(heap, obj, slot, !certain && isCertainty(slot) ? undefined : all);
  }
}

/** The join of several ways from the point, whose state is the current one. */
export function applyJoined(heap: Heap, diffs: readonly Diff[], point: Point): void {
  const from = { ...point, trail: heap.trail.length };
  const [first, ...others] = diffs;
  if (first === undefined) return;
  apply(heap, first);
  if (others.length > 0) joinInto(heap, from, others);
}

/**
 * Weakens the current state by the one at the point: what was written since (to some objects) may also not have been. Returns whether the
 * state at the point grew, that is, whether a loop that starts there has to be run again.
 */
export function weaken(heap: Heap, from: Point, of: (obj: Obj) => boolean = () => true): boolean {
  const bases = basesOf(heap, from);
  let grew = false;
  for (const [obj, slots] of bases) {
    if (!of(obj)) continue;
    const restHere = obj.props.get(S.rest);
    const restThere = slots.has(S.rest) ? slots.get(S.rest) : restHere;
    const ordered = slots.has(S.rest) ? [...[...slots].filter(([slot]) => slot !== S.rest), [S.rest, restThere] as const] : slots;
    for (const [slot, was] of ordered) {
      const value = obj.props.get(slot);
      const base = was === undefined ? undefined : current(heap, was);
      if (isCertainty(slot) && (value === undefined || base === undefined || !same(value, base))) {
        if (base !== undefined) grew = true;
        writeSlot(heap, obj, slot, undefined);
        continue;
      }
      const before = base ?? missing(obj, slot, restThere ?? BOTTOM);
      const next = join(before, value === undefined ? missing(obj, slot, restHere ?? BOTTOM) : current(heap, value));
      if (!same(before, next)) grew = true;
      // What is missing in both stays missing.
      if (value !== undefined || base !== undefined) writeSlot(heap, obj, slot, next);
    }
  }
  return grew;
}

/** The state at any moment since the point: every slot may have any value it had on the way. `leaving`: see {@link capture}. */
export function anyMoment(heap: Heap, from: Point, leaving: Value): Diff {
  const slots = new Map<number, Slots | Map<string, Value | undefined>>();
  /** What objects made meanwhile have held and do not hold any more. */
  const past: Change[] = [];
  const seen: Value[] = [leaving];
  const { trail } = heap;
  for (let i = from.trail; i < trail.length; i++) {
    const entry = trail[i]!;
    if (entry instanceof Obj) {
      if (isDropped(entry, from)) continue;
      slots.set(entry.id, entry.copy());
      seen.push(...entry.values());
      continue;
    }
    const { obj, slot, old } = entry;
    if (old !== undefined) seen.push(old);
    if (isDropped(obj, from)) {
      past.push(entry);
      continue;
    }
    let changed = slots.get(obj.id);
    if (changed === undefined) slots.set(obj.id, (changed = new Map<string, Value | undefined>()));
    const now = changed.has(slot) ? changed.get(slot) : obj.props.get(slot);
    if (now !== undefined) seen.push(now);
    // What is certain after the block is not so at any moment of it.
    const any = isCertainty(slot) ? undefined : now === undefined ? old : old === undefined ? now : join(now, old);
    if (any !== undefined) changed.set(slot, any);
    else if (!(changed instanceof Slots)) changed.set(slot, undefined);
  }
  for (const obj of reachable(heap, from, seen)) slots.set(obj.id, obj.copy());
  for (const { obj, slot, old } of past) {
    const now = slots.get(obj.id);
    if (now !== undefined && old !== undefined) now.set(slot, join(now.get(slot) ?? old, old));
  }
  return { born: [], slots };
}
