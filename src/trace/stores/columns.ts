/** Columns that the manifest declares to be fields: a read of one is a source of its field, whichever program wrote it. */
import { CONNECTORS } from "../../manifest/connectors.js";
import type { Store } from "../../manifest/model.js";
import { labelId, type Labels, type Site } from "../domain/labels.js";
import { objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { BOTTOM, join, K, ofRef, type Value } from "../domain/value.js";
import { isOutside } from "../machine/external.js";
import { heldSlots } from "../machine/iterate.js";
import { make, newStep, type Machine } from "../machine/machine.js";
import { childOf, typeOf, unknown } from "../machine/unknown.js";
import { canonicalTable, columnKeys } from "./mapped.js";
import { collectionsOfModel } from "./mongo/names.js";

/** The table that an entry is about; undefined for other places. */
export const tableOf = ({ at }: Store): string | undefined =>
  at.kind === "connector" && CONNECTORS[at.connector].table ? at.name : undefined;

/** The tables that an entry is about, by the names that they have in the database: a Mongoose model's is its collection. */
export function tablesOf(m: Machine, store: Store): readonly string[] {
  const name = tableOf(store);
  if (name === undefined) return [];
  return store.at.kind === "connector" && store.at.connector === "mongoose" ? collectionsOfModel(m, name) : [name];
}

/** The entries about a table; a table of unknown name is any. */
function storesOf(m: Machine, table: string): readonly Store[] {
  const wanted = canonicalTable(m, table);
  return m.manifest.stores.filter((store) => tablesOf(m, store).some((name) => table === "*" || canonicalTable(m, name) === wanted));
}

/** Does the manifest name the table? */
export const isDeclared = (m: Machine, table: string): boolean => storesOf(m, table).length > 0;

/** The table's columns that are declared to be fields, as the manifest spells them. */
export const declaredColumns = (m: Machine, table: string): readonly string[] => [
  ...new Set(storesOf(m, table).flatMap((s) => Object.keys(s.columns))),
];

/** What a column holds beside what the program is seen to write: something of each field that it is declared to be. */
export function declaredPart(m: Machine, table: string, column: string, site: Site): Value {
  const key = columnKeys(m, table);
  const wanted = key(column);
  let out: Value = BOTTOM;
  for (const { id, columns } of storesOf(m, table))
    for (const [name, field] of Object.entries(columns)) if (key(name) === wanted) out = join(out, ofField(m, id, field, name, site));
  return out;
}

/**
 * Longer than any way through a program: where the program itself is seen to write the field, the way it took there is the better
 * evidence, whichever is found first.
 */
const LAST = 1e9;

/** Something unknown that is the field as it was collected, out of a declared store. */
function ofField(m: Machine, store: string, field: string, column: string, site: Site): Value {
  const step = { ...newStep(m, site, "source", null), length: LAST };
  m.hooks.keeping?.outOf(step, store);
  const labels: Labels = [{ id: labelId(m.labels, field, "identified", []), step }];
  return unknown(m, `${site.file}:${site.at}:declared ${column}`, labels);
}

/**
 * What a project's own function reads: a row, a list of them, JSON text of either. The declared columns are put into it in place;
 * where nothing tells whether it is a row or a list, it is both.
 */
export function withColumns(m: Machine, read: Value, { id, columns }: Store, site: Site): Value {
  const names = Object.keys(columns);
  if (names.length === 0) return read;
  const seen = new Set<number>();
  const fill = (obj: Obj): void => {
    for (const name of names) {
      const old = obj.kind === "unknown" ? childOf(m, obj, name, site) : (obj.props.get(name) ?? obj.props.get(S.rest) ?? BOTTOM);
      setSlot(m.heap, obj, name, join(old, ofField(m, id, columns[name]!, name, site)));
    }
  };
  const row = (): Value => {
    const obj = make(m, "object", `${site.file}:${site.at}:declared row`);
    setSlot(m.heap, obj, S.rest, unknown(m, `${site.file}:${site.at}:declared rest`));
    fill(obj);
    return ofRef(obj.id);
  };
  const list = (): Value => {
    const rows = make(m, "array", `${site.file}:${site.at}:declared rows`);
    setSlot(m.heap, rows, S.rest, row());
    return ofRef(rows.id);
  };
  const inside = (obj: Obj, slot: string): void => setSlot(m.heap, obj, slot, visit(obj.props.get(slot) ?? BOTTOM));
  const visit = (v: Value): Value => {
    const objects = objectsOf(m.heap, v).filter((o) => o.kind !== "external");
    let open = false;
    for (const obj of objects) {
      if (obj.kind === "unknown" && typeOf(m, obj) === undefined) open = true;
      if (seen.has(obj.id)) continue;
      seen.add(obj.id);
      for (const slot of heldSlots(obj)) inside(obj, slot);
      if (obj.kind === "object" || obj.kind === "unknown") fill(obj);
    }
    if (open) return join(v, list());
    if (objects.length > 0) return v;
    if (isOutside(m, v)) return join(v, join(row(), list()));
    if ((v.kinds & K.String) === 0) return v;
    const text = make(m, "text", site);
    setSlot(m.heap, text, S.value, join(row(), list()));
    return join(v, ofRef(text.id));
  };
  return visit(read);
}
