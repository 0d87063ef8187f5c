/** Something that happens any number of times, run until the state at the beginning of each turn is stable. */
import { fold } from "../domain/fold.js";
import { current, type Obj } from "../domain/heap.js";
import { BOTTOM, join, same, type Value } from "../domain/value.js";
import { begin, end, rollback, weaken } from "../domain/ways.js";
import { cutOff } from "./bound.js";
import { goesOn, LIMITS, uncounted, type Machine } from "./machine.js";

/**
 * Runs `turn` zero or more times, `most` at most. It gets the join of `start` and what earlier turns gave, and its result is joined to that. What
 * the turns write may also not have been written; the objects they make are folded into one for each place.
 */
export function repeat(m: Machine, turn: (soFar: Value) => Value, start: Value = BOTTOM, most = Infinity): Value {
  if (!m.alive) return BOTTOM;
  const summaries = new Map<string, Obj>();
  let out = start;
  const { turns } = m;
  m.frame.uncertain++;
  m.repeating++;
  m.turns = turns * most;
  for (let pass = 0; pass < LIMITS.passes; pass++) {
    const from = begin(m.heap);
    const v = uncounted(m, () => turn(out));
    if (!goesOn(m)) {
      // A turn never ends normally: there is none.
      rollback(m.heap, from);
      end(m.heap, from);
      m.alive = true;
      break;
    }
    fold(m.heap, from.born, summaries);
    const grew = weaken(m.heap, from);
    const next = current(m.heap, join(current(m.heap, out), current(m.heap, v)));
    const stable = same(next, out);
    out = next;
    // What does not depend on earlier turns is complete after one: only the state decides.
    const done = !grew && (stable || start === BOTTOM);
    if (!done && pass + 1 === LIMITS.passes) cutOff(m, from);
    end(m.heap, from);
    if (done) break;
  }
  m.frame.uncertain--;
  m.repeating--;
  m.turns = turns;
  return out;
}
