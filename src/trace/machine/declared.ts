/**
 * Declared types: what an annotation, a cast or a type argument says of a value counts where nothing better is known. Something unknown
 * is of that type from there on; a record that the program makes to be of it has the declared properties; a function that says nothing of
 * its parameters has those of the type it stands under. Types take nothing away: values keep what they have.
 */
import type { TypeRef, TypeView } from "../../link/types.js";
import type { TypeIR } from "../../facts/ir.js";
import { joinLabels, NO_LABELS, type Site } from "../domain/labels.js";
import { lastingly, objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { BOTTOM, exact, hasPrimitive, isBottom, join, ofRef, withoutAbsent, withRefs, type Value } from "../domain/value.js";
import { allLabels, labelDeep } from "./deep.js";
import { ENTRY } from "../domain/slot-names.js";
import { externalData } from "./external.js";
import { implement, isImplementable } from "./implementing.js";
import { make, type Code, type FunctionData, type Machine } from "./machine.js";
import { bears, tells } from "./telling.js";
import { sameType } from "./same-type.js";
import { childOf, classProtos, typeOf, unknown } from "./unknown.js";

/** Levels of objects that the program makes in which a type is looked for. */
const LEVELS = 5;

/** A type as it is written in the code that runs. */
export const typeIn = (m: Machine, code: Code, type: TypeIR): TypeRef => m.types.written(code.file, code.fn, type);

/** The value, of which something says that it is of this type. */
export function believe(m: Machine, v: Value, type: TypeRef, site: Site): Value {
  if (v.refs.length === 0 && !m.hooks.propertySources) return v;
  return visit(m, v, type, site, 0, new Map());
}

/** Objects that are known to be of these types by now, and at which level that was found: many values hold each other. */
type Seen = Map<Obj, Map<unknown, number>>;

/** Has an object been seen as one of this type, so that looking again finds nothing more? */
function isSeen(seen: Seen, obj: Obj, type: TypeRef, view: TypeView, depth: number): boolean {
  let types = seen.get(obj);
  if (types === undefined) seen.set(obj, (types = new Map<unknown, number>()));
  // A declaration without type parameters is one and the same wherever it is named.
  const isOne = type.within === undefined && view.v === "object" && view.name !== undefined && view.env === null;
  const key = isOne ? `${view.name.file.index}:${view.name.owner}` : type.within === undefined && type.env === null ? type.type : type;
  if ((types.get(key) ?? Infinity) <= depth) return true;
  types.set(key, depth);
  return false;
}

function visit(m: Machine, v: Value, type: TypeRef | undefined, site: Site, depth: number, seen: Seen): Value {
  if (type === undefined || depth > LEVELS || isBottom(v) || !tells(m, type)) return v;
  const view = m.types.view(type);
  if (m.hooks.propertySources && !isConstant(v)) {
    const named = namedProperties(m, view);
    const labels = named.reduce((all, p) => joinLabels(all, m.hooks.labelsOfProperty(p.of, null, p.name, site)), NO_LABELS);
    if (labels.length > 0) return v.labels.length > 0 ? v : labelDeep(m, v, labels);
  }
  if (view.v === "any" || view.v === "primitive" || view.v === "const") return v;
  if (view.v === "external" && (view.shape === undefined || !bears(m, type))) return v;
  let out = v;
  for (const obj of objectsOf(m.heap, v)) {
    if (obj.kind !== "external" && isSeen(seen, obj, type, view, depth)) continue;
    switch (obj.kind) {
      case "promise":
        inside(m, obj, S.value, m.types.awaited(type), site, depth, seen);
        break;
      case "iterator":
      case "generator":
        elements(m, obj, type, view, site, depth, seen);
        break;
      case "array":
      case "set":
      case "map":
        if (m.hooks.declaredIn(type).length > 0) say(m, obj, type);
        elements(m, obj, type, view, site, depth, seen);
        break;
      case "function":
        expect(m, obj, type);
        break;
      case "object":
        if ((view.v === "class" && view.env !== null && m.hooks.propertySources) || view.v === "external") say(m, obj, type);
        implement(m, obj, type);
        record(m, obj, type, site, depth, seen);
        break;
      case "unknown":
        adopt(m, obj, view.v === "promise" ? (m.types.awaited(type) ?? type) : type, site, depth, seen);
        break;
      case "external":
        if (bears(m, type) || isImplementable(m, type) || (view.v === "class" && view.file.declares !== true))
          out = join(
            isDescribed(m, obj)
              ? withRefs(
                  out,
                  out.refs.filter((id) => id !== obj.id),
                )
              : out,
            unknown(m, site, NO_LABELS, type),
          );
        break;
      default:
        break;
    }
  }
  return out;
}

/** Is it what a function of the program gives that is only declared? No model tells more of it than its type. */
function isDescribed(m: Machine, obj: Obj): boolean {
  const data = externalData(obj);
  const { module, path } = data;
  return path.at(-1) === "()" && (module.startsWith("./") || (module === "global" && path.length === 2)) && !m.isModelled(data);
}

/** The properties that a type names as a whole: `User["email"]`, also where it may be another primitive instead. */
function namedProperties(m: Machine, view: TypeView): readonly NonNullable<TypeView["property"]>[] {
  if (view.property !== undefined) return [view.property];
  if (view.v !== "union") return [];
  const parts = view.of.map((part) => m.types.view(part));
  const isPlain = (part: TypeView): boolean => part.property !== undefined || part.v === "primitive" || part.v === "const";
  return parts.every(isPlain) ? parts.flatMap((part) => part.property ?? []) : [];
}

/** Notes what a function or an instance is said to be, unless something was said before. */
function say(m: Machine, obj: Obj, type: TypeRef): void {
  if (!obj.props.has(S.type)) setSlot(m.heap, obj, S.type, typeValue(m, type));
}

function expect(m: Machine, fn: Obj, type: TypeRef): void {
  const signature = m.types.view(type).v === "function" ? type : m.types.signatures(type)[0];
  if (signature !== undefined) say(m, fn, signature);
}

/** Functions in a value get the types of where they stand; nothing else is believed of it. */
export function expectFunctions(m: Machine, v: Value, type: TypeRef, depth = 0): void {
  if (depth > LEVELS) return;
  for (const obj of objectsOf(m.heap, v)) {
    if (obj.kind === "function") expect(m, obj, type);
    else if (obj.kind === "object" || obj.kind === "array")
      for (const [slot, x] of obj.props) {
        if (x.refs.length === 0 || (slot.charCodeAt(0) === 0 && slot !== S.rest)) continue;
        const of = obj.kind === "array" ? m.types.element(type) : m.types.member(type, slot)?.type;
        if (of !== undefined) expectFunctions(m, x, of, depth + 1);
      }
  }
}

/** What `new` makes with type arguments: `new Client<User>()`. */
export function asInstance(m: Machine, f: Value, made: Value, types: readonly TypeIR[], site: Site): Value {
  const args = types.map((t) => typeIn(m, m.frame.code, t));
  let out = made;
  for (const callee of objectsOf(m.heap, f)) {
    const { cls, file } = (callee.kind === "class" ? callee.data : {}) as Partial<FunctionData>;
    const type =
      cls !== undefined && file !== undefined
        ? m.types.instance(file, cls, args)
        : callee.kind === "external"
          ? m.types.constructed(m.frame.code.file, externalData(callee).module, externalData(callee).path, args)
          : undefined;
    if (type === undefined) continue;
    const model = callee.kind === "external" ? m.instance(externalData(callee)) : undefined;
    if (model !== undefined && objectsOf(m.heap, made).every((obj) => obj.kind === "external")) {
      out = model(m, site, args, NO_LABELS);
      continue;
    }
    for (const obj of objectsOf(m.heap, made)) if (obj.kind !== "unknown") say(m, obj, type);
    out = believe(m, out, type, site);
  }
  return out;
}

/** What a getter gives is a member's value. */
export function asGot(m: Machine, { file, fn }: Code, v: Value, site: Site): Value {
  const cls = fn.owner === undefined ? undefined : file.facts.classes[fn.owner];
  if (cls === undefined || cls.name === "" || isBottom(v)) return v;
  const type = m.types.instance(file, cls);
  const member = m.types.member(type, fn.name);
  return member === undefined ? v : asMember(m, v, type, member, isConstant(v), site, 1, new Map(), null);
}

const isConstant = (v: Value): boolean => exact(v) !== undefined || (v.refs.length === 0 && !hasPrimitive(v));

function inside(m: Machine, obj: Obj, slot: string, type: TypeRef | undefined, site: Site, depth: number, seen: Seen): void {
  const old = obj.props.get(slot);
  if (old !== undefined) setSlot(m.heap, obj, slot, visit(m, old, type, site, depth + 1, seen));
}

function elements(m: Machine, obj: Obj, type: TypeRef, view: TypeView, site: Site, depth: number, seen: Seen): void {
  const element = m.types.element(type);
  if (element === undefined) return;
  for (const slot of [...obj.props.keys()])
    if (slot.charCodeAt(0) !== 0 || slot === S.rest || slot.startsWith(ENTRY))
      inside(m, obj, slot, view.v === "tuple" ? (view.of[Number(slot)] ?? element) : element, site, depth, seen);
}

/**
 * Constants written over a spread (`{...user, email: "[redacted]"}`) are no data of the user; the same in a literal that makes the record
 * are.
 */
function record(m: Machine, obj: Obj, type: TypeRef, site: Site, depth: number, seen: Seen): void {
  const spread = obj.props.has("\0spread");
  const others = obj.props.get(S.rest);
  const open = others !== undefined && !isConstant(withoutAbsent(others)) ? others : undefined;
  const declared = open === undefined ? [] : m.hooks.declaredIn(type);
  for (const member of m.types.members(type)) {
    // A row of which only some columns are known, what was read under names that are not known: it has what its type declares.
    const isOther = declared.some((x) => x.name === member.name) && open !== undefined;
    const old = obj.props.get(member.name) ?? (isOther ? unknown(m, site, allLabels(m, open), member.type, member.name) : undefined);
    if (old === undefined || isBottom(withoutAbsent(old))) continue;
    const isKnown = exact(old) === "" || (spread && old.consts.length > 0);
    setSlot(m.heap, obj, member.name, asMember(m, old, type, member, isKnown, site, depth + 1, seen, obj));
  }
  const view = m.types.view(type);
  if (view.v !== "object" || view.index === undefined) return;
  const named = new Set(view.members.map((x) => x.name));
  for (const slot of [...obj.props.keys()])
    if ((slot.charCodeAt(0) !== 0 || slot === S.rest) && !named.has(slot)) inside(m, obj, slot, view.index, site, depth, seen);
}

/** An instance's property is written: it is of the type that its class declares, and of the field that is declared for it. */
export function asField(m: Machine, obj: Obj, name: string, v: Value, site: Site): Value {
  if (obj.kind !== "object" || (v.refs.length === 0 && !m.hooks.propertySources)) return v;
  const type = classType(m, obj);
  const member = type && m.types.member(type, name);
  if (type === undefined || member === undefined) return v;
  return asMember(m, v, type, member, isConstant(v), site, 1, new Map(), obj);
}

/** What an instance is by the class that made it. */
export function classType(m: Machine, obj: Obj): TypeRef | undefined {
  for (const proto of objectsOf(m.heap, obj.props.get(S.proto) ?? BOTTOM)) {
    const ctor = objectsOf(m.heap, proto.props.get("constructor") ?? BOTTOM)[0];
    const { cls, file } = (ctor?.kind === "class" ? ctor.data : {}) as Partial<FunctionData>;
    if (cls !== undefined && file !== undefined && cls.name !== "") return m.types.instance(file, cls);
  }
  return undefined;
}

export interface Guarded {
  /** Position of the argument; -1 is the receiver. */
  readonly at: number;
  readonly type: TypeRef;
}

/** What the program's own type guards (or assertions) say of an argument when they hold. */
export function guardsOf(m: Machine, callee: Value, asserts: boolean): readonly Guarded[] {
  return objectsOf(m.heap, callee).flatMap((fn) => {
    const code = fn.kind === "function" ? (fn.data as FunctionData).code : null;
    const predicate = code?.fn.predicate;
    if (code === null || predicate?.type === undefined || predicate.asserts !== asserts) return [];
    const at = code.fn.params.findIndex((p) => p.target.p === "var" && p.target.slot === predicate.param);
    return at < 0 && predicate.param !== "this" ? [] : [{ at, type: typeIn(m, code, predicate.type) }];
  });
}

/** A property's value: of the field that is declared for it, unless it bears labels or is known for something else; of its type otherwise. */
function asMember(
  m: Machine,
  v: Value,
  type: TypeRef,
  member: { readonly name: string; readonly type: TypeRef | undefined },
  isKnown: boolean,
  site: Site,
  depth: number,
  seen: Seen,
  owner: Obj | null,
): Value {
  const isOpen = m.hooks.propertySources && !isKnown && v.labels.length === 0;
  const labels = isOpen ? m.hooks.labelsOfProperty(type, owner, member.name, site) : NO_LABELS;
  return labels.length > 0 ? labelDeep(m, v, labels) : visit(m, v, member.type, site, depth, seen);
}

/**
 * Something unknown that is found to be of a type. What has been asked of it before gets what the type says; the rest is made of it. Types
 * of mere data, without a declared field, tell nothing: anything may be in them, as in the unknown.
 */
function adopt(m: Machine, obj: Obj, type: TypeRef, site: Site, depth: number, seen: Seen): void {
  const old = typeOf(m, obj);
  if (old !== undefined && sameDeclared(m, old, type)) return;
  const { v } = m.types.view(type);
  const element = m.types.element(type);
  const isList = v === "array" && m.hooks.declaredIn(element!).length > 0;
  const isData = m.hooks.declaredIn(type).length === 0 && v !== "class" && v !== "function" && !m.types.members(type).some((x) => x.method);
  if (isData && !isList) return;
  if (old === undefined) {
    setSlot(m.heap, obj, S.type, typeValue(m, type));
    const protos = classProtos(m, type);
    if (protos.refs.length > 0 && !obj.props.has(S.proto)) setSlot(m.heap, obj, S.proto, protos);
  }
  for (const member of m.hooks.declaredIn(type)) {
    const had = obj.props.get(member.name);
    if (had === undefined && old === undefined) continue;
    const value = had ?? childOf(m, obj, member.name, site);
    setSlot(m.heap, obj, member.name, asMember(m, value, type, member, isConstant(withoutAbsent(value)), site, depth + 1, seen, obj));
  }
  // Whoever gets a list gets its elements, whether or not anybody has asked for one of them here.
  if (element !== undefined && obj.props.has(S.rest)) inside(m, obj, S.rest, element, site, depth, seen);
  else if (isList) childOf(m, obj, S.rest, site);
}

/** Are both the same declaration's? */
function sameDeclared(m: Machine, a: TypeRef, b: TypeRef): boolean {
  if (a === b) return true;
  const x = m.types.view(a);
  const y = m.types.view(b);
  if (a.within?.owner !== b.within?.owner) return false;
  if (x.v === "class" && y.v === "class") return x.cls === y.cls && x.env === y.env;
  if (x.v !== "object" || y.v !== "object" || x.name === undefined) return false;
  return x.name.file === y.name?.file && x.name.owner === y.name.owner && x.env === y.env;
}

/** The type as a value, for the slot that says it: so a way that ends takes it back, and ways that meet join it. */
export function typeValue(m: Machine, type: TypeRef): Value {
  let known = m.typeObjects.get(type.type);
  if (known === undefined) m.typeObjects.set(type.type, (known = []));
  let obj = known.find((o) => sameType(m.types, o.data as TypeRef, type));
  if (obj === undefined) known.push((obj = lastingly(m.heap, () => make(m, "native", `type ${m.heap.objects.length}`, type))));
  return ofRef(obj.id);
}
