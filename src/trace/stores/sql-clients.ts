/** Clients that take SQL as text: PostgreSQL's, MySQL's, SQLite's. A statement that they run reads and writes the tables it names. */
import { objectsOf, S, setSlot, isFunction } from "../domain/heap.js";
import { ANY_NUMBER, BOTTOM, isBottom, join, joinAll, NULL, ofConst, ofRef, UNDEFINED, type Value } from "../domain/value.js";
import { arg, callValue } from "../machine/call.js";
import { external } from "../machine/external.js";
import { iterate } from "../machine/iterate.js";
import { hop, make, type Native, type NativeCall } from "../machine/machine.js";
import { getNamed } from "../machine/props.js";
import { unknown } from "../machine/unknown.js";
import type { NativeModule } from "../natives/index.js";
import { promised } from "../natives/settle.js";
import { alike, arrayOf, at, instance, lastCallback, option, putSlot, selves, slotOf } from "../natives/support.js";
import { rowList, streamOfRows } from "./answers.js";
import { firstColumn, valuesOf } from "./sql/row-shapes.js";
import { runSql, templateText } from "./sql/run.js";
import { isStatement, isTemplate, newQuery, variantsOfTemplate } from "./sql/tagged.js";
import { statementsOf, type Lookup } from "./sql/texts.js";

/** Parameters as a list, or as separate arguments. */
function parameters(call: NativeCall, values: readonly Value[]): readonly Value[] {
  const out: Value[] = [];
  for (const v of values)
    for (const obj of objectsOf(call.m.heap, v).length > 0 ? objectsOf(call.m.heap, v) : [undefined]) {
      if (obj?.kind !== "array") {
        out.push(obj === undefined ? v : ofRef(obj.id, v.via));
        continue;
      }
      const items = iterate(call.m, ofRef(obj.id, v.via), call.site);
      out.push(...items.list, ...(items.rest === null ? [] : [items.rest]));
    }
  return out;
}

/** `$2` and `?` alike: parameters in the order of the text. Named ones (`:name`, `@name`) are taken from the object that holds them. */
export const given =
  (call: NativeCall, values: readonly Value[]): Lookup =>
  (key) => {
    if ("name" in key)
      return values.reduce((v: Value, x) => (x.refs.length === 0 ? v : join(v, namedParameter(call, x, key.name))), BOTTOM);
    return key.sure ? (values[key.number] ?? UNDEFINED) : joinAll(values.slice(key.number));
  };

/** SQLite's clients take the sign of a parameter as a part of its key: `{ $id: 1 }`. */
function namedParameter(call: NativeCall, values: Value, name: string): Value {
  const own = getNamed(call.m, values, name, call.site);
  return own === UNDEFINED ? joinAll(["$", ":", "@"].map((sign) => getNamed(call.m, values, `${sign}${name}`, call.site))) : own;
}

/** One row of a statement's result; unknown when the text is not known or it gives nothing back. */
export function rowOfText(call: NativeCall, text: Value, values: readonly Value[]): Value {
  const statements = statementsOf(call.m, text, given(call, parameters(call, values)));
  const row = joinAll(statements.map((s) => runSql(call.m, s.text, s.values, call.site)));
  return isBottom(row) ? unknown(call.m, at(call, "row")) : hop(call.m, row, "read", call.site);
}

/** Text and parameters of `query(text, values)` or `query({ text, values })`, with the callback that some calls have. */
function statement(call: NativeCall): { readonly row: Value; readonly callback: Value | undefined } {
  const { m, site } = call;
  const rest = call.args.list.slice(1);
  const isCallback = (v: Value | undefined): v is Value => v !== undefined && objectsOf(m.heap, v).some(isFunction);
  const last = rest.at(-1);
  const callback = isCallback(last) ? last : undefined;
  const values = callback === undefined ? rest : rest.slice(0, -1);
  const first = arg(call.args, 0);
  const isText = first.refs.length === 0 || objectsOf(m.heap, first).some((o) => o.kind === "text");
  if (first.consts.length > 0 || isText) return { row: rowOfText(call, first, values), callback };
  const template = templateText(m, first);
  if (template !== undefined) return { row: rowOfText(call, ofConst(template), values), callback };
  const text = join(getNamed(m, first, "text", site), getNamed(m, first, "sql", site));
  const own = ["values", "args"].map((name) => getNamed(m, first, name, site)).filter((v) => v.refs.length > 0);
  return { row: rowOfText(call, text, [...own, ...values]), callback };
}

