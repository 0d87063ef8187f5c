/** openProgram: a linter's ready program as a {@link Project}. */
import type ts from "typescript";
import { checkCompiler } from "./compiler.js";
import { admission } from "./discover/admission.js";
import { programConfig, type Config } from "./discover/configs.js";
import { programLayout } from "./discover/layout.js";
import { filesEnding, isForeign } from "./discover/tree.js";
import { canonicalPaths } from "./fs/canonical.js";
import { diskFileSystem } from "./fs/disk.js";
import { memoryFileSystem, overlay } from "./fs/file-system.js";
import { byText, join, relative, slashes } from "./fs/paths.js";
import type { Ts } from "./problems.js";
import type { Project, ProjectFile, TypeOracle } from "./project.js";
import { emptyProject } from "./open.js";
import { typeOracle } from "./oracle/oracle.js";
import { makePrograms } from "./oracle/programs.js";
import { ambientNames } from "./oracle/ambient.js";
import { notInstalled } from "./resolve/not-installed.js";
import { declarationsOf } from "./resolve/declarations.js";
import { keepsImports } from "./resolve/kept-imports.js";
import { resolver } from "./resolve/resolver.js";

/**
 * The program's own source files, their texts as the program has them (an editor's unsaved ones), its checker behind `types()`.
 * `root` is what names are relative to: the folder of the program's tsconfig unless told.
 */
export function openProgram(program: ts.Program, ts: Ts, root?: string): Project {
  const options = program.getCompilerOptions();
  const home = slashes(root ?? programConfig(options, [], slashes(program.getCurrentDirectory())).folder);
  const wrong = checkCompiler(ts, home);
  if (wrong !== undefined) return emptyProject(home, [wrong]);

  const isOwn = (source: ts.SourceFile): boolean =>
    !source.isDeclarationFile &&
    !source.fileName.endsWith(".json") &&
    !program.isSourceFileFromExternalLibrary(source) &&
    !program.isSourceFileDefaultLibrary(source) &&
    !isForeign(relative(home, slashes(source.fileName)));
  const sources = new Map(
    program
      .getSourceFiles()
      .filter(isOwn)
      .map((source) => [join(home, slashes(source.fileName)), source]),
  );
  const texts = new Map([...sources].map(([path, source]) => [path, source.text]));
  const fs = overlay(memoryFileSystem(texts), diskFileSystem(ts.sys.useCaseSensitiveFileNames));

  const configs: Config[] = [programConfig(options, [...sources.keys()], home)];
  for (const reference of program.getResolvedProjectReferences() ?? [])
    if (reference !== undefined) configs.push(programConfig(reference.commandLine.options, reference.commandLine.fileNames, home));
  const { isOutput } = admission(home, configs, fs, []);
  const has = (file: string): boolean => sources.has(file);
  const canonical = canonicalPaths(home, fs);
  const layout = programLayout(home, configs, fs, ts);
  const modules = resolver({ layout, fs, ts, canonical, admits: has, isOutput, isEntry: has });

  const files: ProjectFile[] = [...sources]
    .map(([path, source]) => ({ path, name: relative(home, path), text: () => source.text }))
    .sort((a, b) => byText(a.name, b.name));
  const own = new Set(sources.keys());
  const ambient = program
    .getSourceFiles()
    .filter((s) => s.isDeclarationFile && !program.isSourceFileFromExternalLibrary(s) && !program.isSourceFileDefaultLibrary(s))
    .map((s) => join(home, slashes(s.fileName)))
    .filter((file) => !file.includes("/node_modules/"))
    .sort(byText);
  // The checker is there already; only a locator's package that the program doesn't import needs a program of its own.
  const { around } = makePrograms({ root: home, own, resolver: modules, fs, ts });
  let oracle: TypeOracle | undefined;
  const makeOracle = (): TypeOracle =>
    typeOracle({
      root: home,
      own,
      packages: layout.packages,
      resolver: modules,
      programs: { of: (file) => (has(file) ? program : undefined), around },
      ts,
      mayBeAmbient: () => true,
    });
  return {
    root: home,
    files,
    problems: [],
    resolveModule: (fromFile, specifier) => modules.resolve(slashes(fromFile), specifier),
    keepsImports: keepsImports(modules),
    asset: (path) => fs.read(path),
    assets: (ending) => filesEnding(home, ending, fs),
    declarations: declarationsOf(modules),
    ambient: () => ambient,
    notInstalled: notInstalled(
      layout.packages,
      fs,
      ts,
      ambientNames(() => ambient, fs.read),
    ),
    types: () => (own.size === 0 ? undefined : (oracle ??= makeOracle())),
  };
}
