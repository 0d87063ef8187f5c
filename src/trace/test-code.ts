/** Which files are tests: they run only as far as other code imports them, since they make their data up. */
import type { Expr, FileFacts } from "../facts/ir.js";

/** Files that test runners and component galleries start by their names: `a.test.ts`, `a.spec.tsx`, `a.servertest.ts`, `a.vitest.ts`. */
const TEST =
  /\.((client|server|browser|unit|integration|e2e)?-?tests?|vitest|spec|e2e|stories)\.[cm]?[jt]sx?$|\/__(tests|mocks|fixtures|snapshots|e2e)__\//;

export const isTest = (path: string): boolean => TEST.test(path);

/** Packages that a file imports to be run by a test runner, or to help one that is, whatever its name. */
const TEST_RUNNERS: ReadonlySet<string> = new Set([
  "vitest",
  "@jest/globals",
  "node:test",
  "bun:test",
  "mocha",
  "ava",
  "uvu",
  "@playwright/test",
]);

/** What the runners that need no import call a group of tests: nobody else makes this a global. */
const GROUP = "describe";

/** Does a test runner run this file, by what stands in it? */
export const isRunByTests = ({ imports, functions }: FileFacts): boolean =>
  imports.some((i) => !i.typeOnly && TEST_RUNNERS.has(i.from)) ||
  functions[0]!.body.some((s) => s.s === "expr" && s.e.e === "call" && isGroup(s.e.f));

/** `describe`, `describe.skip`. */
const isGroup = (callee: Expr): boolean =>
  callee.e === "global" ? callee.name === GROUP : callee.e === "member" && callee.o.e === "global" && callee.o.name === GROUP;
