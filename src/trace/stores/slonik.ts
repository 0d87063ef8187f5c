/** Slonik: `sql` tags make queries that say nothing yet; a pool, connection or transaction runs them. */
import { objectsOf, setSlot } from "../domain/heap.js";
import { ANY_BOOLEAN, ANY_NUMBER, BOTTOM, isBottom, join, NULL, ofRef, UNDEFINED, type Value } from "../domain/value.js";
import { arg, callValue } from "../machine/call.js";
import { external } from "../machine/external.js";
import { iterate } from "../machine/iterate.js";
import { make, type Native, type NativeCall } from "../machine/machine.js";
import { getAny } from "../machine/props.js";
import { unknown } from "../machine/unknown.js";
import type { NativeModule } from "../natives/index.js";
import { promised } from "../natives/settle.js";
import { alike, at, lastCallback, listOf } from "../natives/support.js";
import { answer, rowList } from "./answers.js";
import { runSql } from "./sql/run.js";
import { isQuery, namesHelper, newQuery, queryProto, variantsOf, variantsOfList, variantsOfTemplate, type Variant } from "./sql/tagged.js";

const LIB = "slonik";

const fragment = (call: NativeCall, variants: readonly Variant[]): Value => newQuery(call, variants, queryProto(call.m, LIB));

const tag: Native = (call) => fragment(call, variantsOfTemplate(call));

/** `sql.type(schema)` and `sql.typeAlias(name)` give a tag. */
const typed: Native = (call) => ofRef(external(call.m, LIB, ["sql", "unsafe"]).id);

const itemsOf = (call: NativeCall, v: Value): readonly Value[] => {
  const items = iterate(call.m, v, call.site);
  return items.rest === null ? items.list : [...items.list, items.rest];
};

/** `sql.join(members, glue)`: queries, names or values one behind the other. */
const joined: Native = (call) => {
  const glue = variantsOf(call.m, arg(call.args, 1))[0]?.text ?? ", ";
  return fragment(call, variantsOfList(call, arg(call.args, 0), glue));
};

/** `sql.identifier(["schema", "table"])`. */
const identifier: Native = (call) => {
  const names = itemsOf(call, arg(call.args, 0)).flatMap((v) => v.consts.map(String));
  return namesHelper(call, [names.join(".")]);
};

/** `sql.unnest(rows, types)`: a list for each column. */
const unnest: Native = (call) => {
  const { m } = call;
  const rows = itemsOf(call, arg(call.args, 0)).map((row) => itemsOf(call, row));
  const width = Math.max(0, ...rows.map((row) => row.length));
  const params = Array.from({ length: width }, (_, i) =>
    listOf(
      m,
      rows.reduce((v: Value, row) => join(v, row[i] ?? BOTTOM), BOTTOM),
      at(call, `column ${i}`),
    ),
  );
  return fragment(call, [{ text: `unnest(${params.map(() => "?").join(", ")})`, params }]);
};

/** One row of what a query gives; bottom when it gives none. */
function rowOf(call: NativeCall): Value {
  const { m, site } = call;
  const row = variantsOf(m, arg(call.args, 0)).reduce((v: Value, { text, params }) => join(v, runSql(m, text, params, site)), BOTTOM);
  return isBottom(row) ? unknown(m, at(call, "row")) : row;
}

/** The first column of a row: any of them. */
const first = (call: NativeCall): Value => getAny(call.m, rowOf(call), call.site);

function result(call: NativeCall): Value {
  const obj = make(call.m, "object", at(call, "result"));
  setSlot(call.m.heap, obj, "rows", rowList(call, rowOf(call)));
  setSlot(call.m.heap, obj, "rowCount", ANY_NUMBER);
  return ofRef(obj.id);
}

/** `pool.connect(async (connection) => …)`, `pool.transaction(…)`. */
const within: Native = (call) => {
  const work = lastCallback(call.m, call.args);
  return promised(call, work === undefined ? UNDEFINED : callValue(call.m, work, UNDEFINED, { list: [call.self], rest: null }, call.site));
};

const RUNS: Readonly<Record<string, (call: NativeCall) => Value>> = {
  query: result,
  any: (call) => rowList(call, rowOf(call)),
  many: (call) => rowList(call, rowOf(call)),
  one: rowOf,
  maybeOne: (call) => join(rowOf(call), NULL),
  anyFirst: (call) => rowList(call, first(call)),
  manyFirst: (call) => rowList(call, first(call)),
  oneFirst: first,
  maybeOneFirst: (call) => join(first(call), NULL),
  exists: (call) => {
    rowOf(call);
    return ANY_BOOLEAN;
  },
};

const TAGS: Readonly<Record<string, Native>> = {
  ...alike(["unsafe", "fragment"], tag),
  ...alike(["type", "typeAlias"], typed),
  ...alike(["json", "jsonb", "array", "binary", "date", "timestamp", "interval", "uuid", "literalValue"], (call) => arg(call.args, 0)),
  join: joined,
  identifier,
  unnest,
};

function match(_module: string, path: readonly string[]): Native | undefined {
  const name = path.at(-1) ?? "";
  if (path[0] === "createSqlTag") return (call) => ofRef(external(call.m, LIB, ["sql"]).id);
  if (path[0] === "createPool")
    return path.length === 1 ? (call) => promised(call, ofRef(external(call.m, LIB, ["DatabasePool"]).id)) : undefined;
  if (path[0] === "sql") return path.length === 1 ? tag : TAGS[name];
  const run = RUNS[name];
  if (run !== undefined)
    return (call) =>
      objectsOf(call.m.heap, arg(call.args, 0)).some(isQuery) ? answer(call, run(call)) : promised(call, unknown(call.m, call.site));
  return name === "transaction" || name === "connect" ? within : undefined;
}

export const slonik: NativeModule = { modules: [LIB], natives: {}, match };
