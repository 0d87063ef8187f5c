/** The public interface of the package: `analyze` a folder, get a {@link Report}. */
import path from "node:path";
import typescript from "typescript";
import { analyze as analyzeProject } from "./analyze.js";
import { manifestDraft } from "./discover/draft.js";
import { discover } from "./discover/index.js";
import { dayOf, openManifest, openSources, projectFolder, slashes } from "./open-input.js";
import { openProject } from "./program/index.js";
import type { Report } from "./report/schema.js";

export type {
  Report,
  ReportBlindSpot as BlindSpot,
  ReportFinding as Finding,
  ReportFlow as Flow,
  ReportHop as Hop,
  ReportPlace as Place,
  ReportProblem as ReportedProblem,
} from "./report/schema.js";
export type { RemedyKind, RuleId, Severity, Verdict } from "./judge/finding.js";
export type { Status } from "./manifest/model.js";
export type { Problem } from "./report/build.js";
export { InputError } from "./report/input-error.js";
export { toJson } from "./report/json.js";
export { toSarif } from "./report/sarif.js";
export { toPretty, type PrettyOptions } from "./report/pretty.js";

export interface AnalyzeOptions {
  /** The project's folder; places in the report are relative to it. */
  readonly root: string;
  /** The manifest; by default `purpose.yaml` in the root or the nearest folder above it. */
  readonly manifest?: string;
  /** tsconfig files; by default those found in the root and its workspaces. */
  readonly project?: string | readonly string[];
  /** The compiler to use; by default the one that is installed beside this package. */
  readonly ts?: typeof typescript;
  /** The day against which expiry is judged, `2026-05-31`; by default today, in UTC. */
  readonly today?: string;
  /** Put milliseconds into `stats.phases`? */
  readonly timings?: boolean;
}

/**
 * Analyses a project.
 *
 * @throws {InputError} when nothing can be analysed: no manifest or a wrong one, no such folder, no source file.
 */
export function analyze(options: AnalyzeOptions): Report {
  const root = projectFolder(options);
  const today = options.today ?? dayOf(new Date());
  const start = performance.now();
  const { manifest, problems } = openManifest(options, root, today);
  const loaded = performance.now();
  const project = openSources(options, root);
  const opened = performance.now();
  return analyzeProject({
    project,
    manifest,
    today,
    problems,
    phases: { manifest: loaded - start, program: opened - loaded },
    timings: options.timings ?? false,
  });
}

/** The text of a manifest to begin with, for the project in a folder: what is possibly personal data stands in its comments. */
export function draftManifest(root: string, compiler: typeof typescript = typescript): string {
  const project = openProject({ root: slashes(path.resolve(root)), ts: compiler });
  return manifestDraft(discover(project, compiler));
}
