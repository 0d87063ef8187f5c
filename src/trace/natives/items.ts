/** Elements in order as natives handle them: receivers taken apart, results built, lists rewritten in place. */
import type { Site } from "../domain/labels.js";
import { deref, isFrozen, isIndex, joinSlot, type Obj, objectsOf, S, setSlot } from "../domain/heap.js";
import {
  ABSENT,
  BOTTOM,
  exact,
  hasPrimitive,
  isBottom,
  join,
  K,
  ofConst,
  ofKinds,
  ofRef,
  primitivePart,
  refPart,
  stringOf,
  withoutAbsent,
  withAbout,
  type Value,
} from "../domain/value.js";
import { anyItem, arrayItems, iterate, type Items } from "../machine/iterate.js";
import { elementIn } from "../machine/gates.js";
import { goesThrough, type Listed } from "../machine/listed.js";
import { setItems } from "../machine/taking.js";
import { hop, loaded, make, type Args, type Machine, type NativeCall } from "../machine/machine.js";
import { elementOf } from "../machine/unknown.js";

export const NO_ITEMS: Items = { list: [], rest: null };

/** Allocation key of one of the objects that a call makes: calls of one chain start at the same place, so its end counts too. */
export const spot = (site: Site, tag: string): string => `${site.file}:${site.at}-${site.end}|${tag}`;

/** Elements being gathered: in order and counted, until one comes that may be there any number of times. */
export class Sequence implements Items {
  readonly list: Value[] = [];
  rest: Value | null = null;

  add(v: Value): void {
    if (this.rest === null) this.list.push(v);
    else this.rest = join(this.rest, v);
  }

  /** Any number of these, also none. */
  addMaybe(v: Value): void {
    if (!isBottom(v)) this.rest = join(this.rest ?? BOTTOM, v);
  }

  addAll(items: Items): void {
    for (const v of items.list) this.add(v);
    if (items.rest !== null) this.addMaybe(items.rest);
  }
}

/** The arguments from the i-th on, as elements. */
export const argItems = (args: Args, from: number): Items => ({ list: args.list.slice(from), rest: args.rest });

/** Each element as what `f` makes of it. */
export const eachItem = (items: Items, f: (v: Value) => Value): Items => ({
  list: items.list.map(f),
  rest: items.rest === null ? null : f(items.rest),
});

/** The elements of one object taken as a list, whatever it is. */
function itemsOfObject(m: Machine, obj: Obj, site: Site): Items {
  switch (obj.kind) {
    case "array":
    case "object":
      return arrayItems(obj);
    case "unknown":
      return { list: [], rest: elementOf(m, obj, site) };
    default:
      return iterate(m, ofRef(obj.id), site);
  }
}

/** The elements of a receiver (or of anything like an array). What spells out labels without structure is its own element. */
export function itemsOf(m: Machine, v: Value, site: Site): Items {
  const objects = objectsOf(m.heap, v);
  const via = (x: Value): Value => elementIn(m, v, loaded(m, x, v.via, site));
  if (objects.length === 1) return eachItem(itemsOfObject(m, objects[0]!, site), via);
  const out = new Sequence();
  for (const obj of objects) out.addMaybe(via(anyItem(itemsOfObject(m, obj, site))));
  if (objects.length === 0 && hasPrimitive(v) && v.labels.length > 0) out.addMaybe(stringOf(v.labels));
  return out;
}

/** Lists that are too long to be gone through one by one: any number of any element. */
export const bounded = (items: Items, limit = 64): Items => (items.list.length > limit ? { list: [], rest: anyItem(items) } : items);

function fill(m: Machine, obj: Obj, items: Items): Value {
  items.list.forEach((v, i) => setSlot(m.heap, obj, String(i), v));
  if (items.rest === null) setSlot(m.heap, obj, S.length, ofConst(items.list.length));
  else setSlot(m.heap, obj, S.rest, items.rest);
  return ofRef(obj.id);
}

/** A fresh array of these elements. */
export const newArray = (m: Machine, site: Site, items: Items, tag = "array"): Value => fill(m, make(m, "array", spot(site, tag)), items);

/** A fresh iterator over these elements. */
export const newIterator = (m: Machine, site: Site, items: Items): Value => fill(m, make(m, "iterator", spot(site, "iterator")), items);

/** An iterator over what a method is called on, as the method `path` makes it. */
export function newIteratorOver(call: NativeCall, path: readonly string[], items: Items): Value {
  const listed: Listed = { method: path };
  const obj = make(call.m, "iterator", spot(call.site, "iterator"), listed);
  goesThrough(call.m, obj, call.self, items);
  return fill(call.m, obj, items);
}

/** The pair `[key, value]`; `tag` tells pairs of one call apart. */
export const newPair = (m: Machine, site: Site, key: Value, value: Value, tag = ""): Value =>
  newArray(m, site, { list: [key, value], rest: null }, `pair ${tag}`);

