/** `diagnostics_channel`: channels are the same wherever they are asked for by name; who subscribes hears what is published later. */
import { setSlot, type Obj } from "../domain/heap.js";
import { ANY_BOOLEAN, ofRef, UNDEFINED, type Value } from "../domain/value.js";
import { external } from "../machine/external.js";
import type { Machine, Native, NativeCall } from "../machine/machine.js";
import { getNamed } from "../machine/props.js";
import { emit, listen } from "./events.js";
import type { NativeModule } from "./index.js";
import { argOf, constant, instance, methods } from "./support.js";

/** What keeps the subscribers of all channels, by name. */
const hub = (m: Machine): Obj => external(m, "diagnostics_channel", ["hub"]);

const nameOf = (call: NativeCall): Value => getNamed(call.m, call.self, "name", call.site);

const subscribe =
  (name: (call: NativeCall) => Value, at: number): Native =>
  (call) => {
    listen(call.m, [hub(call.m)], name(call), argOf(call, at));
    return UNDEFINED;
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
