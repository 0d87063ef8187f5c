/**
 * The abstract heap: objects with named properties, changed in place, every change written to a trail.
 *
 * A branch is run by remembering the trail's length, running, collecting what changed (a {@link Diff}) and undoing it; the diffs of
 * all ways that go on are then joined onto the state they share. So a branch costs what it writes, not what the heap holds.
 *
 * Allocation: each evaluation of an allocating expression makes a fresh object (strong updates are exact); in loops whose number
 * of turns is unknown, the objects of a finished turn are folded into one summary per allocation site and call path
 * (recency abstraction: Balakrishnan & Reps, SAS 2006), so that the heap stays finite.
 */
import type { Site } from "./labels.js";
import { Slots } from "./slots.js";
import { ABSENT, BOTTOM, join, same, type Value } from "./value.js";

export type ObjectKind =
  | "object"
  | "array"
  | "function"
  | "class"
  | "bound"
  | "env"
  | "map"
  | "set"
  | "promise"
  | "generator"
  | "iterator"
  | "error"
  /** A string or buffer whose parts keep their structure: JSON text, JSON lines, encoded text. */
  | "text"
  /** Something of another module, named by its access path: packages, Node, the language's own library. */
  | "external"
  /** Something of which only (perhaps) a type is known: any primitive, object or function. */
  | "unknown"
  | "native";

/** Is it a function of the program, bound or not? */
export const isFunction = (obj: Obj): boolean => obj.kind === "function" || obj.kind === "bound";

/** Has it code that can be run, the program's or a native's? */
export const isRunnable = (obj: Obj): boolean => isFunction(obj) || obj.kind === "native";

/** Is it for calling, or for `new`, rather than for keeping data? */
export const isCallable = (obj: Obj): boolean => isRunnable(obj) || obj.kind === "class";

/** Slots beside the named properties, kept in the same map so that the trail covers them. */
export const S = {
  /** Value of properties whose name is not known, elements whose index is not known. */
  rest: "\0rest",
  /** Labels that the names of unknown keys spell out. */
  restKey: "\0restkey",
  /** Prototype. */
  proto: "\0proto",
  /** Length of an array, where exact. */
  length: "\0length",
  /** Labels of everything inside an unknown object. */
  deep: "\0deep",
  /** What is somewhere inside an object of which nothing else is known, and the labels of all of it. */
  inside: "\0inside",
  /** What an unknown object or a function is said to be: types as objects. */
  type: "\0type",
  /** Fulfilled and rejected value of a promise; a text's content; a bound target … */
  value: "\0value",
  reason: "\0reason",
  getter: "\0get:",
  setter: "\0set:",
  hidden: "\0hidden:",
  keyOf: "\0key:",
} as const;

/** Where an object is made: a place in the text, a name of its own, or both. */
export type Origin = Site | string | { readonly name: string; readonly site: Site };

/** An abstract object. It is its own map of slots: one thing in memory instead of two. */
export class Obj extends Slots {
  /** Stands for several concrete objects: only weak updates. */
  summary = false;
  /** The last reader that came across it. */
  reader = -1;

  constructor(
    readonly id: number,
    public kind: ObjectKind,
    /** The call path it was made on; -1 where it does not matter. */
    private readonly path: number,
    private readonly origin: Origin,
    /** Kind-specific, immutable: a function's code, an external's path, a type. */
    readonly data: unknown,
  ) {
    super();
  }

  get props(): Slots {
    return this;
  }

  /** Allocation site and call path: what is folded together. */
  get key(): string {
    const { origin } = this;
    const where = typeof origin === "string" ? origin : "name" in origin ? origin.name : `${origin.file}:${origin.at}-${origin.end}`;
    return this.path < 0 ? where : `${this.path}|${where}`;
  }

  /** The place in the text where it is made, or comes in. */
  get site(): Site | undefined {
    const { origin } = this;
    return typeof origin === "string" ? undefined : "name" in origin ? origin.site : origin;
  }
}

/** Not a slot: the object was made here. */
const BORN = "\0born";

/**
 * What changed since a mark: object id to slot to the value it has now; `undefined` where the slot was removed. Of an object made since then
 * all its slots: most of what a branch writes is in such objects, and a copy costs little.
 */
export type Diff = Map<number, Slotted>;

/** A map from slots to values. */
interface Slotted extends Iterable<[string, Value | undefined]> {
  get(slot: string): Value | undefined;
  has(slot: string): boolean;
  keys(): Iterable<string>;
}

