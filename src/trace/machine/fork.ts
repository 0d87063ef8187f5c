/** Going several ways from one state, and joining what they come to. */
import { applyJoined, begin, capture, end, joinInto, rollback, type Diff, type Point } from "../domain/ways.js";
import { BOTTOM, join, type Value } from "../domain/value.js";
import { sealed } from "./gates.js";
import { goesOn, type Machine } from "./machine.js";

/**
 * Runs each way from the current state; afterwards the state is the join of those that go on. Gives the join of their values. The last
 * way is joined where it is: the one that writes most had best be the last.
 */
export function forkAll(m: Machine, ways: readonly (() => Value)[]): Value {
  const from = begin(m.heap);
  const diffs: Diff[] = [];
  let out: Value = BOTTOM;
  m.frame.uncertain++;
  ways.forEach((way, i) => {
    m.alive = true;
    const v = way();
    if (goesOn(m)) out = join(out, sealed(m, v));
    if (i === ways.length - 1) return;
    if (goesOn(m)) diffs.push(capture(m.heap, from));
    rollback(m.heap, from);
  });
  m.frame.uncertain--;
  joinWays(m, from, diffs);
  end(m.heap, from);
  return out;
}

/** Joins the current way, if it goes on, with others that started at the point. Afterwards the machine goes on if any of them does. */
export function joinWays(m: Machine, from: Point, diffs: readonly Diff[]): void {
  if (m.alive) {
    if (diffs.length > 0) joinInto(m.heap, from, diffs);
  } else {
    rollback(m.heap, from);
    applyJoined(m.heap, diffs, from);
    m.alive = diffs.length > 0;
  }
}

/** Runs something that may happen or not; gives its value where it does. */
export const perhaps = (m: Machine, run: () => Value): Value => forkAll(m, [() => BOTTOM, run]);

/** Like {@link forkAll}, for ways without a value. */
export function forkBoth(m: Machine, a: () => void, b: () => void): void {
  forkAll(m, [
    () => {
      a();
      return BOTTOM;
    },
    () => {
      b();
      return BOTTOM;
    },
  ]);
}
