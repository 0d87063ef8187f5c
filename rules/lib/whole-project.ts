/**
 * The project around a linted program. In a monorepo each package has a program of its own, which lacks the packages that call it:
 * what the API collects would never arrive in the trainer. So the program's files, as the editor has them, are laid over all files
 * of the manifest's folder, as they are on disk; and only questions about those others need programs beside the linter's.
 */
import type ts from "typescript";
import { openProgram, openProject, type Project, type ProjectFile, type TypeOracle } from "../../src/program/index.js";

export function wholeProject(program: ts.Program, compiler: typeof ts, root: string): Project {
  const linted = openProgram(program, compiler, root);
  const around = openProject({ root, ts: compiler });
  const files = new Map<string, ProjectFile>([...around.files, ...linted.files].map((file) => [file.path, file]));
  if (files.size === linted.files.length) return linted;

  const inLinted = new Set(linted.files.map(({ path }) => path));
  return {
    root: linted.root,
    files: [...files.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
    // What is wrong with other packages is for the command line to tell.
    problems: linted.problems,
    resolveModule: (from, specifier) => {
      const target = around.resolveModule(from, specifier);
      return target.kind === "unresolved" ? linted.resolveModule(from, specifier) : target;
    },
    asset: (file) => around.asset(file),
    assets: (ending) => around.assets?.(ending) ?? [],
    outside: () => around.outside?.() ?? [],
    declarations: (from, specifier) => around.declarations?.(from, specifier),
    ambient: () => around.ambient?.() ?? [],
    notInstalled: (from, name) => around.notInstalled?.(from, name),
    types: () => joinedTypes(linted, around, inLinted),
  };
}

/** The linter's checker for its files; the others' programs are made when one of them is asked about. */
function joinedTypes(linted: Project, around: Project, inLinted: ReadonlySet<string>): TypeOracle {
  const of = (file: string): TypeOracle | undefined => (inLinted.has(file) ? linted : around).types();
  return {
    refersTo: (file, at, end, locator) => of(file)?.refersTo(file, at, end, locator) ?? false,
    knows: (locator) => [linted, around].some((project) => project.types()?.knows(locator) === true),
    typeDeclaration: (file, at, end) => of(file)?.typeDeclaration(file, at, end),
    shape: (file, at, end, depth) => of(file)?.shape(file, at, end, depth),
    has: (locator, part) => linted.types()?.has(locator, part) ?? around.types()?.has(locator, part),
    exists: (locator) => (linted.types()?.exists(locator) === true ? true : around.types()?.exists(locator)),
  };
}
