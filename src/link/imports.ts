/** Who imports whom. */
import type { FileFacts } from "../facts/ir.js";
import type { LinkedFile, Modules } from "./modules.js";

/** Modules that a file names, each once: in imports and re-exports, for types only as well, in `import()` and `require`. */
export const specifiersOf = (facts: FileFacts): readonly string[] => specifiers(facts, () => true);

/** The program's files that are loaded because a file is: not what it imports types from. */
export function importedBy(modules: Modules, file: LinkedFile): readonly LinkedFile[] {
  return specifiers(file.facts, (i) => !i.typeOnly).flatMap((specifier) => {
    const target = modules.resolve(file, specifier);
    return target.k === "file" && target.file.declares !== true ? [target.file] : [];
  });
}

const specifiers = ({ imports, exports, requested }: FileFacts, counts: (i: { readonly typeOnly: boolean }) => boolean): string[] => [
  ...new Set([
    ...imports.filter(counts).map((i) => i.from),
    ...exports.flatMap((e) => ("from" in e && counts(e) ? [e.from] : [])),
    ...requested,
  ]),
];
