/** Methods of Knex's builders and of raw SQL. */
import { joinSlot, objectsOf, setSlot, type Obj } from "../../domain/heap.js";
import { BOTTOM, exact, FALSE, join, ofConst, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { allArgs, arg, callValue } from "../../machine/call.js";
import { make, type Native, type NativeCall } from "../../machine/machine.js";
import { unknown } from "../../machine/unknown.js";
import { alike, at, putSlot, slotOf, under } from "../../natives/support.js";
import { answer, unknownMethod } from "../answers.js";
import { addAggregates, addItems, addRows, addTables, builders, declareRows, filled, listed, Q } from "./knex-query.js";
import { asCallback, asPromise, newQuery, newSql, rawOf, stream } from "./knex-run.js";
import { asks, loosen } from "../builder-conditions.js";
import { saysConsent } from "../conditions.js";
import { rowOf } from "./knex-statement.js";

const step =
  (change: (call: NativeCall, inner: () => Obj) => void): Native =>
  (call) => {
    change(call, () => newQuery(call));
    declareRows(call);
    return call.self;
  };

export const tables = step((call, inner) => {
  addTables(call, call.args.list.slice(0, 1), inner);
});
/** `joinRaw("left join notes n on …")`, `fromRaw("users as u")`. */
const rawTable = step((call, inner) => {
  addTables(call, [rawOf(call, withoutJoin(arg(call.args, 0)))], inner);
});
const withoutJoin = (v: Value): Value =>
  v.consts.reduce(
    (out: Value, c) => join(out, ofConst(String(c).replace(/^\s*(natural|left|right|full|inner|outer|cross|join|\s)+\s/i, ""))),
    {
      ...v,
      consts: [],
    },
  );

const select = step((call, inner) => {
  addItems(call, Q.item, allArgs(call.args), inner);
});
const first = step((call, inner) => {
  addItems(call, Q.item, allArgs(call.args), inner);
  putSlot(call.m, builders(call), Q.shape, ofConst("first"));
});
const pluck = step((call, inner) => {
  addItems(call, Q.item, [arg(call.args, 0)], inner);
  putSlot(call.m, builders(call), Q.shape, ofConst("pluck"));
});

const aggregate = (silent: boolean): Native =>
  step((call, inner) => {
    addAggregates(call, silent, inner);
  });

const returning = step((call, inner) => {
  addItems(call, Q.returning, allArgs(call.args), inner);
});

export const write = (op: "insert" | "update" | "delete"): Native =>
  step((call, inner) => {
    putSlot(call.m, builders(call), Q.op, ofConst(op));
    if (op === "delete") {
      addItems(call, Q.returning, call.args.list.slice(0, 1), inner);
      return;
    }
    const isPair = op === "update" && arg(call.args, 0).consts.length > 0;
    addRows(call, isPair ? pair(call) : arg(call.args, 0), inner);
    addItems(call, Q.returning, call.args.list.slice(isPair ? 2 : 1, isPair ? 3 : 2), inner);
  });

/** `update("email", value)`. */
function pair(call: NativeCall): Value {
  const row = make(call.m, "object", at(call, "pair"));
  for (const name of arg(call.args, 0).consts) setSlot(call.m.heap, row, String(name), arg(call.args, 1));
  return ofRef(row.id);
}

/** `onConflict("id").merge({ … })`: what it sets is written too. */
const merge = step((call, inner) => {
  if (objectsOf(call.m.heap, arg(call.args, 0)).some((o) => o.kind !== "array")) addRows(call, arg(call.args, 0), inner);
});

const increment = step((call, inner) => {
  const given = arg(call.args, 0);
  addRows(call, given.consts.length > 0 ? pair(call) : given, inner);
  putSlot(call.m, builders(call), Q.op, ofConst("update"));
});

/** `with("recent", query)`, also `with("recent", ["id"], query)`. */
const withQuery = step((call, inner) => {
  const query = filled(call, call.args.list.at(-1) ?? BOTTOM, inner);
  for (const name of arg(call.args, 0).consts)
    for (const q of builders(call)) joinSlot(call.m.heap, q, Q.cte + String(name), { ...query, kinds: 0, consts: [] });
});

const union = step((call, inner) => {
  for (const one of listed(call, allArgs(call.args)))
    for (const q of builders(call)) joinSlot(call.m.heap, q, Q.union, { ...filled(call, one, inner), kinds: 0, consts: [] });
});

const cleared = (...prefixes: readonly string[]): Native =>
  step((call) => {
    for (const q of builders(call)) {
      for (const slot of [...q.props.keys()]) if (prefixes.some((p) => slot.startsWith(p))) setSlot(call.m.heap, q, slot, undefined);
      if (prefixes.includes(Q.item)) putSlot(call.m, [q], Q.named, FALSE);
    }
  });

const renamed = step((call) => {
  for (const obj of objectsOf(call.m.heap, call.self)) if (obj.kind === "object") setSlot(call.m.heap, obj, Q.alias, arg(call.args, 0));
});

const clone: Native = (call) =>
  builders(call).reduce((v: Value, q) => {
    const copy = newQuery(call);
    for (const [slot, x] of q.props) setSlot(call.m.heap, copy, slot, x);
    return join(v, ofRef(copy.id));
  }, BOTTOM);

/** `modify((query, …args) => …, …args)`. */
const modify: Native = (call) => {
  callValue(call.m, arg(call.args, 0), call.self, { list: [call.self, ...call.args.list.slice(1)], rest: call.args.rest }, call.site);
  return call.self;
};

/** `jsonExtract("data", "$.user.email", "mail")`: a part of a JSON column. */
const jsonExtract = step((call, inner) => {
  const many = objectsOf(call.m.heap, arg(call.args, 0)).some((o) => o.kind === "array");
  const groups = many ? listed(call, call.args.list.slice(0, 1)) : [];
  const [column, path, alias] = many ? groups : call.args.list.map((v) => exact(v)).map((c) => ofConst(c));
  const keys = String(exact(path ?? UNDEFINED) ?? "")
    .replace(/^\$\.?/, "")
    .replaceAll(".", ",");
  const raw = newSql(call, ofConst(`${String(exact(column ?? UNDEFINED) ?? "*")} #>> '{${keys}}'`), UNDEFINED);
  if (alias !== undefined) setSlot(call.m.heap, raw, Q.alias, alias);
  addItems(call, Q.item, [ofRef(raw.id)], inner);
});

/** Conditions, order, locks and limits change nothing of what is in a row. */
const NARROWS =
  /^(and|or)?(where|having|on)([A-Z]\w*)?$|^(order|group)By(Raw)?$|^(limit|offset|forUpdate|forShare|forNoKeyUpdate|forKeyShare|skipLocked|noWait|timeout|debug|options|connection|withSchema|transacting|queryContext|hintComment|comment|ignore|onConflict|using|partition\w*|rank|denseRank|rowNumber|intersect|except|on|once|disableProcessing|enableProcessing|clearWhere|clearGroup|clearOrder|clearHaving|clearCounters|usingFn|fromJS)$/;

const where: Native = (call) => {
  asks(call, builders(call));
  return call.self;
};

const loosens: Native = (call) => {
  if (saysConsent(call.m)) for (const query of builders(call)) loosen(call.m, query);
  return call.self;
};

const METHODS: Readonly<Record<string, Native>> = {
  ...alike(["where", "andWhere", "whereIn", "andWhereIn"], where),
  clearWhere: loosens,
  ...alike(["from", "into", "table"], tables),
  ...alike(
    [
      "join",
      "innerJoin",
      "leftJoin",
      "leftOuterJoin",
      "rightJoin",
      "rightOuterJoin",
      "outerJoin",
      "fullOuterJoin",
      "crossJoin",
      "updateFrom",
    ],
    tables,
  ),
  ...alike(["joinRaw", "fromRaw"], rawTable),
  ...alike(["select", "column", "columns", "distinct"], select),
  distinctOn: (call) => call.self,
  first,
  pluck,
  ...alike(["count", "countDistinct", "sum", "sumDistinct", "avg", "avgDistinct"], aggregate(true)),
  ...alike(["min", "max"], aggregate(false)),
  ...alike(["insert", "upsert"], write("insert")),
  update: write("update"),
  ...alike(["del", "delete"], write("delete")),
  returning,
  merge,
  ...alike(["increment", "decrement"], increment),
  ...alike(["with", "withRecursive", "withMaterialized", "withNotMaterialized"], withQuery),
  ...alike(["union", "unionAll"], union),
  clearSelect: cleared(Q.item),
  clear: (call) => (/^(select|columns)$/.test(String(exact(arg(call.args, 0)))) ? cleared(Q.item)(call) : loosens(call)),
  as: renamed,
  clone,
  modify,
  jsonExtract,
  truncate: (call) => answer(call, unknown(call.m, at(call, "outcome"))),
  columnInfo: (call) => answer(call, unknown(call.m, at(call, "columns"))),
  asCallback,
  stream,
  pipe: (call) =>
    call.m.native({ module: "stream", path: ["Readable", "prototype", "pipe"] })?.({
      ...call,
      self: stream({ ...call, args: { list: [], rest: null } }),
    }) ?? call.self,
  then: asPromise("then"),
  catch: asPromise("catch"),
  finally: asPromise("finally"),
  ...alike(["toSQL", "toString", "toQuery"], (call) => unknown(call.m, at(call, "sql"))),
};

/** What builders and clients have under a name. */
export const known = (name: string): Native | undefined =>
  under(METHODS, name) ?? (name.startsWith("orWhere") ? loosens : NARROWS.test(name) ? (call) => call.self : undefined);

const selected = (call: NativeCall): Value => builders(call).reduce((v: Value, query) => join(v, rowOf(call, query)), BOTTOM);

export const method = (name: string): Native => known(name) ?? unknownMethod("Knex", name, selected);

export const RAW: Readonly<Record<string, Native>> = {
  as: renamed,
  then: asPromise("then"),
  catch: asPromise("catch"),
  finally: asPromise("finally"),
  asCallback,
  /** `wrap("(", ") as n")`. */
  wrap: (call) => {
    const text = (i: number): string => String(exact(arg(call.args, i)) ?? "");
    return objectsOf(call.m.heap, call.self).reduce((v: Value, raw) => {
      const sql = slotOf([raw], Q.sql);
      const wrapped = sql.consts.reduce((out: Value, c) => join(out, ofConst(text(0) + String(c) + text(1))), { ...sql, consts: [] });
      return join(v, ofRef(newSql(call, wrapped, slotOf([raw], Q.bindings)).id));
    }, BOTTOM);
  },
};
