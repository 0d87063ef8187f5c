/** Keys that name terms of taxonomies: `same-as` of purposes, `category` of fields. */
import { namedTerm } from "../../taxonomy/names.js";
import type { TermKind } from "../../taxonomy/taxonomy.js";
import { noDuplicates, type Entry } from "./entry.js";

/** The names at a key, each as its taxonomy writes it. A name that no taxonomy has is an error, one that it has given up a warning. */
export function termsAt(
  entry: Entry<unknown>,
  key: string,
  kind: TermKind,
  input: string | readonly string[] | undefined,
): readonly string[] | undefined {
  if (input === undefined) return undefined;
  const isList = typeof input !== "string";
  const written = isList ? input : [input];
  const names = written.flatMap((text, index) => {
    const at = isList ? entry.at(key, index) : entry.at(key);
    const found = namedTerm(text, kind);
    if (!found.ok) {
      entry.fail("value", at, found.message, found.fix);
      return [];
    }
    const { name, taxonomy, term } = found.value;
    if (term.replacedBy !== undefined)
      entry.fail("value", at, `${taxonomy.name} ${taxonomy.version} has given up \`${text}\``, `write \`${term.replacedBy}\``, "warning");
    return [name];
  });
  if (isList) noDuplicates(entry, key, names);
  return names;
}
