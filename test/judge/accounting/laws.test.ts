/** What holds of any mechanisms. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dearest, type Spending } from "../../../src/judge/budget/exclusive.js";
import { bounds, leastBound, METHODS } from "../../../src/judge/accounting/compose.js";
import type { Loss } from "../../../src/judge/accounting/loss.js";
import { looseEpsilon, tightEpsilon } from "../../../src/judge/accounting/zcdp.js";

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const times = fc.integer({ min: 1, max: 1000 });
const plain: fc.Arbitrary<Loss> = fc.record({
  k: fc.constant("epsilon" as const),
  epsilon: number(1e-3, 5),
  delta: fc.constantFrom(0, 1e-12),
  times,
});
const noise: fc.Arbitrary<Loss> = fc.record({ k: fc.constant("rho" as const), rho: number(1e-6, 5), times });
const losses = fc.array(fc.oneof(plain, noise), { minLength: 1, maxLength: 6 });
const delta = fc.constantFrom(1e-3, 1e-5, 1e-6, 1e-7);

/** Rounding aside. */
const atMost = (a: number, b: number): boolean => a <= b * (1 + 1e-9) + 1e-12;

describe("the laws of composition", () => {
  it("the tight conversion is never worse than the loose one, and grows with ρ and with a smaller δ", () => {
    fc.assert(
      fc.property(number(1e-8, 50), number(1.01, 4), delta, (rho, factor, d) => {
        expect(atMost(tightEpsilon(rho, d), looseEpsilon(rho, d))).toBe(true);
        expect(atMost(tightEpsilon(rho, d), tightEpsilon(rho * factor, d))).toBe(true);
        expect(atMost(tightEpsilon(rho, d), tightEpsilon(rho, d / factor))).toBe(true);
      }),
    );
  });

  it("no α gives less than the tight conversion says", () => {
    fc.assert(
      fc.property(number(1e-4, 10), delta, number(-6, 6), (rho, d, log) => {
        const alpha = 1 + Math.exp(log);
        const at = rho * alpha + Math.log(1 - 1 / alpha) - Math.log(d * alpha) / (alpha - 1);
        expect(atMost(tightEpsilon(rho, d), Math.max(0, at))).toBe(true);
      }),
    );
  });

  it("more costs more, by each theorem", () => {
    fc.assert(
      fc.property(losses, plain, delta, (some, more, d) => {
        const before = bounds([...some, { ...more, k: "epsilon", epsilon: 1e-3, delta: 0, times: 1 }], d);
        const after = new Map(bounds([...some, more], d).map((bound) => [bound.method, bound.epsilon]));
        for (const { method, epsilon } of before) if (after.has(method)) expect(atMost(epsilon, after.get(method)!)).toBe(true);
      }),
    );
  });

  it("neither the order nor the way of counting matters", () => {
    fc.assert(
      fc.property(losses, delta, (some, d) => {
        const one = leastBound(some, d);
        const counted = leastBound(
          [...some].reverse().flatMap((loss) => [
            { ...loss, times: loss.times - 0.5 },
            { ...loss, times: 0.5 },
          ]),
          d,
        );
        expect(counted?.epsilon ?? -1).toBeCloseTo(one?.epsilon ?? -1, 6);
      }),
    );
  });

  it("a theorem that the manifest does not name is not used, but for the basic one", () => {
    fc.assert(
      fc.property(fc.array(plain, { minLength: 1 }), delta, (some, d) => {
        expect(bounds(some, d, "basic").map(({ method }) => method)).toEqual([METHODS.basic]);
        expect(bounds(some, d, "advanced").map(({ method }) => method)).not.toContain(METHODS.tight);
        expect(bounds(some, d, "zcdp").map(({ method }) => method)).not.toContain(METHODS.advanced);
        expect(leastBound(some, d)!.epsilon).toBe(Math.min(...bounds(some, d).map(({ epsilon }) => epsilon)));
      }),
    );
  });

  it("without a δ only pure mechanisms have a bound: their sum", () => {
    expect(bounds([{ k: "epsilon", epsilon: 0.5, delta: 0, times: 4 }], 0)).toMatchObject([
      { method: METHODS.basic, epsilon: 2, delta: 0 },
    ]);
    expect(leastBound([{ k: "rho", rho: 0.5, times: 1 }], 0)).toBeUndefined();
    // What the mechanisms fail with is more than may fail: their own statement still holds.
    expect(leastBound([{ k: "epsilon", epsilon: 0.5, delta: 1e-5, times: 4 }], 1e-6)).toMatchObject({
      method: METHODS.basic,
      epsilon: 2,
      delta: 4e-5,
    });
  });

  it("nothing costs nothing", () => {
    expect(leastBound([], 1e-6)).toMatchObject({ method: METHODS.basic, epsilon: 0, delta: 0 });
  });

  it("the dearest of ways that exclude each other costs no less than each of them", () => {
    const way = (choice: string, index: number, all: readonly Loss[]): Spending[] =>
      all.map((loss) => ({ arms: [{ choice, way: index }], loss }));
    fc.assert(
      fc.property(losses, fc.array(losses, { minLength: 1, maxLength: 3 }), delta, (always, ways, d) => {
        const common = always.map((loss): Spending => ({ arms: [], loss }));
        for (const by of ["basic", "advanced", "zcdp"] as const) {
          const most = dearest([...common, ...ways.flatMap((one, i) => way("if", i, one))], by).map(({ loss }) => loss);
          for (const bound of bounds(most, d))
            for (const one of ways)
              if (bound.by === by) expect(atMost(leastBound([...always, ...one], d)!.epsilon, bound.epsilon)).toBe(true);
        }
      }),
    );
  });
});
