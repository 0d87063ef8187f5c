/**
 * What a manifest can hardly mean, though it is written as it should be: a purpose without a lawful basis, consent of people who were never
 * asked. Warnings, no errors: the law may be met by what the manifest does not tell, and the rest of
 * it can be checked all the same.
 */
import type { Manifest, ManifestPlace, ManifestProblem, ProblemCode } from "./model.js";
import { purposeHierarchy } from "./purposes.js";

/** Entries of packs are not told: nobody here has written them. */
export function doubts(manifest: Manifest): ManifestProblem[] {
  const own = <Entry extends { readonly place: ManifestPlace }>(entries: readonly Entry[]): Entry[] =>
    entries.filter(({ place }) => place.file === manifest.file);
  const hierarchy = purposeHierarchy(manifest.purposes);
  const optOuts = new Set(manifest.consents.flatMap(({ id, mode }) => (mode === "opt-out" ? [id] : [])));
  return own(manifest.purposes).flatMap(({ id, parent, basis, consent, place }): ManifestProblem[] => {
    const rests = hierarchy.inherited(id, "basis");
    // What a child has from its parent is told there.
    if (rests === undefined && parent === undefined)
      return [
        doubt(
          place,
          "basis",
          `\`${id}\` has no lawful basis, its own or a parent's (Art. 6(1))`,
          "add its `basis`, as the record of processing has it",
        ),
      ];
    const gate = hierarchy.inherited(id, "consent");
    if (rests !== "consent" || gate === undefined || !optOuts.has(gate) || (basis ?? consent) === undefined) return [];
    return [
      doubt(
        place,
        "basis",
        `\`${id}\` rests on consent, and \`${gate}\` is an opt-out: who was never asked has agreed to nothing (Art. 4(11), recital 32)`,
        "ask beforehand (`mode: opt-in`), or name the basis that holds without asking",
      ),
    ];
  });
}

const doubt = ({ file, line, column }: ManifestPlace, code: ProblemCode, message: string, fix: string): ManifestProblem => ({
  file,
  line,
  column,
  code,
  severity: "warning",
  message,
  fix,
});
