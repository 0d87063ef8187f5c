/** Callbacks that run later: timers, microtasks, frames. */
import { ANY_NUMBER, ofRef, UNDEFINED, type Value } from "../domain/value.js";
import { setSlot, S } from "../domain/heap.js";
import { leave } from "../machine/jobs.js";
import { make, type Job, type Native, type NativeCall } from "../machine/machine.js";
import { external } from "../machine/external.js";
import { runText } from "./dynamic-code.js";
import type { NativeModule, NativeTable } from "./index.js";
import { spot } from "./items.js";
import { argOf, alike, constant, listOf, methods } from "./support.js";
import { promiseOf } from "./settle.js";

/** Queues the callback with the arguments from the given index on. */
const later =
  (from: number, result: (call: NativeCall) => Value, when: Pick<Job, "soon" | "often" | "lasting"> = {}): Native =>
  (call) => {
    const { m, args, site } = call;
    runText(call);
    leave(m, { fn: argOf(call, 0), self: UNDEFINED, args: { list: args.list.slice(from), rest: args.rest }, site, ...when });
    return result(call);
  };

/** A timer object of Node. */
function timer(call: NativeCall): Value {
  const obj = make(call.m, "object", spot(call.site, "timer"));
  setSlot(call.m.heap, obj, S.proto, ofRef(external(call.m, "global", ["Timeout"]).id));
  return ofRef(obj.id);
}

const nothing = constant(UNDEFINED);
const same: Native = (call) => call.self;

const schedulers: NativeTable = {
  setTimeout: later(2, timer),
  setInterval: later(2, timer, { often: true, lasting: true }),
  setImmediate: later(1, timer),
  ...alike(["clearTimeout", "clearInterval", "clearImmediate"], nothing),
};

export const timers: NativeModule = {
  modules: ["global"],
  natives: {
    ...schedulers,
    queueMicrotask: later(1, () => UNDEFINED, { soon: true }),
    "process.nextTick": later(1, () => UNDEFINED, { soon: true }),
    requestAnimationFrame: later(1, () => ANY_NUMBER),
    requestIdleCallback: later(1, () => ANY_NUMBER),
    ...alike(["cancelAnimationFrame", "cancelIdleCallback"], nothing),
    ...methods("Timeout", { ref: same, unref: same, refresh: same, hasRef: constant(UNDEFINED), close: nothing }),
  },
};

export const nodeTimers: NativeModule = { modules: ["timers"], natives: schedulers };

/** Timers as promises: what they are given is what they come to. */
const delayed =
  (at: number): Native =>
  (call) =>
    promiseOf(call.m, argOf(call, at), call.site);

const promised: NativeTable = {
  setTimeout: delayed(1),
  setImmediate: delayed(0),
  setInterval: (call) => listOf(call.m, argOf(call, 1), spot(call.site, "ticks")),
  "scheduler.wait": delayed(9),
  "scheduler.yield": delayed(9),
};

export const promisedTimers: NativeModule = { modules: ["timers/promises"], natives: promised };
export const promisesOfTimers: NativeModule = {
  modules: ["timers"],
  natives: Object.fromEntries(Object.entries(promised).map(([k, v]) => [`promises.${k}`, v])),
};