/** `{ rows, rowCount }`. */
function result(call: NativeCall, row: Value): Value {
  const obj = make(call.m, "object", at(call, "result"));
  setSlot(call.m.heap, obj, "rows", rowList(call, row));
  for (const name of ["rowCount", "rowsAffected"]) setSlot(call.m.heap, obj, name, join(ANY_NUMBER, NULL));
  setSlot(call.m.heap, obj, "fields", unknown(call.m, at(call, "fields")));
  return ofRef(obj.id);
}

/** `[rows, fields]`. */
function pair(call: NativeCall, row: Value): Value {
  const obj = make(call.m, "array", at(call, "pair"));
  setSlot(call.m.heap, obj, "0", rowList(call, row));
  setSlot(call.m.heap, obj, "1", unknown(call.m, at(call, "fields")));
  setSlot(call.m.heap, obj, S.length, ofConst(2));
  return ofRef(obj.id);
}

const answered = (call: NativeCall, callback: Value | undefined, v: Value): Value => {
  if (callback === undefined) return promised(call, v);
  callValue(call.m, callback, UNDEFINED, { list: [NULL, v], rest: null }, call.site);
  return UNDEFINED;
};

/** What callbacks get: of MySQL's clients the rows themselves, and then what is told of their columns. */
const called =
  (shape: (call: NativeCall, row: Value) => Value, inCallback: (call: NativeCall, row: Value) => Value): Native =>
  (call) => {
    const { row, callback } = statement(call);
    return callback === undefined ? promised(call, shape(call, row)) : answered(call, callback, inCallback(call, row));
  };

/** Clients of SQLite without classes of their own for results: all rows, one of them, or none. */
const SQLITE: Readonly<Record<string, (call: NativeCall, row: Value) => Value>> = {
  all: rowList,
  get: (_call, row) => join(row, UNDEFINED),
  each: (_call, row) => row,
};

/** Slots of what PostgreSQL's client is given to run: a stream or a cursor of a statement. */
const READER = "\0reader";
const VALUES = "\0values";

/** `new QueryStream(text, values)`, `new Cursor(text, values)`: nothing is read before a client runs it. */
const reader =
  (kind: string): Native =>
  (call) => {
    const obj = instance(call.m, "pg", "Cursor", call.site);
    setSlot(call.m.heap, obj, READER, ofConst(kind));
    setSlot(call.m.heap, obj, "\0sql", arg(call.args, 0));
    setSlot(call.m.heap, obj, VALUES, arg(call.args, 1));
    return ofRef(obj.id);
  };

/** The rows of such, if that is what a client is given. */
function readerOf(call: NativeCall): Value | undefined {
  const readers = objectsOf(call.m.heap, arg(call.args, 0)).filter((o) => o.props.has(READER));
  if (readers.length === 0) return undefined;
  const row = rowOfText(call, slotOf(readers, "\0sql"), [slotOf(readers, VALUES)]);
  putSlot(call.m, readers, S.rest, row);
  return slotOf(readers, READER).consts.includes("stream") ? streamOfRows(call, row) : arg(call.args, 0);
}

/** `cursor.read(10)`: the next rows. */
const readRows: Native = (call) => {
  const rows = rowList(call, slotOf(selves(call), S.rest));
  return answered(call, lastCallback(call.m, call.args), rows);
};

const query =
  (shape: (call: NativeCall, row: Value) => Value): Native =>
  (call) => {
    const read = readerOf(call);
    if (read !== undefined) return read;
    const { row: given, callback } = statement(call);
    // `{ rowMode: "array" }`
    const isList = option(call, arg(call.args, 0), "rowMode").consts.includes("array");
    const row = isList ? valuesOf(call, given) : given;
    return answered(call, callback, shape(call, row));
  };

/** `db.prepare(sql)` of SQLite's clients: the text is kept for the statement's calls. */
const prepare: Native = (call) => {
  const obj = make(call.m, "object", at(call, "statement"));
  setSlot(call.m.heap, obj, S.proto, ofRef(external(call.m, "better-sqlite3", ["Statement"]).id));
  setSlot(call.m.heap, obj, "\0sql", arg(call.args, 0));
  return ofRef(obj.id);
};

/** Slots of statements: what they are given once for all calls, and what their rows are instead of objects. */
const BOUND = "\0bound";
const SHAPE = "\0shape";
const SHAPES: Readonly<Record<string, (call: NativeCall, row: Value) => Value>> = { pluck: firstColumn, raw: valuesOf };

const prepared =
  (shape: (call: NativeCall, row: Value) => Value): Native =>
  (call) => {
    const of = selves(call);
    const text = slotOf(of, "\0sql");
    const bound = slotOf(of, BOUND);
    const values = call.args.list.length > 0 || bound.refs.length === 0 ? call.args.list : iterate(call.m, bound, call.site).list;
    const row = rowOfText(call, text, values);
    const shapes = slotOf(of, SHAPE).consts.flatMap((name) => SHAPES[String(name)] ?? []);
    return shape(
      call,
      shapes.reduce((v: Value, shaped) => shaped(call, v), row),
    );
  };

