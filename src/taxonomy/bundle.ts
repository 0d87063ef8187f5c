/** The text of `bundled.ts`. */
import { parse } from "yaml";
import { z } from "zod";

const term = z.union([
  z.string(),
  z.strictObject({
    label: z.string(),
    fides: z.array(z.string()).min(1).optional(),
    special: z.literal(true).optional(),
    "replaced-by": z.string().optional(),
  }),
]);

/** A file of `taxonomies/`. Its source and licence are for people, and stay in the file. */
const taxonomyFile = z.strictObject({
  prefix: z.string().regex(/^[a-z]+$/),
  name: z.string(),
  version: z.string(),
  source: z.string(),
  licence: z.string(),
  iri: z.url().optional(),
  purposes: z.record(z.string(), term),
  categories: z.record(z.string(), term),
});

/** `files`: the texts of `taxonomies/`, in order. Throws for one that is no taxonomy. */
export function bundledTaxonomiesModule(files: readonly string[]): string {
  return `/** Generated from \`taxonomies/\` by \`generate-schema.ts\`. */
import type { Taxonomy } from "./taxonomy.js";

export const TAXONOMIES: readonly Taxonomy[] = [
${files.map((text) => taxonomyText(taxonomyFile.parse(parse(text)))).join("")}];
`;
}

function taxonomyText({ prefix, name, version, iri, purposes, categories }: z.infer<typeof taxonomyFile>): string {
  const head = Object.entries({ prefix, name, version, iri }).flatMap(([key, value]) =>
    value === undefined ? [] : [`    ${key}: ${JSON.stringify(value)},\n`],
  );
  return `  {\n${head.join("")}    purposes: ${termsText(purposes)},\n    categories: ${termsText(categories)},\n  },\n`;
}

function termsText(terms: Readonly<Record<string, z.infer<typeof term>>>): string {
  const lines = Object.entries(terms).map(([key, value]) => {
    const { "replaced-by": replacedBy, ...rest } = typeof value === "string" ? { label: value } : value;
    return `      ${JSON.stringify(key)}: ${JSON.stringify({ ...rest, replacedBy })},\n`;
  });
  return lines.length === 0 ? "{}" : `{\n${lines.join("")}    }`;
}
