/** Classes: evaluation, construction, instances. */
import type { ClassFacts, ClassMember } from "../../facts/ir.js";
import type { LinkedFile } from "../../link/modules.js";
import type { Site } from "../domain/labels.js";
import { objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { BOTTOM, exact, isBottom, join, ofConst, ofRef, ofRefs, UNDEFINED, withVia, type Value } from "../domain/value.js";
import { callFunction, callObject, callValue, closure, NO_ARGS } from "./call.js";
import { asField } from "./declared.js";
import { contextOf, decorateAccessor, decorateField, decorateMethod, initialised, runInitializers, storageOf } from "./decorators.js";
import { evaluate } from "./eval.js";
import { allocate } from "./identity.js";
import { make, siteOf, type Args, type FunctionData, type Machine } from "./machine.js";
import { hasMember, unsetField } from "./unset.js";
import { ACCESSORS, defineAccessor, functionPrototype, hide, noteKey } from "./props.js";

/** Evaluates a class expression or declaration: the class object with its prototype. */
export function evaluateClass(m: Machine, index: number): Value {
  const { file } = m.frame.code;
  const facts = file.facts.classes[index]!;
  const site = siteOf(m, facts);
  const parent = facts.superclass === undefined ? undefined : evaluate(m, facts.superclass);
  const cls = allocate(m, "class", `class ${file.index}:${facts.at}`, {
    code: null,
    env: m.frame.env.id,
    thisValue: null,
    home: null,
    cls: facts,
    file,
  } satisfies FunctionData);
  const proto = make(m, "object", `proto ${file.index}:${facts.at}`);
  setSlot(m.heap, proto, "constructor", ofRef(cls.id));
  hide(m, proto, "constructor");
  setSlot(m.heap, cls, "prototype", ofRef(proto.id));
  hide(m, cls, "prototype");
  if (parent !== undefined) {
    setSlot(m.heap, cls, S.proto, withVia(parent, null));
    let protos: Value = BOTTOM;
    for (const p of objectsOf(m.heap, parent)) protos = join(protos, prototypeOf(m, p));
    setSlot(m.heap, proto, S.proto, protos);
  }
  const self = ofRef(cls.id);
  if (facts.selfSlot !== undefined) setSlot(m.heap, m.frame.env, facts.selfSlot, self);
  if (facts.ctor !== undefined) setSlot(m.heap, cls, "\0ctor", closure(m, facts.ctor, proto.id));
  defineMembers(m, facts, cls, proto, site);
  let out: Value = self;
  for (const d of [...(facts.decorators ?? [])].reverse()) {
    const context = contextOf(m, cls, "class", ofConst(facts.name), false, site);
    // TypeScript's older kind gets the class alone, and asks whether there is more.
    const args = [out, join(UNDEFINED, ofRef(context.id))];
    const replaced = callValue(m, evaluate(m, d), UNDEFINED, { list: args, rest: null }, site);
    const objects = objectsOf(m.heap, replaced).filter((o) => o.kind === "class" || o.kind === "function");
    if (objects.length > 0) out = join(ofRef(objects[0]!.id), objects.length > 1 ? replaced : BOTTOM);
  }
  runInitializers(m, cls, self, site);
  return out;
}

/** What `new` on this object gives its instances as prototype. */
export function prototypeOf(m: Machine, cls: Obj): Value {
  if (cls.kind === "external" || cls.kind === "unknown") return ofRef(cls.id);
  return cls.props.get("prototype") ?? (cls.kind === "function" ? functionPrototype(m, cls) : BOTTOM);
}

function memberKey(m: Machine, member: ClassMember): { readonly name: string | undefined; readonly value: Value } {
  const value = evaluate(m, member.key);
  const name = exact(value);
  return { name: name === undefined ? undefined : String(name), value };
}

function defineMembers(m: Machine, facts: ClassFacts, cls: Obj, proto: Obj, site: Site): void {
  for (const member of facts.members) {
    if (member.ambient === true && (member.kind !== "field" || !member.static)) continue;
    const on = member.static ? cls : proto;
    if (member.kind === "static-block") {
      if (member.fn !== undefined) runThunk(m, member.fn, ofRef(cls.id), cls, site);
      continue;
    }
    if (member.kind === "field") {
      const { name, value } = memberKey(m, member);
      if (member.decorators !== undefined) {
        if (member.accessor === true && name !== undefined) decorateAccessor(m, cls, member, on, name, site);
        else decorateField(m, cls, member, on, site);
      }
      if (!member.static) continue;
      const initial = member.fn === undefined ? unsetField(m, cls, member, site) : runThunk(m, member.fn, ofRef(cls.id), cls, site);
      const v = initialised(m, cls, member, initial, ofRef(cls.id), site);
      if (member.ambient === true && (v === UNDEFINED || name === undefined || hasMember(m, cls, name))) continue;
      setSlot(m.heap, on, storageOf(member, on, name) ?? name ?? S.rest, v);
      noteKey(m, on, value.labels);
      continue;
    }
    const { name, value } = memberKey(m, member);
    if (member.fn === undefined) continue;
    let fn = closure(m, member.fn, on.id);
    if (member.decorators !== undefined) fn = decorateMethod(m, cls, member, fn, on, name, site);
    const symbol = value.refs.length > 0 ? symbolOf(m, value) : undefined;
    const slot = symbol ?? name ?? S.rest;
    if (member.kind === "method") {
      setSlot(m.heap, on, slot, fn);
      if (member.static) hide(m, on, slot);
    } else defineAccessor(m, on, slot, member.kind, fn);
  }
}

function symbolOf(m: Machine, v: Value): string | undefined {
  const obj = objectsOf(m.heap, v)[0];
  if (obj?.kind !== "external") return undefined;
  const path = (obj.data as { path: readonly string[] }).path;
  return path[0] === "Symbol" && path[1] !== undefined ? `@@${path[1]}` : undefined;
}

/** Runs a field initialiser or static block with `this`. */
function runThunk(m: Machine, index: number, self: Value, home: Obj, site: Site, cls?: Obj): Value {
  const data = cls === undefined ? undefined : (cls.data as FunctionData);
  const file = data?.file ?? m.frame.code.file;
  const fn = file.facts.functions[index]!;
  return callFunction(
    m,
    null,
    { code: { file, fn, index }, env: data?.env ?? m.frame.env.id, thisValue: null, home: home.id, file },
    self,
    NO_ARGS,
    site,
  );
}

/** The constructor that `new` runs: the class's own, else the one that it inherits. */
export function constructorOf(m: Machine, cls: Obj, depth = 0): Obj | undefined {
  const own = objectsOf(m.heap, cls.props.get("\0ctor") ?? BOTTOM)[0];
  if (own !== undefined || depth > 12) return own;
  const parent = objectsOf(m.heap, cls.props.get(S.proto) ?? BOTTOM).find((p) => p.kind === "class");
  return parent && constructorOf(m, parent, depth + 1);
}

/** `new C(...)`. */
export function constructClass(m: Machine, cls: Obj, args: Args, site: Site): Value {
  const instance = allocate(m, extendsError(m, cls) ? "error" : "object", site);
  setSlot(m.heap, instance, S.proto, cls.props.get("prototype") ?? BOTTOM);
  return initialise(m, cls, ofRef(instance.id), args, site);
}

function extendsError(m: Machine, cls: Obj, depth = 0): boolean {
  const parent = cls.props.get(S.proto);
  if (parent === undefined || depth > 12) return false;
  return objectsOf(m.heap, parent).some((p) =>
    p.kind === "external"
      ? ((p.data as { path: readonly string[] }).path.at(-1) ?? "").endsWith("Error")
      : p.kind === "class" && extendsError(m, p, depth + 1),
  );
}

/** Runs a class's constructor on an instance; the base's runs first or at `super()`. Gives the instance (or what the constructor returned). */
export function initialise(m: Machine, cls: Obj, instance: Value, args: Args, site: Site): Value {
  const data = cls.data as FunctionData;
  const { cls: facts } = data;
  if (facts === undefined) return instance;
  const ctor = cls.props.get("\0ctor");
  if (facts.superclass === undefined) initialiseFields(m, cls, instance, site);
  if (ctor === undefined) {
    return facts.superclass === undefined ? instance : superCall(m, cls, instance, args, site);
  }
  const fn = objectsOf(m.heap, ctor)[0]!;
  const result = callFunction(
    m,
    fn,
    { ...(fn.data as FunctionData), home: objectsOf(m.heap, cls.props.get("prototype") ?? BOTTOM)[0]?.id ?? null },
    instance,
    args,
    site,
    true,
  );
  if (objectsOf(m.heap, result).length > 0) return result;
  return facts.superclass === undefined ? instance : insteadOf(m, instance);
}

/** What a base's constructor has given instead of the instance that it was called on. */
const INSTEAD = "\0instead";

function insteadOf(m: Machine, instance: Value): Value {
  let out: Value = BOTTOM;
  for (const obj of objectsOf(m.heap, instance)) out = join(out, obj.props.get(INSTEAD) ?? BOTTOM);
  return isBottom(out) ? instance : out;
}

/** `super(...)` of this class: the parent's construction, then its own fields. Gives `this` from there on: what the parent's constructor gave. */
export function superCall(m: Machine, cls: Obj, instance: Value, args: Args, site: Site): Value {
  let given: Value = BOTTOM;
  const parent = cls.props.get(S.proto);
  if (parent !== undefined)
    for (const p of objectsOf(m.heap, parent)) {
      if (p.kind === "class") {
        m.hooks.beforeCall({ callee: p, self: instance, args, site, isNew: true });
        given = join(given, initialise(m, p, instance, args, site));
      } else if (p.kind === "function") {
        const result = callFunction(m, p, p.data as FunctionData, instance, args, site, true);
        given = join(given, result.refs.length > 0 ? ofRefs(result.refs) : instance);
      } else if (p.kind === "external" || p.kind === "native") {
        // An unknown base, or the language's or a library's own (Error, Map, Record({ … })): its effect on the instance is the native's.
        const made = callObject(m, p, UNDEFINED, args, site, true);
        for (const from of objectsOf(m.heap, made)) for (const to of objectsOf(m.heap, instance)) adopt(m, to, from);
      }
    }
  const self = given.refs.length > 0 ? given : instance;
  if (self.refs !== instance.refs && self.refs.join() !== instance.refs.join())
    for (const obj of objectsOf(m.heap, instance)) setSlot(m.heap, obj, INSTEAD, self);
  initialiseFields(m, cls, self, site);
  return self;
}

function adopt(m: Machine, to: Obj, from: Obj): void {
  if (from.kind === "external" || from === to) return;
  if (from.kind === "map" || from.kind === "set" || from.kind === "array" || from.kind === "error" || from.kind === "promise")
    to.kind = from.kind;
  for (const [slot, v] of from.props) if (slot !== S.proto) setSlot(m.heap, to, slot, v);
}

function initialiseFields(m: Machine, cls: Obj, instance: Value, site: Site): void {
  const { cls: facts } = cls.data as FunctionData;
  if (facts === undefined) return;
  const protos = objectsOf(m.heap, cls.props.get("prototype") ?? BOTTOM);
  const home = protos[0] ?? cls;
  runInitializers(m, cls, instance, site);
  for (const member of facts.members) {
    if (member.kind !== "field" || member.static) continue;
    const name = member.key.e === "const" ? String(member.key.v) : undefined;
    const initial = member.fn === undefined ? unsetField(m, cls, member, site) : runThunk(m, member.fn, instance, home, site, cls);
    const v = initialised(m, cls, member, initial, instance, site);
    // `declare x: T` writes nothing; what is there is the base's, or somebody else's.
    if (member.ambient === true && (v === UNDEFINED || name === undefined)) continue;
    for (const obj of objectsOf(m.heap, instance)) {
      if (member.ambient === true && hasMember(m, obj, name!)) continue;
      // `@Column name!: string`: decorators of TypeScript's older kind go with fields that write nothing, so the base's value stays.
      if (member.fn === undefined && member.decorators !== undefined && name !== undefined && obj.props.has(name)) continue;
      if (obj.props.has(ACCESSORS) && name !== undefined && obj.props.has(S.setter + name)) continue;
      setSlot(m.heap, obj, storageOf(member, home, name) ?? name ?? S.rest, name === undefined ? v : asField(m, obj, name, v, site));
    }
  }
}

/** The prototype of a class of the program, once its declaration has run. */
export function classPrototype(m: Machine, file: LinkedFile, cls: ClassFacts): Obj | undefined {
  const state = m.moduleState.get(file.index);
  const slot = cls.selfSlot ?? cls.name;
  const v = state?.env.props.get(slot);
  if (v === undefined) return undefined;
  const obj = objectsOf(m.heap, v).find((o) => o.kind === "class");
  return obj === undefined ? undefined : objectsOf(m.heap, obj.props.get("prototype") ?? BOTTOM)[0];
}
