/** One finding in at most about 25 lines. */
import { escapeLine } from "./escape.js";
import { codeFrame } from "./frame.js";
import type { Paint, Style } from "./paint.js";
import type { ReportFinding, ReportHop } from "./schema.js";
import { fit, pad, shown, wrap } from "./width.js";

const MOST_LINES = 25;
const LABEL = "  collected ".length;
const STYLES: Readonly<Record<ReportFinding["severity"], Style>> = { error: "red", warning: "yellow", note: "blue" };

export interface FindingOptions {
  /** Columns of the terminal. */
  readonly columns: number;
  /** The lines of a file of the report; undefined when it cannot be read. */
  readonly lines: (file: string) => readonly string[] | undefined;
}

/** `above` is a finding, shown before, that came the same way: its code and its hops stand there. */
export function prettyFinding(finding: ReportFinding, { columns, lines }: FindingOptions, paint: Paint, above?: ReportFinding): string {
  const { location } = finding;
  const head = `${paint(STYLES[finding.severity], finding.severity)} ${paint("bold", finding.rule)}  ${paint("dim", finding.fingerprint)}`;
  const message = wrap(escapeLine(finding.message), columns - 2).map((line) => `  ${paint("bold", line)}`);
  const where = `  ${paint("cyan", `${escapeLine(location.file)}:${location.line}:${location.column}`)}`;
  const frame = above !== undefined ? [] : codeFrame(lines(location.file), location, columns, paint);
  const law = labelled("law", [escapeLine(finding.article)], paint);
  const fixes = labelled("to fix", remedies(finding, columns), paint);
  const others = 1 + message.length + 1 + frame.length + 1 + law.length + fixes.length;
  const way =
    above === undefined
      ? [...collected(finding, paint), ...pathLines(finding, Math.max(3, MOST_LINES - others), columns, paint)]
      : labelled("path", [`that of ${above.rule} ${paint("dim", above.fingerprint)}, above`], paint);
  return [head, ...message, where, ...frame, ...way, ...law, ...fixes].join("\n");
}

function collected({ source }: ReportFinding, paint: Paint): string[] {
  return source === null ? [] : labelled("collected", [`${escapeLine(source.file)}:${source.line}:${source.column}`], paint);
}

/** Hops as `file:line  code`; when there are more than `most`, those in the middle give way to their count. */
function pathLines({ path }: ReportFinding, most: number, columns: number, paint: Paint): string[] {
  if (path.length === 0) return [];
  const hops = distinct(path);
  const kept = hops.length > most ? most - 1 : hops.length;
  const head = hops.slice(0, Math.ceil(kept / 2));
  const tail = hops.slice(hops.length - Math.floor(kept / 2));
  const place = (hop: ReportHop): string => `${escapeLine(hop.file)}:${hop.line}`;
  const room = Math.max(...[...head, ...tail].map((hop) => pad(place(hop), 0).length));
  const line = (hop: ReportHop): string =>
    `${paint("cyan", pad(place(hop), room))}  ${fit(shown(hop.text), Math.max(20, columns - LABEL - room - 2))}`;
  const cut = hops.length - kept;
  return labelled(
    "path",
    [...head.map(line), ...(cut > 0 ? [paint("dim", `… ${cut} more ${cut === 1 ? "hop" : "hops"}`)] : []), ...tail.map(line)],
    paint,
  );
}

/** Hops on one line of code show the same; one is enough. */
function distinct(path: readonly ReportHop[]): ReportHop[] {
  return path.filter((hop, index) => {
    const previous = path[index - 1];
    return previous === undefined || previous.file !== hop.file || previous.line !== hop.line || previous.text !== hop.text;
  });
}

function remedies(finding: ReportFinding, columns: number): string[] {
  return finding.remedies.flatMap(({ text }) => {
    const lines = wrap(escapeLine(text), Math.max(40, columns - LABEL - 2));
    return lines.map((line, index) => (index === 0 ? `· ${line}` : `  ${line}`));
  });
}

function labelled(label: string, lines: readonly string[], paint: Paint): string[] {
  return lines.map((line, index) => `${paint("dim", pad(index === 0 ? `  ${label}` : "", LABEL))}${line}`);
}
