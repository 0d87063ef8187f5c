/** What promise natives are built of: calls that settle a promise, reactions to what is or will be settled. */
import type { Site } from "../domain/labels.js";
import { deref, joinSlot, objectsOf, S, setSlot } from "../domain/heap.js";
import { BOTTOM, isBottom, ofRef, UNDEFINED, type Value } from "../domain/value.js";
import { begin, end } from "../domain/ways.js";
import { joinThrows, NO_ARGS } from "../machine/call.js";
import { leave } from "../machine/jobs.js";
import type { Machine, NativeCall } from "../machine/machine.js";
import { fulfil, newPromise, promiseOf, settle, type Settled } from "../machine/promise.js";
import { thrownBy } from "../machine/throw.js";
import { nativeValue } from "./support.js";

/** How often a reaction is put off while nothing has settled what it waits for. */
const PATIENCE = 4;

export { promiseOf };

/** A promise of what a call gives. */
export const promised = (call: NativeCall, v: Value): Value => promiseOf(call.m, v, call.site);

export function rejectedWith(m: Machine, reason: Value, site: Site): Value {
  const promise = newPromise(m, site);
  joinSlot(m.heap, promise, S.reason, reason);
  return ofRef(promise.id);
}

/** Fulfils the promises that a value refers to: objects are looked up anew, since loops fold them. */
export function fulfilAll(m: Machine, promise: Value, v: Value, site: Site): void {
  for (const p of objectsOf(m.heap, promise)) fulfil(m, deref(m.heap, p.id), v, site);
}

export function rejectAll(m: Machine, promise: Value, reason: Value): void {
  for (const p of objectsOf(m.heap, promise)) joinSlot(m.heap, p, S.reason, reason);
}

/** Runs something whose exceptions are caught; gives what was thrown, or null. Afterwards the way goes on. */
export function guarded(m: Machine, run: () => void): Value | null {
  const point = begin(m.heap);
  const throws = thrownBy(m, point, run);
  const reason = throws.length > 0 ? joinThrows(m, point, throws) : null;
  end(m.heap, point);
  m.alive = true;
  return reason;
}

/** Runs a callback; what it gives fulfils the promise, what it throws rejects it. */
export function settleBy(m: Machine, promise: Value, site: Site, run: () => Value): void {
  let v: Value = BOTTOM;
  const reason = guarded(m, () => {
    v = run();
    if (!m.alive) v = BOTTOM;
  });
  if (!isBottom(v)) fulfilAll(m, promise, v, site);
  if (reason !== null) rejectAll(m, promise, reason);
}

/** Reacts to what a value has come to; and later on to what it comes to then, while something in it is pending. */
export function whenSettled(m: Machine, v: Value, site: Site, react: (m: Machine, s: Settled) => void, patience = PATIENCE): void {
  const s = settle(m, v, site);
  if (!isBottom(s.value) || s.reason !== null) react(m, s);
  if (!s.pending || patience === 0) return;
  const later = nativeValue(m, site, `settled ${patience}`, (call) => {
    whenSettled(call.m, v, site, react, patience - 1);
    return UNDEFINED;
  });
  leave(m, { fn: later, self: UNDEFINED, args: NO_ARGS, site });
}

/** Does something once nothing in the values is pending any more, or nothing more is to be waited for. */
export function whenComplete(m: Machine, values: readonly Value[], site: Site, react: (m: Machine) => void, patience = PATIENCE): void {
  if (patience === 0 || !values.some((v) => settle(m, v, site).pending)) {
    react(m);
    return;
  }
  const later = nativeValue(m, site, `complete ${patience}`, (call) => {
    whenComplete(call.m, values, site, react, patience - 1);
    return UNDEFINED;
  });
  leave(m, { fn: later, self: UNDEFINED, args: NO_ARGS, site });
}

/** Slot of promises that fail only where that is seen: not by what a library or the world does. */
export const SURE = "\0sure";

export function markSure(m: Machine, promise: Value): Value {
  for (const p of objectsOf(m.heap, promise)) setSlot(m.heap, p, SURE, UNDEFINED);
  return promise;
}

/** Can it be rejected only with what is known as its reason? */
export const isSure = (m: Machine, v: Value): boolean => objectsOf(m.heap, v).every((p) => p.kind !== "promise" || p.props.has(SURE));
