/** Promises and generators as objects: what they were fulfilled with, rejected with, have yielded. */
import { NO_LABELS, type Site } from "../domain/labels.js";
import { joinSlot, objectsOf, S, setSlot, type Obj, isRunnable } from "../domain/heap.js";
import { ANY_MOMENT } from "../domain/ways.js";
import { BOTTOM, exact, isBottom, join, ofConst, ofRef, primitivePart, UNDEFINED, withAbout, type Value } from "../domain/value.js";
import { callValue } from "./call.js";
import { flowedLabels } from "./deep.js";
import { assume, noteAwaited } from "./gates.js";
import { loaded, make, type Machine } from "./machine.js";
import { lookUp } from "./props.js";
import { throwValue } from "./throw.js";
import { typeOf, unknown } from "./unknown.js";
import { runJobs, runMicrotasks } from "./jobs.js";
import { suspends } from "./floating.js";
import { awaited, carryOutPerhaps, waitsToo } from "./late.js";
import { awaitedBefore, suspend } from "./tasks.js";

/** Slot that says that what gives the promise waits, and that more may come of it. */
export const SUSPENDED = "\0suspended";

/** Slot of the promises that a promise waits for. */
export const PENDING = "\0pending";

export const newPromise = (m: Machine, site: Site): Obj => make(m, "promise", site);

/** A fresh promise fulfilled with a value (or with what a promise comes to). */
export function promiseOf(m: Machine, v: Value, site: Site): Value {
  const promise = newPromise(m, site);
  fulfil(m, promise, v, site);
  return ofRef(promise.id);
}

/** Fulfils a promise with a value, or with what a promise or thenable given as value comes to. */
export function fulfil(m: Machine, promise: Obj, v: Value, site: Site): void {
  const settled = settle(m, v, site);
  if (!isBottom(settled.value)) joinSlot(m.heap, promise, S.value, settled.value);
  if (settled.reason !== null) joinSlot(m.heap, promise, S.reason, settled.reason);
  if (settled.pending) joinSlot(m.heap, promise, PENDING, v);
  waitsToo(m, promise, v);
}

export interface Settled {
  readonly value: Value;
  readonly reason: Value | null;
  readonly pending: boolean;
}

/** What a value comes to when it is awaited. */
export function settle(m: Machine, v: Value, site: Site, depth = 0): Settled {
  let value: Value = primitivePart(v);
  let reason: Value | null = null;
  let pending = false;
  for (const obj of objectsOf(m.heap, v)) {
    if (obj.kind === "promise") {
      const inner = obj.props.get(S.value);
      noteAwaited(m, obj);
      if (inner !== undefined) value = join(value, loaded(m, inner, v.via, site));
      const why = obj.props.get(S.reason);
      if (why !== undefined) reason = reason === null ? why : join(reason, why);
      const later = obj.props.get(PENDING);
      if (later !== undefined && depth < 6) {
        const s = settle(m, later, site, depth + 1);
        value = join(value, s.value);
        if (s.reason !== null) reason = reason === null ? s.reason : join(reason, s.reason);
        if (s.pending) pending = true;
      }
      if ((inner === undefined && why === undefined && later === undefined) || obj.props.has(SUSPENDED)) pending = true;
      continue;
    }
    const then = obj.kind === "object" ? lookUp(m, obj, "then", ofRef(obj.id), site, 0) : undefined;
    if (then !== undefined && objectsOf(m.heap, then).some(isRunnable)) {
      const held = make(m, "promise", site);
      const resolve = resolver(m, held, site);
      callValue(m, then, ofRef(obj.id), { list: [resolve, UNDEFINED], rest: null }, site);
      value = join(value, held.props.get(S.value) ?? BOTTOM);
      continue;
    }
    const type = obj.kind === "unknown" ? typeOf(m, obj) : undefined;
    const result = type && m.types.awaited(type);
    // A package's query is awaited for what its type says.
    const come = result === type ? ofRef(obj.id, v.via) : unknown(m, site, flowedLabels(m, ofRef(obj.id)), result);
    value = join(value, v.about === null ? come : withAbout(come, v.about));
  }
  return { value, reason, pending };
}

/** A function that fulfils a promise with its argument. */
export function resolver(m: Machine, promise: Obj, site: Site, slot: typeof S.value | typeof S.reason = S.value): Value {
  const fn = make(m, "native", `${site.file}:${site.at}${slot}`, {
    run: (call: { m: Machine; args: { list: readonly Value[]; rest: Value | null }; site: Site }) => {
      const v = call.args.list[0] ?? call.args.rest ?? UNDEFINED;
      if (slot === S.value) fulfil(call.m, promise, v, call.site);
      else joinSlot(call.m.heap, promise, S.reason, v);
      return UNDEFINED;
    },
    holds: [ofRef(promise.id)],
  });
  return ofRef(fn.id);
}

/** With what the same `await` waited for when the function that runs again ran before. */
function withEarlier(m: Machine, s: Settled, site: Site): Settled {
  const before = awaitedBefore(m, site);
  if (isBottom(before)) return s;
  const earlier = settle(m, before, site);
  const reason = s.reason === null ? earlier.reason : join(s.reason, earlier.reason ?? BOTTOM);
  return { value: join(s.value, earlier.value), reason, pending: s.pending };
}

/** `await v`. */
export function awaitValue(m: Machine, v: Value, site: Site): Value {
  suspends(m);
  runMicrotasks(m);
  awaited(m, v);
  carryOutPerhaps(m);
  if (v.refs.length === 0) return v;
  let s = settle(m, v, site);
  if (s.pending) {
    // Something that runs later has to settle it: timers and listeners get their turn now.
    runJobs(m);
    s = settle(m, v, site);
    if (s.pending) suspend(m, v, site);
  }
  s = withEarlier(m, s, site);
  let { value } = s;
  if (s.pending) value = join(value, unknown(m, site, NO_LABELS));
  if (s.reason !== null) {
    if (isBottom(value)) {
      throwValue(m, s.reason);
      return BOTTOM;
    }
    maybeThrow(m, s.reason);
  }
  assume(m, value);
  return isBottom(value) ? (s.reason === null ? UNDEFINED : BOTTOM) : value;
}

/** It may throw here, and go on as well. */
export function maybeThrow(m: Machine, reason: Value): void {
  const handler = m.handlers.at(-1);
  if (handler === undefined) return;
  // Its state is not kept: in programs full of promises every `await` may throw, and each copy costs what the handler spans.
  const last = handler.throws.at(-1);
  if (last?.diff === ANY_MOMENT) handler.throws[handler.throws.length - 1] = { diff: ANY_MOMENT, value: join(last.value, reason) };
  else handler.throws.push({ diff: ANY_MOMENT, value: reason });
}

// ------------------------------------------------------------------------------------------------ generators

/** Appends what is yielded; in order while it is certain which turn this is. */
export function pushItem(m: Machine, list: Obj, v: Value, certain: boolean): void {
  const length = list.props.get(S.length);
  const n = length === undefined ? undefined : exact(length);
  if (certain && typeof n === "number" && n < 256 && !list.summary) {
    setSlot(m.heap, list, String(n), v);
    setSlot(m.heap, list, S.length, ofConst(n + 1));
    return;
  }
  setSlot(m.heap, list, S.length, undefined);
  joinSlot(m.heap, list, S.rest, v);
}
