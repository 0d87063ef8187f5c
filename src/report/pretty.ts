/** The report for people at a terminal: what, where, how it got there, which law, what to do; then what could not be seen. */
import { linesOf } from "./frame.js";
import { prettyFinding } from "./pretty-finding.js";
import { prettySummary } from "./pretty-summary.js";
import { painter, type Paint } from "./paint.js";
import type { Report, ReportFinding } from "./schema.js";
import { escapeLine } from "./escape.js";

export interface PrettyOptions {
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly columns: number;
  /** The text of a file of the report, for code frames; undefined when it cannot be read. */
  readonly source: (file: string) => string | undefined;
  /** Leave out errors of the manifest, because they are told elsewhere? */
  readonly withoutManifestErrors?: boolean;
}

/** Without colour, in 120 columns and without code frames, unless the options say so. */
const PLAIN: PrettyOptions = { colour: false, columns: 120, source: () => undefined };

export function toPretty(report: Report, given: Partial<PrettyOptions> = {}): string {
  const options = { ...PLAIN, ...given };
  const paint = painter(options.colour);
  const shown = report.findings.filter(
    ({ rule, severity }) => !(options.withoutManifestErrors === true && rule === "manifest" && severity === "error"),
  );
  // Blind spots are listed at the end, with those that no field is known to enter.
  const framed = shown.filter(({ severity }) => severity !== "note");
  const notes = shown.filter(({ severity, rule }) => severity === "note" && rule !== "blind-spot");
  const lines = onlyOnce((file) => {
    const text = options.source(file);
    return text === undefined ? undefined : linesOf(text);
  });
  const above = sameWay();
  return [
    ...framed.map((finding) => prettyFinding(finding, { columns: options.columns, lines }, paint, above(finding))),
    ...(notes.length > 0 ? [notes.map((finding) => note(finding, paint)).join("\n")] : []),
    prettySummary(report, paint),
  ]
    .map((block) => `${block}\n`)
    .join("\n");
}

/** One flow can break several rules: its way is shown once. Given one finding after the other: the one before that showed it. */
function sameWay(): (finding: ReportFinding) => ReportFinding | undefined {
  const shown = new Map<string, ReportFinding>();
  return (finding) => {
    const { location, source, path } = finding;
    if (path.length === 0) return undefined;
    const way = JSON.stringify([location, source, path]);
    const before = shown.get(way);
    if (before === undefined) shown.set(way, finding);
    return before;
  };
}

/** A manifest has thousands of entries, each of which may be wrong: it is read once for all of them. */
function onlyOnce<Value>(make: (key: string) => Value): (key: string) => Value {
  const made = new Map<string, Value>();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key)!;
  };
}

function note(finding: ReportFinding, paint: Paint): string {
  const { file, line, column } = finding.location;
  return `${paint("blue", "note")} ${paint("bold", finding.rule)}  ${escapeLine(finding.message)}  ${paint("dim", `${escapeLine(file)}:${line}:${column}`)}`;
}
