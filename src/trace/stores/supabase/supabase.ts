/**
 * Supabase (`@supabase/supabase-js` and its kin): `from("table")` is the Postgres table of that name, whichever library else reads it.
 * API: https://supabase.com/docs/reference/javascript.
 */
import { objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import { ANY_NUMBER, ANY_STRING, BOTTOM, isBottom, join, K, NULL, ofConst, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { hasArg } from "../../machine/call.js";
import { textOf } from "../../machine/clone.js";
import { external } from "../../machine/external.js";
import { anyItem, iterate } from "../../machine/iterate.js";
import { hop, make, type Native, type NativeCall } from "../../machine/machine.js";
import { copyProps, hide } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeModule, NativeTable } from "../../natives/index.js";
import { alike, argOf, at, instance, labelsOfArgs, nativeValue, option, record, selves, slotOf, under } from "../../natives/support.js";
import { answer, rowList, unknownMethod } from "../answers.js";
import { asks } from "../builder-conditions.js";
import { given } from "../conditions.js";
import { readRow, writeRow } from "../table.js";
import { AUTH } from "./auth.js";
import { CHANNEL, channelNamed } from "./channels.js";
import { fixedIn } from "./conditions.js";
import { selectedRow } from "./rows.js";
import { bucketMethods, bucketNamed } from "./storage.js";

const LIB = "@supabase/supabase-js";

/** Slots of a query. */
const Q = {
  /** The table's name. */
  table: "\0table",
  /** Columns that come back; without, nothing does. */
  select: "\0select",
  /** Rows that a write has just written, with what was there before. */
  written: "\0written",
  /** `many` rows, `one`, one `perhaps`, none but their number (`count`), or one `text`. */
  gives: "\0gives",
} as const;

/** A table by its name; one that nobody knows may be any. */
const tablesIn = (v: Value): readonly string[] => {
  const names = v.consts.filter((c): c is string => typeof c === "string");
  return names.length === 0 || (v.kinds & K.String) !== 0 || v.refs.length > 0 ? ["*"] : names;
};

const from: Native = (call) => {
  const query = instance(call.m, LIB, "Table", call.site);
  setSlot(call.m.heap, query, Q.table, argOf(call, 0));
  return ofRef(query.id);
};

/** A query on the table of the receiver. */
function newQuery(call: NativeCall, slots: Readonly<Record<string, Value>>): Value {
  const { m, site } = call;
  const query = instance(m, LIB, "Query", site);
  setSlot(m.heap, query, Q.table, slotOf(selves(call), Q.table));
  setSlot(m.heap, query, Q.gives, ofConst("many"));
  for (const [slot, v] of Object.entries(slots)) setSlot(m.heap, query, slot, v);
  for (const name of ["then", "catch", "finally"]) {
    setSlot(m.heap, query, name, nativeValue(m, site, name, asPromise(name)));
    hide(m, query, name);
  }
  return ofRef(query.id);
}

/** `select("id, email", { count: "exact", head: true })`. */
const select: Native = (call) => {
  const head = option(call, argOf(call, 1), "head");
  const isHead = head.refs.length === 0 && (head.kinds & K.True) !== 0;
  const columns = hasArg(call.args, 0) && argOf(call, 0) !== UNDEFINED ? argOf(call, 0) : ofConst("*");
  return newQuery(call, { [Q.select]: columns, ...(isHead && { [Q.gives]: ofConst("count") }) });
};

/** Rows are written at once, whenever the query is awaited: one or a list of them. */
function write(call: NativeCall, rows: Value): Value {
  const { m, site } = call;
  let out: Value = BOTTOM;
  for (const obj of objectsOf(m.heap, rows)) {
    const one = ofRef(obj.id, rows.via);
    out = join(out, obj.kind === "array" ? anyItem(iterate(m, one, site)) : one);
  }
  out = { ...out, kinds: 0, consts: [] };
  if (!isBottom(out)) for (const table of tablesIn(slotOf(selves(call), Q.table))) writeRow(m, table, out, site, true);
  return out;
}

const inserted: Native = (call) => {
  const { m, site } = call;
  const row = make(m, "object", at(call, "inserted"));
  setSlot(m.heap, row, S.rest, unknown(m, at(call, "default")));
  copyProps(m, row, write(call, argOf(call, 0)), site);
  return newQuery(call, { [Q.written]: ofRef(row.id) });
};

const changed: Native = (call) => {
  const { m, site } = call;
  const fields = write(call, argOf(call, 0));
  const row = make(m, "object", at(call, "changed"));
  for (const table of tablesIn(slotOf(selves(call), Q.table))) copyProps(m, row, readRow(m, table, site), site);
  if (!isBottom(fields)) copyProps(m, row, fields, site);
  return newQuery(call, { [Q.written]: ofRef(row.id) });
};

const TABLE: NativeTable = {
  select,
  insert: inserted,
  upsert: changed,
  update: changed,
  delete: (call) => newQuery(call, {}),
};

// ------------------------------------------------------------------------------------------------ what comes back

/** A row of what a query gives; bottom where it gives none. */
function rowOf(call: NativeCall, query: Obj): Value {
  const selection = query.props.get(Q.select);
  if (selection === undefined) return BOTTOM;
  const tables = tablesIn(query.props.get(Q.table) ?? BOTTOM);
  const row = tables.reduce((row: Value, table) => join(row, selectedRow(call, table, selection, query.props.get(Q.written))), BOTTOM);
  const [table, ...others] = tables;
  return table === undefined || others.length > 0 || query.props.has(Q.written)
    ? row
    : given(call.m, row, fixedIn(call, query, table, selection));
}

/** `{ data, error, count, status, statusText }`. */
function result(call: NativeCall): Value {
  const { m, site } = call;
  let data: Value = NULL;
  for (const query of selves(call)) {
    const row = rowOf(call, query);
    if (isBottom(row)) continue;
    for (const gives of query.props.get(Q.gives)?.consts ?? [])
      if (gives === "many") data = join(data, rowList(call, row));
      else if (gives === "one" || gives === "perhaps") data = join(data, row);
      else if (gives === "text") data = join(data, textOf(m, rowList(call, row), site));
  }
  return outcome(call, data);
}

export const outcome = (call: NativeCall, data: Value): Value =>
  record(
    call.m,
    {
      data: hop(call.m, data, "read", call.site),
      error: join(unknown(call.m, at(call, "error")), NULL),
      count: join(ANY_NUMBER, NULL),
      status: ANY_NUMBER,
      statusText: ANY_STRING,
    },
    at(call, "outcome"),
  );

/** A promise's method on the query itself. */
const asPromise =
  (name: string): Native =>
  (call) => {
    const promise = answer(call, result(call));
    return call.m.native({ module: "global", path: ["Promise", "prototype", name] })?.({ ...call, self: promise }) ?? promise;
  };

/** Changes the query itself, which its methods give back. */
const step =
  (slot: string, v: (call: NativeCall) => Value): Native =>
  (call) => {
    for (const query of selves(call)) setSlot(call.m.heap, query, slot, v(call));
    return call.self;
  };

/** `eq("consent", true)`, `is(…)`, `match({ consent: true })`, `filter("consent", "eq", true)`: all of them hold. */
const where: Native = (call) => {
  asks(call, selves(call));
  return call.self;
};

const QUERY: NativeTable = {
  ...alike(["eq", "is", "in", "match", "filter"], where),
  select: step(Q.select, (call) => (hasArg(call.args, 0) && argOf(call, 0) !== UNDEFINED ? argOf(call, 0) : ofConst("*"))),
  single: step(Q.gives, () => ofConst("one")),
  maybeSingle: step(Q.gives, () => ofConst("perhaps")),
  csv: step(Q.gives, () => ofConst("text")),
  then: asPromise("then"),
  catch: asPromise("catch"),
  finally: asPromise("finally"),
};

/** Filters, order and limits change nothing of what is in a row. */
const NARROWS: ReadonlySet<string> = new Set(
  "abortSignal contains containedBy explain geojson gt gte ilike ilikeAllOf ilikeAnyOf in isDistinct like likeAllOf likeAnyOf limit lt lte maxAffected neq not notIn or order overlaps overrideTypes range rangeAdjacent rangeGt rangeGte rangeLt rangeLte regexIMatch regexMatch retry returns rollback setHeader stripNulls textSearch throwOnError".split(
    " ",
  ),
);

const otherMethod = (name: string): Native =>
  NARROWS.has(name)
    ? (call) => call.self
    : unknownMethod("Supabase", name, (call) => selves(call).reduce((row: Value, query) => join(row, rowOf(call, query)), BOTTOM));

// ------------------------------------------------------------------------------------------------ the client

/** A function of the database: what it does with what it is given is not known. */
const rpc: Native = (call) => {
  const { m, site } = call;
  const labels = labelsOfArgs(call);
  if (labels.length > 0)
    m.blind(
      "unknown-store",
      site,
      "what a function of the database does with its arguments is not known: they are taken to come back",
      labels,
    );
  const query = newQuery(call, { [Q.select]: ofConst("*"), [Q.written]: unknown(m, at(call, "rpc"), labels) });
  return query;
};

const client = (call: NativeCall): Value => ofRef(external(call.m, LIB, ["SupabaseClient"]).id);

const CLIENT: NativeTable = {
  from,
  rpc,
  ...alike(["schema", "withConverter"], (call) => call.self),
  channel: channelNamed(LIB),
  ...alike(
    [
      "createClient",
      "createBrowserClient",
      "createServerClient",
      "createClientComponentClient",
      "createServerComponentClient",
      "createRouteHandlerClient",
      "createServerActionClient",
      "createMiddlewareClient",
      "createPagesBrowserClient",
      "createPagesServerClient",
      "serverSupabaseClient",
      "useSupabaseClient",
    ],
    client,
  ),
};

const METHODS: Readonly<Record<string, NativeTable>> = { Table: TABLE, Query: QUERY, Channel: CHANNEL, Bucket: bucketMethods };

function match(_module: string, path: readonly string[]): Native | undefined {
  const [owner = ""] = path;
  const name = path.at(-1) ?? "";
  const table = METHODS[owner];
  if (table !== undefined)
    return path.length === 2 ? (under(table, name) ?? (owner === "Query" ? otherMethod(name) : undefined)) : undefined;
  if (path.includes("auth")) return under(AUTH, name);
  if (name === "from" && path.at(-2) === "storage") return bucketNamed;
  return under(CLIENT, name);
}

/** Supabase's clients. */
export const supabase: NativeModule = {
  modules: [
    LIB,
    "@supabase/postgrest-js",
    "@supabase/ssr",
    "@supabase/auth-helpers-nextjs",
    "@supabase/auth-helpers-react",
    "@supabase/auth-helpers-remix",
    "@supabase/auth-helpers-sveltekit",
  ],
  natives: {},
  match,
};
