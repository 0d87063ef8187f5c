/** The files that tsconfigs and bare packages name, before imports are followed. */
import { dirname, isWithin, relative } from "../fs/paths.js";
import { isScriptName } from "../fs/source-file-name.js";
import type { Layout } from "./layout.js";

/**
 * Folders at the top of a package that tools write into by default, though no tsconfig says so: JavaScript there counts only where
 * `allowJs` asks for it, or where a package has nothing else.
 */
const USUAL_OUTPUTS = new Set(["dist", "build", "out", "coverage"]);

/** Absolute, each once, in a stable order; not yet judged by admission. */
export function entryFiles(layout: Layout, canonical: (file: string) => string): readonly string[] {
  const files = new Set<string>();
  for (const config of layout.configs) {
    const isTold = config.options.allowJs ?? config.options.checkJs ?? false;
    for (const file of config.files) {
      if (!isTold && isScriptName(file) && USUAL_OUTPUTS.has(topFolder(config.folder, file))) continue;
      files.add(canonical(file));
    }
  }
  const bare = new Set(layout.bare);
  const described = new Set(layout.configs.map((config) => config.folder));
  const owner = (file: string): string | undefined => {
    for (let folder = dirname(file); isWithin(layout.root, folder); folder = dirname(folder)) {
      if (bare.has(folder)) return folder;
      if (described.has(folder)) return undefined;
      if (dirname(folder) === folder) break;
    }
    return undefined;
  };
  const own = new Map<string, string[]>();
  for (const file of layout.tree.sources) {
    const folder = owner(file);
    if (folder === undefined) continue;
    const list = own.get(folder);
    if (list === undefined) own.set(folder, [file]);
    else list.push(file);
  }
  for (const [folder, list] of own) {
    const written = list.filter((file) => !USUAL_OUTPUTS.has(topFolder(folder, file)));
    for (const file of written.length > 0 ? written : list) files.add(file);
  }
  return [...files];
}

/** Is the file in a folder, at the top or of a package, that tools write into by default? */
export const isUsualOutput = (root: string, file: string): boolean =>
  relative(root, file)
    .split("/")
    .slice(0, -1)
    .some((name) => USUAL_OUTPUTS.has(name));

const topFolder = (folder: string, file: string): string => relative(folder, file).split("/")[0] ?? "";
