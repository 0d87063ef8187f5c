import type { Report } from "./schema.js";

/** The report itself; its keys are in the order of the schema. */
export function toJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
