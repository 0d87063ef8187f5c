/**
 * What declared signatures say of a call: which types the functions that it is given are called with, and which type comes back. They
 * are asked only where some property is a source.
 */
import type { TypeIR } from "../../facts/ir.js";
import type { TypeRef, TypeView } from "../../link/types.js";
import type { Site } from "../domain/labels.js";
import { objectsOf, type Obj } from "../domain/heap.js";
import { BOTTOM, exact, type Value } from "../domain/value.js";
import { allArgs, arg, hasArg } from "./call.js";
import { believe, classType, expectFunctions, typeIn } from "./declared.js";
import { externalData } from "./external.js";
import { describedModule } from "./modules.js";
import type { Args, FunctionData, Machine } from "./machine.js";
import { inferred } from "./type-arguments.js";
import { ambientType, saidType, typeOf } from "./unknown.js";

type Signature = TypeView & { v: "function" };

export interface Callee {
  readonly f: Value;
  readonly self: Value;
  /** The method's name in the code; empty for other callees. */
  readonly name: string;
  readonly args: Args;
  readonly types: readonly TypeIR[];
}

/** The signatures that a call may be of, with its type arguments put in. */
export function signaturesOf(m: Machine, call: Callee): readonly Signature[] {
  const args = call.types.map((t) => typeIn(m, m.frame.code, t));
  return objectsOf(m.heap, call.f).flatMap((callee) => {
    const type = calleeType(m, callee, call);
    if (type === undefined) return [];
    const found = applicable(m, type, call.args, args, call.self);
    const code = callee.kind === "function" ? (callee.data as FunctionData).code : null;
    // A method that does not say what it returns, of a class with type parameters.
    return code === null ? found : found.map((s) => ({ ...s, returns: s.returns ?? m.types.inferred(code.file, code.fn, args, type.env) }));
  });
}

/** Functions that the call is given get the parameter types of where they are given. */
export function expectCallbacks(m: Machine, signatures: readonly Signature[], args: Args): void {
  for (const { params, rest } of signatures)
    for (let i = 0; hasArg(args, i) && i < Math.max(args.list.length, params.length); i++) {
      const type = params[i] ?? (i < params.length ? undefined : rest);
      if (type !== undefined) expectFunctions(m, arg(args, i), type);
    }
}

/** What a list, a set or a map of declared elements is given is of their type. */
export function believeElements(m: Machine, signatures: readonly Signature[], args: Args, site: Site): Args {
  const believed = (v: Value, i: number): Value =>
    signatures.reduce((out, { params, rest }) => {
      const type = params[i] ?? (i < params.length ? undefined : rest);
      return type === undefined ? out : believe(m, out, type, site);
    }, v);
  return { list: args.list.map(believed), rest: args.rest === null ? null : believed(args.rest, args.list.length) };
}

const CONTAINERS: ReadonlySet<string> = new Set(["array", "set", "map"]);

export const isContainer = (m: Machine, v: Value): boolean =>
  v.refs.length > 0 && objectsOf(m.heap, v).every((o) => CONTAINERS.has(o.kind));

/** The result, of which the signatures say what it is. */
export function believeResult(m: Machine, v: Value, signatures: readonly Signature[], site: Site): Value {
  return signatures.reduce((out, { returns }) => (returns === undefined ? out : believe(m, out, returns, site)), v);
}

function calleeType(m: Machine, callee: Obj, { self, name, types, args }: Callee): TypeRef | undefined {
  switch (callee.kind) {
    case "unknown":
      return typeOf(m, callee);
    case "function": {
      const { code } = callee.data as FunctionData;
      const cls = code?.fn.owner === undefined ? undefined : code.file.facts.classes[code.fn.owner];
      return cls?.typeParams === undefined ? undefined : methodType(m, self, name);
    }
    case "external":
    case "native": {
      const method = methodType(m, self, name);
      if (method !== undefined || callee.kind === "native") return method;
      const { module, path } = externalData(callee);
      const { file } = m.frame.code;
      const described = describedType(m, callee);
      if (described !== undefined || module === "global") return described;
      const tells = types.length > 0 || m.types.isSoughtIn(module) || m.types.isWritten(module) || bringsDeclared(m, args);
      return tells ? m.types.ofPackage(file, module, path) : undefined;
    }
    default:
      return undefined;
  }
}

/** The type of what a file of the program, or a declaration for everybody, says that there is: `declare function load(): User[]`. */
export function describedType(m: Machine, callee: Obj): TypeRef | undefined {
  const { module, path } = externalData(callee);
  if (module === "global") return ambientType(m, m.frame.code.file, path);
  const file = module.startsWith("./")
    ? m.modules.files.find((one) => one.facts.ambient !== undefined && describedModule(one) === module)
    : undefined;
  return file && ambientType(m, file, path);
}

