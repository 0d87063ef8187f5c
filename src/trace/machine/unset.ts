/** Class fields without a value: an ORM, a container, a framework or whoever makes the object sets them, to what their types say. */
import type { ClassFacts, ClassMember } from "../../facts/ir.js";
import type { LinkedFile } from "../../link/modules.js";
import { NO_LABELS, type Site } from "../domain/labels.js";
import { objectsOf, S, type Obj } from "../domain/heap.js";
import { BOTTOM, join, UNDEFINED, type Value } from "../domain/value.js";
import type { FunctionData, Machine } from "./machine.js";
import { unknown } from "./unknown.js";

/**
 * The first value of a field that is declared without one. What its class sets somewhere, and what may be left out (`client?: Client`), is
 * not there until somebody sets it; only a declared field in it may have been loaded all the same.
 */
export function unsetField(m: Machine, cls: Obj, member: ClassMember, site: Site): Value {
  const { cls: facts, file } = cls.data as FunctionData;
  if (facts === undefined || member.key.e !== "const") return UNDEFINED;
  const name = String(member.key.v);
  const declared = m.types.member(m.types.instance(file, facts), name);
  if (declared?.type === undefined) return UNDEFINED;
  const isLeft = (!declared.optional || member.decorators !== undefined) && !setsItself(file, facts).has(name);
  if (!isLeft && m.hooks.declaredIn(declared.type).length === 0) return UNDEFINED;
  return join(UNDEFINED, unknown(m, site, NO_LABELS, declared.type));
}

/** Has an object this member, itself or by the program's own classes? No getter is run for the answer. */
export function hasMember(m: Machine, obj: Obj, name: string, depth = 0): boolean {
  if (obj.props.has(name) || obj.props.has(S.getter + name)) return true;
  const protos = depth > DEEPEST ? [] : objectsOf(m.heap, obj.props.get(S.proto) ?? BOTTOM);
  return protos.some((proto) => proto.kind !== "external" && hasMember(m, proto, name, depth + 1));
}

/** Classes above classes. */
const DEEPEST = 24;

const known = new WeakMap<ClassFacts, ReadonlySet<string>>();

/** Names of the properties that a class's own code assigns, of its instances (`this.client = …`) or its own (`Service.shared = …`). */
function setsItself(file: LinkedFile, cls: ClassFacts): ReadonlySet<string> {
  let names = known.get(cls);
  if (names === undefined) {
    const found = new Set<string>();
    for (const fn of file.facts.functions) if (fn.at >= cls.at && fn.end <= cls.end) collect(fn.body, cls, found);
    known.set(cls, (names = found));
  }
  return names;
}

/** Facts are plain data: every pattern in them is met by going through all of it. */
function collect(node: unknown, cls: ClassFacts, out: Set<string>): void {
  if (typeof node !== "object" || node === null) return;
  const { p, o, key } = node as { readonly p?: unknown; readonly o?: Part; readonly key?: Part };
  if (p === "member" && key?.e === "const" && (o?.e === "this" || (o?.e === "var" && o.slot === (cls.selfSlot ?? cls.name))))
    out.add(String(key.v));
  for (const x of Object.values(node)) if (typeof x === "object") collect(x, cls, out);
}

/** What an expression may have. */
interface Part {
  readonly e?: unknown;
  readonly v?: unknown;
  readonly slot?: unknown;
}
