/** From ρ to (ε, δ): two theorems, the second of which is never worse. */

/** ρ + 2√(ρ ln 1/δ) (Bun and Steinke 2016, Proposition 1.3). δ above 0. */
export function looseEpsilon(rho: number, delta: number): number {
  return rho + 2 * Math.sqrt(rho * Math.log(1 / delta));
}

/**
 * The least over α > 1 of ρα + ln(1 − 1/α) − ln(δα)/(α − 1) (Canonne, Kamath and Steinke 2020, Corollary 13), and no less than 0. δ above 0.
 */
export function tightEpsilon(rho: number, delta: number): number {
  if (rho === 0) return 0;
  const at = (log: number): number => {
    const above = Math.exp(log);
    const alpha = 1 + above;
    return rho * alpha + Math.log(above / alpha) - Math.log(delta * alpha) / above;
  };
  // The loose bound's own α is 1 + √(ln(1/δ)/ρ); the least is near. Over ln(α − 1) the bound falls, then rises.
  const middle = Math.log(Math.log(1 / delta) / rho) / 2;
  return Math.max(0, Math.min(looseEpsilon(rho, delta), at(least(at, middle - REACH, middle + REACH))));
}

/** How far from the loose bound's α the least one is sought, as a factor: e¹² on both sides. */
const REACH = 12;

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Where a function that falls and then rises is least, to the precision of its values: golden-section search. */
function least(f: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  let [a, b] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  let [fa, fb] = [f(a), f(b)];
  while (high - low > 1e-9) {
    if (fa < fb) {
      [high, b, fb] = [b, a, fa];
      a = high - GOLDEN * (high - low);
      fa = f(a);
    } else {
      [low, a, fa] = [a, b, fb];
      b = low + GOLDEN * (high - low);
      fb = f(b);
    }
  }
  return (low + high) / 2;
}
