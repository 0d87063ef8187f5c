/** Exceptions: the current way ends, its state goes to the nearest handler. */
import { capture, type Point } from "../domain/ways.js";
import type { Value } from "../domain/value.js";
import type { Exit, Machine } from "./machine.js";

/** `throw v`: notes state and value at the nearest handler, and ends the way. Each block with a `finally` is a handler. */
export function throwValue(m: Machine, v: Value): void {
  const handler = m.handlers.at(-1);
  if (handler !== undefined) handler.throws.push({ diff: capture(m.heap, handler.point, v), value: v });
  m.alive = false;
}

/** What is thrown in something that runs and is not caught in it. */
export function thrownBy(m: Machine, point: Point, run: () => void): Exit[] {
  const throws: Exit[] = [];
  m.handlers.push({ point, throws });
  run();
  m.handlers.pop();
  return throws;
}

/** Runs the `finally` blocks that leaving a function or a loop comes by, innermost first. */
export function runFinalizers(m: Machine, downTo: number): void {
  const { finalizers } = m.frame;
  const pending = finalizers.splice(downTo);
  for (const run of [...pending].reverse()) if (m.alive) run();
  finalizers.push(...pending);
}
