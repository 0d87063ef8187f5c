/** `Map`, `Set`, and their weak kin. */
import { objectsOf, type Obj } from "../domain/heap.js";
import {
  ANY_BOOLEAN,
  BOTTOM,
  hasPrimitive,
  isBottom,
  join,
  mayBeNullish,
  nonNullish,
  ofRef,
  stringOf,
  truthiness,
  UNDEFINED,
  withAbout,
  type Value,
} from "../domain/value.js";
import { arg, callValue } from "../machine/call.js";
import { forkAll } from "../machine/fork.js";
import { iterate, type Items } from "../machine/iterate.js";
import { foundUnder, keptUnder, ofMember, putAway } from "../machine/members.js";
import { take } from "../machine/taking.js";
import { inPath, hop, loaded, type Machine, type Native, type NativeCall } from "../machine/machine.js";
import { getNamed } from "../machine/props.js";
import { callbackOf } from "./callbacks.js";
import { clearEntries, contentItems, contentsOf, dropEntry, entryOf, hasEntry, newHolder, putEntry, type Content } from "./contents.js";
import { groupInto } from "./group.js";
import type { NativeModule, NativeTable } from "./index.js";
import { alternatives, bounded, newIteratorOver, Sequence } from "./items.js";
import { unresolved } from "./receiver.js";
import { repeat } from "../machine/repeat.js";
import { methods } from "./support.js";

/** The maps or sets that the receiver is. */
const holders = (call: NativeCall): readonly Obj[] => objectsOf(call.m.heap, call.self).filter((o) => o.kind === "map" || o.kind === "set");

/** A method of maps or sets; a receiver that is neither has one of the same name that nobody knows. */
const method =
  (native: (call: NativeCall, objects: readonly Obj[], sure: boolean) => Value): Native =>
  (call) => {
    const objects = holders(call);
    return objects.length === 0 ? unresolved(call) : native(call, objects, objects.length === 1);
  };

const stored = (call: NativeCall, v: Value): Value => hop(call.m, putAway(call.m, v), "store", call.site);
const out = (call: NativeCall, v: Value): Value => loaded(call.m, v, call.self.via, call.site);

/** The elements of all receivers. */
function items(call: NativeCall, objects: readonly Obj[], what: "keys" | "values" | "entries"): Items {
  const seq = new Sequence();
  for (const o of objects) {
    const c = contentItems(call.m, o, what, call.site);
    for (const x of c.list)
      if (objects.length === 1) seq.add(out(call, x));
      else seq.addMaybe(out(call, x));
    if (c.rest !== null) seq.addMaybe(out(call, c.rest));
  }
  return seq;
}

const iterator = (owner: "Map" | "Set", what: "keys" | "values" | "entries"): Native =>
  method((call, objects) => newIteratorOver(call, [owner, "prototype", what], items(call, objects, what)));

const get = method((call, objects) => {
  const key = arg(call.args, 0);
  let v: Value = BOTTOM;
  for (const o of objects) v = join(v, entryOf(call.m, o, key));
  return foundUnder(call.m, key, out(call, v), call.site);
});

const has = method((call, objects) => {
  let v: Value = BOTTOM;
  for (const o of objects) v = join(v, hasEntry(call.m, o, arg(call.args, 0)));
  if (call.m.gates === null) return v;
  return withAbout(v, ofMember(call.m, items(call, objects, "keys"), arg(call.args, 0)));
});

const drop = method((call, objects, sure) => {
  let v: Value = BOTTOM;
  for (const o of objects) v = join(v, dropEntry(call.m, o, arg(call.args, 0), sure));
  return v;
});

const clear = method((call, objects, sure) => {
  for (const o of objects) clearEntries(call.m, o, sure);
  return UNDEFINED;
});

const set = method((call, objects, sure) => {
  const key = stored(call, arg(call.args, 0));
  const value = keptUnder(call.m, key, hop(call.m, arg(call.args, 1), "store", call.site), call.site);
  for (const o of objects) putEntry(call.m, o, key, value, sure);
  return call.self;
});

