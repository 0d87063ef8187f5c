/** The project's own packages: every package.json with a name under the root, workspace members first. */
import { byText, dirname, join } from "../fs/paths.js";
import type { FileSystem } from "../fs/file-system.js";
import { textOf, type Json } from "./json.js";

export interface OwnPackage {
  readonly folder: string;
  readonly name?: string;
  readonly manifest: Json;
  /** Listed by a workspace file; others only happen to lie in the tree. */
  readonly member: boolean;
}

export interface OwnPackages {
  /** Sorted by folder. */
  readonly all: readonly OwnPackage[];
  /** The member of that name, else the shallowest package of that name. */
  named(name: string): OwnPackage | undefined;
  /** The nearest package at or above the path. */
  around(file: string): OwnPackage | undefined;
}

export function ownPackages(list: readonly OwnPackage[]): OwnPackages {
  const all = [...list].sort((a, b) => byText(a.folder, b.folder));
  const names = new Map<string, OwnPackage>();
  const rank = (p: OwnPackage): number => (p.member ? 0 : 1000) + p.folder.split("/").length;
  for (const p of [...all].sort((a, b) => rank(a) - rank(b) || byText(a.folder, b.folder)))
    if (p.name !== undefined && !names.has(p.name)) names.set(p.name, p);
  const folders = new Map(all.map((p) => [p.folder, p]));
  const nearest = new Map<string, OwnPackage | undefined>();
  const around = (folder: string): OwnPackage | undefined => {
    if (nearest.has(folder)) return nearest.get(folder);
    const parent = dirname(folder);
    const found = folders.get(folder) ?? (parent === folder ? undefined : around(parent));
    nearest.set(folder, found);
    return found;
  };
  return { all, named: (name) => names.get(name), around: (file) => around(file) };
}

/** The same, found at the first question. */
export function lazyPackages(find: () => OwnPackages): OwnPackages {
  let found: OwnPackages | undefined;
  const packages = (): OwnPackages => (found ??= find());
  return {
    get all() {
      return packages().all;
    },
    named: (name) => packages().named(name),
    around: (file) => packages().around(file),
  };
}

export function ownPackage(folder: string, manifest: Json, member: boolean): OwnPackage {
  const name = textOf(manifest["name"]);
  return { folder, ...(name === undefined || name === "" ? {} : { name }), manifest, member };
}

/**
 * `fs`, in which `node_modules/<own package>` leads to that package even when nothing is installed: a tsconfig's `extends` may
 * name a workspace.
 */
export function linked(fs: FileSystem, packages: OwnPackages): FileSystem {
  const there = (file: string): string => {
    const at = file.lastIndexOf("/node_modules/");
    if (at < 0 || fs.isFile(file)) return file;
    const [name, rest] = splitSpecifier(file.slice(at + "/node_modules/".length));
    const own = packages.named(name);
    return own === undefined ? file : join(own.folder, rest);
  };
  const scopes = new Set(packages.all.flatMap((p) => (p.name?.startsWith("@") === true ? [p.name.slice(0, p.name.indexOf("/"))] : [])));
  const folder = (path: string): boolean => {
    if (fs.isFolder(path)) return true;
    if (path.endsWith("/node_modules")) return packages.all.length > 0;
    const moved = there(path);
    return moved === path ? scopes.has(path.slice(path.lastIndexOf("/") + 1)) : fs.isFolder(moved);
  };
  return {
    ...fs,
    read: (file) => fs.read(there(file)),
    isFile: (file) => fs.isFile(there(file)),
    isFolder: folder,
    real: (file) => fs.real(there(file)),
  };
}

/** `@acme/ui/button` → [`@acme/ui`, `button`]; `zod` → [`zod`, ``]. */
export function splitSpecifier(specifier: string): readonly [name: string, subpath: string] {
  const parts = specifier.split("/");
  const length = specifier.startsWith("@") ? 2 : 1;
  return [parts.slice(0, length).join("/"), parts.slice(length).join("/")];
}
