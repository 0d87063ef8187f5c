/** The analyser as the conformance run calls it: a case in, flows with places relative to the case out. */
import { readFileSync } from "node:fs";
import { loadManifest, type ManifestCheck } from "../manifest/load.js";
import { trace } from "../trace/index.js";
import { ConformanceInputError, type Case } from "./discover.js";
import { bindToCase } from "./locators.js";
import { openCase } from "./open-case.js";
import type { FoundFlow } from "./score.js";

/** A corpus is about flows: what its manifest promises a data subject, and until when, is not looked at. */
const DISABLED: readonly ManifestCheck[] = ["assessment-consent", "consent-gate", "evidence", "notice-wording", "undisclosed"];

/** Analyses one case as a project of its own. Throws {@link ConformanceInputError} when its manifest is wrong. */
export function analyseCase(input: Case): readonly FoundFlow[] {
  const folder = slashes(input.folder);
  const loaded = loadManifest(slashes(input.manifest), readOptional, { disabledChecks: DISABLED });
  const errors = loaded.problems.filter((problem) => problem.severity === "error");
  if (loaded.manifest === undefined || errors.length > 0) {
    const text = errors.map((problem) => `${problem.file}:${problem.line}:${problem.column} ${problem.message}`).join("\n");
    throw new ConformanceInputError(`${input.id}: the manifest is wrong\n${text}`);
  }
  const project = openCase(input);
  const files = project.files.map((file) => file.path);
  const { flows } = trace(project, bindToCase(loaded.manifest, folder, files), { tests: true });
  return flows.map(({ field, at }) => ({ field, at }));
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
