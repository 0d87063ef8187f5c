/**
 * What the conditions of a query builder ask of columns that are true or false, or name somebody, in slots of the builder. A slot that only some ways have
 * given it, or with another value, says nothing; neither does any beside a condition that is enough without it.
 */
import { objectsOf, setSlot, type Obj } from "../domain/heap.js";
import { exact, hasPrimitive, isBottom, TRUE, type Value } from "../domain/value.js";
import type { Site } from "../domain/labels.js";
import type { Machine, NativeCall } from "../machine/machine.js";
import { entries } from "../machine/props.js";
import { arg } from "../machine/call.js";
import { flagOf, saysConsent, wantedOf, type Wanted } from "./conditions.js";
import type { Condition, Named } from "./sql/syntax.js";

/** A certainty: where ways meet of which one has not asked, it is gone. */
const ASKED = "\0!asked:";
const LOOSE = "\0asked or";
/** Before the column, where a join asks for it: what `where` asks later takes the place of no such. */
const ON = "on ";

/** Is it a slot of conditions? Of several builders that become one, none of them is certain. */
export const isCondition = (slot: string): boolean => slot.startsWith(ASKED);

/** All rows have this value in the column, `users.may_train`. */
export function ask(m: Machine, query: Obj, column: string, v: Value): void {
  if (flagOf(v) !== undefined || v.about !== null || v.refs.length > 0) setSlot(m.heap, query, ASKED + column, v);
}

/** All rows that are joined have this value in the column. */
export function askJoined(m: Machine, query: Obj, column: string, v: Value): void {
  ask(m, query, ON + column, v);
}

/** Nothing of what `where` has asked counts any more. */
export function forget(m: Machine, query: Obj): void {
  for (const slot of [...query.props.keys()])
    if (isCondition(slot) && !slot.startsWith(ASKED + ON)) setSlot(m.heap, query, slot, undefined);
}

/** `where(…)` that is asked of the builder itself: of several builders that it may be, nobody knows which one is asked. */
export function asks(call: NativeCall, queries: readonly Obj[]): void {
  const [query, ...others] = queries;
  if (query === undefined || others.length > 0 || query.summary) return;
  for (const [column, v] of equalities(call)) ask(call.m, query, column, v);
}

/** Something else is enough as well, or the conditions before are dropped. */
export const loosen = (m: Machine, query: Obj): void => setSlot(m.heap, query, LOOSE, TRUE);

/** The conditions of one are asked by the other as well. */
export function askAlike(m: Machine, from: Obj, to: Obj): void {
  for (const [slot, v] of from.props) if (isCondition(slot) || slot === LOOSE) setSlot(m.heap, to, slot, v);
}

export const asked = (m: Machine, query: Obj, site: Site): readonly (Condition & { readonly is: Wanted })[] =>
  compared(query).flatMap(({ alias, name, v }) => {
    const is = wantedOf(m, v, site);
    return is === undefined ? [] : [{ alias, name, is }];
  });

/** The same with the very values. */
export function compared(query: Obj): readonly (Named & { readonly v: Value })[] {
  if (query.props.has(LOOSE)) return [];
  return [...query.props].flatMap(([slot, v]) => {
    if (!isCondition(slot)) return [];
    const column = slot.slice((slot.startsWith(ASKED + ON) ? ASKED + ON : ASKED).length);
    const [name = "", alias] = column.split(".").reverse();
    return [{ alias, name, v }];
  });
}

const EQUAL = new Set(["=", "==", "===", "is", "eq", "<=>", "in"]);

/** `where("c", true)`, `where("c", "=", true)`, `where({ c: true })`: the column and its value, as far as they are certain. */
export function equalities(call: NativeCall): readonly (readonly [string, Value])[] {
  const { m, site } = call;
  const [of, second] = [arg(call.args, 0), arg(call.args, 1)];
  if (!saysConsent(m) || call.args.rest !== null) return [];
  const column = exact(of);
  if (typeof column === "string") {
    if (call.args.list.length === 2) return [[column, second]];
    return EQUAL.has(String(exact(second))) ? [[column, arg(call.args, 2)]] : [];
  }
  const obj = of.refs.length === 1 && !hasPrimitive(of) ? objectsOf(m.heap, of)[0]! : undefined;
  if (obj?.kind !== "object" || call.args.list.length > 1) return [];
  return entries(m, obj, site).known.flatMap(({ name, value, maybe }) => (maybe || isBottom(value) ? [] : [[name, value] as const]));
}
