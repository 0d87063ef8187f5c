/**
 * Type arguments that a call leaves out: what the parameters of a generic signature are, by what they are given. `find<E>(of: new () => E)`
 * called with the class `User` is a call with `User` for `E`.
 */
import type { TypeIR } from "../../facts/ir.js";
import type { TypeEnv, TypeRef } from "../../link/types.js";
import { deref, objectsOf, S, type Obj } from "../domain/heap.js";
import { BOTTOM, join, joinAll, type Value } from "../domain/value.js";
import { arg, hasArg } from "./call.js";
import { classType } from "./declared.js";
import type { Args, FunctionData, Machine } from "./machine.js";
import { saidType, typeOf } from "./unknown.js";

/** Types within types in which a type parameter is looked for. */
const LEVELS = 5;

/** Type parameters by the types that stand for them while they are looked for. */
type Wanted = ReadonlyMap<TypeRef, string>;

/** The types of type parameters that a call's receiver and arguments tell. `open`: the names of those that are asked for. */
export function inferred(m: Machine, signature: TypeRef, open: readonly string[], self: Value, args: Args): ReadonlyMap<string, TypeRef> {
  const { file, type } = signature;
  const out = new Map<string, TypeRef>();
  if (type.t !== "function" || open.length === 0) return out;
  const places = open.map((name): readonly [string, TypeRef] => [name, { file, type: { t: "ref", name: [`?${name}`] }, env: null }]);
  const wanted: Wanted = new Map(places.map(([name, place]) => [place, name]));
  const env: TypeEnv = new Map([...(signature.env ?? []), ...places]);
  const find = (param: TypeRef["type"] | undefined, v: Value): void => {
    if (param !== undefined && out.size < open.length) ofValue({ m, wanted, out }, { file, type: param, env }, v, 0);
  };
  find(type.self, self);
  type.params.forEach((p, i) => {
    if (!hasArg(args, i) || p.type === undefined) return;
    if (p.rest !== true) find(p.type, arg(args, i));
    else if (p.type.t === "array") find(p.type.of, joinAll([...args.list.slice(i), args.rest ?? BOTTOM]));
  });
  return out;
}

interface Search {
  readonly m: Machine;
  readonly wanted: Wanted;
  readonly out: Map<string, TypeRef>;
}

/** The type parameter that a type is, by whatever names. */
function parameterOf({ wanted }: Search, type: TypeRef): string | undefined {
  let t: TypeRef | undefined = type;
  for (let i = 0; t !== undefined && i < LEVELS; i++) {
    const name = wanted.get(t);
    if (name !== undefined) return name;
    t = t.type.t === "ref" && t.type.name.length === 1 ? t.env?.get(t.type.name[0]!) : undefined;
  }
  return undefined;
}

function tell(search: Search, name: string, type: TypeRef | undefined): void {
  if (type !== undefined && !search.out.has(name)) search.out.set(name, type);
}

/** A parameter of this type is given a value. */
function ofValue(search: Search, type: TypeRef, v: Value, depth: number): void {
  const { m } = search;
  const name = parameterOf(search, type);
  if (name !== undefined) tell(search, name, typeOfValue(m, v, type));
  if (name !== undefined || depth > LEVELS || v.refs.length === 0) return;
  const view = m.types.view(type);
  if (view.v === "union") for (const part of view.of) ofValue(search, part, v, depth + 1);
  for (const obj of objectsOf(m.heap, v)) {
    const { code, cls, file } = (obj.kind === "function" || obj.kind === "class" ? obj.data : {}) as Partial<FunctionData>;
    if (view.v === "object" && view.made !== undefined && obj.kind === "class" && cls !== undefined && file !== undefined)
      ofType(search, view.made, m.types.instance(file, cls), depth + 1);
    else if (view.v === "function" && view.returns !== undefined && code)
      ofType(search, view.returns, m.types.inferred(code.file, code.fn, []), depth + 1);
    else if (view.v === "array" && view.of !== undefined && (obj.kind === "array" || obj.kind === "set"))
      ofValue(search, view.of, elementsOf(obj), depth + 1);
    else if (view.v === "promise" && view.of !== undefined && obj.kind === "promise")
      ofValue(search, view.of, obj.props.get(S.value) ?? BOTTOM, depth + 1);
    else ofType(search, type, obj.kind === "class" ? undefined : typeOfObject(m, obj), depth + 1);
  }
}

/** A parameter of this type is given something of another. */
function ofType(search: Search, type: TypeRef, given: TypeRef | undefined, depth: number): void {
  if (given === undefined || depth > LEVELS) return;
  const { m } = search;
  const name = parameterOf(search, type);
  if (name !== undefined) {
    tell(search, name, given);
    return;
  }
  const a = whole(m, type);
  const b = whole(m, given);
  if ((a.v === "array" || a.v === "promise" || a.v === "map") && a.v === b.v && a.of !== undefined) ofType(search, a.of, b.of, depth + 1);
  if (a.v === "promise" && b.v !== "promise" && a.of !== undefined) ofType(search, a.of, given, depth + 1);
  if (a.v === "union") for (const part of a.of) ofType(search, part, given, depth + 1);
  const [x, y] = [declarationOf(a), declarationOf(b)];
  if (x === undefined || y === undefined || x.key !== y.key) return;
  for (const [param, of] of x.env ?? []) ofType(search, of, y.env?.get(param), depth + 1);
}

function whole(m: Machine, type: TypeRef): ReturnType<Machine["types"]["view"]> {
  const view = m.types.view(type);
  return view.v === "external" && view.shape !== undefined ? view.shape : view;
}

/** The declaration that a type is made of, with what it is given for its type parameters. */
function declarationOf(view: ReturnType<Machine["types"]["view"]>): { readonly key: string; readonly env: TypeEnv | null } | undefined {
  if (view.v === "class") return { key: `${view.file.index}:${view.cls.name}`, env: view.env };
  if (view.v !== "object" || view.name === undefined) return undefined;
  return { key: `${view.name.file.index}:${view.name.owner}`, env: view.env ?? null };
}

function elementsOf(list: Obj): Value {
  let out = BOTTOM;
  for (const [slot, v] of list.props) if (slot.charCodeAt(0) !== 0 || slot === S.rest) out = join(out, v);
  return out;
}

/** Texts that are all known. */
const isConstant = (v: Value): boolean => v.kinds === 0 && v.refs.length === 0 && v.consts.every((c) => typeof c === "string");

/** What a value is known to be; constant texts are themselves. */
function typeOfValue(m: Machine, v: Value, { file }: TypeRef): TypeRef | undefined {
  const texts = v.consts.map((c): TypeIR => ({ t: "const", v: c }));
  if (texts.length > 0 && isConstant(v)) return { file, type: texts.length === 1 ? texts[0]! : { t: "union", of: texts }, env: null };
  for (const id of v.refs) {
    const type = typeOfObject(m, deref(m.heap, id));
    if (type !== undefined) return type;
  }
  return undefined;
}

function typeOfObject(m: Machine, obj: Obj): TypeRef | undefined {
  if (obj.kind === "unknown") return typeOf(m, obj);
  return saidType(m, obj) ?? (obj.kind === "object" ? classType(m, obj) : undefined);
}
