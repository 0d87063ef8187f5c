/** Advanced composition: many small ε together cost less than their sum. */
import type { Loss } from "./loss.js";

/**
 * √(2 ln(1/δ′) Σε²) + Σε(e^ε − 1), at the price of δ′ beside the mechanisms' own δ (Dwork, Rothblum and Vadhan 2010, Theorem III.3; their
 * proof takes mechanisms of different ε one by one). δ′ above 0.
 */
export function advancedEpsilon(losses: readonly Extract<Loss, { k: "epsilon" }>[], delta: number): number {
  let squares = 0;
  let drift = 0;
  for (const { epsilon, times } of losses) {
    squares += times * epsilon ** 2;
    drift += times * epsilon * Math.expm1(epsilon);
  }
  return Math.sqrt(2 * Math.log(1 / delta) * squares) + drift;
}
