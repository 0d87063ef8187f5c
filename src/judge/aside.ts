/** Findings that are about a place alone, and no field on its way to a sink. */
import type { Place } from "../trace/result.js";
import type { Draft } from "./finding.js";

export function aside(
  location: Place,
  said: Pick<Draft, "rule" | "severity" | "message" | "remedies" | "identity"> & Partial<Pick<Draft, "sink" | "purpose">>,
): Draft {
  const { file, line, column, endLine, endColumn } = location;
  return {
    field: null,
    sink: null,
    purpose: null,
    status: null,
    ...said,
    location: { file, line, column, endLine, endColumn },
    source: null,
    path: [],
  };
}
