/**
 * The abstract heap: objects with named properties, changed in place. Changes that may have to be undone are written to a trail
 * (`ways.ts`).
 *
 * Allocation: each evaluation of an allocating expression makes a fresh object (strong updates are exact); in loops whose number
 * of turns is unknown, the objects of a finished turn are folded into one summary per allocation site and call path
 * (recency abstraction: Balakrishnan & Reps, SAS 2006), so that the heap stays finite.
 */
import type { Labels, Site } from "./labels.js";
import { Slots } from "./slots.js";
import { ABSENT, ANY_STRING, BOTTOM, FALSE, isBottom, join, mayBeText, same, withRefs, TRUE, type Value } from "./value.js";

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

const PLAIN: ReadonlySet<ObjectKind> = new Set(["object", "array", "env", "map", "set", "promise", "error", "text"]);

/** Is all of it in its slots? */
export const isPlain = (obj: Obj): boolean => PLAIN.has(obj.kind) && obj.data === undefined;

/** Slots beside the named properties, kept in the same map so that the trail covers them. */
export const S = {
  /** Value of properties whose name is not known, elements whose index is not known. */
  rest: "\0rest",
  /** Names that the properties of `rest` can have, where not any: a string with patterns. Who writes `rest` alone means any. */
  restNames: "\0restnames",
  /** Labels that the names of unknown keys spell out. */
  restKey: "\0restkey",
  /** There for a list whose elements are known, and not in which order. */
  unordered: "\0unordered",
  /** True: the object is frozen. */
  frozen: "\0frozen",
  /** Prototype. */
  proto: "\0proto",
  /** Length of an array, where exact. */
  length: "\0!length",
  /** Labels of everything inside an unknown object. */
  deep: "\0deep",
  /** What is somewhere inside an object of which nothing else is known, and the labels of all of it. */
  inside: "\0inside",
  /** What an unknown object or a function is said to be: types as objects. */
  type: "\0type",
  /** Fulfilled and rejected value of a promise; a text's content; a bound target … */
  value: "\0value",
  /** The exact parts of a text around its content: a string with patterns. */
  pattern: "\0pattern",
  reason: "\0reason",
  /** What a proxy stands before, and its traps. */
  target: "\0target",
  handler: "\0handler",
  getter: "\0get:",
  setter: "\0set:",
  hidden: "\0hidden:",
  keyOf: "\0key:",
} as const;

/**
 * Does that slot say how something stands for certain: how many there are, how far it has come? Where ways differ in it, or one of them has
 * none, nothing is certain any more, and it is not there.
 */
export const isCertainty = (slot: string): boolean => slot.startsWith("\0!");

/** Does that slot hold a getter or a setter? With "absent", the property is none, or another, on some ways. */
export const isAccessor = (slot: string): boolean => slot.startsWith(S.getter) || slot.startsWith(S.setter);

/** Names that slot an element of a list? */
export const isIndex = (slot: string): boolean => /^\d+$/.test(slot);

/** Where an object is made: a place in the text, a name of its own, or both. */
export type Origin = Site | string | { readonly name: string; readonly site: Site };

/** An abstract object. It is its own map of slots: one thing in memory instead of two. */
export class Obj extends Slots {
  /** Stands for several concrete objects: only weak updates. */
  summary = false;
  /** The last reader that came across it. */
  reader = -1;
  /** Found again by ways that did not make it, so that all that is written to it has to be taken back. */
  lasting = false;
  /** The last search that came across it. */
  search = 0;
  /** The root that an expression of the program made it in, -1 for what runs once. Undefined of what nobody can tell apart from others. */
  maker: number | undefined = undefined;
  /** Those who wait for what it comes to hold: told, by `Heap.woken`, of each write to it. */
  awaiters: Set<object> | null = null;

  constructor(
    readonly id: number,
    public kind: ObjectKind,
    /** The call path it was made on; -1 where it does not matter. */
    readonly path: number,
    /** Where it is made. */
    readonly from: Origin,
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
    const { from: origin } = this;
    const where = typeof origin === "string" ? origin : "name" in origin ? origin.name : `${origin.file}:${origin.at}-${origin.end}`;
    return this.path < 0 ? where : `${this.path}|${where}`;
  }

  /** The place in the text where it is made, or comes in. */
  get site(): Site | undefined {
    const { from: origin } = this;
    return typeof origin === "string" ? undefined : "name" in origin ? origin.site : origin;
  }
}

