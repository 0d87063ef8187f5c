/** What many natives need: receivers of one kind, labels of arguments, callbacks, natives as values. */
import { joinLabels, NO_LABELS, type Labels, type Site } from "../domain/labels.js";
import { joinSlot, objectsOf, S, setSlot, type Obj, type ObjectKind, isRunnable } from "../domain/heap.js";
import { BOTTOM, EMPTY_STRING, exact, isBottom, join, ofConst, ofRef, stringOf, UNDEFINED, type Value } from "../domain/value.js";
import { allArgs, arg, callValue } from "../machine/call.js";
import { allLabels } from "../machine/deep.js";
import { external } from "../machine/external.js";
import { hop, make, type Args, type Machine, type Native, type NativeCall, type UnknownData } from "../machine/machine.js";
import { concatenate } from "../machine/operators.js";
import { getNamed } from "../machine/props.js";
import type { NativeTable } from "./index.js";
import { spot } from "./items.js";

/** The i-th argument of a native's call. */
export const argOf = (call: NativeCall, i: number): Value => arg(call.args, i);

/** Key of something that a call makes, by where the call begins; `spot` tells the calls of one chain apart. */
export const at = (call: NativeCall, what = ""): string => `${call.site.file}:${call.site.at}:${what}`;

/** The i-th argument when it is one exact string. */
export function exactString(v: Value): string | undefined {
  const c = exact(v);
  return typeof c === "string" ? c : undefined;
}

export function exactNumber(v: Value): number | undefined {
  const c = exact(v);
  return typeof c === "number" ? c : undefined;
}

/** Labels of everything in some values. */
export function labelsIn(m: Machine, values: readonly Value[]): Labels {
  let out: Labels = NO_LABELS;
  for (const v of values) out = joinLabels(out, allLabels(m, v));
  return out;
}

/** Labels of everything that the arguments hold. */
export const labelsOfArgs = (call: NativeCall): Labels => labelsIn(call.m, allArgs(call.args));

/** A result on which the call is noted as one step. */
export const stepped = (call: NativeCall, v: Value): Value => hop(call.m, v, "call", call.site);

/** A string that spells out labels, after one more step. */
export const spelling = (call: NativeCall, labels: Labels): Value => stepped(call, stringOf(labels));

/** A value converted to text, as `String(v)` or a template does; structured text stays structured. */
export function asText(m: Machine, v: Value, site: Site): Value {
  if (isBottom(v)) return BOTTOM;
  return concatenate(m, EMPTY_STRING, v, site);
}

/** A call of a function with a fixed list of arguments. */
export const callWith = (m: Machine, fn: Value, list: readonly Value[], site: Site, self: Value = UNDEFINED): Value =>
  callValue(m, fn, self, { list, rest: null }, site);

/**
 * A function made by a native. The closure must not keep objects that the heap may fold: pass values and read them again. `holds` are all
 * the values that it keeps; while one lives that does not say, nothing of what its entry point has made is given back.
 */
export function nativeValue(m: Machine, site: Site | string, name: string, run: Native, holds?: readonly Value[]): Value {
  const where = typeof site === "string" ? site : `${site.file}:${site.at}`;
  return ofRef(make(m, "native", `${where}|${name}`, { run, ...(holds && { holds }) }).id);
}

/** What a closure holds that keeps the call it was made in. */
export const heldWith = (call: NativeCall): readonly Value[] => [call.self, ...allArgs(call.args), ofRef(call.callee.id)];

/**
 * A fresh object whose methods are natives of `module:Owner`. The class itself stands for its prototype, as it does for classes of
 * the program that extend it.
 */
export function instance(m: Machine, module: string, owner: string, site: Site, kind: ObjectKind = "object"): Obj {
  const obj = make(m, kind, spot(site, owner));
  setSlot(m.heap, obj, S.proto, ofRef(external(m, module, owner.split(".")).id));
  return obj;
}

