/** Members, elements and signatures of types. */
import type { ClassFacts, TypeIR } from "../../facts/ir.js";
import type { LinkedFile } from "../modules.js";
import type { TypeEnv, TypeRef, MemberKey, TypeMember, TypeView } from "../types.js";
import { DEEPEST, type TypeContext } from "./context.js";
import { passing, withSought } from "./sought-members.js";
import { view } from "./views.js";

/** Members by name, inherited ones included; empty for everything but objects and classes. */
export function membersOf(c: TypeContext, t: TypeRef | undefined, depth = 0): readonly TypeMember[] {
  if (t === undefined || depth > DEEPEST) return [];
  const known = c.memberLists.get(t);
  if (known !== undefined) return known;
  c.memberLists.set(t, []);
  const { within } = t;
  const v = view(c, t, depth);
  const own = withThis(ownMembers(c, v, depth), t);
  const out =
    within === undefined
      ? own
      : withSought(
          c,
          own.map((m) => ({ ...m, type: passing(c, m.type, within, m.name), owners: [...m.owners, within] })),
          within,
          [v],
        );
  c.memberLists.set(t, out);
  return out;
}

/** In its members' types, `this` is the type itself. */
function withThis(members: readonly TypeMember[], of: TypeRef): readonly TypeMember[] {
  const names = ({ type }: TypeMember): boolean => type !== undefined && namesThis(type.type);
  if (!members.some(names)) return members;
  // A builder's builder is the builder: one type, however long the chain.
  const self = isThis(of.type) ? (of.env?.get("this") ?? of) : of;
  return members.map((m) => (names(m) ? { ...m, type: { ...m.type!, env: new Map(m.type!.env).set("this", self) } } : m));
}

const isThis = (type: TypeIR): boolean => type.t === "ref" && type.name[0] === "this";

const naming = new WeakMap<TypeIR, boolean>();

/** Is `this` among the types that a type is written with? */
function namesThis(type: TypeIR): boolean {
  let known = naming.get(type);
  if (known === undefined) naming.set(type, (known = isThis(type) || Object.values(type).some(holdsThis)));
  return known;
}

const holdsThis = (part: unknown): boolean =>
  Array.isArray(part)
    ? part.some(holdsThis)
    : typeof part === "object" && part !== null && ("t" in part ? namesThis(part as TypeIR) : Object.values(part).some(holdsThis));

/** Members of what a type is, before those that only the manifest tells of. */
export function ownMembers(c: TypeContext, v: TypeView, depth: number): readonly TypeMember[] {
  switch (v.v) {
    case "object":
      return v.members;
    case "class":
      return classMembers(c, v.file, v.cls, v.env, depth);
    case "union":
      return unionMembers(c, v.of, depth);
    case "external":
      return v.shape === undefined ? [] : ownMembers(c, v.shape, depth);
    default:
      return [];
  }
}

function unionMembers(c: TypeContext, of: readonly TypeRef[], depth: number): readonly TypeMember[] {
  const out = new Map<string, TypeMember>();
  for (const part of of)
    for (const m of membersOf(c, part, depth + 1)) {
      const old = out.get(m.name);
      out.set(m.name, old === undefined ? m : { ...old, owners: [...old.owners, ...m.owners] });
    }
  return [...out.values()];
}

