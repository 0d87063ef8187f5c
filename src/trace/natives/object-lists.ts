/** Properties as lists: keys, values, pairs, names; and pairs as properties. */
import { joinLabels, NO_LABELS, type Labels } from "../domain/labels.js";
import { isIndex, missing, type Obj, objectsOf, S, setSlot } from "../domain/heap.js";
import { addLabels, ANY_STRING, BOTTOM, join, K, ofConst, ofRef, stringOf, TRUE, type Value } from "../domain/value.js";
import { arg } from "../machine/call.js";
import { globalObject } from "../machine/external.js";
import { take } from "../machine/taking.js";
import { hop, loaded, make, type Machine, type Native, type NativeCall } from "../machine/machine.js";
import { entries, functionPrototype, getNamed, keyNames, noteKey, setAny, symbolName, type Entries } from "../machine/props.js";
import { alternatives, itemsOf, newArray, newPair, Sequence, spot } from "./items.js";
import { labelsOfKey } from "../machine/deep.js";

type What = "keys" | "values" | "entries";

/** A property that an unknown object certainly has: its type says so. */
const certain = (obj: Obj, value: Value, maybe: boolean): boolean =>
  !maybe || (obj.kind === "unknown" && (value.kinds & (K.Undefined | K.Absent)) === 0);

interface Listed {
  readonly items: Sequence;
  readonly counted: boolean;
  /** Is there one before which another may be missing, so that nobody knows its place? */
  readonly displaced: boolean;
}

/** One object's properties as keys, values or pairs; those that may be missing stay apart from each other behind the certain ones. */
function propertyItems(call: NativeCall, obj: Obj, what: What): Listed {
  const { m, site } = call;
  const e: Entries = listEntries(m, obj, call);
  const out = new Sequence();
  const item = (key: Value, value: Value, tag: string): Value =>
    what === "keys" ? key : what === "values" ? value : newPair(m, site, key, value, tag);
  const maybe: Value[] = [];
  let counted = true;
  let displaced = false;
  for (const x of e.known) {
    const v = item(ofConst(x.name), x.value, x.name);
    if (!certain(obj, x.value, x.maybe)) maybe.push(v);
    else {
      out.add(v);
      // What types declare has no order.
      displaced ||= maybe.length > 0 && obj.kind !== "unknown";
    }
    if (x.maybe) counted = false;
  }
  for (const v of maybe) out.addMaybe(v);
  if (e.rest !== null) out.addMaybe(summaryOf(m, item(stringOf(e.restKey), e.rest, "any"), what));
  return { items: out, counted, displaced };
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
  const named = entries(m, obj, call.site).known.filter((x) => !isIndex(x.name));
  const elements = items.list.map((value, i) => ({ name: String(i), value, maybe: false }));
  return { known: [...elements, ...named], rest: items.rest, restKey: NO_LABELS };
}

/** `Object.keys`, `values`, `entries`. */
export const list =
  (what: What): Native =>
  (call) => {
    const { m, site } = call;
    const v = arg(call.args, 0);
    const objects = objectsOf(m.heap, v);
    const via = (x: Value): Value => loaded(m, x, v.via, site);
    if (what === "entries" && objects.length > 1) {
      const pairs = pairsOfAny(call, objects, via);
      return m.alive ? newArray(m, site, pairs) : BOTTOM;
    }
    const out = new Sequence();
    let counted = true;
    let displaced = false;
    for (const obj of objects) {
      const listed = propertyItems(call, obj, what);
      const { items } = listed;
      if (!m.alive) return BOTTOM;
      counted &&= listed.counted;
      displaced ||= listed.displaced;
      for (const x of items.list)
        if (objects.length === 1) out.add(via(x));
        else out.addMaybe(via(x));
      if (items.rest !== null) out.addMaybe(via(items.rest));
    }
    // Of something without structure only the labels are known.
    if (objects.length === 0 && v.labels.length > 0) {
      const any = stringOf(v.labels);
      out.addMaybe(what === "entries" ? newPair(m, site, any, any, "any") : any);
    }
    const result = newArray(m, site, out);
    if (displaced) for (const o of objectsOf(m.heap, result)) setSlot(m.heap, o, S.unordered, TRUE);
    if (!counted && out.rest === null) for (const o of objectsOf(m.heap, result)) setSlot(m.heap, o, S.length, undefined);
    return result;
  };

/** The pairs of one of several objects, nobody knows which: one for each name, however many of them have it. */
function pairsOfAny(call: NativeCall, objects: readonly Obj[], via: (v: Value) => Value): Sequence {
  const { m, site } = call;
  const known = new Map<string, Value>();
  let rest: Value | null = null;
  let restKey: Labels = NO_LABELS;
  for (const obj of objects) {
    const of = listEntries(m, obj, call);
    for (const { name, value } of of.known) known.set(name, join(known.get(name) ?? BOTTOM, value));
    if (of.rest !== null) rest = join(rest ?? BOTTOM, of.rest);
    restKey = joinLabels(restKey, of.restKey);
  }
  const out = new Sequence();
  for (const [name, value] of known) out.addMaybe(via(newPair(m, site, ofConst(name), value, name)));
  if (rest !== null) out.addMaybe(via(summaryOf(m, newPair(m, site, stringOf(restKey), rest, "any"), "entries")));
  return out;
}

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
  if (open) setAny(m, into, value, labelsOfKey(m, key), key);
  else noteKey(m, into, key.labels);
}

/** `Object.fromEntries(pairs)`. */
export function fromEntries(call: NativeCall): Value {
  const { m, site } = call;
  const items = take(m, arg(call.args, 0), site);
  const obj = make(m, "object", spot(site, "object"));
  for (const pair of items.list) putPair(call, obj, pair, true);
  if (items.rest !== null) putPair(call, obj, items.rest, false);
  return m.alive ? ofRef(obj.id) : BOTTOM;
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
    if (obj.kind === "function" && !obj.props.has("prototype")) functionPrototype(m, obj);
    for (const [slot, x] of obj.props) {
      const name = slot.startsWith(S.getter) ? slot.slice(S.getter.length) : slot.startsWith(S.setter) ? slot.slice(S.setter.length) : slot;
      if (name.charCodeAt(0) === 0 || (name.startsWith("@@") && slot !== name)) continue;
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

/** The symbol that a property's inner name stands for. */
function symbolValue(m: Machine, name: string): Value {
  const id = Number(name.slice(2));
  return Number.isInteger(id) ? ofRef(id) : ofRef(globalObject(m, `Symbol.${name.slice(2)}`).id);
}
