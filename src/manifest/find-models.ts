/** `models`: where the files are that describe libraries, relative to the manifest or pack that names them. */
import path from "node:path";
import type { ReadFile } from "./extends.js";
import type { FileContext } from "./resolve/entry.js";
import { positionOf, type Path } from "./yaml/tree.js";

/** Beside a manifest that names none. */
export const MODELS_NAME = "purpose.models.yaml";

export interface ModelFile {
  /** Absolute, forward slashes. */
  readonly file: string;
  readonly text: string;
}

/** The files, with what is wrong reported at the key. `named` is undefined when there is no key; then only the manifest itself has a file beside it. */
export function findModels(
  { folder, tree, report }: FileContext,
  named: readonly (readonly [name: string, where: Path])[] | undefined,
  isManifest: boolean,
  readFile: ReadFile,
): readonly ModelFile[] {
  if (named === undefined) {
    const file = path.posix.join(folder, MODELS_NAME);
    const text = isManifest ? readFile(file) : undefined;
    return text === undefined ? [] : [{ file, text }];
  }
  return named.flatMap(([name, where]) => {
    const file = path.posix.resolve(folder, name);
    const text = readFile(file);
    if (text !== undefined) return [{ file, text }];
    report(
      "unreadable",
      positionOf(tree, where),
      `there is no library model at \`${name}\``,
      "correct the path; it is relative to the file that names it",
    );
    return [];
  });
}
