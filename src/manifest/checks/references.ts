/** Every name that an entry mentions must be declared. */
import { fieldIndex, isPattern, type FieldIndex } from "../field-pattern.js";
import type { Merged } from "../merge.js";
import type { ManifestPlace } from "../model.js";
import { nearest } from "../nearest.js";
import { unknownPurpose, type PurposeNames } from "../purpose-names.js";
import type { Resolved } from "../resolve/draft.js";
import type { Entry, Reference } from "../resolve/entry.js";

/** Comparing every unknown name with every known one is for people, who do not read a thousand suggestions. */
const MAX_SUGGESTIONS = 50;

const SECTIONS = {
  purpose: { section: "purposes", what: "purpose" },
  field: { section: "fields", what: "field" },
  fields: { section: "fields", what: "field" },
  consent: { section: "consent", what: "consent" },
  budget: { section: "budgets", what: "budget" },
  store: { section: "stores", what: "store" },
} as const;

export function checkReferences(merged: Merged, entries: readonly Resolved<unknown>[], called: PurposeNames): void {
  const fields = fieldIndex(merged.names.fields);
  let suggestions = 0;
  for (const { entry } of entries) {
    for (const { to, name, place } of entry.references) {
      const { section, what } = SECTIONS[to];
      const names = merged.names[section];
      if (isDeclared(to, name, names, fields)) continue;
      if (to === "purpose" && isCalledSo(entry, name, place, called(name))) continue;
      if (to === "fields" && isPattern(name)) {
        entry.fail(
          "pattern",
          place,
          `\`${name}\` matches no declared field`,
          `declare the fields below \`${name.slice(0, -2)}\` under \`fields\``,
        );
        continue;
      }
      if (to === "field" && isPattern(name)) {
        entry.fail("pattern", place, `\`${name}\` is a pattern, and here only single fields are meant`, "name the fields one by one");
        continue;
      }
      const near = suggestions++ < MAX_SUGGESTIONS ? nearest(name, names) : undefined;
      const fix = near === undefined ? `declare it under \`${section}\`` : `did you mean \`${near}\`?`;
      entry.fail("reference", place, `unknown ${what} \`${name}\``, fix);
    }
  }
}

/** Is it what a taxonomy calls a declared purpose? True as well where that is told to be wrong. */
function isCalledSo(entry: Entry<unknown>, name: string, place: ManifestPlace, purposes: readonly string[]): boolean {
  if (purposes.length === 1) return true;
  if (purposes.length > 1) {
    const all = purposes.map((id) => `\`${id}\``).join(" and ");
    entry.fail("reference", place, `\`${name}\` is ${all}`, "write which of them is meant");
    return true;
  }
  const wrong = unknownPurpose(name);
  if (wrong !== undefined) entry.fail("reference", place, wrong.message, wrong.fix);
  return wrong !== undefined;
}

function isDeclared(to: Reference["to"], name: string, names: ReadonlySet<string>, fields: FieldIndex): boolean {
  return to === "fields" ? fields.match(name).length > 0 : names.has(name);
}
