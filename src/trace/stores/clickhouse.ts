/**
 * ClickHouse's clients (`@clickhouse/client`, `-web`): `insert({ table, values })` writes rows, `query({ query, query_params })` gives a
 * result set in the format that it asks for, `command` and `exec` run any statement.
 * API: https://clickhouse.com/docs/integrations/javascript.
 */
import { objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { ANY_STRING, BOTTOM, isBottom, join, joinAll, ofRef, primitivePart, UNDEFINED, type Value } from "../domain/value.js";
import { clone, textOf } from "../machine/clone.js";
import { external } from "../machine/external.js";
import { anyItem, iterate } from "../machine/iterate.js";
import { make, type Native, type NativeCall } from "../machine/machine.js";
import { getAny, getNamed } from "../machine/props.js";
import { unknown } from "../machine/unknown.js";
import type { NativeModule, NativeTable } from "../natives/index.js";
import { parsedOf } from "../natives/json.js";
import { promised } from "../natives/settle.js";
import { isStream, newStream } from "../natives/stream-core.js";
import { everything } from "../natives/stream.js";
import { argOf, at, instance, listOf, option, record, selves, slotOf, under } from "../natives/support.js";
import { answer, rowList } from "./answers.js";
import { readSql } from "./sql/parse.js";
import { runSql } from "./sql/run.js";
import { statementsOf, type Lookup } from "./sql/texts.js";
import { writeRow } from "./table.js";

const LIB = "@clickhouse/client";

/** Slots of what a query gives: one of its rows, and the formats that it may be in. */
const ROW = "\0row";
const FORMAT = "\0format";

// ------------------------------------------------------------------------------------------------ writes

/** `database.table` is the table; one of unknown name is any. */
function tablesOf(v: Value): readonly string[] {
  const names = v.consts.filter((c): c is string => typeof c === "string");
  return names.length === v.consts.length && names.length > 0 && primitivePart(v).kinds === 0
    ? names.map((name) => name.slice(name.lastIndexOf(".") + 1).replace(/["`]/g, ""))
    : ["*"];
}

/** The rows among what `values` may be: a list or a stream of them, `{ data: rows }`, rows under keys of their own. */
function rowsOf(call: NativeCall, values: Value, format: Value): Value {
  const { m, site } = call;
  let out: Value = { ...primitivePart(values), refs: [] };
  for (const obj of objectsOf(m.heap, values)) {
    const v = ofRef(obj.id, values.via);
    if (isStream(m, obj, site)) out = join(out, everything(m, v, site));
    else if (obj.kind !== "object") out = join(out, anyItem(iterate(m, v, site, true)));
    else if (obj.props.has("data")) out = join(out, anyItem(iterate(m, getNamed(m, v, "data", site), site)));
    else out = join(out, format.consts.includes("JSONObjectEachRow") ? getAny(m, v, site) : v);
  }
  return out;
}

/** The names of an insert's columns, in their order; none where they are not known or not given. */
function columnsOf(call: NativeCall, columns: Value): readonly (string | undefined)[] {
  const lists = objectsOf(call.m.heap, columns).filter((o) => o.kind === "array");
  if (lists.length !== 1) return [];
  return iterate(call.m, ofRef(lists[0]!.id), call.site).list.map((v) => v.consts.map(String)[0]);
}

/** Writes rows: objects by their properties, lists by their columns' order, JSON text by what it stands for. */
function writeRows(call: NativeCall, table: string, rows: Value, columns: readonly (string | undefined)[]): void {
  const { m, site } = call;
  const isText = rows.consts.length > 0 || rows.kinds !== 0 || objectsOf(m.heap, rows).some((o) => o.kind === "text");
  const all = isText ? join(parsedOf(call, rows), { ...rows, kinds: 0, consts: [], patterns: [], labels: [] }) : rows;
  for (const obj of objectsOf(m.heap, all)) {
    if (obj.kind === "text") continue;
    if (obj.kind !== "array") {
      writeRow(m, table, ofRef(obj.id, all.via), site, true);
      continue;
    }
    const items = iterate(m, ofRef(obj.id, all.via), site);
    const row = make(m, "object", at(call, "row"));
    const put = (slot: string, v: Value): void => setSlot(m.heap, row, slot, join(row.props.get(slot) ?? BOTTOM, v));
    items.list.forEach((v, i) => put(columns[i] ?? S.rest, v));
    if (items.rest !== null) for (const slot of columns.length === 0 ? [S.rest] : columns) put(slot ?? S.rest, items.rest);
    writeRow(m, table, ofRef(row.id), site, true);
  }
}

const outcome = (call: NativeCall): Value =>
  record(call.m, { query_id: ANY_STRING, executed: unknown(call.m, at(call, "executed")) }, at(call));

const insert: Native = (call) => {
  const options = argOf(call, 0);
  const rows = rowsOf(call, option(call, options, "values"), option(call, options, "format"));
  const columns = columnsOf(call, option(call, options, "columns"));
  for (const table of tablesOf(option(call, options, "table"))) writeRows(call, table, rows, columns);
  return promised(call, outcome(call));
};

// ------------------------------------------------------------------------------------------------ statements

/** `{name: Type}` in the text is `query_params.name`. */
const parametersOf =
  (call: NativeCall, params: Value): Lookup =>
  (key) =>
    "name" in key && params.refs.length > 0 ? getNamed(call.m, params, key.name, call.site) : UNDEFINED;

/** Runs the statement of `{ query, query_params }`; gives one of its rows, bottom when none is known of. */
function rowOf(call: NativeCall): Value {
  const options = argOf(call, 0);
  const statements = statementsOf(call.m, option(call, options, "query"), parametersOf(call, option(call, options, "query_params")));
  // An insert whose rows come beside the text: `insert into t format JSONEachRow`.
  const values = option(call, options, "values");
  if (values.refs.length > 0 || values.kinds !== UNDEFINED.kinds)
    for (const { text } of statements)
      for (const part of readSql(text).parts)
        if (part.k === "insert" && part.query === undefined) writeRows(call, part.table, rowsOf(call, values, BOTTOM), part.columns);
  return joinAll(statements.map(({ text, values: given }) => runSql(call.m, text, given, call.site)));
}

function resultSet(call: NativeCall, row: Value): Obj {
  const set = instance(call.m, LIB, "ResultSet", call.site);
  setSlot(call.m.heap, set, ROW, isBottom(row) ? unknown(call.m, at(call, "row")) : row);
  setSlot(call.m.heap, set, FORMAT, option(call, argOf(call, 0), "format"));
  for (const name of ["query_id", "response_headers"]) setSlot(call.m.heap, set, name, unknown(call.m, at(call, name)));
  return set;
}

const query: Native = (call) => answer(call, ofRef(resultSet(call, rowOf(call)).id));

const command: Native = (call) => {
  rowOf(call);
  return promised(call, outcome(call));
};

/** `exec` gives the raw text as a stream. */
const exec: Native = (call) => {
  const row = rowOf(call);
  const stream = newStream(call.m, "Readable", call.site);
  if (!isBottom(row)) setSlot(call.m.heap, stream, S.rest, textOf(call.m, rowList(call, row), call.site));
  return answer(call, record(call.m, { stream: ofRef(stream.id), query_id: ANY_STRING }, at(call, "raw")));
};

// ------------------------------------------------------------------------------------------------ results

const rowIn = (call: NativeCall): Value => slotOf(selves(call), ROW);

/** A row as the list of its columns. */
const compact = (call: NativeCall, row: Value): Value => listOf(call.m, getAny(call.m, row, call.site), at(call, "columns"));

/** What `json()` gives in a format. JSON is what is asked for where nothing is said. */
function inFormat(call: NativeCall, row: Value, format: string): Value {
  const one = format.includes("Compact") ? compact(call, row) : row;
  if (format === "JSONObjectEachRow") {
    const keyed = make(call.m, "object", at(call, "keyed"));
    setSlot(call.m.heap, keyed, S.rest, one);
    return ofRef(keyed.id);
  }
  if (format.endsWith("EachRow")) return rowList(call, one);
  const facts = ["meta", "rows", "statistics"].map((name) => [name, unknown(call.m, at(call, name))] as const);
  return record(call.m, { ...Object.fromEntries(facts), data: rowList(call, one) }, at(call, "answer"));
}

const json: Native = (call) => {
  const format = slotOf(selves(call), FORMAT);
  const known = format.consts.filter((c): c is string => typeof c === "string");
  const open = primitivePart(format).kinds & ~UNDEFINED.kinds;
  const formats = open !== 0 || format.refs.length > 0 ? ["JSON", "JSONEachRow"] : known.length === 0 ? ["JSON"] : known;
  return answer(call, joinAll(formats.map((name) => inFormat(call, rowIn(call), name))));
};

const text: Native = (call) => promised(call, textOf(call.m, rowList(call, rowIn(call)), call.site));

/** A stream of lists of rows, each to be read as text or JSON. */
const stream: Native = (call) => {
  const { m, site } = call;
  const row = instance(m, LIB, "Row", site);
  setSlot(m.heap, row, ROW, rowIn(call));
  setSlot(m.heap, row, "text", textOf(m, clone(m, rowIn(call), site, "json"), site));
  const out = newStream(m, "Readable", site);
  setSlot(m.heap, out, S.rest, rowList(call, ofRef(row.id)));
  return ofRef(out.id);
};

const METHODS: Readonly<Record<string, NativeTable>> = {
  ResultSet: { json, text, stream, close: () => UNDEFINED },
  Row: { json: rowIn },
};

const CLIENT: NativeTable = {
  insert,
  query,
  command,
  exec,
  ping: (call) => promised(call, unknown(call.m, at(call, "ping"))),
  close: (call) => promised(call, UNDEFINED),
  createClient: (call) => ofRef(external(call.m, LIB, ["createClient", "()"]).id),
};

function match(_module: string, path: readonly string[]): Native | undefined {
  const name = path.at(-1) ?? "";
  const table = METHODS[path[0] ?? ""] ?? CLIENT;
  return under(table, name);
}

/** ClickHouse. */
export const clickhouse: NativeModule = {
  modules: [LIB, `${LIB}-web`, `${LIB}-common`],
  natives: {},
  match,
};
