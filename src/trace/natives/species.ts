/** Lists of the program's own classes (`class Rows extends Array`): what their inherited methods give is of the class as well. */
import { objectsOf, S, type Obj } from "../domain/heap.js";
import { BOTTOM, isBottom, join, ofConst, ofRef, UNDEFINED, type Value } from "../domain/value.js";
import { callValue } from "../machine/call.js";
import { externalName } from "../machine/external.js";
import type { Items } from "../machine/iterate.js";
import type { NativeCall } from "../machine/machine.js";
import { lookUp } from "../machine/props.js";
import { newArray, replaceItems } from "./items.js";

/** A list of these elements, made by a class (`Rows.of(…)`), or a plain one. */
export function listOfClass(call: NativeCall, ctor: Value, items: Items, args: readonly Value[] = []): Value {
  const { m, site } = call;
  const classes = objectsOf(m.heap, ctor).filter((o) => o.kind === "class");
  let out: Value = classes.length === 0 || classes.length < ctor.refs.length ? newArray(m, site, items) : BOTTOM;
  for (const cls of classes) {
    const made = callValue(m, ofRef(cls.id), UNDEFINED, { list: args, rest: null }, site, true);
    if (!m.alive) return BOTTOM;
    for (const obj of objectsOf(m.heap, made))
      if (obj.kind === "array") replaceItems(m, { obj, strong: made.refs.length === 1 && !obj.summary }, items);
    out = join(out, made);
  }
  return out;
}

/** What a method of lists that gives a new one gives: it is made by its receiver's class (`Symbol.species`). */
export function copyOf(call: NativeCall, items: Items): Value {
  const { m, site } = call;
  if (!m.alive) return BOTTOM;
  let plain = false;
  let ctor: Value = BOTTOM;
  for (const obj of objectsOf(m.heap, call.self)) {
    const own = ownClass(call, obj);
    if (isBottom(own)) plain = true;
    else ctor = join(ctor, own);
  }
  const out = isBottom(ctor) ? BOTTOM : listOfClass(call, ctor, items, [ofConst(0)]);
  return plain || isBottom(ctor) ? join(out, newArray(m, site, items)) : out;
}

/** The class that makes copies of a list of the program's own class. */
function ownClass(call: NativeCall, obj: Obj): Value {
  const { m, site } = call;
  if (obj.kind !== "array" || !obj.props.has(S.proto)) return BOTTOM;
  const ctor = lookUp(m, obj, "constructor", ofRef(obj.id), site, 0) ?? BOTTOM;
  let out: Value = BOTTOM;
  for (const cls of objectsOf(m.heap, ctor)) {
    if (cls.kind !== "class") continue;
    const species = objectsOf(m.heap, lookUp(m, cls, "@@species", ofRef(cls.id), site, 0) ?? BOTTOM);
    if (species.some((s) => s.kind === "external" && externalName(s) === "Array")) continue;
    const classes = species.filter((s) => s.kind === "class");
    for (const by of classes.length > 0 ? classes : [cls]) out = join(out, ofRef(by.id));
  }
  return out;
}
