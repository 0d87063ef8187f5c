/** Events of the web platform: targets, events with a detail, signals. */
import type { Site } from "../domain/labels.js";
import { joinSlot, objectsOf, setSlot, type Obj } from "../domain/heap.js";
import { ANY_STRING, BOTTOM, exact, isBottom, ofConst, ofRef, TRUE, truthiness, UNDEFINED, type Value } from "../domain/value.js";
import { arg, callValue } from "../machine/call.js";
import { forkAll } from "../machine/fork.js";
import { anyItem, iterate } from "../machine/iterate.js";
import type { Machine, Native, NativeCall } from "../machine/machine.js";
import { copyProps } from "../machine/props.js";
import { throwValue } from "../machine/throw.js";
import { emit, emitters, listen, off } from "./events.js";
import type { NativeModule, NativeTable } from "./index.js";
import { spot } from "./items.js";
import { alike, argOf, callable, constant, instance, methods, option, record, selves, slotOf, tables } from "./support.js";

/** Classes of events: what their constructors are given are their properties. */
const EVENTS = [
  "Event",
  "CustomEvent",
  "MessageEvent",
  ...["Animation", "BeforeUnload", "Clipboard", "Close", "Composition", "Drag", "Error", "Focus", "FormData", "HashChange", "Input"],
  ...[
    "Keyboard",
    "MediaQueryList",
    "Mouse",
    "PageTransition",
    "Pointer",
    "PopState",
    "Progress",
    "PromiseRejection",
    "SecurityPolicyViolation",
  ],
  ...["Storage", "Submit", "Toggle", "Touch", "Track", "Transition", "UI", "Wheel"],
].map((name) => (name.endsWith("Event") ? name : `${name}Event`));

/** Signals that are aborted when this one is. */
const FOLLOWERS = "\0followers";

const newEvent =
  (owner: string): Native =>
  (call) => {
    const { m, site } = call;
    const event = instance(m, "global", owner, site);
    setSlot(m.heap, event, "type", argOf(call, 0));
    copyProps(m, event, arg(call.args, 1), site);
    return ofRef(event.id);
  };

const dispatch: Native = (call) => {
  const { m, site } = call;
  for (const event of objectsOf(m.heap, argOf(call, 0))) {
    const name = event.props.get("type") ?? ANY_STRING;
    for (const obj of emitters(call)) {
      for (const slot of ["target", "currentTarget"]) setSlot(m.heap, event, slot, ofRef(obj.id));
      const type = exact(name);
      emit(m, obj, name, { list: [ofRef(event.id, argOf(call, 0).via)], rest: null }, site);
      const handler = typeof type === "string" ? obj.props.get(`on${type}`) : undefined;
      if (handler !== undefined && callable(m, handler))
        callValue(m, handler, ofRef(obj.id), { list: [ofRef(event.id)], rest: null }, site);
    }
  }
  return TRUE;
};

/** `controller.abort(reason)`, and the signals that follow it. */
function abort(m: Machine, signals: readonly Obj[], reason: Value, site: Site): void {
  for (const signal of signals) {
    joinSlot(m.heap, signal, "reason", reason);
    const event = record(m, { type: ofConst("abort"), target: ofRef(signal.id) }, spot(site, "abort"));
    emit(m, signal, ofConst("abort"), { list: [event], rest: null }, site);
    const handler = signal.props.get("onabort");
    if (handler !== undefined && callable(m, handler)) callValue(m, handler, ofRef(signal.id), { list: [event], rest: null }, site);
    abort(m, objectsOf(m.heap, signal.props.get(FOLLOWERS) ?? BOTTOM), reason, site);
  }
}

const newSignal = (call: NativeCall): Obj => instance(call.m, "global", "AbortSignal", call.site);

const throwIfAborted: Native = (call) => {
  const { m } = call;
  const reason = slotOf(selves(call), "reason");
  if (isBottom(reason)) return UNDEFINED;
  const thrown = (): Value => {
    throwValue(m, reason);
    return BOTTOM;
  };
  return forkAll(m, [() => UNDEFINED, thrown]);
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
        abort(call.m, objectsOf(call.m.heap, slotOf(selves(call), "signal")), argOf(call, 0), call.site);
        return UNDEFINED;
      },
    }),
    ...methods("AbortSignal", { ...targetMethods, throwIfAborted }),
    "AbortSignal.timeout": (call) => ofRef(newSignal(call).id),
    "AbortSignal.abort": (call) => {
      const signal = newSignal(call);
      setSlot(call.m.heap, signal, "reason", argOf(call, 0));
      return ofRef(signal.id);
    },
    "AbortSignal.any": (call) => {
      const { m, site } = call;
      const signal = newSignal(call);
      for (const other of objectsOf(m.heap, anyItem(iterate(m, argOf(call, 0), site)))) {
        joinSlot(m.heap, other, FOLLOWERS, ofRef(signal.id));
        const reason = other.props.get("reason");
        if (reason !== undefined) joinSlot(m.heap, signal, "reason", reason);
      }
      return ofRef(signal.id);
    },
  },
};
