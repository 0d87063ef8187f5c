/** Messages on stderr: `file:line:column: error: message`, which editors and CI turn into links, then what to do. */
import { statSync } from "node:fs";
import path from "node:path";
import { escapeLine } from "../report/escape.js";
import type { Problem } from "../report/build.js";

/** What is told, at a place in a file or about all of it. */
export interface Told extends Pick<Problem, "file" | "message" | "severity"> {
  readonly line?: number;
  readonly column?: number;
  readonly fix?: string | null | undefined;
}

/**
 * `base` is what relative files are relative to; they are shown relative to the working directory. A folder, and a file that is not there,
 * have no lines.
 */
export function problemMessage({ line, column, severity, message, fix, ...problem }: Told, base: string, cwd: string): string {
  const whole = path.resolve(base, problem.file);
  const file = path.relative(cwd, whole).replaceAll(path.sep, "/") || ".";
  const isAll = line === undefined || (line === 1 && column === 1 && !isFile(whole));
  const place = isAll ? "" : `:${line}:${column ?? 1}`;
  return `${escapeLine(file)}${place}: ${problemText(severity, message, fix)}`;
}

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() === true;

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
