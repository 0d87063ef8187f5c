/**
 * Columns that have one value in all rows that a read gives, because it asks for those: `where may_train = true`. Rows that are read on
 * condition of the column in which the answer of a consent is kept are gated by it. It is what must be: what a read asks for only perhaps, or
 * beside something else that is enough, is not here.
 */
import type { Consent } from "../../manifest/model.js";
import { type Facts, union } from "../domain/about.js";
import { objectsOf, setSlot } from "../domain/heap.js";
import type { Site } from "../domain/labels.js";
import { hasPrimitive, isBottom, K, type Value } from "../domain/value.js";
import { aboutItself, factOf, isValid, ofData, partOf, withHeld } from "../machine/gates.js";
import { iterate } from "../machine/iterate.js";
import type { Machine } from "../machine/machine.js";
import { entries } from "../machine/props.js";
import { namesOwner, namesWhole } from "../machine/people.js";
import { named } from "../machine/subjects.js";
import { asksAbout } from "../machine/summaries/recording.js";
import { canonicalTable, columnKeys } from "./mapped.js";

/** What a condition wants of a column: true, or false, or the key of somebody who has given these consents. */
export type Wanted = boolean | readonly string[];

export interface Fixed {
  readonly table: string;
  readonly column: string;
  readonly value: Wanted;
}

/** Does a condition say anything? Where there are no consents, none is read. */
export const saysConsent = (m: Machine): boolean => m.gates !== null;

/** The consents that are given where a column is so. */
export const consentsBy = (m: Machine, fixed: Fixed): readonly string[] =>
  typeof fixed.value !== "boolean"
    ? namesItsPerson(m, fixed)
      ? fixed.value
      : []
    : m.manifest.consents.flatMap((consent) => (isAnswer(m, consent, fixed) ? [consent.id] : []));

/** Does a column say whom a row is about: `owner_id`, and in the table where people's answers are kept `id`? */
const namesItsPerson = (m: Machine, { table, column }: Fixed): boolean =>
  namesOwner(column) ||
  (namesWhole(column) &&
    m.manifest.consents.some((one) => one.column !== undefined && canonicalTable(m, one.column.table) === canonicalTable(m, table)));

/** What a value is that a column is compared with; undefined where that says nothing. */
export const wantedOf = (m: Machine, v: Value, site: Site): Wanted | undefined => flagOf(v) ?? peopleIn(m, v, site);

/** The consents that everybody has given whom a key names, or any of a list of keys. */
function peopleIn(m: Machine, v: Value, site: Site): readonly string[] | undefined {
  const obj = v.refs.length === 1 && !hasPrimitive(v) ? objectsOf(m.heap, v)[0]! : undefined;
  if (obj?.kind !== "array") return ofKey(m, v);
  const { list, rest } = iterate(m, v, site);
  const [first = [], ...others] = (rest === null ? list : [...list, rest]).map((one) => ofKey(m, one) ?? []);
  const all = first.filter((id) => others.every((ids) => ids.includes(id)));
  return all.length === 0 ? undefined : all;
}

/** The consents that whoever a key names has given, as far as the key itself knows. */
function ofKey(m: Machine, v: Value): readonly string[] | undefined {
  const key = v.about?.key ?? "";
  // What may be an object has come by all that the row has of which it is a part: it is a key only if it is called so.
  if (key === "" || (v.refs.length > 0 && !namesWhole(key.slice(key.lastIndexOf(".") + 1)))) return undefined;
  const facts = aboutItself(ofData(v.about), key).filter((f) => !f.denied && isValid(m, f));
  const ids = m.manifest.consents.flatMap(({ id }) => (facts.some((f) => f.consent === id) ? [id] : []));
  return ids.length === 0 ? undefined : ids;
}

/** The consents that a row's own query has asked for. */
export function consentsOf(row: Value): readonly string[] {
  const own = (row.about?.held ?? []).filter((fact) => !fact.denied);
  return [...new Set(own.map(({ consent }) => consent))].sort();
}

/** A row of which these columns are so: what is in it is of somebody who has consented. */
export const given = (m: Machine, row: Value, fixed: readonly Fixed[]): Value =>
  fixed.length === 0 ? row : consented(m, row, new Set(fixed.flatMap((f) => consentsBy(m, f))));

/** A row of somebody who has given these consents. */
export function consented(m: Machine, row: Value, ids: ReadonlySet<string>): Value {
  const { gates } = m;
  if (gates === null || ids.size === 0) return row;
  const consents = m.manifest.consents.filter(({ id }) => ids.has(id));
  const rows = objectsOf(m.heap, row).filter(({ kind }) => kind === "object" || kind === "unknown");
  if (consents.length === 0 || rows.length === 0) return row;
  asksAbout(m);
  const of = rows.map((obj) => named(m, obj)).sort();
  const facts = consents.reduce((all: Facts, { id }) => union(all, [factOf(m, gates, id, false, of)]), []);
  const whole = withHeld(m, row, facts);
  for (const obj of rows) for (const [slot, v] of [...obj.props]) if (!isOwn(slot)) setSlot(m.heap, obj, slot, partOf(m, whole, v));
  return whole;
}