/** The state of an exception that may come at any moment of a block: whoever catches works it out from the trail. */
export const ANY_MOMENT: Diff = new Map();

interface TrailEntry {
  readonly obj: Obj;
  readonly slot: string;
  readonly old: Value | undefined;
}

export interface Heap {
  readonly objects: Obj[];
  /** Union-find: the object that took a folded one in. */
  readonly forward: (number | undefined)[];
  trail: TrailEntry[];
  /** Whose coming across objects is noted. */
  reader: Reader | null;
}

/** Something that runs on its own: which objects older than itself (`born` on) it has met. */
export interface Reader {
  readonly id: number;
  readonly born: number;
  readonly met: number[];
}

export const newHeap = (): Heap => ({ objects: [], forward: [], trail: [], reader: null });

/** Functions of libraries and of the program hold nothing that changes, as a rule; the global object does. */
const holdsState = (obj: Obj): boolean =>
  obj.kind !== "function" && obj.kind !== "native" && (obj.kind !== "external" || obj.key === "external global:globalThis");

/** Notes that the reader has come across an object. */
export function meet(heap: Heap, obj: Obj): Obj {
  const { reader } = heap;
  if (reader !== null && obj.reader !== reader.id) {
    obj.reader = reader.id;
    if (obj.id < reader.born && holdsState(obj)) reader.met.push(obj.id);
  }
  return obj;
}

export function alloc(heap: Heap, kind: ObjectKind, origin: Origin, data?: unknown, path = -1): Obj {
  const obj = new Obj(heap.objects.length, kind, path, origin, data);
  heap.objects.push(obj);
  heap.forward.push(undefined);
  heap.trail.push({ obj, slot: BORN, old: undefined });
  return obj;
}

/** The object that an id stands for now. */
export function deref(heap: Heap, id: number): Obj {
  let at = id;
  for (let next = heap.forward[at]; next !== undefined; next = heap.forward[at]) at = next;
  return meet(heap, heap.objects[at]!);
}

/** References brought up to date after folding. */
export function currentRefs(heap: Heap, refs: readonly number[]): readonly number[] {
  let moved = false;
  for (const r of refs) if (heap.forward[r] !== undefined) moved = true;
  if (!moved) return refs;
  const set = new Set<number>();
  for (const r of refs) set.add(deref(heap, r).id);
  return [...set].sort((a, b) => a - b);
}

/** Strong write of one slot. */
export function setSlot(heap: Heap, obj: Obj, slot: string, value: Value | undefined): void {
  const old = obj.props.get(slot);
  if (old === value) return;
  heap.trail.push({ obj, slot, old });
  if (value === undefined) obj.props.delete(slot);
  else obj.props.set(slot, value);
}

/**
 * What a slot that is not there counts as in a join: nothing for inner slots and variables (and for objects whose properties are
 * made when they are asked for), else "absent, or what unknown keys hold".
 */
export function missing(obj: Obj, slot: string, rest: Value | undefined = obj.props.get(S.rest)): Value {
  if (slot.charCodeAt(0) === 0 || obj.kind === "env" || obj.kind === "unknown" || obj.kind === "external") return BOTTOM;
  return rest === undefined ? ABSENT : join(ABSENT, rest);
}

/** Weak write: the slot may have kept its value. Returns whether anything changed. */
export function joinSlot(heap: Heap, obj: Obj, slot: string, value: Value): boolean {
  const old = obj.props.get(slot);
  const next = old === undefined ? join(missing(obj, slot), value) : join(old, value);
  if (old !== undefined && next === old) return false;
  setSlot(heap, obj, slot, next);
  return old === undefined || !same(old, next);
}

export const mark = (heap: Heap): number => heap.trail.length;

/** What changed since the mark, as it is now. */
export function capture(heap: Heap, from: number): Diff {
  const diff: Diff = new Map();
  const { trail } = heap;
  for (let i = from; i < trail.length; i++) {
    const { obj, slot } = trail[i]!;
    let slots = diff.get(obj.id);
    if (slots instanceof Slots) continue;
    if (slots === undefined) {
      slots = slot === BORN ? obj.copy() : new Map<string, Value | undefined>();
      diff.set(obj.id, slots);
    }
    if (slot !== BORN && !slots.has(slot)) (slots as Map<string, Value | undefined>).set(slot, obj.props.get(slot));
  }
  return diff;
}

