/** postgres.js: ``sql`…` `` runs, or is put into another; `sql(row)` stands for whole rows; names may be changed on the way. */
import { objectsOf, S, setSlot } from "../domain/heap.js";
import { BOTTOM, isBottom, join, NULL, ofRef, TRUE, UNDEFINED, type Value } from "../domain/value.js";
import { arg, callValue } from "../machine/call.js";
import { external } from "../machine/external.js";
import { anyItem, iterate } from "../machine/iterate.js";
import { make, type Machine, type Native, type NativeCall } from "../machine/machine.js";
import { awaitValue } from "../machine/promise.js";
import { getAny } from "../machine/props.js";
import { unknown } from "../machine/unknown.js";
import type { NativeModule } from "../natives/index.js";
import { repeat } from "../machine/repeat.js";
import { promised } from "../natives/settle.js";
import { alike, at, lastCallback, listOf, option, selves } from "../natives/support.js";
import { rowList } from "./answers.js";
import { AS_STORED, CAMEL, type Naming } from "./sql/naming.js";
import { runSql } from "./sql/run.js";
import { helper, isStatement, isTemplate, newQuery, promiseMethod, queryProto, variantsOfTemplate, type Variant } from "./sql/tagged.js";
import { statementsOf } from "./sql/texts.js";
import { given } from "./sql-clients.js";

const LIB = "postgres";
const CAMELISED = "\0camel";

/** What all clients of the program share: for those that are only known by their type. */
const anyClient = (m: Machine): ReturnType<typeof external> => external(m, LIB, ["client"]);

/** `postgres(url, { transform: postgres.camel })`. A spread of it leaves no trace but that it was read. */
const connect: Native = (call) => {
  const { m, site } = call;
  const client = make(m, "external", site, { module: LIB, path: ["()"] });
  const options = [...call.args.list].reverse().find((v) => objectsOf(m.heap, v).some((o) => o.kind === "object")) ?? UNDEFINED;
  const changes = option(call, options, "transform");
  const isCamel = changes.refs.length > 0 && [...m.externals.keys()].some((key) => /^postgres:(default\.)?(camel|toCamel)\b/.test(key));
  if (isCamel) for (const obj of [client, anyClient(m)]) setSlot(m.heap, obj, CAMELISED, TRUE);
  return ofRef(client.id);
};

function namingOf(call: NativeCall): Naming {
  const clients = [call.callee, ...selves(call)].filter((o) => o.kind === "external");
  const own = clients.some((o) => o.props.has(CAMELISED));
  const typed = clients.every((o) => isTyped(o)) && anyClient(call.m).props.has(CAMELISED);
  return own || typed ? CAMEL : AS_STORED;
}

/** Is it known by its type only? */
const isTyped = (o: { readonly data: unknown }): boolean => !(o.data as { path: readonly string[] }).path.includes("()");

function rowsOf(call: NativeCall, variants: readonly Variant[]): Value {
  const { m, site } = call;
  const statements = variants.filter(isStatement);
  if (statements.length === 0) return BOTTOM;
  const row = statements.reduce((v: Value, { text, params }) => join(v, runSql(m, text, params, site, namingOf(call))), BOTTOM);
  return rowList(call, isBottom(row) ? unknown(m, at(call, "row")) : row);
}

const query = (call: NativeCall, variants: readonly Variant[]): Value =>
  newQuery(call, variants, queryProto(call.m, LIB), rowsOf(call, variants));

const tag: Native = (call) => (isTemplate(call) ? query(call, variantsOfTemplate(call)) : helper(call, namingOf(call)));

const unsafe: Native = (call) => {
  const list = arg(call.args, 1);
  const params = list.refs.length === 0 ? [] : iterate(call.m, list, call.site).list;
  const statements = statementsOf(call.m, arg(call.args, 0), given(call, params));
  if (statements.length === 0) return promised(call, rowList(call, unknown(call.m, at(call, "row"))));
  return query(
    call,
    statements.map(({ text, values }) => ({ text, params: values })),
  );
};

/** `sql.begin(async (sql) => …)`: what comes back is what that gives, a list of queries awaited one by one. */
const begin: Native = (call) => {
  const { m, site } = call;
  const work = lastCallback(m, call.args);
  if (work === undefined) return promised(call, UNDEFINED);
  const given = awaitValue(m, callValue(m, work, UNDEFINED, { list: [call.self], rest: null }, site), site);
  return promised(call, given);
};

// ------------------------------------------------------------------------------------------------ queries

const rowsIn = (call: NativeCall): Value => selves(call).reduce((v: Value, o) => join(v, o.props.get(S.value) ?? BOTTOM), BOTTOM);
const rowIn = (call: NativeCall): Value => anyItem(iterate(call.m, rowsIn(call), call.site));

/** `cursor(n)` is iterated, list of rows by list; `cursor(n, fn)` hands them to a function. */
const cursor: Native = (call) => {
  const { m, site } = call;
  const fn = lastCallback(m, call.args);
  if (fn === undefined) return rowList(call, rowsIn(call), "cursor", "generator");
  repeat(m, () => awaitValue(m, callValue(m, fn, UNDEFINED, { list: [rowsIn(call)], rest: null }, site), site));
  return promised(call, UNDEFINED);
};

const forEach: Native = (call) => {
  repeat(call.m, () => callValue(call.m, arg(call.args, 0), UNDEFINED, { list: [rowIn(call), UNDEFINED], rest: null }, call.site));
  return promised(call, UNDEFINED);
};

/** Rows as lists of their columns. */
const values: Native = (call) =>
  promised(call, listOf(call.m, listOf(call.m, getAny(call.m, rowIn(call), call.site), at(call, "columns")), at(call, "values")));

const QUERY: Readonly<Record<string, Native>> = {
  cursor,
  forEach,
  ...alike(["values", "raw"], values),
  ...alike(["execute", "simple"], (call) => call.self),
  describe: (call) => promised(call, unknown(call.m, call.site)),
};

const CLIENT: Readonly<Record<string, Native>> = {
  unsafe,
  ...alike(["begin", "savepoint"], begin),
  reserve: (call) => promised(call, call.self),
  // What tells the database a type: the value is what it was.
  ...alike(["json", "array", "typed"], (call) => arg(call.args, 0)),
  ...alike(["end", "close", "release", "notify", "cancel"], (call) => promised(call, UNDEFINED)),
  file: (call) => promised(call, join(unknown(call.m, call.site), NULL)),
};

function match(_module: string, full: readonly string[]): Native | undefined {
  const path = full[0] === "default" ? full.slice(1) : full;
  const name = path.at(-1);
  if (name === undefined || (path.length === 1 && name === "postgres")) return connect;
  if (path[0] === "Query") return path.length === 2 ? (QUERY[name] ?? ofPromise(name)) : undefined;
  if (name === "()" || (path.length === 1 && /^(I|Transaction|Reserved|Pending)?Sql$/.test(name))) return tag;
  return path.at(-2) === "types" ? CLIENT["typed"] : CLIENT[name];
}

const ofPromise =
  (name: string): Native =>
  (call) =>
    promiseMethod(call.m, name)?.(call) ?? unknown(call.m, call.site);

export const postgresJs: NativeModule = { modules: [LIB], natives: {}, match };
