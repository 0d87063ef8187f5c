/** What is written to Firestore's documents and read from them: fields as columns, ids beside them, converters on the way. */
import { objectsOf, setSlot } from "../../domain/heap.js";
import { ANY_NUMBER, ANY_STRING, BOTTOM, isBottom, join, joinAll, NULL, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { hop, make, type NativeCall } from "../../machine/machine.js";
import { copyProps, getNamed } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { at, callable, callWith, instance, listOf, record } from "../../natives/support.js";
import { namesOf, only, spread } from "../document-paths.js";
import { given } from "../conditions.js";
import { hasColumn, readColumn, readRow, writeRow } from "../table.js";
import { fixedIn } from "./conditions.js";
import { handle, LIB, tablesOf, type Reference } from "./references.js";

/** The column that ids are kept under: no field has this name. */
const NAME = "__name__";

/** Slots of a snapshot: its fields, as they are kept; and what it was read by. */
export const ROW = "\0row";
export const EXISTS = "\0exists";

// ------------------------------------------------------------------------------------------------ writes

/** Writes a document. Keys of an update are dotted paths. */
export function written(call: NativeCall, to: Reference, data: Value, how: "set" | "update"): void {
  const { m, site } = call;
  const given = convertedTo(call, to, data);
  const fields = { ...(how === "update" ? spread(m, given, site, "update") : given), kinds: 0, consts: [] };
  for (const table of tablesOf(to)) {
    if (!isBottom(fields)) writeRow(m, table, fields, site, true);
    if (to.id.labels.length > 0) writeRow(m, table, record(m, { [NAME]: to.id }, at(call, "id")), site, true);
  }
}

/** `update("profile.email", email, "age", 3)`: names and values in turn. */
export function writtenByName(call: NativeCall, to: Reference, pairs: readonly Value[]): void {
  const { m } = call;
  const data = make(m, "object", at(call, "pairs"));
  for (let i = 0; i + 1 < pairs.length; i += 2)
    for (const name of pairs[i]!.consts) setSlot(m.heap, data, String(name), join(data.props.get(String(name)) ?? BOTTOM, pairs[i + 1]!));
  written(call, { ...to, converter: BOTTOM }, ofRef(data.id), "update");
}

function convertedTo(call: NativeCall, { converter }: Reference, data: Value): Value {
  if (converter.refs.length === 0) return data;
  const to = getNamed(call.m, converter, "toFirestore", call.site);
  return callable(call.m, to) ? callWith(call.m, to, [data], call.site, converter) : data;
}

// ------------------------------------------------------------------------------------------------ reads

/** The fields of any document. */
function rowOf(call: NativeCall, of: Reference): Value {
  const { m, site } = call;
  const tables = tablesOf(of);
  const row = joinAll(tables.map((table) => readRow(m, table, site, new Set([NAME]))));
  const names = of.fields.consts.map(String);
  const seen = names.length === 0 ? row : only(m, row, namesOf(names), site, "selected");
  return tables.length === 1 ? given(m, seen, fixedIn(call, of, tables[0]!)) : seen;
}

/** The id of any document: one that spells out what it was written under. */
function idOf(call: NativeCall, of: Reference): Value {
  const known = tablesOf(of).filter((table) => hasColumn(call.m, table, NAME));
  return joinAll([ANY_STRING, ...known.map((table) => readColumn(call.m, table, NAME, call.site))]);
}

/** A document as it was read; one that a query gives is certainly there. */
export function snapshotOf(call: NativeCall, of: Reference, isSure: boolean): Value {
  const { m, site } = call;
  const snapshot = instance(m, LIB, "DocumentSnapshot", site);
  setSlot(m.heap, snapshot, ROW, hop(m, rowOf(call, of), "read", site));
  if (!isSure) setSlot(m.heap, snapshot, EXISTS, UNDEFINED);
  const id = isBottom(of.id) ? idOf(call, of) : of.id;
  setSlot(m.heap, snapshot, "id", id);
  setSlot(m.heap, snapshot, "ref", handle(call, "DocumentReference", { ...of, fields: BOTTOM, conditions: BOTTOM, id }));
  if (!isBottom(of.converter)) setSlot(m.heap, snapshot, "\0converter", of.converter);
  return ofRef(snapshot.id);
}

/** What a query gives: any number of documents. */
export function querySnapshotOf(call: NativeCall, of: Reference): Value {
  const { m, site } = call;
  const snapshot = instance(m, LIB, "QuerySnapshot", site);
  const doc = snapshotOf(call, { ...of, id: BOTTOM }, true);
  setSlot(m.heap, snapshot, "docs", listOf(m, doc, at(call, "docs")));
  setSlot(m.heap, snapshot, "size", ANY_NUMBER);
  setSlot(m.heap, snapshot, "empty", unknown(m, at(call, "empty")));
  return ofRef(snapshot.id);
}

/** The fields of snapshots, as their converters make something of them. */
export function dataOf(call: NativeCall, snapshots: Value): Value {
  const { m, site } = call;
  let out: Value = BOTTOM;
  for (const snapshot of objectsOf(m.heap, snapshots)) {
    const row = snapshot.props.get(ROW);
    // One that only a type tells of may be any collection's.
    const data = make(m, "object", at(call, "data"));
    copyProps(m, data, row ?? readRow(m, "*", site, new Set([NAME])), site);
    const converter = snapshot.props.get("\0converter") ?? BOTTOM;
    const from = converter.refs.length === 0 ? BOTTOM : getNamed(m, converter, "fromFirestore", site);
    // The converter gets a snapshot without it.
    const bare = (): Value => {
      const plain = instance(m, LIB, "DocumentSnapshot", site);
      for (const [slot, v] of snapshot.props) if (slot !== "\0converter") setSlot(m.heap, plain, slot, v);
      return ofRef(plain.id);
    };
    out = join(out, callable(m, from) ? callWith(m, from, [bare(), UNDEFINED], site, converter) : ofRef(data.id, row?.via ?? null));
    if (snapshot.props.has(EXISTS)) out = join(out, UNDEFINED);
  }
  return isBottom(out) ? join(unknown(m, at(call, "data")), NULL) : out;
}
