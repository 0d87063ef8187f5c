/**
 * Generators. A body runs when it is called, so all that it yields is known at once; what is sent into it comes too late for that run.
 * The body then runs again with what has been sent so far, each value at its own `yield` while it is certain which that is, and what
 * it yields takes the place of what the run before did.
 */
import type { Steps } from "../../link/types.js";
import type { Site } from "../domain/labels.js";
import { joinSlot, objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { BOTTOM, exact, isBottom, join, ofConst, ofRef, same, UNDEFINED, type Value } from "../domain/value.js";
import { runGenerator } from "./call.js";
import { allLabels } from "./deep.js";
import { forkAll } from "./fork.js";
import { anyItem, arrayItems, type Items } from "./iterate.js";
import { either } from "./listed.js";
import { LIMITS, make, type Args, type FunctionData, type Machine } from "./machine.js";
import { besideSlots } from "./summaries/recording.js";
import { maybeThrow } from "./promise.js";
import { setItems } from "./taking.js";
import { unknown } from "./unknown.js";

/** What a generator's body is run with. */
export interface GeneratorData {
  /** The function object, as a reference. */
  readonly func: Value;
  readonly data: FunctionData;
  readonly self: Value;
  readonly args: Args;
  readonly site: Site;
  /** How often it has run again because of changes. */
  reruns: number;
  /** Did the last of these runs, between two turns of a loop, give more fields than were known? */
  grows?: boolean;
}

/** Sent values that are kept apart; further ones may reach any `yield`. */
const APART = 24;

/** How a body goes on at a `yield`: with what `next(v)` sends, or as if `throw v` or `return v` stood there. */
export type Resumption = "sent" | "thrown" | "ended";
const RESUMPTIONS: readonly Resumption[] = ["sent", "thrown", "ended"];

/** Slot of what comes to any `yield`, or to the one with this number. */
const slotOf = (how: Resumption, n?: number | string): string => (n === undefined ? `\0${how}` : `\0${how}:${n}`);

/**
 * Slots: how often it has been asked, or undefined where it is at its end; {@link Heap.changes} when its body ran last. Neither is there
 * where that is not known.
 */
const STEPS = "\0!steps";
const AS_OF = "\0!asof";
export const RETURNED = "\0return";

/** A generator that has yielded nothing yet. */
export function newGenerator(m: Machine, site: Site, data?: GeneratorData): Obj {
  const g = make(m, "generator", site, data);
  setSlot(m.heap, g, S.length, ofConst(0));
  setSlot(m.heap, g, STEPS, ofConst(0));
  return g;
}

/** Has nobody asked it for anything yet? */
export const isUnstarted = (g: Obj): boolean => stepsOf(g) === 0;

/** Does it promise its steps? Of one that only a type tells of, the type says so. */
export const isAsyncGenerator = (g: Obj): boolean =>
  g.kind === "iterator"
    ? (g.data as Steps | undefined)?.async === true
    : (g.data as GeneratorData | undefined)?.data.code?.fn.async === true;

/** How often it has been asked; undefined where that is not known. */
export const stepsOf = (g: Obj): number | undefined => {
  const n = exact(g.props.get(STEPS) ?? BOTTOM);
  return typeof n === "number" ? n : undefined;
};

/** Is it at its end, and stays there? */
export const isAtEnd = (g: Obj): boolean => g.props.get(STEPS) === UNDEFINED;

/** What comes back at a `yield`, and how. */
export interface Received {
  readonly how: Resumption;
  readonly value: Value;
}

/** What can come back at the next `yield`, by the number of those before it. */
export function received(m: Machine, g: Obj, site: Site): readonly Received[] {
  const yielded = exact(g.props.get(S.length) ?? BOTTOM);
  const out: Received[] = [];
  let sure = false;
  for (const how of RESUMPTIONS) {
    let value = g.props.get(slotOf(how)) ?? BOTTOM;
    for (const [slot, v] of g.props) {
      if (!slot.startsWith(slotOf(how, "")) || (typeof yielded === "number" && slot !== slotOf(how, yielded))) continue;
      value = join(value, v);
      sure ||= typeof yielded === "number";
    }
    if (!isBottom(value)) out.push({ how, value });
  }
  return sure || out.some(({ how }) => how === "sent") ? out : [{ how: "sent", value: unknown(m, site) }, ...out];
}

/** Notes how a generator is resumed; says whether it is new. The first call starts the body: nobody receives what it sends. */
function noteResumed(m: Machine, g: Obj, how: Resumption, v: Value | undefined, sole: boolean): boolean {
  const steps = stepsOf(g);
  const certain = sole && !g.summary && steps !== undefined && steps <= APART;
  if (!isAtEnd(g)) setSlot(m.heap, g, STEPS, certain ? ofConst(steps + 1) : undefined);
  if (v === undefined || (certain && steps === 0)) return false;
  if (certain) {
    setSlot(m.heap, g, slotOf(how, steps - 1), v);
    return true;
  }
  const any = slotOf(how);
  const before = g.props.get(any) ?? BOTTOM;
  joinSlot(m.heap, g, any, v);
  return !same(before, g.props.get(any) ?? BOTTOM);
}

/** Copies what was sent from one generator to another, from the `yield` with this number on. */
function copySent(m: Machine, from: Obj, to: Obj, start = 0): boolean {
  let any = false;
  for (const [slot, v] of from.props)
    for (const how of RESUMPTIONS) {
      const numbered = slotOf(how, "");
      const at = slot.startsWith(numbered) ? Number(slot.slice(numbered.length)) - start : -1;
      if (slot !== slotOf(how) && at < 0) continue;
      setSlot(m.heap, to, slot === slotOf(how) ? slot : slotOf(how, at), v);
      any = true;
    }
  return any;
}

/** Runs a generator's body with all that was sent; what it gives then, from its beginning. */
function rerun(m: Machine, g: Obj): { readonly items: Items; readonly returned: Value } | undefined {
  const data = g.data as GeneratorData | undefined;
  if (data === undefined) return undefined;
  let into: Obj | undefined;
  // What the body does besides has happened in the run before; that may stand as it is.
  forkAll(m, [
    () => {
      // Made on this way: what it holds is certain, though the way is not.
      into = newGenerator(m, data.site, data);
      copySent(m, g, into);
      return runGenerator(m, objectsOf(m.heap, data.func)[0] ?? null, data.data, data.self, data.args, data.site, into);
    },
    () => BOTTOM,
  ]);
  if (into === undefined) return undefined;
  const reason = into.props.get(S.reason);
  if (reason !== undefined) joinSlot(m.heap, g, S.reason, reason);
  hasRun(m, g);
  return { items: arrayItems(into), returned: into.props.get(RETURNED) ?? BOTTOM };
}

function tellTooOften(m: Machine, g: Obj, data: GeneratorData): void {
  const labels = allLabels(m, ofRef(g.id));
  if (labels.length > 0)
    m.blind("budget-limit", data.site, "this generator has run too often to be run again for what has changed", labels);
}

/** What the bodies of generators throw comes, perhaps, where they are asked for something: a step of an asynchronous one is rejected. */
export function throwAsked(m: Machine, generators: readonly Obj[], async: boolean): void {
  for (const g of generators) {
    const reason = g.kind === "generator" && isAsyncGenerator(g) === async ? g.props.get(S.reason) : undefined;
    if (reason !== undefined && m.alive) maybeThrow(m, reason);
  }
}

/**
 * Before a generator is asked for something: its body goes on now, and sees what variables and objects hold by now. What it gave when it
 * was called stands only if nothing has changed since.
 */
export function bringUpToDate(m: Machine, g: Obj, sole: boolean): void {
  const data = g.data as GeneratorData | undefined;
  if (data === undefined || isAtEnd(g)) return;
  if (exact(g.props.get(AS_OF) ?? BOTTOM) === m.heap.changes) {
    // That nothing has changed is true of now.
    besideSlots(m, g);
    return;
  }
  // Generators that go through each other would run each other again and again.
  if (data.reruns >= LIMITS.generatorRuns) {
    tellTooOften(m, g, data);
    return;
  }
  data.reruns++;
  const run = rerun(m, g);
  if (run === undefined) return;
  const steps = stepsOf(g);
  const left: Items =
    steps === undefined ? { list: [], rest: anyItem(run.items) } : { list: run.items.list.slice(steps), rest: run.items.rest };
  if (sole && !g.summary && steps === 0) {
    setItems(m, g, left);
    setSlot(m.heap, g, RETURNED, run.returned);
    return;
  }
  setItems(m, g, either(arrayItems(g), left));
  joinSlot(m.heap, g, RETURNED, run.returned);
}

/**
 * Between two turns of a loop over a generator, which has given so many elements by now: its body goes on and sees what the loop's has
 * changed. What it gives then counts if it bears more fields than what was known of it.
 */
export function goOn(m: Machine, g: Obj, steps: number | undefined): void {
  const data = g.data as GeneratorData | undefined;
  if (g.kind !== "generator" || data === undefined || isAtEnd(g) || exact(g.props.get(AS_OF) ?? BOTTOM) === m.heap.changes) return;
  if (data.reruns >= LIMITS.generatorRuns) {
    if (data.grows === true) tellTooOften(m, g, data);
    return;
  }
  data.reruns++;
  const run = rerun(m, g);
  if (run === undefined) return;
  const known = arrayItems(g);
  const now = steps === undefined ? { list: [], rest: anyItem(run.items) } : { list: run.items.list.slice(steps), rest: run.items.rest };
  data.grows = bearsMore(m, anyItem(now), anyItem(known));
  if (data.grows) setItems(m, g, either(known, now));
}

/** Does a value bear a field that the other does not? */
function bearsMore(m: Machine, a: Value, b: Value): boolean {
  const known = new Set(allLabels(m, b).map(({ id }) => id));
  return allLabels(m, a).some(({ id }) => !known.has(id));
}

/** Its body has run, with everything as it is now. */
export const hasRun = (m: Machine, g: Obj): void => {
  setSlot(m.heap, g, AS_OF, ofConst(m.heap.changes));
};

/** It has been gone through to its end, or perhaps so. */
export const goneThrough = (m: Machine, g: Obj, certain: boolean): void => {
  if (!isAtEnd(g)) setSlot(m.heap, g, STEPS, certain ? UNDEFINED : undefined);
};

/** Is there more that was sent than has been received? Then a body that goes on for ever goes on for certain. */
export function receivesMore(g: Obj): boolean {
  const yielded = exact(g.props.get(S.length) ?? BOTTOM);
  if (typeof yielded !== "number") return false;
  return RESUMPTIONS.some((how) => g.props.has(slotOf(how, yielded)) || (yielded > 0 && g.props.has(slotOf(how, yielded - 1))));
}

/** What is left of the generator's items, now that it was resumed like this. Undefined when that changes nothing. */
export function resume(m: Machine, g: Obj, how: Resumption, v: Value | undefined, sole: boolean): Items | undefined {
  const steps = stepsOf(g);
  if (!noteResumed(m, g, how, v, sole)) return undefined;
  const run = rerun(m, g);
  if (run === undefined) return undefined;
  if (sole && !g.summary) setSlot(m.heap, g, RETURNED, run.returned);
  else joinSlot(m.heap, g, RETURNED, run.returned);
  return { list: steps === undefined ? run.items.list : run.items.list.slice(steps), rest: run.items.rest };
}

/** `yield* inner`: what is sent to the outer one meanwhile goes to the inner one. */
export function delegate(m: Machine, outer: Obj, inner: Obj): Items | undefined {
  const yielded = exact(outer.props.get(S.length) ?? BOTTOM);
  if (inner.kind !== "generator" || !copySent(m, outer, inner, typeof yielded === "number" ? yielded : 0)) return undefined;
  const run = rerun(m, inner);
  if (run !== undefined) setSlot(m.heap, inner, RETURNED, run.returned);
  return run?.items;
}
