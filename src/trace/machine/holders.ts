/** Who has a function as a method (`this.go = function () { … }`, `Asker.prototype.go = …`): what it is called on when others call it. */
import { deref, objectsOf, type Obj } from "../domain/heap.js";
import { BOTTOM, type Value } from "../domain/value.js";
import type { FunctionData, Machine } from "./machine.js";

/** A function that is put into more objects than this is one that they share: a few of them tell what it does. */
const MOST = 3;

/** Notes that a value was put under a name of an object: functions in it are its methods, what is its `prototype` is that of its instances. */
export function noteHolder(m: Machine, holder: Obj, name: string, v: Value): void {
  if (v.refs.length === 0 || holder.kind === "array" || holder.kind === "external") return;
  const isConstructor = name === "prototype" && holder.kind === "function";
  for (const id of v.refs) {
    const obj = deref(m.heap, id);
    if (!isConstructor && !takesReceiver(m, obj)) continue;
    const known = m.holders.get(obj);
    if (known === undefined) m.holders.set(obj, [holder]);
    else if (known.length < MOST && !known.includes(holder)) known.push(holder);
  }
}

/** The objects that have a function as a method, or a prototype as theirs, as far as they are still there. */
export const holdersOf = (m: Machine, fn: Obj): readonly Obj[] =>
  (m.holders.get(fn) ?? []).filter((holder) => m.heap.objects[holder.id] === holder);

/** The function that makes the instances of what is a prototype. */
export const constructorFor = (m: Machine, proto: Obj): Obj | undefined =>
  [...objectsOf(m.heap, proto.props.get("constructor") ?? BOTTOM), ...holdersOf(m, proto)].find(
    (o) => (o.kind === "class" || o.kind === "function") && objectsOf(m.heap, o.props.get("prototype") ?? BOTTOM).includes(proto),
  );

/** Is it a function whose `this` is what it is called on, and no class's method? */
function takesReceiver(m: Machine, fn: Obj): boolean {
  if (fn.kind !== "function") return false;
  const { code, thisValue, home } = fn.data as FunctionData;
  return (
    code !== null && code.fn.kind !== "arrow" && thisValue === null && (home === null || !deref(m.heap, home).props.has("constructor"))
  );
}
