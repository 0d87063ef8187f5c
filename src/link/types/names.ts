/** What names of types stand for: type parameters, declarations, imports, globals, `typeof` a value. */
import type { TypeIR, TypeDecl } from "../../facts/ir.js";
import type { LinkedFile } from "../modules.js";
import type { TypeRef, MemberKey, TypeView } from "../types.js";
import { ANY, type TypeContext } from "./context.js";
import { imported } from "./exports.js";
import { inner, membersOf, ownMembers, memberOf } from "./members.js";
import { extended } from "./parameters.js";
import { at, instanceOf } from "./references.js";
import { isSought, passing, withSought } from "./sought-members.js";
import { view, objectView, signed } from "./views.js";

/** What a name stands for where it is written: a type parameter, a declaration of the file, an import, a global. */
export function reference(c: TypeContext, t: TypeRef, name: readonly string[], args: readonly TypeIR[], depth: number): TypeView {
  const first = name[0]!;
  if (name.length === 1) {
    const bound = t.env?.get(first);
    if (bound !== undefined) return view(c, bound, depth + 1);
  }
  const argRefs = args.map((a) => at(t, a));
  const local = declared(c, t.file, name.join("."), argRefs, depth);
  if (local !== undefined) return local;
  const i = t.file.facts.imports.findIndex((x) => x.local === first);
  if (i >= 0) return imported(c, t.file, i, name.slice(1), argRefs, depth);
  return globalType(c, t, name.join("."), argRefs, depth);
}

/** A type or class that a file declares under a name, a namespace's by its path. */
export function declared(c: TypeContext, file: LinkedFile, name: string, args: readonly TypeRef[], depth: number): TypeView | undefined {
  const decl = file.facts.types.find((d) => d.name === name);
  const cls = file.facts.classes.find((x) => x.name === name);
  if (cls !== undefined) return { v: "class", file, cls, env: extended(file, null, cls.typeParams, args) };
  if (decl === undefined) return undefined;
  return declarationView(c, file, decl, args, depth);
}

/** What an alias or interface declares, with what it inherits. */
function declarationView(c: TypeContext, file: LinkedFile, decl: TypeDecl, args: readonly TypeRef[], depth: number): TypeView {
  const env = extended(file, null, decl.typeParams, args);
  const key: MemberKey = { file, owner: decl.name };
  const ref: TypeRef = { file, type: decl.type, env };
  if (decl.type.t !== "literal") {
    const whole = isSought(c, key) ? { ...ref, within: key } : ref;
    const v = decl.type.t === "function" ? signed(view(c, whole, depth + 1), whole) : view(c, whole, depth + 1);
    // `type User = z.infer<typeof schema>`
    if (v.v === "external" && isSought(c, key))
      return { ...v, shape: { v: "object", members: withSought(c, ownMembers(c, v, depth), key, [v]), index: undefined, name: key, env } };
    return v.v === "object" && v.name === undefined
      ? { ...v, name: key, env, members: v.members.map((m) => ({ ...m, owners: [...m.owners, key] })) }
      : v;
  }
  const own = objectView(c, ref, decl.type, key);
  if (own.v !== "object" || decl.extends === undefined) return own;
  const members = [...own.members];
  const bases: TypeView[] = [];
  let { call, index, made, promised } = own;
  for (const base of decl.extends) {
    const inherited: TypeRef = { file, type: base, env };
    const v = view(c, inherited, depth + 1);
    bases.push(v);
    if (own.members.length === 0 && (v.v === "promise" || v.v === "array" || v.v === "map")) return v;
    const of = inner(v);
    if (of.v === "function") call ??= inherited;
    else if (of.v === "promise") promised ??= of.of;
    else if (of.v === "object")
      [call, index, made, promised] = [call ?? of.call, index ?? of.index, made ?? of.made, promised ?? of.promised];
    for (const m of membersOf(c, inherited, depth + 1)) {
      const mine = members.findIndex((x) => x.name === m.name);
      if (mine < 0) members.push({ ...m, type: passing(c, m.type, key, m.name), owners: [...m.owners, key] });
      else members[mine] = { ...members[mine]!, owners: [...members[mine]!.owners, ...m.owners] };
    }
  }
  return { ...own, members: withSought(c, members, key, bases), index, ...(call && { call }), ...(made && { made }), promised };
}

/** A type of the language, or one that global declaration files have. */
function globalType(c: TypeContext, t: TypeRef, name: string, args: readonly TypeRef[], depth: number): TypeView {
  const utility = c.utilities(name, args, depth + 1);
  if (utility !== undefined) return utility;
  if (!c.sought.any) return ANY;
  for (const file of c.modules.globals()) {
    const hit = file === t.file ? undefined : declared(c, file, name, args, depth + 1);
    if (hit !== undefined) return hit;
  }
  return ANY;
}

/** The class, or the value, of a name: `typeof Client`, `typeof config.user`. */
export function valueView(c: TypeContext, file: LinkedFile, name: readonly string[], depth: number): TypeView {
  const [first, ...rest] = name;
  const cls = rest.length === 0 ? file.facts.classes.find((x) => x.name === first) : undefined;
  if (cls !== undefined) return { v: "object", members: [], index: undefined, made: instanceOf(c, file, cls) };
  const ref = c.values.ofName(file, first ?? "");
  const t = rest.reduce((of: TypeRef | undefined, step) => memberOf(c, of, step)?.type, ref);
  // A declared class's value is written as its own `typeof`: its statics are among the instance's members.
  if (t?.type.t === "typeof" && t.file === file && t.type.name.join(".") === name.join(".")) {
    const made: TypeRef = { file, type: { t: "ref", name }, env: null };
    return { v: "object", members: membersOf(c, made, depth + 1), index: undefined, made };
  }
  return view(c, t, depth + 1);
}
