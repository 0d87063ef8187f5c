/** Small programs that use a library which a model describes. */
import { expect, it } from "vitest";
import { annotated, run } from "../program.js";

/** A test of a program with a `user`: each line with a sink says what must arrive there, and no call is beyond the model. */
export function check(name: string, code: string, options: Parameters<typeof run>[1] = {}): void {
  it(name, () => {
    const program = `const user = loadUser();\n${code}`;
    const { found, expected } = annotated(program, options);
    expect(found).toEqual(expected);
    expect(run(program, options).blindSpots.map(({ reason }) => reason)).toEqual([]);
  });
}
