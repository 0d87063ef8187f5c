/** `util`: callbacks to promises and back, values as text, questions about types. */
import { objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { ANY_BOOLEAN, ANY_STRING, BOTTOM, isBottom, join, NULL, ofRef, UNDEFINED, type Value } from "../domain/value.js";
import { callValue } from "../machine/call.js";
import { allLabels } from "../machine/deep.js";
import { externalData } from "../machine/external.js";
import { newPromise } from "../machine/promise.js";
import type { Machine, Native, NativeCall } from "../machine/machine.js";
import { functionPrototype, getNamed } from "../machine/props.js";
import { clone, textOf } from "../machine/clone.js";
import { unknown } from "../machine/unknown.js";
import type { NativeModule } from "./index.js";
import { spot } from "./items.js";
import { outputsOf } from "./child-process.js";
import { alike, argOf, asText, callable, callWith, constant, labelsOfArgs, nativeValue, record, spelling, stepped } from "./support.js";
import { fulfilAll, promiseOf, rejectAll, whenSettled } from "./settle.js";

/** A callback `(error, value)` that settles a promise. */
export const nodeCallback = (m: Machine, promise: Value, site: NativeCall["site"]): Value =>
  nativeValue(m, site, "callback", (call) => {
    const error = argOf(call, 0);
    if (error.refs.length > 0) rejectAll(call.m, promise, error);
    fulfilAll(call.m, promise, argOf(call, 1), call.site);
    return UNDEFINED;
  });

/** The name of the symbol `util.promisify.custom`. */
const CUSTOM_PROMISE = "@@promisify.custom";

/** Functions that wait by themselves: their promise versions take the delay first. */
const isTimer = (m: Machine, fn: Value): boolean =>
  objectsOf(m.heap, fn).some((o) => o.kind === "external" && ["setTimeout", "setImmediate"].includes(externalData(o).path.at(-1) ?? ""));

/** The promise version that a function has of its own: under `util.promisify.custom`, or because it calls back with more than one value. */
function promisedVersion(m: Machine, fn: Value, site: NativeCall["site"]): Value | Native | undefined {
  const given = getNamed(m, fn, CUSTOM_PROMISE, site);
  if (callable(m, given)) return given;
  const externals = objectsOf(m.heap, fn).flatMap((o) => (o.kind === "external" ? [externalData(o)] : []));
  const commands = externals.filter(({ module, path }) => module === "child_process" && /^exec(File)?$/.test(path.at(-1) ?? ""));
  return commands.length > 0 ? outputsOf : undefined;
}

const promisify: Native = (call) => {
  const fn = argOf(call, 0);
  return nativeValue(call.m, call.site, "promisified", (inner) => {
    const { m, site } = inner;
    if (isTimer(m, fn)) return promiseOf(m, argOf(inner, 1), site);
    const own = promisedVersion(m, fn, site);
    if (own !== undefined) return typeof own === "function" ? own(inner) : callValue(m, own, inner.self, inner.args, site);
    const promise = ofRef(newPromise(m, site).id);
    const callback = nodeCallback(m, promise, site);
    const out = callValue(m, fn, inner.self, { list: [...inner.args.list, callback], rest: inner.args.rest }, site);
    const settled = objectsOf(m.heap, promise).some((p) => p.props.has(S.value) || p.props.has(S.reason));
    // A library's function of which nothing is known: what it gives stands for what it would have called back with.
    if (!settled && objectsOf(m.heap, fn).every((o) => o.kind === "external" && m.native(externalData(o)) === undefined) && !isBottom(out))
      fulfilAll(m, promise, unknown(m, spot(site, "answer"), allLabels(m, out)), site);
    return promise;
  });
};

const callbackify: Native = (call) => {
  const fn = argOf(call, 0);
  return nativeValue(call.m, call.site, "callbackified", (inner) => {
    const { m, site, args } = inner;
    const callback = args.list.at(-1) ?? UNDEFINED;
    const result = callValue(m, fn, inner.self, { list: args.list.slice(0, -1), rest: null }, site);
    whenSettled(m, result, site, (at, s) => {
      if (!isBottom(s.value)) callWith(at, callback, [NULL, s.value], site);
      if (s.reason !== null) callWith(at, callback, [s.reason], site);
    });
    return UNDEFINED;
  });
};

const format: Native = (call) => spelling(call, labelsOfArgs(call));

/** Text of everything inside. */
const inspect: Native = (call) => {
  const { m, site } = call;
  const v = argOf(call, 0);
  if (v.refs.length === 0) return stepped(call, asText(m, v, site));
  return stepped(call, textOf(m, clone(m, v, site, "structured"), site));
};

const prototypeOf = (m: Machine, ctor: Obj): Value =>
  ctor.props.get("prototype") ?? (ctor.kind === "function" ? functionPrototype(m, ctor) : BOTTOM);

/** `util.inherits(Child, Parent)`: the prototype's prototype, and `Child.super_`. */
const inherits: Native = (call) => {
  const { m } = call;
  for (const child of objectsOf(m.heap, argOf(call, 0))) {
    setSlot(m.heap, child, "super_", argOf(call, 1));
    for (const proto of objectsOf(m.heap, prototypeOf(m, child))) {
      let up: Value = BOTTOM;
      for (const parent of objectsOf(m.heap, argOf(call, 1)))
        up = join(up, parent.kind === "external" ? ofRef(parent.id) : prototypeOf(m, parent));
      if (!isBottom(up)) setSlot(m.heap, proto, S.proto, up);
    }
  }
  return UNDEFINED;
};

const TYPES = [
  "isDate",
  "isRegExp",
  "isPromise",
  "isMap",
  "isSet",
  "isProxy",
  "isAsyncFunction",
  "isGeneratorFunction",
  "isNativeError",
  "isTypedArray",
  "isUint8Array",
  "isArrayBuffer",
];

/** Which argument goes to which option is for the run to say: any of them may hold what the arguments (or the defaults) do. */
const parseArgs: Native = (call) => {
  const given = labelsOfArgs(call);
  const part = (name: string): Value => unknown(call.m, spot(call.site, name), given);
  return record(call.m, { values: part("values"), positionals: part("positionals"), tokens: part("tokens") }, spot(call.site, "args"));
};

export const util: NativeModule = {
  modules: ["util"],
  natives: {
    promisify,
    // Names of methods, which are there.
    ...alike(["promisify.custom", "inspect.custom"], constant(UNDEFINED)),
    callbackify,
    inherits,
    inspect,
    ...alike(["format", "formatWithOptions"], format),
    ...alike(["stripVTControlCharacters", "toUSVString"], (call) => stepped(call, asText(call.m, argOf(call, 0), call.site))),
    styleText: (call) => stepped(call, asText(call.m, argOf(call, 1), call.site)),
    deprecate: (call) => argOf(call, 0),
    debuglog: (call) => nativeValue(call.m, call.site, "log", constant(UNDEFINED)),
    ...alike(["isDeepStrictEqual", "isArray", ...TYPES.map((t) => `types.${t}`)], constant(ANY_BOOLEAN)),
    parseArgs,
    getSystemErrorName: constant(ANY_STRING),
  },
};
