/** Drizzle's query builders: never changed, each step copies. Writes take place as soon as they are described. */
import { joinSlot, objectsOf, setSlot, type Obj } from "../../domain/heap.js";
import { BOTTOM, isBottom, join, K, ofConst, ofRef, ofKinds, refPart, UNDEFINED, withKinds, type Value } from "../../domain/value.js";
import { arg, hasArg } from "../../machine/call.js";
import { iterate } from "../../machine/iterate.js";
import { hop, make, type Native, type NativeCall } from "../../machine/machine.js";
import { entries, getNamed, lookUp } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { at } from "../../natives/support.js";
import { answer, rowList } from "../answers.js";
import { columnsIn, D, drizzleObject, isTable, tableName } from "./drizzle-schema.js";
import { ask, askJoined, forget } from "../builder-conditions.js";
import { saysConsent } from "../conditions.js";
import { conditioned, fromOf, isComputed, isQuery, Q, rowOf, valueOf } from "./drizzle-rows.js";
import { writeRow } from "../table.js";

/** Starts a query on a table: `insert(users)`, `update(users)`, `delete(users)`; or a selection. */
export const start =
  (op: "select" | "insert" | "update" | "delete"): Native =>
  (call) => {
    const query = drizzleObject(call, "Query", op);
    setSlot(call.m.heap, query, Q.op, ofConst(op));
    setSlot(call.m.heap, query, "then", ofRef(make(call.m, "native", at(call, "then"), { run: then }).id));
    const given = arg(call.args, 0);
    if (op !== "select") addFrom(call, query, given);
    else setSlot(call.m.heap, query, Q.gives, UNDEFINED);
    if (op === "select" && given.refs.length > 0) setSlot(call.m.heap, query, Q.fields, given);
    return ofRef(query.id);
  };

/** `selectDistinctOn([…], fields)`. */
export const selectDistinctOn: Native = (call) =>
  start("select")({ ...call, args: { list: call.args.list.slice(1), rest: call.args.rest } });

function addFrom(call: NativeCall, query: Obj, table: Value): void {
  const count = [...query.props.keys()].filter((slot) => slot.startsWith(Q.from)).length;
  if (!isBottom(table)) setSlot(call.m.heap, query, `${Q.from}${count}`, { ...table, kinds: 0, consts: [] });
}

const revised =
  (change: (call: NativeCall, copy: Obj) => void): Native =>
  (call) => {
    const { m } = call;
    let out: Value = BOTTOM;
    for (const [i, query] of objectsOf(m.heap, call.self).filter(isQuery).entries()) {
      const copy = make(m, "object", at(call, `query${i}`));
      for (const [slot, v] of query.props) setSlot(m.heap, copy, slot, v);
      change(call, copy);
      out = join(out, ofRef(copy.id));
    }
    return isBottom(out) ? call.self : out;
  };

const from = revised((call, query) => {
  addFrom(call, query, arg(call.args, 0));
});

// ------------------------------------------------------------------------------------------------ writing

/** The rows of an argument: one, a list, or what another query selects. */
function rowsIn(call: NativeCall, v: Value): readonly Value[] {
  const out: Value[] = [];
  for (const obj of objectsOf(call.m.heap, v)) {
    if (obj.kind === "array") {
      const items = iterate(call.m, ofRef(obj.id, v.via), call.site);
      out.push(...items.list, ...(items.rest === null ? [] : [items.rest]));
    } else out.push(isQuery(obj) ? rowOf(call, obj) : ofRef(obj.id, v.via));
  }
  return out;
}

/** A row by the names of the database: only what the table has a column for is written. */
function columnsOfRow(call: NativeCall, table: Obj, row: Value): Value {
  const { m, site } = call;
  const objects = objectsOf(m.heap, row);
  if (!isTable(table) || columnsIn(call, table).length === 0) return row;
  const out = make(
    m,
    "object",
    at(
      call,
      `columns ${tableName(table)} ${objects
        .map((o) => o.key)
        .join(" ")
        .slice(-80)}`,
    ),
  );
  for (const [property, columns] of columnsIn(call, table)) {
    let v: Value = BOTTOM;
    for (const obj of objects) v = join(v, lookUp(m, obj, property, ofRef(obj.id, row.via), site, 0) ?? ofKinds(K.Absent));
    if (isBottom(withKinds(v, v.kinds & ~(K.Absent | K.Undefined)))) continue;
    const names = objectsOf(m.heap, columns).flatMap((c) => c.props.get(D.column)?.consts ?? []);
    for (const name of names) setSlot(m.heap, out, String(name), computed(call, v));
  }
  return ofRef(out.id, row.via);
}

/** Expressions among written values are what they come to. */
function computed(call: NativeCall, v: Value): Value {
  if (!objectsOf(call.m.heap, v).some(isComputed)) return v;
  let out: Value = { ...v, refs: [] };
  for (const obj of objectsOf(call.m.heap, v))
    out = join(out, isComputed(obj) ? valueOf(call, null, ofRef(obj.id), 0) : ofRef(obj.id, v.via));
  return out;
}

