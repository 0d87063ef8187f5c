/** The end of the report: how many of what, what is not checked, and what could not be seen. */
import { SEVERITIES, type Severity } from "../judge/finding.js";
import { counted, tally } from "./counts.js";
import { escapeLine } from "./escape.js";
import type { Paint } from "./paint.js";
import type { Report, ReportProblem } from "./schema.js";

const MOST_BLIND_SPOTS = 8;

export function prettySummary(report: Report, paint: Paint): string {
  return [verdict(report, paint), `  ${flows(report)}`, `  ${scope(report)}`, ...unchecked(report, paint), ...unseen(report, paint)].join(
    "\n",
  );
}

/** One line: `3 errors, 1 warning, 2 blind spots`. */
export function verdictLine(report: Report): string {
  const findings = report.findings.filter(({ rule }) => rule !== "blind-spot");
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  const some = (count: number, noun: string, more = ""): string[] => (count > 0 ? [counted(count, noun) + more] : []);
  return [
    ...(findings.length === 0 ? ["no findings"] : SEVERITIES.flatMap((severity) => some(count(severity), severity))),
    ...some(report.stats.suppressed.length, "finding", " excepted"),
    ...some(unsupported(report).length, "key", " not enforced"),
    ...some(report.blindSpots.length, "blind spot"),
  ].join(", ");
}

function verdict(report: Report, paint: Paint): string {
  const severities = new Set(report.findings.map(({ severity }) => severity));
  const line = verdictLine(report);
  if (severities.has("error")) return paint("red", `✖ ${line}`);
  if (severities.has("warning")) return paint("yellow", `⚠ ${line}`);
  return paint("green", `✔ ${line}`);
}

function flows({ flows }: Report): string {
  const of = (verdict: string): number => flows.filter((flow) => flow.verdict === verdict).length;
  const total = counted(flows.length, "flow");
  return flows.length === 0
    ? "no declared field reaches a sink"
    : `${total} from collection to a sink: ${of("allowed")} allowed, ${of("assessed")} by assessment, ${counted(of("violation"), "violation")}`;
}

function scope({ stats, manifest }: Report): string {
  return `${counted(stats.files, "file")}, ${counted(stats.lines, "line")} against ${escapeLine(manifest.file)}`;
}

const unsupported = ({ problems }: Report): readonly ReportProblem[] => problems.filter(({ kind }) => kind === "unsupported");

/** All of them: a manifest has few, and each is a promise that nobody holds the code to. */
function unchecked(report: Report, paint: Paint): string[] {
  const asked = unsupported(report);
  if (asked.length === 0) return [];
  const lines = asked.map(
    ({ file, line, column, message }) => `  ${paint("cyan", `${escapeLine(file)}:${line}:${column}`)}  ${escapeLine(message)}`,
  );
  return ["", "Not enforced: what the manifest asks for here is not in this verdict: see to it by other means.", ...lines];
}

function unseen({ blindSpots }: Report, paint: Paint): string[] {
  if (blindSpots.length === 0) return [];
  const kinds = tally(blindSpots.map(({ kind }) => kind)).map(([kind, count]) => counted(count, kind.replaceAll("-", " ")));
  // Those that a field enters matter most.
  const first = [...blindSpots.filter(({ fields }) => fields.length > 0), ...blindSpots.filter(({ fields }) => fields.length === 0)];
  const lines = first.slice(0, MOST_BLIND_SPOTS).map(({ file, line, column, reason, fields }) => {
    const entering = fields.length > 0 ? ` (${escapeLine(fields.join(", "))})` : "";
    return `  ${paint("cyan", `${escapeLine(file)}:${line}:${column}`)}  ${escapeLine(reason)}${entering}`;
  });
  const more = first.length - lines.length;
  return [
    "",
    `Not seen: ${kinds.join(", ")}. What happens there is not in this verdict.`,
    ...lines,
    ...(more > 0 ? [paint("dim", `  … ${more} more in the JSON report`)] : []),
  ];
}
