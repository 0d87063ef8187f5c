/**
 * Drizzle: tables declared in code, query builders, relational queries. A row is kept under the table's and the columns' names in
 * the database, so that it is the same row that another library reads.
 */
import { joinSlot, objectsOf, setSlot } from "../../domain/heap.js";
import { ANY_NUMBER, BOTTOM, exact, isBottom, join, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { arg, callValue } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import { make, type Native, type NativeCall } from "../../machine/machine.js";
import { getNamed } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeModule } from "../../natives/index.js";
import { at } from "../../natives/support.js";
import { answer, rowList } from "../answers.js";
import {
  alias,
  column,
  columnMaker,
  defineRelations,
  drizzleObject,
  registerSchema,
  relate,
  relations,
  table,
  tableColumns,
  tableCreator,
} from "./drizzle-schema.js";
import { find } from "./drizzle-relational.js";
import { asSubquery, queryMethod, selectDistinctOn, start } from "./drizzle-query.js";
import { all, among, either, equal, isQuery, operandsOf, Q, silent, sqlHelper, sqlTag, unequal } from "./drizzle-rows.js";
import { runSql } from "../sql/run.js";

const database = (call: NativeCall): Value => ofRef(external(call.m, "drizzle-orm", ["Database"]).id);

/** `drizzle(client, { schema })`, `drizzle({ client, schema })`. */
const connect: Native = (call) => {
  for (const options of call.args.list)
    for (const obj of objectsOf(call.m.heap, options))
      if (obj.kind === "object")
        for (const name of ["schema", "relations"]) registerSchema(call, getNamed(call.m, ofRef(obj.id), name, call.site));
  return database(call);
};

const transaction: Native = (call) =>
  answer(call, callValue(call.m, arg(call.args, 0), UNDEFINED, { list: [database(call)], rest: null }, call.site));

/** `db.execute(sql`…`)`: rows, as a list and under `rows`, whichever the driver has. */
const execute: Native = (call) => {
  const { m, site } = call;
  const given = arg(call.args, 0);
  let row: Value = BOTTOM;
  const run = (text: unknown, params: readonly Value[]): void => {
    if (typeof text === "string") row = join(row, runSql(m, text, params, site));
  };
  run(exact(given), []);
  for (const obj of objectsOf(m.heap, given)) {
    if (isQuery(obj)) return queryMethod("execute")({ ...call, self: given });
    run(exact(obj.props.get(Q.text) ?? UNDEFINED), operandsOf(call, obj));
  }
  const list = rowList(call, isBottom(row) ? unknown(m, at(call, "row")) : row, "executed");
  for (const obj of objectsOf(m.heap, list)) setSlot(m.heap, obj, "rows", ofRef(obj.id));
  return answer(call, list);
};

/** `db.$with("recent").as(query)`. */
const withQuery: Native = (call) => ofRef(drizzleObject(call, "With", "with").id);

const DATABASE: Readonly<Record<string, Native>> = {
  select: start("select"),
  selectDistinct: start("select"),
  selectDistinctOn,
  insert: start("insert"),
  replace: start("insert"),
  update: start("update"),
  delete: start("delete"),
  transaction,
  execute,
  run: execute,
  all: execute,
  get: execute,
  values: execute,
  with: database,
  $with: withQuery,
  $count: (call) => answer(call, ANY_NUMBER),
  batch: (call) => call.m.native({ module: "global", path: ["Promise", "all"] })?.(call) ?? UNDEFINED,
  refreshMaterializedView: (call) => answer(call, UNDEFINED),
};

/** `union(a, b)` as a function. */
const union: Native = (call) =>
  queryMethod("union")({ ...call, self: arg(call.args, 0), args: { list: call.args.list.slice(1), rest: call.args.rest } });

/** `pgView("recent").as((qb) => qb.select()…)`. */
const asView: Native = (call) => {
  const given = arg(call.args, 0);
  const made = objectsOf(call.m.heap, given).some((o) => o.kind === "function")
    ? callValue(call.m, given, UNDEFINED, { list: [database(call)], rest: null }, call.site)
    : given;
  return asSubquery({ ...call, self: made, args: { list: [UNDEFINED], rest: null } });
};

