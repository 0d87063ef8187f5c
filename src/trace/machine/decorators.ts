/** Decorators of members: what they make of a method or of a field's first value. */
import type { ClassMember } from "../../facts/ir.js";
import type { Site } from "../domain/labels.js";
import { isFunction, isRunnable, joinSlot, objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { BOTTOM, exact, join, ofConst, ofRef, UNDEFINED, type Value } from "../domain/value.js";
import { arg, callValue, NO_ARGS } from "./call.js";
import { evaluate } from "./eval.js";
import { externalData } from "./external.js";
import { make, type FunctionData, type Machine, type NativeCall } from "./machine.js";
import { defineAccessor, getNamed, setProp } from "./props.js";

const KINDS: Readonly<Record<string, string>> = { get: "getter", set: "setter" };

/** Slots of a class that hold what decorators have left to run: with each instance, or once with the class. */
const PER_INSTANCE = "\0perInstance";
const PER_CLASS = "\0perClass";

/** What a decorator is told of what it stands at. */
export function contextOf(m: Machine, cls: Obj, kind: string, name: Value, isStatic: boolean, site: Site): Obj {
  const context = make(m, "object", site);
  setSlot(m.heap, context, "kind", ofConst(kind));
  setSlot(m.heap, context, "name", name);
  setSlot(m.heap, context, "static", ofConst(isStatic));
  const of = ofRef(cls.id);
  const slot = isStatic || kind === "class" ? PER_CLASS : PER_INSTANCE;
  const run = (call: NativeCall): Value => {
    for (const obj of objectsOf(call.m.heap, of)) joinSlot(call.m.heap, obj, slot, arg(call.args, 0));
    return UNDEFINED;
  };
  setSlot(m.heap, context, "addInitializer", ofRef(make(m, "native", `${site.file}:${site.at}|addInitializer`, { run }).id));
  return context;
}

/** Runs what decorators have left by `addInitializer`: for an instance, or for the class itself. */
export function runInitializers(m: Machine, cls: Obj, self: Value, site: Site): void {
  const slot = self.refs.includes(cls.id) ? PER_CLASS : PER_INSTANCE;
  for (const fn of objectsOf(m.heap, cls.props.get(slot) ?? BOTTOM)) callValue(m, ofRef(fn.id), self, NO_ARGS, site);
}

/** Method decorators, of the standard kind and of TypeScript's older one: whatever they give back or put into the descriptor. */
export function decorateMethod(m: Machine, cls: Obj, member: ClassMember, fn: Value, on: Obj, name: string | undefined, site: Site): Value {
  let out = fn;
  for (const d of [...(member.decorators ?? [])].reverse()) {
    const decorator = evaluate(m, d);
    if (objectsOf(m.heap, decorator).every((o) => o.kind === "external" || o.kind === "unknown")) continue;
    const standard = objectsOf(m.heap, decorator).every(
      (o) => ((o.data as Partial<FunctionData> | undefined)?.code?.fn.params.length ?? 2) < 3,
    );
    const context = contextOf(m, cls, KINDS[member.kind] ?? member.kind, ofConst(name), member.static, site);
    if (standard) {
      const replaced = callValue(m, decorator, UNDEFINED, { list: [out, ofRef(context.id)], rest: null }, site);
      if (objectsOf(m.heap, replaced).some(isFunction)) out = replaced;
      continue;
    }
    setSlot(m.heap, context, "value", out);
    const replaced = callValue(m, decorator, UNDEFINED, { list: [ofRef(on.id), ofConst(name), ofRef(context.id)], rest: null }, site);
    for (const descriptor of [context, ...objectsOf(m.heap, replaced)]) {
      const v = descriptor.props.get("value");
      if (v !== undefined && objectsOf(m.heap, v).some(isFunction)) out = v;
    }
  }
  if (out !== fn) {
    for (const { data } of objectsOf(m.heap, fn)) {
      const { code } = data as FunctionData;
      if (code !== null) m.replaced.add(code.fn);
    }
    for (const obj of objectsOf(m.heap, out).filter(isFunction)) setSlot(m.heap, obj, WRITTEN, fn);
  }
  return out;
}

/** Slot of what a decorator has put in a method's place: the method as it is written. */
const WRITTEN = "\0written";

/** The function that is written where a method is: what its parameters are declared and decorated as is said there. */
export const writtenAs = (m: Machine, fn: Obj): Obj => objectsOf(m.heap, fn.props.get(WRITTEN) ?? BOTTOM)[0] ?? fn;

/** A library's own decorator, `@Column` without arguments. */
const isModelled = (m: Machine, obj: Obj): boolean => obj.kind === "external" && m.native(externalData(obj)) !== undefined;

/** Slot of a class that holds the n-th function through which a field's first value goes. */
const initialiser = (member: ClassMember, n: number): string => `\0init${member.at}.${n}`;

/**
 * Field decorators run with the class. A standard one gets `(undefined, context)` and may give a function that makes the field's first
 * value of the written one; TypeScript's older kind gets `(prototype, name)`. Nothing tells them apart here, so both are passed on.
 */
export function decorateField(m: Machine, cls: Obj, member: ClassMember, on: Obj, site: Site): void {
  let n = 0;
  for (const d of [...(member.decorators ?? [])].reverse()) {
    const decorator = evaluate(m, d);
    if (!objectsOf(m.heap, decorator).some((o) => isRunnable(o) || isModelled(m, o))) continue;
    const name = ofConst(exact(evaluate(m, member.key)));
    const context = contextOf(m, cls, "field", name, member.static, site);
    const args = [join(UNDEFINED, ofRef(on.id)), join(name, ofRef(context.id))];
    const made = callValue(m, decorator, UNDEFINED, { list: args, rest: null }, site);
    if (objectsOf(m.heap, made).some(isRunnable)) setSlot(m.heap, cls, initialiser(member, n++), made);
  }
}

/** Where the value behind a decorated accessor is; undefined of other members. */
export const storageOf = (member: ClassMember, on: Obj, name: string | undefined): string | undefined =>
  member.accessor === true && name !== undefined && on.props.has(S.getter + name) ? `\0accessor ${member.at}` : undefined;

/**
 * Decorators of an `accessor` field get its getter and setter, and may give others, and a function that makes its first value. Without a
 * decorator of the program it is like any other field.
 */
export function decorateAccessor(m: Machine, cls: Obj, member: ClassMember, on: Obj, name: string, site: Site): void {
  const storage = `\0accessor ${member.at}`;
  const native = (kind: string, run: (call: NativeCall) => Value): Value =>
    ofRef(make(m, "native", `${site.file}:${member.at}|${kind}`, { run }).id);
  let get = native("get", (call) => getNamed(call.m, call.self, storage, call.site));
  let set = native("set", (call) => {
    setProp(call.m, call.self, ofConst(storage), arg(call.args, 0), call.site);
    return UNDEFINED;
  });
  let n = 0;
  let any = false;
  for (const d of [...(member.decorators ?? [])].reverse()) {
    const decorator = evaluate(m, d);
    if (!objectsOf(m.heap, decorator).some(isFunction)) continue;
    any = true;
    const target = make(m, "object", site);
    setSlot(m.heap, target, "get", get);
    setSlot(m.heap, target, "set", set);
    const context = contextOf(m, cls, "accessor", ofConst(name), member.static, site);
    const made = callValue(m, decorator, UNDEFINED, { list: [ofRef(target.id), ofRef(context.id)], rest: null }, site);
    const given = (what: string): Value | undefined => {
      const v = getNamed(m, made, what, site);
      return objectsOf(m.heap, v).some(isRunnable) ? v : undefined;
    };
    get = given("get") ?? get;
    set = given("set") ?? set;
    const init = given("init");
    if (init !== undefined) setSlot(m.heap, cls, initialiser(member, n++), init);
  }
  if (!any) return;
  defineAccessor(m, on, name, "get", get);
  defineAccessor(m, on, name, "set", set);
}

/** A field's first value, after its decorators have had it. */
export function initialised(m: Machine, cls: Obj, member: ClassMember, written: Value, self: Value, site: Site): Value {
  let out = written;
  for (let n = 0; member.decorators !== undefined && n < member.decorators.length; n++) {
    const fn = cls.props.get(initialiser(member, n));
    if (fn === undefined) break;
    const made = callValue(m, fn, self, { list: [out], rest: null }, site);
    out = fn.kinds === 0 ? made : join(out, made);
  }
  return out;
}
