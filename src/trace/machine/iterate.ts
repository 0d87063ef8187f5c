/** What iterating a value yields: arrays, sets, maps, strings, generators, iterators, and their asynchronous kin. */
import { externalData } from "./external.js";
import { ENTRY } from "../domain/slot-names.js";
import type { Labels, Site } from "../domain/labels.js";
import { deref, isFunction, lastingly, objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { elementIn } from "./gates.js";
import {
  ANY_STRING,
  ANY_PRIMITIVE,
  BOTTOM,
  exact,
  hasPrimitive,
  isBottom,
  join,
  K,
  ofConst,
  ofRef,
  stringOf,
  truthiness,
  UNDEFINED,
  withKinds,
  withoutAbsent,
  type Value,
} from "../domain/value.js";
import { callValue, NO_ARGS } from "./call.js";
import { allLabels } from "./deep.js";
import { inPath, loaded, make, type Machine } from "./machine.js";
import { awaitValue } from "./promise.js";
import { entries, lookUp } from "./props.js";
import { isListProxy, proxyItems } from "./proxy.js";
import { bringUpToDate, isAtEnd, throwAsked } from "./generators.js";
import { readAgain } from "./listed.js";
import { repeat } from "./repeat.js";
import { elementOf, unknown } from "./unknown.js";

/** Elements in order: the known ones, then any number of `rest`. */
export interface Items {
  readonly list: readonly Value[];
  readonly rest: Value | null;
  /** The iterator made by hand that gives them. */
  readonly by?: Value;
}

/** Where a map's or set's entry under an exact key stands: with the key's type, `s:` or `n:`. */
export const keySlot = (key: Value): string | undefined => {
  const c = exact(key);
  if (c !== undefined) return `${ENTRY}${typeof c === "string" ? "s" : "n"}:${c}`;
  return undefined;
};

/** The key that an entry's slot stands for. */
export function slotKey(obj: Obj, slot: string): Value {
  const text = slot.slice(ENTRY.length);
  if (text.startsWith("s:")) return ofConst(text.slice(2));
  if (text.startsWith("n:")) return ofConst(Number(text.slice(2)));
  return obj.props.get(S.keyOf + slot) ?? (text.startsWith("p:") ? ANY_STRING : UNDEFINED);
}

export function iterate(m: Machine, v: Value, site: Site, async = false): Items {
  const objects = objectsOf(m.heap, v);
  if (objects.length === 1 && !hasPrimitive(v)) {
    const items = iterateObject(m, objects[0]!, site, async);
    const via = (x: Value): Value => elementIn(m, v, loaded(m, x, v.via, site));
    return { ...items, list: items.list.map(via), rest: items.rest === null ? null : via(items.rest) };
  }
  const each = objects.map((obj) => iterateObject(m, obj, site, async, false));
  // As far as all of them have an element, places stay apart.
  const sure = each.length === 0 || hasPrimitive(v) ? 0 : Math.min(...each.map((items) => items.list.length));
  const list =
    each.length === 0 ? [] : each[0]!.list.slice(0, sure).map((_, i) => each.reduce((x, items) => join(x, items.list[i]!), BOTTOM));
  let rest: Value = BOTTOM;
  for (const items of each) {
    for (const x of items.list.slice(sure)) rest = join(rest, x);
    if (items.rest !== null) rest = join(rest, items.rest);
  }
  if ((v.kinds & K.String) !== 0 || v.consts.some((c) => typeof c === "string")) {
    const text = objects.length === 0 ? exact(v) : undefined;
    if (typeof text === "string" && text.length <= 64) return { list: Array.from(text, (c) => ofConst(c)), rest: null };
    rest = join(rest, stringOf(v.labels));
  }
  const via = (x: Value): Value => loaded(m, x, v.via, site);
  return { list: list.map(via), rest: isBottom(rest) ? (objects.length > 0 ? null : BOTTOM) : via(rest) };
}

/** An array's elements; the known prefix only where it is certain. */
export function arrayItems(obj: Obj): Items {
  const length = obj.props.get(S.length);
  const n = length === undefined ? undefined : exact(length);
  const rest = obj.props.get(S.rest) ?? null;
  if (typeof n === "number" && n <= 512) {
    const list: Value[] = [];
    for (let i = 0; i < n; i++) {
      const x = obj.props.get(String(i));
      list.push(x === undefined ? (rest ?? UNDEFINED) : (x.kinds & K.Absent) !== 0 ? join(withoutAbsent(x), UNDEFINED) : x);
    }
    return { list, rest: null };
  }
  let any: Value = rest ?? BOTTOM;
  // Without an exact length elements keep their order as far as they are certain.
  const list: Value[] = [];
  let i = 0;
  for (; ; i++) {
    const x = obj.props.get(String(i));
    if (x === undefined || (x.kinds & K.Absent) !== 0) break;
    list.push(x);
  }
  for (const [slot, x] of obj.props)
    if (slot.charCodeAt(0) >= 48 && slot.charCodeAt(0) <= 57 && Number(slot) >= i) any = join(any, withoutAbsent(x));
  return { list, rest: isBottom(any) ? null : any };
}

/** All elements as one value. */
export function anyItem(items: Items): Value {
  let out: Value = items.rest ?? BOTTOM;
  for (const x of items.list) out = join(out, x);
  return out;
}

/** Any element of something outside. Where no label is in it, it is the same one whoever asks, as its properties are. */
function itemOf(m: Machine, obj: Obj, labels: Labels): Value {
  const key = `${obj.key} item`;
  if (labels.length > 0) return unknown(m, key, labels);
  let item = m.externals.get(key);
  if (item === undefined) {
    const made = lastingly(m.heap, () => unknown(m, key));
    m.externals.set(key, (item = deref(m.heap, made.refs[0]!)));
  }
  return withKinds(ofRef(item.id), ANY_PRIMITIVE);
}

/** The method by which it is iterated, where the program has given it one. */
const ownIterator = (m: Machine, obj: Obj, site: Site, async: boolean): Value | undefined =>
  (async ? lookUp(m, obj, "@@asyncIterator", ofRef(obj.id), site, 0) : undefined) ?? lookUp(m, obj, "@@iterator", ofRef(obj.id), site, 0);

/** Does it iterate as objects of its kind do? */
export const isBuiltinIterable = (m: Machine, obj: Obj, site: Site, async: boolean): boolean =>
  !isListProxy(m, obj) && !objectsOf(m.heap, ownIterator(m, obj, site, async) ?? BOTTOM).some(isFunction);

function iterateObject(m: Machine, obj: Obj, site: Site, async: boolean, sole = true): Items {
  if (isListProxy(m, obj)) return proxyItems(m, obj, site);
  const custom = ownIterator(m, obj, site, async);
  if (custom !== undefined && obj.kind !== "unknown" && obj.kind !== "external") {
    const methods = objectsOf(m.heap, custom).filter(isFunction);
    if (methods.length > 0) {
      const iterator = callValue(m, custom, ofRef(obj.id), NO_ARGS, site);
      return drain(m, iterator, site, async);
    }
    // A library's object, whose iterator has a model: a request is a stream of its bytes.
    if (obj.kind === "object" && objectsOf(m.heap, custom).some((o) => o.kind === "external" && m.native(externalData(o)) !== undefined)) {
      const iterator = callValue(m, custom, ofRef(obj.id), NO_ARGS, site);
      if (!iterator.refs.includes(obj.id)) return iterate(m, iterator, site, async);
    }
    // The program's own subclass of the language's `Iterator` is what it iterates over.
    if (obj.kind === "object" && hasNext(m, obj, site)) return drain(m, ofRef(obj.id), site, async);
  }
  switch (obj.kind) {
    case "array":
      return arrayItems(obj);
    case "set":
      return mapItems(m, obj, site, "values");
    case "map":
      return mapItems(m, obj, site, "entries");
    case "generator":
      bringUpToDate(m, obj, sole);
      if (!isAtEnd(obj)) throwAsked(m, [obj], false);
      return arrayItems(obj);
    case "iterator":
      readAgain(m, obj, sole, site);
      return arrayItems(obj);
    case "unknown":
      return { list: [], rest: elementOf(m, obj, site) };
    case "text": {
      const content = obj.props.get(S.value) ?? BOTTOM;
      return { list: [], rest: join(content, stringOf(allLabels(m, content))) };
    }
    case "external": {
      const labels = allLabels(m, ofRef(obj.id));
      return { list: [], rest: itemOf(m, obj, labels) };
    }
    default: {
      const e = entries(m, obj, site);
      return e.rest === null ? { list: [], rest: null } : { list: [], rest: e.rest };
    }
  }
}

/** Slots of what something holds that is no record: a promise's or a text's content, elements, entries. */
export function heldSlots(obj: Obj): readonly string[] {
  switch (obj.kind) {
    case "promise":
    case "text":
      return [S.value];
    case "array":
    case "set":
    case "map":
    case "generator":
    case "iterator":
      return [...obj.props.keys()].filter((slot) => slot === S.rest || slot.startsWith(ENTRY) || /^\d/.test(slot));
    default:
      return [];
  }
}

/** A map's or set's contents. */
export function mapItems(m: Machine, obj: Obj, site: Site, what: "keys" | "values" | "entries"): Items {
  const pair = (key: Value, value: Value): Value => {
    if (what === "keys") return key;
    if (what === "values") return value;
    const entry = make(m, "array", site);
    setSlot(m.heap, entry, "0", key);
    setSlot(m.heap, entry, "1", value);
    setSlot(m.heap, entry, S.length, ofConst(2));
    return ofRef(entry.id);
  };
  const list: Value[] = [];
  let any: Value = BOTTOM;
  const slots = [...obj.props].filter(([slot]) => slot.startsWith(ENTRY));
  // While the count is exact all that has a slot is there. Behind an entry that may not be there, no place is certain.
  const counted = exact(obj.props.get(S.length) ?? BOTTOM) === slots.length;
  for (const [slot, v] of slots) {
    const present = withoutAbsent(v);
    if (isBottom(present)) continue;
    const item = pair(slotKey(obj, slot), present);
    if (counted && present === v && isBottom(any)) list.push(item);
    else any = join(any, item);
  }
  const rest = obj.props.get(S.rest);
  const key = obj.props.get(S.restKey) ?? UNDEFINED;
  if (rest !== undefined) any = join(any, pair(obj.kind === "set" ? rest : key, rest));
  return { list, rest: isBottom(any) ? null : any };
}

/** Steps of an iterator made by hand that are taken one by one, while each says for certain whether it is the last. */
const STEPS = 32;

/** Has it a `next` of the program's own? */
export const hasNext = (m: Machine, obj: Obj, site: Site): boolean =>
  objectsOf(m.heap, lookUp(m, obj, "next", ofRef(obj.id), site, 0) ?? BOTTOM).some(isFunction);

/** Calls `next` as long as it is certain that there is another step, then until nothing new comes: an iterator made by hand. */
export function drain(m: Machine, iterator: Value, site: Site, async: boolean): Items {
  const objects = objectsOf(m.heap, iterator);
  if (objects.length > 0 && objects.every((o) => o.kind === "generator" || o.kind === "iterator" || o.kind === "array"))
    return iterate(m, iterator, site, async);
  const next = (turn: number): Step =>
    inPath(m, turn, () => {
      let step: Value = BOTTOM;
      for (const obj of objects)
        step = join(step, callValue(m, lookUp(m, obj, "next", iterator, site, 0) ?? BOTTOM, iterator, NO_ARGS, site));
      return read(m, async ? awaitValue(m, step, site) : step, site);
    });
  const list: Value[] = [];
  let step = next(0);
  for (; m.alive && step.done === false && list.length < STEPS; step = next(list.length)) list.push(step.value);
  if (step.done === true) return { list, rest: null, by: iterator };
  const out = repeat(m, () => next(list.length).value, step.value);
  return { list, rest: isBottom(out) ? null : out, by: iterator };
}

/** An iterator made by hand is left before its end: its `return` is called, if it has one. */
export function close(m: Machine, iterator: Value, site: Site, async: boolean): void {
  for (const obj of objectsOf(m.heap, iterator)) {
    const method = lookUp(m, obj, "return", iterator, site, 0) ?? BOTTOM;
    if (!objectsOf(m.heap, method).some(isFunction)) continue;
    const step = callValue(m, method, iterator, NO_ARGS, site);
    if (async) awaitValue(m, step, site);
  }
}

/** What `next` gives: the element, and whether it certainly was, or was not, behind the last. */
interface Step {
  readonly value: Value;
  readonly done: boolean | undefined;
}

function read(m: Machine, step: Value, site: Site): Step {
  const part = (name: string): Value =>
    objectsOf(m.heap, step).reduce((v, r) => join(v, withoutAbsent(lookUp(m, r, name, ofRef(r.id), site, 0) ?? UNDEFINED)), BOTTOM);
  const { yes, no } = truthiness(part("done"));
  return { value: part("value"), done: hasPrimitive(step) || yes === no ? undefined : yes };
}
