/**
 * Types as written, resolved across files by syntax alone: enough to know what an unknown value of a declared type holds.
 * What only the checker can know (inference, renaming mapped types) is `any` here; a conditional type is either of its branches.
 */
import type { ClassFacts, FunctionFacts, TypeIR } from "../facts/ir.js";
import { inference } from "./inferred.js";
import { SIMPLER_TYPES } from "./library-types/simpler.js";
import type { LinkedFile, Modules } from "./modules.js";
import { NOTHING_SOUGHT, type Sought } from "./sought.js";
import { ambientType } from "./types/ambient.js";
import type { TypeContext } from "./types/context.js";
import { exportedType } from "./types/exports.js";
import { implementorsOf, type Implementor } from "./types/implementors.js";
import { awaited, elementOf, memberOf, membersOf, signaturesOf } from "./types/members.js";
import { constructed, ofPackage } from "./types/packages.js";
import { extended, scopeOf } from "./types/parameters.js";
import { instanceOf, writtenIn } from "./types/references.js";
import { constantsOf, view } from "./types/views.js";
import { utilityTypes } from "./utility-types.js";

export type TypeEnv = ReadonlyMap<string, TypeRef>;

/** A written type in its file, with what the type parameters in scope stand for. */
export interface TypeRef {
  readonly file: LinkedFile;
  readonly type: TypeIR;
  readonly env: TypeEnv | null;
  /** Its members are also those of this declaration: the type is an alias's, or that of a member on the way to one that is sought. */
  readonly within?: MemberKey | undefined;
}

/** Names what declares members: `src/model.ts` (index), owner `User`, `Api.User` in a namespace, `User.address` for a nested type. */
export interface MemberKey {
  readonly file: LinkedFile;
  readonly owner: string;
}

export interface TypeMember {
  readonly name: string;
  readonly type: TypeRef | undefined;
  readonly optional: boolean;
  readonly method: boolean;
  /** The declarations that this member belongs to: its own and those it implements or overrides. */
  readonly owners: readonly MemberKey[];
}

/** A property as a type's own way to say it: `User["email"]`. */
export interface PropertyOf {
  readonly of: TypeRef;
  readonly name: string;
}

/** How an iterator that is gone through by hand gives its elements, and what it gives at the end. */
export interface Steps {
  readonly async: boolean;
  readonly returned: TypeRef | undefined;
}

/** What a type is; `property` where it is written as another type's property. */
export type TypeView = TypeShape & { readonly property?: PropertyOf };

type TypeShape =
  | { readonly v: "any" }
  | { readonly v: "primitive"; readonly name: string }
  | { readonly v: "const"; readonly value: string | number | boolean | null | undefined }
  | { readonly v: "array"; readonly of: TypeRef | undefined; readonly steps?: Steps }
  | { readonly v: "tuple"; readonly of: readonly TypeRef[] }
  | { readonly v: "promise"; readonly of: TypeRef | undefined }
  | { readonly v: "map"; readonly of: TypeRef | undefined }
  | {
      readonly v: "object";
      readonly members: readonly TypeMember[];
      readonly index: TypeRef | undefined;
      readonly name?: MemberKey;
      /** What the type parameters of the declaration of that name stand for. */
      readonly env?: TypeEnv | null;
      /** It can be called, too. */
      readonly call?: TypeRef | undefined;
      /** What `new` makes of it. */
      readonly made?: TypeRef;
      /** What it comes to where it is awaited: a query is a promise of its rows. */
      readonly promised?: TypeRef | undefined;
    }
  | { readonly v: "class"; readonly file: LinkedFile; readonly cls: ClassFacts; readonly env: TypeEnv | null }
  /** A package's; `shape` is what its declarations say of it with these arguments, looked up only where a declared field may be in it. */
  | {
      readonly v: "external";
      readonly module: string;
      readonly path: readonly string[];
      readonly shape?: TypeView | undefined;
      readonly args?: readonly TypeRef[];
    }
  | {
      readonly v: "function";
      readonly params: readonly (TypeRef | undefined)[];
      /** Of each argument behind `params`. */
      readonly rest: TypeRef | undefined;
      readonly returns: TypeRef | undefined;
      /** All signatures of an overloaded or named function: the others are those of the first. */
      readonly overloads?: readonly TypeRef[];
    }
  | { readonly v: "union"; readonly of: readonly TypeRef[] };

