/** Going several ways from one state, and joining what they come to. */
import { applyJoined, capture, mark, rollback, type Diff } from "../domain/heap.js";
import { BOTTOM, join, type Value } from "../domain/value.js";
import type { Machine } from "./machine.js";

/** Runs each way from the current state; afterwards the state is the join of those that go on. Gives the join of their values. */
export function forkAll(m: Machine, ways: readonly (() => Value)[]): Value {
  const from = mark(m.heap);
  const born = m.heap.objects.length;
  const diffs: Diff[] = [];
  let out: Value = BOTTOM;
  m.frame.uncertain++;
  for (const way of ways) {
    m.alive = true;
    const v = way();
    if (m.alive) {
      diffs.push(capture(m.heap, from));
      out = join(out, v);
    }
    rollback(m.heap, from);
  }
  m.frame.uncertain--;
  applyJoined(m.heap, diffs, born);
  m.alive = diffs.length > 0;
  return out;
}

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
