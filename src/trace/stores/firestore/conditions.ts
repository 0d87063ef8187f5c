/**
 * Conditions of Firestore's queries: `where("consent", "==", true)` of a query, as an argument of `query`, and in filters (`and`, `or`). What
 * is asked for is kept in an object of its own, since queries are never changed.
 */
import { objectsOf } from "../../domain/heap.js";
import { BOTTOM, hasPrimitive, isBottom, ofRef, type Value } from "../../domain/value.js";
import { make, type Native, type NativeCall } from "../../machine/machine.js";
import type { NativeTable } from "../../natives/index.js";
import { argOf, at } from "../../natives/support.js";
import { ask, askAlike, asked, equalities } from "../builder-conditions.js";
import { saysConsent, type Fixed } from "../conditions.js";
import { handle, type Reference } from "./references.js";

/** `where(field, "==", value)`: what it asks for. */
const condition: Native = (call) => {
  const obj = make(call.m, "object", at(call, "condition"));
  for (const [column, v] of equalities(call)) ask(call.m, obj, column, v);
  return ofRef(obj.id);
};

/** All of some conditions. */
function allOf(call: NativeCall, conditions: readonly Value[], what: string): Value {
  const { m } = call;
  const obj = make(m, "object", at(call, what));
  for (const v of conditions) {
    const [from, ...others] = hasPrimitive(v) ? [] : objectsOf(m.heap, v);
    if (from !== undefined && others.length === 0) askAlike(m, from, obj);
  }
  return ofRef(obj.id);
}

/** The query with more conditions. */
export function narrowed(call: NativeCall, of: Reference, more: readonly Value[]): Value {
  const conditions = saysConsent(call.m) ? allOf(call, [of.conditions, ...more], "conditions") : BOTTOM;
  return handle(call, "Query", { ...of, conditions });
}

/** `query.where("consent", "==", true)`, `query.where(Filter.where(…))`. */
export const narrowedBy = (call: NativeCall, of: Reference): Value =>
  narrowed(call, of, [call.args.list.length === 1 ? argOf(call, 0) : condition(call)]);

/** What may be one or the other is certain of neither. */
const either: Native = (call) => allOf(call, call.args.list.length === 1 ? call.args.list : [], "either");

/** The functions of the web's library, and the methods of the server's `Filter`. */
export const CONDITIONS: NativeTable = { where: condition, and: (call) => allOf(call, call.args.list, "all"), or: either };

/** What all documents of a query have. */
export function fixedIn(call: NativeCall, { conditions }: Reference, table: string): readonly Fixed[] {
  if (isBottom(conditions)) return [];
  return objectsOf(call.m.heap, conditions)
    .flatMap((one) => asked(call.m, one, call.site))
    .flatMap(({ alias, name, is }) => (alias === undefined ? [{ table, column: name, value: is }] : []));
}
