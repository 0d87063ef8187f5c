/**
 * Types as written, resolved across files by syntax alone: enough to know what an unknown value of a declared type holds.
 * What only the checker can know (inference, renaming mapped types) is `any` here; a conditional type is either of its branches.
 */
import type { ClassFacts, FunctionFacts, TypeIR, TypeDecl, TypeParam } from "../facts/ir.js";
import { inference } from "./inferred.js";
import type { LinkedFile, Modules } from "./modules.js";
import { NOTHING_SOUGHT, type Sought } from "./sought.js";
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
    }
  | { readonly v: "class"; readonly file: LinkedFile; readonly cls: ClassFacts; readonly env: TypeEnv | null }
  /** A package's; `shape` is what its declarations say of it, looked up only where a declared field may be in it. */
  | { readonly v: "external"; readonly module: string; readonly path: readonly string[]; readonly shape?: TypeView | undefined }
  | {
      readonly v: "function";
      readonly params: readonly (TypeRef | undefined)[];
      /** Of each argument behind `params`. */
      readonly rest: TypeRef | undefined;
      readonly returns: TypeRef | undefined;
      /** All signatures of an overloaded function: the others are those of the first. */
      readonly overloads?: readonly TypeRef[];
    }
  | { readonly v: "union"; readonly of: readonly TypeRef[] };

const ANY: TypeView = { v: "any" };
/** Types within types: what is deeper is anything. */
const DEEPEST = 12;
/** Levels of a type argument in which a declared field is looked for. */
const BEARING = 4;

export interface Types {
  /** A type as it is written in a function: its type parameters stand for their constraints. */
  written(file: LinkedFile, fn: FunctionFacts, type: TypeIR): TypeRef;
  /** What a function is said to return where it is called with these type arguments. */
  returned(file: LinkedFile, fn: FunctionFacts, args: readonly TypeRef[]): TypeRef | undefined;
  /** The same, or else what its `return`s tell by their syntax: never all that it may return. `env`: what the class's type parameters are. */
  inferred(file: LinkedFile, fn: FunctionFacts, args: readonly TypeRef[], env?: TypeEnv | null): TypeRef | undefined;
  /** The type that a module exports under a name. */
  exported(file: LinkedFile, name: string): TypeView | undefined;
  /** What instances of a class are, made with these type arguments. */
  instance(file: LinkedFile, cls: ClassFacts, args?: readonly TypeRef[]): TypeRef;
  /** A package's value by its path from the module's export, as its declarations have it. Only where something is sought at all. */
  ofPackage(file: LinkedFile, module: string, path: readonly string[]): TypeRef | undefined;
  /** What `new` makes of a package's class with these type arguments; undefined where nothing that is sought is in them. */
  constructed(file: LinkedFile, module: string, path: readonly string[], args: readonly TypeRef[]): TypeRef | undefined;
  /** Is something sought in this package? Then what its functions return may be it. */
  isSoughtIn(module: string): boolean;
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
}

