/** The compiler's own resolution, for everything that the project's own files don't answer: packages in node_modules. */
import type ts from "typescript";
import type { Ts } from "../problems.js";
import type { FileSystem } from "../fs/file-system.js";
import { join } from "../fs/paths.js";

/** Resolves against node_modules with one tsconfig's options; `mode` is the importing file's module format. */
export type Installed = (specifier: string, fromFile: string) => ts.ResolvedModuleFull | undefined;

export function resolutionHost(root: string, fs: FileSystem): ts.ModuleResolutionHost {
  return {
    fileExists: fs.isFile,
    readFile: fs.read,
    directoryExists: fs.isFolder,
    realpath: fs.real,
    getCurrentDirectory: () => root,
    useCaseSensitiveFileNames: fs.caseSensitive,
    getDirectories: (folder) => fs.list(folder).folders.map((name) => join(folder, name)),
  };
}

export function installedResolver(options: ts.CompilerOptions, host: ts.ModuleResolutionHost, root: string, ts: Ts): Installed {
  // `paths` were tried before.
  const rest: ts.CompilerOptions = { ...options, paths: undefined };
  const bundler: ts.CompilerOptions = { ...rest, moduleResolution: ts.ModuleResolutionKind.Bundler, module: ts.ModuleKind.ESNext };
  const kind = options.moduleResolution;
  // Other modes, `Classic` (1) among them, know no packages, or none of the newer ones.
  // `Node10` (2), deprecated, is in most tsconfigs of today.
  const modes = new Set<number>([2, ts.ModuleResolutionKind.Node16, ts.ModuleResolutionKind.NodeNext]);
  const configured = kind !== undefined && modes.has(kind) ? rest : bundler;
  const canonical = (name: string): string => (host.useCaseSensitiveFileNames === false ? name.toLowerCase() : name);
  const attempts = (configured === bundler ? [bundler] : [configured, bundler]).map((o) => ({
    o,
    cache: ts.createModuleResolutionCache(root, canonical, o),
  }));
  return (specifier, fromFile) => {
    for (const { o, cache } of attempts) {
      const mode =
        o === bundler ? ts.ModuleKind.ESNext : ts.getImpliedNodeFormatForFile(fromFile, cache.getPackageJsonInfoCache(), host, o);
      const found = ts.resolveModuleName(specifier, fromFile, o, host, cache, undefined, mode).resolvedModule;
      if (found !== undefined) return found;
    }
    return undefined;
  };
}
