/**
 * The abstract heap: objects with named properties, changed in place. Changes that may have to be undone are written to a trail
 * (`ways.ts`).
 *
 * Allocation: each evaluation of an allocating expression makes a fresh object (strong updates are exact); in loops whose number
 * of turns is unknown, the objects of a finished turn are folded into one summary per allocation site and call path
 * (recency abstraction: Balakrishnan & Reps, SAS 2006), so that the heap stays finite.
 */
import type { Site } from "./labels.js";
import type { Reader } from "./readers.js";
import { changing, newSearches, type Searches } from "./searches.js";
import { isAccessor, S } from "./slot-names.js";
import { Slots } from "./slots.js";
import { ABSENT, ANY_STRING, BOTTOM, FALSE, isBottom, join, mayBeText, same, TRUE, type Value } from "./value.js";

export { meet } from "./readers.js";
export { current, currentRefs, deref, objectsOf, standsFor } from "./references.js";
export { isAccessor, isCertainty, isIndex, S } from "./slot-names.js";

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

/** Where an object is made: a place in the text, a name of its own, or both. */
export type Origin = Site | string | { readonly name: string; readonly site: Site };

const whereIs = (origin: Origin): string =>
  typeof origin === "string" ? origin : "name" in origin ? origin.name : `${origin.file}:${origin.at}-${origin.end}`;

/** An abstract object. It is its own map of slots: one thing in memory instead of two. */
export class Obj extends Slots {
  /** Stands for several concrete objects: only weak updates. */
  summary = false;
  /** The last reader that came across it. */
  reader = -1;
  /** Found again by ways that did not make it, so that all that is written to it has to be taken back. */
  lasting = false;
  /** The last search that came across it, and its place on the way there; -1 where it is done with. */
  search = 0;
  at = -1;
  /** The last search that found that it is clean. */
  clean = 0;
  private spelled: string | undefined = undefined;
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
    return (this.spelled ??= this.path < 0 ? whereIs(this.from) : `${this.path}|${whereIs(this.from)}`);
  }

  /** Allocation site alone. */
  get place(): string {
    return whereIs(this.from);
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
  readonly searches: Searches;
  /** How often something that was there took another value: a body that ran before may give something else now. */
  changes: number;
  /** Who has waited for an object to which something was written since this was last emptied. */
  readonly woken: Set<object>;
  /** What holds on the way that runs is in this object's certain slots; null where nothing does (`machine/gates.ts`). */
  guards: Guards | null;
}

/** Gives values what held on a way that meets others on which it does not. */
export interface Guards {
  readonly way: Obj;
  /** The value as one that came by what these slots of `way` say. */
  readonly guarded: (v: Value, facts: readonly Value[]) => Value;
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
  searches: newSearches(),
  changes: 0,
  woken: new Set(),
  guards: null,
});

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
  changing(heap, obj, slot, old, value);
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
