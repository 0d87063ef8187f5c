/** The analyser as the conformance run calls it: a case in, flows with places relative to the case out. */
import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import type { Manifest, ManifestProblem } from "../manifest/model.js";
import type { Project } from "../program/project.js";
import type { TraceResult } from "../trace/result.js";
import { ConformanceInputError, type Case } from "./discover.js";
import { bindToCase } from "./locators.js";
import type { FoundFlow } from "./score.js";

interface Stages {
  loadManifest(file: string, readFile: (file: string) => string | undefined, options: { today: string }): { manifest?: Manifest; problems: readonly ManifestProblem[] };
  openProject(options: { root: string; tsconfigs?: readonly string[]; ts: typeof ts }): Project;
  trace(project: Project, manifest: Manifest): TraceResult | Promise<TraceResult>;
}

/** Dates in the corpora's manifests are judged on this day, so that a run does not depend on when it happens. */
const TODAY = "2026-06-01";

/** Analyses one case as a project of its own. Throws {@link ConformanceInputError} when its manifest is wrong. */
export async function analyseCase(input: Case): Promise<readonly FoundFlow[]> {
  const { loadManifest, openProject, trace } = await stages();
  const loaded = loadManifest(slashes(input.manifest), readOptional, { today: TODAY });
  const errors = loaded.problems.filter((problem) => problem.severity === "error");
  if (loaded.manifest === undefined || errors.length > 0) {
    const text = errors.map((problem) => `${problem.file}:${problem.line}:${problem.column} ${problem.message}`).join("\n");
    throw new ConformanceInputError(`${input.id}: the manifest is wrong\n${text}`);
  }
  const own = input.tsconfig !== undefined && path.dirname(input.tsconfig) === input.folder ? [slashes(input.tsconfig)] : undefined;
  const project = openProject({ root: slashes(input.folder), ...(own === undefined ? {} : { tsconfigs: own }), ts });
  const files = project.files.map((file) => file.path);
  const result = await trace(project, bindToCase(loaded.manifest, slashes(input.folder), files));
  return result.flows.map(({ field, at }) => ({ field, at }));
}

async function stages(): Promise<Stages> {
  const [manifest, program, trace] = (await Promise.all(["manifest/load", "program/index", "trace/index"].map((stage) => import(`../${stage}.js`)))) as [
    Pick<Stages, "loadManifest">,
    Pick<Stages, "openProject">,
    Pick<Stages, "trace">,
  ];
  return { loadManifest: manifest.loadManifest, openProject: program.openProject, trace: trace.trace };
}

function readOptional(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function slashes(file: string): string {
  return file.replaceAll("\\", "/");
}
