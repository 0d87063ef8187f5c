/**
 * The pipeline's second half: project and manifest in, report out. Pure: no file is read but through the project, nothing is printed,
 * and the day is an argument. The command line, the linter's rules and the conformance runner are thin around this one call.
 */
import { withCode } from "./declared/in-code.js";
import { RULE_IDS } from "./judge/finding.js";
import { judge } from "./judge/judge.js";
import { doubts } from "./manifest/doubts.js";
import type { Manifest } from "./manifest/model.js";
import { unsupportedChecks } from "./manifest/unsupported.js";
import { nearDeclaration } from "./near-declaration.js";
import { outsideProblems } from "./outside.js";
import type { Project } from "./program/project.js";
import { buildReport, type Problem } from "./report/build.js";
import type { Report } from "./report/schema.js";
import { trace } from "./trace/index.js";

export interface AnalyzeInput {
  readonly project: Project;
  readonly manifest: Manifest;
  /** `2026-05-31`: assessments and exceptions that expire before it do not hold. */
  readonly today: string;
  /** What was found wrong on the way here and did not stop it; the project's own, and what the manifest asks for in vain, are added. */
  readonly problems?: readonly Problem[];
  /** Milliseconds of the phases before. */
  readonly phases?: Readonly<Record<string, number>>;
  /** Put times into the report? Off by default: they make two reports of the same code differ. */
  readonly timings?: boolean;
}

export function analyze({ project, manifest: said, today, problems = [], phases = {}, timings = false }: AnalyzeInput): Report {
  const result = trace(project, said);
  const manifest = result.inCode === undefined ? said : withCode(said, result.inCode);
  return buildReport({
    trace: result,
    judgement: judge(result, manifest, { today, root: project.root, near: nearDeclaration(project.files, manifest) }),
    manifest,
    root: project.root,
    problems: [
      ...problems,
      ...doubts(manifest),
      ...unsupportedChecks(manifest, new Set(RULE_IDS)),
      ...(result.inCode?.problems ?? []),
      ...outsideProblems(project, manifest),
      ...(result.models ?? []),
      ...project.problems,
    ],
    phases: { ...phases, ...result.stats.phases },
    timings,
  });
}
