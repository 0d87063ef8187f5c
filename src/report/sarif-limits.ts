/**
 * GitHub rejects a SARIF file over its limits, and with it every finding. So results are cut here, the least severe first, and what was
 * cut is said: it never vanishes silently.
 */
import { gzipSync } from "node:zlib";
import { SEVERITIES } from "../judge/finding.js";
import { counted } from "./counts.js";
import type { Report, ReportFinding } from "./schema.js";

export interface SarifLimits {
  readonly results: number;
  /** Locations of the code flow of one result. */
  readonly flowLocations: number;
  /** Of the whole file, gzipped. */
  readonly gzippedBytes: number;
  /** Not GitHub's: notifications are for people, and this many are enough. */
  readonly notifications: number;
}

/** https://docs.github.com: SARIF support for code scanning, validation. */
export const GITHUB_LIMITS: SarifLimits = { results: 25_000, flowLocations: 10_000, gzippedBytes: 10 * 1024 * 1024, notifications: 5_000 };

/** Renders as much of the report as fits; `notices` say what does not. */
export function cutToLimits(report: Report, limits: SarifLimits, render: (report: Report, notices: readonly string[]) => string): string {
  const short = shortenPaths(report.findings, limits.flowLocations);
  const spots = report.blindSpots.slice(0, limits.notifications);
  const notices = [...short.notices];
  if (spots.length < report.blindSpots.length)
    notices.push(
      `${counted(report.blindSpots.length - spots.length, "blind spot")} of ${report.blindSpots.length} left out here; the JSON report has all.`,
    );
  const whole: Report = { ...report, findings: short.findings, blindSpots: spots };

  const attempt = (most: number, why: string): string => render(...keep(whole, most, why, notices));
  const first = attempt(limits.results, `more than ${limits.results} results`);
  if (fits(first, limits)) return first;

  // The most results with which it fits; compressing is slow, so search by halves.
  let low = 0;
  let high = Math.min(limits.results, whole.findings.length);
  while (low < high - 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(attempt(middle, TOO_BIG), limits)) low = middle;
    else high = middle;
  }
  return attempt(low, TOO_BIG);
}

const TOO_BIG = "a file of more than 10 MB, gzipped";

function fits(text: string, limits: SarifLimits): boolean {
  // Nothing grows by compression beyond a few bytes: a small text needs no test.
  return Buffer.byteLength(text) < limits.gzippedBytes || gzipSync(text).length <= limits.gzippedBytes;
}

/** The `most` severe findings, in their order. */
function keep(report: Report, most: number, why: string, notices: readonly string[]): [Report, readonly string[]] {
  const { findings } = report;
  if (findings.length <= most) return [report, notices];
  const ranked = findings
    .map((finding, index) => ({ finding, index }))
    .sort((a, b) => SEVERITIES.indexOf(a.finding.severity) - SEVERITIES.indexOf(b.finding.severity) || a.index - b.index);
  const kept = ranked.slice(0, most).sort((a, b) => a.index - b.index);
  const gone = ranked.slice(most).map(({ finding }) => finding.severity);
  const kinds = SEVERITIES.flatMap((severity) => {
    const count = gone.filter((each) => each === severity).length;
    return count > 0 ? [counted(count, severity)] : [];
  });
  const notice = `${kinds.join(", ")} of ${counted(findings.length, "result")} left out, the least severe first: GitHub rejects ${why}. The JSON report has all.`;
  return [{ ...report, findings: kept.map(({ finding }) => finding) }, [notice, ...notices]];
}

/** Takes hops out of the middle: where a field comes from and where it ends is what a reviewer needs. */
function shortenPaths(findings: readonly ReportFinding[], most: number): { findings: ReportFinding[]; notices: string[] } {
  const notices: string[] = [];
  const shortened = findings.map((finding) => {
    const { path, fingerprint } = finding;
    if (path.length <= most) return finding;
    notices.push(
      `${counted(path.length - most, "hop")} left out of the middle of the path of ${fingerprint}: GitHub takes ${most} a result.`,
    );
    const head = Math.ceil(most / 2);
    return { ...finding, path: [...path.slice(0, head), ...path.slice(path.length - (most - head))] };
  });
  return { findings: shortened, notices };
}
