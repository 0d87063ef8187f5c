/** Every name that an entry mentions must be declared. */
import { fieldIndex, isPattern, type FieldIndex } from "../field-pattern.js";
import type { Merged } from "../merge.js";
import { nearest } from "../nearest.js";
import type { Resolved } from "../resolve/draft.js";
import type { Reference } from "../resolve/entry.js";

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

export function checkReferences(merged: Merged, entries: readonly Resolved<unknown>[]): void {
  const fields = fieldIndex(merged.names.fields);
  let suggestions = 0;
  for (const { entry } of entries) {
    for (const { to, name, place } of entry.references) {
      const { section, what } = SECTIONS[to];
      const names = merged.names[section];
      if (isDeclared(to, name, names, fields)) continue;
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

function isDeclared(to: Reference["to"], name: string, names: ReadonlySet<string>, fields: FieldIndex): boolean {
  return to === "fields" ? fields.match(name).length > 0 : names.has(name);
}