/** An object that a mutator writes to; strongly when it is the only one and stands for one. */
export interface Target {
  readonly obj: Obj;
  readonly strong: boolean;
}

export function targetsOf(call: NativeCall): readonly Target[] {
  const objects = objectsOf(call.m.heap, call.self).filter((o) => !isFrozen(o) && o.kind !== "external");
  return objects.map((obj) => ({ obj, strong: objects.length === 1 && !obj.summary }));
}

/** Gives a list other elements. Where it is not certain which list is meant, they stand beside those it had. */
export function replaceItems(m: Machine, { obj, strong }: Target, items: Items): void {
  const { heap } = m;
  if (obj.kind === "unknown" || !strong) {
    const any = anyItem(items);
    if (isBottom(any)) return;
    for (const slot of [...obj.props.keys()]) if (isIndex(slot)) joinSlot(heap, obj, slot, any);
    joinSlot(heap, obj, S.rest, any);
    if (obj.props.has(S.length)) setSlot(heap, obj, S.length, undefined);
    return;
  }
  setItems(m, obj, items);
}

/** Adds elements at the end. */
export function append(m: Machine, { obj, strong }: Target, items: Items, site: Site): void {
  const { heap } = m;
  if (obj.kind === "unknown") elementOf(m, obj, site);
  const length = exact(obj.props.get(S.length) ?? BOTTOM);
  const stored = (v: Value): Value => hop(m, v, "store", site);
  if (strong && typeof length === "number" && length + items.list.length <= 512) {
    items.list.forEach((v, i) => setSlot(heap, obj, String(length + i), stored(v)));
    setSlot(heap, obj, S.length, ofConst(length + items.list.length));
    if (items.rest === null) return;
    setSlot(heap, obj, S.length, undefined);
    joinSlot(heap, obj, S.rest, stored(items.rest));
    return;
  }
  const any = anyItem(items);
  if (isBottom(any)) return;
  joinSlot(heap, obj, S.rest, stored(any));
  if (obj.props.has(S.length)) setSlot(heap, obj, S.length, undefined);
}

/** The last of the elements that are certainly there may be gone. */
export function weakenLast(m: Machine, obj: Obj, known: number): void {
  if (known > 0) joinSlot(m.heap, obj, String(known - 1), ABSENT);
}

/** More than this many are not told apart. */
const ALTERNATIVES = 32;

/**
 * What a value can be, one alternative at a time: objects apart, and (with `primitives`) kinds and constants apart as well. A test
 * that is open for the whole is often decided for each. Too many alternatives stay one.
 */
export function alternatives(m: Machine, v: Value, primitives: boolean): readonly Value[] {
  const objects = objectsOf(m.heap, v);
  const refs = objects.length === 1 ? [refPart(v)] : objects.map((o) => withAbout(ofRef(o.id, v.via), v.about));
  const open = objects.some((o) => o.kind === "unknown");
  const plain = primitivePart(withoutAbsent(v));
  const parts: Value[] = [];
  if (!isBottom(plain)) {
    const nullish = plain.kinds & (K.Undefined | K.Null);
    if (!primitives) parts.push(plain);
    else {
      if (nullish !== 0) parts.push(ofKinds(nullish));
      const others: Value = { ...plain, kinds: plain.kinds & ~nullish };
      if (open) {
        // A primitive of which nothing is known goes with the object of which nothing is known.
        if (!isBottom(others)) parts.push(objects.length === 1 ? join(others, refs.pop()!) : others);
      } else {
        for (const c of plain.consts) parts.push({ ...plain, kinds: 0, consts: [c] });
        for (const bit of [K.True, K.False, K.String, K.Number, K.Big, K.Symbol])
          if ((others.kinds & bit) !== 0) parts.push({ ...plain, kinds: bit, consts: [] });
      }
    }
  }
  const all = [...parts, ...refs];
  return all.length < 2 || all.length > ALTERNATIVES ? [v] : all;
}

/** Where an object is made, whatever the call path: with that, what is made of it in one turn would never be the same as in the next. */
const placeOf = (obj: Obj): string => /^(?:\d+\|)?([^<|]*)/.exec(obj.key)![1]!;

/**
 * Names for alternatives, to run each under a path of its own: the same one whenever the same things are told apart, however many
 * others there are by then. By its number alone, a later pass of a loop would fold what belongs to one with what belongs to another.
 */
export function namesOf(m: Machine, parts: readonly Value[]): readonly string[] {
  const times = new Map<string, number>();
  return parts.map((part) => {
    const name = part.refs.length === 1 ? placeOf(deref(m.heap, part.refs[0]!)) : `${part.kinds}:${part.consts.join()}`;
    const n = times.get(name) ?? 0;
    times.set(name, n + 1);
    return n === 0 ? `or ${name}` : `or ${name} ${n}`;
  });
}
