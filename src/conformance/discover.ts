/** Finds the cases below a folder: `cases/<category>/<name>/`, a `cases` folder itself, one category of it, or a single case. */
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";

export interface Case {
  /** `category/name`. */
  readonly id: string;
  readonly category: string;
  /** Absolute. */
  readonly folder: string;
  /** Absolute path of the manifest: the case's own, or the shared one. */
  readonly manifest: string;
  /** Absolute path of the tsconfig: the case's own, or the shared one; none is fine. */
  readonly tsconfig?: string;
  /** Source files, relative to the folder with forward slashes, sorted. */
  readonly files: readonly string[];
}

/** The input is not a directory of cases. */
export class ConformanceInputError extends Error {}

const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx)$/u;
const DECLARATION = /\.d\.[cm]?ts$/u;
const SKIPPED = new Set(["node_modules", ".git"]);

/** All cases, sorted by id. Throws {@link ConformanceInputError} when there are none or a manifest is missing. */
export function discoverCases(dir: string): Case[] {
  const top = path.resolve(dir);
  if (!existsSync(top) || !statSync(top).isDirectory()) throw new ConformanceInputError(`${dir} is not a folder`);
  const cases = folders(top).map(([category, folder]) => describe(category, folder));
  if (cases.length === 0) throw new ConformanceInputError(`no cases below ${dir}: expected cases/<category>/<name>/ with programs`);
  return cases.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** The folders of cases with their category. */
function folders(top: string): [category: string, folder: string][] {
  const cases = path.join(top, "cases");
  if (existsSync(cases)) return below(cases);
  if (path.basename(top) === "cases" && !hasSources(top)) return below(top);
  if (hasSources(top) || existsSync(path.join(top, "purpose.yaml"))) return [[path.basename(path.dirname(top)), top]];
  const children = subfolders(top);
  if (children.some((child) => hasSources(path.join(top, child)))) {
    return children.map((child) => [path.basename(top), path.join(top, child)]);
  }
  return below(top);
}

function below(cases: string): [string, string][] {
  return subfolders(cases).flatMap((category): [string, string][] => {
    const folder = path.join(cases, category);
    // A program directly below `cases` is a case without a category.
    if (hasSources(folder)) return [["", folder]];
    return subfolders(folder).map((name) => [category, path.join(folder, name)]);
  });
}

function describe(category: string, folder: string): Case {
  const manifest = upward(folder, "purpose.yaml");
  const id = category === "" ? path.basename(folder) : `${category}/${path.basename(folder)}`;
  if (manifest === undefined) throw new ConformanceInputError(`${id}: no purpose.yaml in the case or above it`);
  const tsconfig = upward(folder, "tsconfig.json");
  return { id, category, folder, manifest, ...(tsconfig === undefined ? {} : { tsconfig }), files: sourceFiles(folder) };
}

/** The file in the case, or in one of the three folders above it: category, `cases`, and the top. */
function upward(folder: string, name: string): string | undefined {
  for (let at = folder, steps = 0; steps < 4; at = path.dirname(at), steps++) {
    const file = path.join(at, name);
    if (existsSync(file)) return file;
  }
  return undefined;
}

function sourceFiles(folder: string, below = ""): string[] {
  return readdirSync(path.join(folder, below), { withFileTypes: true })
    .flatMap((entry) => {
      const name = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : sourceFiles(folder, name);
      return SOURCE.test(name) && !DECLARATION.test(name) ? [name] : [];
    })
    .sort();
}

function hasSources(folder: string): boolean {
  return readdirSync(folder, { withFileTypes: true }).some((entry) => entry.isFile() && SOURCE.test(entry.name));
}

function subfolders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !SKIPPED.has(entry.name))
    .map((entry) => entry.name)
    .sort();
}
