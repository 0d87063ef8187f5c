/** Decorators of members: what they make of a method or of a field's first value. */
import type { ClassMember } from "../../facts/ir.js";
import type { Site } from "../domain/labels.js";
import { isFunction, objectsOf, setSlot, type Obj } from "../domain/heap.js";
import { exact, join, ofConst, ofRef, UNDEFINED, type Value } from "../domain/value.js";
import { callValue } from "./call.js";
import { evaluate } from "./eval.js";
import { make, type FunctionData, type Machine } from "./machine.js";

/** Method decorators, of the standard kind and of TypeScript's older one: whatever they give back or put into the descriptor. */
export function decorateMethod(m: Machine, member: ClassMember, fn: Value, on: Obj, name: string | undefined, site: Site): Value {
  let out = fn;
  for (const d of [...(member.decorators ?? [])].reverse()) {
    const decorator = evaluate(m, d);
    if (objectsOf(m.heap, decorator).every((o) => o.kind === "external" || o.kind === "unknown")) continue;
    const standard = objectsOf(m.heap, decorator).every((o) => ((o.data as Partial<FunctionData>).code?.fn.params.length ?? 2) < 3);
    const context = make(m, "object", site);
    setSlot(m.heap, context, "name", ofConst(name));
    setSlot(m.heap, context, "kind", ofConst(member.kind === "method" ? "method" : member.kind));
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
  return out;
}

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
    if (!objectsOf(m.heap, decorator).some(isFunction)) continue;
    const name = ofConst(exact(evaluate(m, member.key)));
    const context = make(m, "object", site);
    setSlot(m.heap, context, "name", name);
    setSlot(m.heap, context, "kind", ofConst("field"));
    const args = [join(UNDEFINED, ofRef(on.id)), join(name, ofRef(context.id))];
    const made = callValue(m, decorator, UNDEFINED, { list: args, rest: null }, site);
    if (objectsOf(m.heap, made).some(isFunction)) setSlot(m.heap, cls, initialiser(member, n++), made);
  }
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
