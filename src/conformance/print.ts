/** The conformance report for people: a table by category, then every line that failed. */
import type { ConformanceReport } from "./run.js";
import type { Failure, Score } from "./score.js";

const COLUMNS = ["cases", "expected", "found", "missed", "unexpected", "recall", "precision"] as const;

/** The report as text, ending in a newline. */
export function printReport(report: ConformanceReport): string {
  const rows = [
    ["category", ...COLUMNS],
    ...Object.entries(report.categories).map(([name, score]) => [name === "" ? "(none)" : name, ...cells(score)]),
    ["all", ...cells(report)],
  ];
  const widths = COLUMNS.map((_, i) => Math.max(...rows.map((row) => row[i + 1]?.length ?? 0)));
  const first = Math.max(...rows.map((row) => row[0]?.length ?? 0));
  const table = rows.map(([name = "", ...rest]) =>
    [name.padEnd(first), ...rest.map((cell, i) => cell.padStart(widths[i] ?? 0))].join("  "),
  );
  const failures = report.failures.map(printFailure);
  return [...table, ...(failures.length > 0 ? ["", ...failures] : []), ""].join("\n");
}

function cells(score: Score & { readonly cases: number }): string[] {
  return COLUMNS.map((column) => {
    const value = score[column];
    return column === "recall" || column === "precision" ? floorTo4(value) : String(value);
  });
}

/** Rounded down, so that only a perfect score reads 1.0000. */
function floorTo4(value: number): string {
  return (Math.floor(value * 10_000) / 10_000).toFixed(4);
}

function printFailure(failure: Failure): string {
  const parts = [
    failure.missing.length > 0 ? `missing ${failure.missing.join(" ")}` : "",
    failure.unexpected.length > 0 ? `unexpected ${failure.unexpected.join(" ")}` : "",
    failure.reason ?? "",
  ].filter((part) => part !== "");
  const place = failure.file === "" ? failure.case : `${failure.case}/${failure.file}:${failure.line}`;
  return `${place}  ${parts.join("; ")}`;
}
