/** What mechanisms cost together: by every theorem of composition that holds for them, and the least of what those say. */
import { advancedEpsilon } from "./advanced.js";
import { rhoOf, type Loss } from "./loss.js";
import { looseEpsilon, tightEpsilon } from "./zcdp.js";

/** `basic` always holds; the others are tried beside it. */
export type Accounting = "basic" | "advanced" | "zcdp";

/** One valid statement: all of it together is (ε, δ)-differentially private. */
export interface Bound {
  readonly method: string;
  /** What it is made of: of `basic` what Gaussian noise adds by zCDP belongs to it. */
  readonly by: Accounting;
  readonly epsilon: number;
  readonly delta: number;
}

/** The names of the theorems, as findings say them. */
export const METHODS = {
  basic: "basic composition",
  advanced: "advanced composition",
  loose: "zCDP (loose conversion)",
  tight: "zCDP (tight conversion)",
  mixedLoose: "basic composition, with zCDP (loose conversion) for Gaussian noise",
  mixedTight: "basic composition, with zCDP (tight conversion) for Gaussian noise",
} as const;

/**
 * Every bound that holds within δ in all. What the mechanisms' own δ leave of it is what a theorem may cost (δ′); where nothing is left,
 * only those hold that cost none. Without `accounting` all are tried.
 */
export function bounds(losses: readonly Loss[], delta: number, accounting?: Accounting): readonly Bound[] {
  const plain = losses.filter((loss) => loss.k === "epsilon");
  const gaussian = losses.filter((loss) => loss.k === "rho");
  const own = sum(plain, ({ delta: one }) => one);
  const rest = delta - own;
  const basic = sum(plain, ({ epsilon }) => epsilon);
  const may = (method: Accounting): boolean => accounting === undefined || accounting === method;
  const out: Bound[] = gaussian.length === 0 ? [{ method: METHODS.basic, by: "basic", epsilon: basic, delta: own }] : [];
  if (rest <= 0) return out;
  const add = (method: string, by: Accounting, epsilon: number): void => {
    out.push({ method, by, epsilon, delta });
  };
  if (gaussian.length > 0) {
    const rho = sum(gaussian, rhoOf);
    const onlyGaussian = plain.length === 0;
    add(onlyGaussian ? METHODS.loose : METHODS.mixedLoose, "basic", basic + looseEpsilon(rho, rest));
    add(onlyGaussian ? METHODS.tight : METHODS.mixedTight, "basic", basic + tightEpsilon(rho, rest));
  } else if (may("advanced")) add(METHODS.advanced, "advanced", advancedEpsilon(plain, rest));
  if (may("zcdp") && plain.length > 0) {
    const rho = sum(losses, rhoOf);
    add(METHODS.loose, "zcdp", looseEpsilon(rho, rest));
    add(METHODS.tight, "zcdp", tightEpsilon(rho, rest));
  }
  return out;
}

/** The least ε of those that hold; the first of equals. Undefined where none holds: δ is used up, or noise has none to draw on. */
export function leastBound(losses: readonly Loss[], delta: number, accounting?: Accounting): Bound | undefined {
  return least(bounds(losses, delta, accounting));
}

export function least(all: readonly Bound[]): Bound | undefined {
  return all.reduce<Bound | undefined>((best, bound) => (best === undefined || bound.epsilon < best.epsilon ? bound : best), undefined);
}

function sum<L extends Loss>(losses: readonly L[], of: (loss: L) => number): number {
  return losses.reduce((total, loss) => total + loss.times * of(loss), 0);
}