/** Undoes everything since the mark. */
export function rollback(heap: Heap, to: number): void {
  const { trail } = heap;
  for (let i = trail.length - 1; i >= to; i--) {
    const { obj, slot, old } = trail[i]!;
    if (old === undefined) obj.props.delete(slot);
    else obj.props.set(slot, old);
  }
  trail.length = to;
}

/** Makes a diff true again, as new writes. */
export function apply(heap: Heap, diff: Diff): void {
  for (const [id, slots] of diff) {
    setAll(heap, heap.objects[id]!, slots);
  }
}

/** What was written since the mark to the objects born before it, and to those of `too`, with the values that were there at the mark. */
export function basesOf(
  heap: Heap,
  from: number,
  bornBefore: number,
  too?: ReadonlyMap<number, unknown>,
): Map<Obj, Map<string, Value | undefined>> {
  const bases = new Map<Obj, Map<string, Value | undefined>>();
  const { trail } = heap;
  let youngest = -1;
  for (const id of too?.keys() ?? []) youngest = Math.max(youngest, id);
  for (let i = from; i < trail.length; i++) {
    const { obj, slot, old } = trail[i]!;
    // Most writes are to objects that only this way knows: it ran last, so they are younger than all that others know.
    if (obj.id >= bornBefore && (obj.id > youngest || !too!.has(obj.id))) continue;
    let slots = bases.get(obj);
    if (slots === undefined) bases.set(obj, (slots = new Map<string, Value | undefined>()));
    if (!slots.has(slot)) slots.set(slot, old);
  }
  return bases;
}

/**
 * Joins other ways into the current state, in place. All started at the mark, whose objects are those born before `bornBefore`. A slot
 * that one way did not touch keeps the shared value there; an object that only one way made is taken as that way left it. So a join
 * costs what the other ways wrote, and of the current one only what it wrote to what was there before.
 */
export function joinInto(heap: Heap, from: number, bornBefore: number, others: readonly Diff[]): void {
  // By object, what each of the others did to it; gone through once, for there may be hundreds of others.
  const changes = new Map<number, (Slotted | undefined)[]>();
  others.forEach((other, way) => {
    for (const [id, slots] of other) {
      let theirs = changes.get(id);
      if (theirs === undefined) changes.set(id, (theirs = id >= bornBefore ? [] : others.map(() => undefined)));
      // Ways that do not know a young object have nothing to say of it.
      if (id >= bornBefore) theirs.push(slots);
      else theirs[way] = slots;
    }
  });
  const bases = basesOf(heap, from, bornBefore, changes);
  for (const [id, theirs] of changes) {
    const obj = heap.objects[id]!;
    const here = bases.get(obj);
    bases.delete(obj);
    const young = id >= bornBefore;
    if (young && here === undefined) {
      setAll(heap, obj, theirs[0]!);
      if (theirs.length > 1) joinObject(heap, obj, theirs[0], theirs.slice(1), true);
    } else joinObject(heap, obj, here, theirs, young);
  }
  const untouched = others.map(() => undefined);
  for (const [obj, here] of bases) joinObject(heap, obj, here, untouched, false);
}

/** An object as another way left it. */
function setAll(heap: Heap, obj: Obj, there: Slotted): void {
  if (there instanceof Slots) heap.trail.push({ obj, slot: BORN, old: undefined });
  for (const [slot, value] of there) setSlot(heap, obj, slot, value);
}

/** `here`: what the current way changed, with the shared values; `theirs`: what each other did, with its own. */
function joinObject(heap: Heap, obj: Obj, here: Slotted | undefined, theirs: readonly (Slotted | undefined)[], young: boolean): void {
  const slots = new Set(here?.keys());
  for (const there of theirs) if (there !== undefined) for (const slot of there.keys()) slots.add(slot);
  slots.delete(BORN);
  const shared = (slot: string): Value | undefined => (young ? undefined : here?.has(slot) === true ? here.get(slot) : obj.props.get(slot));
  const valueIn = (there: Slotted | undefined, slot: string): Value | undefined =>
    there?.has(slot) === true ? there.get(slot) : shared(slot);
  const rests = theirs.map((there) => valueIn(there, S.rest) ?? BOTTOM);
  const restHere = obj.props.get(S.rest) ?? BOTTOM;
  // The current `rest` must be read before it is joined itself: it goes last.
  const withRest = slots.delete(S.rest);
  for (const slot of withRest ? [...slots, S.rest] : slots) {
    const mine = obj.props.get(slot);
    let all: Value | undefined = mine;
    let certain = mine !== undefined;
    theirs.forEach((there, i) => {
      const value = valueIn(there, slot);
      if (value === undefined) certain = false;
      if (value === all) return;
      all = join(all ?? missing(obj, slot, restHere), value ?? missing(obj, slot, rests[i]));
    });
    setSlot(heap, obj, slot, slot === S.length && !certain ? undefined : all);
  }
}

