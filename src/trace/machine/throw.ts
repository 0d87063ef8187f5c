/** Exceptions: the current way ends, its state goes to the nearest handler. */
import { capture } from "../domain/ways.js";
import type { Value } from "../domain/value.js";
import type { Machine } from "./machine.js";

/** `throw v`: runs the `finally` blocks between here and the handler, notes state and value there, and ends the way. */
export function throwValue(m: Machine, v: Value): void {
  const handler = m.handlers.at(-1);
  const { frame } = m;
  if (handler !== undefined) {
    if (handler.frame === frame) {
      const pending = frame.finalizers.splice(handler.finalizers);
      for (const run of [...pending].reverse()) if (m.alive) run();
      frame.finalizers.push(...pending);
    }
    if (m.alive) handler.throws.push({ diff: capture(m.heap, handler.point, v), value: v });
  }
  m.alive = false;
}
