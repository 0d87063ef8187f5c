/**
 * What a locator was found to name, and whether it has the parts that the manifest's entry goes on to name: parameters, results, their
 * properties. Answers from types as they are written; what those leave open is neither there nor missing.
 */
import type { ClassFacts, FunctionFacts, Param } from "../../facts/ir.js";
import type { LinkedFile } from "../../link/modules.js";
import type { TypeMember, TypeRef, Types, TypeView } from "../../link/types.js";
import type { ArgumentPath, PathStep } from "../../manifest/model.js";

export type Named =
  | { readonly k: "function"; readonly file: LinkedFile; readonly fn: FunctionFacts }
  | { readonly k: "class"; readonly file: LinkedFile; readonly cls: ClassFacts }
  /** An interface, an alias or an enum. */
  | { readonly k: "type" }
  /** A member that a class or interface declares. */
  | { readonly k: "member"; readonly member: TypeMember }
  /** Below a member: `User.address.city`. */
  | { readonly k: "below"; readonly owner: string; readonly member: string }
  /** Something that nothing more is known of. */
  | { readonly k: "other" };

/** Is a part there? What is missing, and what there is instead, where that is known. */
export type Presence =
  | { readonly is: "there" | "open" }
  | { readonly is: "missing"; readonly what: "parameter"; readonly count: number }
  | { readonly is: "missing"; readonly what: "property"; readonly name: string; readonly known: readonly string[] }
  | { readonly is: "missing"; readonly what: "element" | "list" }
  | { readonly is: "missing"; readonly what: "value"; readonly known: readonly string[] };

const THERE: Presence = { is: "there" };
const OPEN: Presence = { is: "open" };

/** What a path names among a file's types and classes; undefined when it has no such type, or the type certainly has no such member. */
export function namedType(types: Types, file: LinkedFile, path: readonly string[]): Named | undefined {
  const [first] = path;
  if (first === undefined) return undefined;
  // A namespace's types have its name before theirs: `Api.User.email`.
  const spaces = path.map((_, i) => path.slice(0, i + 1).join(".")).reverse();
  const owner = spaces.find((n) => file.facts.types.some((t) => t.name === n)) ?? first;
  const [name, ...rest] = path.slice(owner.split(".").length);
  const declarations = file.facts.types.filter((t) => t.name === owner);
  const cls = file.facts.classes.find((c) => c.name === owner);
  if (cls === undefined && declarations.length === 0) return undefined;
  if (name === undefined) return cls === undefined ? { k: "type" } : { k: "class", file, cls };
  const type: TypeRef = cls === undefined ? types.declared(file, owner) : types.instance(file, cls);
  const member = types.members(type).find((m) => m.name === name);
  if (member !== undefined)
    return rest.length === 0 ? { k: "member", member } : inner(types, member, rest, { k: "below", owner, member: name });
  const isValue = cls?.members.some((m) => m.key.e === "const" && m.key.v === name) === true || declarations.some((d) => d.k === "enum");
  return isValue || declarations.length > 1 || isOpen(types, type) ? { k: "other" } : undefined;
}

/** A member of a member's type, or of its elements': `User.address.city`; `without` where there is no such thing. */
function inner(types: Types, above: TypeMember, path: readonly string[], without: Named): Named {
  const [name, ...rest] = path;
  const awaited = types.awaited(above.type);
  const type = types.element(awaited) ?? awaited;
  const member = types.members(type).find((m) => m.name === name);
  if (member !== undefined) return rest.length === 0 ? { k: "member", member } : inner(types, member, rest, without);
  return type === undefined || isOpen(types, type) ? { k: "other" } : without;
}

/** May the type have more members than its text shows? It does where it builds on what only the checker knows. */
export function isOpen(types: Types, t: TypeRef, depth = 0): boolean {
  if (depth > 12) return true;
  const view = types.view(t);
  switch (view.v) {
    case "any":
    case "external":
      return true;
    case "union":
      return view.of.some((part) => isOpen(types, part, depth + 1));
    case "class": {
      const base = view.cls.superclass;
      if (base === undefined) return false;
      const name = base.e === "var" ? base.slot : base.e === "import" ? view.file.facts.imports[base.i]?.local : undefined;
      return name === undefined || isOpen(types, { file: view.file, type: { t: "ref", name: [name] }, env: null }, depth + 1);
    }
    case "object": {
      if (view.name === undefined) return parts(t).some((part) => isOpen(types, part, depth + 1));
      const { file, owner } = view.name;
      const declarations = file.facts.types.filter((d) => d.name === owner);
      if (declarations.length !== 1) return true;
      const [{ type, extends: bases = [] }] = declarations as [(typeof declarations)[0]];
      const aliased: TypeRef = { file, type, env: t.env };
      return [...bases.map((base): TypeRef => ({ file, type: base, env: t.env })), ...parts(aliased)].some((part) =>
        isOpen(types, part, depth + 1),
      );
    }
    default:
      return false;
  }
}

