/** What was imported as the text of a manifest: purposes and fields, one a line. */
import { Document, isMap, type Pair, type YAMLMap } from "yaml";
import type { Imported } from "./import.js";

export function manifestText({ purposes, fields }: Imported): string {
  const document = new Document({
    version: 1,
    purposes: Object.fromEntries(
      purposes.map(({ id, sameAs, basis, parent }) => [
        id,
        { ...(sameAs && { "same-as": sameAs }), ...(basis && { basis }), ...(parent !== undefined && { parent }) },
      ]),
    ),
    fields: Object.fromEntries(
      fields.map(({ id, categories, for: purposes, special }) => [
        id,
        { category: categories.length === 1 ? categories[0] : categories, for: purposes, ...(special && { special }) },
      ]),
    ),
  });
  for (const section of (document.contents as YAMLMap).items as Pair<{ spaceBefore?: boolean; value: string }>[]) {
    if (section.key.value !== "version") section.key.spaceBefore = true;
    if (!isMap(section.value)) continue;
    for (const { value } of section.value.items) if (isMap(value)) value.flow = true;
  }
  return document.toString({ lineWidth: 0 });
}
