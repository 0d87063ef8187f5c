/**
 * taxonomy: what purposes and categories of data are called elsewhere.
 *
 * Takes a name, `user.contact.email`, `fides:user.contact.email`, `https://w3id.org/dpv#Marketing`, `tcf:3`; gives the term, or says what is
 * wrong with the name and what was probably meant. Pure: the taxonomies are data of this package.
 */
import { nearest } from "../manifest/nearest.js";
import { failed, parsed, type Parsed } from "../manifest/parsed.js";
import { TAXONOMIES } from "./bundled.js";
import type { Taxonomy, Term, TermKind } from "./taxonomy.js";

export interface Named {
  /** The one way to write it: `fides:user.contact.email`, `dpv:Marketing`, `tcf:3`. */
  readonly name: string;
  readonly taxonomy: Taxonomy;
  readonly key: string;
  readonly term: Term;
}

const KINDS = { purposes: "purpose", categories: "category" } as const;

/** A key without a prefix is of this one. */
const FIDES = TAXONOMIES.find(({ prefix }) => prefix === "fides")!;

/** Finds a term by any of its names. */
export function namedTerm(text: string, kind: TermKind): Parsed<Named> {
  const written = taxonomyOf(text);
  if (written === undefined) {
    const prefix = text.slice(0, text.indexOf(":"));
    const near = nearest(prefix, TAXONOMIES.map((one) => one.prefix)); // prettier-ignore
    return failed(
      `\`${text}\` is of no taxonomy that is known here`,
      near === undefined
        ? `write a key of fideslang, or a name that begins with ${TAXONOMIES.map((one) => `\`${one.prefix}:\``).join(", ")}`
        : `did you mean \`${near}${text.slice(prefix.length)}\`?`,
    );
  }
  const { taxonomy, key } = written;
  const term = termAt(taxonomy, kind, key);
  if (term !== undefined) return parsed({ name: `${taxonomy.prefix}:${key}`, taxonomy, key, term });
  const other = kind === "purposes" ? "categories" : "purposes";
  if (termAt(taxonomy, other, key) !== undefined)
    return failed(`\`${text}\` is a ${KINDS[other]} of ${taxonomy.name}, and no ${KINDS[kind]}`, `name a ${KINDS[kind]}`);
  return failed(`${taxonomy.name} ${taxonomy.version} has no ${KINDS[kind]} \`${key}\``, suggested(taxonomy, kind, key));
}

/** The name of a text that is certainly one of a taxonomy's: with a prefix, or an IRI. */
export function isTaxonomyName(text: string): boolean {
  return text.includes(":");
}

/** The keys of fideslang that names of terms stand for, each once; none for a term that has no counterpart. */
export function fidesKeys(names: readonly string[], kind: TermKind): readonly string[] {
  return [
    ...new Set(
      names.flatMap((name) => {
        const found = namedTerm(name, kind);
        if (!found.ok) return [];
        return found.value.taxonomy === FIDES ? [found.value.key] : (found.value.term.fides ?? []);
      }),
    ),
  ];
}

/** Is a category, by one of its names, what Art. 9(1) GDPR names? */
export function isSpecialName(name: string): boolean {
  const found = namedTerm(name, "categories");
  return found.ok && found.value.term.special === true;
}

/** Does fideslang have this key? */
export const isFidesKey = (key: string, kind: TermKind): boolean => termAt(FIDES, kind, key) !== undefined;

function taxonomyOf(text: string): { readonly taxonomy: Taxonomy; readonly key: string } | undefined {
  for (const taxonomy of TAXONOMIES)
    for (const start of [`${taxonomy.prefix}:`, ...(taxonomy.iri === undefined ? [] : [taxonomy.iri])])
      if (text.startsWith(start)) return { taxonomy, key: text.slice(start.length) };
  return isTaxonomyName(text) ? undefined : { taxonomy: FIDES, key: text };
}

const termAt = (taxonomy: Taxonomy, kind: TermKind, key: string): Term | undefined =>
  Object.hasOwn(taxonomy[kind], key) ? taxonomy[kind][key] : undefined;

const lastOf = (key: string): string => key.slice(key.lastIndexOf(".") + 1);

/** The key that is nearly the same, ends the same way, or, of keys with parts, stands above. */
function suggested(taxonomy: Taxonomy, kind: TermKind, key: string): string {
  const keys = Object.keys(taxonomy[kind]);
  const written = (found: string): string => `\`${taxonomy === FIDES ? found : `${taxonomy.prefix}:${found}`}\``;
  // Of `user.emial` the end is meant, whatever is as near as a whole.
  const end = nearest(lastOf(key), keys.map(lastOf));
  const whole = nearest(key, keys);
  const isMeant = whole !== undefined && (end === undefined || nearest(lastOf(key), [lastOf(whole)]) !== undefined);
  const near = isMeant ? whole : keys.find((one) => one.endsWith(`.${key}`) || (key.includes(".") && one.endsWith(`.${end ?? key}`)));
  if (near !== undefined) return `did you mean ${written(near)}?`;
  const above = keys.filter((one) => key.startsWith(`${one}.`)).sort((a, b) => b.length - a.length)[0];
  if (above !== undefined) return `write the nearest that it has: ${written(above)}`;
  return keys.length > 0 && keys.length <= 20
    ? `write one of ${keys.map(written).join(", ")}`
    : `see ${taxonomy.name}'s own list, or leave it out`;
}