/** What an intersection is made of; what a type operator is made of cannot be told, so it stands for anything. */
function parts({ type, ...scope }: TypeRef): TypeRef[] {
  switch (type.t) {
    case "intersection":
      return type.of.map((part) => ({ ...scope, type: part }));
    case "literal":
      return [];
    default:
      return [{ ...scope, type: { t: "primitive", name: "unknown" } }];
  }
}

/** Is there anything at a path below values of a type? */
export function atType(types: Types, given: TypeRef | undefined, path: readonly PathStep[]): Presence {
  const [step, ...rest] = path;
  if (given === undefined) return OPEN;
  if (step === undefined) return THERE;
  const t = types.awaited(given) ?? given;
  const view = types.view(t);
  switch (view.v) {
    case "primitive":
    case "const":
      return atPrimitive(view, step);
    case "union":
      return any(view.of.filter((part) => !isNullish(types.view(part))).map((part) => atType(types, part, path)));
    case "array":
      if (step.k === "prop") return step.name === "length" ? OPEN : { is: "missing", what: "list" };
      return atType(types, view.of, rest);
    case "tuple":
      if (step.k === "prop") return OPEN;
      if (step.k === "any") return any(view.of.map((part) => atType(types, part, rest)));
      return view.of[step.i] === undefined ? { is: "missing", what: "element" } : atType(types, view.of[step.i], rest);
    case "object":
    case "class": {
      if (step.k !== "prop") return OPEN;
      const member = types.members(t).find((m) => m.name === step.name);
      if (member !== undefined) return atType(types, member.type, rest);
      if (view.v === "object" && view.index !== undefined) return atType(types, view.index, rest);
      if (isOpen(types, t)) return OPEN;
      return { is: "missing", what: "property", name: step.name, known: names(types.members(t)) };
    }
    default:
      return OPEN;
  }
}

/** Text may be that of an object: JSON. */
function atPrimitive(view: TypeView, step: PathStep): Presence {
  const isText = view.v === "const" ? typeof view.value === "string" : view.v === "primitive" && !CLOSED.has(view.name);
  return isText ? OPEN : { is: "missing", what: "property", name: step.k === "prop" ? step.name : "[*]", known: [] };
}

const CLOSED = new Set(["number", "boolean", "bigint"]);

const isNullish = (view: TypeView): boolean =>
  (view.v === "const" && (view.value === null || view.value === undefined)) ||
  (view.v === "primitive" && (view.name === "null" || view.name === "undefined" || view.name === "void"));

const names = (members: readonly TypeMember[]): string[] =>
  members
    .filter((m) => !m.method)
    .map((m) => m.name)
    .sort();

/** Of several possibilities one is enough; where all lack it, what all of them have is known. */
export function any(all: readonly Presence[]): Presence {
  const found = all.find(({ is }) => is === "there") ?? all.find(({ is }) => is === "open");
  const [first, ...others] = all;
  if (found !== undefined || first === undefined) return found ?? OPEN;
  if (first.is !== "missing" || first.what !== "property") return first;
  const known = [first, ...others].flatMap((one) => (one.is === "missing" && one.what === "property" ? one.known : []));
  return { ...first, known: [...new Set(known)].sort() };
}

/** Is a function given this argument, and that part of it? */
export function atArgument(types: Types, named: Named, { position, path }: Pick<ArgumentPath, "position" | "path">): Presence {
  const found = argumentTypes(types, named, position);
  return found === undefined ? OPEN : "is" in found ? found : any(found.map((type) => atType(types, type, path)));
}

