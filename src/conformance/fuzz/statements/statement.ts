/** Statements: which there are, and lists of them. */
import { block, statementOf, type Context, type Inside } from "../context.js";
import { writeOne, type Form } from "../form.js";
import { BRANCHES } from "./branches.js";
import { CHANGES } from "./changes.js";
import { FUNCTION_DECLARATIONS } from "./functions.js";
import { LATER } from "./later.js";
import { LOOPS } from "./loops.js";
import { PATTERNS } from "./patterns.js";
import { SIMPLE } from "./simple.js";

const forms = (): readonly Form<undefined>[] => [
  ...SIMPLE,
  ...CHANGES,
  ...PATTERNS,
  ...BRANCHES,
  ...LOOPS,
  ...LATER,
  ...FUNCTION_DECLARATIONS,
];

/** One statement, which may declare something in `g`. */
export function statement(g: Context): string {
  g.meter.steps += g.repeat;
  return writeOne(statementOf(g), forms(), undefined);
}

/** Some statements. */
export const statements = (g: Context, count: number): string[] => Array.from({ length: count }, () => statement(g));

/** A block in braces with up to `most` statements and at least one. */
export function braces(
  g: Context,
  most: number,
  inside: Partial<Inside> = {},
  repeat = 1,
  bind?: (inner: Context) => string | undefined,
): string {
  const inner = block(g, inside, repeat);
  const first = bind?.(inner);
  const lines = statements(inner, 1 + g.choices.below(most));
  return `{\n${[...(first === undefined ? [] : [first]), ...lines].join("\n")}\n}`;
}
