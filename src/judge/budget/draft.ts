/** A finding of the check, which is about calls and budgets, not about flows. */
import type { Place } from "../../trace/result.js";
import type { Draft, Remedy, Severity } from "../finding.js";

export function draft(
  location: Place,
  severity: Severity,
  message: string,
  identity: readonly string[],
  remedies: readonly Remedy[],
): Draft {
  const { file, line, column, endLine, endColumn } = location;
  return {
    rule: "privacy-budget",
    severity,
    message,
    field: null,
    sink: null,
    purpose: null,
    status: null,
    location: { file, line, column, endLine, endColumn },
    source: null,
    path: [],
    remedies,
    identity,
  };
}