/** The declared types of an argument, `*` for those of all; undefined when the callee's parameters are not known. */
function argumentTypes(types: Types, named: Named, position: number | "*"): readonly (TypeRef | undefined)[] | Presence | undefined {
  const missing = (count: number): Presence => ({ is: "missing", what: "parameter", count });
  if (named.k === "member") {
    const { member } = named;
    const view = types.view(member.type);
    if (view.v !== "function" || position === "*") return undefined;
    // What the last one is given may be a rest parameter's.
    return position < view.params.length - 1 || (position === view.params.length - 1 && types.view(view.params[position]).v !== "array")
      ? [view.params[position]]
      : undefined;
  }
  const called = callee(named);
  if (called === undefined) return undefined;
  if (called === "none") return missing(0);
  const { file, fn } = called;
  const typeOf = (param: Param): TypeRef | undefined => {
    const type = param.type === undefined ? undefined : types.written(file, fn, param.type);
    return param.rest ? types.element(type) : type;
  };
  if (position === "*") return fn.params.length === 0 ? (fn.usesArguments === true ? undefined : missing(0)) : fn.params.map(typeOf);
  const param = fn.params[position] ?? (fn.params.at(-1)?.rest === true ? fn.params.at(-1) : undefined);
  if (param !== undefined) return [typeOf(param)];
  return fn.usesArguments === true ? undefined : missing(fn.params.length);
}

/** The function that a call runs: itself, or the class's constructor, if it has one. */
function callee(named: Named): { readonly file: LinkedFile; readonly fn: FunctionFacts } | "none" | undefined {
  if (named.k === "function") return named;
  if (named.k !== "class") return undefined;
  const { file, cls } = named;
  const fn = cls.ctor === undefined ? undefined : file.facts.functions[cls.ctor];
  return fn === undefined ? (cls.superclass === undefined ? "none" : undefined) : { file, fn };
}

/** Is there anything at a path of what a function gives? */
export function atResult(types: Types, named: Named, path: readonly PathStep[]): Presence {
  if (named.k === "function") return atType(types, types.returned(named.file, named.fn, []), path);
  if (named.k !== "member") return OPEN;
  const view = types.view(named.member.type);
  return view.v === "function" ? atType(types, view.returns, path) : OPEN;
}

/** May the argument have this value? Not where its type is one of other constants. */
export function atValue(types: Types, named: Named, argument: ArgumentPath, value: string | number | boolean | null): Presence {
  const there = atArgument(types, named, argument);
  if (there.is !== "there" || argument.position === "*") return there;
  const found = argumentTypes(types, named, argument.position);
  if (found === undefined || "is" in found) return OPEN;
  const known = found.map((type) => constants(types, below(types, type, argument.path)));
  const all = known.flatMap((some) => some ?? []);
  if (known.includes(undefined) || all.length === 0 || all.includes(String(value))) return THERE;
  return { is: "missing", what: "value", known: [...new Set(all)].sort() };
}

/** The type at a path of named properties; undefined where it is not as simple as that. */
function below(types: Types, type: TypeRef | undefined, path: readonly PathStep[]): TypeRef | undefined {
  return path.reduce<TypeRef | undefined>((t, step) => (step.k === "prop" ? types.member(t, step.name)?.type : undefined), type);
}

/** The constants that a type is made of, as text; undefined where it is more. */
function constants(types: Types, type: TypeRef | undefined): readonly string[] | undefined {
  const view = types.view(type);
  if (view.v === "const") return [String(view.value)];
  if (view.v === "primitive" && view.name === "boolean") return ["true", "false"];
  if (isNullish(view)) return ["null"];
  if (view.v !== "union") return undefined;
  const parts = view.of.map((part) => constants(types, part));
  return parts.includes(undefined) ? undefined : parts.flatMap((some) => some ?? []);
}

/** Could a call reach what this names? A value that is no function cannot be called. */
export function isCallable(types: Types, named: Named): boolean {
  switch (named.k) {
    case "type":
    case "below":
      return false;
    case "member": {
      const { member } = named;
      return member.method || mayBeCalled(types.view(member.type), types);
    }
    default:
      return true;
  }
}

function mayBeCalled(view: TypeView, types: Types): boolean {
  if (view.v === "union") return view.of.some((part) => mayBeCalled(types.view(part), types));
  return !["primitive", "const", "array", "tuple", "object", "class"].includes(view.v);
}
