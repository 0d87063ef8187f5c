/**
 * `@nestjs/event-emitter`: what is emitted under a name reaches every `@OnEvent` of that name, whoever emits it. Names with `*` are taken for
 * any that fit, as the emitter does with `wildcard`.
 */
import { HOLE } from "../../../domain/text-pattern.js";
import { objectsOf } from "../../../domain/heap.js";
import { ANY_BOOLEAN, BOTTOM, join, ofRef, UNDEFINED, type Value } from "../../../domain/value.js";
import { arg, callValue, unknownArgs } from "../../../machine/call.js";
import { anyItem, iterate } from "../../../machine/iterate.js";
import type { Args, Machine, Native, NativeCall } from "../../../machine/machine.js";
import { namesOf } from "../../../machine/text-parts.js";
import { emitterMethods } from "../../events.js";
import type { NativeModule } from "../../index.js";
import { promiseOf } from "../../settle.js";
import { alike, at, instance, listOf, methods, selves } from "../../support.js";
import { later } from "../requests.js";
import { tell, told } from "../told.js";
import { bound, listensTo, type Listening } from "./listeners.js";

const LIB = "eventemitter2";

/** The places of events of these names. */
const placesOf = (m: Machine, name: Value): readonly string[] => namesOf(m, name).map((text) => `event:${text.replace(/\*+/g, HOLE)}`);

/** `on(["a", "b"], …)` hears both. */
function namesIn(call: NativeCall, name: Value): Value {
  const lists = objectsOf(call.m.heap, name).filter((o) => o.kind === "array");
  return lists.reduce((v, o) => join(v, anyItem(iterate(call.m, ofRef(o.id), call.site))), lists.length > 0 ? BOTTOM : name);
}

/** What was emitted; null where nothing is seen to be. */
function heard(call: NativeCall, name: Value): Args | null {
  return told(call.m, placesOf(call.m, namesIn(call, name)), call.site);
}

export const ON_EVENT: Listening = {
  mark: "\0on event",
  listen: (call, cls, fn, name) => {
    const { m, site } = call;
    callValue(m, bound(call, cls, fn), UNDEFINED, heard(call, name) ?? unknownArgs(m, fn, [], site), site);
  },
};

/** Everybody who is given the emitter has the same one; one that the program makes itself is its own. */
const isShared = (call: NativeCall): boolean => selves(call).every((o) => o.kind === "external" || o.kind === "unknown");

const emit =
  (own: Native, result: (call: NativeCall) => Value): Native =>
  (call) => {
    const { m, site, args } = call;
    if (!isShared(call)) return own(call);
    tell(m, placesOf(m, arg(args, 0)), { list: args.list.slice(1), rest: args.rest }, site);
    return result(call);
  };

const on: Native = (call) => {
  if (!isShared(call)) return emitterMethods["on"]!(call);
  const [name, fn] = [arg(call.args, 0), arg(call.args, 1)];
  later(call.m, call.site, "on", (job) => {
    const args = heard(job, name);
    if (args !== null) callValue(job.m, fn, UNDEFINED, args, job.site);
    return UNDEFINED;
  });
  return call.self;
};

const ownEmit = emitterMethods["emit"]!;
const emptyPromise = (call: NativeCall): Value => promiseOf(call.m, listOf(call.m, BOTTOM, at(call, "results")), call.site);

export const nestEvents: NativeModule = {
  modules: ["@nestjs/event-emitter", LIB],
  natives: {
    OnEvent: listensTo(ON_EVENT),
    ...alike(["EventEmitter2", "default"], (call) => ofRef(instance(call.m, LIB, "EventEmitter2", call.site).id)),
    ...methods("EventEmitter2", {
      ...emitterMethods,
      ...alike(["on", "once", "addListener", "prependListener", "many"], on),
      emit: emit(ownEmit, () => ANY_BOOLEAN),
      emitAsync: emit((call) => {
        ownEmit(call);
        return emptyPromise(call);
      }, emptyPromise),
    }),
  },
};
