/**
 * One of several objects, of which each is there because of something else: `(ok ? yes : no).push(x)`. What is done to each is a way of its
 * own, on which holds what holds where it is that one.
 */
import { objectsOf } from "../domain/heap.js";
import { caseOfRef, withAbout, withRefs, type Value } from "../domain/value.js";
import { forkAll } from "./fork.js";
import { assumeFacts } from "./gates.js";
import type { Machine } from "./machine.js";

/** Runs something on each object of a value by itself where the value knows more of one than of all; else once. */
export function onEither(m: Machine, v: Value, run: (one: Value) => Value): Value {
  const isKnown = m.gates !== null && v.about?.cases.some((one) => one.isObject) === true;
  if (!isKnown || objectsOf(m.heap, v).length !== v.refs.length) return run(v);
  return forkAll(
    m,
    v.refs.map((id) => () => {
      assumeFacts(m, caseOfRef(v, id)!);
      return run(withAbout({ ...withRefs(v, [id]), kinds: 0, consts: [] }, null));
    }),
  );
}
