/**
 * Calls that nobody waits for at once: `void redact(user)`, `const saving = save()`, `load().then(…)`. What an async function does behind its
 * first `await`, and what a reaction does, has not been done for the code that follows the call; it has for whoever awaits its promise. The
 * body is run at its call, as any other; then the later part of what it has written is taken back and kept with the promise ({@link putOff}).
 */
import { meet, objectsOf } from "../domain/heap.js";
import type { Site } from "../domain/labels.js";
import { readOn, type Reader } from "../domain/readers.js";
import { BOTTOM, ofRef, type Value } from "../domain/value.js";
import { begin, capture, end, UNCHANGED, type Point } from "../domain/ways.js";
import { activate } from "./call.js";
import { awaited, comesWith, MANY, putOff } from "./late.js";
import type { Activation, Machine } from "./machine.js";
import { fulfil } from "./promise.js";
import { waitsFor } from "./summaries/recording.js";

/** Who waits for what is called now: the code around it at once, whoever gets the promise, nobody. */
export type Waits = "now" | "later" | "never";

/** Runs an expression for which somebody waits like this. */
export function waiting<T>(m: Machine, waits: Waits, run: () => T): T {
  const outer = m.waits;
  m.waits = waits;
  const out = run();
  m.waits = outer;
  return out;
}

/** Is what is called now put off, as far as it comes later? */
export function mayFloat(m: Machine): boolean {
  waitsFor(m);
  // Of turns that are run as one it is not known which promise is whose: what is waited for somewhere counts as waited for at once.
  return m.waits === "never" || (m.waits === "later" && m.repeating === 0);
}

/** The function that runs awaits something: what it does from now on comes later, and what its callers do that wait for it. */
export function suspends(m: Machine): void {
  let certain = true;
  for (let i = m.stack.length - 1; i >= 0; i--) {
    const activation = m.stack[i]!;
    certain &&= activation.frame.uncertain === 0;
    if (activation.floats && !activation.suspended) {
      activation.early.push(capture(m.heap, activation.frame.point));
      activation.suspended = certain;
    }
    if (activation.waits !== "now") return;
  }
}

/** From now on it is noted what is come across. */
export function startReading({ heap }: Machine): Reader {
  const outer = heap.reader;
  const born = heap.objects.length;
  const since = heap.searches.count;
  const reader = {
    id: --heap.recorders,
    born,
    met: new Set<number>(),
    everything: false,
    run: outer?.run ?? null,
    since,
    most: MANY,
    outer,
  };
  readOn(heap, reader);
  return reader;
}

function stopReading({ heap }: Machine, { met, outer }: Reader): void {
  readOn(heap, outer);
  for (const id of met) meet(heap, heap.objects[id]!);
}

/** What an async function has done since its first `await` is put off; null where it has done nothing that can be seen, or nobody goes on before. */
export function laterPart(m: Machine, from: Point, activation: Activation, leaving: Value): Value | null {
  const { early, suspended, reading, func, data, self, args, site, from: path } = activation;
  if (reading === null) return null;
  stopReading(m, reading);
  if (early.length === 0) return null;
  return putOff(m, from, {
    early,
    suspended,
    leaving,
    site,
    met: reading.met,
    again: (at, promise) => {
      const { path: outer } = at;
      at.path = path;
      const gave = waiting(at, "now", () => activate(at, func, data, self, args, site, false, "again"));
      at.path = outer;
      fulfil(at, promise, gave, site);
    },
    holds: [
      ...(func === null ? [] : [ofRef(func.id)]),
      ...(data.env < 0 ? [] : [ofRef(data.env)]),
      self,
      ...args.list,
      args.rest ?? BOTTOM,
    ],
  });
}

/** Runs a reaction to what promises have come to; what it writes comes later, with their late writes. */
export function reacts(m: Machine, to: Value, result: Value, callbacks: readonly Value[], site: Site, run: (m: Machine) => void): void {
  if (!mayFloat(m)) {
    awaited(m, to);
    run(m);
    return;
  }
  const from = begin(m.heap);
  const reading = startReading(m);
  awaited(m, to);
  run(m);
  stopReading(m, reading);
  const { met } = reading;
  const holds = [to, result, ...callbacks];
  const late = putOff(m, from, { early: [UNCHANGED], suspended: true, leaving: result, site, met, again: run, holds });
  end(m.heap, from);
  if (late !== null) for (const promise of objectsOf(m.heap, result)) comesWith(m, promise, late);
}