const TOOLS: Readonly<Record<string, Native>> = {
  sql: sqlTag,
  relations,
  defineRelations,
  getTableColumns: tableColumns,
  getColumns: tableColumns,
  getTableName: (call) => unknown(call.m, at(call, "name")),
  eq: equal,
  inArray: among,
  ne: unequal,
  and: all,
  max: either,
  min: either,
  alias,
  aliasedTable: alias,
  union,
  unionAll: union,
  pgEnum: columnMaker,
  customType: columnMaker,
  drizzle: connect,
  // Reads go to copies of what is written to the first.
  withReplicas: (call) => arg(call.args, 0),
  pgTableCreator: tableCreator,
  mysqlTableCreator: tableCreator,
  sqliteTableCreator: tableCreator,
};

/** `pgSchema("app")`: its tables and enumerations. */
const schema: Native = (call) => {
  const obj = make(call.m, "object", at(call, "schema"));
  for (const [name, run] of [
    ["table", table],
    ["enum", columnMaker],
    ["view", withQuery],
    ["materializedView", withQuery],
  ] as const)
    joinSlot(call.m.heap, obj, name, ofRef(make(call.m, "native", at(call, name), { run }).id));
  return ofRef(obj.id);
};

const CONSTRAINTS = /^(index|uniqueIndex|unique|primaryKey|foreignKey|check|pgPolicy|pgRole|pgSequence)$/;

/** Functions of `drizzle-orm/pg-core` and its kin: tables, views, and column types of any name. */
function declaration(name: string): Native {
  if (/Table$/.test(name)) return table;
  if (/View$/.test(name)) return withQuery;
  if (/Schema$/.test(name)) return schema;
  return CONSTRAINTS.test(name) ? silent : column;
}

function match(module: string, path: readonly string[]): Native | undefined {
  const [owner, second, third] = path;
  const name = path.at(-1);
  if (owner === undefined || name === undefined) return undefined;
  if (owner === "sql" && path.length === 2) return sqlHelper(name);
  if (path.length === 1) return TOOLS[name] ?? (module.endsWith("-core") ? declaration(name) : silent);
  if (path.length === 2) {
    if (owner === "Query") return queryMethod(name);
    if (owner === "Expression" || owner === "Column" || owner === "Table") return (call) => call.self;
    if (owner === "With") return asView;
    if (owner === "types") return column;
  }
  if (owner === "relate" && third !== undefined) return path.length === 3 ? relate(second === "many", third) : undefined;
  // `tx: PgTransaction<…>`, `db: NodePgDatabase<typeof schema>`: known by their type alone.
  const start = path.findIndex((p) => /(Database|Transaction)$/.test(p));
  if (start < 0) return undefined;
  const rest = path.slice(start + 1).filter((p) => p !== "$primary");
  if (rest.length === 1) return DATABASE[name];
  if (rest.length === 3 && (rest[0] === "query" || rest[0] === "_query"))
    return name === "findMany" || name === "findFirst" ? find(rest[1]!, name === "findMany") : undefined;
  return undefined;
}

const DRIVERS =
  "node-postgres postgres-js neon-http neon-serverless vercel-postgres pglite aws-data-api/pg pg-proxy bun-sql mysql2 planetscale-serverless mysql-proxy tidb-serverless better-sqlite3 bun-sqlite libsql libsql/web libsql/http libsql/node d1 durable-sqlite expo-sqlite op-sqlite sql-js sqlite-proxy xata-http singlestore gel sqlite-cloud".split(
    " ",
  );

/** Drizzle with its dialects and drivers. */
export const drizzle: NativeModule = {
  modules: [
    "drizzle-orm",
    ...["pg", "mysql", "sqlite", "singlestore", "gel"].map((d) => `drizzle-orm/${d}-core`),
    ...DRIVERS.map((d) => `drizzle-orm/${d}`),
  ],
  natives: {},
  match,
};
