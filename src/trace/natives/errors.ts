/** Error objects: message, cause and whatever else is put on them. */
import type { Site } from "../domain/labels.js";
import { S, setSlot } from "../domain/heap.js";
import { joinLabels, NO_LABELS, type Labels } from "../domain/labels.js";
import { BOTTOM, EMPTY_STRING, join, ofRef, stringOf, UNDEFINED, withoutUndefined, type Value } from "../domain/value.js";
import { hasArg } from "../machine/call.js";
import { allLabels } from "../machine/deep.js";
import { external } from "../machine/external.js";
import { make, type Machine, type Native, type NativeCall } from "../machine/machine.js";
import { lookUp } from "../machine/props.js";
import type { NativeModule, NativeTable } from "./index.js";
import { spot } from "./items.js";
import { alike, argOf, asText, constant, methods, option, selves, spelling, tables } from "./support.js";

const NAMES = ["Error", "TypeError", "RangeError", "SyntaxError", "ReferenceError", "EvalError", "URIError", "DOMException"];

/** A fresh error of a class of the language. */
export function newError(m: Machine, name: string, message: Value | undefined, site: Site): Value {
  const error = make(m, "error", spot(site, name));
  setSlot(m.heap, error, S.proto, ofRef(external(m, "global", [name]).id));
  if (message !== undefined) setSlot(m.heap, error, "message", message);
  return ofRef(error.id);
}

/** With `undefined` for a message there is none: it is read of the class, where it is empty. */
function messageOf(m: Machine, given: Value, site: Site): Value {
  const told = withoutUndefined(given);
  return join(asText(m, told, site), told === given ? BOTTOM : EMPTY_STRING);
}

function construct(call: NativeCall, name: string, messageAt: number): Value {
  const { m, site } = call;
  const message = hasArg(call.args, messageAt) ? messageOf(m, argOf(call, messageAt), site) : undefined;
  const error = newError(m, name, message, site);
  const cause = option(call, argOf(call, messageAt + 1), "cause");
  if (cause !== UNDEFINED) for (const id of error.refs) setSlot(m.heap, m.heap.objects[id]!, "cause", cause);
  return error;
}

const toString: Native = (call) => {
  let labels: Labels = NO_LABELS;
  for (const obj of selves(call)) {
    for (const name of ["name", "message"])
      labels = joinLabels(labels, allLabels(call.m, lookUp(call.m, obj, name, ofRef(obj.id), call.site, 0) ?? BOTTOM));
  }
  return labels.length === 0 ? stringOf(NO_LABELS) : spelling(call, labels);
};

const table: NativeTable = {
  ...Object.fromEntries(NAMES.map((name): [string, Native] => [name, (call) => construct(call, name, 0)])),
  ...tables(NAMES, (name) => methods(name, { toString })),
  AggregateError: (call) => {
    const error = construct(call, "AggregateError", 1);
    for (const id of error.refs) setSlot(call.m.heap, call.m.heap.objects[id]!, "errors", argOf(call, 0));
    return error;
  },
  ...methods("AggregateError", { toString }),
  ...alike(["Error.captureStackTrace"], constant(UNDEFINED)),
};

export const errors: NativeModule = { modules: ["global"], natives: table };
