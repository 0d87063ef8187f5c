/** Nexus builds schemas in code: the `definition` of a type is given a block, which is told of each field by its name. */
import { objectsOf, setSlot } from "../../../domain/heap.js";
import { isBottom, join, ofRef, UNDEFINED, type Value } from "../../../domain/value.js";
import { arg, callValue, NO_ARGS } from "../../../machine/call.js";
import type { Native, NativeCall } from "../../../machine/machine.js";
import type { NativeModule } from "../../index.js";
import { alike, at, nativeValue, option, record } from "../../support.js";
import { addResolved, described, functionsIn, nameOf, ROOTS, usual } from "./code-first.js";

const WRAPPERS = ["list", "nonNull", "nullable"];
const SCALARS = ["field", "string", "int", "float", "boolean", "id", "connectionField"];

/** What a type's `definition(t)` is told of its fields by. */
function block(call: NativeCall, type: string): Value {
  const told: Native = (one) => {
    const [first, second] = [arg(one.args, 0), arg(one.args, 1)];
    const name = nameOf(one, first) ?? nameOf(one, option(one, first, "name"));
    if (name !== undefined) addResolved(one, type, name, isBottom(second) || second === UNDEFINED ? first : second, usual);
    return UNDEFINED;
  };
  const methods = Object.fromEntries(SCALARS.map((name) => [name, nativeValue(call.m, at(call, `${type} ${name}`), name, told)]));
  const t = record(call.m, methods, at(call, `${type} block`));
  for (const obj of objectsOf(call.m.heap, t)) for (const name of WRAPPERS) setSlot(call.m.heap, obj, name, t);
  return t;
}

/** A type by its `definition`, which runs when all types are there. */
function define(call: NativeCall, type: string, definition: Value): void {
  for (const fn of functionsIn(call, definition))
    callValue(call.m, ofRef(fn.id), UNDEFINED, { list: [block(call, type)], rest: null }, call.site);
}

const nexusType = (type?: string): Native =>
  described((call) => {
    const options = arg(call.args, 0);
    const name = type ?? nameOf(call, option(call, options, "name")) ?? nameOf(call, option(call, options, "type"));
    const whole = functionsIn(call, options).length > 0 ? options : option(call, options, "definition");
    if (name !== undefined) define(call, name, whole);
  });

const nexusField = (type: string): Native =>
  described((call) => {
    const name = nameOf(call, arg(call.args, 0));
    if (name === undefined) {
      define(call, type, arg(call.args, 0));
      return;
    }
    const told = arg(call.args, 1);
    const made = functionsIn(call, told).map((fn) => callValue(call.m, ofRef(fn.id), UNDEFINED, NO_ARGS, call.site));
    addResolved(call, type, name, made.reduce(join, told), usual);
  });

const itself: Native = (call) => arg(call.args, 0);

export const nexus: NativeModule = {
  modules: ["nexus"],
  natives: {
    ...alike(["objectType", "extendType", "interfaceType"], nexusType()),
    ...Object.fromEntries(
      ROOTS.flatMap((type) => [
        [`${type.toLowerCase()}Type`, nexusType(type)],
        [`${type.toLowerCase()}Field`, nexusField(type)],
      ]),
    ),
    ...alike(WRAPPERS, itself),
  },
};
