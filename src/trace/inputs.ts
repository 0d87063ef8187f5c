/** What the project brings along: the packages it imports, and what of it could not be read, found or is not installed. */
import { specifiersOf } from "../link/imports.js";
import { packageOf, type LinkedFile, type Modules } from "../link/modules.js";
import { relative } from "../program/fs/paths.js";
import type { JsonPlace, Project } from "../program/project.js";
import { position } from "./hooks/recorder.js";
import type { BlindSpot } from "./result.js";

/** Names of all packages that the program imports from. */
export function importedPackages(modules: Modules): Set<string> {
  const out = new Set<string>();
  for (const { module } of packagesIn(modules)) {
    out.add(packageOf(module));
    out.add(module);
  }
  return out;
}

/** Each module of a package that a file names, with the file. */
function* packagesIn(modules: Modules): Generator<{ readonly file: LinkedFile; readonly module: string }> {
  for (const file of modules.files)
    for (const from of specifiersOf(file.facts)) {
      const to = modules.resolve(file, from);
      if (to.k === "external") yield { file, module: to.module };
    }
}

/** Files that were left out or did not parse wholly, and imports that lead nowhere. */
export function inputBlindSpots(project: Project, modules: Modules): BlindSpot[] {
  const out = (project.leftOut ?? []).map(({ path, reason }): BlindSpot => {
    const file = relative(project.root, path);
    return { kind: "unread-file", reason, fields: [], file, line: 1, column: 1, endLine: 1, endColumn: 1 };
  });
  /** Packages that have been told of: each once. */
  const unknown = new Set<string>();
  for (const f of modules.files) {
    const spot = (kind: BlindSpot["kind"], at: number, end: number, reason: string): BlindSpot => {
      const [line, column] = position(f.facts.lineStarts, at);
      const [endLine, endColumn] = position(f.facts.lineStarts, end);
      return { kind, reason, fields: [], file: f.name, line, column, endLine, endColumn };
    };
    const [first, ...others] = f.facts.syntaxErrors;
    // One mistake confuses all that stands behind it.
    const more = others.length === 0 ? "" : ` (the first of ${others.length + 1} errors in this file)`;
    if (first !== undefined) out.push(spot("syntax-error", first.at, first.end, first.message + more));
    for (const i of f.facts.imports) {
      if (i.typeOnly) continue;
      const to = modules.resolve(f, i.from);
      if (to.k === "unresolved") out.push(spot("unresolved-import", i.at, i.end, `cannot find ${JSON.stringify(i.from)}`));
      const name = to.k === "external" ? packageOf(to.module) : undefined;
      if (name === undefined || unknown.has(name) || project.notInstalled?.(f.path, name) !== null) continue;
      unknown.add(name);
      out.push(spot("unresolved-import", i.at, i.end, `the package ${name} is not installed, and no package.json declares it`));
    }
  }
  return out;
}

/** More names than these are counted. */
const MOST_PACKAGES = 5;

/**
 * Packages that the project declares and imports, and that are not installed: one blind spot for the project, where the first of them
 * is declared. The trace does without their types, and mostly well; but what it misses by it, it misses everywhere.
 */
export function missingPackages(project: Project, modules: Modules): BlindSpot[] {
  const missing = new Map<string, JsonPlace>();
  for (const { file, module } of packagesIn(modules)) {
    const name = packageOf(module);
    const place = missing.has(name) ? undefined : project.notInstalled?.(file.path, name);
    if (place !== undefined && place !== null) missing.set(name, place);
  }
  const [first] = [...missing.values()].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
  if (first === undefined) return [];
  const names = [...missing.keys()].sort();
  const more = names.length - MOST_PACKAGES;
  const shown = names.slice(0, MOST_PACKAGES).join(", ") + (more > 0 ? ` and ${more} more` : "");
  const { line, column } = first;
  const file = relative(project.root, first.file);
  const which = names.length === 1 ? `the package ${shown} is` : `${names.length} packages are`;
  const cost = "without types, what their objects hold and which of their functions a call means is known by names only";
  const reason = `${which} not installed${names.length === 1 ? "" : ` (${shown})`}: ${cost}; install the project's dependencies`;
  return [{ kind: "unresolved-import", reason, fields: [], file, line, column, endLine: line, endColumn: column }];
}
