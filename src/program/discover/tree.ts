/** One walk below the root: source files and the folders that hold a package.json or a tsconfig. */
import type { FileSystem } from "../fs/file-system.js";
import { isSourceName } from "../fs/source-file-name.js";
import { join } from "../fs/paths.js";

export interface Tree {
  /** Absolute, sorted by folder, then name. */
  readonly sources: readonly string[];
  /** Folders with a package.json. */
  readonly manifests: readonly string[];
  /** Folders with a tsconfig.json or jsconfig.json. */
  readonly configs: readonly string[];
}

/** Never entered: dependencies. Dot folders are not entered either. */
const DEPENDENCIES = new Set(["node_modules", "bower_components", "jspm_packages"]);

/** Is one of the path's folders, below the root, one that holds no code of the project's own? */
export function isForeign(relativePath: string): boolean {
  const folders = relativePath.split("/");
  folders.pop();
  return folders.some((name) => DEPENDENCIES.has(name) || (name.startsWith(".") && name !== "." && name !== ".."));
}

/** Files below the root whose name ends so, in the folders that {@link walk} enters; absolute, in its order. */
export function filesEnding(root: string, ending: string, fs: FileSystem): readonly string[] {
  const found: string[] = [];
  each(root, fs, (folder, files) => {
    for (const name of files) if (name.endsWith(ending)) found.push(join(folder, name));
  });
  return found;
}

export function walk(root: string, fs: FileSystem): Tree {
  const sources: string[] = [];
  const manifests: string[] = [];
  const configs: string[] = [];
  each(root, fs, (folder, files) => {
    for (const name of files) {
      if (isSourceName(name)) sources.push(join(folder, name));
      else if (name === "package.json") manifests.push(folder);
      else if ((name === "tsconfig.json" || name === "jsconfig.json") && configs.at(-1) !== folder) configs.push(folder);
    }
  });
  return { sources, manifests, configs };
}

/** Symlinked folders are not entered: what they lead to, inside the root, is found there; outside it is not the project's. */
function each(folder: string, fs: FileSystem, visit: (folder: string, files: readonly string[]) => void): void {
  const { files, folders, links } = fs.list(folder);
  visit(folder, files);
  for (const name of folders) if (!name.startsWith(".") && !DEPENDENCIES.has(name) && !links.has(name)) each(join(folder, name), fs, visit);
}