/** Changes the statement itself. */
const changes =
  (slot: string, v: (call: NativeCall) => Value): Native =>
  (call) => {
    putSlot(call.m, selves(call), slot, v(call));
    return call.self;
  };

const STATEMENT: Readonly<Record<string, Native>> = {
  all: prepared(rowList),
  get: prepared((_call, row) => join(row, UNDEFINED)),
  iterate: prepared(rowList),
  run: prepared((call) => unknown(call.m, at(call, "info"))),
  ...alike(["safeIntegers"], (call) => call.self),
  pluck: changes(SHAPE, () => ofConst("pluck")),
  raw: changes(SHAPE, () => ofConst("raw")),
  bind: changes(BOUND, (call) => arrayOf(call.m, call.args.list, at(call, "bound"))),
};

const RUNS = new Set(["query", "execute", "unsafe", "exec", "run", "all", "get", "each"]);
/** Getting and giving back connections; a connection is used like the client. */
const SAME = new Set(["connect", "getConnection", "begin", "reserve", "create"]);
const ENDS = new Set(["end", "release", "close", "destroy", "on", "once", "pragma", "ping", "commit", "rollback", "beginTransaction"]);

/** A tag: it runs, or is put into another. Neon's gives the rows alone. */
const tag =
  (module: string): Native =>
  (call) => {
    const { m, site } = call;
    const shape = module.includes("neon") ? rowList : result;
    if (!isTemplate(call)) return query(shape)(call);
    const variants = variantsOfTemplate(call);
    const statements = variants.filter(isStatement);
    const row = statements.reduce((v: Value, { text, params }) => join(v, runSql(m, text, params, site)), BOTTOM);
    const gives = statements.length === 0 ? BOTTOM : shape(call, isBottom(row) ? unknown(m, at(call, "row")) : row);
    return newQuery(call, variants, ofRef(external(m, "global", ["Promise", "prototype"]).id), gives);
  };

/** A client's calls by the last name of their path, wherever the client came from. */
function client(module: string, path: readonly string[]): Native | undefined {
  const name = path.at(-1) ?? "";
  const isMysql = module.startsWith("mysql");
  if (module === "pg-query-stream") return path.length < 2 ? reader("stream") : undefined;
  if (module === "pg-cursor") return path.length < 2 ? reader("cursor") : undefined;
  if (path[0] === "Cursor") return name === "read" ? readRows : (call) => promised(call, UNDEFINED);
  if (path[0] === "Statement") return STATEMENT[name];
  if (name === "prepare" || (module === "bun:sqlite" && name === "query")) return prepare;
  if (name === "transaction" || name === "begin") return (call) => runs(call);
  const rows = module.startsWith("sqlite") && Object.hasOwn(SQLITE, name) ? SQLITE[name] : undefined;
  if (rows !== undefined) return query(rows);
  if (RUNS.has(name)) return isMysql ? called(pair, rowList) : query(result);
  if (SAME.has(name)) return (call) => promised(call, ofRef(external(call.m, module, path.slice(0, -1)).id));
  if (ENDS.has(name)) return (call) => promised(call, UNDEFINED);
  // sql`…` of clients that are themselves the tag.
  if (name === "()" || name === "sql") return tag(module);
  return undefined;
}

/** `sql.begin(async (sql) => …)`, `db.transaction(fn)`: run what they are given. */
function runs(call: NativeCall): Value {
  const given = lastCallback(call.m, call.args);
  if (given === undefined) return promised(call, UNDEFINED);
  const isSync = objectsOf(call.m.heap, call.callee.kind === "external" ? ofRef(call.callee.id) : BOTTOM).some((o) =>
    o.key.includes("sqlite"),
  );
  return isSync ? given : promised(call, callValue(call.m, given, UNDEFINED, { list: [call.self], rest: null }, call.site));
}

/** Clients of SQL databases. */
export const sqlClients: NativeModule = {
  modules: [
    "pg",
    "pg-pool",
    "pg-cursor",
    "pg-query-stream",
    "@neondatabase/serverless",
    "@vercel/postgres",
    "mysql2",
    "mysql2/promise",
    "mysql",
    "better-sqlite3",
    "bun:sqlite",
    "sqlite",
    "sqlite3",
    "@libsql/client",
    "@electric-sql/pglite",
  ],
  natives: {},
  match: client,
};
