/**
 * link: joins the files' facts into one program: which import leads where.
 *
 * Takes a project; gives {@link Modules}: facts by file (extracted on first need) and import targets, followed through re-exports,
 * barrels and cycles. Asks no types.
 */
import type { FileFacts, ImportFact } from "../facts/ir.js";
import { LIBRARY_TYPES } from "./library-types.js";
import { SIMPLER_TYPES } from "./library-types/simpler.js";
import type { Project, ProjectFile } from "../program/project.js";

export interface LinkedFile {
  readonly index: number;
  readonly path: string;
  readonly name: string;
  readonly facts: FileFacts;
  /** It is a package's declaration file: nothing in it runs, and it is not among {@link Modules.files}. */
  readonly declares?: true;
  /** What the package itself declares, where this is a simpler version of a part of it. */
  readonly behind?: LinkedFile;
}

/** What an imported or exported name stands for. */
export type ImportTarget =
  | { readonly k: "slot"; readonly file: LinkedFile; readonly slot: string }
  | { readonly k: "namespace"; readonly file: LinkedFile }
  /** All of a CommonJS module: its `module.exports`; with `name`, that property of it. */
  | { readonly k: "commonjs"; readonly file: LinkedFile; readonly name?: string }
  | { readonly k: "external"; readonly module: string; readonly path: readonly string[] }
  | { readonly k: "json"; readonly path: string; readonly name: string }
  | { readonly k: "unresolved"; readonly specifier: string; readonly name: string }
  | { readonly k: "type" };

export type SpecifierTarget =
  | { readonly k: "file"; readonly file: LinkedFile }
  | { readonly k: "external"; readonly module: string }
  | { readonly k: "json"; readonly path: string }
  | { readonly k: "unresolved"; readonly specifier: string };

export interface Modules {
  readonly files: readonly LinkedFile[];
  byPath(path: string): LinkedFile | undefined;
  resolve(file: LinkedFile, specifier: string): SpecifierTarget;
  importTarget(file: LinkedFile, i: number): ImportTarget;
  exportTarget(file: LinkedFile, name: string): ImportTarget | undefined;
  /** Names that the module exports, through `export *`; sorted. */
  exportNames(file: LinkedFile): readonly string[];
  /**
   * What is declared of a package, as this file sees it: its own declarations (behind what is written in `library-types/`, where they
   * are too much for syntax), else what is written in `library-types.ts`, else nothing. Read at the first question. Undefined where the specifier leads to no package.
   */
  declarations(file: LinkedFile, specifier: string): LinkedFile | undefined;
  /** What is written down of a package in `library-types.ts` or `library-types/`, if anything is. */
  written(module: string): LinkedFile | undefined;
  /** Files that declare names for all others: scripts, declaration files of the project, the language's library. */
  globals(): readonly LinkedFile[];
}

