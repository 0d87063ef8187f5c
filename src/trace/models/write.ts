/** Where a flow goes: a value put at the end of a path, under the key that `[k]` stands for. */
import type { ModelStep } from "../../models/model.js";
import { joinSlot, objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { ANY_STRING, BOTTOM, exact, isBottom, ofConst, ofRef, type Value } from "../domain/value.js";
import { arg } from "../machine/call.js";
import { hop, type NativeCall } from "../machine/machine.js";
import { getProp, keyNames, setAny, setNamed } from "../machine/props.js";
import { unknown } from "../machine/unknown.js";
import { putEntry } from "../natives/contents.js";
import { spot } from "../natives/items.js";
import { pathKeys } from "../natives/libraries/lodash-support.js";
import { listOf, record } from "../natives/support.js";
import { underKey } from "./read.js";
import { labelsOfKey } from "../machine/deep.js";

/** What is written: the value, its key where the path has `[k]`, and whether that certainly happens. */
export interface Written {
  readonly value: Value;
  readonly key: Value;
  readonly sure: boolean;
}

/** A step as a key; `any` is whichever element. */
type Key = Value | "any";

/** Puts a value at the end of a path that begins at `target`. What is missing on the way is made. */
export function put(call: NativeCall, target: Value, steps: readonly ModelStep[], written: Written): void {
  if (!isBottom(written.value))
    putAt(
      call,
      target,
      steps.flatMap((step) => keysOf(call, step, written.key)),
      written,
    );
}

function putAt(call: NativeCall, target: Value, [key, ...below]: readonly Key[], written: Written): void {
  if (key === undefined) return;
  const objects = objectsOf(call.m.heap, target).filter(({ kind }) => kind !== "external");
  const sure = written.sure && objects.length === 1 && !objects[0]!.summary;
  for (const obj of objects)
    if (below.length === 0) putUnder(call, obj, key, hop(call.m, written.value, "store", call.site), sure);
    else putAt(call, within(call, obj, key, below[0]!), below, written);
}

/** The keys that a step means, one below the other. */
function keysOf(call: NativeCall, step: ModelStep, same: Value): readonly Key[] {
  switch (step.k) {
    case "prop":
      return [ofConst(step.name)];
    case "index":
      return [ofConst(step.i)];
    case "named": {
      const key = arg(call.args, step.argument);
      return step.path ? (pathKeys(call, key)?.map((name) => ofConst(name)) ?? ["any"]) : [key];
    }
    case "same":
      return [same];
    case "any":
    case "keys":
      return ["any"];
  }
}

/** What is under a key already; a fresh object where nothing is, a list if what is put into it has an index. */
function within(call: NativeCall, obj: Obj, key: Key, next: Key): Value {
  const there = underKey(call, ofRef(obj.id), key === "any" ? ANY_STRING : key);
  // What a type of the library has by itself takes nothing in.
  if (objectsOf(call.m.heap, there).some(({ kind }) => kind !== "external")) return there;
  const where = spot(call.site, `within ${obj.key}`);
  const isList = next !== "any" && typeof exact(next) === "number";
  const made = isList ? listOf(call.m, BOTTOM, where) : record(call.m, {}, where);
  putUnder(call, obj, key, made, !obj.summary);
  return made;
}

/** Writes under one key of one object, whatever it is. */
export function putUnder(call: NativeCall, obj: Obj, key: Key, value: Value, sure: boolean): void {
  const { m, site } = call;
  if (obj.kind === "map" || obj.kind === "set") {
    putEntry(m, obj, obj.kind === "set" ? value : key === "any" ? ANY_STRING : key, value, sure && key !== "any");
    return;
  }
  if (obj.kind === "array") {
    putElement(call, obj, key, value, sure);
    return;
  }
  if (obj.kind === "unknown") getProp(m, ofRef(obj.id), key === "any" ? ANY_STRING : key, site);
  const { names, open } = key === "any" ? { names: [], open: true } : keyNames(key);
  for (const name of names) setNamed(m, obj, name, value, sure && !open && names.length === 1, ofRef(obj.id), site);
  if (open) setAny(m, obj, value, key === "any" ? BOTTOM.labels : labelsOfKey(m, key));
}

/** So many elements of a list may be unknown before one that is put in. */
const GAP = 4;

/** An element of a list: at its place where that is certain, else anywhere. */
function putElement({ m, site }: NativeCall, list: Obj, key: Key, value: Value, sure: boolean): void {
  const index = key === "any" ? undefined : exact(key);
  if (typeof index === "string" && !/^\d+$/.test(index)) {
    setNamed(m, list, index, value, sure, ofRef(list.id), site);
    return;
  }
  const length = exact(list.props.get(S.length) ?? BOTTOM);
  if (typeof index === "number" && sure && typeof length === "number" && index <= length + GAP) {
    // What stands before it no flow tells.
    for (let i = length; i < index; i++) setSlot(m.heap, list, String(i), unknown(m, spot(site, `element ${i}`)));
    setSlot(m.heap, list, String(index), value);
    if (index >= length) setSlot(m.heap, list, S.length, ofConst(index + 1));
    return;
  }
  joinSlot(m.heap, list, S.rest, value);
  setSlot(m.heap, list, S.length, undefined);
}
