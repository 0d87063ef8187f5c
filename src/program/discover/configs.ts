/** tsconfig and jsconfig files, read with the compiler's own reader: options, files, references, and what is wrong with them. */
import type ts from "typescript";
import { fileProblem, type Ts } from "../problems.js";
import type { FileSystem } from "../fs/file-system.js";
import { dirname, isWithin, join, slashes } from "../fs/paths.js";
import { isScriptName, stem } from "../fs/source-file-name.js";
import type { InputProblem } from "../project.js";
import { configProblems } from "./config-problems.js";
import { isJson, textsOf } from "./json.js";

const SCRIPTS = [".js", ".jsx", ".mjs", ".cjs"] as const;

/** One tsconfig, `extends` merged in. */
export interface Config {
  readonly path: string;
  readonly folder: string;
  readonly options: ts.CompilerOptions;
  /** Included files, absolute, JavaScript too, whatever `allowJs` says; declaration files among them. */
  readonly files: readonly string[];
  /** Of the tsconfigs it references, those that are there. */
  readonly references: readonly string[];
  /** `exclude` as written in this very file, made absolute. */
  readonly excludes: readonly string[];
  /** Where the compiler writes; never holds a source. */
  readonly outputs: readonly string[];
}

/** For files that no tsconfig covers. */
export function defaultOptions(ts: Ts): ts.CompilerOptions {
  return {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    jsx: ts.JsxEmit.Preserve,
    allowJs: true,
    esModuleInterop: true,
    resolveJsonModule: true,
    strict: true,
  };
}

/** Reads tsconfigs, each once, following references; problems go to `problems`. Never throws for what a file holds. */
export function configReader(fs: FileSystem, ts: Ts, problems: InputProblem[]): (file: string) => readonly Config[] {
  const host = configHost(fs, ts);
  const extended = new Map<string, ts.ExtendedConfigCacheEntry>();
  const done = new Map<string, Config>();

  const read = (file: string, into: Config[]): void => {
    const known = done.get(file);
    if (known !== undefined) {
      if (into.includes(known)) return;
      into.push(known);
      for (const reference of known.references) read(reference, into);
      return;
    }
    const config = readConfig(file, fs, ts, host, extended, problems);
    done.set(file, config);
    into.push(config);
    for (const reference of config.references) read(reference, into);
  };
  return (file) => {
    const into: Config[] = [];
    read(file, into);
    return into;
  };
}

function readConfig(
  file: string,
  fs: FileSystem,
  ts: Ts,
  host: ts.ParseConfigHost,
  extended: Map<string, ts.ExtendedConfigCacheEntry>,
  problems: InputProblem[],
): Config {
  const folder = dirname(file);
  const empty: Config = { path: file, folder, options: defaultOptions(ts), files: [], references: [], excludes: [], outputs: [] };
  if (fs.read(file) === undefined) {
    problems.push(fileProblem(file, "error", "this file can't be read", "check that it exists and may be read"));
    return empty;
  }
  const json = ts.readJsonConfigFile(file, fs.read);
  let parsed: ts.ParsedCommandLine;
  try {
    parsed = ts.parseJsonSourceFileConfigFileContent(json, host, folder, {}, file, undefined, undefined, extended);
  } catch {
    // The compiler's reader fails on a few wrong shapes (`"references": [null]`).
    problems.push(
      fileProblem(file, "error", "this tsconfig has the wrong shape, and TypeScript can't read it", "check it with: npx tsc --showConfig"),
    );
    return empty;
  }
  const found = configProblems(json, parsed, fs, ts);
  problems.push(...found.problems);
  const raw: unknown = parsed.raw;
  return {
    path: file,
    folder,
    options: parsed.options,
    files: withoutOutputs(parsed.fileNames),
    references: found.references,
    excludes: textsOf(isJson(raw) ? raw["exclude"] : undefined).map((pattern) => join(folder, pattern)),
    outputs: outputsOf(parsed.options, folder, parsed.fileNames),
  };
}

/** The compiler's rule for JavaScript beside TypeScript: `a.js` next to `a.ts` is what was built from it. A declaration file doesn't count. */
function withoutOutputs(files: readonly string[]): readonly string[] {
  const sources = new Set(files);
  const twin = (file: string): boolean => {
    if (!isScriptName(file)) return false;
    const twins = file.endsWith(".mjs") ? [".mts"] : file.endsWith(".cjs") ? [".cts"] : [".ts", ".tsx"];
    return twins.some((extension) => sources.has(stem(file) + extension));
  };
  return files.filter((file) => !twin(file));
}

/** What a ready program was made with, as a {@link Config}; its files are those given. */
export function programConfig(options: ts.CompilerOptions, files: readonly string[], root: string): Config {
  const { configFilePath } = options as { readonly configFilePath?: unknown };
  const path = typeof configFilePath === "string" ? slashes(configFilePath) : join(root, "tsconfig.json");
  const folder = dirname(path);
  return { path, folder, options, files, references: [], excludes: [], outputs: outputsOf(options, folder, files) };
}

/** Output folders, except one that holds the sources themselves (`outDir: "."`). */
function outputsOf(options: ts.CompilerOptions, folder: string, files: readonly string[]): readonly string[] {
  const written = [options.outDir, options.declarationDir]
    .filter((dir): dir is string => dir !== undefined)
    .map((dir) => join(folder, dir));
  const root = options.rootDir === undefined ? folder : join(folder, options.rootDir);
  return written.filter(
    (dir) => !isWithin(dir, root) && !isWithin(dir, folder) && (files.length === 0 || files.some((file) => !isWithin(dir, file))),
  );
}

type MatchFiles = (
  path: string,
  extensions: readonly string[] | undefined,
  excludes: readonly string[] | undefined,
  includes: readonly string[] | undefined,
  caseSensitive: boolean,
  currentDirectory: string,
  depth: number | undefined,
  entries: (folder: string) => { readonly files: readonly string[]; readonly directories: readonly string[] },
  realpath: (path: string) => string,
) => string[];

function configHost(fs: FileSystem, ts: Ts): ts.ParseConfigHost & ts.ModuleResolutionHost {
  // The compiler's own matcher of include and exclude. Exported at run time, though not declared, in all versions 2.0 to 6.0.
  const { matchFiles } = ts as unknown as { readonly matchFiles?: MatchFiles };
  const entries = (folder: string): { files: readonly string[]; directories: readonly string[] } => {
    const { files, folders } = fs.list(folder === "" ? "/" : folder.replace(/(.)\/$/, "$1"));
    return { files, directories: folders };
  };
  // Without `allowJs` the globs would name no JavaScript, and a flow through it would be lost.
  const more = (extensions: readonly string[] | undefined): readonly string[] | undefined =>
    extensions && [...new Set([...extensions, ...SCRIPTS])];
  return {
    useCaseSensitiveFileNames: fs.caseSensitive,
    fileExists: fs.isFile,
    directoryExists: fs.isFolder,
    readFile: fs.read,
    realpath: fs.real,
    readDirectory: (root, extensions, excludes, includes, depth) =>
      matchFiles === undefined
        ? ts.sys.readDirectory(root, more(extensions), excludes, includes, depth)
        : matchFiles(root, more(extensions), excludes, includes, fs.caseSensitive, root, depth, entries, fs.real),
  };
}