export function linkModules(project: Project, parse: (path: string, text: string) => FileFacts): Modules {
  const files: LinkedFile[] = project.files.map((f, index) => ({
    index,
    path: f.path,
    name: f.name,
    facts: asRun(project, f, parse(f.path, f.text())),
  }));
  const paths = new Map(files.map((f) => [f.path, f]));
  const resolved = new Map<string, SpecifierTarget>();
  const imports = new Map<string, ImportTarget>();

  const resolve = (file: LinkedFile, specifier: string): SpecifierTarget => {
    const key = `${file.index}|${specifier}`;
    let target = resolved.get(key);
    if (target === undefined) resolved.set(key, (target = lookUp(file, specifier)));
    return target;
  };
  const lookUp = (file: LinkedFile, specifier: string): SpecifierTarget => {
    const to = project.resolveModule(file.path, specifier);
    switch (to.kind) {
      case "file": {
        const known = paths.get(to.path);
        return known ? { k: "file", file: known } : { k: "unresolved", specifier };
      }
      case "package":
        return { k: "external", module: to.subpath === "" ? to.name : `${to.name}/${to.subpath}` };
      case "builtin":
        return { k: "external", module: to.name };
      case "json":
        return { k: "json", path: to.path };
      case "unresolved":
        return { k: "unresolved", specifier };
    }
  };

  const named = (file: LinkedFile, specifier: string, name: string, trail: Set<string>): ImportTarget => {
    const to = resolve(file, specifier);
    switch (to.k) {
      case "external":
        return { k: "external", module: to.module, path: name === "*" || name === "=" ? [] : [name] };
      case "json":
        return { k: "json", path: to.path, name };
      case "unresolved":
        return { k: "unresolved", specifier, name };
      case "file":
        return inFile(to.file, name, trail);
    }
  };

  const inFile = (file: LinkedFile, name: string, trail: Set<string>): ImportTarget => {
    if (file.facts.format === "cjs") return name === "*" || name === "=" ? { k: "commonjs", file } : { k: "commonjs", file, name };
    if (name === "=") {
      const assigned = file.facts.exports.find((e) => e.k === "local" && e.name === "=");
      return assigned?.k === "local" ? { k: "slot", file, slot: assigned.slot } : { k: "namespace", file };
    }
    if (name === "*") return { k: "namespace", file };
    return find(file, name, trail) ?? { k: "unresolved", specifier: file.name, name };
  };

  const find = (file: LinkedFile, name: string, trail: Set<string>): ImportTarget | undefined => {
    const key = `${file.index}|${name}`;
    if (trail.has(key)) return undefined;
    trail.add(key);
    for (const e of file.facts.exports) {
      if (e.k === "star" || e.name !== name) continue;
      switch (e.k) {
        case "local":
          return { k: "slot", file, slot: e.slot };
        case "from":
          return named(file, e.from, e.imported, trail);
        case "import": {
          const i = file.facts.imports[e.import];
          return i ? named(file, i.from, i.name, trail) : undefined;
        }
        case "type":
          continue;
      }
    }
    const assigned = file.facts.exports.find((e) => e.k === "local" && e.name === "=");
    if (assigned?.k === "local" && name === "default") return { k: "slot", file, slot: assigned.slot };
    if (name === "default") return undefined;
    let elsewhere: ImportTarget | undefined;
    for (const e of file.facts.exports) {
      if (e.k !== "star") continue;
      const to = resolve(file, e.from);
      if (to.k === "file") {
        if (to.file.facts.format === "cjs") {
          elsewhere ??= { k: "commonjs", file: to.file, name };
          continue;
        }
        const hit = find(to.file, name, trail);
        if (hit !== undefined && hit.k !== "type") return hit;
        elsewhere ??= hit;
      } else if (to.k === "external") elsewhere ??= { k: "external", module: to.module, path: [name] };
    }
    return elsewhere;
  };

  const importTarget = (file: LinkedFile, i: number): ImportTarget => {
    const key = `${file.index}#${i}`;
    let target = imports.get(key);
    if (target === undefined) {
      const fact: ImportFact | undefined = file.facts.imports[i];
      target = fact === undefined ? { k: "unresolved", specifier: "", name: "" } : named(file, fact.from, fact.name, new Set());
      imports.set(key, target);
    }
    return target;
  };

  const exportNames = (file: LinkedFile, seen = new Set<number>()): string[] => {
    if (seen.has(file.index)) return [];
    seen.add(file.index);
    const names = new Set<string>();
    for (const e of file.facts.exports) {
      if (e.k === "star") {
        const to = resolve(file, e.from);
        if (to.k === "file") for (const n of exportNames(to.file, seen)) if (n !== "default") names.add(n);
      } else if (e.k !== "type") names.add(e.name);
    }
    return [...names].sort();
  };

  const declared = new Map<string, LinkedFile>();
  /** One file a path, one a package that is not installed. */
  const declaring = (key: string, path: string, text: () => string, behind?: LinkedFile): LinkedFile => {
    let known = declared.get(key);
    if (known === undefined) {
      const index = files.length + declared.size;
      declared.set(key, (known = { index, path, name: path, facts: parse(path, text()), declares: true, ...(behind && { behind }) }));
    }
    return known;
  };
  const written = (name: string): LinkedFile =>
    declaring(`|${name}`, `${name}.d.ts`, () => LIBRARY_TYPES[name] ?? SIMPLER_TYPES[name] ?? "export {};");

  const declarations = (file: LinkedFile, specifier: string): LinkedFile | undefined => {
    const path = project.declarations?.(file.path, specifier);
    const to = resolve(file, specifier);
    if (path !== undefined && !paths.has(path)) {
      const own = declaring(path, path, () => project.asset(path) ?? "");
      const simple = to.k === "external" ? SIMPLER_TYPES[to.module] : undefined;
      return simple === undefined ? own : declaring(`|${path}`, `${specifier}.d.ts`, () => simple, own);
    }
    return to.k === "external" ? written(to.module) : undefined;
  };

  let global: readonly LinkedFile[] | undefined;
  const globals = (): readonly LinkedFile[] => {
    if (global !== undefined) return global;
    const ambient = new Set(project.ambient?.());
    return (global = [
      ...files.filter((f) => (f.facts.format === "script" && !ambient.has(f.path)) || f.facts.augments === true),
      ...[...ambient].map((path) => paths.get(path) ?? declaring(path, path, () => project.asset(path) ?? "")),
      written("global"),
    ]);
  };

  return {
    files,
    declarations,
    written: (module) => (module in LIBRARY_TYPES || module in SIMPLER_TYPES ? written(module) : undefined),
    globals,
    byPath: (path) => paths.get(path),
    resolve,
    importTarget,
    exportTarget: (file, name) => find(file, name, new Set()),
    exportNames: (file) => exportNames(file),
  };
}

/** The facts of what runs: without imports that TypeScript leaves out. */
function asRun(project: Project, { path }: ProjectFile, facts: FileFacts): FileFacts {
  if (!facts.imports.some((i) => i.elidable) || project.keepsImports?.(path) === true) return facts;
  return { ...facts, imports: facts.imports.map((i) => (i.elidable ? { ...i, typeOnly: true } : i)) };
}

/** The package that a module belongs to: `ai/react` to `ai`. */
export const packageOf = (module: string): string => module.split("/", module.startsWith("@") ? 2 : 1).join("/");
