/** Identity: when two references certainly lead to one and the same object of the running program. */
import { objectsOf, type Obj, type ObjectKind, type Origin } from "../domain/heap.js";
import { hasPrimitive, type Value } from "../domain/value.js";
import { reachable } from "../domain/ways.js";
import { externalData, isShared } from "./external.js";
import { make, type Machine } from "./machine.js";
import { besideSlots } from "./summaries/recording.js";

/** No root: what runs just once. */
const ONCE = -1;

/** What runs on its own now: it is the maker of what is made. */
export const makerNow = (m: Machine): number => m.heap.reader?.run?.id ?? ONCE;

/** Makes the object of an expression that allocates one, each time it is evaluated. */
export function allocate(m: Machine, kind: ObjectKind, site: Origin, data?: unknown): Obj {
  const obj = make(m, kind, site, data);
  obj.maker = makerNow(m);
  return obj;
}

/** Are both certainly the same one object? */
export function isSameObject(m: Machine, a: Value, b: Value): boolean {
  if (a.refs.length === 0 || b.refs.length === 0 || hasPrimitive(a) || hasPrimitive(b)) return false;
  const [x, ...others] = objectsOf(m.heap, a);
  const [y, ...more] = objectsOf(m.heap, b);
  return x !== undefined && x === y && others.length === 0 && more.length === 0 && isOne(m, x);
}

/**
 * Does it stand for one object? What runs on its own stands for many runs of it: what such a run has made does while older objects do
 * not lead to it; from those, another run's may come as well.
 */
export function isOne(m: Machine, obj: Obj): boolean {
  if (obj.summary) return false;
  if (obj.kind === "external") return isShared(m, obj) && externalData(obj).path.every((step) => step !== "()" && step !== "*");
  if (obj.maker === undefined) return false;
  const run = m.heap.reader?.run;
  const isIt = obj.maker === ONCE || (obj.maker === run?.id && !isLedTo(m, obj, run.born));
  // That it is one is not in its slots: another in its place need not be.
  if (isIt) besideSlots(m, obj);
  return isIt;
}

/** Longer histories are not looked through. */
const HISTORY = 20_000;

/** Do objects older than `born` lead to this one, by what has been written to them since? */
function isLedTo(m: Machine, obj: Obj, born: number): boolean {
  const { trail } = m.heap;
  if (trail.length > HISTORY) return true;
  const written: Value[] = [];
  for (const entry of trail) {
    if (!("slot" in entry) || entry.obj.id >= born) continue;
    const value = entry.obj.props.get(entry.slot);
    if (value !== undefined && value.refs.length > 0) written.push(value);
  }
  for (const found of reachable(m.heap, { trail: 0, born, pinned: m.heap.pinned.length }, written)) if (found === obj) return true;
  return false;
}
