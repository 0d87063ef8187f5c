/** Events of the web platform: targets, events with a detail, signals. */
import { joinSlot, objectsOf, setSlot } from "../domain/heap.js";
import { ANY_STRING, BOTTOM, exact, ofConst, ofRef, TRUE, truthiness, UNDEFINED } from "../domain/value.js";
import { arg, callValue } from "../machine/call.js";
import type { Native } from "../machine/machine.js";
import { emit, emitters, listen, off } from "./events.js";
import type { NativeModule, NativeTable } from "./index.js";
import { alike, argOf, callable, constant, instance, methods, option, selves, tables } from "./support.js";

const EVENTS = ["Event", "CustomEvent", "MessageEvent"];

const newEvent =
  (owner: string): Native =>
  (call) => {
    const { m, site } = call;
    const event = instance(m, "global", owner, site);
    setSlot(m.heap, event, "type", argOf(call, 0));
    for (const name of ["detail", "data"]) {
      const v = option(call, arg(call.args, 1), name);
      if (v !== UNDEFINED) setSlot(m.heap, event, name, v);
    }
    return ofRef(event.id);
  };

const dispatch: Native = (call) => {
  const { m, site } = call;
  for (const event of objectsOf(m.heap, argOf(call, 0))) {
    const name = event.props.get("type") ?? ANY_STRING;
    for (const obj of emitters(call)) {
      const type = exact(name);
      emit(m, obj, name, { list: [ofRef(event.id, argOf(call, 0).via)], rest: null }, site);
      const handler = typeof type === "string" ? obj.props.get(`on${type}`) : undefined;
      if (handler !== undefined && callable(m, handler))
        callValue(m, handler, ofRef(obj.id), { list: [ofRef(event.id)], rest: null }, site);
    }
  }
  return TRUE;
};

const addEventListener: Native = (call) => {
  const once = truthiness(option(call, argOf(call, 2), "once"));
  listen(call.m, emitters(call), argOf(call, 0), argOf(call, 1), once.yes && !once.no);
  return UNDEFINED;
};

const targetMethods: NativeTable = { addEventListener, removeEventListener: off, dispatchEvent: dispatch };

export const eventTargets: NativeModule = {
  modules: ["global"],
  natives: {
    EventTarget: (call) => ofRef(instance(call.m, "global", "EventTarget", call.site).id),
    ...methods("EventTarget", targetMethods),
    ...Object.fromEntries(EVENTS.map((name) => [name, newEvent(name)])),
    ...tables(EVENTS, (name) =>
      methods(name, alike(["preventDefault", "stopPropagation", "stopImmediatePropagation"], constant(UNDEFINED))),
    ),
    AbortController: (call) => {
      const { m, site } = call;
      const controller = instance(m, "global", "AbortController", site);
      setSlot(m.heap, controller, "signal", ofRef(instance(m, "global", "AbortSignal", site).id));
      return ofRef(controller.id);
    },
    ...methods("AbortController", {
      abort: (call) => {
        for (const c of selves(call))
          for (const signal of objectsOf(call.m.heap, c.props.get("signal") ?? BOTTOM)) {
            joinSlot(call.m.heap, signal, "reason", argOf(call, 0));
            emit(call.m, signal, ofConst("abort"), { list: [], rest: null }, call.site);
          }
        return UNDEFINED;
      },
    }),
    ...methods("AbortSignal", { ...targetMethods, throwIfAborted: constant(UNDEFINED) }),
    ...alike(["AbortSignal.timeout", "AbortSignal.any", "AbortSignal.abort"], (call) =>
      ofRef(instance(call.m, "global", "AbortSignal", call.site).id),
    ),
  },
};
