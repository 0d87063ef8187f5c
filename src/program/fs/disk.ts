/** The disk, each folder listed once: module resolution asks for the same few folders a hundred thousand times. */
import { readdirSync, readFileSync, realpathSync, statSync, type Stats } from "node:fs";
import { NOTHING, type FileSystem, type Listing } from "./file-system.js";
import { basename, byText, dirname, slashes } from "./paths.js";

interface Folder {
  readonly listing: Listing;
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
  /** The folder is there but may not be listed (a parent of the project, often): ask for each entry. */
  readonly opaque: boolean;
}

const MISSING: Folder = { listing: NOTHING, files: new Set(), folders: new Set(), opaque: false };

/** Caches listings, texts and real paths for as long as the returned object lives; changes on disk after that are not seen. */
export function diskFileSystem(caseSensitive: boolean): FileSystem {
  const folders = new Map<string, Folder>();
  const texts = new Map<string, string | undefined>();
  const reals = new Map<string, string>();

  const open = (folder: string): Folder => {
    let found = folders.get(folder);
    if (found === undefined) folders.set(folder, (found = readFolder(folder)));
    return found;
  };
  const real = (file: string): string => {
    let found = reals.get(file);
    if (found === undefined) {
      try {
        found = slashes(realpathSync.native(file));
      } catch {
        found = file;
      }
      reals.set(file, found);
    }
    return found;
  };
  return {
    caseSensitive,
    read: (file) => {
      if (texts.has(file)) return texts.get(file);
      let text: string | undefined;
      try {
        text = readFileSync(file, "utf8");
        if (text.charCodeAt(0) === 0xfeff) text = text.slice(1);
      } catch {
        text = undefined;
      }
      texts.set(file, text);
      return text;
    },
    size: (file) => stat(file)?.size,
    isFile: (file) => {
      const folder = open(dirname(file));
      return folder.opaque ? stat(file)?.isFile() === true : folder.files.has(basename(file));
    },
    isFolder: (folder) => {
      const parent = dirname(folder);
      if (parent === folder) return true;
      const above = open(parent);
      return above.opaque ? stat(folder)?.isDirectory() === true : above.folders.has(basename(folder));
    },
    list: (folder) => open(folder).listing,
    real,
  };
}

function readFolder(folder: string): Folder {
  const files: string[] = [];
  const inner: string[] = [];
  const links = new Set<string>();
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isFile()) files.push(entry.name);
      else if (entry.isDirectory()) inner.push(entry.name);
      else if (entry.isSymbolicLink()) {
        const target = stat(`${folder}/${entry.name}`);
        if (target?.isFile() === true) files.push(entry.name);
        else if (target?.isDirectory() === true) {
          inner.push(entry.name);
          links.add(entry.name);
        }
      }
    }
  } catch (error) {
    const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
    return code === "EACCES" || code === "EPERM" ? { ...MISSING, opaque: true } : MISSING;
  }
  files.sort(byText);
  inner.sort(byText);
  return { listing: { files, folders: inner, links }, files: new Set(files), folders: new Set(inner), opaque: false };
}

function stat(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
