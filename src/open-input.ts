/** What is to be analysed, from where it lies: the manifest and the project. The one place that looks for them. */
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import typescript from "typescript";
import type { AnalyzeOptions } from "./index.js";
import { loadManifest, type LoadedManifest, type LoadOptions } from "./manifest/load.js";
import type { Manifest } from "./manifest/model.js";
import { MANIFEST_NAME, nearestManifest } from "./manifest-file.js";
import { openProject } from "./program/index.js";
import type { Project } from "./program/project.js";
import type { Problem } from "./report/build.js";
import { InputError } from "./report/input-error.js";

/** The project's folder, absolute. @throws {InputError} when there is none. */
export function projectFolder({ root: given }: Pick<AnalyzeOptions, "root">): string {
  const root = path.resolve(given);
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory())
    throw new InputError([error(root, "there is no such folder", "name the folder of the project to check")]);
  return root;
}

/** `2026-05-31`, in UTC. */
export const dayOf = (time: Date): string => time.toISOString().slice(0, 10);

/** The manifest, with what was found wrong and did not stop it. @throws {InputError} when there is none, or a wrong one. */
export function openManifest(
  options: Pick<AnalyzeOptions, "manifest">,
  root: string,
  today: string,
  disabledChecks: LoadOptions["disabledChecks"] = [],
): { readonly manifest: Manifest; readonly problems: LoadedManifest["problems"] } {
  const { manifest, problems } = loadManifest(slashes(manifestFile(root, options.manifest)), readFile, { today, disabledChecks });
  if (manifest === undefined || problems.some(({ severity }) => severity === "error")) throw new InputError(problems);
  return { manifest, problems };
}

/** The project. @throws {InputError} when it has no source file. */
export function openSources(options: Pick<AnalyzeOptions, "project" | "ts">, root: string): Project {
  const tsconfigs = options.project === undefined ? undefined : [options.project].flat().map((file) => slashes(path.resolve(file)));
  const project = openProject({ root: slashes(root), ...(tsconfigs && { tsconfigs }), ts: options.ts ?? typescript });
  if (project.files.length === 0) throw new InputError(nothingToAnalyse(root, project.problems));
  return project;
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

/** A path as the program writes them. */
export function slashes(file: string): string {
  return path.sep === "/" ? file : file.replaceAll(path.sep, "/");
}