/** One change: what a slot held before. */
export interface Change {
  readonly obj: Obj;
  readonly slot: string;
  readonly old: Value | undefined;
}

export interface Heap {
  readonly objects: Obj[];
  /** Union-find: the object that took a folded one in. */
  readonly forward: (number | undefined)[];
  /** What has happened: changes, and the objects that were made. */
  trail: (Change | Obj)[];
  /** Objects from this one on were made since the last point that somebody may come back to: what is written to them leaves no trail. */
  fresh: number;
  /** Objects from this one on are known to nobody but the way that runs: when it ends, they stay as it leaves them. */
  own: number;
  /** Some `catch` asks what slots have held on the way: what is overwritten leaves a trail everywhere. */
  watched: boolean;
  /** What is made now is kept beside the program's state: ways that are taken back find it again. */
  lasting: boolean;
  /** Objects that something beside the program's state refers to: callbacks that wait. */
  readonly pinned: number[];
  /** Whose coming across objects is noted. */
  reader: Reader | null;
  /** Minus the number of readers that are no roots. */
  recorders: number;
  /** What following references has cost: those brought up to date, and objects searched. Bounded, as steps are. */
  work: number;
  /** How many searches through objects there have been: each marks what it has seen. One ends before the next begins. */
  searches: number;
  /** What searches have found, by the object they began at; forgotten when something changes where one has been. */
  readonly found: Map<Obj, Labels>;
  /** The last search of which nothing is known any more. */
  forgotten: number;
  /** How often something that was there took another value: a body that ran before may give something else now. */
  changes: number;
  /** Who has waited for an object to which something was written since this was last emptied. */
  readonly woken: Set<object>;
}

/** Something that runs on its own: which objects older than itself (`born` on) it has met. */
export interface Reader {
  readonly id: number;
  readonly born: number;
  readonly met: Set<number>;
  /** Functions count as well. */
  readonly everything: boolean;
  /** The reader that runs on its own and that this one is part of, itself perhaps; null where that is what runs just once. */
  readonly run: Pick<Reader, "id" | "born"> | null;
}

export const newHeap = (): Heap => ({
  objects: [],
  forward: [],
  trail: [],
  fresh: 0,
  own: 0,
  watched: false,
  lasting: false,
  pinned: [],
  reader: null,
  recorders: -1,
  work: 0,
  searches: 0,
  forgotten: 0,
  found: new Map(),
  changes: 0,
  woken: new Set(),
});

/** A slot changes: what searches that have been at the object have found may be out of date. */
export function changing(heap: Heap, obj: Obj, old: Value | undefined, value: Value | undefined): void {
  if (isSearched(heap, obj) && (!alike(old?.refs, value?.refs) || !alike(old?.labels, value?.labels))) forgetFound(heap);
}

/** Has a search been at an object of which it is still known what it has found? */
export const isSearched = (heap: Heap, obj: Obj): boolean => obj.search > heap.forgotten;

/** What searches have found is not known any more. */
export function forgetFound(heap: Heap): void {
  heap.found.clear();
  heap.forgotten = heap.searches;
}

/** Are these, as far as is known at once, the same? */
function alike<T>(a: readonly T[] = [], b: readonly T[] = []): boolean {
  if (a === b) return true;
  return a.length === b.length && a.length <= 8 && a.every((x, i) => x === b[i]);
}

/** Functions of libraries and of the program hold nothing that changes, as a rule; the global object does. */
const holdsState = (obj: Obj): boolean =>
  obj.kind !== "function" && obj.kind !== "native" && (obj.kind !== "external" || obj.key === "external global:globalThis");

/** Notes that the reader has come across an object. */
export function meet(heap: Heap, obj: Obj): Obj {
  const { reader } = heap;
  if (reader !== null && obj.reader !== reader.id) {
    obj.reader = reader.id;
    if (obj.id < reader.born && (reader.everything || holdsState(obj))) reader.met.add(obj.id);
  }
  return obj;
}

export function alloc(heap: Heap, kind: ObjectKind, origin: Origin, data?: unknown, path = -1): Obj {
  const obj = new Obj(heap.objects.length, kind, path, origin, data);
  if (heap.lasting) obj.lasting = true;
  heap.objects.push(obj);
  heap.forward.push(undefined);
  heap.trail.push(obj);
  return obj;
}

/** Makes objects that caches keep: of the run, or of older objects. */
export function lastingly<T>(heap: Heap, run: () => T): T {
  const outer = heap.lasting;
  heap.lasting = true;
  const out = run();
  heap.lasting = outer;
  return out;
}

