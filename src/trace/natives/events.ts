/**
 * Events: listeners are kept by the name of their event on the object they listen to, and called with what is emitted under that
 * name. A name with holes may be any that fits. What is emitted before somebody listens is not heard by them.
 */
import { joinSlot, objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { HOLE, meets } from "../domain/text-pattern.js";
import {
  ANY_BOOLEAN,
  ANY_NUMBER,
  ANY_STRING,
  BOTTOM,
  exact,
  join,
  ofConst,
  ofRef,
  ofRefs,
  UNDEFINED,
  type Value,
} from "../domain/value.js";
import { callValue } from "../machine/call.js";
import { forkAll } from "../machine/fork.js";
import { hop, make, type Args, type Machine, type Native, type NativeCall } from "../machine/machine.js";
import { newPromise } from "../machine/promise.js";
import { leave, runJobs } from "../machine/jobs.js";
import { lookUp, symbolName } from "../machine/props.js";
import { namesOf } from "../machine/text-parts.js";
import type { Site } from "../domain/labels.js";
import { unknown } from "../machine/unknown.js";
import type { NativeModule, NativeTable } from "./index.js";
import { eachItem, spot } from "./items.js";
import { fulfilAll, rejectAll } from "./settle.js";
import { alike, argOf, arrayOf, callable, constant, instance, listOf, methods, nativeValue, selves } from "./support.js";

/** Slots of listeners, by the text of their event's name; those that hear one event only have their own. */
const ON = "\0on:";
const ONCE = "\0once:";

/** What an event may be called: texts with holes; a symbol, or another object, has a name of its own. */
function eventNames(m: Machine, name: Value): readonly string[] {
  const symbol = symbolName(m, name);
  if (symbol !== undefined) return [symbol];
  const sole = objectsOf(m.heap, name)[0];
  const isSole = name.refs.length === 1 && name.kinds === 0 && name.consts.length === 0;
  return isSole && sole !== undefined && sole.kind !== "text" ? [`#${sole.key}`] : namesOf(m, name);
}

/** The slot of an event whose name is exact. */
function slotFor(m: Machine, name: Value): string | undefined {
  const [only, ...others] = eventNames(m, name);
  return only === undefined || others.length > 0 || only.includes(HOLE) ? undefined : ON + only;
}

const onceFor = (slot: string): string => ONCE + slot.slice(ON.length);

/** Slots of the listeners that an event of this name may reach. */
function slotsHearing(m: Machine, obj: Obj, name: Value): readonly string[] {
  const names = eventNames(m, name);
  const hears = (slot: string): boolean => names.some((text) => meets(text, slot.slice(slot.indexOf(":") + 1)));
  return [...obj.props.keys()].filter((slot) => (slot.startsWith(ON) || slot.startsWith(ONCE)) && hears(slot));
}

/** All listeners that an event of this name may reach. */
export const listenersOf = (m: Machine, obj: Obj, name: Value): Value =>
  slotsHearing(m, obj, name).reduce((out: Value, s) => join(out, obj.props.get(s) ?? BOTTOM), BOTTOM);

/** Adds a listener; `once`: it hears the next event only. */
export function listen(m: Machine, objects: readonly Obj[], name: Value, fn: Value, once = false): void {
  for (const text of eventNames(m, name)) for (const obj of objects) joinSlot(m.heap, obj, (once ? ONCE : ON) + text, fn);
}

/** Calls every listener of an event, each in turn: all of them hear it. */
export function emit(m: Machine, obj: Obj, name: Value, args: Args, site: Site): void {
  const heard = eachItem(args, (v) => hop(m, v, "call", site));
  const slot = obj.summary ? undefined : slotFor(m, name);
  const listeners = objectsOf(m.heap, listenersOf(m, obj, name));
  const own = slot === undefined ? [] : [slot, onceFor(slot)].flatMap((s) => objectsOf(m.heap, obj.props.get(s) ?? BOTTOM));
  // They are gone before they run: what they emit themselves does not reach them.
  if (slot !== undefined) setSlot(m.heap, obj, onceFor(slot), undefined);
  for (const fn of listeners) {
    if (!m.alive) return;
    const sure = own.includes(fn);
    const run = (): Value => {
      const handler = fn.kind === "object" ? (lookUp(m, fn, "handleEvent", ofRef(fn.id), site, 0) ?? BOTTOM) : ofRef(fn.id);
      return callValue(m, handler, ofRef(fn.kind === "object" ? fn.id : obj.id), heard, site);
    };
    if (sure) run();
    else forkAll(m, [() => BOTTOM, run]);
  }
}

/** The receivers that can have listeners. */
export const emitters = (call: NativeCall): readonly Obj[] => selves(call).filter((o) => o.kind !== "function" && o.kind !== "class");

/** `on(name, fn)`. */
export const on: Native = (call) => {
  listen(call.m, emitters(call), argOf(call, 0), argOf(call, 1));
  return call.self;
};

const emitNative: Native = (call) => {
  const [name, ...list] = call.args.list;
  for (const obj of emitters(call)) emit(call.m, obj, name ?? call.args.rest ?? ANY_STRING, { list, rest: call.args.rest }, call.site);
  return ANY_BOOLEAN;
};

/** `off(name, fn)`: exactly for one listener of one emitter. */
export const off: Native = (call) => {
  const { m } = call;
  const slot = slotFor(m, argOf(call, 0));
  const objects = emitters(call);
  const gone = objectsOf(m.heap, argOf(call, 1));
  const obj = objects[0];
  if (slot === undefined || objects.length !== 1 || obj === undefined || obj.summary || gone.length !== 1 || gone[0]!.summary)
    return call.self;
  for (const s of [slot, onceFor(slot)]) {
    const held = obj.props.get(s);
    if (held === undefined) continue;
    const left = objectsOf(m.heap, held).filter((o) => o !== gone[0]);
    setSlot(
      m.heap,
      obj,
      s,
      ofRefs(
        left.map((o) => o.id),
        held.via,
      ),
    );
  }
  return call.self;
};

const offAll: Native = (call) => {
  const { m } = call;
  const objects = emitters(call);
  const named = call.args.list.length > 0;
  const slot = named ? slotFor(m, argOf(call, 0)) : undefined;
  if (objects.length !== 1 || objects[0]!.summary || (named && slot === undefined)) return call.self;
  for (const s of [...objects[0]!.props.keys()])
    if (slot === undefined ? s.startsWith(ON) || s.startsWith(ONCE) : s === slot || s === onceFor(slot))
      setSlot(m.heap, objects[0]!, s, undefined);
  return call.self;
};

const listeners: Native = (call) =>
  listOf(
    call.m,
    emitters(call).reduce((v: Value, o) => join(v, listenersOf(call.m, o, argOf(call, 0))), BOTTOM),
    spot(call.site, "listeners"),
  );

/** Registers something that runs later, with unknown arguments. */
export function registerJob(call: NativeCall, fn: Value): void {
  leave(call.m, { fn, self: call.self, args: { list: [], rest: unknown(call.m, spot(call.site, "event")) }, site: call.site });
}

/** `on(name, fn)` for the next event only. */
const onNext: Native = (call) => {
  listen(call.m, emitters(call), argOf(call, 0), argOf(call, 1), true);
  return call.self;
};

/** `once(emitter, name)`: a promise of the arguments of the next event. */
const nextEvent: Native = (call) => {
  const { m, site } = call;
  const promise = ofRef(newPromise(m, site).id);
  const heard = nativeValue(m, site, "once", (inner) => {
    fulfilAll(inner.m, promise, argumentsOf(inner), inner.site);
    return UNDEFINED;
  });
  const failed = nativeValue(m, site, "failed", (inner) => {
    rejectAll(inner.m, promise, argOf(inner, 0));
    return UNDEFINED;
  });
  listen(m, objectsOf(m.heap, argOf(call, 0)), argOf(call, 1), heard, true);
  if (exact(argOf(call, 1)) !== "error") listen(m, objectsOf(m.heap, argOf(call, 0)), ofConst("error"), failed, true);
  return promise;
};

const argumentsOf = (call: NativeCall): Value =>
  call.args.rest === null
    ? arrayOf(call.m, call.args.list, spot(call.site, "heard"))
    : listOf(call.m, call.args.list.reduce(join, call.args.rest), spot(call.site, "heard"));

/** `on(emitter, name)`: all events as an asynchronous iterator. It holds whatever is emitted while it is there. */
const allEvents: Native = (call) => {
  const { m, site } = call;
  const events = make(m, "iterator", spot(site, "events"));
  const self = ofRef(events.id);
  const heard = nativeValue(m, site, "on", (inner) => {
    for (const o of objectsOf(inner.m.heap, self)) joinSlot(inner.m.heap, o, S.rest, argumentsOf(inner));
    return UNDEFINED;
  });
  listen(m, objectsOf(m.heap, argOf(call, 0)), argOf(call, 1), heard);
  // Whoever goes through them waits: timers and the like get their turn.
  runJobs(m);
  return self;
};

/** A method of emitters, or the module's function of the same name: that one takes the emitter first, and no listener. */
const methodOr =
  (method: Native, ofModule: Native): Native =>
  (call) =>
    selves(call).every((o) => o.kind === "external" || o.kind === "unknown") && !callable(call.m, argOf(call, 1))
      ? ofModule(call)
      : method(call);

/** Methods of emitters; streams have them as well. */
export const emitterMethods: NativeTable = {
  ...alike(["addListener", "prependListener"], on),
  prependOnceListener: onNext,
  on: methodOr(on, allEvents),
  once: methodOr(onNext, nextEvent),
  emit: emitNative,
  ...alike(["off", "removeListener"], off),
  removeAllListeners: offAll,
  ...alike(["listeners", "rawListeners"], listeners),
  ...alike(["listenerCount", "getMaxListeners"], constant(ANY_NUMBER)),
  eventNames: (call) => listOf(call.m, ANY_STRING, spot(call.site, "names")),
  setMaxListeners: (call) => call.self,
};

const newEmitter: Native = (call) => ofRef(instance(call.m, "events", "EventEmitter", call.site).id);

export const events: NativeModule = {
  modules: ["events"],
  natives: {
    ...alike(["EventEmitter", "EventEmitterAsyncResource"], newEmitter),
    // The module itself is the class.
    "": newEmitter,
    default: newEmitter,
    ...emitterMethods,
    ...methods("EventEmitter", emitterMethods),
    ...Object.fromEntries(
      Object.entries(emitterMethods).flatMap(([k, v]) => [
        [`prototype.${k}`, v],
        [`default.prototype.${k}`, v],
      ]),
    ),
  },
};
