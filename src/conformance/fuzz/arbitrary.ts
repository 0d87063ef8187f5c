/** Random programs for fast-check: lists of numbers that shrink by leaving modules, statements and choices out. */
import fc from "fast-check";
import { CHOICE_LIMIT } from "./choices.js";
import type { Seed } from "./program.js";

const MOST_MODULES = 3;
const NUMBERS = 60;

/** Seeds of programs with up to `size` statements a module. */
export function seeds(size: number): fc.Arbitrary<Seed> {
  const numbers = fc.array(fc.nat(CHOICE_LIMIT - 1), { minLength: NUMBERS / 2, maxLength: NUMBERS, size: "max" });
  const module = fc.array(numbers, { minLength: 1, maxLength: size, size: "max" });
  return fc.noBias(
    fc.record({
      shape: fc.array(fc.nat(CHOICE_LIMIT - 1), { minLength: NUMBERS, maxLength: NUMBERS, size: "max" }),
      modules: fc.array(module, { minLength: 1, maxLength: MOST_MODULES, size: "max" }),
    }),
  );
}
