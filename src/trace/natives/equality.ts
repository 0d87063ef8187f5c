/** Equality as `includes`, `has` and `Object.is` see it: certain, impossible, or open. */
import { objectsOf } from "../domain/heap.js";
import { ANY_BOOLEAN, exact, FALSE, hasPrimitive, isBottom, K, TRUE, withoutAbsent, type Value } from "../domain/value.js";
import { isSameObject } from "../machine/identity.js";
import type { Machine } from "../machine/machine.js";

const SINGLE = [K.Undefined, K.Null, K.True, K.False] as const;

/** Are both certainly the same constant, or the same one object? */
export function mustEqual(m: Machine, a: Value, b: Value): boolean {
  const c = exact(a);
  if (c !== undefined) return Object.is(c, exact(b));
  if (a.consts.length > 0 || b.consts.length > 0) return false;
  if (a.refs.length === 0) return b.refs.length === 0 && a.kinds === b.kinds && SINGLE.some((k) => k === a.kinds);
  return isSameObject(m, a, b);
}

/** Is there anything that both can be? */
export function mayEqual(m: Machine, a: Value, b: Value): boolean {
  if (isBottom(a) || isBottom(b)) return false;
  const x = withoutAbsent(a);
  const y = withoutAbsent(b);
  if ((x.kinds & y.kinds) !== 0) return true;
  const covers = (v: Value, c: string | number): boolean =>
    v.consts.includes(c) || (v.kinds & (typeof c === "string" ? K.String : K.Number)) !== 0;
  if (x.consts.some((c) => covers(y, c)) || y.consts.some((c) => covers(x, c))) return true;
  const mine = objectsOf(m.heap, x);
  const theirs = objectsOf(m.heap, y);
  // Text is a primitive string in the program; unknown objects can be anything.
  const loose = (list: typeof mine): boolean => list.some((o) => o.kind === "unknown" || o.kind === "text" || o.kind === "external");
  if (loose(mine)) return theirs.length > 0 || hasPrimitive(y);
  if (loose(theirs)) return mine.length > 0 || hasPrimitive(x);
  return mine.some((o) => theirs.includes(o));
}

/** The answer as a value. */
export const equal = (m: Machine, a: Value, b: Value): Value => (mustEqual(m, a, b) ? TRUE : mayEqual(m, a, b) ? ANY_BOOLEAN : FALSE);
