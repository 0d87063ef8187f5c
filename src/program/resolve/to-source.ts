/**
 * From what a build wrote, or would write, back to the source: `dist/chat.d.ts`, `dist/chat.js` → `src/chat.ts`, whether or not the
 * build ever ran. By the declaration map, else by the tsconfig's output and root folders, else by the names that projects use.
 */
import { isJson, textOf, textsOf } from "../discover/json.js";
import type { Config } from "../discover/configs.js";
import type { OwnPackages } from "../discover/packages.js";
import type { FileSystem } from "../fs/file-system.js";
import { dirname, isWithin, join, relative } from "../fs/paths.js";
import { isDeclarationName, isSourceName, stem } from "../fs/source-file-name.js";
import type { Probe } from "./probe.js";

/** Folders that hold what was built, or would. Those of the second kind hold hand-written code as often: only `src` counts as their source. */
const OUTPUT_NAMES = new Set(["dist", "build", "out", "esm", "cjs"]);
const MAYBE_OUTPUT_NAMES = new Set(["lib", "es", "types", "typings", "output"]);
/** Below the output folder: one folder a module format, which the source does not have. */
const FORMAT_NAMES = new Set([
  "esm",
  "cjs",
  "es",
  "mjs",
  "umd",
  "commonjs",
  "module",
  "modern",
  "legacy",
  "types",
  "typings",
  "dts",
  "node",
  "browser",
  "lib",
]);

export interface ToSource {
  /** The source that `path` is built from; undefined when nothing says so. Never the path itself. */
  (path: string): string | undefined;
}

export function toSource(
  root: string,
  configs: readonly Config[],
  packages: OwnPackages,
  fs: FileSystem,
  probe: Probe,
  isOutput: (file: string) => boolean,
): ToSource {
  const known = new Map<string, string | undefined>();
  const roots = new Map<Config, readonly string[]>();
  const isSource = (file: string): boolean => isSourceName(file) && !isOutput(file) && fs.isFile(file);

  const byMap = (path: string): string | undefined => {
    const mapFile = `${path}.map`;
    if (!fs.isFile(mapFile)) return undefined;
    let map: unknown;
    try {
      map = JSON.parse(fs.read(mapFile) ?? "");
    } catch {
      return undefined;
    }
    if (!isJson(map)) return undefined;
    const base = join(dirname(path), textOf(map["sourceRoot"]) ?? "");
    return textsOf(map["sources"])
      .map((source) => join(base, source))
      .find(isSource);
  };

  const byConfig = (path: string): string | undefined => {
    for (const config of configs)
      for (const output of config.outputs) {
        if (!isWithin(output, path)) continue;
        const inner = stem(relative(output, path));
        let bases = roots.get(config);
        if (bases === undefined) roots.set(config, (bases = sourceRoots(config)));
        for (const base of bases) {
          const found = sourceAt(join(base, inner), path);
          if (found !== undefined) return found;
        }
      }
    return undefined;
  };

  const byName = (path: string): string | undefined => {
    const folder = packages.around(path)?.folder ?? root;
    const parts = stem(relative(folder, path)).split("/");
    const top = parts[0] ?? "";
    if (parts.length < 2 || !(OUTPUT_NAMES.has(top) || MAYBE_OUTPUT_NAMES.has(top))) return undefined;
    const heads = OUTPUT_NAMES.has(top) ? ["src", "source", "lib", "."] : ["src", "source"];
    const inner = parts.slice(1);
    const bare = FORMAT_NAMES.has(inner[0] ?? "") && inner.length > 1 ? inner.slice(1) : inner;
    for (const tail of [inner, bare])
      for (const head of heads) {
        const found = sourceAt(join(folder, head, ...tail), path);
        if (found !== undefined) return found;
      }
    return undefined;
  };

  const sourceAt = (place: string, output: string): string | undefined => {
    const wanted = /\.(?:d\.mts|mjs)$/.test(output) ? [".mts"] : /\.(?:d\.cts|cjs)$/.test(output) ? [".cts"] : [];
    // A bundle's name may bear its format: `index.esm.js`, `index.min.js`.
    for (const stemmed of [
      place,
      place.replace(/\.(?:esm|cjs|mjs|umd|es|min|modern|global|iife|node|browser|prod|production|development)$/, ""),
    ]) {
      const found = wanted.map((extension) => stemmed + extension).find(isSource) ?? probe.module(stemmed);
      if (found !== undefined && found !== output && isSource(found)) return found;
    }
    return undefined;
  };

  const beside = (path: string): string | undefined => {
    if (!isDeclarationName(path)) return undefined;
    const found = probe.file(stem(path));
    return found !== undefined && isSource(found) ? found : undefined;
  };

  return (path) => {
    if (known.has(path)) return known.get(path);
    const found = byMap(path) ?? byConfig(path) ?? beside(path) ?? byName(path);
    known.set(path, found);
    return found;
  };
}

/** Folders whose layout the output folder repeats, likeliest first. */
function sourceRoots(config: Config): readonly string[] {
  const common = commonFolder(config.files.filter(isSourceName).filter((file) => !config.outputs.some((out) => isWithin(out, file))));
  const declared = config.options.rootDir === undefined ? [] : [join(config.folder, config.options.rootDir)];
  return [...new Set([...declared, ...(common === undefined ? [] : [common]), config.folder, join(config.folder, "src")])];
}

function commonFolder(files: readonly string[]): string | undefined {
  let common: string | undefined;
  for (const file of files) {
    const folder = dirname(file);
    common ??= folder;
    while (!isWithin(common, folder)) common = dirname(common);
  }
  return common;
}
