/** What lodash's functions share: elements of collections, iteratees and their shorthands, property paths. */
import { objectsOf } from "../../domain/heap.js";
import {
  ANY_BOOLEAN,
  ANY_STRING,
  BOTTOM,
  exact,
  hasPrimitive,
  join,
  joinAll,
  ofConst,
  ofRef,
  stringOf,
  UNDEFINED,
  type Value,
} from "../../domain/value.js";
import { callValue } from "../../machine/call.js";
import { iterate, type Items } from "../../machine/iterate.js";
import { loaded, type NativeCall } from "../../machine/machine.js";
import { entries, getNamed, getProp } from "../../machine/props.js";
import { arrayOf, at, listOf } from "../support.js";

export interface Element {
  readonly value: Value;
  readonly key: Value;
}

/** Elements of an array, or values of an object under their keys; `certain` when these are all, in order. */
export function elements(call: NativeCall, v: Value): { readonly list: readonly Element[]; readonly certain: boolean } {
  const { m, site } = call;
  const list: Element[] = [];
  const objects = objectsOf(m.heap, v);
  let certain = objects.length === 1 && !hasPrimitive(v);
  for (const obj of objects) {
    if (obj.kind === "object") {
      const e = entries(m, obj, site);
      for (const x of e.known) list.push({ value: loaded(m, x.value, v.via, site), key: ofConst(x.name) });
      if (e.rest !== null) {
        list.push({ value: loaded(m, e.rest, v.via, site), key: stringOf(e.restKey) });
        certain = false;
      }
      continue;
    }
    const items: Items = iterate(m, ofRef(obj.id, v.via), site);
    items.list.forEach((x, i) => list.push({ value: x, key: ofConst(i) }));
    if (items.rest !== null) {
      list.push({ value: items.rest, key: ANY_STRING });
      certain = false;
    }
  }
  if (objects.length === 0 && v.labels.length > 0) list.push({ value: stringOf(v.labels), key: ANY_STRING });
  return { list, certain };
}

export const anyElement = (call: NativeCall, v: Value): Value => joinAll(elements(call, v).list.map((x) => x.value));

/** Applies an iteratee: a function, a property's name or path, or (a partial object) a test. */
export function apply(call: NativeCall, iteratee: Value, x: Element, collection: Value): Value {
  const { m, site } = call;
  if (iteratee.refs.length === 0 && iteratee.consts.length === 0) return x.value;
  let out: Value = BOTTOM;
  for (const c of iteratee.consts) out = join(out, atPath(call, x.value, String(c)));
  for (const obj of objectsOf(m.heap, iteratee)) {
    if (obj.kind === "object") out = join(out, ANY_BOOLEAN);
    else if (obj.kind === "array") out = join(out, atPath(call, x.value, ofRef(obj.id)));
    else out = join(out, callValue(m, ofRef(obj.id), UNDEFINED, { list: [x.value, x.key, collection], rest: null }, site));
  }
  return out;
}

/** `a.b[0]` or `["a", "b", 0]` as keys; undefined when it is not known exactly. */
export function pathKeys(call: NativeCall, path: Value): readonly string[] | undefined {
  const c = exact(path);
  if (c !== undefined) return splitPath(String(c));
  const objects = objectsOf(call.m.heap, path);
  if (objects.length !== 1 || objects[0]!.kind !== "array") return undefined;
  const items = iterate(call.m, path, call.site);
  if (items.rest !== null) return undefined;
  const keys = items.list.map((x) => exact(x));
  return keys.every((k) => k !== undefined) ? keys.map(String) : undefined;
}

const splitPath = (path: string): readonly string[] =>
  path
    .replace(/\[["']?([^\]"']*)["']?\]/g, ".$1")
    .split(".")
    .filter((x) => x !== "");

/** Reads down a path; undefined on the way stays undefined. */
export function atPath(call: NativeCall, v: Value, path: string | Value): Value {
  const keys = typeof path === "string" ? splitPath(path) : pathKeys(call, path);
  if (keys === undefined) return getProp(call.m, v, path as Value, call.site);
  let out = v;
  for (const key of keys) {
    if (out.refs.length === 0) return out.labels.length > 0 ? stringOf(out.labels) : UNDEFINED;
    out = getNamed(call.m, out, key, call.site);
  }
  return out;
}

/** An array of any number of one value. */
export const anyOf = (call: NativeCall, item: Value, what = "list"): Value => listOf(call.m, item, at(call, what));

/** An array of exactly these. */
export const exactly = (call: NativeCall, items: readonly Value[], what = "list"): Value => arrayOf(call.m, items, at(call, what));