function writeRows(call: NativeCall, query: Obj, v: Value): void {
  for (const table of [...fromOf(call, query)].slice(0, 4))
    for (const row of rowsIn(call, v)) {
      const columns = columnsOfRow(call, table, row);
      writeRow(call.m, tableName(table), columns, call.site);
      if (columns !== row) joinSlot(call.m.heap, query, Q.written, columns);
    }
}

const writing = revised((call, query) => {
  writeRows(call, query, arg(call.args, 0));
});

/** `onConflictDoUpdate({ target, set })`: what it sets is written too, and the row may be an old one. */
const onConflict = revised((call, query) => {
  const options = arg(call.args, 0);
  if (options.refs.length > 0) writeRows(call, query, getNamed(call.m, refPart(options), "set", call.site));
});

const returning = revised((call, query) => {
  setSlot(call.m.heap, query, Q.gives, UNDEFINED);
  if (arg(call.args, 0).refs.length > 0) setSlot(call.m.heap, query, Q.fields, arg(call.args, 0));
});

/** `$returningId()`: only the keys of what was inserted. */
const returningId = revised((call, query) => {
  const fields = make(call.m, "object", at(call, "ids"));
  for (const table of fromOf(call, query))
    for (const [name, c] of columnsIn(call, table)) if (/^id$|Id$/.test(name)) joinSlot(call.m.heap, fields, name, c);
  setSlot(call.m.heap, query, Q.gives, UNDEFINED);
  setSlot(call.m.heap, query, Q.fields, ofRef(fields.id));
});

const union = revised((call, query) => {
  for (const other of call.args.list) joinSlot(call.m.heap, query, Q.union, other);
});

/** `query.as("recent")`: what it selects is there under its names, for another query to select. */
export const asSubquery = revised((call, query) => {
  setSlot(call.m.heap, query, D.alias, arg(call.args, 0));
  const fields = objectsOf(call.m.heap, query.props.get(Q.fields) ?? BOTTOM);
  for (const obj of fields) for (const x of entries(call.m, obj, call.site).known) setSlot(call.m.heap, query, x.name, x.value);
  if (fields.length === 0)
    for (const table of [...fromOf(call, query)].filter(isTable))
      for (const [name, c] of columnsIn(call, table)) setSlot(call.m.heap, query, name, c);
  setSlot(call.m.heap, query, "then", undefined);
});

// ------------------------------------------------------------------------------------------------ running

/** What running the query gives: rows, or what the driver says of a write. */
function result(call: NativeCall): Value {
  let out: Value = BOTTOM;
  for (const query of objectsOf(call.m.heap, call.self).filter(isQuery))
    out = join(out, query.props.has(Q.gives) ? rowList(call, rowOf(call, query)) : unknown(call.m, at(call, "outcome")));
  return out;
}

const first = (call: NativeCall): Value => {
  let out: Value = UNDEFINED;
  for (const query of objectsOf(call.m.heap, call.self).filter(isQuery)) out = join(out, rowOf(call, query));
  return out;
};

const execute: Native = (call) => answer(call, result(call));

/** A promise's method on the query itself. */
const asPromise =
  (name: string): Native =>
  (call) => {
    const promise = answer(call, result(call));
    return call.m.native({ module: "global", path: ["Promise", "prototype", name] })?.({ ...call, self: promise }) ?? promise;
  };
const then = asPromise("then");

/** An inner join gives no rows that do not meet its condition. */
const innerJoin = revised((call, query) => {
  addFrom(call, query, arg(call.args, 0));
  if (!saysConsent(call.m)) return;
  conditioned(call, arg(call.args, 1), (column, v) => {
    askJoined(call.m, query, column, v);
  });
});

const joins = {
  ...Object.fromEntries(
    "from leftJoin rightJoin fullJoin crossJoin leftJoinLateral crossJoinLateral using".split(" ").map((name) => [name, from]),
  ),
  innerJoin,
  innerJoinLateral: innerJoin,
};
const unions = Object.fromEntries("union unionAll".split(" ").map((name) => [name, union]));

/** A condition changes nothing of what is in a row; a later one takes the place of those before. */
const where: Native = (call) => {
  if (!saysConsent(call.m)) return call.self;
  return revised((at, query) => {
    forget(at.m, query);
    conditioned(at, arg(call.args, 0), (column, v) => {
      ask(at.m, query, column, v);
    });
  })(call);
};

const QUERY: Readonly<Record<string, Native>> = {
  where,
  ...joins,
  ...unions,
  set: writing,
  select: writing,
  onConflictDoUpdate: onConflict,
  onDuplicateKeyUpdate: onConflict,
  returning,
  $returningId: returningId,
  as: asSubquery,
  execute,
  all: execute,
  run: execute,
  get: (call) => answer(call, first(call)),
  iterator: (call) => rowList(call, hop(call.m, first(call), "read", call.site), "iterator", "generator"),
  then,
  catch: asPromise("catch"),
  finally: asPromise("finally"),
  toSQL: (call) => unknown(call.m, at(call, "sql")),
};

/** A method of a builder; conditions, order and limits change nothing of what is in a row. */
export const queryMethod = (name: string): Native => {
  // `insert(t).values(rows)` writes; `select().from(t).values()` of SQLite's drivers runs.
  if (name === "values") return (call) => (hasArg(call.args, 0) ? writing(call) : execute(call));
  return QUERY[name] ?? ((call) => call.self);
};
