/**
 * Objects of the program that are said to be of an interface: what they have for its members can be named by the interface, however much
 * more is known of them.
 */
import type { MemberKey, TypeRef } from "../../link/types.js";
import { joinSlot, lastingly, objectsOf, S, type Obj } from "../domain/heap.js";
import { BOTTOM, ofRef, type Value } from "../domain/value.js";
import { make, type FunctionData, type Machine } from "./machine.js";

/** A member that a function stands for. */
export interface Implemented {
  readonly owners: readonly MemberKey[];
  readonly name: string;
}

/** Slot of an object that has such functions, and of those that it alone has: what they stand for. */
const IMPLEMENTS = "\0implements";

/** Has a type members that the manifest names? */
export const isImplementable = (m: Machine, type: TypeRef): boolean => m.types.members(type).some((member) => m.hooks.isNamed(member));

/** Notes that an object is of a type. */
export function implement(m: Machine, obj: Obj, type: TypeRef): void {
  for (const member of m.types.members(type)) {
    if (!m.hooks.isNamed(member)) continue;
    const as = memberValue(m, member);
    joinSlot(m.heap, obj, IMPLEMENTS, as);
    for (const fn of objectsOf(m.heap, obj.props.get(member.name) ?? BOTTOM))
      if (isWrittenIn(fn, obj)) joinSlot(m.heap, fn, IMPLEMENTS, as);
  }
}

/** Is a function written as part of the literal (or as a field of the class) that makes the object? Then nobody else has it, unless it is taken out. */
function isWrittenIn(fn: Obj, { site }: Obj): boolean {
  const { code, file } = (fn.kind === "function" ? fn.data : {}) as Partial<FunctionData>;
  if (code === null || code === undefined || site === undefined) return false;
  const isWithin = file?.index === site.file && code.fn.at >= site.at && code.fn.end <= site.end;
  return isWithin || code.file.facts.functions[code.fn.parent]?.kind === "field";
}

/** What a called function stands for: as part of an object, or as what the object that it is called on has under that name. */
export function implementedBy(m: Machine, callee: Obj, self?: Value): readonly Implemented[] {
  const own = noted(m, callee);
  const onSelf =
    self === undefined ? [] : objectsOf(m.heap, self).flatMap((obj) => noted(m, obj).filter(({ name }) => has(m, obj, name, callee)));
  return own.length === 0 ? onSelf : [...own, ...onSelf];
}

const noted = (m: Machine, obj: Obj): readonly Implemented[] =>
  objectsOf(m.heap, obj.props.get(IMPLEMENTS) ?? BOTTOM).map((as) => as.data as Implemented);

/** Is it what an object has under a name, itself or by its classes? */
function has(m: Machine, obj: Obj, name: string, callee: Obj, depth = 0): boolean {
  const own = obj.props.get(name);
  if (own !== undefined) return own.refs.includes(callee.id);
  const protos = depth > DEEPEST ? [] : objectsOf(m.heap, obj.props.get(S.proto) ?? BOTTOM);
  return protos.some((proto) => has(m, proto, name, callee, depth + 1));
}

/** Classes above classes. */
const DEEPEST = 24;

/** The member as a value, for the slot that says it: so a way that ends takes it back, and ways that meet join it. */
function memberValue(m: Machine, { owners, name }: Implemented): Value {
  const key = `member ${owners.map(({ file, owner }) => `${file.index}:${owner}`).join(" ")} ${name}`;
  let obj = m.externals.get(key);
  if (obj === undefined)
    m.externals.set(key, (obj = lastingly(m.heap, () => make(m, "native", key, { owners, name } satisfies Implemented))));
  return ofRef(obj.id);
}
