/** Collecting what is wrong. */
import type { ManifestProblem, ProblemCode } from "./model.js";
import type { Position } from "./yaml/tree.js";

/** Tells one problem of one file. */
export type Report = (code: ProblemCode, at: Position, message: string, fix: string, severity?: ManifestProblem["severity"]) => void;

export interface Problems {
  /** The reporter for a file. */
  in(file: string): Report;
  readonly all: readonly ManifestProblem[];
}

export function collectProblems(disabled: ReadonlySet<ProblemCode>): Problems {
  const all: ManifestProblem[] = [];
  return {
    all,
    in:
      (file) =>
      (code, { line, column }, message, fix, severity = "error") => {
        if (!disabled.has(code)) all.push({ file, line, column, message, fix, code, severity });
      },
  };
}

/** The manifest's own first, then by file and place: the order of finding them is no order for people. */
export function sortProblems(problems: readonly ManifestProblem[], own: string): ManifestProblem[] {
  return [...problems].sort(
    (a, b) =>
      Number(a.file !== own) - Number(b.file !== own) ||
      compare(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      compare(a.message, b.message),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
