/**
 * Targets of events in a browser: the window, documents, elements, requests. Listeners hear what the program dispatches itself, and then what
 * comes from outside: an event of which only its target is known. `target.onload = fn` listens as well (HTML, event handler IDL attributes).
 */
import { objectsOf, setSlot, type Obj } from "../../domain/heap.js";
import { BOTTOM, exact, isBottom, ofConst, ofRef, TRUE, truthiness, UNDEFINED, type Value } from "../../domain/value.js";
import { clone } from "../../machine/clone.js";
import { external, externalName } from "../../machine/external.js";
import { leave } from "../../machine/jobs.js";
import type { Machine, Native, NativeCall } from "../../machine/machine.js";
import { readPlace, writePlace } from "../../stores/places.js";
import { unknown } from "../../machine/unknown.js";
import { emit, emitters, listen, listenersOf, off } from "../events.js";
import { HANDLER } from "../../machine/handlers.js";
import type { NativeModule, NativeTable } from "../index.js";
import { spot } from "../items.js";
import { argOf, callWith, option, record } from "../support.js";

/** What windows, frames and workers post to each other: which of them hears it is not told apart. */
const MESSAGES = "messages of windows and workers";

/** The window, where the receiver is left out. */
const targetsOf = (call: NativeCall): readonly Obj[] => {
  const objects = emitters(call);
  return objects.length > 0 ? objects : [external(call.m, "global", ["globalThis"])];
};

/** An event of which only type and target are known. */
export function newEventFor(m: Machine, target: Obj, type: Value, site: NativeCall["site"]): Value {
  const event = unknown(m, spot(site, `event ${target.key}`));
  for (const obj of objectsOf(m.heap, event)) {
    for (const name of ["target", "currentTarget"]) setSlot(m.heap, obj, name, ofRef(target.id));
    setSlot(m.heap, obj, "type", type);
  }
  return event;
}

/** Sockets hear what others send. */
const isRemote = (target: Obj): boolean => target.kind === "external" && /^(WebSocket|EventSource|RTC)/.test(externalName(target));

function hear(call: NativeCall, name: Value, fn: Value, once: boolean): void {
  const { m, site } = call;
  for (const target of targetsOf(call)) {
    listen(m, [target], name, fn, once);
    if (exact(name) === "message" && !isRemote(target)) {
      const data = readPlace(m, MESSAGES, site);
      if (!isBottom(data)) callWith(m, fn, [record(m, { data, type: name }, spot(site, "message"))], site, ofRef(target.id));
    }
    for (const handler of objectsOf(m.heap, fn)) {
      const method = handler.kind === "object" ? (handler.props.get("handleEvent") ?? BOTTOM) : ofRef(handler.id);
      leave(m, { fn: method, self: ofRef(target.id), args: { list: [newEventFor(m, target, name, site)], rest: null }, site, often: true });
    }
  }
}

const addEventListener: Native = (call) => {
  const once = truthiness(option(call, argOf(call, 2), "once"));
  hear(call, argOf(call, 0), argOf(call, 1), once.yes && !once.no);
  return UNDEFINED;
};

const setHandler: Native = (call) => {
  hear(call, argOf(call, 0), argOf(call, 1), false);
  return UNDEFINED;
};

const dispatchEvent: Native = (call) => {
  const { m, site } = call;
  for (const event of objectsOf(m.heap, argOf(call, 0)))
    for (const target of targetsOf(call)) {
      for (const slot of ["target", "currentTarget"]) if (event.kind !== "external") setSlot(m.heap, event, slot, ofRef(target.id));
      emit(m, target, event.props.get("type") ?? ofConst(""), { list: [ofRef(event.id, argOf(call, 0).via)], rest: null }, site);
    }
  return TRUE;
};

/** A message from outside arrives at those windows that listen; while none does, it is kept for who listens later. */
export function toWindows(m: Machine, message: Value, site: NativeCall["site"]): void {
  const window = external(m, "global", ["globalThis"]);
  const type = ofConst("message");
  if (isBottom(listenersOf(m, window, type))) writePlace(m, MESSAGES, message, site);
  else emit(m, window, type, { list: [record(m, { data: message, type }, spot(site, "message"))], rest: null }, site);
}

const postMessage: Native = (call) => {
  writePlace(call.m, MESSAGES, clone(call.m, argOf(call, 0), call.site, "structured"), call.site);
  return UNDEFINED;
};

/** Methods of all targets. */
export const domTarget: NativeTable = { addEventListener, removeEventListener: off, dispatchEvent, [HANDLER]: setHandler };

const ANYWHERE: ReadonlyMap<string, Native> = new Map(Object.entries({ ...domTarget, postMessage }));

export const domTargets: NativeModule = {
  modules: ["global"],
  natives: {},
  // Whatever the host gives: `document.body.addEventListener`, `new Worker(url).postMessage`, `window.onload = …`.
  match: (_module, path) => ANYWHERE.get(path.at(-1) ?? ""),
};