const add = method((call, objects, sure) => {
  for (const o of objects) addTo(call.m, o, stored(call, arg(call.args, 0)), sure);
  return call.self;
});

/** Adds to a set: each thing the value can be under its own key. */
export function addTo(m: Machine, set: Obj, v: Value, sure: boolean): void {
  const parts = v.labels.length > 0 ? [v] : alternatives(m, v, true);
  for (const part of parts) putEntry(m, set, part, part, sure && parts.length === 1);
}

const forEach = method((call, objects) => {
  const { m } = call;
  const cb = callbackOf(call);
  const run = (o: Obj, c: Content): Value =>
    inPath(m, c.tag, () =>
      callValue(m, cb.fn, cb.thisArg, { list: [out(call, c.value), out(call, c.key), ofRef(o.id, call.self.via)], rest: null }, call.site),
    );
  for (const o of objects) {
    const { known, rest } = contentsOf(o);
    for (const c of known) {
      if (!m.alive) return BOTTOM;
      if (c.sure && objects.length === 1) run(o, c);
      else forkAll(m, [() => BOTTOM, () => run(o, c)]);
    }
    if (rest !== null) repeat(m, () => run(o, rest));
  }
  return m.alive ? UNDEFINED : BOTTOM;
});

/** `getOrInsert(key, value)` and `getOrInsertComputed(key, make)`. */
const getOrInsert = (computed: boolean): Native =>
  method((call, objects, sure) => {
    const { m, site } = call;
    const key = arg(call.args, 0);
    const insert = (): Value => {
      const value = computed ? callValue(m, arg(call.args, 1), UNDEFINED, { list: [key], rest: null }, site) : arg(call.args, 1);
      if (!m.alive) return BOTTOM;
      for (const o of objects) putEntry(m, o, key, stored(call, value), sure);
      return value;
    };
    let present: Value = BOTTOM;
    for (const o of objects) present = join(present, hasEntry(m, o, key));
    const there = truthiness(present);
    if (!there.yes) return insert();
    let v: Value = BOTTOM;
    for (const o of objects) v = join(v, entryOf(m, o, key));
    v = out(call, v);
    if (!there.no) return v;
    const kept = mayBeNullish(v) ? nonNullish(v) : v;
    return forkAll(m, [() => kept, insert]);
  });

const mapMethods: NativeTable = {
  get,
  set,
  has,
  delete: drop,
  clear,
  forEach,
  keys: iterator("Map", "keys"),
  values: iterator("Map", "values"),
  entries: iterator("Map", "entries"),
  "@@iterator": iterator("Map", "entries"),
  getOrInsert: getOrInsert(false),
  getOrInsertComputed: getOrInsert(true),
  emplace: getOrInsert(true),
};

// ------------------------------------------------------------------------------------------------ sets

/** A set's elements with whether each is certainly there. */
function members(call: NativeCall, v: Value): { readonly list: readonly Content[]; readonly open: boolean } {
  const list: Content[] = [];
  const objects = objectsOf(call.m.heap, v);
  for (const o of objects) {
    if (o.kind !== "set" && o.kind !== "map") {
      const like = iterate(
        call.m,
        callValue(call.m, getNamed(call.m, ofRef(o.id), "keys", call.site), ofRef(o.id), { list: [], rest: null }, call.site),
        call.site,
      );
      for (const x of [...like.list, ...(like.rest === null ? [] : [like.rest])]) list.push({ key: x, value: x, sure: false, tag: "any" });
      continue;
    }
    const { known, rest } = contentsOf(o);
    const via = (c: Content): Content => ({ ...c, value: loaded(call.m, c.key, v.via, call.site), sure: c.sure && objects.length === 1 });
    list.push(...known.map(via));
    if (rest !== null) list.push(via(rest));
  }
  return { list, open: hasPrimitive(v) };
}

const isIn = (call: NativeCall, v: Value, element: Value): { readonly yes: boolean; readonly no: boolean } => {
  let found: Value = BOTTOM;
  for (const o of objectsOf(call.m.heap, v))
    found = join(found, o.kind === "set" || o.kind === "map" ? hasEntry(call.m, o, element) : ANY_BOOLEAN);
  return truthiness(isBottom(found) ? ANY_BOOLEAN : found);
};

