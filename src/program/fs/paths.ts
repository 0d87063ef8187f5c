/** Path arithmetic on absolute paths with forward slashes, on every operating system (`C:/x` included). */
import path from "node:path";

/** Forward slashes, no trailing slash. */
export function slashes(file: string): string {
  const forward = file.replaceAll("\\", "/");
  return forward.length > 1 && forward.endsWith("/") && !/^[a-zA-Z]:\/$/.test(forward) ? forward.slice(0, -1) : forward;
}

export function isAbsolute(file: string): boolean {
  return file.startsWith("/") || /^[a-zA-Z]:\//.test(file);
}

/** Joins and normalises `.` and `..`; an absolute part starts anew. */
export function join(base: string, ...parts: readonly string[]): string {
  let out = base;
  for (const part of parts) out = isAbsolute(part) ? part : `${out}/${part}`;
  return slashes(path.posix.normalize(out));
}

export const dirname = (file: string): string => path.posix.dirname(file);
export const basename = (file: string): string => path.posix.basename(file);

/** `to` seen from the folder `from`; climbs with `..` where it must. */
export const relative = (from: string, to: string): string => path.posix.relative(from, to);

/** Is `file` the folder itself or anything below it? */
export function isWithin(folder: string, file: string): boolean {
  if (folder === file || folder === "/") return true;
  return file.startsWith(folder) && file[folder.length] === "/";
}

/** The folder and each one above it, nearest first. */
export function* upward(folder: string): Generator<string> {
  for (let current = folder; ;) {
    yield current;
    const parent = dirname(current);
    if (parent === current || parent === ".") return;
    current = parent;
  }
}

/** Code-point order: the same on every machine, unlike `localeCompare`. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
