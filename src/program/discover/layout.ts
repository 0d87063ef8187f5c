/** What a folder holds: its packages, its tsconfigs, and which of them governs a file. */
import picomatch from "picomatch";
import type ts from "typescript";
import { fileProblem, type Ts } from "../problems.js";
import type { FileSystem } from "../fs/file-system.js";
import { basename, byText, dirname, isAbsolute, isWithin, join, relative, slashes, upward } from "../fs/paths.js";
import type { InputProblem } from "../project.js";
import { configReader, defaultOptions, type Config } from "./configs.js";
import { readJson } from "./json.js";
import { lazyPackages, linked, ownPackage, ownPackages, type OwnPackage, type OwnPackages } from "./packages.js";
import { walk, type Tree } from "./tree.js";
import { isMember, workspacePatterns } from "./workspaces.js";

export interface Layout {
  readonly root: string;
  readonly tree: Tree;
  readonly packages: OwnPackages;
  /** Sorted by path. */
  readonly configs: readonly Config[];
  /** Folders of packages that no tsconfig of their own describes: all their sources count. */
  readonly bare: readonly string[];
  /** Options for files that no tsconfig covers: those of a tsconfig above the root, else defaults. */
  readonly fallback: ts.CompilerOptions;
}

/** `tsconfigs` undefined means: find them. */
export function readLayout(
  root: string,
  tsconfigs: readonly string[] | undefined,
  fs: FileSystem,
  ts: Ts,
  problems: InputProblem[],
): Layout {
  const tree = walk(root, fs);
  const packages = ownPackages(findPackages(root, tree, fs, ts, problems));
  const read = configReader(linked(fs, packages), ts, problems);
  const configs = new Set<Config>();
  const take = (file: string): void => read(file).forEach((config) => configs.add(config));
  const bare: string[] = [];

  if (tsconfigs !== undefined) {
    for (const given of tsconfigs) {
      const file = slashes(isAbsolute(slashes(given)) ? given : join(root, slashes(given)));
      if (fs.isFile(file)) take(file);
      else if (fs.isFile(join(file, "tsconfig.json"))) take(join(file, "tsconfig.json"));
      else problems.push(fileProblem(file, "error", "this tsconfig does not exist", "correct the path"));
    }
  } else {
    const members = new Set(packages.all.filter((p) => p.member).map((p) => p.folder));
    const folders = [...new Set([root, ...packages.all.map((p) => p.folder), ...tree.configs])].sort(byText);
    for (const folder of folders) {
      if (folder !== root && !members.has(folder) && isExcluded(folder, configs)) continue;
      const file = ["tsconfig.json", "jsconfig.json"].map((name) => join(folder, name)).find(fs.isFile);
      if (file !== undefined) take(file);
      else bare.push(folder);
    }
  }

  const above = configs.size === 0 && tsconfigs === undefined ? configAbove(root, fs) : undefined;
  const inherited = above === undefined ? undefined : read(above)[0];
  if (configs.size === 0 && inherited === undefined && tsconfigs === undefined)
    problems.push(
      fileProblem(root, "warning", "there is no tsconfig.json: all source files are taken, with default options", "add a tsconfig.json"),
    );
  // A root with a tsconfig of its own describes itself; only a root without one is taken as it lies.
  return {
    root,
    tree,
    packages,
    configs: [...configs].sort((a, b) => byText(a.path, b.path)),
    bare,
    fallback: inherited?.options ?? defaultOptions(ts),
  };
}

/** A ready program's layout: its options govern all of its files; packages are looked for when an import asks for one. */
export function programLayout(root: string, configs: readonly Config[], fs: FileSystem, ts: Ts): Layout {
  const packages = lazyPackages(() => ownPackages(findPackages(root, walk(root, fs), fs, ts, [])));
  return {
    root,
    tree: { sources: [], manifests: [], configs: [] },
    packages,
    configs,
    bare: [],
    fallback: configs[0]?.options ?? defaultOptions(ts),
  };
}

/** Packages with a name, a dependency, or a place in the workspace; `{"type": "module"}` alone only sets a format for its folder. */
function findPackages(root: string, tree: Tree, fs: FileSystem, ts: Ts, problems: InputProblem[]): readonly OwnPackage[] {
  const member = isMember(workspacePatterns(root, fs, ts, problems));
  return tree.manifests.flatMap((folder) => {
    const manifest = readJson(join(folder, "package.json"), fs, ts, problems);
    if (manifest === undefined) return [];
    const isListed = member(relative(root, folder));
    const counts =
      isListed || manifest["name"] !== undefined || manifest["dependencies"] !== undefined || manifest["devDependencies"] !== undefined;
    return counts ? [ownPackage(folder, manifest, isListed)] : [];
  });
}

/** Does a tsconfig above the folder exclude it? Fixtures and templates have tsconfigs that are not the project's. */
function isExcluded(folder: string, configs: ReadonlySet<Config>): boolean {
  for (const config of configs) {
    if (!isWithin(config.folder, folder)) continue;
    for (const pattern of config.excludes) {
      const matches = picomatch(pattern.replace(/\/\*\*?(?:\/\*)?$/, ""), { dot: true });
      for (const above of upward(folder)) {
        if (above === config.folder || !isWithin(config.folder, above)) break;
        if (matches(above)) return true;
      }
    }
  }
  return false;
}

function configAbove(root: string, fs: FileSystem): string | undefined {
  for (const folder of upward(dirname(root))) {
    if (basename(folder) === "node_modules") return undefined;
    const file = join(folder, "tsconfig.json");
    if (fs.isFile(file)) return file;
    // A package ends here: what lies above it describes something else.
    if (fs.isFile(join(folder, "package.json"))) return undefined;
  }
  return undefined;
}
