/**
 * What a function that costs much has given, one value for all its calls from a root. When it costs too much to be followed again, that is
 * what it gives: a summary that keeps parameters and fields apart, and no longer the calls (a functional summary without contexts: Sharir
 * and Pnueli, 1981). It stands in only where every argument bears labels that one at its place has borne before.
 */
import { joinLabels, NO_LABELS, type Labels, type Site } from "../domain/labels.js";
import { isBottom, type Value } from "../domain/value.js";
import { freeze } from "../stores/freeze.js";
import { joinFrozen, NOTHING, relabelled, sameFrozen, thaw, type Frozen } from "../stores/frozen.js";
import { simplified } from "../stores/simplify.js";
import { allLabels } from "./deep.js";
import { nobodysLabels } from "./gates.js";
import { LIMITS, type Args, type Machine } from "./machine.js";

export interface Remembered {
  readonly gave: Frozen;
  /** The labels that went in with the receiver, with each argument, with all further ones. */
  readonly went: readonly Labels[];
}

/** Labels by place: of `this`, of arguments of which nobody knows which they are, of each argument. */
const places = (m: Machine, self: Value, args: Args): Labels[] =>
  [self, args.rest, ...args.list].map((v) => (v === null ? NO_LABELS : nobodysLabels(m, allLabels(m, v))));

/** With one more call and what it has given. */
export function withCall(m: Machine, so: Remembered | null, self: Value, args: Args, gave: Value, site: Site): Remembered {
  const now = places(m, self, args);
  const before = so?.went ?? [];
  const went = Array.from({ length: Math.max(now.length, before.length) }, (_, i) =>
    joinLabels(before[i] ?? NO_LABELS, now[i] ?? NO_LABELS),
  );
  return { gave: simplified(joinFrozen(so?.gave ?? NOTHING, freeze(m, gave, site).frozen), LIMITS.placeLevels), went };
}

/** What a call is taken to give by what others gave; null where they say nothing of it. */
export function recalled(m: Machine, so: Remembered, self: Value, args: Args, site: Site): Value | null {
  if (sameFrozen(so.gave, NOTHING)) return null;
  const has = (all: Labels, id: number): boolean => all.some((l) => l.id === id);
  const now = places(m, self, args);
  if (!now.every((labels, i) => labels.every((l) => has(so.went[i] ?? NO_LABELS, l.id)))) return null;
  // What others put in, and this call does not, it does not give either. What it has from elsewhere it gives to all.
  const gave = relabelled(so.gave, (labels) =>
    labels.filter((l) => now.some((in_) => has(in_, l.id)) || !so.went.some((before) => has(before, l.id))),
  );
  const v = thaw(m, gave, site, "given");
  return isBottom(v) ? null : v;
}
