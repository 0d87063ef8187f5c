import { expect, it } from "vitest";
import { annotated } from "../program.js";

function run(code: string): void {
  const { found, expected } = annotated(code);
  expect(found).toEqual(expected);
}

/** A test of a small program: each line with a sink says what must arrive there. */
export function check(name: string, code: string): void {
  it(name, () => {
    run(code);
  });
}

/** One that waits for something elsewhere. */
check.later = (name: string, code: string): void => {
  it.skip(name, () => {
    run(code);
  });
};
