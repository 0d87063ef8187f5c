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
  return `${escapeLine(file)}:${problem.line}:${problem.column}: ${problemText(problem.severity, problem.message, problem.fix)}`;
}

/** The same of what has no place. */
export function problemText(severity: Problem["severity"], message: string, fix: string | null | undefined): string {
  return `${severity}: ${escapeLine(message)}${fix ? `\n  fix: ${escapeLine(fix)}` : ""}\n`;
}

/** One line for what is no fault of the user. */
export function internalErrorMessage(error: unknown, debug: boolean): string {
  const message = error instanceof Error ? error.message : String(error);
  const hint = debug ? "" : " (with PURPOSE_LINT_DEBUG=1 it shows where)";
  const stack = debug && error instanceof Error && error.stack !== undefined ? `${error.stack}\n` : "";
  return `internal error: ${escapeLine(message)}; this is a bug, please report it${hint}\n${stack}`;
}
