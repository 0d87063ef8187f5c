/**
 * Types as written, resolved across files by syntax alone: enough to know what an unknown value of a declared type holds.
 * What only the checker can know (inference, renaming mapped types) is `any` here; a conditional type is either of its branches.
 */
import type { ClassFacts, FunctionFacts, TypeIR, TypeDecl, TypeParam } from "../facts/ir.js";
import type { LinkedFile, Modules } from "./modules.js";

export type TypeEnv = ReadonlyMap<string, TypeRef>;

/** A written type in its file, with what the type parameters in scope stand for. */
export interface TypeRef {
  readonly file: LinkedFile;
  readonly type: TypeIR;
  readonly env: TypeEnv | null;
}

/** Names a member's declaration: `src/model.ts` (index), owner `User`, member `email`. */
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

/** What a type is; `property` where it is written as another type's property. */
export type TypeView = TypeShape & { readonly property?: PropertyOf };

type TypeShape =
  | { readonly v: "any" }
  | { readonly v: "primitive"; readonly name: string }
  | { readonly v: "const"; readonly value: string | number | boolean | null | undefined }
  | { readonly v: "array"; readonly of: TypeRef | undefined }
  | { readonly v: "tuple"; readonly of: readonly TypeRef[] }
  | { readonly v: "promise"; readonly of: TypeRef | undefined }
  | { readonly v: "map"; readonly of: TypeRef | undefined }
  | { readonly v: "object"; readonly members: readonly TypeMember[]; readonly index: TypeRef | undefined; readonly name?: MemberKey }
  | { readonly v: "class"; readonly file: LinkedFile; readonly cls: ClassFacts; readonly env: TypeEnv | null }
  | { readonly v: "external"; readonly module: string; readonly path: readonly string[] }
  | { readonly v: "function"; readonly params: readonly (TypeRef | undefined)[]; readonly returns: TypeRef | undefined }
  | { readonly v: "union"; readonly of: readonly TypeRef[] };

const ANY: TypeView = { v: "any" };
const SAME = new Set(["Partial", "Required", "Readonly", "NonNullable", "DeepPartial", "Prettify", "Simplify"]);
const LISTS = new Set([
  "Array",
  "ReadonlyArray",
  "Set",
  "ReadonlySet",
  "Iterable",
  "AsyncIterable",
  "IterableIterator",
  "AsyncIterableIterator",
  "Iterator",
  "AsyncIterator",
  "Generator",
  "AsyncGenerator",
  "ArrayLike",
]);

export interface Types {
  /** A type as it is written in a function: its type parameters stand for their constraints. */
  written(file: LinkedFile, fn: FunctionFacts, type: TypeIR): TypeRef;
  /** What a function is said to return where it is called with these type arguments. */
  returned(file: LinkedFile, fn: FunctionFacts, args: readonly TypeRef[]): TypeRef | undefined;
  /** The type that a module exports under a name. */
  exported(file: LinkedFile, name: string): TypeView | undefined;
  /** What instances of a class are. */
  instance(file: LinkedFile, cls: ClassFacts): TypeRef;
  /** The declared type of a name that a file only describes (`declare function f(): User`), or that a global declaration file does. */
  ambient(file: LinkedFile, name: string): TypeRef | undefined;
  view(t: TypeRef | undefined): TypeView;
  /** Members by name, inherited ones included; empty for everything but objects and classes. */
  members(t: TypeRef | undefined): readonly TypeMember[];
  member(t: TypeRef | undefined, name: string): TypeMember | undefined;
  element(t: TypeRef | undefined): TypeRef | undefined;
  awaited(t: TypeRef | undefined): TypeRef | undefined;
}