function classMembers(c: TypeContext, file: LinkedFile, cls: ClassFacts, env: TypeEnv | null, depth: number): readonly TypeMember[] {
  const key: MemberKey = { file, owner: cls.name };
  const out = new Map<string, TypeMember>();
  for (const p of cls.types)
    out.set(p.name, {
      name: p.name,
      type: passing(c, p.type && { file, type: p.type, env }, key, p.name),
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
  for (const m of inherited.flatMap((base) => membersOf(c, base, depth + 1))) {
    const mine = out.get(m.name);
    const mixed = { ...m, type: passing(c, m.type, key, m.name), owners: [...m.owners, key] };
    out.set(m.name, mine === undefined ? mixed : { ...mine, owners: [...mine.owners, ...m.owners] });
  }
  return withSought(
    c,
    [...out.values()],
    key,
    inherited.map((base) => view(c, base, depth + 1)),
  );
}

/** A member by its name, or by the index signature that covers it. */
export function memberOf(c: TypeContext, t: TypeRef | undefined, name: string): TypeMember | undefined {
  const found = membersOf(c, t).find((m) => m.name === name);
  if (found !== undefined) return found;
  const v = inner(view(c, t));
  if (v.v === "object" && v.index !== undefined) return { name, type: v.index, optional: true, method: false, owners: [] };
  if (c.sought.any && (v.v === "array" || v.v === "map") && v.of !== undefined)
    return containerMembers(c, v.v, v.of).find((m) => m.name === name);
  return undefined;
}

/** Methods of lists, sets and maps. */
function containerMembers(c: TypeContext, kind: "array" | "map", of: TypeRef): readonly TypeMember[] {
  let known = c.containers.get(of);
  if (known === undefined) {
    const type: TypeIR = { t: "ref", name: [kind === "map" ? "MapMethods" : "ListMethods"], args: [{ t: "ref", name: ["#0"] }] };
    c.containers.set(of, (known = membersOf(c, { file: c.modules.globals().at(-1)!, type, env: new Map([["#0", of]]) })));
  }
  return known;
}

/** What a package's declarations say, or the type itself. */
export function inner(v: TypeView): TypeView {
  return v.v === "external" && v.shape !== undefined ? v.shape : v;
}

/** What a list, a set or a map holds, or an index signature gives. */
export function elementOf(c: TypeContext, t: TypeRef | undefined): TypeRef | undefined {
  const v = inner(view(c, t));
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
        const e = elementOf(c, part);
        if (e !== undefined) return e;
      }
      return undefined;
    }
    default:
      return undefined;
  }
}

/** What a tuple holds at a place; any element of other lists. */
export function elementAt(c: TypeContext, t: TypeRef | undefined, i: number): TypeRef | undefined {
  const v = inner(view(c, t));
  return v.v === "tuple" ? v.of[i] : elementOf(c, t);
}

/** What is in a promise, or what a thenable (a query) calls back with; other types are themselves. */
export function awaited(c: TypeContext, t: TypeRef | undefined): TypeRef | undefined {
  const v = inner(view(c, t));
  if (v.v === "promise") return awaited(c, v.of);
  if (v.v === "object" && v.promised !== undefined) return awaited(c, v.promised);
  const then = v.v === "object" || v.v === "class" ? membersOf(c, t).find((m) => m.method && m.name === "then") : undefined;
  if (then === undefined) return t;
  const signature = view(c, signaturesOf(c, then.type)[0]);
  const done = signature.v === "function" ? view(c, signaturesOf(c, signature.params[0])[0]) : undefined;
  return done?.v === "function" && done.params[0] !== undefined ? awaited(c, done.params[0]) : t;
}

/** The signatures of what can be called; each one's view is a function. */
export function signaturesOf(c: TypeContext, t: TypeRef | undefined): readonly TypeRef[] {
  if (t === undefined) return [];
  const whole = view(c, t);
  const v = inner(whole);
  if (v.v === "function") return v.overloads ?? [v === whole ? t : shaped(c, t, v)];
  if (v.v === "object") return signaturesOf(c, v.call);
  return v.v === "union" ? v.of.flatMap((part) => signaturesOf(c, part)) : [];
}

/** A package's type by what its declarations say of it alone. */
function shaped(c: TypeContext, t: TypeRef, shape: TypeView): TypeRef {
  let ref = c.shaped.get(t);
  if (ref === undefined) {
    c.shaped.set(t, (ref = { ...t }));
    c.views.set(ref, shape);
  }
  return ref;
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
