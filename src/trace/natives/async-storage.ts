/** `AsyncLocalStorage`: what a callback runs with is read inside it, also by what it puts off; outside there is nothing. */
import { setSlot } from "../domain/heap.js";
import { isBottom, ofRef, ofRefs, UNDEFINED, type Value } from "../domain/value.js";
import { callValue } from "../machine/call.js";
import type { Native, NativeCall } from "../machine/machine.js";
import type { NativeModule } from "./index.js";
import { alike, argOf, instance, methods, nativeValue, putSlot, selves, slotOf } from "./support.js";

const STORE = "\0store";

/** Runs a callback with a store, and gives what it puts off the same one. */
function inside(call: NativeCall, store: Value, fn: Value, from: number): Value {
  const { m, site } = call;
  const objects = selves(call);
  const before = objects.map((o) => o.props.get(STORE));
  const left = m.jobs.count;
  putSlot(m, objects, STORE, store);
  const out = callValue(m, fn, UNDEFINED, { list: call.args.list.slice(from), rest: call.args.rest }, site);
  for (const jobs of [m.jobs.inside, m.jobs.outside])
    jobs.forEach((job, i) => {
      if (job.order >= left) jobs[i] = { ...job, fn: bound(call, store, job.fn) };
    });
  objects.forEach((o, i) => {
    setSlot(m.heap, o, STORE, before[i]);
  });
  return out;
}

/** A function that runs another one with a store. */
function bound(call: NativeCall, store: Value, fn: Value): Value {
  const self = ofRefs(selves(call).map((o) => o.id));
  return nativeValue(call.m, call.site, "with store", (inner) => inside({ ...inner, self }, store, fn, 0));
}

const current = (call: NativeCall): Value => {
  const v = slotOf(selves(call), STORE);
  return isBottom(v) ? UNDEFINED : v;
};

const run: Native = (call) => inside(call, argOf(call, 0), argOf(call, 1), 2);

export const asyncStorage: NativeModule = {
  modules: ["async_hooks"],
  natives: {
    AsyncLocalStorage: (call) => ofRef(instance(call.m, "async_hooks", "AsyncLocalStorage", call.site).id),
    ...methods("AsyncLocalStorage", {
      run,
      getStore: current,
      exit: (call) => inside(call, UNDEFINED, argOf(call, 0), 1),
      enterWith: (call) => {
        putSlot(call.m, selves(call), STORE, argOf(call, 0));
        return UNDEFINED;
      },
      disable: (call) => {
        putSlot(call.m, selves(call), STORE, UNDEFINED);
        return UNDEFINED;
      },
    }),
    "AsyncLocalStorage.bind": (call) => argOf(call, 0),
    ...alike(["AsyncResource.bind"], (call) => argOf(call, 0)),
    "AsyncLocalStorage.snapshot": (call) =>
      nativeValue(call.m, call.site, "snapshot", (c) =>
        callValue(c.m, argOf(c, 0), UNDEFINED, { list: c.args.list.slice(1), rest: c.args.rest }, c.site),
      ),
  },
};