export function linkTypes(modules: Modules): Types {
  const views = new WeakMap<TypeRef, TypeView>();
  const memberLists = new WeakMap<TypeRef, readonly TypeMember[]>();

  const view = (t: TypeRef | undefined, depth = 0): TypeView => {
    if (t === undefined || depth > 12) return ANY;
    let known = views.get(t);
    if (known === undefined) views.set(t, (known = compute(t, depth)));
    return known;
  };

  const at = (t: TypeRef, type: TypeIR): TypeRef => ({ file: t.file, type, env: t.env });

  const compute = (t: TypeRef, depth: number): TypeView => {
    const { type } = t;
    switch (type.t) {
      case "primitive":
        return type.name === "any" || type.name === "unknown" || type.name === "object" ? ANY : { v: "primitive", name: type.name };
      case "const":
        return { v: "const", value: type.v };
      case "array":
        return { v: "array", of: at(t, type.of) };
      case "tuple":
        return type.rest === undefined ? { v: "tuple", of: type.of.map((x) => at(t, x)) } : { v: "array", of: at(t, type.rest) };
      case "union":
        return { v: "union", of: type.of.map((x) => at(t, x)) };
      case "intersection": {
        const members: TypeMember[] = [];
        let index: TypeRef | undefined;
        for (const part of type.of) {
          const ref = at(t, part);
          const p = view(ref, depth + 1);
          if (p.v === "external") return p;
          members.push(...list(ref, depth + 1));
          if (p.v === "object") index ??= p.index;
        }
        return members.length === 0 && index === undefined ? ANY : { v: "object", members, index };
      }
      case "function":
        return functionView(t, type);
      case "literal":
        return objectView(t, type, undefined);
      case "ref":
        return reference(t, type.name, type.args ?? [], depth);
      case "indexed": {
        const of = at(t, type.of);
        const key = view(at(t, type.key), depth + 1);
        const whole = view(of, depth + 1);
        if (whole.v === "external" && key.v === "const") return { ...whole, path: [...whole.path, String(key.value)] };
        if (key.v === "const" && typeof key.value === "string")
          return { ...view(member(of, key.value)?.type, depth + 1), property: { of, name: key.value } };
        if (key.v === "primitive" && key.name === "number") return view(element(of), depth + 1);
        return ANY;
      }
      case "conditional":
        return { v: "union", of: [at(t, type.then), at(t, type.else)] };
      case "mapped":
        return mapped(t, type, depth);
      case "keyof": {
        const names = list(at(t, type.of), depth + 1).map((x) => x.name);
        return { v: "union", of: names.map((v) => ({ file: t.file, type: { t: "const", v }, env: null })) };
      }
      case "typeof":
      case "complex":
        return ANY;
    }
  };

  const functionView = (t: TypeRef, type: TypeIR & { t: "function" }): TypeView => ({
    v: "function",
    params: type.params.map((p) => p.type && at(t, p.type)),
    returns: type.returns && at(t, type.returns),
  });

  /** `{[K in keyof T]: …}` has T's members, a list's elements, or is the primitive; `{[K in "a" | "b"]: …}` those named. */
  const mapped = (t: TypeRef, type: TypeIR & { t: "mapped" }, depth: number): TypeView => {
    const under = (key: TypeIR): TypeRef | undefined =>
      type.value && {
        file: t.file,
        type: type.value,
        env: new Map([...(t.env ?? []), [type.param, { file: t.file, type: key, env: null }]]),
      };
    const optional = type.optional === true;
    if (type.keys.t === "keyof") {
      const of = at(t, type.keys.of);
      const v = view(of, depth + 1);
      if (v.v === "array") return { v: "array", of: under({ t: "primitive", name: "number" }) };
      if (v.v !== "object" && v.v !== "class" && v.v !== "union") return v;
      const members = list(of, depth + 1).map((m) => ({
        ...m,
        type: under({ t: "const", v: m.name }),
        optional: optional || m.optional,
      }));
      return { v: "object", members, index: v.v === "object" && v.index ? under({ t: "primitive", name: "string" }) : undefined };
    }
    const keys = constants(at(t, type.keys));
    if (keys === undefined) return { v: "object", members: [], index: under({ t: "primitive", name: "string" }) };
    const members = [...keys].map((name): TypeMember => {
      const value = under({ t: "const", v: name });
      const property = view(value, depth + 1).property;
      const owners = property === undefined ? [] : (member(property.of, property.name)?.owners ?? []);
      return { name, type: value, optional, method: false, owners };
    });
    return { v: "object", members, index: undefined };
  };

  const objectView = (t: TypeRef, type: TypeIR & { t: "literal" }, name: MemberKey | undefined): TypeView => {
    if (type.call !== undefined && type.props.length === 0) return type.call.t === "function" ? functionView(t, type.call) : ANY;
    const members = type.props.map((p): TypeMember => ({
      name: p.name,
      type: p.type && at(t, p.type),
      optional: p.optional === true,
      method: p.method === true,
      owners: name ? [name] : [],
    }));
    return { v: "object", members, index: type.index && at(t, type.index), ...(name ? { name } : {}) };
  };

  const reference = (t: TypeRef, name: readonly string[], args: readonly TypeIR[], depth: number): TypeView => {
    const first = name[0]!;
    if (name.length === 1) {
      const bound = t.env?.get(first);
      if (bound !== undefined) return view(bound, depth + 1);
    }
    const argRefs = args.map((a) => at(t, a));
    const local = name.length === 1 ? declared(t.file, first, argRefs, depth) : undefined;
    if (local !== undefined) return local;
    const i = t.file.facts.imports.findIndex((x) => x.local === first);
    if (i >= 0) return imported(t.file, i, name.slice(1), argRefs, depth);
    return global(name, argRefs, depth);
  };

  const declared = (file: LinkedFile, name: string, args: readonly TypeRef[], depth: number): TypeView | undefined => {
    const decl = file.facts.types.find((d) => d.name === name);
    const cls = file.facts.classes.find((c) => c.name === name);
    if (cls !== undefined) return { v: "class", file, cls, env: bind(file, cls.typeParams, args) };
    if (decl === undefined) return undefined;
    return viewDecl(file, decl, args, depth);
  };

  const viewDecl = (file: LinkedFile, decl: TypeDecl, args: readonly TypeRef[], depth: number): TypeView => {
    const env = bind(file, decl.typeParams, args);
    const ref: TypeRef = { file, type: decl.type, env };
    const key: MemberKey = { file, owner: decl.name };
    if (decl.type.t !== "literal") {
      const v = view(ref, depth + 1);
      return v.v === "object" && v.name === undefined
        ? { ...v, name: key, members: v.members.map((m) => ({ ...m, owners: [...m.owners, key] })) }
        : v;
    }
    const own = objectView(ref, decl.type, key);
    if (own.v !== "object" || decl.extends === undefined) return own;
    const members = [...own.members];
    for (const base of decl.extends) {
      for (const m of list({ file, type: base, env }, depth + 1)) {
        const mine = members.findIndex((x) => x.name === m.name);
        if (mine < 0) members.push({ ...m, owners: [...m.owners, key] });
        else members[mine] = { ...members[mine]!, owners: [...members[mine]!.owners, ...m.owners] };
      }
    }
    return { ...own, members };
  };

  const bind = (file: LinkedFile, params: readonly TypeParam[] | undefined, args: readonly TypeRef[]): TypeEnv | null =>
    extended(file, null, params, args);

  /** With type parameters for their arguments, their defaults, their constraints, or anything. */
  const extended = (
    file: LinkedFile,
    outer: TypeEnv | null,
    params: readonly TypeParam[] | undefined,
    args: readonly TypeRef[],
  ): TypeEnv | null => {
    if (params === undefined || params.length === 0) return outer;
    const env = new Map<string, TypeRef>(outer);
    params.forEach((p, i) => {
      const type = p.default ?? p.constraint ?? ({ t: "primitive", name: "unknown" } as const);
      env.set(p.name, args[i] ?? { file, type, env });
    });
    return env;
  };

  const imported = (file: LinkedFile, i: number, rest: readonly string[], args: readonly TypeRef[], depth: number): TypeView => {
    const fact = file.facts.imports[i]!;
    const to = modules.resolve(file, fact.from);
    if (to.k === "external")
      return { v: "external", module: to.module, path: fact.name === "*" || fact.name === "=" ? rest : [fact.name, ...rest] };
    if (to.k !== "file") return ANY;
    if (fact.name === "*") return rest.length === 1 ? (exported(to.file, rest[0]!, args, depth, new Set()) ?? ANY) : ANY;
    if (rest.length > 0) return ANY;
    return exported(to.file, fact.name, args, depth, new Set()) ?? ANY;
  };

  const exported = (file: LinkedFile, name: string, args: readonly TypeRef[], depth: number, seen: Set<string>): TypeView | undefined => {
    const key = `${file.index}|${name}`;
    if (seen.has(key) || depth > 12) return undefined;
    seen.add(key);
    for (const e of file.facts.exports) {
      if (e.k === "star" || e.name !== name) continue;
      switch (e.k) {
        case "local":
        case "type": {
          const local = e.k === "type" ? e.type : e.slot;
          const hit =
            declared(file, local, args, depth) ??
            (name === "default" ? declared(file, local.replace("*default*", "default"), args, depth) : undefined);
          if (hit !== undefined) return hit;
          continue;
        }
        case "from": {
          const to = modules.resolve(file, e.from);
          if (to.k === "external") return { v: "external", module: to.module, path: [e.imported] };
          if (to.k === "file") {
            const hit = exported(to.file, e.imported, args, depth + 1, seen);
            if (hit !== undefined) return hit;
          }
          continue;
        }
        case "import":
          return imported(file, e.import, [], args, depth + 1);
      }
    }
    for (const e of file.facts.exports) {
      if (e.k !== "star") continue;
      const to = modules.resolve(file, e.from);
      if (to.k !== "file") continue;
      const hit = exported(to.file, name, args, depth + 1, seen);
      if (hit !== undefined) return hit;
    }
    return declared(file, name, args, depth);
  };

  const global = (name: readonly string[], args: readonly TypeRef[], depth: number): TypeView => {
    const n = name.join(".");
    if (n === "Promise" || n === "PromiseLike" || n === "Awaited")
      return n === "Awaited" ? view(awaited(args[0]), depth + 1) : { v: "promise", of: args[0] };
    if (LISTS.has(n)) return { v: "array", of: args[0] };
    if (SAME.has(n)) return view(args[0], depth + 1);
    if (n === "Record" || n === "Map" || n === "ReadonlyMap" || n === "WeakMap")
      return n === "Record" ? { v: "object", members: [], index: args[1] } : { v: "map", of: args[1] };
    if (n === "Pick" || n === "Omit") {
      const whole = view(args[0], depth + 1);
      if (whole.v === "external") return whole;
      const keys = constants(args[1]);
      const all = list(args[0], depth + 1);
      if (keys === undefined) return all.length === 0 ? ANY : { v: "object", members: all, index: undefined };
      return { v: "object", members: all.filter((m) => keys.has(m.name) === (n === "Pick")), index: undefined };
    }
    return ANY;
  };

  /** The string constants of a union type, if it is one. */
  const constants = (t: TypeRef | undefined): Set<string> | undefined => {
    const v = view(t);
    if (v.v === "const") return new Set([String(v.value)]);
    if (v.v !== "union") return undefined;
    const out = new Set<string>();
    for (const part of v.of) {
      const some = constants(part);
      if (some === undefined) return undefined;
      for (const s of some) out.add(s);
    }
    return out;
  };

  const list = (t: TypeRef | undefined, depth = 0): readonly TypeMember[] => {
    if (t === undefined || depth > 12) return [];
    const known = memberLists.get(t);
    if (known !== undefined) return known;
    memberLists.set(t, []);
    const v = view(t, depth);
    const out =
      v.v === "object"
        ? v.members
        : v.v === "class"
          ? classMembers(v.file, v.cls, v.env, depth)
          : v.v === "union"
            ? unionMembers(v.of, depth)
            : [];
    memberLists.set(t, out);
    return out;
  };

  const unionMembers = (of: readonly TypeRef[], depth: number): readonly TypeMember[] => {
    const out = new Map<string, TypeMember>();
    for (const part of of)
      for (const m of list(part, depth + 1)) {
        const old = out.get(m.name);
        out.set(m.name, old === undefined ? m : { ...old, owners: [...old.owners, ...m.owners] });
      }
    return [...out.values()];
  };

  const classMembers = (file: LinkedFile, cls: ClassFacts, env: TypeEnv | null, depth: number): readonly TypeMember[] => {
    const key: MemberKey = { file, owner: cls.name };
    const out = new Map<string, TypeMember>();
    for (const p of cls.types)
      out.set(p.name, {
        name: p.name,
        type: p.type && { file, type: p.type, env },
        optional: p.optional === true,
        method: p.method === true,
        owners: [key],
      });
    const bases: TypeIR[] = [...cls.implements];
    if (cls.superclass !== undefined) {
      const name = nameOf(cls.superclass);
      if (name !== undefined) bases.push({ t: "ref", name, ...(cls.superTypeArgs ? { args: cls.superTypeArgs } : {}) });
    }
    for (const base of bases)
      for (const m of list({ file, type: base, env }, depth + 1)) {
        const mine = out.get(m.name);
        out.set(m.name, mine === undefined ? { ...m, owners: [...m.owners, key] } : { ...mine, owners: [...mine.owners, ...m.owners] });
      }
    return [...out.values()];

    function nameOf(e: NonNullable<ClassFacts["superclass"]>): string[] | undefined {
      if (e.e === "var") return [e.slot];
      if (e.e === "import") return [file.facts.imports[e.i]?.local ?? ""];
      if (e.e === "member" && e.key.e === "const" && typeof e.key.v === "string") {
        const o = nameOf(e.o);
        return o && [...o, e.key.v];
      }
      return e.e === "global" ? [e.name] : undefined;
    }
  };

  const member = (t: TypeRef | undefined, name: string): TypeMember | undefined => {
    const found = list(t).find((m) => m.name === name);
    if (found !== undefined) return found;
    const v = view(t);
    if (v.v === "object" && v.index !== undefined) return { name, type: v.index, optional: true, method: false, owners: [] };
    return undefined;
  };

  const element = (t: TypeRef | undefined): TypeRef | undefined => {
    const v = view(t);
    switch (v.v) {
      case "array":
      case "map":
        return v.of;
      case "object":
        return v.index;
      case "tuple":
        return v.of.length === 1 ? v.of[0] : t && { file: t.file, type: { t: "union", of: v.of.map((x) => x.type) }, env: t.env };
      case "union": {
        for (const part of v.of) {
          const e = element(part);
          if (e !== undefined) return e;
        }
        return undefined;
      }
      default:
        return undefined;
    }
  };

  const awaited = (t: TypeRef | undefined): TypeRef | undefined => {
    const v = view(t);
    return v.v === "promise" ? awaited(v.of) : t;
  };

  const scopes = new Map<FunctionFacts, TypeEnv | null>();
  /** What the type parameters in scope stand for: their constraints. */
  const scopeOf = (file: LinkedFile, fn: FunctionFacts): TypeEnv | null => {
    const known = scopes.get(fn);
    if (known !== undefined) return known;
    const outer = fn.parent < 0 ? null : scopeOf(file, file.facts.functions[fn.parent]!);
    const cls = fn.owner === undefined ? undefined : file.facts.classes[fn.owner];
    const env = extended(file, extended(file, outer, cls?.typeParams, []), fn.typeParams, []);
    scopes.set(fn, env);
    return env;
  };

  const refs = new WeakMap<TypeIR, TypeRef>();
  const written = (file: LinkedFile, fn: FunctionFacts, type: TypeIR): TypeRef => {
    let ref = refs.get(type);
    if (ref === undefined) refs.set(type, (ref = { file, type, env: scopeOf(file, fn) }));
    return ref;
  };

  const returned = (file: LinkedFile, fn: FunctionFacts, args: readonly TypeRef[]): TypeRef | undefined =>
    fn.returnType && { file, type: fn.returnType, env: extended(file, scopeOf(file, fn), fn.typeParams, args) };

  const instances = new Map<ClassFacts, TypeRef>();
  const instance = (file: LinkedFile, cls: ClassFacts): TypeRef => {
    let ref = instances.get(cls);
    if (ref === undefined) instances.set(cls, (ref = { file, type: { t: "ref", name: [cls.name] }, env: null }));
    return ref;
  };

  const ambients = new Map<string, TypeRef | undefined>();
  const ambient = (file: LinkedFile, name: string): TypeRef | undefined => {
    const key = `${file.index}|${name}`;
    if (ambients.has(key)) return ambients.get(key);
    const typeIn = (f: LinkedFile): TypeRef | undefined => {
      const type = f.facts.ambient?.find((a) => a.name === name)?.type;
      return type && { file: f, type, env: null };
    };
    let found = typeIn(file);
    for (const f of modules.files) if (f.facts.format === "script") found ??= typeIn(f);
    ambients.set(key, found);
    return found;
  };

  const exportedType = (file: LinkedFile, name: string): TypeView | undefined => exported(file, name, [], 0, new Set());

  return {
    written,
    returned,
    exported: exportedType,
    instance,
    ambient,
    view: (t) => view(t),
    members: (t) => list(t),
    member,
    element,
    awaited,
  };
}
