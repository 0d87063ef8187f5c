/** What a call of a mechanism costs, from the numbers that it is given: the worst of those that it may be. */
import type { Amount, Noise } from "../../trace/result.js";
import { gaussian, laplace, type Loss } from "../accounting/loss.js";

export type AmountName = keyof Noise["amounts"];

/** How a number is called. */
export const SYMBOLS: Readonly<Record<AmountName, string>> = {
  epsilon: "ε",
  delta: "δ",
  scale: "the scale",
  sensitivity: "the sensitivity",
};

/** Why a call has no cost that can be counted. */
export type Flaw =
  /** Its number is not, or not only, known. */
  | { readonly k: "unreadable"; readonly name: AmountName; readonly amount: Amount }
  /** It is no number that such a number can be. */
  | { readonly k: "impossible"; readonly name: AmountName; readonly value: number }
  /** The manifest does not say what it costs. */
  | { readonly k: "undeclared" }
  /** Gaussian noise with an ε and without a δ. */
  | { readonly k: "no-delta" };

/** The cost of one call, or what is wrong; of several flaws the first. */
export function costOf({ transform, amounts }: Noise): Loss | Flaw {
  if (amounts.epsilon === undefined && amounts.scale === undefined) return { k: "undeclared" };
  const numbers: Partial<Record<AmountName, number>> = {};
  for (const [name, amount] of Object.entries(amounts) as [AmountName, Amount][]) {
    if (amount.open !== undefined || amount.values.length === 0) return { k: "unreadable", name, amount };
    const wrong = amount.values.find((value) => !isPossible(name, value));
    if (wrong !== undefined) return { k: "impossible", name, value: wrong };
    // Less noise costs more.
    numbers[name] = name === "scale" ? Math.min(...amount.values) : Math.max(...amount.values);
  }
  const { epsilon, delta = 0, scale, sensitivity = 1 } = numbers;
  const isGaussian = transform.mechanism === "gaussian" || transform.mechanism === "discrete-gaussian";
  if (scale !== undefined) return isGaussian ? gaussian(scale, sensitivity) : laplace(scale, sensitivity);
  if (isGaussian && delta === 0) return { k: "no-delta" };
  return { k: "epsilon", epsilon: epsilon!, delta, times: 1 };
}

function isPossible(name: AmountName, value: number): boolean {
  return name === "delta" ? value >= 0 && value < 1 : value > 0 && Number.isFinite(value);
}

export function isLoss(cost: Loss | Flaw): cost is Loss {
  return cost.k === "epsilon" || cost.k === "rho";
}
