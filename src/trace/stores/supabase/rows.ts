/** Rows as Supabase's selections leave them: columns of a table, of JSON in them, and of tables that are related to it. */
import { objectsOf, setSlot, type Obj } from "../../domain/heap.js";
import { ANY_NUMBER, BOTTOM, join, NULL, ofRef, type Value } from "../../domain/value.js";
import { make, type NativeCall } from "../../machine/machine.js";
import { copyProps, getNamed } from "../../machine/props.js";
import { at, listOf } from "../../natives/support.js";
import { readSelection, type Selected } from "./columns.js";
import { isKnown, readColumn, readRow, relationTable } from "../table.js";

/** A row, by what a selection says; without one, all of it. `from` is the row where it is known: a write gives back what was written. */
export function selectedRow(call: NativeCall, table: string, selection: Value, from?: Value): Value {
  const texts = selection.consts.filter((c): c is string => typeof c === "string");
  // A selection that is put together at run time may name any column.
  const open = texts.length === 0 || selection.kinds !== 0 || selection.refs.length > 0;
  const whole = open ? (from ?? readRow(call.m, table, call.site)) : BOTTOM;
  return texts.reduce((out: Value, text, i) => join(out, rowOf(call, table, readSelection(text), from, `${table} ${i}`)), whole);
}

function rowOf(call: NativeCall, table: string, parts: readonly Selected[], from: Value | undefined, where: string): Value {
  const { m, site } = call;
  const row = make(m, "object", at(call, `selected ${where}`));
  // Names that are given to something else go before those of the table.
  if (parts.some(({ k }) => k === "all")) copyProps(m, row, from ?? readRow(m, table, site), site);
  for (const part of parts)
    if (part.k === "column") setSlot(m.heap, row, part.as, columnOf(call, table, part, from));
    else if (part.k === "table") addRelated(call, row, part, where);
  return ofRef(row.id);
}

function columnOf(call: NativeCall, table: string, part: Selected & { k: "column" }, from: Value | undefined): Value {
  const { m, site } = call;
  if (part.aggregate !== undefined && part.aggregate !== "min" && part.aggregate !== "max") return ANY_NUMBER;
  const written = from !== undefined && objectsOf(m.heap, from).some((row) => row.props.has(part.column));
  const whole = written ? getNamed(m, from, part.column, site) : readColumn(m, table, part.column, site);
  return part.path.reduce((v: Value, name) => join(getNamed(m, v, name, site), NULL), whole);
}

/** Rows of a related table: one, or a list, which no name tells; `count` alone is a number. */
function addRelated(call: NativeCall, row: Obj, part: Selected & { k: "table" }, where: string): void {
  const { m } = call;
  const table = relatedTable(call, part.table);
  const inner = rowOf(call, table, part.columns, undefined, `${where}.${part.as}`);
  if (part.spread) copyProps(m, row, inner, call.site);
  else setSlot(m.heap, row, part.as, join(join(inner, NULL), listOf(m, inner, at(call, `related ${where}.${part.as}`))));
}

/** A table of that name, or the one that a foreign key leads to: `author_id` → `authors`. */
export function relatedTable(call: NativeCall, name: string): string {
  if (isKnown(call.m, name)) return name;
  const stem = name.replace(/_?id$/i, "");
  const candidates = [`${stem}s`, `${stem}es`, stem, relationTable(call.m, name).table];
  return candidates.find((one) => isKnown(call.m, one)) ?? name;
}