/** Was it made since the last point that somebody may come back to? */
export const isFresh = (heap: Heap, obj: Obj): boolean => obj.id >= heap.fresh && !obj.lasting;

/** The object that an id stands for now. */
export const deref = (heap: Heap, id: number): Obj => meet(heap, standsFor(heap, id));

/** The same, without anybody having come across it. */
export function standsFor(heap: Heap, id: number): Obj {
  let at = id;
  for (let next = heap.forward[at]; next !== undefined; next = heap.forward[at]) at = next;
  return heap.objects[at]!;
}

/** References brought up to date after folding. */
export function currentRefs(heap: Heap, refs: readonly number[]): readonly number[] {
  let moved = false;
  heap.work += refs.length;
  for (const r of refs) if (heap.forward[r] !== undefined) moved = true;
  if (!moved) return refs;
  const set = new Set<number>();
  for (const r of refs) set.add(deref(heap, r).id);
  return [...set].sort((a, b) => a - b);
}

/** Strong write of one slot. */
export function setSlot(heap: Heap, obj: Obj, slot: string, value: Value | undefined): void {
  writeSlot(heap, obj, slot, value);
  if (slot === S.rest && obj.props.has(S.restNames)) writeSlot(heap, obj, S.restNames, undefined);
}

/** The same for states as a whole, which have all slots: what belongs together is written one by one. */
export function writeSlot(heap: Heap, obj: Obj, slot: string, value: Value | undefined): void {
  const old = obj.props.get(slot);
  if (old === value) return;
  if (!isFresh(heap, obj) || (heap.watched && old !== undefined && (old.refs.length > 0 || old.labels.length > 0)))
    heap.trail.push({ obj, slot, old });
  changing(heap, obj, old, value);
  // A variable's first value, and what an iterator has left, are no news.
  if (obj.kind === "env" ? old !== undefined : obj.kind !== "generator" && obj.kind !== "iterator") heap.changes++;
  if (obj.awaiters !== null) for (const one of obj.awaiters) heap.woken.add(one);
  if (value === undefined) obj.props.delete(slot);
  else obj.props.set(slot, value);
}

/** What unknown keys hold under this name: nothing where none of them can have it. */
export function restFor(obj: Obj, slot: string): Value | undefined {
  const rest = obj.props.get(S.rest);
  const names = rest === undefined ? undefined : obj.props.get(S.restNames);
  return names === undefined || mayBeText(names, slot) ? rest : undefined;
}

/**
 * What a slot that is not there counts as in a join: nothing for inner slots and variables (and for objects whose properties are
 * made when they are asked for), else "absent, or what unknown keys hold".
 */
export function missing(obj: Obj, slot: string, rest: Value | undefined = restFor(obj, slot)): Value {
  // No names are any names, where there is something that has them.
  if (slot === S.restNames) return rest === undefined || isBottom(rest) ? BOTTOM : ANY_STRING;
  if (slot === S.frozen) return FALSE;
  if (isAccessor(slot)) return ABSENT;
  if (slot.charCodeAt(0) === 0 || obj.kind === "env" || obj.kind === "unknown" || obj.kind === "external") return BOTTOM;
  return rest === undefined ? ABSENT : join(ABSENT, rest);
}

/** Is it frozen, whatever way was taken? */
export const isFrozen = (obj: Obj): boolean => obj.props.get(S.frozen) === TRUE;

/** Weak write: the slot may have kept its value. Returns whether anything changed. */
export function joinSlot(heap: Heap, obj: Obj, slot: string, value: Value): boolean {
  const old = obj.props.get(slot);
  const next = old === undefined ? join(missing(obj, slot), value) : join(old, value);
  if (old !== undefined && next === old) return false;
  setSlot(heap, obj, slot, next);
  return old === undefined || !same(old, next);
}

/** A value whose references point at current objects. */
export function current(heap: Heap, v: Value): Value {
  if (v.refs.length === 0) return v;
  const refs = currentRefs(heap, v.refs);
  if (refs === v.refs) return v;
  return withRefs(v, refs);
}

/** The objects a value may be. */
export function objectsOf(heap: Heap, v: Value): readonly Obj[] {
  if (v.refs.length === 0) return [];
  if (v.refs.length === 1) return [deref(heap, v.refs[0]!)];
  return currentRefs(heap, v.refs).map((id) => meet(heap, heap.objects[id]!));
}
