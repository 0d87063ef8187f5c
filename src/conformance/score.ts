/** Counts one case: which expected (field, sink line) pairs were found, which were not, and which came unasked. */
import type { Annotation } from "./annotations.js";
import { attribute } from "./match.js";

export interface Counts {
  readonly expected: number;
  readonly found: number;
  readonly missed: number;
  readonly unexpected: number;
}

/** Counts with their ratios; a ratio over nothing is 1. */
export interface Score extends Counts {
  readonly recall: number;
  readonly precision: number;
}

/** One line that went wrong. */
export interface Failure {
  readonly case: string;
  /** Relative to the case. */
  readonly file: string;
  readonly line: number;
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  /** Why, when it is not the flows: the analysis crashed, an annotation cannot be read. */
  readonly reason?: string;
}

/** What the scoring needs of a flow. `file` is relative to the case. */
export interface FoundFlow {
  readonly field: string;
  readonly at: { readonly file: string; readonly line: number; readonly endLine: number };
}

export interface CaseScore {
  readonly counts: Counts;
  readonly failures: readonly Failure[];
}

/** Scores the flows found in a case against its annotations by file. */
export function scoreCase(id: string, annotations: ReadonlyMap<string, readonly Annotation[]>, flows: readonly FoundFlow[]): CaseScore {
  const files = [...new Set([...annotations.keys(), ...flows.map((flow) => flow.at.file)])].sort();
  const failures: Failure[] = [];
  let counts: Counts = { expected: 0, found: 0, missed: 0, unexpected: 0 };
  for (const file of files) {
    const stated = annotations.get(file) ?? [];
    const reported = byLine(
      flows.filter((flow) => flow.at.file === file),
      stated,
    );
    const lines = [...new Set([...stated.map((annotation) => annotation.line), ...reported.keys()])].sort((a, b) => a - b);
    for (const line of lines) {
      const annotation = stated.find((candidate) => candidate.line === line);
      const got = reported.get(line) ?? new Set<string>();
      const expected = annotation?.expected ?? [];
      const tolerated = new Set([...(annotation?.staticOnly ?? []), ...(annotation?.dynamicOnly ?? []), ...expected]);
      const missing = expected.filter((field) => !got.has(field));
      const unexpected = [...got].filter((field) => !tolerated.has(field)).sort();
      counts = add(counts, {
        expected: expected.length,
        found: expected.length - missing.length,
        missed: missing.length,
        unexpected: unexpected.length,
      });
      if (missing.length + unexpected.length > 0) failures.push({ case: id, file, line, missing, unexpected });
    }
  }
  return { counts, failures };
}

/** The score of a case that could not be analysed: nothing was found. */
export function scoreCrash(id: string, annotations: ReadonlyMap<string, readonly Annotation[]>, reason: string): CaseScore {
  const scored = scoreCase(id, annotations, []);
  const failures = scored.failures.map((failure) => ({ ...failure, reason }));
  // A case that expects nothing has still failed.
  const none: Failure = { case: id, file: "", line: 0, missing: [], unexpected: [], reason };
  return { counts: scored.counts, failures: failures.length > 0 ? failures : [none] };
}

/** Sums counts. */
export function add(a: Counts, b: Counts): Counts {
  return {
    expected: a.expected + b.expected,
    found: a.found + b.found,
    missed: a.missed + b.missed,
    unexpected: a.unexpected + b.unexpected,
  };
}

/** Adds the ratios. */
export function withRatios(counts: Counts): Score {
  const { expected, found, unexpected } = counts;
  return { ...counts, recall: ratio(found, expected), precision: ratio(found, found + unexpected) };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}

/** The fields reported for each annotated (or else first) line of one file. */
function byLine(flows: readonly FoundFlow[], stated: readonly Annotation[]): Map<number, Set<string>> {
  const spans = new Map(flows.map(({ at }) => [`${at.line}:${at.endLine}`, { line: at.line, endLine: at.endLine }]));
  const lineOf = attribute(
    [...spans.values()],
    stated.map((annotation) => annotation.line),
  );
  const reported = new Map<number, Set<string>>();
  for (const { field, at } of flows) {
    const span = spans.get(`${at.line}:${at.endLine}`);
    const line = (span === undefined ? undefined : lineOf.get(span)) ?? at.line;
    const fields = reported.get(line) ?? new Set<string>();
    fields.add(field);
    reported.set(line, fields);
  }
  return reported;
}
