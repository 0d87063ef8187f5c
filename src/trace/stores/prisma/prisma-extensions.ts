/**
 * `prisma.$extends({ query, result, model, client })`: `query` wraps operations, `result` adds computed properties to rows, `model` and
 * `client` add methods. The extended client is the client's own path with one step that names the extension, which is kept there.
 */
import { isIndex, isRunnable, joinSlot, type Obj, objectsOf, S, setSlot } from "../../domain/heap.js";
import { BOTTOM, isBottom, join, ofConst, ofRef, ofRefs, type Value } from "../../domain/value.js";
import { arg, callLost, callValue } from "../../machine/call.js";
import { external, externalData } from "../../machine/external.js";
import type { Machine, Native, NativeCall } from "../../machine/machine.js";
import { awaitValue, fulfil, newPromise } from "../../machine/promise.js";
import { entries, getNamed } from "../../machine/props.js";
import { at, nativeValue, record } from "../../natives/support.js";

const STEP = "$extends:";

/** Slot for what a step of the path extends the client with. */
const EXTENSION = "\0extension";

export const isExtension = (name: string): boolean => name.startsWith(STEP);

/** `client.$extends(extension)`, or of a function that is given the client. */
export const extend: Native = (call) => {
  const { m, site } = call;
  const { module, path } = externalData(call.callee);
  const extension = arg(call.args, 0);
  const objects = objectsOf(m.heap, extension);
  const functions = objects.filter(isRunnable);
  let out: Value = BOTTOM;
  for (const fn of functions) out = join(out, callValue(m, ofRef(fn.id), call.self, { list: [call.self], rest: null }, site));
  if (objects.length > 0 && functions.length === objects.length) return out;
  const client = external(m, module, [...path.slice(0, -1), `${STEP}${site.file}:${site.at}`]);
  const said = ofRefs(objects.filter((o) => !functions.includes(o)).map((o) => o.id));
  joinSlot(m.heap, client, EXTENSION, said);
  addMethods(m, client, part(call, said, "client"), call);
  for (const models of objectsOf(m.heap, part(call, said, "model")))
    for (const model of entries(m, models, site).known)
      if (model.name !== "$allModels") addMethods(m, external(m, module, [...externalData(client).path, model.name]), model.value, call);
  return join(out, ofRef(client.id));
};

function addMethods(m: Machine, to: Obj, methods: Value, call: NativeCall): void {
  for (const obj of objectsOf(m.heap, methods))
    for (const method of entries(m, obj, call.site).known) joinSlot(m.heap, to, method.name, method.value);
}

/** `Prisma.defineExtension(extension)`, `Prisma.getExtensionContext(this)`. */
export const itself: Native = (call) => arg(call.args, 0);

/** A named part of objects; bottom where none has it. */
const part = (call: NativeCall, of: Value, name: string): Value => {
  let out: Value = BOTTOM;
  for (const obj of objectsOf(call.m.heap, of))
    if (obj.kind !== "object" || obj.props.has(name)) out = join(out, getNamed(call.m, ofRef(obj.id), name, call.site));
  return ofRefs(out.refs, out.via);
};

/** The extensions of the client that an operation is called on, the first one first. */
function extensionsOf(call: NativeCall): readonly Value[] {
  const { module, path } = externalData(call.callee);
  return path.flatMap((name, i) =>
    isExtension(name) ? [external(call.m, module, path.slice(0, i + 1)).props.get(EXTENSION) ?? BOTTOM] : [],
  );
}

/** Runs an operation of a model with what the client is extended with around it. */
export function extended(call: NativeCall, model: string, operation: string, run: (args: Value) => Value): Value {
  const extensions = extensionsOf(call);
  const hooks = extensions.flatMap((extension) => {
    const query = part(call, extension, "query");
    const all = part(call, query, "$allOperations");
    const ways = [model, "$allModels"].flatMap((name) => {
      const of = part(call, query, name);
      return [part(call, of, operation), part(call, of, "$allOperations")];
    });
    return [...ways, all].filter((v) => !isBottom(v));
  });
  const { m, site } = call;
  const from = (i: number, args: Value): Value => {
    const hook = hooks[i];
    if (hook === undefined) return run(args);
    const query = nativeValue(m, at(call, `query ${i}`), "query", (c) => {
      const promise = newPromise(m, site);
      fulfil(m, promise, from(i + 1, arg(c.args, 0)), site);
      return ofRef(promise.id);
    });
    const name = ofConst(model.charAt(0).toUpperCase() + model.slice(1));
    const given = record(m, { model: name, operation: ofConst(operation), args, query }, at(call, `query arguments ${i}`));
    return awaitValue(m, callValue(m, hook, call.self, { list: [given], rest: null }, site), site);
  };
  const rows = from(0, arg(call.args, 0));
  for (const extension of extensions) {
    const result = part(call, extension, "result");
    for (const of of [part(call, result, model), part(call, result, "$allModels")]) compute(call, rows, of);
  }
  return rows;
}

/** Gives each row what is computed from it. */
function compute(call: NativeCall, rows: Value, properties: Value): void {
  const { m, site } = call;
  if (isBottom(properties)) return;
  const defined = objectsOf(m.heap, properties).flatMap((o) => entries(m, o, site).known);
  for (const obj of objectsOf(m.heap, rows)) {
    if (obj.kind === "array") {
      for (const [slot, v] of [...obj.props]) if (slot === S.rest || isIndex(slot)) compute(call, v, properties);
      continue;
    }
    for (const { name, value } of defined) {
      const fn = part(call, value, "compute");
      if (!isBottom(fn)) setSlot(m.heap, obj, name, callValue(m, fn, value, { list: [ofRef(obj.id)], rest: null }, site));
    }
  }
}

/** A method that an extension gives to all models. */
export const ofAllModels =
  (method: string): Native =>
  (call) => {
    const { m, self, args, site } = call;
    const found = extensionsOf(call).reduce(
      (v: Value, extension) => join(v, part(call, part(call, part(call, extension, "model"), "$allModels"), method)),
      BOTTOM,
    );
    return isBottom(found) ? callLost(m, self, args, site, method) : callValue(m, found, self, args, site);
  };
