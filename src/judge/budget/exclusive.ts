/**
 * Mechanisms that cannot all have been called: of the ways of one choice (`if` and `else`) the program takes one. Of each choice the way counts
 * that is dearest by what a theorem makes its bound of; where none is dearest in every respect, those that no other outdoes count together,
 * which is too much rather than too little.
 */
import type { Accounting } from "../accounting/compose.js";
import type { Arm } from "../../trace/result.js";
import { rhoOf, type Loss } from "../accounting/loss.js";

export interface Spending {
  readonly arms: readonly Arm[];
  readonly loss: Loss;
}

/** Those that count at most, for bounds by one theorem. */
export function dearest<S extends Spending>(all: readonly S[], by: Accounting, depth = 0): readonly S[] {
  const out = all.filter(({ arms }) => arms.length === depth);
  const choices = new Map<string, Map<number, S[]>>();
  for (const one of all) {
    const arm = one.arms[depth];
    if (arm === undefined) continue;
    const ways = choices.get(arm.choice) ?? new Map<number, S[]>();
    choices.set(arm.choice, ways.set(arm.way, [...(ways.get(arm.way) ?? []), one]));
  }
  for (const ways of choices.values()) {
    const each = [...ways.values()].map((way) => dearest(way, by, depth + 1));
    const worth = each.map((way) => measures(way, by));
    out.push(...each.filter((_, i) => !worth.some((other, j) => j !== i && outdoes(other, worth[i]!, j < i))).flat());
  }
  return out;
}

/** The sums that a theorem makes its bound of: it never falls where one of them grows. */
function measures(way: readonly Spending[], by: Accounting): readonly number[] {
  const sum = (of: (loss: Loss) => number): number => way.reduce((total, { loss }) => total + loss.times * of(loss), 0);
  const plain = (of: (epsilon: number, delta: number) => number): number =>
    sum((loss) => (loss.k === "epsilon" ? of(loss.epsilon, loss.delta) : 0));
  const delta = plain((_, own) => own);
  const gaussian = sum((loss) => (loss.k === "rho" ? loss.rho : 0));
  switch (by) {
    case "basic":
      return [plain((epsilon) => epsilon), delta, gaussian];
    case "advanced":
      return [plain((epsilon) => epsilon ** 2), plain((epsilon) => epsilon * Math.expm1(epsilon)), delta, gaussian];
    case "zcdp":
      return [sum(rhoOf), delta];
  }
}

/** Of two that cost the same the first counts. */
function outdoes(other: readonly number[], one: readonly number[], isFirst: boolean): boolean {
  return other.every((x, i) => x >= one[i]!) && (isFirst || other.some((x, i) => x > one[i]!));
}
