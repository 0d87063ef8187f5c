/**
 * A Fides taxonomy of datasets and systems as the purposes and fields of a manifest. A data use is a purpose, and a field of a dataset a
 * field. Which purposes it is for, Fides says by category: those of the declarations that reference its dataset and name its category, or one
 * above. What a declaration names beyond its datasets is a field called as the category.
 */
import { asName } from "../manifest/as-name.js";
import type { Exemption } from "../manifest/special.js";
import { isFidesKey, isSpecialName, namedTerm } from "../taxonomy/names.js";
import type { TermKind } from "../taxonomy/taxonomy.js";
import type { Basis, Declaration, FidesFile, Word } from "./fides.js";

export interface ImportedPurpose {
  readonly id: string;
  readonly sameAs?: string;
  readonly basis?: Basis;
  readonly parent?: string;
}

export interface ImportedField {
  readonly id: string;
  readonly categories: readonly string[];
  readonly for: readonly string[];
  readonly special?: Exemption;
}

export interface Imported {
  readonly purposes: readonly ImportedPurpose[];
  readonly fields: readonly ImportedField[];
}

export type TellWord = (word: Word, message: string, fix: string, severity?: "warning") => void;

/** All is sorted by name. What cannot be said in a manifest is told; nothing is left out without that. */
export function importFides(files: readonly FidesFile[], tell: TellWord): Imported {
  const own = {
    purposes: new Set(files.flatMap(({ uses }) => uses.map(({ text }) => text))),
    categories: new Set(files.flatMap(({ categories }) => categories.map(({ text }) => text))),
  };
  for (const { uses, categories } of files) {
    for (const word of uses) parentOf(word, "purposes");
    for (const word of categories) parentOf(word, "categories");
  }
  const datasets = new Map<string, Word>();
  for (const word of files.flatMap((file) => file.datasets)) {
    const first = datasets.get(word.text);
    if (first !== undefined) tell(word, `the dataset \`${word.text}\` is declared in ${first.file} as well`, "leave one of them out");
    datasets.set(word.text, word);
  }
  const declarations = files.flatMap((file) => file.declarations).filter(({ use }) => knows(use, "purposes"));
  const nameOf = purposeNaming(declarations);
  const fields = new Map<string, { categories: string[]; for: Set<string>; special: Set<Exemption> }>();
  const field = (id: string, categories: readonly string[]): { for: Set<string>; special: Set<Exemption> } => {
    const known = fields.get(id) ?? { categories: [...categories], for: new Set(), special: new Set() };
    fields.set(id, known);
    return known;
  };

  const taken = new Map<string, Word>();
  const declared = files
    .flatMap((file) => file.fields)
    .map(({ dataset, path, categories, place }) => {
      const id = (path[0] === dataset ? path : [dataset, ...path]).map(asName).join(".");
      const first = taken.get(id);
      if (first !== undefined)
        tell(place, `the field is \`${id}\` here, and so is that of line ${first.line}`, "give one of them another name");
      taken.set(id, place);
      const known = categories.filter((word) => knows(word, "categories"));
      field(id, known.length === 0 ? [] : sorted(known.map((word) => standardOf(word))));
      return { id, dataset, categories: known };
    });

  for (const one of declarations) {
    const purpose = nameOf(one);
    for (const word of one.datasets)
      if (!datasets.has(word.text))
        tell(word, `the dataset \`${word.text}\` is in none of the files`, "name its file as well: its fields are not imported", "warning");
    const named = new Set(one.datasets.map(({ text }) => text));
    for (const category of one.categories.filter((word) => knows(word, "categories"))) {
      const met = declared.filter(
        ({ dataset, categories }) => named.has(dataset) && categories.some(({ text }) => isWithin(text, category.text)),
      );
      const standard = standardOf(category);
      const ids = met.length > 0 ? met.map(({ id }) => id) : [standard];
      for (const id of ids) {
        const found = field(id, [standard]);
        found.for.add(purpose);
        if (one.special === undefined || !fields.get(id)!.categories.some(isSpecialName)) continue;
        found.special.add(one.special);
        if (found.special.size === 2)
          tell(
            one.use,
            `\`${id}\` has another exemption of Art. 9(2) for another use`,
            "declare `special` yourself: a field has one",
            "warning",
          );
      }
    }
  }

  return {
    purposes: purposesOf(declarations, [...own.purposes], nameOf),
    fields: [...fields]
      .sort(([a], [b]) => compare(a, b))
      .map(([id, found]): ImportedField => {
        const [special, other] = found.special;
        return {
          id,
          categories: found.categories,
          for: sorted([...found.for]),
          ...(special !== undefined && other === undefined && { special }),
        };
      }),
  };

  function knows(word: Word, kind: TermKind): boolean {
    if (own[kind].has(word.text)) return true;
    const found = namedTerm(`fides:${word.text}`, kind);
    if (!found.ok) tell(word, found.message, found.fix);
    return found.ok;
  }

  /** A key of one's own lies below one that is known, or has no dots. */
  function parentOf({ text, ...word }: Word, kind: TermKind): void {
    const parent = text.slice(0, Math.max(text.lastIndexOf("."), 0));
    if (parent !== "" && !own[kind].has(parent)) knows({ ...word, text: parent }, kind);
  }

  /** The key, or the nearest above that fideslang has: a manifest's category is of a taxonomy. */
  function standardOf(word: Word): string {
    let key = word.text;
    while (!isFidesKey(key, "categories") && key.includes(".")) key = key.slice(0, key.lastIndexOf("."));
    const standard = isFidesKey(key, "categories") ? key : "user";
    if (standard !== word.text)
      tell(word, `the category \`${word.text}\` is one of your own`, `it is imported as \`${standard}\``, "warning");
    return standard;
  }
}