export interface Types {
  /** A type as it is written in a function: its type parameters stand for their constraints. */
  written(file: LinkedFile, fn: FunctionFacts, type: TypeIR): TypeRef;
  /** What a function is said to return where it is called with these type arguments. */
  returned(file: LinkedFile, fn: FunctionFacts, args: readonly TypeRef[]): TypeRef | undefined;
  /** The same, or else what its `return`s tell by their syntax: never all that it may return. `env`: what the class's type parameters are. */
  inferred(file: LinkedFile, fn: FunctionFacts, args: readonly TypeRef[], env?: TypeEnv | null): TypeRef | undefined;
  /** The type that a module exports under a name. */
  exported(file: LinkedFile, name: string): TypeView | undefined;
  /** The type that a file declares under a name, a namespace's by its path: one and the same however often it is asked for. */
  declared(file: LinkedFile, name: string): TypeRef;
  /** What instances of a class are, made with these type arguments. */
  instance(file: LinkedFile, cls: ClassFacts, args?: readonly TypeRef[]): TypeRef;
  /** A package's value by its path from the module's export, as its declarations have it. Only where something is sought at all. */
  ofPackage(file: LinkedFile, module: string, path: readonly string[]): TypeRef | undefined;
  /** What `new` makes of a package's class with these type arguments; undefined where nothing that is sought is in them. */
  constructed(file: LinkedFile, module: string, path: readonly string[], args: readonly TypeRef[]): TypeRef | undefined;
  /** Is something sought in this package? Then what its functions return may be it. */
  isSoughtIn(module: string): boolean;
  /** May something that is sought be in this type? Never says no wrongly, and is cheap to ask. */
  mayHoldSought(t: TypeRef): boolean;
  /** Is something written down of this package, so that asking for it costs nothing? */
  isWritten(module: string): boolean;
  /** The declared type of a name that a file only describes (`declare function f(): User`), or that a global declaration file does. */
  ambient(file: LinkedFile, name: string): TypeRef | undefined;
  view(t: TypeRef | undefined): TypeView;
  /** Members by name, inherited ones included; empty for everything but objects and classes. */
  members(t: TypeRef | undefined): readonly TypeMember[];
  member(t: TypeRef | undefined, name: string): TypeMember | undefined;
  element(t: TypeRef | undefined): TypeRef | undefined;
  awaited(t: TypeRef | undefined): TypeRef | undefined;
  /** The signatures of what can be called; each one's view is a function. */
  signatures(t: TypeRef | undefined): readonly TypeRef[];
  /** The classes of the program that implement an interface with methods, where they are few. */
  implementors(t: TypeRef | undefined): readonly Implementor[];
}

/** What a name of a file stands for, found out once. */
function remembered<T>(known: Map<LinkedFile, Map<string, T>>, file: LinkedFile, name: string, find: () => T): T {
  let names = known.get(file);
  if (names === undefined) known.set(file, (names = new Map<string, T>()));
  if (!names.has(name)) names.set(name, find());
  return names.get(name)!;
}

/** Answers questions about the types of a linked program. `sought`: members that somebody looks for in them. */
export function linkTypes(modules: Modules, sought: Sought = NOTHING_SOUGHT): Types {
  const questions = {
    view: (t: TypeRef | undefined, depth?: number) => view(c, t, depth),
    members: (t: TypeRef | undefined, depth?: number) => membersOf(c, t, depth),
    member: (t: TypeRef | undefined, name: string) => memberOf(c, t, name),
    element: (t: TypeRef | undefined) => elementOf(c, t),
    awaited: (t: TypeRef | undefined) => awaited(c, t),
    signatures: (t: TypeRef | undefined) => signaturesOf(c, t),
    constants: (t: TypeRef | undefined) => constantsOf(c, t),
    instance: (file: LinkedFile, cls: ClassFacts, args?: readonly TypeRef[]) => instanceOf(c, file, cls, args),
    scopeOf: (file: LinkedFile, fn: FunctionFacts) => scopeOf(c, file, fn),
  };
  const c: TypeContext = {
    modules,
    sought,
    utilities: utilityTypes(questions),
    values: inference({ modules, ...questions }),
    views: new WeakMap(),
    shaped: new WeakMap(),
    memberLists: new WeakMap(),
    containers: new WeakMap(),
    scopes: new Map(),
    refs: new WeakMap(),
    instances: new Map(),
    ambients: new Map(),
    implementors: {},
  };
  const leads = leading(sought);
  const exports = new Map<LinkedFile, Map<string, TypeView | undefined>>();
  const declarations = new Map<LinkedFile, Map<string, TypeRef>>();
  return {
    written: (file, fn, type) => writtenIn(c, file, fn, type),
    returned: (file, fn, args) =>
      fn.returnType && { file, type: fn.returnType, env: extended(file, scopeOf(c, file, fn), fn.typeParams, args) },
    inferred: (file, fn, args, env) => c.values.ofResult(file, fn, extended(file, env ?? scopeOf(c, file, fn), fn.typeParams, args)),
    exported: (file, name) => remembered(exports, file, name, () => exportedType(c, file, name.split("."), [], 0, new Set())),
    declared: (file, name) => remembered(declarations, file, name, () => ({ file, type: { t: "ref", name: name.split(".") }, env: null })),
    instance: questions.instance,
    ofPackage: (file, module, path) => ofPackage(c, file, module, path),
    constructed: (file, module, path, args) => constructed(c, file, module, path, args),
    isSoughtIn: (module) => sought.any && sought.inPackage(module),
    mayHoldSought: (t) => sought.any && leads(t),
    isWritten: (module) => sought.any && Object.hasOwn(SIMPLER_TYPES, module),
    ambient: (file, name) => ambientType(c, file, name),
    view: (t) => view(c, t),
    members: (t) => membersOf(c, t),
    member: questions.member,
    element: questions.element,
    awaited: questions.awaited,
    signatures: questions.signatures,
    implementors: (t) => implementorsOf(c, t),
  };
}

/** Does where a type is written, or what its type parameters stand for, lead to what is sought? */
function leading(sought: Sought): (t: TypeRef) => boolean {
  const known = new WeakMap<TypeEnv, boolean>();
  const here = (t: TypeRef): boolean => t.within !== undefined || sought.from(t.file);
  /** Through what the parameters stand for in turn, which may come back to themselves. */
  const among = (env: TypeEnv): boolean => {
    const envs = new Set([env]);
    for (const each of envs) {
      const before = known.get(each);
      if (before === true) return true;
      if (before === false) continue;
      for (const t of each.values()) {
        if (here(t)) return true;
        if (t.env !== null) envs.add(t.env);
      }
    }
    return false;
  };
  return (t) => {
    if (here(t)) return true;
    if (t.env === null) return false;
    let out = known.get(t.env);
    if (out === undefined) known.set(t.env, (out = among(t.env)));
    return out;
  };
}
