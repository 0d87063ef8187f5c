/** What is true or false in an object that a check gives: one of these is its answer. */
import type { TypeRef } from "../../link/types.js";
import type { Obj } from "../domain/heap.js";
import type { Site } from "../domain/labels.js";
import { K, type Value } from "../domain/value.js";
import type { FunctionData, CallEvent, Machine } from "../machine/machine.js";
import { childOf, typeOf } from "../machine/unknown.js";
import { isBoolean } from "./answer.js";

/** What the function that is called is declared to return, as far as it is known. */
export function returnedBy(m: Machine, { callee }: CallEvent): TypeRef | undefined {
  const code = callee.kind === "function" ? (callee.data as FunctionData).code : null;
  return code === null ? undefined : m.types.returned(code.file, code.fn, []);
}

/** The flags of an object: by what the program has put there, or by the type of one that it got, which is said to be `type`. */
export function flagsOf(m: Machine, obj: Obj, type: TypeRef | undefined, site: Site): readonly (readonly [string, Value])[] {
  if (obj.kind === "object") return [...obj.props].filter(([slot, v]) => slot.charCodeAt(0) !== 0 && isBoolean(v));
  if (obj.kind !== "unknown") return [];
  return m.types
    .members(typeOf(m, obj) ?? type)
    .filter((member) => !member.method && isFlag(m, member.type))
    .map(({ name }) => [name, childOf(m, obj, name, site)]);
}

/** Of a type that is a record, or a record or nothing: the record, and the kinds of nothing that it may be instead. */
export function recordOf(m: Machine, type: TypeRef | undefined): { readonly type: TypeRef; readonly nullish: number } | undefined {
  if (type === undefined) return undefined;
  const view = m.types.view(type);
  if (view.v === "class" || view.v === "object") return { type, nullish: 0 };
  if (view.v !== "union") return undefined;
  const records = view.of.filter((t) => nullishOf(m, t) === 0);
  const record = records.length === 1 ? recordOf(m, records[0]) : undefined;
  return record && { type: record.type, nullish: view.of.reduce((all, t) => all | nullishOf(m, t), 0) };
}

/** Is it the type of what is true or false, or is not there? */
function isFlag(m: Machine, type: TypeRef | undefined): boolean {
  const view = m.types.view(type);
  if (view.v === "primitive") return view.name === "boolean";
  if (view.v === "const") return typeof view.value === "boolean";
  return view.v === "union" && view.of.some((t) => isFlag(m, t)) && view.of.every((t) => isFlag(m, t) || nullishOf(m, t) !== 0);
}

function nullishOf(m: Machine, type: TypeRef): number {
  const view = m.types.view(type);
  if (view.v === "const") return view.value === null ? K.Null : view.value === undefined ? K.Undefined : 0;
  return view.v !== "primitive" ? 0 : view.name === "null" ? K.Null : view.name === "undefined" ? K.Undefined : 0;
}
