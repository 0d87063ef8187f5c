/**
 * Knex's query builders as heap objects. Each call changes the builder itself and gives it back; its parts stand in inner slots, named by alias
 * or output column, so that what some ways add joins like all else. It is run as the statement that it makes (`knex-statement.ts`).
 */
import { isFunction, objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import { ANY_STRING, exact, FALSE, join, K, ofConst, ofRef, TRUE, UNDEFINED, type Value } from "../../domain/value.js";
import { allArgs, callValue } from "../../machine/call.js";
import { typeIn, typeValue } from "../../machine/declared.js";
import { external } from "../../machine/external.js";
import { anyItem, iterate } from "../../machine/iterate.js";
import { hop, make, type Machine, type NativeCall } from "../../machine/machine.js";
import { entries } from "../../machine/props.js";
import { addSlot, at, putSlot, selves } from "../../natives/support.js";

/** Slots of a builder. */
export const Q = {
  /** `select`, `insert`, `update`, `delete`. */
  op: "\0op",
  /** Tables, by alias: a name, another builder, or raw SQL. */
  from: "\0from:",
  /** What comes back of a selection, by output: names of columns, builders, raw SQL; undefined for what is of no column. `""`: not known. */
  item: "\0item:",
  /** The same of a write. */
  returning: "\0returning:",
  /** Are columns named? Else it gives all. */
  named: "\0named",
  /** Rows to be inserted or set: objects, or a builder. */
  rows: "\0rows",
  /** Queries by the name that `with` gives them. */
  cte: "\0cte:",
  /** Other sides of a union. */
  union: "\0union",
  /** `first` or `pluck`: what the rows become. */
  shape: "\0shape",
  /** The name that a subquery or raw SQL goes by. */
  alias: "\0alias",
  /** The types that its rows are declared to be of. */
  type: "\0rows of",
  /** Text of raw SQL, and its bindings. */
  sql: "\0sql",
  bindings: "\0bindings",
} as const;

export const isBuilder = (obj: Obj): boolean => obj.props.has(Q.op);
export const isRaw = (obj: Obj): boolean => obj.props.has(Q.sql);

/** The builders that a method is called on. */
export const builders = (call: NativeCall): readonly Obj[] => selves(call).filter(isBuilder);

const proto = (m: Machine, owner: string): Value => ofRef(external(m, "knex", [owner]).id);

export function newBuilder(call: NativeCall, then: Value): Obj {
  const obj = make(call.m, "object", at(call, "query"));
  setSlot(call.m.heap, obj, S.proto, proto(call.m, "Builder"));
  setSlot(call.m.heap, obj, Q.op, ofConst("select"));
  setSlot(call.m.heap, obj, Q.named, FALSE);
  setSlot(call.m.heap, obj, "then", then);
  return obj;
}

export function newRaw(call: NativeCall, sql: Value, bindings: Value, then: Value): Obj {
  const obj = make(call.m, "object", at(call, "raw"));
  setSlot(call.m.heap, obj, S.proto, proto(call.m, "Raw"));
  setSlot(call.m.heap, obj, Q.sql, sql);
  setSlot(call.m.heap, obj, Q.bindings, bindings);
  setSlot(call.m.heap, obj, "then", then);
  return obj;
}

/** `knex<User>("users")`, `first<User>()`, `select<User[]>()`: what the call's type argument says of the rows. */
export function declareRows(call: NativeCall): void {
  const [type] = call.types ?? [];
  if (type === undefined) return;
  const { m } = call;
  const declared = typeIn(m, m.frame.code, type);
  putSlot(m, builders(call), Q.type, typeValue(m, m.types.element(declared) ?? declared));
}

/** Objects as one value each, and what is no object. */
const parts = (m: Machine, v: Value): readonly Value[] => [
  ...v.consts.map(ofConst),
  ...((v.kinds & K.String) !== 0 ? [ANY_STRING] : []),
  ...objectsOf(m.heap, v).map((o) => ofRef(o.id, v.via)),
];

/** Arguments, and the members of those that are lists, one by one. */
export function listed(call: NativeCall, values: readonly Value[]): readonly Value[] {
  const { m, site } = call;
  return values.flatMap((v) =>
    parts(m, v).flatMap((one) => {
      if (!objectsOf(m.heap, one).some((o) => o.kind === "array")) return [one];
      const items = iterate(m, one, site);
      return listed(call, items.rest === null ? items.list : [...items.list, items.rest]);
    }),
  );
}

/** `function () { this.select("id").from("users") }`: the builder that the function fills. */
export function filled(call: NativeCall, v: Value, fresh: () => Obj): Value {
  const { m, site } = call;
  return objectsOf(m.heap, v).reduce(
    (out: Value, obj) => {
      if (!isFunction(obj)) return join(out, ofRef(obj.id, v.via));
      const inner = ofRef(fresh().id);
      callValue(m, ofRef(obj.id), inner, { list: [inner], rest: null }, site);
      return join(out, inner);
    },
    { ...v, refs: [] },
  );
}

/** `"schema.users.email"` → its names. */
export const pathOf = (text: string): readonly string[] => text.split(".").map(unquoted);

const lastName = (path: string): string => unquoted(path.slice(path.lastIndexOf(".") + 1));
const unquoted = (name: string): string => name.trim().replace(/["`[\]]/g, "");

/** `"users.email as mail"` → what it is of, and the name it goes by. */
function aliased(text: string): { readonly of: string; readonly as: string } {
  const [of = text, as] = text.split(/\s+as\s+/i);
  return { of: of.trim(), as: as === undefined ? lastName(of) : unquoted(as) };
}

const aliasOf = (obj: Obj): string | undefined => {
  const alias = exact(obj.props.get(Q.alias) ?? UNDEFINED);
  return typeof alias === "string" ? alias : undefined;
};

/** Pairs of a name and what it stands for: `"a as b"`, `{ b: "a" }`, a builder or raw SQL with an alias. `""` where there is no name. */
function* namings(call: NativeCall, values: readonly Value[], fresh: () => Obj): Generator<readonly [string, Value]> {
  const { m, site } = call;
  for (const one of listed(call, values)) {
    const text = exact(one);
    if (typeof text === "string") {
      const { of, as } = aliased(text);
      yield [as === "*" ? of : as, ofConst(of)];
      continue;
    }
    const v = filled(call, one, fresh);
    if (v.refs.length === 0) yield ["", v];
    for (const obj of objectsOf(m.heap, v))
      if (isBuilder(obj) || isRaw(obj)) yield [aliasOf(obj) ?? "", ofRef(obj.id)];
      else for (const x of entries(m, obj, site).known) yield [x.name, x.value];
  }
}

/** Adds tables: of a `from`, an `into` or a join. */
export function addTables(call: NativeCall, values: readonly Value[], fresh: () => Obj): void {
  const targets = builders(call);
  for (const [alias, table] of namings(call, values, fresh)) addSlot(call.m, targets, Q.from + alias, table);
}

/** Adds what comes back. */
export function addItems(call: NativeCall, prefix: string, values: readonly Value[], fresh: () => Obj): void {
  const targets = builders(call);
  for (const [output, of] of namings(call, values, fresh)) addItem(call.m, targets, prefix, output, of);
}

function addItem(m: Machine, targets: readonly Obj[], prefix: string, output: string, of: Value): void {
  addSlot(m, targets, prefix + output, of);
  if (prefix === Q.item) putSlot(m, targets, Q.named, TRUE);
}

/** Adds aggregates: `count("id as n")`, `max({ last: "createdAt" })`. A count, sum or mean is of no column. */
export function addAggregates(call: NativeCall, silent: boolean, fresh: () => Obj): void {
  const targets = builders(call);
  const options = objectsOf(call.m.heap, call.args.list[1] ?? UNDEFINED).filter((o) => o.props.has("as"));
  const values = options.length > 0 ? call.args.list.slice(0, 1) : allArgs(call.args);
  const add = (output: string, of: Value): void => {
    addItem(call.m, targets, Q.item, output, silent ? UNDEFINED : of);
  };
  for (const [name, of] of namings(call, values, fresh)) {
    // Without a name of its own it goes by the function's.
    const isNamed = of.consts.length === 0 || of.consts.some((c) => typeof c === "string" && lastName(c) !== name);
    const as = options.flatMap((o) => exact(o.props.get("as")!) ?? []);
    for (const output of as.length > 0 ? as.map(String) : [isNamed ? name : ""]) add(output, of);
  }
  if (values.length === 0) add("", UNDEFINED);
}

/** Adds rows: an object or a list of them, or what another query selects. */
export function addRows(call: NativeCall, rows: Value, fresh: () => Obj): void {
  const { m, site } = call;
  for (const obj of objectsOf(m.heap, filled(call, rows, fresh))) {
    const one = ofRef(obj.id, rows.via);
    const row = obj.kind === "array" ? anyItem(iterate(m, one, site)) : one;
    addSlot(m, builders(call), Q.rows, hop(m, { ...row, kinds: 0, consts: [] }, "argument", site));
  }
}

/** Slots of one prefix, with the name behind it. */
export function named(query: Obj, prefix: string): readonly (readonly [string, Value])[] {
  return [...query.props].flatMap(([slot, v]) => (slot.startsWith(prefix) ? [[slot.slice(prefix.length), v] as const] : []));
}
