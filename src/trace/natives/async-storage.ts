/** `AsyncLocalStorage`: what a callback runs with is read inside it, also by what it puts off; outside there is nothing. */
import { joinSlot, objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { BOTTOM, isBottom, ofRef, ofRefs, UNDEFINED, type Value } from "../domain/value.js";
import { callValue } from "../machine/call.js";
import { external } from "../machine/external.js";
import type { Machine, Native, NativeCall } from "../machine/machine.js";
import type { NativeModule } from "./index.js";
import { argOf, instance, methods, nativeValue, putSlot, selves, slotOf } from "./support.js";

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

const everyStorage = (m: Machine): Obj => external(m, "async_hooks", ["every storage"]);

/** A function that runs with what every storage holds now. */
function asNow(call: NativeCall, fn: Value): Value {
  const storages = objectsOf(call.m.heap, everyStorage(call.m).props.get(S.rest) ?? BOTTOM);
  return storages.reduce((run: Value, storage, i) => {
    const store = storage.props.get(STORE);
    const site = { ...call.site, at: call.site.at + i };
    return store === undefined ? run : bound({ ...call, self: ofRef(storage.id), site }, store, run);
  }, fn);
}

export const asyncStorage: NativeModule = {
  modules: ["async_hooks"],
  natives: {
    AsyncLocalStorage: (call) => {
      const made = ofRef(instance(call.m, "async_hooks", "AsyncLocalStorage", call.site).id);
      joinSlot(call.m.heap, everyStorage(call.m), S.rest, made);
      return made;
    },
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
    "AsyncLocalStorage.bind": (call) => asNow(call, argOf(call, 0)),
    "AsyncResource.bind": (call) => asNow(call, argOf(call, 0)),
    "AsyncLocalStorage.snapshot": (call) =>
      asNow(
        call,
        nativeValue(call.m, call.site, "snapshot", (c) =>
          callValue(c.m, argOf(c, 0), UNDEFINED, { list: c.args.list.slice(1), rest: c.args.rest }, c.site),
        ),
      ),
    AsyncResource: (call) => ofRef(instance(call.m, "async_hooks", "AsyncResource", call.site).id),
    ...methods("AsyncResource", {
      bind: (call) => asNow(call, argOf(call, 0)),
      runInAsyncScope: (call) =>
        callValue(call.m, argOf(call, 0), argOf(call, 1), { list: call.args.list.slice(2), rest: call.args.rest }, call.site),
    }),
  },
};
