/** `Object`: properties as lists and back, copies, prototypes, tests. */
import { joinLabels, NO_LABELS, type Labels } from "../domain/labels.js";
import { joinSlot, missing, objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import {
  addLabels,
  ANY_BOOLEAN,
  ANY_STRING,
  BOTTOM,
  exact,
  FALSE,
  hasPrimitive,
  isBottom,
  join,
  K,
  NULL,
  ofConst,
  ofRef,
  primitivePart,
  stringOf,
  TRUE,
  UNDEFINED,
  type Value,
} from "../domain/value.js";
import { arg, callValue, hasArg } from "../machine/call.js";
import { external, externalData, globalObject } from "../machine/external.js";
import { forkAll } from "../machine/fork.js";
import { iterate } from "../machine/iterate.js";
import { hop, loaded, make, type Machine, type Native, type NativeCall } from "../machine/machine.js";
import { ACCESSORS, copyProps, entries, FROZEN, functionPrototype, getNamed, keyNames, noteKey, setAny, symbolName, type Entries } from "../machine/props.js";
import { addDeep } from "../machine/unknown.js";
import { alternatives, bounded, itemsOf, newArray, newPair, Sequence, spot } from "./items.js";
import { equal } from "./equality.js";
import type { NativeModule } from "./index.js";
import { define, descriptors } from "./object-define.js";
import { repeat } from "./repeat.js";
import { groupInto } from "./group.js";

type What = "keys" | "values" | "entries";

/** A property that an unknown object certainly has: its type says so. */
const certain = (obj: Obj, value: Value, maybe: boolean): boolean => !maybe || (obj.kind === "unknown" && (value.kinds & (K.Undefined | K.Absent)) === 0);

/** One object's properties as keys, values or pairs; those that may be missing stay apart from each other behind the certain ones. */
function propertyItems(call: NativeCall, obj: Obj, what: What): { readonly items: Sequence; readonly counted: boolean } {
  const { m, site } = call;
  const e: Entries = listEntries(m, obj, call);
  const out = new Sequence();
  const item = (key: Value, value: Value, tag: string): Value => (what === "keys" ? key : what === "values" ? value : newPair(m, site, key, value, tag));
  const maybe: Value[] = [];
  let counted = true;
  for (const x of e.known) {
    const v = item(ofConst(x.name), x.value, x.name);
    if (certain(obj, x.value, x.maybe)) out.add(v);
    else maybe.push(v);
    if (x.maybe) counted = false;
  }
  for (const v of maybe) out.addMaybe(v);
  if (e.rest !== null) out.addMaybe(summaryOf(m, item(stringOf(e.restKey), e.rest, "any"), what));
  return { items: out, counted };
}

/** A pair that stands for any number of them. */
function summaryOf(m: Machine, v: Value, what: What): Value {
  if (what === "entries") for (const o of objectsOf(m.heap, v)) o.summary = true;
  return v;
}

/** Own enumerable properties; an array's elements are such. */
function listEntries(m: Machine, obj: Obj, call: NativeCall): Entries {
  if (obj.kind !== "array") return entries(m, obj, call.site);
  const items = itemsOf(m, ofRef(obj.id), call.site);
  const named = entries(m, obj, call.site).known.filter((x) => !/^\d+$/.test(x.name));
  const elements = items.list.map((value, i) => ({ name: String(i), value, maybe: false }));
  return { known: [...elements, ...named], rest: items.rest, restKey: NO_LABELS };
}

/** `Object.keys`, `values`, `entries`. */
const list =
  (what: What): Native =>
  (call) => {
    const { m, site } = call;
    const v = arg(call.args, 0);
    const objects = objectsOf(m.heap, v);
    const via = (x: Value): Value => loaded(m, x, v.via, site);
    const out = new Sequence();
    let counted = true;
    for (const obj of objects) {
      const { items, counted: all } = propertyItems(call, obj, what);
      if (!m.alive) return BOTTOM;
      if (!all) counted = false;
      for (const x of items.list) if (objects.length === 1) out.add(via(x)); else out.addMaybe(via(x));
      if (items.rest !== null) out.addMaybe(via(items.rest));
    }
    // Of something without structure only the labels are known.
    if (objects.length === 0 && v.labels.length > 0) {
      const any = stringOf(v.labels);
      out.addMaybe(what === "entries" ? newPair(m, site, any, any, "any") : any);
    }
    const result = newArray(m, site, out);
    if (!counted && out.rest === null) for (const o of objectsOf(m.heap, result)) setSlot(m.heap, o, S.length, undefined);
    return result;
  };

/** Puts `[key, value]` into an object. */
function putPair(call: NativeCall, into: Obj, pair: Value, sure: boolean): void {
  const { m, site } = call;
  const parts = alternatives(m, pair, false);
  for (const part of parts) {
    const key = part.refs.length === 0 ? stringOf(part.labels) : getNamed(m, part, "0", site);
    const value = part.refs.length === 0 ? stringOf(part.labels) : getNamed(m, part, "1", site);
    putKey(m, into, key, hop(m, value, "store", site), sure && parts.length === 1);
  }
}

/** Writes a fresh object's property under a key that may be open. */
export function putKey(m: Machine, into: Obj, key: Value, value: Value, sure: boolean): void {
  const symbol = symbolName(m, key);
  const { names, open } = symbol === undefined ? keyNames(key) : { names: [symbol], open: false };
  for (const name of names) {
    if (sure && names.length === 1 && !open) setSlot(m.heap, into, name, value);
    else setSlot(m.heap, into, name, join(into.props.get(name) ?? missing(into, name), value));
  }
  if (open) setAny(m, into, value, key.labels);
  else noteKey(m, into, key.labels);
}

function fromEntries(call: NativeCall): Value {
  const { m, site } = call;
  const items = iterate(m, arg(call.args, 0), site);
  const obj = make(m, "object", spot(site, "object"));
  for (const pair of items.list) putPair(call, obj, pair, true);
  if (items.rest !== null) putPair(call, obj, items.rest, false);
  return m.alive ? ofRef(obj.id) : BOTTOM;
}

/** `Object.assign(target, ...sources)`. */
function assign(call: NativeCall): Value {
  const { m, site, args } = call;
  const target = arg(args, 0);
  const objects = objectsOf(m.heap, target);
  const copy = (to: Obj, source: Value): void => {
    const labels = source.labels;
    if (to.kind === "unknown") addDeep(m, to, labels);
    copyProps(m, to, source, site);
  };
  const all = (to: Obj): Value => {
    if (to.props.has(FROZEN)) return BOTTOM;
    for (const source of args.list.slice(1)) copy(to, source);
    const { rest } = args;
    if (rest !== null)
      repeat(m, () => {
        copy(to, rest);
        return BOTTOM;
      });
    return BOTTOM;
  };
  if (objects.length === 1) all(objects[0]!);
  else if (objects.length > 1)
    forkAll(
      m,
      objects.map((to) => () => all(to)),
    );
  return m.alive ? target : BOTTOM;
}

function freeze(call: NativeCall): Value {
  const { m } = call;
  const v = arg(call.args, 0);
  const objects = objectsOf(m.heap, v);
  if (objects.length === 1 && !objects[0]!.summary) setSlot(m.heap, objects[0]!, FROZEN, UNDEFINED);
  return v;
}

function create(call: NativeCall): Value {
  const { m, site, args } = call;
  const obj = make(m, "object", spot(site, "object"));
  const proto = arg(args, 0);
  if (proto.refs.length > 0) setSlot(m.heap, obj, S.proto, proto);
  if (hasArg(args, 1)) define(m, { obj, strong: true }, arg(args, 1), site);
  return ofRef(obj.id);
}

const BUILT_IN: Readonly<Partial<Record<Obj["kind"], string>>> = { array: "Array", map: "Map", set: "Set", promise: "Promise", error: "Error", function: "Function", class: "Function", generator: "Generator" };

/** An object's prototype. */
export function prototypeOf(m: Machine, v: Value): Value {
  let out: Value = BOTTOM;
  for (const obj of objectsOf(m.heap, v)) {
    if (obj.kind === "unknown") out = join(out, obj.props.get(S.proto) ?? ofRef(obj.id));
    else if (obj.kind === "external") out = join(out, ofRef(external(m, externalData(obj).module, [...externalData(obj).path, "__proto__"]).id));
    else out = join(out, obj.props.get(S.proto) ?? ofRef(globalObject(m, `${BUILT_IN[obj.kind] ?? "Object"}.prototype`).id));
  }
  return isBottom(out) ? NULL : out;
}

export function setPrototype(m: Machine, v: Value, proto: Value): void {
  const objects = objectsOf(m.heap, v);
  for (const obj of objects) {
    if (objects.length === 1 && !obj.summary) setSlot(m.heap, obj, S.proto, proto.refs.length > 0 ? proto : undefined);
    else if (proto.refs.length > 0) joinSlot(m.heap, obj, S.proto, proto);
  }
}

/** Is a property an own one of the object: decided for closed objects and exact names. */
export function hasOwn(m: Machine, v: Value, key: Value): Value {
  const symbol = symbolName(m, key);
  const { names, open } = symbol === undefined ? keyNames(key) : { names: [symbol], open: false };
  const objects = objectsOf(m.heap, v);
  if (open || names.length === 0 || objects.length === 0) return ANY_BOOLEAN;
  let out: Value = BOTTOM;
  for (const obj of objects) for (const name of names) out = join(out, ownHas(obj, name));
  return out;
}

function ownHas(obj: Obj, name: string): Value {
  const own = obj.props.get(name);
  if (obj.props.has(ACCESSORS) && (obj.props.has(S.getter + name) || obj.props.has(S.setter + name))) return TRUE;
  if (own !== undefined && (own.kinds & K.Absent) === 0) return obj.kind === "unknown" && (own.kinds & K.Undefined) !== 0 ? ANY_BOOLEAN : TRUE;
  if (obj.kind !== "object" || obj.props.has(S.rest) || obj.summary) return ANY_BOOLEAN;
  return own === undefined || (own.kinds === K.Absent && own.consts.length === 0 && own.refs.length === 0) ? FALSE : ANY_BOOLEAN;
}

/** Names of all own properties, also those that are not enumerable. */
export function ownNames(m: Machine, v: Value, call: NativeCall, symbols: boolean): Value {
  const out = new Sequence();
  const objects = objectsOf(m.heap, v);
  let restKey: Labels = NO_LABELS;
  let open = objects.length === 0;
  for (const obj of objects) {
    if (obj.kind === "unknown" || obj.kind === "array") {
      const e = listEntries(m, obj, call);
      for (const x of e.known) out.addMaybe(ofConst(x.name));
      open ||= e.rest !== null;
      restKey = joinLabels(restKey, e.restKey);
      continue;
    }
    const names = new Map<string, boolean>();
    if (obj.kind === "function" || obj.kind === "class") functionPrototypeOf(m, obj);
    for (const [slot, x] of obj.props) {
      const name = slot.startsWith(S.getter) ? slot.slice(S.getter.length) : slot.startsWith(S.setter) ? slot.slice(S.setter.length) : slot;
      if (name.charCodeAt(0) === 0 || name.startsWith("#") || (name.startsWith("@@") && slot !== name)) continue;
      if (name.startsWith("@@") !== symbols) continue;
      names.set(name, (names.get(name) ?? true) && (x.kinds & K.Absent) !== 0);
    }
    for (const [name, maybe] of names) {
      const key = symbols ? symbolValue(m, name) : ofConst(name);
      if (maybe || objects.length > 1) out.addMaybe(key);
      else out.add(key);
    }
    open ||= obj.props.has(S.rest);
    restKey = joinLabels(restKey, obj.props.get(S.restKey)?.labels ?? NO_LABELS);
  }
  if (open && !symbols) out.addMaybe(addLabels(ANY_STRING, restKey));
  return newArray(m, call.site, out);
}

const functionPrototypeOf = (m: Machine, fn: Obj): void => void (fn.kind === "function" && !fn.props.has("prototype") && functionPrototype(m, fn));

/** The symbol that a property's inner name stands for. */
function symbolValue(m: Machine, name: string): Value {
  const id = Number(name.slice(2));
  return Number.isInteger(id) ? ofRef(id) : ofRef(globalObject(m, `Symbol.${name.slice(2)}`).id);
}

/** `Object(v)`: objects and wrapped primitives stay what they are. */
function construct(call: NativeCall): Value {
  const v = arg(call.args, 0);
  const fresh = (): Value => ofRef(make(call.m, "object", spot(call.site, "object")).id);
  if (!hasArg(call.args, 0)) return fresh();
  const given = { ...v, kinds: v.kinds & ~(K.Undefined | K.Null) };
  return (v.kinds & (K.Undefined | K.Null)) === 0 ? v : isBottom(given) ? fresh() : join(given, fresh());
}

/** What `toString` of a receiver without one of its own gives: only primitives are spelled out. */
function toText(call: NativeCall): Value {
  const v = primitivePart(call.self);
  let out: Value = call.self.refs.length > 0 ? ANY_STRING : BOTTOM;
  const c = exact(v);
  if (c !== undefined) out = join(out, ofConst(String(c)));
  else if (hasPrimitive(v)) out = join(out, stringOf(v.labels));
  return out;
}

function isFrozen(call: NativeCall): Value {
  const objects = objectsOf(call.m.heap, arg(call.args, 0));
  return objects.length > 0 && objects.every((o) => o.props.has(FROZEN)) ? TRUE : ANY_BOOLEAN;
}

const same: Native = (call) => arg(call.args, 0);

export const object: NativeModule = {
  modules: ["global"],
  natives: {
    Object: construct,
    "Object.keys": list("keys"),
    "Object.values": list("values"),
    "Object.entries": list("entries"),
    "Object.fromEntries": fromEntries,
    "Object.assign": assign,
    "Object.freeze": freeze,
    "Object.seal": same,
    "Object.preventExtensions": same,
    "Object.isFrozen": isFrozen,
    "Object.isSealed": () => ANY_BOOLEAN,
    "Object.isExtensible": () => ANY_BOOLEAN,
    "Object.create": create,
    "Object.getOwnPropertyNames": (call) => ownNames(call.m, arg(call.args, 0), call, false),
    "Object.getOwnPropertySymbols": (call) => ownNames(call.m, arg(call.args, 0), call, true),
    "Object.getPrototypeOf": (call) => prototypeOf(call.m, arg(call.args, 0)),
    "Object.setPrototypeOf": (call) => {
      setPrototype(call.m, arg(call.args, 0), arg(call.args, 1));
      return arg(call.args, 0);
    },
    "Object.hasOwn": (call) => hasOwn(call.m, arg(call.args, 0), arg(call.args, 1)),
    "Object.is": (call) => equal(call.m, arg(call.args, 0), arg(call.args, 1)),
    "Object.groupBy": (call) => {
      const obj = make(call.m, "object", spot(call.site, "groups"));
      groupInto(call, bounded(iterate(call.m, arg(call.args, 0), call.site)), (key, group, sure) => putKey(call.m, obj, key, group, sure));
      return call.m.alive ? ofRef(obj.id) : BOTTOM;
    },
    ...descriptors,
    "Object.prototype.hasOwnProperty": (call) => hasOwn(call.m, call.self, arg(call.args, 0)),
    "Object.prototype.propertyIsEnumerable": () => ANY_BOOLEAN,
    "Object.prototype.isPrototypeOf": () => ANY_BOOLEAN,
    "Object.prototype.toString": toText,
    "Object.prototype.toLocaleString": (call) => {
      const own = getNamed(call.m, call.self, "toString", call.site);
      return callValue(call.m, own, call.self, { list: [], rest: null }, call.site);
    },
    "Object.prototype.valueOf": (call) => call.self,
  },
};
