/** openProject and openVirtual: a folder, on disk or in memory, as a {@link Project}. */
import { checkCompiler } from "./compiler.js";
import { admission } from "./discover/admission.js";
import { entryFiles, isUsualOutput } from "./discover/entry-files.js";
import { specifiersIn } from "./discover/imported.js";
import { readLayout } from "./discover/layout.js";
import { filesEnding } from "./discover/tree.js";
import { canonicalPaths } from "./fs/canonical.js";
import { diskFileSystem } from "./fs/disk.js";
import { memoryFileSystem, mounted, overlay, type FileSystem } from "./fs/file-system.js";
import { isDeclarationName } from "./fs/source-file-name.js";
import { byText, isAbsolute, join, relative, slashes } from "./fs/paths.js";
import { ambientNames } from "./oracle/ambient.js";
import { typeOracle } from "./oracle/oracle.js";
import { makePrograms, type DeclarationCache } from "./oracle/programs.js";
import { fileProblem, sortedProblems, type Ts } from "./problems.js";
import type { InputProblem, Project, ProjectFile, TypeOracle } from "./project.js";
import { notInstalled } from "./resolve/not-installed.js";
import { declarationsOf } from "./resolve/declarations.js";
import { keepsImports } from "./resolve/kept-imports.js";
import { resolver } from "./resolve/resolver.js";

export interface OpenOptions {
  /** The project's folder. */
  readonly root: string;
  /** Only these tsconfigs (absolute, or relative to the root) and those that they reference; otherwise they are found. */
  readonly tsconfigs?: readonly string[];
  /** The compiler to ask. */
  readonly ts: Ts;
  /** Shared among projects opened one after another, if given. */
  readonly declarations?: DeclarationCache;
}

/** Opens a folder. Whatever is wrong with the input is in `problems`; an error there means that `files` is not what was meant. */
export function openProject(options: OpenOptions): Project {
  const root = join(slashes(process.cwd()), slashes(options.root));
  const wrong = checkCompiler(options.ts, root);
  if (wrong !== undefined) return emptyProject(root, [wrong]);
  return open(root, options, diskFileSystem(options.ts.sys.useCaseSensitiveFileNames));
}

export interface VirtualOptions {
  readonly ts: Ts;
  /** The folder that relative paths are in; `/project` unless told. */
  readonly root?: string;
  readonly tsconfigs?: readonly string[];
  /** A real node_modules folder, seen as the one in `root`. */
  readonly nodeModules?: string;
  readonly declarations?: DeclarationCache;
}

/** A project in memory: paths to texts, resolution among them; package.json and tsconfig.json count as on disk. */
export function openVirtual(files: Readonly<Record<string, string>>, options: VirtualOptions): Project {
  const root = slashes(options.root ?? "/project");
  const wrong = checkCompiler(options.ts, root);
  if (wrong !== undefined) return emptyProject(root, [wrong]);
  const texts = new Map(Object.entries(files).map(([path, text]) => [isAbsolute(path) ? slashes(path) : join(root, path), text]));
  const disk = diskFileSystem(true);
  const libraries = slashes(options.ts.getDefaultLibFilePath({})).replace(/\/[^/]*$/, "");
  let fs: FileSystem = overlay(memoryFileSystem(texts), mounted(disk, libraries, libraries));
  if (options.nodeModules !== undefined) fs = overlay(fs, mounted(disk, join(root, "node_modules"), slashes(options.nodeModules)));
  return open(root, options, fs);
}

function open(root: string, { tsconfigs, ts, declarations }: Omit<OpenOptions, "root">, fs: FileSystem): Project {
  const problems: InputProblem[] = [];
  if (!fs.isFolder(root)) {
    const what = fs.isFile(root) ? "is a file, not a folder" : "does not exist";
    return emptyProject(root, [fileProblem(root, "error", `the project's folder ${what}`, "name the folder that holds the code")]);
  }
  const layout = readLayout(root, tsconfigs, fs, ts, problems);
  const { admits, isOutput, leftOut } = admission(root, layout.configs, fs, problems);
  const canonical = canonicalPaths(root, fs);
  const entries: ReadonlySet<string> = new Set(entryFiles(layout, canonical).filter(admits));
  const own = new Set(entries);
  const modules = resolver({ layout, fs, ts, canonical, admits, isOutput, isEntry: (file) => entries.has(file) });
  // A Set hands out what is added while it is walked: imports of imports, to the end.
  for (const file of own)
    for (const specifier of specifiersIn(fs.read(file) ?? "")) {
      const target = modules.resolveOwn(file, specifier);
      if (target?.kind === "file") own.add(target.path);
    }
  if (own.size === 0 && !problems.some((p) => p.severity === "error"))
    problems.push(
      fileProblem(
        layout.configs[0]?.path ?? root,
        "error",
        "there are no source files",
        "check the folder, or `include` and `files` in the tsconfig",
      ),
    );

  const files: ProjectFile[] = [...own]
    .map((path) => ({ path, name: relative(root, path), text: () => fs.read(path) ?? "" }))
    .sort((a, b) => byText(a.name, b.name));
  const ambient = [...new Set(layout.configs.flatMap((config) => config.files.filter(isDeclarationName)))].sort(byText);
  const mayBeAmbient = ambientNames(() => [...own, ...ambient], fs.read);
  let oracle: TypeOracle | undefined;
  const makeOracle = (): TypeOracle =>
    typeOracle({
      root,
      own,
      packages: layout.packages,
      resolver: modules,
      programs: makePrograms({ root, own, resolver: modules, fs, ts, declarations }),
      ts,
      mayBeAmbient,
    });
  return {
    root,
    files,
    problems: sortedProblems(problems),
    leftOut: [...leftOut].sort((a, b) => byText(a.path, b.path)),
    resolveModule: (fromFile, specifier) => {
      const target = modules.resolve(slashes(fromFile), specifier);
      return target.kind === "file" && !own.has(target.path) ? { kind: "unresolved", specifier } : target;
    },
    keepsImports: keepsImports(modules),
    asset: (path) => fs.read(path),
    assets: (ending) => filesEnding(root, ending, fs),
    outside: () =>
      layout.tree.sources.filter((file) => !own.has(canonical(file)) && admits(file) && !isUsualOutput(root, file)).sort(byText),
    declarations: declarationsOf(modules),
    ambient: () => ambient,
    notInstalled: notInstalled(layout.packages, fs, ts, mayBeAmbient),
    types: () => (own.size === 0 ? undefined : (oracle ??= makeOracle())),
  };
}

/** Of an input that gives nothing to analyse. */
export function emptyProject(root: string, problems: readonly InputProblem[]): Project {
  return {
    root,
    files: [],
    problems,
    resolveModule: (_, specifier) => ({ kind: "unresolved", specifier }),
    asset: () => undefined,
    types: () => undefined,
  };
}