/** Is a class among the arguments whose instances have declared fields, or something that a package made with such a type argument? */
function bringsDeclared(m: Machine, args: Args): boolean {
  return allArgs(args).some((v) =>
    objectsOf(m.heap, v).some((obj) => {
      if (obj.kind === "external") return saidType(m, obj) !== undefined;
      const { cls, file } = (obj.kind === "class" ? obj.data : {}) as Partial<FunctionData>;
      return cls !== undefined && file !== undefined && m.hooks.declaredIn(m.types.instance(file, cls)).length > 0;
    }),
  );
}

/** The type of a method, by what its receiver is said to be. */
export function methodType(m: Machine, self: Value, name: string): TypeRef | undefined {
  if (name === "") return undefined;
  for (const obj of objectsOf(m.heap, self)) {
    const type = obj.kind === "unknown" ? typeOf(m, obj) : (saidType(m, obj) ?? (obj.kind === "object" ? classType(m, obj) : undefined));
    const member = type && m.types.member(type, name);
    if (member?.type !== undefined) return member.type;
  }
  return undefined;
}

/**
 * Of overloads, those that the constants among the arguments leave; what is given for a type parameter is put in. Where constants are the
 * names that a parameter may be (`select<K extends keyof T>(...columns: K[])`), that overload is the one.
 */
export function applicable(m: Machine, type: TypeRef, args: Args, types: readonly TypeRef[], self: Value = BOTTOM): readonly Signature[] {
  const out: Signature[] = [];
  for (const signature of m.types.signatures(type)) {
    if (!takes(m, signature, types)) continue;
    const put = bound(m, signature, args, types, self);
    const names = types.length > 0 ? "open" : namesFit(m, signature, put);
    const view = names === "no" ? undefined : m.types.view(put);
    if (view?.v !== "function" || !view.params.every((p, i) => mayBe(m, arg(args, i), p))) continue;
    if (names === "yes") return [view];
    out.push(view);
  }
  return out;
}

/** Are the constants that were found for type parameters among those that they may be? */
function namesFit(m: Machine, { type, env: before }: TypeRef, { file, env }: TypeRef): "yes" | "no" | "open" {
  let out: "yes" | "open" = "open";
  for (const { name, constraint } of type.t === "function" ? (type.typeParams ?? []) : []) {
    const found = env?.get(name);
    if (found === undefined || found === before?.get(name) || constraint === undefined) continue;
    const given = constantsOf(m, found);
    const wanted = constantsOf(m, { file, type: constraint, env });
    if (given.length === 0 || wanted.length === 0) continue;
    if (!given.every((c) => wanted.includes(c))) return "no";
    out = "yes";
  }
  return out;
}

/** The constants that a type is a union of; none where it is more. */
function constantsOf(m: Machine, type: TypeRef): readonly unknown[] {
  const view = m.types.view(type);
  if (view.v === "const") return [view.value];
  const all = view.v === "union" ? view.of.map((part) => m.types.view(part)) : [];
  return all.every((v) => v.v === "const") ? all.map((v) => v.value) : [];
}

/** Can the signature have these type arguments? Not more than it has parameters, and no objects where texts are asked for. */
function takes(m: Machine, { file, type }: TypeRef, types: readonly TypeRef[]): boolean {
  if (types.length === 0 || type.t !== "function") return true;
  const params = type.typeParams ?? [];
  return (
    types.length <= params.length &&
    types.every((t, i) => {
      const constraint = params[i]?.constraint;
      const wanted = constraint === undefined ? undefined : m.types.view({ file, type: constraint, env: null });
      const given = m.types.view(t).v;
      return wanted?.v !== "primitive" || (given !== "object" && given !== "class");
    })
  );
}

/** With type arguments put in: those that the call has, else those that its arguments tell (`on<K extends keyof Events>(name: K, …)`). */
function bound(m: Machine, signature: TypeRef, args: Args, types: readonly TypeRef[], self: Value): TypeRef {
  const { type } = signature;
  if (type.t !== "function" || type.typeParams === undefined) return signature;
  const params = type.typeParams;
  const given = types.map((t, i) => [params[i]!.name, t] as const);
  const told =
    types.length > 0
      ? given
      : inferred(
          m,
          signature,
          params.map((p) => p.name),
          self,
          args,
        );
  const env = new Map([...(signature.env ?? []), ...told]);
  return env.size === (signature.env?.size ?? 0) ? signature : { ...signature, env };
}

function mayBe(m: Machine, v: Value, type: TypeRef | undefined): boolean {
  const c = exact(v);
  if (typeof c !== "string") return true;
  const view = m.types.view(type);
  if (view.v === "const") return view.value === c;
  return view.v !== "union" || view.of.length === 0 || view.of.some((part) => mayBe(m, v, part));
}
