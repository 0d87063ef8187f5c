/** Messages on stderr: `file:line:column: error: message`, which editors and CI turn into links, then what to do. */
import path from "node:path";
import { escapeLine } from "../report/escape.js";
import type { Problem } from "../report/build.js";

/** `base` is what relative files are relative to; they are shown relative to the working directory. */
export function problemMessage(
  problem: Omit<Problem, "fix"> & { readonly fix?: string | null | undefined },
  base: string,
  cwd: string,
): string {
  const file = path.relative(cwd, path.resolve(base, problem.file)).replaceAll(path.sep, "/") || ".";
  const fix = problem.fix ? `\n  fix: ${escapeLine(problem.fix)}` : "";
  return `${escapeLine(file)}:${problem.line}:${problem.column}: ${problem.severity}: ${escapeLine(problem.message)}${fix}\n`;
}

/** One line for what is no fault of the user. */
export function internalErrorMessage(error: unknown, debug: boolean): string {
  const message = error instanceof Error ? error.message : String(error);
  const hint = debug ? "" : " (with PURPOSE_LINT_DEBUG=1 it shows where)";
  const stack = debug && error instanceof Error && error.stack !== undefined ? `${error.stack}\n` : "";
  return `internal error: ${escapeLine(message)}; this is a bug, please report it${hint}\n${stack}`;
}
