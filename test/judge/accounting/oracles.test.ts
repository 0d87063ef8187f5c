/** Known results, to 8 digits. */
import { describe, expect, it } from "vitest";
import { bounds, leastBound, METHODS, type Bound } from "../../../src/judge/accounting/compose.js";
import { gaussian, laplace, rhoOf, type Loss } from "../../../src/judge/accounting/loss.js";

const epsilon = (value: number, delta = 0, times = 1): Loss => ({ k: "epsilon", epsilon: value, delta, times });
const by = (all: readonly Bound[], method: keyof typeof METHODS): Bound => all.find((bound) => bound.method === METHODS[method])!;
const rho = (losses: readonly Loss[]): number => losses.reduce((total, loss) => total + loss.times * rhoOf(loss), 0);

describe("composition", () => {
  it("adds ε and δ up: 7 × Laplace(Δ=1, b=3) + one (0.9, 1e-6)", () => {
    const basic = by(bounds([laplace(3, 1, 7), epsilon(0.9, 1e-6)], 1e-6), "basic");
    expect(basic.epsilon).toBeCloseTo(3.23333333, 8);
    expect(basic.delta).toBe(1e-6);
  });

  it("gains from many small ε: 100 × (0.1, 1e-8), δ′ 1e-6", () => {
    const all = bounds([epsilon(0.1, 1e-8, 100)], 2e-6);
    expect(by(all, "basic").epsilon).toBeCloseTo(10, 8);
    expect(by(all, "advanced").epsilon).toBeCloseTo(6.30823095, 8);
    expect(by(all, "advanced").delta).toBe(2e-6);
  });

  it("loses on large ε: 10 × ε=1, δ′ 1e-5", () => {
    const losses = [epsilon(1, 0, 10)];
    expect(by(bounds(losses, 1e-5, "advanced"), "advanced").epsilon).toBeCloseTo(32.3570896, 7);
    expect(leastBound(losses, 1e-5, "advanced")).toMatchObject({ method: METHODS.basic, epsilon: 10, delta: 0 });
  });

  it("converts ρ: 100 × Gaussian(Δ=1, σ=10), δ 1e-6", () => {
    const losses = [gaussian(10, 1, 100)];
    expect(rho(losses)).toBeCloseTo(0.5, 12);
    expect(by(bounds(losses, 1e-6), "loose").epsilon).toBeCloseTo(5.75652177, 8);
    // The oracle's own search stops 5e-9 above the least: 8 digits are the same.
    expect(by(bounds(losses, 1e-6), "tight").epsilon).toBeCloseTo(5.22153445, 7);
  });

  it("converts ρ: 3 × Gaussian(Δ=1, σ=4), δ 1e-6", () => {
    const losses = [gaussian(4, 1, 3)];
    expect(rho(losses)).toBeCloseTo(0.09375, 12);
    expect(by(bounds(losses, 1e-6), "loose").epsilon).toBeCloseTo(2.36989069, 8);
    expect(leastBound(losses, 1e-6)).toMatchObject({
      method: METHODS.tight,
      epsilon: expect.closeTo(2.06804319, 8) as number,
      delta: 1e-6,
    });
  });

  it("mixes: 4 × Laplace ε=0.5 + 2 × Gaussian(Δ=2, σ=8), δ 1e-5", () => {
    const losses = [epsilon(0.5, 0, 4), gaussian(8, 2, 2)];
    const all = bounds(losses, 1e-5);
    expect(rho(losses)).toBeCloseTo(0.5625, 12);
    expect(by(all, "loose").epsilon).toBeCloseTo(5.65210532, 8);
    expect(by(all, "tight").epsilon).toBeCloseTo(5.06004126, 8);
    expect(by(all, "mixedLoose").epsilon).toBeCloseTo(3.75903511, 8);
  });
});
