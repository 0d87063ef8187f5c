/** `diagnostics_channel`: channels are the same wherever they are asked for by name; who subscribes hears what is published later. */
import { objectsOf, setSlot, type Obj } from "../domain/heap.js";
import { ANY_BOOLEAN, BOTTOM, ofConst, ofRef, UNDEFINED, type Value } from "../domain/value.js";
import { external } from "../machine/external.js";
import type { Machine, Native, NativeCall } from "../machine/machine.js";
import { callValue } from "../machine/call.js";
import { forkAll } from "../machine/fork.js";
import { concatenate } from "../machine/operators.js";
import { getNamed, lookUp } from "../machine/props.js";
import { throwValue } from "../machine/throw.js";
import { emit, listen } from "./events.js";
import type { NativeModule, NativeTable } from "./index.js";
import { spot } from "./items.js";
import { guarded, whenSettled } from "./settle.js";
import { argOf, asText, callable, constant, instance, methods, record, selves, slotOf } from "./support.js";

/** What keeps the subscribers of all channels, by name. */
const hub = (m: Machine): Obj => external(m, "diagnostics_channel", ["hub"]);

const nameOf = (call: NativeCall): Value => getNamed(call.m, call.self, "name", call.site);

const subscribe =
  (name: (call: NativeCall) => Value, at: number): Native =>
  (call) => {
    listen(call.m, [hub(call.m)], name(call), argOf(call, at));
    return UNDEFINED;
  };

/** Moments of a traced call; `asyncStart` and `asyncEnd` are around what settles it. */
const MOMENTS = ["start", "end", "asyncStart", "asyncEnd", "error"];

const CHANNELS = "\0channel:";

/** `tracingChannel(name)`: a channel for each moment. Its subscribers are kept by the name of all. */
const tracingChannel: Native = (call) => {
  const { m, site } = call;
  const made = instance(m, "diagnostics_channel", "TracingChannel", site);
  setSlot(m.heap, made, CHANNELS, asText(m, argOf(call, 0), site));
  return ofRef(made.id);
};

const momentOf = (call: NativeCall, moment: string): Value =>
  concatenate(call.m, ofConst(`tracing:${moment}:`), slotOf(selves(call), CHANNELS), call.site);

const tell = (call: NativeCall, moment: string, context: Value): void => {
  emit(call.m, hub(call.m), momentOf(call, moment), { list: [context, momentOf(call, moment)], rest: null }, call.site);
};

/** Runs a function between its moments, of which each is told with the same context: what it gives or throws is put there. */
const traced =
  (fnAt: number, contextAt: number, done: (call: NativeCall, v: Value, settled: (v: Value) => void) => Value): Native =>
  (call) => {
    const { m, site, args } = call;
    const given = argOf(call, contextAt);
    const context = given.refs.length > 0 ? given : record(m, {}, spot(site, "context"));
    const put = (name: string, v: Value): void => {
      for (const obj of objectsOf(m.heap, context)) setSlot(m.heap, obj, name, v);
    };
    tell(call, "start", context);
    let out: Value = BOTTOM;
    const thrown = guarded(m, () => {
      out = callValue(m, argOf(call, fnAt), argOf(call, contextAt + 1), { list: args.list.slice(contextAt + 2), rest: args.rest }, site);
    });
    if (thrown !== null) {
      put("error", thrown);
      tell(call, "error", context);
    }
    const result = done(call, out, (v) => {
      put("result", v);
      for (const moment of ["asyncStart", "asyncEnd"]) tell(call, moment, context);
    });
    tell(call, "end", context);
    if (thrown === null) return result;
    return forkAll(m, [
      () => result,
      () => {
        throwValue(m, thrown);
        return BOTTOM;
      },
    ]);
  };

const tracing: NativeTable = {
  subscribe: (call) => {
    for (const obj of objectsOf(call.m.heap, argOf(call, 0)))
      for (const moment of MOMENTS) {
        const fn = lookUp(call.m, obj, moment, ofRef(obj.id), call.site, 0);
        if (fn !== undefined && callable(call.m, fn)) listen(call.m, [hub(call.m)], momentOf(call, moment), fn);
      }
    return UNDEFINED;
  },
  unsubscribe: constant(ANY_BOOLEAN),
  traceSync: traced(0, 1, (_, v, settled) => {
    settled(v);
    return v;
  }),
  tracePromise: traced(0, 1, (call, v, settled) => {
    whenSettled(call.m, v, call.site, (_, s) => {
      settled(s.value);
    });
    return v;
  }),
};

export const diagnostics: NativeModule = {
  modules: ["diagnostics_channel"],
  natives: {
    channel: (call) => {
      const channel = instance(call.m, "diagnostics_channel", "Channel", call.site);
      setSlot(call.m.heap, channel, "name", argOf(call, 0));
      setSlot(call.m.heap, channel, "hasSubscribers", ANY_BOOLEAN);
      return ofRef(channel.id);
    },
    tracingChannel,
    ...methods("TracingChannel", tracing),
    subscribe: subscribe((call) => argOf(call, 0), 1),
    hasSubscribers: constant(ANY_BOOLEAN),
    unsubscribe: constant(ANY_BOOLEAN),
    ...methods("Channel", {
      subscribe: subscribe(nameOf, 0),
      unsubscribe: constant(ANY_BOOLEAN),
      publish: (call) => {
        emit(call.m, hub(call.m), nameOf(call), { list: [argOf(call, 0), nameOf(call)], rest: null }, call.site);
        return UNDEFINED;
      },
    }),
  },
};
