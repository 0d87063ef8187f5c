/** What types are, by how they are written. */
import type { TypeIR } from "../../facts/ir.js";
import type { TypeRef, MemberKey, TypeMember, TypeView } from "../types.js";
import { ANY, DEEPEST, type TypeContext } from "./context.js";
import { membersOf, memberOf, elementOf, elementAt } from "./members.js";
import { reference, valueView } from "./names.js";
import { extended } from "./parameters.js";
import { at, beside } from "./references.js";
import { passing, assumed } from "./sought-members.js";

/** What a type is. `depth`: of types within types; what is deeper than {@link DEEPEST} is anything. */
export function view(c: TypeContext, t: TypeRef | undefined, depth = 0): TypeView {
  if (t === undefined || depth > DEEPEST) return ANY;
  let known = c.views.get(t);
  if (known !== undefined) return known;
  // A type that is written in terms of itself (`T extends Record<K, string>, K extends keyof T`) is anything where it comes back.
  c.views.set(t, ANY);
  c.views.set(t, (known = orAssumed(c, t, written(c, t, depth))));
  return known;
}

/** Where syntax tells nothing of a type in which something is sought, what the manifest tells. */
function orAssumed(c: TypeContext, t: TypeRef, v: TypeView): TypeView {
  return v.v === "any" && t.within !== undefined ? (assumed(c, t.within) ?? v) : v;
}

/** What a type is as it is written, whatever is sought in it. */
function written(c: TypeContext, t: TypeRef, depth: number): TypeView {
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
      return intersectionView(
        c,
        type.of.map((part) => at(t, part)),
        depth,
      );
    case "function":
      return functionView(c, t, type, depth);
    case "literal":
      return objectView(c, t, type, undefined);
    case "ref":
      return reference(c, t, type.name, type.args ?? [], depth);
    case "indexed":
      return indexedView(c, t, type, depth);
    case "conditional":
      return { v: "union", of: [at(t, type.then), at(t, type.else)] };
    case "mapped":
      return mappedView(c, t, type, depth);
    case "keyof": {
      const names = membersOf(c, beside(t, type.of), depth + 1).map((x) => x.name);
      return { v: "union", of: names.map((v) => ({ file: t.file, type: { t: "const", v }, env: null })) };
    }
    case "typeof":
      return valueView(c, t.file, type.name, depth);
    case "complex":
      return ANY;
  }
}

/** `User["email"]`, `Rows[number]`. */
function indexedView(c: TypeContext, t: TypeRef, type: TypeIR & { t: "indexed" }, depth: number): TypeView {
  const of = beside(t, type.of);
  const key = view(c, beside(t, type.key), depth + 1);
  const whole = view(c, of, depth + 1);
  if (whole.v === "external" && whole.shape === undefined && key.v === "const")
    return { ...whole, path: [...whole.path, String(key.value)] };
  if (key.v === "const" && typeof key.value === "string")
    return { ...view(c, memberOf(c, of, key.value)?.type, depth + 1), property: { of, name: key.value } };
  if (key.v === "const" && typeof key.value === "number") return view(c, elementAt(c, of, key.value), depth + 1);
  if (key.v === "primitive" && key.name === "number") return view(c, elementOf(c, of), depth + 1);
  return ANY;
}

function intersectionView(c: TypeContext, parts: readonly TypeRef[], depth: number): TypeView {
  const of = parts.map((part) => view(c, part, depth + 1));
  const [first] = of;
  if (first?.v === "function" && of.every((p) => p.v === "function")) return { ...first, overloads: parts };
  const external = of.find((p) => p.v === "external");
  const members = parts.flatMap((part) => membersOf(c, part, depth + 1));
  const index = of.flatMap((p) => (p.v === "object" && p.index !== undefined ? [p.index] : []))[0];
  const whole: TypeView | undefined = members.length === 0 && index === undefined ? undefined : { v: "object", members, index };
  return external === undefined ? (whole ?? ANY) : c.sought.any ? { ...external, shape: whole } : external;
}

