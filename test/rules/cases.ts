/** Cases of a rule over programs of several files on disk, each with the lines of its code that are told. */
import { RuleTester } from "@typescript-eslint/rule-tester";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type limitation from "../../rules/limitation.js";
import { makeProject, SOURCES } from "./project.js";

RuleTester.afterAll = afterAll;
RuleTester.describe = describe;
RuleTester.it = it;

type Rule = typeof limitation;

export interface Program {
  readonly manifest: string;
  /** Beside src/main.ts, which is the case's own code below `head`. */
  readonly files: Readonly<Record<string, string>>;
  /** What each case begins with; its lines are not counted. */
  readonly head?: string;
  /** `setup` for what is told at the start of a file, not where it is. */
  readonly messageId?: "finding" | "setup";
  /** The file of the case: `src/main.ts` when left out. */
  readonly file?: string;
}

/** Code, and what is another than in the {@link Program}. */
export type Case = string | { readonly code: string; readonly manifest?: string; readonly files?: Readonly<Record<string, string>> };

const NONE = Object.fromEntries(Object.keys(SOURCES).flatMap((name) => (name.startsWith("src/") ? [[name, null]] : [])));

/** Cases of which a rule must have: twelve, half of them legal neighbours. */
export function enough(name: string, legal: number, broken: number): void {
  it(`${name} has at least twelve cases, half of them legal`, () => {
    expect(Math.min(legal, broken)).toBeGreaterThanOrEqual(6);
  });
}

/** `broken`: the case, and the lines at which it is told, counted from the first of its code. */
export function runCases(
  name: string,
  rule: Rule,
  program: Program,
  cases: { readonly legal: Readonly<Record<string, Case>>; readonly broken: Readonly<Record<string, readonly [Case, ...number[]]>> },
): void {
  const { head = "", file = "src/main.ts", messageId = "finding" } = program;
  const before = head.split("\n").length - 1;
  const inProject = (one: Case) => {
    const { code: own, manifest = program.manifest, files = {} } = typeof one === "string" ? { code: one } : one;
    const code = head + own;
    const root = makeProject({ ...NONE, ...program.files, ...files, "purpose.yaml": manifest, [file]: code });
    return {
      code,
      filename: path.join(root, file),
      languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root, ecmaFeatures: { jsx: true } } },
    };
  };
  enough(name, Object.keys(cases.legal).length, Object.keys(cases.broken).length);
  new RuleTester().run(name, rule, {
    valid: Object.entries(cases.legal).map(([of, one]) => ({ name: of, ...inProject(one) })),
    invalid: Object.entries(cases.broken).map(([of, [one, ...lines]]) => ({
      name: of,
      ...inProject(one),
      errors: lines.map((line) => ({ messageId, line: line + before })),
    })),
  });
}
