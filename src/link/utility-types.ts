/** TypeScript's utility types, and the language's containers, by their names. What is none of them is undefined. */
import type { TypeMember, TypeRef, TypeView } from "./types.js";

const SAME = new Set(["Partial", "Required", "Readonly", "NonNullable", "NoInfer", "DeepPartial", "Prettify", "Simplify"]);
const LISTS = new Set(["Array", "ReadonlyArray", "Set", "ReadonlySet", "Iterable", "AsyncIterable", "ArrayLike"]);
const ITERATORS = new Set(["Iterator", "IterableIterator", "Generator"]);
const ASYNC_ITERATORS = new Set(["AsyncIterator", "AsyncIterableIterator", "AsyncGenerator"]);
const MAPS = new Set(["Map", "ReadonlyMap", "WeakMap"]);

export interface TypeQuestions {
  readonly view: (t: TypeRef | undefined, depth: number) => TypeView;
  readonly members: (t: TypeRef | undefined, depth: number) => readonly TypeMember[];
  readonly member: (t: TypeRef | undefined, name: string) => TypeMember | undefined;
  readonly awaited: (t: TypeRef | undefined) => TypeRef | undefined;
  readonly signatures: (t: TypeRef | undefined) => readonly TypeRef[];
  /** The string constants of a union type, if it is one. */
  readonly constants: (t: TypeRef | undefined) => ReadonlySet<string> | undefined;
}

/** The type of this name with these arguments. */
export type Utility = (name: string, args: readonly TypeRef[], depth: number) => TypeView | undefined;

export function utilityTypes(types: TypeQuestions): Utility {
  const { view, members, member } = types;

  /** Parts of a union, those of its parts' unions too. */
  const parts = (t: TypeRef | undefined, depth: number): readonly TypeRef[] => {
    const v = view(t, depth);
    if (v.v !== "union") return t === undefined ? [] : [t];
    return depth > 12 ? v.of : v.of.flatMap((part) => parts(part, depth + 1));
  };

  /** May the one be assigned to the other, as far as constants, primitives and names tell? */
  const fits = (t: TypeRef, to: TypeRef | undefined, depth: number): boolean => {
    const a = view(t, depth);
    const b = view(to, depth);
    if (b.v === "any" || a.v === "any" || depth > 12) return true;
    if (b.v === "union") return b.of.some((part) => fits(t, part, depth + 1));
    if (a.v === "union") return a.of.some((part) => fits(part, to, depth + 1));
    if (b.v === "const") return a.v === "const" && a.value === b.value;
    if (b.v === "primitive")
      return a.v === "primitive" ? a.name === b.name : a.v === "const" && (a.value === null ? "null" : typeof a.value) === b.name;
    if (b.v === "object" || b.v === "class") {
      if (a.v !== "object" && a.v !== "class") return false;
      return members(to, depth + 1).every((wanted) => {
        const has = member(t, wanted.name);
        if (has === undefined) return wanted.optional;
        return has.type === undefined || wanted.type === undefined || fits(has.type, wanted.type, depth + 1);
      });
    }
    return a.v === b.v;
  };

  const filtered = (args: readonly TypeRef[], keep: boolean, depth: number): TypeView => {
    const of = parts(args[0], depth).filter((part) => fits(part, args[1], depth) === keep);
    return of.length === 1 ? view(of[0], depth + 1) : { v: "union", of };
  };

  const union = (of: readonly TypeRef[], depth: number): TypeView => (of.length === 1 ? view(of[0], depth) : { v: "union", of });

  const picked = (args: readonly TypeRef[], keep: boolean, depth: number): TypeView => {
    const whole = view(args[0], depth);
    const all = members(args[0], depth);
    if (whole.v === "external" && all.length === 0) return whole;
    const keys = types.constants(args[1]);
    if (keys === undefined && all.length === 0) return { v: "any" };
    return { v: "object", members: all.filter((m) => keys === undefined || keys.has(m.name) === keep), index: undefined };
  };

  return (name, args, depth) => {
    if (LISTS.has(name)) return { v: "array", of: args[0] };
    if (ITERATORS.has(name) || ASYNC_ITERATORS.has(name))
      return { v: "array", of: args[0], steps: { async: ASYNC_ITERATORS.has(name), returned: args[1] } };
    if (SAME.has(name)) return view(args[0], depth);
    if (MAPS.has(name)) return { v: "map", of: args[1] };
    switch (name) {
      case "Promise":
      case "PromiseLike":
        return { v: "promise", of: args[0] };
      case "Awaited":
        return view(types.awaited(args[0]), depth);
      case "Record": {
        const keys = types.constants(args[0]);
        if (keys === undefined) return { v: "object", members: [], index: args[1] };
        const named = [...keys].map((key): TypeMember => ({ name: key, type: args[1], optional: false, method: false, owners: [] }));
        return { v: "object", members: named, index: args[1] };
      }
      case "Pick":
      case "Omit":
        return picked(args, name === "Pick", depth);
      case "Extract":
      case "Exclude":
        return filtered(args, name === "Extract", depth);
      case "ReturnType": {
        const returns = types.signatures(args[0]).flatMap((s) => {
          const v = view(s, depth);
          return v.v === "function" && v.returns !== undefined ? [v.returns] : [];
        });
        return returns.length === 0 ? { v: "any" } : union(returns, depth);
      }
      case "Parameters": {
        // Of an overloaded function TypeScript takes the last signature.
        const v = view(types.signatures(args[0]).at(-1), depth);
        const any: TypeRef | undefined = args[0] && { ...args[0], type: { t: "primitive", name: "any" } };
        if (v.v !== "function" || any === undefined) return { v: "any" };
        return v.rest !== undefined && v.params.length === 0
          ? { v: "array", of: v.rest }
          : { v: "tuple", of: v.params.map((p) => p ?? any) };
      }
      case "InstanceType": {
        const v = view(args[0], depth);
        return v.v === "object" && v.made !== undefined ? view(v.made, depth) : { v: "any" };
      }
      default:
        return undefined;
    }
  };
}