/** Methods under both names by which they are found: `Owner.prototype.x`, and `Owner.x` where the class stands for its prototype. */
export function methods(owner: string, table: NativeTable): NativeTable {
  const out: Record<string, Native> = {};
  for (const [name, native] of Object.entries(table)) {
    out[`${owner}.prototype.${name}`] = native;
    out[`${owner}.${name}`] = native;
  }
  return out;
}

/** One native under several names. */
export const alike = (names: readonly string[], native: Native): NativeTable => Object.fromEntries(names.map((n) => [n, native]));

/** The tables of several owners as one. */
export const tables = (owners: readonly string[], of: (owner: string) => NativeTable): NativeTable =>
  Object.fromEntries(owners.flatMap((owner) => Object.entries(of(owner))));

/** The receiver's objects. */
export const selves = (call: NativeCall): readonly Obj[] => objectsOf(call.m.heap, call.self);

/** Writes an inner slot: strongly where exactly one object is meant, else beside what is there. */
export function putSlot(m: Machine, objects: readonly Obj[], slot: string, v: Value): void {
  for (const obj of objects) {
    if (objects.length === 1 && !obj.summary) setSlot(m.heap, obj, slot, v);
    else joinSlot(m.heap, obj, slot, v);
  }
}

/** Adds to an inner slot. */
export function addSlot(m: Machine, objects: readonly Obj[], slot: string, v: Value): void {
  if (isBottom(v)) return;
  for (const obj of objects) joinSlot(m.heap, obj, slot, v);
}

/** What an inner slot holds in any of the objects. */
export function slotOf(objects: readonly Obj[], slot: string): Value {
  let out: Value = BOTTOM;
  for (const obj of objects) out = join(out, obj.props.get(slot) ?? BOTTOM);
  return out;
}

/** An array of exactly these elements. */
export function arrayOf(m: Machine, list: readonly Value[], site: Site | string): Value {
  const arr = make(m, "array", site);
  list.forEach((v, i) => setSlot(m.heap, arr, String(i), v));
  setSlot(m.heap, arr, S.length, ofConst(list.length));
  return ofRef(arr.id);
}

/** An array of any number of one value. */
export function listOf(m: Machine, item: Value, site: Site | string): Value {
  const arr = make(m, "array", site);
  if (isBottom(item)) setSlot(m.heap, arr, S.length, ofConst(0));
  else setSlot(m.heap, arr, S.rest, item);
  return ofRef(arr.id);
}

/** A plain object. */
export function record(m: Machine, props: Readonly<Record<string, Value>>, site: Site | string): Value {
  const obj = make(m, "object", site);
  for (const [name, v] of Object.entries(props)) setSlot(m.heap, obj, name, v);
  return ofRef(obj.id);
}

/** Something that a service gives, of which only these parts are known: what else it has may be anything. */
export function given(m: Machine, parts: Readonly<Record<string, Value>>, site: Site | string): Value {
  const obj = make(m, "unknown", site, { type: undefined, depth: 0, name: "" } satisfies UnknownData);
  for (const [name, v] of Object.entries(parts)) setSlot(m.heap, obj, name, v);
  return ofRef(obj.id);
}

/** A named property of an options argument; undefined where there are no options. */
export const option = (call: NativeCall, options: Value, name: string): Value =>
  options.refs.length === 0 ? UNDEFINED : getNamed(call.m, options, name, call.site);

/** Can any of the objects that a value is be called? */
export const callable = (m: Machine, v: Value): boolean =>
  objectsOf(m.heap, v).some((o) => isRunnable(o) || o.kind === "class" || o.kind === "external" || o.kind === "unknown");

/** The callables among some arguments, last first: where callbacks stand. */
export function lastCallback(m: Machine, args: Args): Value | undefined {
  const all = allArgs(args);
  for (let i = all.length - 1; i >= 0; i--) {
    const v = all[i]!;
    if (objectsOf(m.heap, v).some(isRunnable)) return v;
  }
  return undefined;
}

/** What a table has under a name itself: every object inherits a `toString`. */
export const under = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** A native without effect: gives the same value whatever it is called with. */
export const constant =
  (v: Value): Native =>
  () =>
    v;
