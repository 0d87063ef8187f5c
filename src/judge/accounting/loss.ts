/** What mechanisms of differential privacy cost, in the two currencies in which their costs add up. */

/** The cost of one mechanism that runs `times` times, each time on all of the data. */
export type Loss =
  /** (ε, δ)-differential privacy: pure where δ is 0. */
  | { readonly k: "epsilon"; readonly epsilon: number; readonly delta: number; readonly times: number }
  /** ρ-zero-concentrated differential privacy (Bun and Steinke 2016, Definition 1.1). */
  | { readonly k: "rho"; readonly rho: number; readonly times: number };

/** Noise of scale b on what one person changes by at most Δ: ε = Δ/b (Dwork and others 2006); the same for discrete noise. */
export function laplace(scale: number, sensitivity = 1, times = 1): Loss {
  return { k: "epsilon", epsilon: sensitivity / scale, delta: 0, times };
}

/**
 * Noise of standard deviation σ on what one person changes by at most Δ (in the Euclidean norm): ρ = Δ²/2σ² (Bun and Steinke 2016,
 * Proposition 1.6); the same for discrete noise (Canonne, Kamath and Steinke 2020, Theorem 4).
 */
export function gaussian(scale: number, sensitivity = 1, times = 1): Loss {
  return { k: "rho", rho: sensitivity ** 2 / (2 * scale ** 2), times };
}

/**
 * ρ of one run. What is (ε, δ)-private is ε²/2-concentrated but for a probability δ (Bun and Steinke 2016, Proposition 1.4 and section 8;
 * with Kairouz, Oh and Viswanath 2015, Theorem 3.3, for δ above 0), which is accounted for beside it.
 */
export function rhoOf(loss: Loss): number {
  return loss.k === "rho" ? loss.rho : loss.epsilon ** 2 / 2;
}
