/**
 * Summaries of calls: what was there when a function was called, as far as it looked at it, and what it made of that. Whoever calls it
 * again with the same (other objects, but the same in what was looked at) gets the same, without following it again. That is what
 * procedure summaries are in interprocedural analysis (Sharir and Pnueli, 1981), here on a heap: entry and exit are the parts of it that
 * the call can see (Rinetzky, Sagiv and Yahav, _A semantics for procedure local heaps_, POPL 2005).
 */
import { GONE } from "../../domain/sweep.js";
import { isPlain, Obj, standsFor } from "../../domain/heap.js";
import type { Slots } from "../../domain/slots.js";
import { BOTTOM, type Value } from "../../domain/value.js";
import { heldIn, type Point } from "../../domain/ways.js";
import type { TypeRef } from "../../../link/types.js";
import type { Frozen } from "../../stores/frozen.js";
import type { Waits } from "../floating.js";
import { heldBy } from "../jobs.js";
import type { Call, Left, Machine } from "../machine.js";
import { MANY, type Recording } from "./recording.js";

/** An object as it was at some moment. */
export interface Picture {
  readonly obj: Obj;
  readonly summary: boolean;
  readonly slots: Slots;
}

/** What a call came to. */
export interface Outcome {
  readonly gave: Value;
  /** Does it return? */
  readonly returns: boolean;
  readonly thrown: Value;
}

export interface Summary extends Outcome {
  readonly call: Call;
  /** The call path, and the running number of steps, at the call. */
  readonly path: number;
  readonly began: number;
  /** What of the stack the manifest asks for ({@link Hooks.scopes}). */
  readonly scopes: string;
  /** Objects that it came across, as they were at the call. */
  readonly met: ReadonlyMap<number, Picture>;
  /** Objects that those referred to by an older number. */
  readonly renamed: ReadonlyMap<number, number>;
  /** By object, those of `met` that refer to it. */
  readonly referrers: ReadonlyMap<number, readonly number[]>;
  /** Objects it has made and that can be got at afterwards. */
  readonly born: ReadonlyMap<number, Picture>;
  /** What it wrote to objects that were there before. */
  readonly writes: readonly { readonly id: number; readonly slot: string; readonly value: Value | undefined }[];
  /** It wrote to some slot more than once: a `catch` around it may see what it held in between. */
  readonly rewrites: boolean;
  /** It holds for these very objects only, not for others that are like them. */
  readonly asked: boolean;
  /** It holds only where somebody waits like this; null where that does not matter. */
  readonly waits: Waits | null;
  readonly placesRead: ReadonlyMap<string, readonly Frozen[]>;
  readonly placesWritten: ReadonlySet<string>;
  readonly left: readonly Left[];
}

/** The summary of what has happened since the point, or null where none can be made. */
export function summaryOf(
  m: Machine,
  call: Call,
  from: Point,
  r: Recording,
  start: Pick<Summary, "path" | "began" | "scopes">,
  out: Outcome,
): Summary | null {
  const { heap } = m;
  if (r.opaque || r.met.size > MANY) return null;
  const written = new Map<Obj, Map<string, Value | undefined>>();
  let rewrites = false;
  for (let i = from.trail; i < heap.trail.length; i++) {
    const entry = heap.trail[i]!;
    if (entry instanceof Obj) {
      // A type stays what it is; whatever else is made to last changes what the next call meets.
      if (entry.lasting && !isType(entry.data)) return null;
      continue;
    }
    const { obj, slot, old } = entry;
    if (obj.id >= from.born) continue;
    let slots = written.get(obj);
    if (slots === undefined) written.set(obj, (slots = new Map<string, Value | undefined>()));
    if (slots.has(slot)) rewrites = true;
    else slots.set(slot, old);
  }
  const met = new Map<number, Picture>();
  for (const id of new Set([...r.met, ...[...written.keys()].map((o) => o.id)])) {
    const obj = heap.objects[id]!;
    if (obj === GONE) return null;
    const slots = obj.copy();
    for (const [slot, old] of written.get(obj) ?? [])
      if (old === undefined) slots.delete(slot);
      else slots.set(slot, old);
    met.set(id, { obj, summary: obj.summary, slots });
  }
  const writes = [...written].flatMap(([obj, slots]) =>
    [...slots.keys()].map((slot) => ({ id: obj.id, slot, value: obj.props.get(slot) })),
  );
  const born = pictures(m, from, [out.gave, out.thrown, ...writes.map((w) => w.value ?? BOTTOM), ...r.left.flatMap(heldBy)]);
  if (born === null) return null;
  return {
    ...start,
    ...out,
    ...references(m, call, met),
    call,
    met,
    born,
    writes,
    rewrites,
    asked: r.asked,
    waits: r.waits && writes.length > 0 ? m.waits : null,
    placesRead: r.reads,
    placesWritten: r.writes,
    left: r.left,
  };
}

/** The objects made since the point that can be got at from these values; null where natives hold what nobody sees. */
function pictures(m: Machine, from: Point, values: readonly Value[]): Map<number, Picture> | null {
  const out = new Map<number, Picture>();
  const waiting: number[] = values.flatMap((v) => v.refs);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const obj = standsFor(m.heap, id);
    if (obj.id < from.born || obj.lasting || out.has(id)) continue;
    if (!canBeMadeAgain(obj) || out.size > MANY) return null;
    const picture = { obj, summary: obj.summary, slots: obj.copy() };
    // By both its numbers, where it has been folded.
    out.set(id, picture);
    out.set(obj.id, picture);
    for (const v of obj.values()) waiting.push(...v.refs);
    waiting.push(...heldIn(obj.data));
  }
  return out;
}

/** Is it all in its slots, and in data that {@link heldIn} sees through? */
function canBeMadeAgain(obj: Obj): boolean {
  if (obj.awaiters !== null) return false;
  if (obj.kind === "function" || obj.kind === "unknown" || obj.kind === "external" || obj.kind === "bound") return true;
  return isPlain(obj);
}

/** A type that something is said to be of is kept as an object. */
export const isType = (data: unknown): data is TypeRef =>
  typeof data === "object" && data !== null && "type" in data && "env" in data && "file" in data;

/** Who refers to what among the objects that a call came across. */
function references(m: Machine, call: Call, met: ReadonlyMap<number, Picture>): Pick<Summary, "renamed" | "referrers"> {
  const renamed = new Map<number, number>();
  const referrers = new Map<number, number[]>();
  const refer = (from: number, ids: readonly number[]): void => {
    for (const id of ids) {
      const now = standsFor(m.heap, id).id;
      if (now !== id) renamed.set(id, now);
      if (from < 0) continue;
      const known = referrers.get(now);
      if (known === undefined) referrers.set(now, [from]);
      else if (known.at(-1) !== from) known.push(from);
    }
  };
  for (const v of [call.self, ...call.args.list, call.args.rest ?? BOTTOM, call.data.thisValue ?? BOTTOM]) refer(-1, v.refs);
  for (const [id, { obj, slots }] of met) {
    slots.each((_, v) => {
      refer(id, v.refs);
    });
    refer(id, heldIn(obj.data));
  }
  return { renamed, referrers };
}
