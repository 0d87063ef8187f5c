/** Makes {@link InputProblem}s, with their places in JSON files. */
import type ts from "typescript";
import type { InputProblem } from "./project.js";

export type Ts = typeof ts;

/** A problem with a file as a whole. */
export function fileProblem(file: string, severity: InputProblem["severity"], message: string, fix?: string): InputProblem {
  return { file, line: 1, column: 1, message, ...(fix === undefined ? {} : { fix }), severity };
}

/** A problem at an offset of a parsed JSON file. */
export function problemAt(
  json: ts.SourceFile,
  at: number,
  severity: InputProblem["severity"],
  message: string,
  fix?: string,
): InputProblem {
  const { line, character } = json.getLineAndCharacterOfPosition(Math.min(at, json.text.length));
  return { file: json.fileName, line: line + 1, column: character + 1, message, ...(fix === undefined ? {} : { fix }), severity };
}

/** Sorted, each once. */
export function sortedProblems(problems: readonly InputProblem[]): readonly InputProblem[] {
  const seen = new Set<string>();
  const key = (p: InputProblem): string =>
    [p.file, String(p.line).padStart(8, "0"), String(p.column).padStart(8, "0"), p.message].join("\0");
  return problems
    .map((problem) => ({ problem, key: key(problem) }))
    .filter((entry) => !seen.has(entry.key) && seen.add(entry.key))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map((entry) => entry.problem);
}
