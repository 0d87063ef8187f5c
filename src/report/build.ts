/** Makes the report of what was traced and judged: plain data, places relative to the root, everything sorted. */
import type { Judgement } from "../judge/judge.js";
import { compare, comparePlaces } from "../judge/order.js";
import { relativeTo } from "../judge/relative.js";
import type { Manifest } from "../manifest/model.js";
import type { Hop, Place, TraceResult } from "../trace/result.js";
import type { Report, ReportFlow, ReportHop, ReportPlace, ReportProblem } from "./schema.js";
import { SCHEMA_VERSION, TOOL } from "./tool.js";

/** A problem of the manifest or of the project, as the stages tell it: file absolute. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly fix?: string;
  readonly severity: "error" | "warning";
  /** `unsupported`: the manifest asks for a check that there is not. Others are not told apart. */
  readonly code?: string;
}

export interface BuildInput {
  readonly trace: TraceResult;
  readonly judgement: Judgement;
  readonly manifest: Manifest;
  /** Absolute, forward slashes. */
  readonly root: string;
  readonly problems: readonly Problem[];
  /** Milliseconds by phase, in the order in which they ran. */
  readonly phases: Readonly<Record<string, number>>;
  /** Put the milliseconds into the report? They differ from run to run. */
  readonly timings: boolean;
}

export function buildReport(input: BuildInput): Report {
  const { trace, judgement, manifest, root } = input;
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: { ...TOOL },
    manifest: { file: relativeTo(root, manifest.file), hash: manifest.hash },
    findings: judgement.findings.map((finding) => ({
      rule: finding.rule,
      severity: finding.severity,
      fingerprint: finding.fingerprint,
      message: finding.message,
      article: finding.article,
      field: finding.field,
      sink: finding.sink,
      purpose: finding.purpose,
      status: finding.status,
      location: place(finding.location),
      source: finding.source && place(finding.source),
      path: finding.path.map(hop),
      remedies: finding.remedies.map(({ kind, text }) => ({ kind, text })),
    })),
    flows: flows(judgement),
    blindSpots: trace.blindSpots
      .map((spot) => ({ kind: spot.kind, ...place(spot), reason: spot.reason, fields: [...spot.fields] }))
      .sort((a, b) => comparePlaces(a, b) || compare(a.kind, b.kind) || compare(a.reason, b.reason)),
    problems: sortedProblems(root, input.problems),
    stats: {
      files: trace.stats.files,
      lines: trace.stats.lines,
      functions: trace.stats.functions,
      facts: trace.stats.facts,
      phases: Object.entries(input.phases).map(([name, ms]) => (input.timings ? { name, ms: Math.round(ms * 10) / 10 } : { name })),
      suppressed: judgement.suppressed.map((each) => ({ ...each })),
    },
  };
}

/** Problems as they are reported: relative to the root, sorted, each once. */
export function sortedProblems(root: string, problems: readonly Problem[]): ReportProblem[] {
  const sorted = problems
    .map(({ file, line, column, severity, code, message, fix }): ReportProblem => ({
      kind: code === "unsupported" ? code : "input",
      file: relativeTo(root, file),
      line,
      column,
      severity,
      message,
      fix: fix ?? null,
    }))
    .sort((a, b) => compare(a.file, b.file) || compare(a.line, b.line) || compare(a.column, b.column) || compare(a.message, b.message));
  return sorted.filter((problem, index) => index === 0 || JSON.stringify(problem) !== JSON.stringify(sorted[index - 1]));
}

function flows(judgement: Judgement): ReportFlow[] {
  return judgement.flows
    .map(({ flow, verdict, fingerprint }) => ({
      field: flow.field,
      status: flow.status,
      source: place(flow.source),
      sink: { id: flow.sink.id, purpose: flow.sink.purpose, ...place(flow.at) },
      accessPath: flow.accessPath,
      gates: [...flow.gates],
      missing: flow.missing === undefined ? null : { ...flow.missing, at: flow.missing.at && place(flow.missing.at) },
      verdict,
      fingerprint,
    }))
    .sort(
      (a, b) =>
        comparePlaces(a.sink, b.sink) ||
        compare(a.field, b.field) ||
        comparePlaces(a.source, b.source) ||
        compare(a.accessPath, b.accessPath) ||
        compare(a.fingerprint, b.fingerprint),
    );
}

function place({ file, line, column, endLine, endColumn }: Place): ReportPlace {
  return { file, line, column, endLine, endColumn };
}

function hop({ kind, text, symbol, ...at }: Hop): ReportHop {
  return { ...place(at), kind, text, symbol };
}
