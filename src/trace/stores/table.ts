/**
 * Database tables as places, column by column, whichever library writes or reads them: a Prisma model `datasetEntryInput`, a Kysely
 * table `"DatasetEntryInput"` and SQL's `dataset_entry_input` are one place.
 */
import { S, setSlot } from "../domain/heap.js";
import type { Site } from "../domain/labels.js";
import { HOLE } from "../domain/text-pattern.js";
import { BOTTOM, isBottom, join, K, ofRef, withKinds, type Value } from "../domain/value.js";
import { make, type Machine } from "../machine/machine.js";
import { readsPlace } from "../machine/roots.js";
import { unknown } from "../machine/unknown.js";
import { answerIn, answersInRow } from "./consent-columns.js";
import { declaredColumns, declaredPart, isDeclared } from "./columns.js";
import { joinFrozen, NOTHING, openPart, thaw, type Frozen } from "./frozen.js";
import { canonicalTable, columnKeys, mappedRelation, spelledColumn, type Spelling } from "./mapped.js";
import { normalName } from "./names.js";
import { placesUnder, writePlace } from "./places.js";

const TABLES = "table:";

/** A table's one place; the name that the code has for it counts as used, too. */
function tablePlace(m: Machine, table: string): string {
  const place = `${TABLES}${canonicalTable(m, table)}`;
  const called = `${TABLES}${normalName(table)}`;
  if (called !== place) readsPlace(m, called);
  return place;
}

/** A table whose name is not known: what is written there is in any table. */
const ANY_TABLE = `${TABLES}*`;

/** Writes rows: an object, whose properties are columns. `isService`: the database is never on the device, as SQL's engines may be. */
export function writeRow(m: Machine, table: string, row: Value, site: Site, isService = false): void {
  writePlace(m, table === "*" ? ANY_TABLE : tablePlace(m, table), row, site, isService);
}

/** What a table holds; a table of unknown name holds what any does. */
function tableContents(m: Machine, table: string): Frozen {
  const names = table === "*" ? placesUnder(m, TABLES) : [tablePlace(m, table), ANY_TABLE];
  let out: Frozen = NOTHING;
  for (const name of names) {
    readsPlace(m, name);
    const f = m.places.contents.get(name);
    if (f !== undefined) out = joinFrozen(out, f);
  }
  return out;
}

/** Tables that the program has read from or written to, by their normal names; undefined where one of unknown name may be any. */
export function usedTables(m: Machine): readonly string[] | undefined {
  const read = m.roots.all.flatMap((root) => [...root.places]).filter((place) => place !== ANY_TABLE);
  const used = new Set([...m.places.contents.keys(), ...read].filter((place) => place.startsWith(TABLES)));
  if (used.has(ANY_TABLE) || used.has(TABLES + HOLE)) return undefined;
  return [...used].map((place) => place.slice(TABLES.length)).sort();
}

/** Does the program write the table, or the manifest name it? */
export function isKnown(m: Machine, table: string): boolean {
  const place = tablePlace(m, table);
  readsPlace(m, place);
  return m.places.contents.has(place) || isDeclared(m, table);
}

/** A JSON column gives back what its text stands for, a text column the text: both. */
const decoded = (f: Frozen): Frozen => (f.text === null ? f : joinFrozen(f, f.text));

/** One column: by its exact name, else by its name without case and underscores. Undefined when nothing was written there. */
function columnOf(m: Machine, table: string, name: string): Frozen | undefined {
  const contents = tableContents(m, table);
  const { object } = contents;
  let out = openPart(contents);
  const key = columnKeys(m, table);
  const wanted = key(name);
  for (const [column, p] of object?.props ?? [])
    if (column === name || key(column) === wanted) out = out === undefined ? p.value : joinFrozen(out, p.value);
  if (object !== null && object.rest !== null) out = out === undefined ? object.rest : joinFrozen(out, object.rest);
  return out === undefined ? undefined : decoded(out);
}

/** The value of one column in any row; something unknown and unlabelled when no one says what is in it. */
export function readColumn(m: Machine, table: string, name: string, site: Site): Value {
  const f = columnOf(m, table, name);
  const declared = declaredPart(m, table, name, site);
  const v =
    f === undefined ? (isBottom(declared) ? otherColumn(m, site, name) : declared) : join(thaw(m, f, site, `${table}.${name}`), declared);
  return answerIn(m, table, name, v);
}

/** Does the program write this column, or the manifest declare it? */
export const hasColumn = (m: Machine, table: string, name: string): boolean =>
  columnOf(m, table, name) !== undefined ||
  declaredColumns(m, table).some((column) => columnKeys(m, table)(column) === columnKeys(m, table)(name));

/** What the database has beside what the program writes: defaults, ids, what other programs put there. */
const otherColumn = (m: Machine, site: Site, name: string): Value => unknown(m, `${site.file}:${site.at}:column ${name}`);

/** A whole row: all columns that the program writes or the manifest declares, and perhaps others. */
export function readRow(
  m: Machine,
  table: string,
  site: Site,
  except: ReadonlySet<string> = new Set(),
  spelling: Spelling = "database",
): Value {
  const contents = tableContents(m, table);
  const row = make(m, "object", `${site.file}:${site.at}:row ${table}`);
  for (const [name, p] of contents.object?.props ?? []) {
    if (except.has(name)) continue;
    const v = join(thaw(m, decoded(p.value), site, `${table}.${name}`), declaredPart(m, table, name, site));
    if (isBottom(v)) continue;
    const spelled = spelledColumn(m, table, name, spelling);
    const before = row.props.get(spelled) ?? BOTTOM;
    setSlot(m.heap, row, spelled, join(before, p.maybe ? join(v, otherColumn(m, site, name)) : v));
  }
  const part = openPart(contents);
  let rest = part === undefined ? otherColumn(m, site, "*") : thaw(m, part, site, `${table}.?`);
  if (contents.object !== null && contents.object.rest !== null)
    rest = join(rest, thaw(m, decoded(contents.object.rest), site, `${table}.*`));
  setSlot(m.heap, row, S.rest, rest);
  const key = columnKeys(m, table);
  const done = new Set([...row.props.keys(), ...except].map(key));
  for (const name of declaredColumns(m, table))
    if (!done.has(key(name))) setSlot(m.heap, row, spelledColumn(m, table, name, spelling), readColumn(m, table, name, site));
  answersInRow(m, table, row, rest, except, spelling);
  if (contents.object !== null && contents.object.restKey.length > 0)
    setSlot(m.heap, row, S.restKey, { ...withKinds(BOTTOM, K.String), labels: contents.object.restKey });
  return ofRef(row.id);
}

const singulars = (name: string): readonly string[] => [
  ...(name.endsWith("ies") ? [`${name.slice(0, -3)}y`] : []),
  ...(/(s|x|z|ch|sh)es$/.test(name) ? [name.slice(0, -2)] : []),
  ...(name.endsWith("s") && !name.endsWith("ss") ? [name.slice(0, -1)] : []),
];

/**
 * The table behind a relation's property name, when one of that name is written: `entries` → `Entry`, `datasetEntries` →
 * `DatasetEntry`. `many` tells a list from a single row. Names are all there is where no schema tells.
 */
export function relationTable(m: Machine, name: string, model?: string): { readonly table: string; readonly many: boolean } {
  const mapped = model === undefined ? undefined : mappedRelation(m, model, name);
  if (mapped !== undefined) return mapped;
  const normal = normalName(name);
  for (const singular of singulars(normal)) if (isKnown(m, singular)) return { table: singular, many: true };
  return { table: normal, many: singulars(normal).length > 0 && !isKnown(m, normal) };
}
