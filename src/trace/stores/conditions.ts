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
import { factOf, partOf, withHeld } from "../machine/gates.js";
import { iterate } from "../machine/iterate.js";
import type { Machine } from "../machine/machine.js";
import { entries } from "../machine/props.js";
import { named } from "../machine/subjects.js";
import { asksAbout } from "../machine/summaries/recording.js";
import { canonicalTable, columnKeys } from "./mapped.js";

export interface Fixed {
  readonly table: string;
  readonly column: string;
  readonly value: boolean;
}

/** Does a condition say anything? Where no consent is kept in a column, none is read. */
export const saysConsent = (m: Machine): boolean => m.gates !== null && m.manifest.consents.some(({ column }) => column !== undefined);

/** A row of which these columns are so: what is in it is of somebody who has consented. */
export function given(m: Machine, row: Value, fixed: readonly Fixed[]): Value {
  const { gates } = m;
  if (gates === null || fixed.length === 0) return row;
  const consents = m.manifest.consents.filter((consent) => fixed.some((f) => isAnswer(m, consent, f)));
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
const ALL = new Set(["AND", "$and", "and"]);

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
    if (maybe || isBottom(value)) return [];
    if (ALL.has(name)) return allOf(m, value, site).flatMap((one) => fixedBy(m, one, of, site));
    const flag = flagOf(IS.has(name) ? value : isIn(m, value, site));
    if (flag !== undefined) return [{ table: of.table, column: of.column?.(name) ?? name, value: flag }];
    const other = IS.has(name) ? of : of.related?.(name);
    return other === undefined ? [] : fixedBy(m, value, other, site);
  });
}

/** `{ equals: true }` is `true`. */
function isIn(m: Machine, v: Value, site: Site): Value {
  const obj = v.refs.length === 1 && !hasPrimitive(v) ? objectsOf(m.heap, v)[0]! : undefined;
  if (obj?.kind !== "object") return v;
  const is = entries(m, obj, site).known.find(({ name, maybe, value }) => IS.has(name) && !maybe && flagOf(value) !== undefined);
  return is?.value ?? v;
}

/** The conditions of a list, as far as they are there for certain; a single one stands for itself. */
function allOf(m: Machine, v: Value, site: Site): readonly Value[] {
  const obj = v.refs.length === 1 && !hasPrimitive(v) ? objectsOf(m.heap, v)[0]! : undefined;
  return obj?.kind === "array" ? iterate(m, v, site).list : [v];
}
