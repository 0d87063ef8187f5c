/**
 * Signals by which people opt out without asking anybody: a header that their browser sends, a property that it has. Whoever reads one
 * and goes on only where it is not set has respected it. Global Privacy Control: https://w3c.github.io/gpc/ (the header is `1` or missing).
 */
import { about, NO_FACTS } from "../domain/about.js";
import { ANY_BOOLEAN, exact, isBottom, join, ofConst, UNDEFINED, withAbout, type Value } from "../domain/value.js";
import { factOf, SIGNAL } from "./gates.js";
import type { Args, Machine } from "./machine.js";

interface Signal {
  /** In lower case. */
  readonly header: string;
  readonly property: string;
}

export const SIGNALS: Readonly<Record<string, Signal>> = { gpc: { header: "sec-gpc", property: "globalPrivacyControl" } };

/** What a signal is called among the consents that hold. */
export const signalGate = (signal: string): string => SIGNAL + signal;

/** A property that was read, if it is a declared signal. */
export function readSignal(m: Machine, name: string, v: Value): Value {
  for (const signal of m.gates?.signals ?? []) {
    const known = SIGNALS[signal];
    if (known === undefined) continue;
    if (name === known.property) return signalled(m, signal, ANY_BOOLEAN);
    if (name.toLowerCase() === known.header) return signalled(m, signal, join(ofConst("1"), UNDEFINED));
  }
  return v;
}

/** What a call outside of the program gave, if it was asked for a declared signal: `headers.get("Sec-GPC")`, or whether there is one: `has`. */
export function askedSignal(m: Machine, method: string, args: Args, v: Value): Value {
  if (m.gates === null || m.gates.signals.length === 0 || isBottom(v)) return v;
  return args.list.reduce((out, arg) => {
    const name = exact(arg);
    if (typeof name !== "string" || !name.includes("-")) return out;
    const asked = readSignal(m, name, out);
    return asked !== out && method === "has" ? withAbout(ANY_BOOLEAN, asked.about) : asked;
  }, v);
}

function signalled(m: Machine, signal: string, v: Value): Value {
  const gates = m.gates!;
  const fact = (denied: boolean): ReturnType<typeof factOf> => factOf(m, gates, signalGate(signal), denied, []);
  return withAbout(v, about("", NO_FACTS, [fact(true)], [fact(false)]));
}
