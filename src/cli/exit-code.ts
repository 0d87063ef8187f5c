/** What the exit code says, and nothing else does: scripts and hooks go by it. */
import type { Report } from "../report/schema.js";

export const EXIT = {
  /** No violation. There may be notes and blind spots. */
  clean: 0,
  /** Errors or warnings. */
  findings: 1,
  /** The input is wrong, or something failed. */
  failure: 2,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A manifest that names what does not exist is bad input, and so is a project that could be read only in part. */
export function exitCode(report: Report): ExitCode {
  if (report.problems.some(({ severity }) => severity === "error") || manifestErrors(report).length > 0) return EXIT.failure;
  return report.findings.some(({ severity }) => severity !== "note") ? EXIT.findings : EXIT.clean;
}

/** Locators that match nothing. */
export function manifestErrors(report: Report): Report["findings"] {
  return report.findings.filter(({ rule, severity }) => rule === "manifest" && severity === "error");
}