/** The join of several ways from the mark, whose state is the current one. */
export function applyJoined(heap: Heap, diffs: readonly Diff[], bornBefore: number): void {
  const from = mark(heap);
  const [first, ...others] = diffs;
  if (first === undefined) return;
  apply(heap, first);
  if (others.length > 0) joinInto(heap, from, bornBefore, others);
}

/**
 * Weakens the current state by the one at the mark: what was written since may also not have been. Returns whether the state at the
 * mark grew, that is, whether a loop that starts there has to be run again.
 */
export function weaken(heap: Heap, from: number, bornBefore: number): boolean {
  const bases = basesOf(heap, from, bornBefore);
  let grew = false;
  for (const [obj, slots] of bases) {
    const restHere = obj.props.get(S.rest);
    const restThere = slots.has(S.rest) ? slots.get(S.rest) : restHere;
    const ordered = slots.has(S.rest) ? [...[...slots].filter(([slot]) => slot !== S.rest), [S.rest, restThere] as const] : slots;
    for (const [slot, was] of ordered) {
      if (slot === BORN) continue;
      const value = obj.props.get(slot);
      const base = was === undefined ? undefined : current(heap, was);
      if (slot === S.length && (value === undefined || base === undefined || !same(value, base))) {
        if (base !== undefined) grew = true;
        setSlot(heap, obj, slot, undefined);
        continue;
      }
      const before = base ?? missing(obj, slot, restThere ?? BOTTOM);
      const next = join(before, value === undefined ? missing(obj, slot, restHere ?? BOTTOM) : current(heap, value));
      if (!same(before, next)) grew = true;
      // What is missing in both stays missing.
      if (value !== undefined || base !== undefined) setSlot(heap, obj, slot, next);
    }
  }
  return grew;
}

/**
 * Folds the objects born since `bornBefore` into one summary for each key. `summaries` lives as long as the loop that folds.
 */
export function fold(heap: Heap, bornBefore: number, summaries: Map<string, Obj>): void {
  const end = heap.objects.length;
  for (let id = bornBefore; id < end; id++) {
    if (heap.forward[id] !== undefined) continue;
    const obj = heap.objects[id]!;
    const key = `${obj.kind}|${obj.key}`;
    const into = summaries.get(key);
    if (into === undefined) {
      obj.summary = true;
      summaries.set(key, obj);
      continue;
    }
    if (into === obj) continue;
    absorb(heap, into, obj);
    heap.forward[id] = into.id;
  }
}

function absorb(heap: Heap, into: Obj, obj: Obj): void {
  const slots = new Set([...into.props.keys(), ...obj.props.keys()]);
  for (const slot of slots) {
    const a = into.props.get(slot);
    const b = obj.props.get(slot);
    if (slot === S.rest) continue;
    if (slot === S.length) {
      if (a === undefined || b === undefined || !same(a, b)) setSlot(heap, into, slot, undefined);
      continue;
    }
    const value = join(a ?? missing(into, slot), b ?? missing(obj, slot));
    setSlot(heap, into, slot, value);
  }
  const rest = join(into.props.get(S.rest) ?? BOTTOM, obj.props.get(S.rest) ?? BOTTOM);
  if (rest !== BOTTOM) setSlot(heap, into, S.rest, rest);
}

/** A value whose references point at current objects. */
export function current(heap: Heap, v: Value): Value {
  if (v.refs.length === 0) return v;
  const refs = currentRefs(heap, v.refs);
  if (refs === v.refs) return v;
  return { kinds: v.kinds, consts: v.consts, labels: v.labels, refs, via: v.via };
}

/** The objects a value may be. */
export function objectsOf(heap: Heap, v: Value): readonly Obj[] {
  if (v.refs.length === 0) return [];
  if (v.refs.length === 1) return [deref(heap, v.refs[0]!)];
  return currentRefs(heap, v.refs).map((id) => meet(heap, heap.objects[id]!));
}
