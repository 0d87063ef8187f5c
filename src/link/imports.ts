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

/** The files whose types may lead to one of these: they import it, or what does, be it for types only; these themselves included. */
export function leadingTo(modules: Modules, targets: readonly LinkedFile[]): ReadonlySet<LinkedFile> {
  const importers = new Map<LinkedFile, LinkedFile[]>();
  for (const file of modules.files)
    for (const specifier of specifiersOf(file.facts)) {
      const target = modules.resolve(file, specifier);
      if (target.k !== "file") continue;
      const known = importers.get(target.file);
      if (known === undefined) importers.set(target.file, [file]);
      else known.push(file);
    }
  const out = new Set(targets);
  for (const file of out) for (const importer of importers.get(file) ?? []) out.add(importer);
  return out;
}
