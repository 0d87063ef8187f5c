/** The text of a manifest to begin with: what is possible stands in comments, for somebody to take over. */
import { wordsOf } from "../classify/words.js";
import type { Possible } from "./index.js";

/** So many places of a name are told. */
const PLACES = 3;

export function manifestDraft(possible: readonly Possible[]): string {
  const fields = possible.map((one) => ({ ...one, id: `user.${idOf(one.name)}` }));
  const lines = fields.flatMap(({ id, category, confidence, places }) => [
    `#   ${id}: { category: ${category}, for: [deliver] } # ${confidence}; ${told(places)}`,
  ]);
  const sources = fields.flatMap(({ id, places }) =>
    places
      .flatMap(({ locator }) => (locator === undefined ? [] : [`#   - { field: ${id}, property: ${JSON.stringify(locator)} }`]))
      .slice(0, 1),
  );
  return `# yaml-language-server: $schema=./node_modules/purpose-lint/schema/manifest.schema.json
version: 1
extends: [purpose-lint/recommended]

# What data is used for, and on which basis (Art. 6(1)); \`notice\` is how people are told.
purposes:
  deliver: { basis: contract, notice: to provide the service }
#   train: { basis: consent, consent: training, notice: to train our models }
# consent:
#   training: { mode: opt-in, check: "./src/consent.ts:mayTrain" }

# What is collected of people, and what for. Nothing is declared yet.
fields: {}
${
  lines.length === 0
    ? "# No name in the code is that of personal data.\n"
    : `# Possibly personal data, by the names in the code (how sure that is; where). Take over what is right, and where it is collected:
${lines.join("\n")}
# sources:
${sources.join("\n")}
`
}`;
}

const idOf = (name: string): string => wordsOf(name).map((word, i) => (i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join(""); // prettier-ignore

function told(places: Possible["places"]): string {
  const more = places.length > PLACES ? ` and ${places.length - PLACES} more` : "";
  return `${places.slice(0, PLACES).map(({ file, line }) => `${file}:${line}`).join(", ")}${more}`; // prettier-ignore
}
