/** Kysely: query builders from `new Kysely<DB>()`, its transactions, and the expression builders that callbacks get. */
import { joinSlot, lastingly, objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import { ANY_NUMBER, BOTTOM, isBottom, join, ofRef, truthiness, UNDEFINED, type Value } from "../../domain/value.js";
import { arg, callValue, hasArg } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import { forkAll } from "../../machine/fork.js";
import { typeValue } from "../../machine/declared.js";
import { hop, make, type Instance, type Native, type NativeCall } from "../../machine/machine.js";
import type { NativeModule } from "../../natives/index.js";
import { unknown } from "../../machine/unknown.js";
import { at } from "../../natives/support.js";
import { answer, rowList } from "../answers.js";
import { ask, equalities, loosen } from "../builder-conditions.js";
import { saysConsent } from "../conditions.js";
import { EXPRESSIONS, expressionMethod, sqlTag } from "./kysely-expressions.js";
import { addColumns, addTable, isQuery, listed, named, newQuery, Q, revisedQuery } from "./kysely-query.js";
import { rowOf, runWrites } from "./kysely-run.js";

const start =
  (op: string): Native =>
  (call) => {
    const query = newQuery(call, op);
    addTable(call, query, arg(call.args, 0));
    return ofRef(query.id);
  };

const step =
  (change: (call: NativeCall, copy: Obj) => void): Native =>
  (call) =>
    revisedQuery(call, (copy) => {
      change(call, copy);
    });

const select = step((call, q) => {
  addColumns(call, q, arg(call.args, 0));
});

const selectAll = step((call, q) => {
  if (!hasArg(call.args, 0)) {
    setSlot(call.m.heap, q, `${Q.all}*`, UNDEFINED);
    return;
  }
  for (const alias of listed(call, arg(call.args, 0))) for (const c of alias.consts) setSlot(call.m.heap, q, Q.all + String(c), UNDEFINED);
});

const joined = step((call, q) => {
  const before = new Set([...named(q, Q.table)].map(([alias]) => alias));
  addTable(call, q, arg(call.args, 0));
  for (const [alias] of [...named(q, Q.table)]) if (!before.has(alias)) setSlot(call.m.heap, q, `\0joined:${alias}`, UNDEFINED);
});

/** Rows for `values` and `set`; a callback gets the expression builder. */
function addValues(call: NativeCall, q: Obj, v: Value): void {
  const { m, site } = call;
  for (const one of listed(call, v)) if (one.refs.length > 0) joinSlot(m.heap, q, Q.values, hop(m, one, "argument", site));
}

const setColumns = step((call, q) => {
  const name = arg(call.args, 0).consts[0];
  if (typeof name !== "string") {
    addValues(call, q, arg(call.args, 0));
    return;
  }
  const row = make(call.m, "object", at(call, "set"));
  setSlot(call.m.heap, row, name, arg(call.args, 1));
  addValues(call, q, ofRef(row.id));
});

/** `onConflict((oc) => oc.column("id").doUpdateSet({…}))`: what it sets is written too. */
const onConflict = step((call, q) => {
  const made = callValue(
    call.m,
    arg(call.args, 0),
    UNDEFINED,
    { list: [ofRef(external(call.m, "kysely", ["OnConflictBuilder"]).id)], rest: null },
    call.site,
  );
  for (const obj of objectsOf(call.m.heap, made)) addValues(call, q, obj.props.get(Q.values) ?? BOTTOM);
});

const doUpdateSet: Native = (call) => {
  const obj = make(call.m, "object", at(call, "conflict"));
  setSlot(call.m.heap, obj, S.proto, ofRef(external(call.m, "kysely", ["OnConflictBuilder"]).id));
  addValues(call, obj, arg(call.args, 0));
  return ofRef(obj.id);
};

/** Runs a callback on the builder: `$call`, and `$if` where the condition allows. */
const through: Native = (call) => callValue(call.m, arg(call.args, 0), UNDEFINED, { list: [call.self], rest: null }, call.site);
const conditional: Native = (call) => {
  const t = truthiness(arg(call.args, 0));
  const run = (): Value => callValue(call.m, arg(call.args, 1), UNDEFINED, { list: [call.self], rest: null }, call.site);
  return t.yes && t.no ? forkAll(call.m, [() => call.self, run]) : t.yes ? run() : call.self;
};

const union = step((call, q) => {
  for (const one of listed(call, arg(call.args, 0)))
    for (const obj of objectsOf(call.m.heap, one)) if (isQuery(obj)) joinSlot(call.m.heap, q, Q.union, ofRef(obj.id));
});

const cleared = step((call, q) => {
  for (const slot of [...q.props.keys()])
    if (slot.startsWith(Q.column) || slot.startsWith(Q.expression) || slot.startsWith(Q.all) || slot === Q.open)
      setSlot(call.m.heap, q, slot, undefined);
});

const aliased = step((call, q) => {
  setSlot(call.m.heap, q, Q.alias, arg(call.args, 0));
});

// ------------------------------------------------------------------------------------------------ running

/** Writes what is to be written; gives the row that comes back: selected, returned, or the driver's counts. */
function result(call: NativeCall): Value {
  let out: Value = BOTTOM;
  for (const q of objectsOf(call.m.heap, call.self)) {
    if (!isQuery(q)) continue;
    runWrites(call, q);
    const gives = [Q.column, Q.expression, Q.all].some((p) => [...named(q, p)].length > 0) || q.props.has(Q.open);
    out = join(out, gives ? rowOf(call, q) : unknown(call.m, at(call, "outcome")));
  }
  return isBottom(out) ? unknown(call.m, at(call, "rows")) : out;
}

/** Conditions change nothing of what is in a row; what they ask for is of concern where a consent is kept in a column. */
const asking =
  (change: (call: NativeCall, copy: Obj) => void): Native =>
  (call) =>
    saysConsent(call.m) ? step(change)(call) : call.self;

const rows = (call: NativeCall, kind: "array" | "generator"): Value =>
  rowList(call, hop(call.m, result(call), "read", call.site), "list", kind);

const SAME =
  "whereRef whereExists having havingRef groupBy orderBy clearOrderBy clearLimit clearOffset clearGroupBy limit offset top fetch distinct forUpdate forShare forKeyShare forNoKeyUpdate skipLocked noWait modifyFront modifyEnd ignore orIgnore orReplace orAbort orFail orRollback withPlugin withoutPlugins $castTo $narrowType $assertType $asTuple $asScalar $notNull withSchema withTables ifNotExists".split(
    " ",
  );

const QUERY: Readonly<Record<string, Native>> = {
  ...Object.fromEntries(SAME.map((name) => [name, ((call) => call.self) satisfies Native])),
  where: asking((call, q) => {
    for (const [column, v] of equalities(call)) ask(call.m, q, column, v);
  }),
  orWhere: asking(({ m }, q) => {
    loosen(m, q);
  }),
  clearWhere: asking(({ m }, q) => {
    loosen(m, q);
  }),
  ...Object.fromEntries(
    "innerJoin leftJoin rightJoin fullJoin crossJoin innerJoinLateral leftJoinLateral crossJoinLateral crossApply outerApply from using"
      .split(" ")
      .map((name) => [name, joined]),
  ),
  ...Object.fromEntries("union unionAll".split(" ").map((name) => [name, union])),
  ...Object.fromEntries("intersect intersectAll except exceptAll".split(" ").map((name) => [name, ((call) => call.self) satisfies Native])),
  select,
  distinctOn: (call) => call.self,
  returning: select,
  output: select,
  selectAll,
  returningAll: selectAll,
  outputAll: selectAll,
  clearSelect: cleared,
  clearReturning: cleared,
  values: step((call, q) => {
    addValues(call, q, arg(call.args, 0));
  }),
  expression: step((call, q) => {
    addValues(call, q, arg(call.args, 0));
  }),
  columns: (call) => call.self,
  defaultValues: (call) => call.self,
  set: setColumns,
  onConflict,
  onDuplicateKeyUpdate: step((call, q) => {
    addValues(call, q, arg(call.args, 0));
  }),
  $call: through,
  $if: conditional,
  if: conditional,
  as: aliased,
  execute: (call) => answer(call, rows(call, "array")),
  executeTakeFirst: (call) => answer(call, join(result(call), UNDEFINED)),
  executeTakeFirstOrThrow: (call) => answer(call, result(call)),
  stream: (call) => rows(call, "generator"),
  compile: (call) => unknown(call.m, at(call, "compiled")),
  toOperationNode: (call) => unknown(call.m, at(call, "node")),
  explain: (call) => answer(call, unknown(call.m, at(call, "explained"))),
};

// ------------------------------------------------------------------------------------------------ the database object

/** `db.with("name", (db) => …)`: an object that starts queries which know the CTE. */
const withCte: Native = (call) => {
  const { m } = call;
  const db = make(m, "object", at(call, "with"));
  setSlot(m.heap, db, S.proto, ofRef(external(m, "kysely", ["Kysely"]).id));
  for (const from of objectsOf(m.heap, call.self))
    for (const [slot, v] of from.props) if (slot.startsWith(Q.cte)) joinSlot(m.heap, db, slot, v);
  const names = arg(call.args, 0).consts.map((c) => String(c).replace(/\(.*$/, "").trim());
  const made = callValue(m, arg(call.args, 1), UNDEFINED, { list: [ofRef(db.id)], rest: null }, call.site);
  for (const name of names) joinSlot(m.heap, db, Q.cte + name, isBottom(made) ? arg(call.args, 1) : made);
  return ofRef(db.id);
};

const inTransaction: Native = (call) => {
  const trx = ofRef(external(call.m, "kysely", ["Transaction"]).id);
  return answer(call, callValue(call.m, arg(call.args, 0), UNDEFINED, { list: [trx], rest: null }, call.site));
};

const DATABASE: Readonly<Record<string, Native>> = {
  selectFrom: start("select"),
  insertInto: start("insert"),
  replaceInto: start("insert"),
  updateTable: start("update"),
  deleteFrom: start("delete"),
  mergeInto: start("update"),
  selectNoFrom: (call) => {
    const query = newQuery(call, "select");
    addColumns(call, query, arg(call.args, 0));
    return ofRef(query.id);
  },
  with: withCte,
  withRecursive: withCte,
  withSchema: (call) => call.self,
  withPlugin: (call) => call.self,
  withoutPlugins: (call) => call.self,
  withTables: (call) => call.self,
  $extendTables: (call) => call.self,
  destroy: (call) => answer(call, UNDEFINED),
};

/** A database of declared tables; its transactions have them, too. */
const database: Instance = (m, _origin, [tables]) => {
  const db = external(m, "kysely", ["Kysely"]);
  if (tables !== undefined)
    lastingly(m.heap, () => {
      joinSlot(m.heap, db, Q.declared, typeValue(m, tables));
    });
  return ofRef(db.id);
};

const DATABASES = new Set(["Kysely", "Transaction", "ControlledTransaction", "QueryCreator", "ExpressionBuilder"]);
const SESSIONS = new Set(["transaction", "connection", "startTransaction"]);

function match(_module: string, path: readonly string[]): Native | undefined {
  const name = path.at(-1)!;
  const [owner] = path;
  if (owner === "sql") return sqlTag(path);
  if (owner === "Query" && path.length === 3) return QUERY[name] ?? ((call) => call.self);
  if (owner === "Expression") return path.length === 3 ? expressionMethod(name) : undefined;
  if (owner === "OnConflictBuilder") return name === "doUpdateSet" ? doUpdateSet : (call) => call.self;
  if (owner === undefined || !DATABASES.has(owner)) return path.length === 1 ? EXPRESSIONS[name] : undefined;
  if (path.length === 1) return owner === "ExpressionBuilder" ? EXPRESSIONS["eb"] : undefined;
  if (path.some((p) => SESSIONS.has(p))) {
    if (name !== "execute") return undefined;
    return path.includes("startTransaction")
      ? (call) => answer(call, ofRef(external(call.m, "kysely", ["ControlledTransaction"]).id))
      : inTransaction;
  }
  if (path.length === 2 && DATABASE[name] !== undefined) return DATABASE[name];
  if (path.length === 2 && (name === "commit" || name === "rollback")) return (call) => answer(call, ANY_NUMBER);
  if (name === "executeQuery") return (call) => answer(call, unknown(call.m, at(call, "executed")));
  return EXPRESSIONS[name];
}

/** Kysely and its helpers that build JSON in the database. */
export const kysely: NativeModule = {
  modules: ["kysely", "kysely/helpers/postgres", "kysely/helpers/mysql", "kysely/helpers/sqlite", "kysely/helpers/mssql"],
  natives: {},
  match,
  instances: { Kysely: database, Transaction: database, ControlledTransaction: database },
};
