/** The public interface of the package: `analyze` a folder, get a {@link Report}. */
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import typescript from "typescript";
import { analyze as analyzeProject } from "./analyze.js";
import { manifestDraft } from "./discover/draft.js";
import { discover } from "./discover/index.js";
import { loadManifest } from "./manifest/load.js";
import { MANIFEST_NAME, nearestManifest } from "./manifest-file.js";
import { openProject } from "./program/index.js";
import type { Problem } from "./report/build.js";
import { InputError } from "./report/input-error.js";
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
  const root = path.resolve(options.root);
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory())
    throw new InputError([error(root, "there is no such folder", "name the folder of the project to check")]);
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  const start = performance.now();

  const { manifest, problems } = loadManifest(slashes(manifestFile(root, options.manifest)), readFile, { today });
  if (manifest === undefined || problems.some(({ severity }) => severity === "error")) throw new InputError(problems);
  const loaded = performance.now();

  const tsconfigs = options.project === undefined ? undefined : [options.project].flat().map((file) => slashes(path.resolve(file)));
  const project = openProject({ root: slashes(root), ...(tsconfigs && { tsconfigs }), ts: options.ts ?? typescript });
  if (project.files.length === 0) throw new InputError(nothingToAnalyse(root, project.problems));
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

/** The manifest that is meant, or the nearest one upward. */
function manifestFile(root: string, given: string | undefined): string {
  if (given !== undefined) {
    const file = path.resolve(given);
    if (!existsSync(file)) throw new InputError([error(file, "there is no such manifest", "correct the path given as --manifest")]);
    return file;
  }
  const nearest = nearestManifest(root);
  if (nearest !== undefined) return nearest;
  throw new InputError([
    error(
      path.join(root, MANIFEST_NAME),
      `there is no ${MANIFEST_NAME} here or in any folder above`,
      "write one, or name it with --manifest FILE",
    ),
  ]);
}

function nothingToAnalyse(root: string, problems: readonly Problem[]): readonly Problem[] {
  if (problems.some(({ severity }) => severity === "error")) return problems;
  return [
    ...problems,
    error(
      root,
      "there is no TypeScript or JavaScript source file to analyse",
      "name a folder that has some, or the tsconfig that includes them with --project",
    ),
  ];
}

function error(file: string, message: string, fix: string): Problem {
  return { file: slashes(file), line: 1, column: 1, severity: "error", message, fix };
}

function readFile(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function slashes(file: string): string {
  return path.sep === "/" ? file : file.replaceAll(path.sep, "/");
}
