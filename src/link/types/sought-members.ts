/** What the manifest's `property` sources look for in types, also where syntax tells nothing of them. */
import type { TypeRef, MemberKey, TypeMember, TypeView } from "../types.js";
import type { TypeContext } from "./context.js";
import { membersOf } from "./members.js";
import { view } from "./views.js";

/** Levels of a type argument in which a declared field is looked for. */
const BEARING = 4;

/** Is some member of this owner sought, or on the way to one that is? */
export function isSought(c: TypeContext, key: MemberKey): boolean {
  return c.sought.any && c.sought.membersOf(key).length > 0;
}

/** The type of an owner's member, which may be on the way to a member that is sought. */
export function passing(c: TypeContext, t: TypeRef | undefined, key: MemberKey, name: string): TypeRef | undefined {
  if (t === undefined || !c.sought.any) return t;
  const within = { file: key.file, owner: `${key.owner}.${name}` };
  return isSought(c, within) ? { ...t, within } : t;
}

/** What is sought in a type of which syntax tells nothing: the manifest says that it has these members. */
export function assumed(c: TypeContext, key: MemberKey): TypeView | undefined {
  const names = c.sought.any ? c.sought.membersOf(key) : [];
  if (names.length === 0) return undefined;
  const members = names.map((name): TypeMember => ({ name, type: undefined, optional: false, method: false, owners: [key] }));
  return { v: "object", members, index: undefined, name: key };
}

/** With the members that are sought, where there is a part of which nothing is known: it must have them. */
export function withSought(
  c: TypeContext,
  members: readonly TypeMember[],
  key: MemberKey,
  parts: readonly TypeView[],
): readonly TypeMember[] {
  const isOpen = parts.some((part) => part.v === "any" || (part.v === "external" && part.shape === undefined));
  const v = isOpen ? assumed(c, key) : undefined;
  return v?.v !== "object" ? members : [...members, ...v.members.filter((m) => !members.some((x) => x.name === m.name))];
}

/** Is something that is sought in a type, itself or a few levels in? */
export function bears(c: TypeContext, t: TypeRef | undefined, depth: number): boolean {
  if (t === undefined || depth > BEARING) return false;
  if (t.within !== undefined) return true;
  const v = view(c, t);
  if (v.property !== undefined && bears(c, v.property.of, depth + 1)) return true;
  switch (v.v) {
    case "array":
    case "map":
    case "promise":
      return bears(c, v.of, depth + 1);
    case "tuple":
    case "union":
      return v.of.some((part) => bears(c, part, depth + 1));
    case "external":
      return v.shape !== undefined;
    case "function":
      return [...v.params, v.rest, v.returns].some((part) => bears(c, part, depth + 1));
    case "object":
    case "class":
      return membersOf(c, t).some((m) => m.owners.some((o) => c.sought.membersOf(o).includes(m.name)) || bears(c, m.type, depth + 1));
    default:
      return false;
  }
}
