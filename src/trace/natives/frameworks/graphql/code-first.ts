/** GraphQL schemas that are code, whichever library builds them: types by name, fields with their resolvers. */
import { isFunction, objectsOf, setSlot, type Obj } from "../../../domain/heap.js";
import { exact, ofConst, ofRef, UNDEFINED, type Value } from "../../../domain/value.js";
import { arg, callValue } from "../../../machine/call.js";
import type { Native, NativeCall } from "../../../machine/machine.js";
import { getNamed } from "../../../machine/props.js";
import { instance, option } from "../../support.js";
import { later } from "../requests.js";
import { resolve, type Given } from "./resolve.js";
import { addField, noteResolved } from "./schema.js";
import { siteOf } from "./servers.js";

/** The types that requests begin at. */
export const ROOTS = ["Query", "Mutation", "Subscription"];

/** The name of a type as it is written or referred to: `"User"`, `UserRef`, `["User"]`; undefined where that is not known. */
const NAME = "\0gql name";

export function nameOf(call: NativeCall, v: Value): string | undefined {
  const text = exact(v);
  if (typeof text === "string") return text;
  const [obj] = objectsOf(call.m.heap, v);
  if (obj === undefined) return undefined;
  const named = obj.props.get(NAME);
  if (named !== undefined) return nameOf(call, named);
  return obj.kind === "array" ? nameOf(call, getNamed(call.m, ofRef(obj.id), "0", call.site)) : undefined;
}

/** A field of a type: what it is of, and what resolves it. `order` is how its resolver takes what it is given. */
export function addResolved(
  call: NativeCall,
  type: string,
  field: string,
  options: Value,
  order: (given: Given) => readonly Value[],
): void {
  const { m, site } = call;
  addField(m, type, field, nameOf(call, option(call, options, "type")) ?? "");
  for (const name of ["resolve", "subscribe"])
    for (const fn of objectsOf(m.heap, option(call, options, name)).filter((o) => isFunction(o) || o.kind === "native")) {
      noteResolved(m, type, field);
      const own = siteOf(fn) ?? site;
      later(m, own, `resolver ${type}.${field}`, (job) => {
        const run = (given: Given): Value => callValue(job.m, ofRef(fn.id), UNDEFINED, { list: order(given), rest: null }, own);
        resolve(job.m, { type, field, site: own, run });
        return UNDEFINED;
      });
    }
}

export const usual = ({ parent, args, context, info }: Given): readonly Value[] => [parent, args, context, info];

export const functionsIn = (call: NativeCall, v: Value): readonly Obj[] => objectsOf(call.m.heap, v).filter(isFunction);

/** Types are described in any order: what they refer to may come later. */
export const described =
  (run: (call: NativeCall) => void): Native =>
  (call) => {
    const ref = instance(call.m, "@pothos/core", "Ref", call.site);
    const name = nameOf(call, arg(call.args, 0)) ?? nameOf(call, option(call, arg(call.args, 1), "name"));
    if (name !== undefined) setSlot(call.m.heap, ref, NAME, ofConst(name));
    later(call.m, call.site, "schema", (job) => {
      run({ ...call, m: job.m });
      return UNDEFINED;
    });
    return ofRef(ref.id);
  };
