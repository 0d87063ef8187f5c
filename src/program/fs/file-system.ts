/** The one door to files: the disk with its listings cached, or texts in memory. Paths are absolute with forward slashes. */
import { byText, dirname, isWithin } from "./paths.js";

export interface Listing {
  /** Sorted names. Symlinks count as what they lead to. */
  readonly files: readonly string[];
  readonly folders: readonly string[];
  /** Names among `folders` that are symlinks. */
  readonly links: ReadonlySet<string>;
}

export interface FileSystem {
  readonly caseSensitive: boolean;
  /** The text; undefined when there is no such file or it can't be read. */
  readonly read: (file: string) => string | undefined;
  /** Bytes; undefined when there is no such file. */
  readonly size: (file: string) => number | undefined;
  readonly isFile: (file: string) => boolean;
  readonly isFolder: (folder: string) => boolean;
  readonly list: (folder: string) => Listing;
  /** Through symlinks; the path itself when there is no such file. */
  readonly real: (file: string) => string;
}

export const NOTHING: Listing = { files: [], folders: [], links: new Set() };

/** Files in memory (path to text). */
export function memoryFileSystem(files: ReadonlyMap<string, string>): FileSystem {
  const folders = new Map<string, { files: Set<string>; folders: Set<string> }>();
  const enter = (folder: string): { files: Set<string>; folders: Set<string> } => {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const made = { files: new Set<string>(), folders: new Set<string>() };
    folders.set(folder, made);
    const parent = dirname(folder);
    if (parent !== folder) enter(parent).folders.add(folder.slice(folder.lastIndexOf("/") + 1));
    return made;
  };
  for (const file of files.keys()) enter(dirname(file)).files.add(file.slice(file.lastIndexOf("/") + 1));
  return {
    caseSensitive: true,
    read: (file) => files.get(file),
    size: (file) => files.get(file)?.length,
    isFile: (file) => files.has(file),
    isFolder: (folder) => folders.has(folder),
    list: (folder) => {
      const found = folders.get(folder);
      return found === undefined
        ? NOTHING
        : { files: [...found.files].sort(byText), folders: [...found.folders].sort(byText), links: new Set() };
    },
    real: (file) => file,
  };
}

/** `upper` where it has the path, else `lower`; a listing is of both. */
export function overlay(upper: FileSystem, lower: FileSystem): FileSystem {
  return {
    caseSensitive: lower.caseSensitive,
    read: (file) => upper.read(file) ?? lower.read(file),
    size: (file) => upper.size(file) ?? lower.size(file),
    isFile: (file) => upper.isFile(file) || lower.isFile(file),
    isFolder: (folder) => upper.isFolder(folder) || lower.isFolder(folder),
    list: (folder) => {
      const [a, b] = [upper.list(folder), lower.list(folder)];
      return {
        files: [...new Set([...a.files, ...b.files])].sort(byText),
        folders: [...new Set([...a.folders, ...b.folders])].sort(byText),
        links: b.links,
      };
    },
    real: (file) => (upper.isFile(file) || upper.isFolder(file) ? upper.real(file) : lower.real(file)),
  };
}

/** Shows the folder `target` of `fs` as the folder `at`, and nothing else. */
export function mounted(fs: FileSystem, at: string, target: string): FileSystem {
  const there = (file: string): string | undefined => (isWithin(at, file) ? target + file.slice(at.length) : undefined);
  const ask = <T>(file: string, question: (real: string) => T, otherwise: T): T => {
    const real = there(file);
    return real === undefined ? otherwise : question(real);
  };
  return {
    caseSensitive: fs.caseSensitive,
    read: (file) => ask(file, fs.read, undefined),
    size: (file) => ask(file, fs.size, undefined),
    isFile: (file) => ask(file, fs.isFile, false),
    isFolder: (folder) => ask(folder, fs.isFolder, false),
    list: (folder) => ask(folder, fs.list, NOTHING),
    real: (file) => {
      const real = there(file);
      if (real === undefined) return file;
      const resolved = fs.real(real);
      return isWithin(target, resolved) ? at + resolved.slice(target.length) : file;
    },
  };
}
