/** Drizzle's relational queries: `db.query.users.findMany({ columns, with, extras })`. */
import { objectsOf, setSlot, type Obj } from "../../domain/heap.js";
import { BOTTOM, hasPrimitive, join, NULL, ofRef, truthiness, UNDEFINED, type Value } from "../../domain/value.js";
import { arg, callValue } from "../../machine/call.js";
import { make, type Native, type NativeCall } from "../../machine/machine.js";
import { copyProps, entries, getNamed, lookUp, type Entry } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { at } from "../../natives/support.js";
import { answer, rowList } from "../answers.js";
import { columnsIn, relationOf, schemaTables, tableColumns, tableName } from "./drizzle-schema.js";
import { fixedBy, given, type Fixed } from "../conditions.js";
import { fixedIn, tableRow, valueOf } from "./drizzle-rows.js";
import { readRow, relationTable } from "../table.js";

const DEPTH = 5;

/** `findMany` and `findFirst` of `db.query.<name>`. */
export const find =
  (name: string, many: boolean): Native =>
  (call) => {
    const tables = schemaTables(call.m, name);
    let row: Value = BOTTOM;
    for (const table of tables) row = join(row, given(call.m, chosen(call, table, arg(call.args, 0), 0), askedFor(call, tableName(table))));
    if (tables.length === 0) row = readRow(call.m, name, call.site);
    return answer(call, many ? rowList(call, row) : join(row, UNDEFINED));
  };

/** What `where` asks for: an expression, or an object of columns. */
function askedFor(call: NativeCall, table: string): readonly Fixed[] {
  const options = arg(call.args, 0);
  const where = options.refs.length === 0 ? UNDEFINED : getNamed(call.m, options, "where", call.site);
  if (where.refs.length !== 1 || hasPrimitive(where)) return [];
  return [...objectsOf(call.m.heap, where).flatMap((one) => fixedIn(call, one)), ...fixedBy(call.m, where, { table }, call.site)];
}

const option = (call: NativeCall, options: Value, name: string): readonly Entry[] =>
  objectsOf(call.m.heap, options).flatMap((o) =>
    objectsOf(call.m.heap, lookUp(call.m, o, name, ofRef(o.id), call.site, 0) ?? BOTTOM).flatMap(
      (x) => entries(call.m, x, call.site).known,
    ),
  );

/** A row with the columns that are asked for (or not excluded), and its relations. */
function chosen(call: NativeCall, table: Obj, options: Value, depth: number): Value {
  const { m, site } = call;
  const row = make(m, "object", at(call, `found ${tableName(table)} ${depth}`));
  const asked = option(call, options, "columns");
  const named = asked.filter((x) => truthiness(x.value).yes).map((x) => x.name);
  const excluded = new Set(asked.filter((x) => !x.maybe && !truthiness(x.value).yes).map((x) => x.name));
  const only = named.length > 0;
  const all = new Set(columnsIn(call, table).map(([name]) => name));
  copyProps(m, row, tableRow(call, null, table, only ? new Set([...all].filter((name) => !named.includes(name))) : excluded), site);
  for (const x of option(call, options, "with"))
    if (truthiness(x.value).yes) setSlot(m.heap, row, x.name, related(call, table, x.name, x.value, depth));
  for (const x of extras(call, table, options)) setSlot(m.heap, row, x.name, valueOf(call, null, x.value, 0));
  return ofRef(row.id);
}

/** `extras: { lower: sql`…` }`, or a function of the columns. */
function extras(call: NativeCall, table: Obj, options: Value): readonly Entry[] {
  const { m, site } = call;
  const out: Entry[] = [];
  for (const o of objectsOf(m.heap, options)) {
    let v = lookUp(m, o, "extras", ofRef(o.id), site, 0) ?? BOTTOM;
    if (objectsOf(m.heap, v).some((f) => f.kind === "function")) {
      const columns = tableColumns({ ...call, args: { list: [ofRef(table.id)], rest: null } });
      v = callValue(m, v, UNDEFINED, { list: [columns], rest: null }, site);
    }
    for (const x of objectsOf(m.heap, v)) out.push(...entries(m, x, site).known);
  }
  return out;
}

/** A relation's rows: as it is declared, else by the table of its name. */
function related(call: NativeCall, table: Obj, name: string, options: Value, depth: number): Value {
  const { m, site } = call;
  if (depth >= DEPTH) return unknown(m, at(call, `deep ${name}`));
  const declared = relationOf(m, tableName(table), name);
  if (declared !== undefined) {
    const row = declared.tables.reduce((v: Value, t) => join(v, chosen(call, t, options, depth + 1)), BOTTOM);
    return declared.many ? rowList(call, row, `${name} ${depth}`) : join(row, NULL);
  }
  const guess = relationTable(m, name);
  const row = readRow(m, guess.table, site);
  return guess.many ? rowList(call, row, `${name} ${depth}`) : join(row, NULL);
}
