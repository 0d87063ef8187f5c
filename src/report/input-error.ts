import type { Problem } from "./build.js";

/** The input is such that nothing can be analysed. Not a bug: each problem says where and what to do. */
export class InputError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ message }) => message).join("; "));
    this.name = "InputError";
    this.problems = problems;
  }
}
