/** One entry of a manifest while it is resolved: its data, its places, what it refers to, and the notations in it. */
import type { ArgumentPath, KeyPlaces, Locator, ManifestPlace, PathStep, ProblemCode } from "../model.js";
import { parseLocator } from "../locator.js";
import type { Parsed } from "../parsed.js";
import { parseArgument, parsePath } from "../property-path.js";
import type { Report } from "../problems.js";
import { keyPositionOf, positionOf, valueAt, type Path, type Tree } from "../yaml/tree.js";

/** The file an entry stands in. */
export interface FileContext {
  /** Absolute, forward slashes. */
  readonly file: string;
  /** The file's folder: its paths are relative to it. */
  readonly folder: string;
  readonly tree: Tree;
  readonly report: Report;
}

/** A name of something that is declared elsewhere in the manifest. `fields` may be a pattern. */
export interface Reference {
  readonly to: "purpose" | "field" | "fields" | "consent" | "budget" | "store";
  readonly name: string;
  readonly place: ManifestPlace;
}

export interface Entry<Input> {
  /** The entry's name in its section; of a list, its number as text. */
  readonly key: string;
  readonly input: Input;
  readonly context: FileContext;
  /** Of the entry: its name, or where the item begins. */
  readonly place: ManifestPlace;
  /** What it refers to, filled while it is resolved. */
  readonly references: Reference[];
  /** Where the value at a path below the entry stands, or else the nearest thing above. */
  readonly at: (...path: Path) => ManifestPlace;
  /** Where the key of a path below the entry stands. */
  readonly keyAt: (...path: Path) => ManifestPlace;
  /** Where each of its values stands. */
  readonly keys: KeyPlaces;
  /** The scalar at a path, as written. */
  readonly text: (...path: Path) => string | undefined;
  readonly refer: (to: Reference["to"], name: string | undefined, ...path: Path) => void;
  readonly fail: Report;
}

export function makeEntry<Input>(context: FileContext, path: Path, input: Input): Entry<Input> {
  const { file, tree, report } = context;
  const references: Reference[] = [];
  const at = (...below: Path): ManifestPlace => ({ file, ...positionOf(tree, [...path, ...below]) });
  return {
    key: String(path.at(-1)),
    input,
    context,
    place: { file, ...keyPositionOf(tree, path) },
    references,
    at,
    keyAt: (...below) => ({ file, ...keyPositionOf(tree, [...path, ...below]) }),
    keys: keyPlaces(file, valueAt(tree, path)),
    text: (...below) => {
      const value = valueAt(tree, [...path, ...below]);
      return value?.kind === "scalar" ? value.text : undefined;
    },
    refer: (to, name, ...below) => {
      if (name !== undefined) references.push({ to, name, place: at(...below) });
    },
    fail: report,
  };
}

function keyPlaces(file: string, tree: Tree | undefined): KeyPlaces {
  if (tree?.kind !== "map") return {};
  return Object.fromEntries(
    [...tree.entries].flatMap(([key, { value }]): [string, ManifestPlace][] =>
      value.kind === "map"
        ? [...value.entries].map(([below, { keyAt }]) => [`${key}.${below}`, { file, ...keyAt }])
        : [[key, { file, ...value.at }]],
    ),
  );
}

/** The locator at a key; undefined when there is none, or (reported) it is none. `within` alone can be about a whole module. */
export function locatorAt(entry: Entry<unknown>, key: string): Locator | undefined {
  const locator = notationAt(entry, key, "locator", (text) => parseLocator(text, entry.context.folder));
  if (locator?.path[0] === "*" && key !== "within") {
    const message = `\`${locator.text}\` is everything in the module, which only \`within\` can be about`;
    entry.fail("locator", entry.at(key), message, `name what \`${key}\` is about: \`${locator.text.replace(/\*$/, "name")}\``);
    return undefined;
  }
  return locator && { ...locator, place: entry.at(key) };
}

export function argumentAt(entry: Entry<unknown>, key: string): ArgumentPath | undefined {
  return notationAt(entry, key, "locator", parseArgument);
}

export function pathAt(entry: Entry<unknown>, key: string): readonly PathStep[] | undefined {
  return notationAt(entry, key, "locator", parsePath);
}

function notationAt<Value>(
  entry: Entry<unknown>,
  key: string,
  code: ProblemCode,
  parse: (text: string) => Parsed<Value>,
): Value | undefined {
  const text = entry.text(key);
  if (text === undefined) return undefined;
  const result = parse(text);
  if (result.ok) return result.value;
  entry.fail(code, entry.at(key), result.message, result.fix);
  return undefined;
}

/**
 * The one of several keys that says what the entry is about; undefined (reported) when none or more than one is there, when a key
 * stands beside it that does not go with it, or when one that must is missing.
 */
export function onlyKey<Key extends string>(
  entry: Entry<object>,
  places: Readonly<Record<Key, { readonly may: readonly string[]; readonly must: readonly string[] }>>,
  what: string,
): Key | undefined {
  const keys = Object.keys(places) as Key[];
  const present = keys.filter((key) => Object.hasOwn(entry.input, key));
  const [only, second] = present;
  if (only === undefined) {
    entry.fail(
      "missing-key",
      entry.place,
      `the ${what} does not say where it is`,
      `add one of ${keys.map((key) => `\`${key}\``).join(", ")}`,
    );
    return undefined;
  }
  if (second !== undefined) {
    entry.fail("conflict", entry.keyAt(second), `\`${only}\` and \`${second}\` exclude each other`, `make two ${what}s of it`);
    return undefined;
  }
  const { may, must } = places[only];
  let complete = true;
  for (const key of new Set(keys.flatMap((other) => places[other].may))) {
    if (!Object.hasOwn(entry.input, key) || may.includes(key)) continue;
    const owners = keys.filter((other) => places[other].may.includes(key));
    entry.fail(
      "conflict",
      entry.keyAt(key),
      `\`${key}\` means nothing beside \`${only}\``,
      `it goes with ${owners.map((one) => `\`${one}\``).join(" or ")}`,
    );
    complete = false;
  }
  for (const key of must) {
    if (Object.hasOwn(entry.input, key)) continue;
    entry.fail("missing-key", entry.keyAt(only), `\`${only}\` needs an \`${key}\``, `add \`${key}\`, such as \`${key}: 0.name\``);
    complete = false;
  }
  return complete ? only : undefined;
}

/** Reports every item of a list that stands in it twice. */
export function noDuplicates(entry: Entry<unknown>, key: string, items: readonly string[] | undefined): void {
  const seen = new Set<string>();
  for (const [index, item] of (items ?? []).entries()) {
    if (seen.has(item)) entry.fail("duplicate", entry.at(key, index), `\`${item}\` occurs twice in \`${key}\``, "remove one");
    seen.add(item);
  }
}

/** The same without the properties that are undefined. */
export function compact<Data extends object>(data: Data): Data {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) as Data;
}