/** A data use with several lawful bases is as many purposes: each has one. */
function purposeNaming(declarations: readonly Declaration[]): (of: Pick<Declaration, "use" | "basis">) => string {
  const bases = new Map<string, Set<Basis | undefined>>();
  for (const { use, basis } of declarations) bases.set(use.text, (bases.get(use.text) ?? new Set()).add(basis));
  return ({ use, basis }) => asName(basis !== undefined && bases.get(use.text)!.size > 1 ? `${use.text}-${basis}` : use.text);
}

function purposesOf(
  declarations: readonly Declaration[],
  own: readonly string[],
  nameOf: (of: Pick<Declaration, "use" | "basis">) => string,
): ImportedPurpose[] {
  const found = new Map<string, { key: string; basis: Basis | undefined }>();
  for (const one of declarations) found.set(nameOf(one), { key: one.use.text, basis: one.basis });
  for (const key of own) if (![...found.values()].some((one) => one.key === key)) found.set(asName(key), { key, basis: undefined });
  const ofKey = (key: string): string[] => [...found].flatMap(([id, one]) => (one.key === key ? [id] : []));
  /** The nearest above. One whose basis would be inherited where Fides says nothing is none. */
  const parentOf = (key: string, basis: Basis | undefined): string | undefined => {
    for (let above = key; above.includes(".");) {
      above = above.slice(0, above.lastIndexOf("."));
      const [only, second] = ofKey(above);
      if (only === undefined || second !== undefined) continue;
      return basis === undefined && found.get(only)!.basis !== undefined ? undefined : only;
    }
    return undefined;
  };
  return [...found]
    .sort(([a], [b]) => compare(a, b))
    .map(([id, { key, basis }]): ImportedPurpose => {
      const parent = parentOf(key, basis);
      return {
        id,
        ...(isFidesKey(key, "purposes") && { sameAs: `fides:${key}` }),
        ...(basis && { basis }),
        ...(parent !== undefined && { parent }),
      };
    });
}

/** Is a key another, or below it? */
export const isWithin = (key: string, above: string): boolean => key === above || key.startsWith(`${above}.`);

const sorted = (texts: readonly string[]): string[] => [...new Set(texts)].sort(compare);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