/** The set operations that keep some elements of either side; `keep` says by whether the other side has it. */
const combine = (left: "all" | "in" | "out", right: "all" | "out" | "none"): Native =>
  method((call) => {
    const { m } = call;
    const other = arg(call.args, 0);
    const result = newHolder(m, "set", call.site);
    const take = (from: Value, against: Value, which: "all" | "in" | "out" | "none"): void => {
      if (which === "none") return;
      for (const c of members(call, from).list) {
        const there = which === "all" ? { yes: true, no: false } : isIn(call, against, c.value);
        const passes = which === "out" ? there.no : there.yes;
        const fails = which === "out" ? there.yes : there.no;
        if (passes) addTo(m, result, c.value, c.sure && !fails);
      }
    };
    take(call.self, other, left);
    take(other, call.self, right);
    return ofRef(result.id);
  });

const setMethods: NativeTable = {
  add,
  has,
  delete: drop,
  clear,
  forEach,
  keys: iterator("Set", "keys"),
  values: iterator("Set", "values"),
  entries: iterator("Set", "entries"),
  "@@iterator": iterator("Set", "values"),
  union: combine("all", "all"),
  intersection: combine("in", "none"),
  difference: combine("out", "none"),
  symmetricDifference: combine("out", "out"),
  isSubsetOf: () => ANY_BOOLEAN,
  isSupersetOf: () => ANY_BOOLEAN,
  isDisjointFrom: () => ANY_BOOLEAN,
};

// ------------------------------------------------------------------------------------------------ construction

/** `new Map(pairs)`. */
function newMap(call: NativeCall): Value {
  const { m, site, args } = call;
  const map = newHolder(m, "map", site);
  const given = arg(args, 0);
  const pairs =
    given.refs.length === 0 ? { list: [], rest: given.labels.length > 0 ? stringOf(given.labels) : null } : take(m, given, site);
  const put = (pair: Value, sure: boolean): void => {
    const parts = alternatives(m, pair, false);
    for (const part of parts) {
      if (part.refs.length === 0) {
        if (part.labels.length > 0) putEntry(m, map, stringOf(part.labels), stringOf(part.labels), false);
        continue;
      }
      putEntry(m, map, stored(call, getNamed(m, part, "0", site)), stored(call, getNamed(m, part, "1", site)), sure && parts.length === 1);
    }
  };
  for (const p of pairs.list) put(p, true);
  if (pairs.rest !== null) put(pairs.rest, false);
  return m.alive ? ofRef(map.id) : BOTTOM;
}

/** `new Set(elements)`. */
function newSet(call: NativeCall): Value {
  const { m, site, args } = call;
  const set = newHolder(m, "set", site);
  const given = arg(args, 0);
  const elements: Items = given.refs.length > 0 || hasPrimitive(nonNullish(given)) ? take(m, given, site) : { list: [], rest: null };
  for (const x of elements.list) addTo(m, set, stored(call, x), true);
  if (elements.rest !== null && !isBottom(elements.rest)) addTo(m, set, stored(call, elements.rest), false);
  return m.alive ? ofRef(set.id) : BOTTOM;
}

export const collections: NativeModule = {
  modules: ["global"],
  natives: {
    ...methods("Map", mapMethods),
    ...methods("Set", setMethods),
    Map: newMap,
    Set: newSet,
    WeakMap: newMap,
    WeakSet: newSet,
    "Map.groupBy": (call) => {
      const map = newHolder(call.m, "map", call.site, "groups");
      groupInto(call, bounded(take(call.m, arg(call.args, 0), call.site)), (key, group, sure) => putEntry(call.m, map, key, group, sure));
      return call.m.alive ? ofRef(map.id) : BOTTOM;
    },
    // A weak reference is the object itself, or nothing any more.
    WeakRef: (call) => arg(call.args, 0),
    "Object.prototype.deref": (call) => join(call.self, UNDEFINED),
  },
};
