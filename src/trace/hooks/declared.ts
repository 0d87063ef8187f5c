/** Which declared properties (`property` sources) a type holds, itself or further in. */
import type { TypeRef, Types } from "../../link/types.js";
import { S } from "../domain/heap.js";
import type { DeclaredMember } from "../machine/machine.js";

/** Types within types within types: a generic one can go on for ever (`Page<Page<T>>`). */
const LEVELS = 12;
/** Types in one type that are looked at: those of generated clients and query builders are without end. */
const MOST = 5000;

const NONE: readonly DeclaredMember[] = [];

/** Looks up the declared members of types; `fieldsOf` gives the fields declared for one member. */
export function declaredMembers(
  types: Types,
  fieldsOf: (type: TypeRef, name: string) => readonly string[],
): (type: TypeRef) => readonly DeclaredMember[] {
  const known = new WeakMap<TypeRef, readonly DeclaredMember[]>();
  const ofDeclaration = new Map<string, readonly DeclaredMember[]>();

  /** A declaration without type parameters is one and the same wherever it is named. */
  const keyOf = (t: TypeRef): string | undefined => {
    const view = types.view(t);
    // On the way to a member that is sought the same declaration is another.
    if (t.within !== undefined) return undefined;
    if (view.v === "class") return view.env === null ? `${view.file.index}:${view.cls.at}` : undefined;
    return view.v === "object" && view.name !== undefined && view.env === null ? `${view.name.file.index}:${view.name.owner}` : undefined;
  };

  const itemOf = (t: TypeRef): TypeRef | undefined => {
    const whole = types.view(t);
    const view = whole.v === "external" && whole.shape !== undefined ? whole.shape : whole;
    return view.v === "array" || view.v === "map" || view.v === "promise" ? view.of : undefined;
  };

  let left = 0;
  const collect = (t: TypeRef | undefined, into: Set<string>, seen: Set<string>, depth: number): void => {
    if (t === undefined || depth > LEVELS || !types.mayHoldSought(t) || left-- <= 0) return;
    const item = itemOf(t);
    if (item !== undefined) {
      collect(item, into, seen, depth + 1);
      return;
    }
    const key = keyOf(t);
    if (key !== undefined && seen.has(key)) return;
    if (key !== undefined) seen.add(key);
    for (const m of types.members(t)) {
      if (m.method) continue;
      for (const f of fieldsOf(t, m.name)) into.add(f);
      collect(m.type, into, seen, depth + 1);
    }
    const view = types.view(t);
    if (view.v === "tuple" || view.v === "union") for (const part of view.of) if (itemOf(part)) collect(part, into, seen, depth + 1);
    if (view.v === "object") collect(view.index, into, seen, depth + 1);
  };

  const compute = (t: TypeRef): readonly DeclaredMember[] => {
    left = MOST;
    const member = (name: string, type: TypeRef | undefined, own: readonly string[]): DeclaredMember[] => {
      const fields = new Set(own);
      collect(type, fields, new Set(), 0);
      return fields.size === 0 ? [] : [{ name, type, fields: [...fields].sort() }];
    };
    const item = itemOf(t);
    if (item !== undefined) return member(S.rest, item, []);
    const view = types.view(t);
    const others = view.v === "object" && view.index !== undefined ? member(S.rest, view.index, []) : [];
    return [...types.members(t).flatMap((m) => (m.method ? [] : member(m.name, m.type, fieldsOf(t, m.name)))), ...others];
  };

  return (t) => {
    let out = known.get(t);
    if (out !== undefined) return out;
    if (!types.mayHoldSought(t)) return NONE;
    const key = keyOf(t);
    out = (key === undefined ? undefined : ofDeclaration.get(key)) ?? compute(t);
    if (key !== undefined) ofDeclaration.set(key, out);
    known.set(t, out);
    return out;
  };
}
