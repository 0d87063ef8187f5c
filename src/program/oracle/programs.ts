/** Makes `ts.Program`s, each at the first question that needs it: one a tsconfig, and small ones for a package's declarations alone. */
import type ts from "typescript";
import type { Config } from "../discover/configs.js";
import type { FileSystem } from "../fs/file-system.js";
import { dirname, join } from "../fs/paths.js";
import { isDeclarationName } from "../fs/source-file-name.js";
import type { Ts } from "../problems.js";
import { resolutionHost } from "../resolve/installed.js";
import type { Resolver } from "../resolve/resolver.js";

export interface Programs {
  /** The program of the tsconfig that governs the file, and that holds the file; undefined for files that are not the project's. */
  readonly of: (file: string) => ts.Program | undefined;
  /** A program that holds this declaration file and what it needs. */
  readonly around: (declarations: string) => ts.Program | undefined;
}

/**
 * Parsed declaration files, to share among projects that are opened one after another with the same compiler (a test run, a corpus):
 * parsing the standard library is most of a small program's cost. Make one with `new Map()`; it lives as long as its maker wants.
 */
export type DeclarationCache = Map<string, ts.SourceFile>;

export interface ProgramsInput {
  readonly root: string;
  readonly own: ReadonlySet<string>;
  readonly resolver: Resolver;
  readonly fs: FileSystem;
  readonly ts: Ts;
  readonly declarations?: DeclarationCache | undefined;
}

export function makePrograms({ root, own, resolver, fs, ts, declarations }: ProgramsInput): Programs {
  const made = new Map<Config | string | undefined, ts.Program | undefined>();
  const make = (key: Config | string | undefined, files: () => readonly string[], options: ts.CompilerOptions): ts.Program | undefined => {
    if (made.has(key)) return made.get(key);
    let program: ts.Program | undefined;
    try {
      const forTypes = typeOptions(options);
      program = ts.createProgram({
        rootNames: files(),
        options: forTypes,
        host: compilerHost(root, own, resolver, forTypes, fs, ts, declarations),
      });
    } catch {
      // A compiler that fails on some input is not ours to mend: the analysis goes on without types.
      program = undefined;
    }
    made.set(key, program);
    return program;
  };
  return {
    of: (file) => {
      if (!own.has(file)) return undefined;
      const config = resolver.config(file);
      const governed = (): string[] => [...own].filter((f) => resolver.config(f) === config).sort();
      const program = make(config, () => [...governed(), ...(config?.files ?? []).filter(isDeclarationName)], resolver.options(file));
      return program?.getSourceFile(file) === undefined ? undefined : program;
    },
    around: (declarations) => make(declarations, () => [declarations], resolver.options(join(root, "any.ts"))),
  };
}

/** The project's options, less what only emitting needs, and with JavaScript: its types are asked for too. */
function typeOptions(options: ts.CompilerOptions): ts.CompilerOptions {
  const emitting = { outDir: undefined, outFile: undefined, declarationDir: undefined, rootDir: undefined, tsBuildInfoFile: undefined };
  const built = { ...emitting, composite: false, incremental: false, declaration: false, declarationMap: false };
  return { ...options, ...built, allowJs: true, noEmit: true, skipLibCheck: true, skipDefaultLibCheck: true };
}

function compilerHost(
  root: string,
  own: ReadonlySet<string>,
  resolver: Resolver,
  options: ts.CompilerOptions,
  fs: FileSystem,
  ts: Ts,
  declarations: DeclarationCache | undefined,
): ts.CompilerHost {
  const libraries = dirname(ts.getDefaultLibFilePath(options).replaceAll("\\", "/"));
  const resolution = resolutionHost(root, fs);
  const canonical = (name: string): string => (fs.caseSensitive ? name : name.toLowerCase());
  const cache = ts.createModuleResolutionCache(root, canonical, options);
  return {
    ...resolution,
    getSourceFile: (file, version) => {
      const text = fs.read(file);
      if (text === undefined) return undefined;
      if (declarations === undefined || !isDeclarationName(file)) return ts.createSourceFile(file, text, version);
      // What a declaration file parses to depends on nothing else; the compiler's own document registry shares them likewise.
      const key =
        typeof version === "object" ? `${file}|${version.languageVersion}|${version.impliedNodeFormat ?? ""}` : `${file}|${version}`;
      const known = declarations.get(key);
      if (known?.text === text) return known;
      const parsed = ts.createSourceFile(file, text, version);
      declarations.set(key, parsed);
      return parsed;
    },
    getDefaultLibFileName: (o) => `${libraries}/${ts.getDefaultLibFileName(o)}`,
    getDefaultLibLocation: () => libraries,
    writeFile: () => undefined,
    getCurrentDirectory: () => root,
    getCanonicalFileName: canonical,
    useCaseSensitiveFileNames: () => fs.caseSensitive,
    getNewLine: () => "\n",
    getModuleResolutionCache: () => cache,
    resolveModuleNameLiterals: (literals, containing, redirected, o, source) =>
      literals.map((literal) => {
        // Sources rather than what was built from them: locators name declarations in sources, and builds may be absent or stale.
        const mine = own.has(containing) ? resolver.resolveOwn(containing, literal.text) : undefined;
        if (mine?.kind === "file" && own.has(mine.path))
          return {
            resolvedModule: {
              resolvedFileName: mine.path,
              extension: extensionOf(mine.path),
              isExternalLibraryImport: false,
              resolvedUsingTsExtension: false,
            },
          };
        const mode = ts.getModeForUsageLocation(source, literal, o);
        const found = ts.resolveModuleName(literal.text, containing, o, resolution, cache, redirected, mode);
        if (found.resolvedModule !== undefined) return found;
        return { resolvedModule: resolver.installed(containing, literal.text) };
      }),
  };
}

const extensionOf = (file: string): string => /\.[mc]?[jt]sx?$/.exec(file)?.[0] ?? ".ts";