export function linkTypes(modules: Modules, sought: Sought = NOTHING_SOUGHT): Types {
  const views = new WeakMap<TypeRef, TypeView>();
  const memberLists = new WeakMap<TypeRef, readonly TypeMember[]>();

  const view = (t: TypeRef | undefined, depth = 0): TypeView => {
    if (t === undefined || depth > DEEPEST) return ANY;
    let known = views.get(t);
    if (known !== undefined) return known;
    // A type that is written in terms of itself (`T extends Record<K, string>, K extends keyof T`) is anything where it comes back.
    views.set(t, ANY);
    views.set(t, (known = compute(t, depth)));
    return known;
  };

  /** Another type of the same place: an element, a part of a union, an argument. */
  const at = (t: TypeRef, type: TypeIR): TypeRef => ({ ...t, type });
  /** A type of the same place that is none of the members on the way to this one. */
  const beside = (t: TypeRef, type: TypeIR): TypeRef => ({ file: t.file, type, env: t.env });
  const isSought = (key: MemberKey): boolean => sought.any && sought.membersOf(key).length > 0;
  /** The type of an owner's member, which may be on the way to a member that is sought. */
  const passing = (t: TypeRef | undefined, key: MemberKey, name: string): TypeRef | undefined => {
    if (t === undefined || !sought.any) return t;
    const within = { file: key.file, owner: `${key.owner}.${name}` };
    return isSought(within) ? { ...t, within } : t;
  };
  /** What is sought in a type of which syntax tells nothing: the manifest says that it has these members. */
  const assumed = (key: MemberKey): TypeView | undefined => {
    const names = sought.any ? sought.membersOf(key) : [];
    if (names.length === 0) return undefined;
    const members = names.map((name): TypeMember => ({ name, type: undefined, optional: false, method: false, owners: [key] }));
    return { v: "object", members, index: undefined, name: key };
  };

  const compute = (t: TypeRef, depth: number): TypeView => {
    const v = written(t, depth);
    return v.v === "any" && t.within !== undefined ? (assumed(t.within) ?? v) : v;
  };

  const written = (t: TypeRef, depth: number): TypeView => {
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
      case "intersection":
        return intersection(
          type.of.map((part) => at(t, part)),
          depth,
        );
      case "function":
        return functionView(t, type, depth);
      case "literal":
        return objectView(t, type, undefined);
      case "ref":
        return reference(t, type.name, type.args ?? [], depth);
      case "indexed": {
        const of = beside(t, type.of);
        const key = view(beside(t, type.key), depth + 1);
        const whole = view(of, depth + 1);
        if (whole.v === "external" && whole.shape === undefined && key.v === "const")
          return { ...whole, path: [...whole.path, String(key.value)] };
        if (key.v === "const" && typeof key.value === "string")
          return { ...view(member(of, key.value)?.type, depth + 1), property: { of, name: key.value } };
        if (key.v === "const" && typeof key.value === "number") return view(elementAt(of, key.value), depth + 1);
        if (key.v === "primitive" && key.name === "number") return view(element(of), depth + 1);
        return ANY;
      }
      case "conditional":
        return { v: "union", of: [at(t, type.then), at(t, type.else)] };
      case "mapped":
        return mapped(t, type, depth);
      case "keyof": {
        const names = list(beside(t, type.of), depth + 1).map((x) => x.name);
        return { v: "union", of: names.map((v) => ({ file: t.file, type: { t: "const", v }, env: null })) };
      }
      case "typeof":
        return valueView(t.file, type.name, depth);
      case "complex":
        return ANY;
    }
  };

  const intersection = (parts: readonly TypeRef[], depth: number): TypeView => {
    const of = parts.map((part) => view(part, depth + 1));
    const [first] = of;
    if (first?.v === "function" && of.every((p) => p.v === "function")) return { ...first, overloads: parts };
    const external = of.find((p) => p.v === "external");
    const members = parts.flatMap((part) => list(part, depth + 1));
    const index = of.flatMap((p) => (p.v === "object" && p.index !== undefined ? [p.index] : []))[0];
    const whole: TypeView | undefined = members.length === 0 && index === undefined ? undefined : { v: "object", members, index };
    return external === undefined ? (whole ?? ANY) : sought.any ? { ...external, shape: whole } : external;
  };

  const functionView = (t: TypeRef, type: TypeIR & { t: "function" }, depth: number): TypeView => {
    const open = type.typeParams?.filter((p) => t.env?.has(p.name) !== true);
    const env = extended(t.file, t.env, open, []);
    const of = (x: TypeIR | undefined): TypeRef | undefined => x && { file: t.file, type: x, env };
    const last = type.params.at(-1);
    const rest = last?.rest === true ? of(last.type) : undefined;
    const params = type.params.filter((p) => p.rest !== true).map((p) => of(p.type));
    const tail = view(rest, depth + 1);
    return {
      v: "function",
      params: tail.v === "tuple" ? [...params, ...tail.of] : params,
      rest: tail.v === "tuple" ? undefined : element(rest),
      returns: of(type.returns),
    };
  };

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
      const of = beside(t, type.keys.of);
      const v = view(of, depth + 1);
      if (v.v === "array") return { v: "array", of: under({ t: "primitive", name: "number" }) };
      const all = list(of, depth + 1);
      if (v.v !== "object" && v.v !== "class" && v.v !== "union" && all.length === 0) return v;
      const members = all.map((m) => ({
        ...m,
        type: under({ t: "const", v: m.name }),
        optional: optional || m.optional,
      }));
      return { v: "object", members, index: v.v === "object" && v.index ? under({ t: "primitive", name: "string" }) : undefined };
    }
    const keys = constants(beside(t, type.keys));
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
    const call = type.call && beside(t, type.call);
    if (call !== undefined && type.props.length === 0) return view(call);
    const members = type.props.map((p): TypeMember => {
      const of = p.type && beside(t, p.type);
      return {
        name: p.name,
        type: name === undefined ? of : passing(of, name, p.name),
        optional: p.optional === true,
        method: p.method === true,
        owners: name ? [name] : [],
      };
    });
    return { v: "object", members, index: type.index && at(t, type.index), ...(name ? { name, env: t.env } : {}), ...(call && { call }) };
  };

  const reference = (t: TypeRef, name: readonly string[], args: readonly TypeIR[], depth: number): TypeView => {
    const first = name[0]!;
    if (name.length === 1) {
      const bound = t.env?.get(first);
      if (bound !== undefined) return view(bound, depth + 1);
    }
    const argRefs = args.map((a) => at(t, a));
    const local = declared(t.file, name.join("."), argRefs, depth);
    if (local !== undefined) return local;
    const i = t.file.facts.imports.findIndex((x) => x.local === first);
    if (i >= 0) return imported(t.file, i, name.slice(1), argRefs, depth);
    return global(t, name.join("."), argRefs, depth);
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
    const key: MemberKey = { file, owner: decl.name };
    const ref: TypeRef = { file, type: decl.type, env };
    if (decl.type.t !== "literal") {
      const v = view(isSought(key) ? { ...ref, within: key } : ref, depth + 1);
      // `type User = z.infer<typeof schema>`
      if (v.v === "external" && isSought(key))
        return { ...v, shape: { v: "object", members: withSought(membersOf(v, depth), key, [v]), index: undefined, name: key, env } };
      return v.v === "object" && v.name === undefined
        ? { ...v, name: key, env, members: v.members.map((m) => ({ ...m, owners: [...m.owners, key] })) }
        : v;
    }
    const own = objectView(ref, decl.type, key);
    if (own.v !== "object" || decl.extends === undefined) return own;
    const members = [...own.members];
    const bases: TypeView[] = [];
    for (const base of decl.extends) {
      const inherited: TypeRef = { file, type: base, env };
      const v = view(inherited, depth + 1);
      bases.push(v);
      if (own.members.length === 0 && (v.v === "promise" || v.v === "array" || v.v === "map")) return v;
      for (const m of list(inherited, depth + 1)) {
        const mine = members.findIndex((x) => x.name === m.name);
        if (mine < 0) members.push({ ...m, type: passing(m.type, key, m.name), owners: [...m.owners, key] });
        else members[mine] = { ...members[mine]!, owners: [...members[mine]!.owners, ...m.owners] };
      }
    }
    return { ...own, members: withSought(members, key, bases) };
  };

  /** With the members that are sought, where there is a part of which nothing is known: it must have them. */
  const withSought = (members: readonly TypeMember[], key: MemberKey, parts: readonly TypeView[]): readonly TypeMember[] => {
    const isOpen = parts.some((part) => part.v === "any" || (part.v === "external" && part.shape === undefined));
    const v = isOpen ? assumed(key) : undefined;
    return v?.v !== "object" ? members : [...members, ...v.members.filter((m) => !members.some((x) => x.name === m.name))];
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
    const path = fact.name === "*" || fact.name === "=" ? rest : [fact.name, ...rest];
    return inModule(file, fact.from, path, args, depth, new Set()) ?? ANY;
  };

  /** A type that another module exports, a namespace's by its path. */
  const inModule = (
    file: LinkedFile,
    specifier: string,
    path: readonly string[],
    args: readonly TypeRef[],
    depth: number,
    seen: Set<string>,
  ): TypeView | undefined => {
    const to = modules.resolve(file, specifier);
    if (to.k === "file") return exported(to.file, path, args, depth + 1, seen);
    // From a package's declarations others are read only for what they are given: generated clients lead to thousands of types.
    const reads = sought.any && (to.k !== "external" || sought.inPackage(to.module) || args.some((a) => bears(a, 0)));
    const declarations = reads ? modules.declarations(file, specifier) : undefined;
    const shape =
      declarations && (exported(declarations, path, args, depth + 1, seen) ?? assumed({ file: declarations, owner: path.join(".") }));
    // Within a package's declarations its own files are no outside.
    if (to.k !== "external" || file.declares === true) return shape;
    return { v: "external", module: to.module, path, ...(shape !== undefined && shape.v !== "any" && { shape }) };
  };

  /** Is something that is sought in a type, itself or a few levels in? */
  const bears = (t: TypeRef | undefined, depth: number): boolean => {
    if (t === undefined || depth > BEARING) return false;
    if (t.within !== undefined) return true;
    const v = view(t);
    if (v.property !== undefined && bears(v.property.of, depth + 1)) return true;
    switch (v.v) {
      case "array":
      case "map":
      case "promise":
        return bears(v.of, depth + 1);
      case "tuple":
      case "union":
        return v.of.some((part) => bears(part, depth + 1));
      case "external":
        return v.shape !== undefined;
      case "function":
        return [...v.params, v.rest, v.returns].some((part) => bears(part, depth + 1));
      case "object":
      case "class":
        return list(t).some((m) => m.owners.some((o) => sought.membersOf(o).includes(m.name)) || bears(m.type, depth + 1));
      default:
        return false;
    }
  };

  const exported = (
    file: LinkedFile,
    path: readonly string[],
    args: readonly TypeRef[],
    depth: number,
    seen: Set<string>,
  ): TypeView | undefined => {
    const [name, ...rest] = path;
    const key = `${file.index}|${path.join(".")}`;
    if (name === undefined || seen.has(key) || depth > DEEPEST) return undefined;
    seen.add(key);
    const here = (local: string): TypeView | undefined => declared(file, [local, ...rest].join("."), args, depth);
    for (const e of file.facts.exports) {
      if (e.k === "star" || e.name !== name) continue;
      switch (e.k) {
        case "local":
        case "type": {
          const local = e.k === "type" ? e.type : e.slot;
          const hit = here(local) ?? (name === "default" ? here(local.replace("*default*", "default")) : undefined);
          if (hit !== undefined) return hit;
          continue;
        }
        case "from": {
          const hit = inModule(file, e.from, e.imported === "*" ? rest : [e.imported, ...rest], args, depth, seen);
          if (hit !== undefined) return hit;
          continue;
        }
        case "import":
          return imported(file, e.import, rest, args, depth + 1);
      }
    }
    for (const e of file.facts.exports) {
      // `export = Client`, with a namespace of the same name.
      if (e.k === "local" && e.name === "=" && file.declares === true) {
        const hit = declared(file, name === "default" ? e.slot : `${e.slot}.${path.join(".")}`, args, depth);
        if (hit !== undefined) return hit;
      }
      if (e.k !== "star") continue;
      const to = modules.resolve(file, e.from);
      if (to.k !== "file" && file.declares !== true) continue;
      const hit = inModule(file, e.from, path, args, depth, seen);
      if (hit !== undefined) return hit;
    }
    return here(name);
  };

  const global = (t: TypeRef, name: string, args: readonly TypeRef[], depth: number): TypeView => {
    const utility = utilities(name, args, depth + 1);
    if (utility !== undefined) return utility;
    if (!sought.any) return ANY;
    for (const file of modules.globals()) {
      const hit = file === t.file ? undefined : declared(file, name, args, depth + 1);
      if (hit !== undefined) return hit;
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
    if (t === undefined || depth > DEEPEST) return [];
    const known = memberLists.get(t);
    if (known !== undefined) return known;
    memberLists.set(t, []);
    const { within } = t;
    const v = view(t, depth);
    const own = membersOf(v, depth);
    const out =
      within === undefined
        ? own
        : withSought(
            own.map((m) => ({ ...m, type: passing(m.type, within, m.name), owners: [...m.owners, within] })),
            within,
            [v],
          );
    memberLists.set(t, out);
    return out;
  };

  const membersOf = (v: TypeView, depth: number): readonly TypeMember[] => {
    switch (v.v) {
      case "object":
        return v.members;
      case "class":
        return classMembers(v.file, v.cls, v.env, depth);
      case "union":
        return unionMembers(v.of, depth);
      case "external":
        return v.shape === undefined ? [] : membersOf(v.shape, depth);
      default:
        return [];
    }
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
        type: passing(p.type && { file, type: p.type, env }, key, p.name),
        optional: p.optional === true,
        method: p.method === true,
        owners: [key],
      });
    const bases: TypeIR[] = [...cls.implements];
    if (cls.superclass !== undefined) {
      const name = nameOf(file, cls.superclass);
      if (name !== undefined) bases.push({ t: "ref", name, ...(cls.superTypeArgs ? { args: cls.superTypeArgs } : {}) });
    }
    const inherited = bases.map((type): TypeRef => ({ file, type, env }));
    for (const m of inherited.flatMap((base) => list(base, depth + 1))) {
      const mine = out.get(m.name);
      const mixed = { ...m, type: passing(m.type, key, m.name), owners: [...m.owners, key] };
      out.set(m.name, mine === undefined ? mixed : { ...mine, owners: [...mine.owners, ...m.owners] });
    }
    return withSought(
      [...out.values()],
      key,
      inherited.map((base) => view(base, depth + 1)),
    );
  };

  const member = (t: TypeRef | undefined, name: string): TypeMember | undefined => {
    const found = list(t).find((m) => m.name === name);
    if (found !== undefined) return found;
    const v = inner(view(t));
    if (v.v === "object" && v.index !== undefined) return { name, type: v.index, optional: true, method: false, owners: [] };
    if (sought.any && (v.v === "array" || v.v === "map") && v.of !== undefined) return container(v.v, v.of).find((m) => m.name === name);
    return undefined;
  };

  const containers = new WeakMap<TypeRef, readonly TypeMember[]>();
  /** Methods of lists, sets and maps. */
  const container = (kind: "array" | "map", of: TypeRef): readonly TypeMember[] => {
    let known = containers.get(of);
    if (known === undefined) {
      const type: TypeIR = { t: "ref", name: [kind === "map" ? "MapMethods" : "ListMethods"], args: [{ t: "ref", name: ["#0"] }] };
      containers.set(of, (known = list({ file: modules.globals().at(-1)!, type, env: new Map([["#0", of]]) })));
    }
    return known;
  };

  /** What a package's declarations say, or the type itself. */
  const inner = (v: TypeView): TypeView => (v.v === "external" && v.shape !== undefined ? v.shape : v);

  const element = (t: TypeRef | undefined): TypeRef | undefined => {
    const v = inner(view(t));
    switch (v.v) {
      case "array":
      case "map":
        return v.of;
      case "object":
        return v.index;
      case "tuple":
        return v.of.length === 1 ? v.of[0] : t && { ...t, type: { t: "union", of: v.of.map((x) => x.type) } };
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

  const elementAt = (t: TypeRef | undefined, i: number): TypeRef | undefined => {
    const v = inner(view(t));
    return v.v === "tuple" ? v.of[i] : element(t);
  };

  const awaited = (t: TypeRef | undefined): TypeRef | undefined => {
    const v = inner(view(t));
    return v.v === "promise" ? awaited(v.of) : t;
  };

  const signatures = (t: TypeRef | undefined): readonly TypeRef[] => {
    if (t === undefined) return [];
    const v = inner(view(t));
    if (v.v === "function") return v.overloads ?? [t];
    if (v.v === "object") return signatures(v.call);
    return v.v === "union" ? v.of.flatMap(signatures) : [];
  };

  const utilities = utilityTypes({ view, members: list, member, awaited, signatures, constants });

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
  const writtenIn = (file: LinkedFile, fn: FunctionFacts, type: TypeIR): TypeRef => {
    let ref = refs.get(type);
    if (ref === undefined) refs.set(type, (ref = { file, type, env: scopeOf(file, fn) }));
    return ref;
  };

  const instances = new Map<ClassFacts, TypeRef>();
  const instance = (file: LinkedFile, cls: ClassFacts, args: readonly TypeRef[] = []): TypeRef => {
    if (args.length > 0) {
      const names = args.map((_, i) => `#${i}`);
      const type: TypeIR = { t: "ref", name: [cls.name], args: names.map((name) => ({ t: "ref", name: [name] })) };
      return { file, type, env: new Map(args.map((a, i) => [names[i]!, a])) };
    }
    let ref = instances.get(cls);
    if (ref === undefined) instances.set(cls, (ref = { file, type: { t: "ref", name: [cls.name] }, env: null }));
    return ref;
  };

  const ambients = new Map<string, TypeRef | undefined>();
  const ambient = (file: LinkedFile, name: string): TypeRef | undefined => {
    const key = `${file.index}|${name}`;
    if (ambients.has(key)) return ambients.get(key);
    let found = described(file, name);
    for (const f of sought.any ? modules.globals() : []) {
      // What is declared of `Window` is a global name, too.
      const window: TypeRef = { file: f, type: { t: "ref", name: ["Window"] }, env: null };
      found ??= described(f, name) ?? list(window).find((x) => !x.method && x.name === name)?.type;
    }
    ambients.set(key, found);
    return found;
  };

  const values = inference({ modules, view: (t) => view(t), member, awaited, signatures, instance, scopeOf });

  /** The class, or the value, of a name: `typeof Client`, `typeof config.user`. */
  const valueView = (file: LinkedFile, name: readonly string[], depth: number): TypeView => {
    const [first, ...rest] = name;
    const cls = rest.length === 0 ? file.facts.classes.find((c) => c.name === first) : undefined;
    if (cls !== undefined) return { v: "object", members: [], index: undefined, made: instance(file, cls) };
    const ref = values.ofName(file, first ?? "");
    const t = rest.reduce((of: TypeRef | undefined, step) => member(of, step)?.type, ref);
    // A declared class's value is written as its own `typeof`: its statics are among the instance's members.
    if (t?.type.t === "typeof" && t.file === file && t.type.name.join(".") === name.join(".")) {
      const made: TypeRef = { file, type: { t: "ref", name }, env: null };
      return { v: "object", members: list(made, depth + 1), index: undefined, made };
    }
    return view(t, depth + 1);
  };

  const ofPackage = (file: LinkedFile, module: string, path: readonly string[]): TypeRef | undefined => {
    const declarations = sought.any ? modules.declarations(file, module) : undefined;
    const [first = "default", ...steps] = path;
    let t = declarations && values.exported(declarations, first);
    for (const step of steps) {
      if (t === undefined) return undefined;
      if (step === "prototype") continue;
      const of = awaited(t);
      const v = inner(view(of));
      if (step === "()") {
        const signature = view(signatures(of)[0]);
        t = signature.v === "function" ? signature.returns : v.v === "object" ? v.made : undefined;
      } else t = (member(of, step) ?? (v.v === "object" ? member(v.made, step) : undefined))?.type;
    }
    return t;
  };

  const constructed = (file: LinkedFile, module: string, path: readonly string[], args: readonly TypeRef[]): TypeRef | undefined => {
    if (!sought.any || !(sought.inPackage(module) || args.some((a) => bears(a, 0)))) return undefined;
    const found = module === "global" ? modules.globals().at(-1) : modules.declarations(file, module);
    if (found === undefined) return undefined;
    const names = args.map((_, i) => `#${i}`);
    const refs = names.map((name): TypeIR => ({ t: "ref", name: [name] }));
    const whole = module === "global" ? path : exportedName(found, path);
    return whole && { file: found, type: { t: "ref", name: whole, args: refs }, env: new Map(args.map((a, i) => [names[i]!, a])) };
  };
  /** The name that a file itself has for what it exports; undefined where another file declares it. */
  const exportedName = (file: LinkedFile, path: readonly string[]): readonly string[] | undefined => {
    const [first, ...rest] = path;
    const local = file.facts.exports.flatMap((e) =>
      e.k === "type" && e.name === first ? [e.type] : e.k === "local" && e.name === first ? [e.slot] : [],
    );
    return [...local, first ?? ""].map((name) => [name, ...rest]).find((name) => declared(file, name.join("."), [], 0) !== undefined);
  };

  return {
    written: writtenIn,
    returned: (file, fn, args) =>
      fn.returnType && { file, type: fn.returnType, env: extended(file, scopeOf(file, fn), fn.typeParams, args) },
    inferred: (file, fn, args, env) => values.ofResult(file, fn, extended(file, env ?? scopeOf(file, fn), fn.typeParams, args)),
    exported: (file, name) => exported(file, name.split("."), [], 0, new Set()),
    instance,
    ofPackage,
    constructed,
    isSoughtIn: (module) => sought.any && sought.inPackage(module),
    ambient,
    view: (t) => view(t),
    members: (t) => list(t),
    member,
    element,
    awaited,
    signatures,
  };
}

/** The declared type of a name that this very file only describes. */
export function described(file: LinkedFile, name: string): TypeRef | undefined {
  const all = file.facts.ambient?.filter((a) => a.name === name).flatMap((a) => (a.type === undefined ? [] : [a.type])) ?? [];
  if (all.length === 0) return undefined;
  return { file, type: all.length === 1 ? all[0]! : { t: "intersection", of: all }, env: null };
}

/** `Base`, `models.Base` in an `extends` clause. */
function nameOf(file: LinkedFile, e: NonNullable<ClassFacts["superclass"]>): string[] | undefined {
  if (e.e === "var") return [e.slot];
  if (e.e === "import") return [file.facts.imports[e.i]?.local ?? ""];
  if (e.e === "member" && e.key.e === "const" && typeof e.key.v === "string") {
    const o = nameOf(file, e.o);
    return o && [...o, e.key.v];
  }
  return e.e === "global" ? [e.name] : undefined;
}
