/**
 * Reads a Fides file: datasets, systems, and data uses and categories of one's own. What Fides would not accept, and what a manifest could
 * only misunderstand, is told with its place; keys that a manifest has nothing for are passed over.
 */
import { suggestion } from "../manifest/nearest.js";
import type { Report } from "../manifest/problems.js";
import { parseYaml } from "../manifest/yaml/parse.js";
import type { MapTree, Position, Tree } from "../manifest/yaml/tree.js";
import { BASIS_TEXTS, EXEMPTION_TEXTS, FIDES_KEY, type DatasetField, type Declaration, type FidesFile, type Word } from "./fides.js";

/** Keys of a declaration that say more than a manifest can, when they say anything. */
const LEFT_OUT = ["retention_period", "data_shared_with_third_parties", "third_parties", "shared_categories"];

/** Undefined, and told, when it is no Fides file at all. */
export function readFides(file: string, text: string, report: Report): FidesFile | undefined {
  const tree = parseYaml(text, report, "Fides file");
  if (tree === undefined) return undefined;
  const fields: DatasetField[] = [];
  const declarations: Declaration[] = [];
  const datasets: Word[] = [];
  const top = mapOf(tree, "a Fides file");
  if (top === undefined) return undefined;
  const sections = ["dataset", "system", "data_use", "data_category"];
  if (!sections.some((key) => top.entries.has(key))) {
    report("missing-key", tree.at, "the file has neither datasets nor systems", "name a file with `dataset:` or `system:`");
    return undefined;
  }
  for (const dataset of mapsAt(top, "dataset")) readDataset(dataset);
  for (const system of mapsAt(top, "system")) readSystem(system);
  const keysAt = (section: string): Word[] =>
    mapsAt(top, section).flatMap((one) => {
      const key = wordAt(one, "fides_key", { key: true });
      const parent = wordAt(one, "parent_key", { optional: true });
      if (key !== undefined && parent !== undefined) below(key, parent);
      return key ?? [];
    });
  return { fields, declarations, datasets, uses: keysAt("data_use"), categories: keysAt("data_category") };

  function readDataset(dataset: MapTree): void {
    const key = wordAt(dataset, "fides_key", { key: true });
    const own = wordsAt(dataset, "data_categories");
    const names = new Set<string>();
    if (!required(dataset, "collections") || key === undefined) return;
    if (datasets.some(({ text }) => text === key.text)) {
      twice(key, "dataset");
      return;
    }
    datasets.push(key);
    for (const collection of mapsAt(dataset, "collections")) {
      const name = wordAt(collection, "name");
      if (name === undefined || !required(collection, "fields")) continue;
      if (names.has(name.text)) twice(name, "collection");
      names.add(name.text);
      readFields(collection, key.text, [name.text], [...own, ...wordsAt(collection, "data_categories")]);
    }
  }

  function readFields(within: MapTree, dataset: string, path: readonly string[], above: readonly Word[]): void {
    const names = new Set<string>();
    for (const field of mapsAt(within, "fields")) {
      const place = wordAt(field, "name");
      if (place === undefined) continue;
      if (names.has(place.text)) twice(place, "field");
      names.add(place.text);
      const categories = [...above, ...wordsAt(field, "data_categories")];
      const inner = [...path, place.text];
      if (categories.length > 0) fields.push({ dataset, path: inner, categories, place });
      readFields(field, dataset, inner, above);
    }
  }

  function readSystem(system: MapTree): void {
    wordAt(system, "fides_key", { key: true });
    wordAt(system, "system_type");
    if (!required(system, "privacy_declarations")) return;
    const of = [...wordsAt(system, "dataset_references"), ...flowsFrom(system)];
    for (const one of mapsAt(system, "privacy_declarations")) {
      const use = wordAt(one, "data_use", { key: true });
      if (!required(one, "data_categories") || use === undefined) continue;
      const basis = enumAt(one, "legal_basis_for_processing", BASIS_TEXTS);
      const special = enumAt(one, "special_category_legal_basis", EXEMPTION_TEXTS);
      const own = [...wordsAt(one, "dataset_references"), ...wordsAt(one, "ingress")];
      declarations.push({
        use,
        categories: wordsAt(one, "data_categories"),
        datasets: own.length > 0 ? own : of,
        ...(basis && { basis }),
        ...(special && { special }),
      });
      for (const key of LEFT_OUT) {
        const value = one.entries.get(key);
        if (value !== undefined && says(value.value))
          report(
            "unsupported",
            value.keyAt,
            `\`${key}\` has nothing that it could be in a manifest`,
            "say it in the manifest by other means",
            "warning",
          );
      }
    }
  }

  /** Datasets that data flows in from. */
  function flowsFrom(system: MapTree): Word[] {
    return mapsAt(system, "ingress").flatMap((flow) =>
      wordAt(flow, "type")?.text === "dataset" ? (wordAt(flow, "fides_key", { key: true }) ?? []) : [],
    );
  }

  /** A key has its parent in front; Fides refuses what says otherwise. */
  function below(key: Word, parent: Word): void {
    const said = key.text.slice(0, Math.max(key.text.lastIndexOf("."), 0));
    if (parent.text !== said)
      report(
        "reference",
        parent,
        `\`${key.text}\` is not below \`${parent.text}\``,
        said === "" ? `remove \`parent_key\`, or name it \`${parent.text}.${key.text}\`` : `write \`${said}\`, or change the key`,
      );
  }

  function twice(word: Word, what: string): void {
    report("duplicate", word, `the ${what} \`${word.text}\` is declared twice`, "remove one, or give it a name of its own");
  }

  function enumAt<Key extends string>(map: MapTree, key: string, texts: Readonly<Record<Key, string>>): Key | undefined {
    const word = wordAt(map, key, { optional: true });
    if (word === undefined) return undefined;
    const found = (Object.keys(texts) as Key[]).find((one) => texts[one] === word.text);
    if (found === undefined)
      report("value", word, `\`${word.text}\` is no \`${key}\``, suggestion(word.text, Object.values(texts), `remove \`${key}\``));
    return found;
  }

  function required(map: MapTree, key: string): boolean {
    const isThere = map.entries.get(key)?.value.kind === "list";
    if (!isThere) lacks(map, key, "a list");
    return isThere;
  }

  function lacks(map: MapTree, key: string, what: string): void {
    const there = map.entries.get(key);
    if (there === undefined) report("missing-key", map.at, `\`${key}\` is missing`, `add \`${key}\`, ${what}`);
    else report("type", there.value.at, `\`${key}\` is not ${what}`, `write ${what}`);
  }

  function wordAt(map: MapTree, key: string, { key: isKey = false, optional = false } = {}): Word | undefined {
    const value = map.entries.get(key)?.value;
    if (value === undefined || isNull(value)) {
      if (!optional) lacks(map, key, "a text");
      return undefined;
    }
    const word = wordOf(value);
    if (word === undefined) lacks(map, key, "a text");
    return word === undefined || !isKey || isFidesKey(word) ? word : undefined;
  }

  function itemsAt(map: MapTree, key: string): readonly Tree[] {
    const value = map.entries.get(key)?.value;
    if (value === undefined || isNull(value)) return [];
    if (value.kind === "list") return value.items;
    lacks(map, key, "a list");
    return [];
  }

  function wordsAt(map: MapTree, key: string): Word[] {
    return itemsAt(map, key).flatMap((item) => {
      const word = wordOf(item);
      if (word === undefined) report("type", item.at, `what stands in \`${key}\` is no text`, "write a key");
      return word !== undefined && isFidesKey(word) ? [word] : [];
    });
  }

  function mapsAt(map: MapTree, key: string): MapTree[] {
    return itemsAt(map, key).flatMap((item) => mapOf(item, `what stands in \`${key}\``) ?? []);
  }

  function mapOf(value: Tree, what: string): MapTree | undefined {
    if (value.kind === "map") return value;
    report("type", value.at, `${what} is a map of keys and values`, "write `key: value`");
    return undefined;
  }

  function wordOf(value: Tree): Word | undefined {
    return value.kind === "scalar" && value.value !== null && value.text !== ""
      ? { ...position(value.at), text: value.text, file }
      : undefined;
  }

  function isFidesKey(word: Word): boolean {
    const is = FIDES_KEY.test(word.text);
    if (!is) report("value", word, `\`${word.text}\` cannot be a key of Fides`, "use letters, digits, `_`, `.`, `<`, `>` and `-`");
    return is;
  }
}

const position = ({ line, column }: Position): Position => ({ line, column });

const isNull = (value: Tree): boolean => value.kind === "scalar" && value.value === null;

/** Is there anything in it? `false`, nothing and no items are what is assumed without it. */
function says(value: Tree): boolean {
  if (value.kind === "list") return value.items.length > 0;
  return value.kind === "map" || (value.value !== null && value.value !== false && value.value !== "");
}
