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
        if (!disabled.has(code)) all.push({ file, line, column, message: shortened(message), fix: shortened(fix), code, severity });
      },
  };
}

/** Code units of a quoted value that are shown: enough to know it again. */
const MOST_OF_VALUE = 100;
/** The same of a whole text: what is longer is no sentence, but values that no quotes hold. */
const MOST_OF_TEXT = 2000;

/** A value of the file can be a megabyte long; what is told of it is a line. */
function shortened(text: string): string {
  const short = text.replace(/`[^`]+`/g, (quoted) =>
    quoted.length > MOST_OF_VALUE + 2 ? `\`${cut(quoted.slice(1), MOST_OF_VALUE)}…\`` : quoted,
  );
  return short.length > MOST_OF_TEXT ? `${cut(short, MOST_OF_TEXT)}…` : short;
}

/** The beginning of a text, of which no character is halved. */
function cut(text: string, length: number): string {
  return /[\ud800-\udbff]/.test(text[length - 1] ?? "") ? text.slice(0, length - 1) : text.slice(0, length);
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