/** A function by a name of its own: its signature is still that which is written, with type parameters. */
export const signed = (v: TypeView, signature: TypeRef): TypeView =>
  v.v === "function" && v.overloads === undefined ? { ...v, overloads: [signature] } : v;

function functionView(c: TypeContext, t: TypeRef, type: TypeIR & { t: "function" }, depth: number): TypeView {
  const open = type.typeParams?.filter((p) => t.env?.has(p.name) !== true);
  const env = extended(t.file, t.env, open, []);
  const of = (x: TypeIR | undefined): TypeRef | undefined => x && { file: t.file, type: x, env };
  const last = type.params.at(-1);
  const rest = last?.rest === true ? of(last.type) : undefined;
  const params = type.params.filter((p) => p.rest !== true).map((p) => of(p.type));
  const tail = view(c, rest, depth + 1);
  return {
    v: "function",
    params: tail.v === "tuple" ? [...params, ...tail.of] : params,
    rest: tail.v === "tuple" ? undefined : elementOf(c, rest),
    returns: of(type.returns),
  };
}

/** `{[K in keyof T]: …}` has T's members, a list's elements, or is the primitive; `{[K in "a" | "b"]: …}` those named. */
function mappedView(c: TypeContext, t: TypeRef, type: TypeIR & { t: "mapped" }, depth: number): TypeView {
  const under = (key: TypeIR): TypeRef | undefined =>
    type.value && {
      file: t.file,
      type: type.value,
      env: new Map([...(t.env ?? []), [type.param, { file: t.file, type: key, env: null }]]),
    };
  const optional = type.optional === true;
  if (type.keys.t === "keyof") {
    const of = beside(t, type.keys.of);
    const v = view(c, of, depth + 1);
    if (v.v === "array") return { v: "array", of: under({ t: "primitive", name: "number" }) };
    const all = membersOf(c, of, depth + 1);
    if (v.v !== "object" && v.v !== "class" && v.v !== "union" && all.length === 0) return v;
    const members = all.map((m) => ({
      ...m,
      type: under({ t: "const", v: m.name }),
      optional: optional || m.optional,
    }));
    return { v: "object", members, index: v.v === "object" && v.index ? under({ t: "primitive", name: "string" }) : undefined };
  }
  const keys = constantsOf(c, beside(t, type.keys));
  if (keys === undefined) return { v: "object", members: [], index: under({ t: "primitive", name: "string" }) };
  const members = [...keys].map((name): TypeMember => {
    const value = under({ t: "const", v: name });
    const property = view(c, value, depth + 1).property;
    const owners = property === undefined ? [] : (memberOf(c, property.of, property.name)?.owners ?? []);
    return { name, type: value, optional, method: false, owners };
  });
  return { v: "object", members, index: undefined };
}

export function objectView(c: TypeContext, t: TypeRef, type: TypeIR & { t: "literal" }, name: MemberKey | undefined): TypeView {
  const call = type.call && beside(t, type.call);
  const made = type.made && beside(t, type.made);
  if (call !== undefined && made === undefined && type.props.length === 0) return signed(view(c, call), call);
  const members = type.props.map((p): TypeMember => {
    const of = p.type && beside(t, p.type);
    return {
      name: p.name,
      type: name === undefined ? of : passing(c, of, name, p.name),
      optional: p.optional === true,
      method: p.method === true,
      owners: name ? [name] : [],
    };
  });
  const named = name ? { name, env: t.env } : {};
  return { v: "object", members, index: type.index && at(t, type.index), ...named, ...(call && { call }), ...(made && { made }) };
}

/** The string constants of a union type, if it is one. */
export function constantsOf(c: TypeContext, t: TypeRef | undefined): Set<string> | undefined {
  const v = view(c, t);
  if (v.v === "const") return new Set([String(v.value)]);
  if (v.v !== "union") return undefined;
  const out = new Set<string>();
  for (const part of v.of) {
    const some = constantsOf(c, part);
    if (some === undefined) return undefined;
    for (const s of some) out.add(s);
  }
  return out;
}