/** Slots that hold nothing of the row. */
const isOwn = (slot: string): boolean => slot.charCodeAt(0) === 0 && slot !== "\0rest";

/** Does the column's value say that the consent was given, or that nobody has opted out? */
function isAnswer(m: Machine, { column, mode }: Consent, { table, column: name, value }: Fixed): boolean {
  if (column === undefined || value !== (mode === "opt-in") || canonicalTable(m, column.table) !== canonicalTable(m, table)) return false;
  const key = columnKeys(m, table);
  return key(column.name) === key(name);
}

/** True or false and nothing else; undefined where it may be either, or something else. */
export function flagOf(v: Value): boolean | undefined {
  if (v.refs.length > 0 || v.consts.length > 0) return undefined;
  return v.kinds === K.True ? true : v.kinds === K.False ? false : undefined;
}

/** Names of operators that say "is just this", and of those that want all of several conditions. */
const IS = new Set(["equals", "is", "$eq", "eq"]);
/** Operators that say "is one of these". */
const AMONG = new Set(["in", "$in"]);
const ALL = new Set(["AND", "$and", "and"]);
/** Names of operators that want none of their conditions, or only some, or something of other rows than the one that a row belongs to. */
const LOOSE = new Set(["NOT", "OR", "NOR", "not", "or", "nor", "$not", "$or", "$nor", "isNot", "some", "every", "none"]);
/** Operators that say "is not this" of a column; a column of SQL that is null is not "not false" either. */
const NOT = new Set(["not", "$ne"]);

/** What names in a filter stand for: columns of a table, and the rows of other tables that its rows belong to. */
export interface Filtered {
  readonly table: string;
  /** The column that is called so; it has this name itself where this is left out. */
  readonly column?: (name: string) => string;
  /** The one row that a row belongs to under this name; undefined where there is none, or there are many. */
  readonly related?: (name: string) => Filtered | undefined;
}

/** What a filter asks for that is an object: `{ mayTrain: true, AND: [{ id }], user: { mayTrain: { equals: true } } }`. */
export function fixedBy(m: Machine, filter: Value, of: Filtered, site: Site): readonly Fixed[] {
  const obj = filter.refs.length === 1 && !hasPrimitive(filter) ? objectsOf(m.heap, filter)[0]! : undefined;
  if (!saysConsent(m) || obj?.kind !== "object") return [];
  return entries(m, obj, site).known.flatMap(({ name, value, maybe }): readonly Fixed[] => {
    if (maybe || isBottom(value) || LOOSE.has(name)) return [];
    if (ALL.has(name)) return allOf(m, value, site).flatMap((one) => fixedBy(m, one, of, site));
    const flag = IS.has(name) ? wantedOf(m, value, site) : wantedIn(m, value, site);
    if (flag !== undefined) return [{ table: of.table, column: of.column?.(name) ?? name, value: flag }];
    const other = IS.has(name) ? of : of.related?.(name);
    return other === undefined ? [] : fixedBy(m, value, other, site);
  });
}

/** What a column is that is not this: of a document that has none, it is not true, and not false either. */
function notOf(name: string, v: Value): boolean | undefined {
  const flag = flagOf(v);
  return flag === undefined || (name === "$ne" && !flag) ? undefined : !flag;
}

/** `{ equals: true }` and `{ not: false }` are `true`; `{ in: ids }` is one of these. */
function wantedIn(m: Machine, v: Value, site: Site): Wanted | undefined {
  const obj = v.refs.length === 1 && !hasPrimitive(v) ? objectsOf(m.heap, v)[0]! : undefined;
  if (obj?.kind !== "object") return obj === undefined ? wantedOf(m, v, site) : undefined;
  const sure = entries(m, obj, site).known.filter(({ maybe }) => !maybe);
  const flags = sure.map(({ name, value }) =>
    IS.has(name) || AMONG.has(name) ? wantedOf(m, value, site) : NOT.has(name) ? notOf(name, value) : undefined,
  );
  return flags.find((flag) => flag !== undefined);
}

/** The conditions of a list, as far as they are there for certain; a single one stands for itself. */
function allOf(m: Machine, v: Value, site: Site): readonly Value[] {
  const obj = v.refs.length === 1 && !hasPrimitive(v) ? objectsOf(m.heap, v)[0]! : undefined;
  return obj?.kind === "array" ? iterate(m, v, site).list : [v];
}
