import { existsSync, lstatSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Writes the whole file or nothing: a temporary file in the same folder is renamed over the target, so that a reader never sees half
 * of it. What is not a plain file (`/dev/stdout`, a pipe) is written to as it is. Folders that lack are made.
 *
 * @throws the file system's error; of a folder, before anything is written: the error of renaming over it would name the temporary file.
 */
export function writeFileAtomically(file: string, text: string): void {
  const target = statSync(file, { throwIfNoEntry: false });
  if (target !== undefined && !target.isFile() && !target.isDirectory()) {
    writeFileSync(file, text);
    return;
  }
  if (target?.isDirectory()) throw new Error("it is a folder");
  makeFolder(path.dirname(file));
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.tmp`);
  try {
    writeFileSync(temporary, text, { flag: "wx" });
    renameSync(temporary, file);
  } catch (error) {
    if (lstatSync(temporary, { throwIfNoEntry: false }) !== undefined) rmSync(temporary, { force: true });
    throw error;
  }
}

/** Not `mkdirSync` with `recursive`: where the system refuses a folder with ENOENT (`/proc`), Node tries for ever. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  mkdirSync(folder);
}
