/**
 * Types as written, resolved across files by syntax alone: enough to know what an unknown value of a declared type holds.
 * What only the checker can know (conditional and mapped types, inference) is `any` here.
 */
import type { ClassFacts, TypeIR, TypeDecl } from "../facts/ir.js";
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

export type TypeView =
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
  | { readonly v: "function"; readonly returns: TypeRef | undefined }
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
        return { v: "function", returns: type.returns && at(t, type.returns) };
      case "literal":
        return objectView(t, type, undefined);
      case "ref":
        return reference(t, type.name, type.args ?? [], depth);
      case "indexed": {
        const key = type.key;
        if (key.t === "const" && typeof key.v === "string") return view(member(at(t, type.of), key.v)?.type, depth + 1);
        if (key.t === "primitive" && key.name === "number") return view(element(at(t, type.of)), depth + 1);
        return ANY;
      }
      case "typeof":
      case "keyof":
      case "complex":
        return ANY;
    }
  };

  const objectView = (t: TypeRef, type: TypeIR & { t: "literal" }, name: MemberKey | undefined): TypeView => {
    if (type.call !== undefined && type.props.length === 0)
      return { v: "function", returns: type.call.t === "function" && type.call.returns ? at(t, type.call.returns) : undefined };
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

  const bind = (file: LinkedFile, params: ClassFacts["typeParams"], args: readonly TypeRef[]): TypeEnv | null => {
    if (params === undefined || params.length === 0) return null;
    const env = new Map<string, TypeRef>();
    params.forEach((p, i) => {
      const given =
        args[i] ?? (p.default && { file, type: p.default, env: null }) ?? (p.constraint && { file, type: p.constraint, env: null });
      env.set(p.name, given ?? { file, type: { t: "primitive", name: "unknown" }, env: null });
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
          const local = e.k === "type" ? e.type : e.slot === "*default*" ? e.slot : e.slot;
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

  return { view: (t) => view(t), members: (t) => list(t), member, element, awaited };
}
