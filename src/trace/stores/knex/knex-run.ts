/** Running Knex's builders and raw SQL: when they are awaited, streamed or handed a callback, not before. */
import { objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import { BOTTOM, isBottom, join, NULL, ofConst, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import type { TypeRef } from "../../../link/types.js";
import { callValue } from "../../machine/call.js";
import { believe } from "../../machine/declared.js";
import { hop, make, type Native, type NativeCall } from "../../machine/machine.js";
import { getAny } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { promised } from "../../natives/settle.js";
import { at, lastCallback, nativeValue } from "../../natives/support.js";
import { answer, rowList } from "../answers.js";
import { builders, isBuilder, isRaw, named, newBuilder, newRaw, Q } from "./knex-query.js";
import { rowOf } from "./knex-statement.js";

/** One row, of the types that it is declared to be of. */
function rowIn(call: NativeCall, query: Obj): Value {
  const row = rowOf(call, query);
  const types = objectsOf(call.m.heap, query.props.get(Q.type) ?? BOTTOM).map((o) => o.data as TypeRef);
  return types.reduce((v, type) => believe(call.m, v, type, call.site), isBottom(row) ? unknown(call.m, at(call, "row")) : row);
}

/** The rows that a builder comes to, or what the driver says of a write. */
function resultOf(call: NativeCall, query: Obj): Value {
  const { m } = call;
  const row = rowIn(call, query);
  const gives = (query.props.get(Q.op)?.consts ?? []).includes("select") || named(query, Q.returning).length > 0;
  if (!gives) return unknown(m, at(call, "outcome"));
  const shape = query.props.get(Q.shape) ?? BOTTOM;
  if (isBottom(shape)) return rowList(call, row);
  return shape.consts.reduce(
    (v: Value, c) => join(v, c === "first" ? join(row, UNDEFINED) : rowList(call, getAny(m, row, call.site), "plucked")),
    BOTTOM,
  );
}

/** What drivers give of raw SQL: a list of rows (SQLite), one of rows and fields (MySQL), or an object that has them (PostgreSQL). */
function rawResult(call: NativeCall, raw: Obj): Value {
  const row = rowOf(call, raw);
  const list = rowList(call, isBottom(row) ? unknown(call.m, at(call, "row")) : row);
  const result = rowList(call, join(isBottom(row) ? BOTTOM : row, list), "result");
  for (const obj of objectsOf(call.m.heap, result)) setSlot(call.m.heap, obj, "rows", list);
  return result;
}

const run = (call: NativeCall): Value =>
  objectsOf(call.m.heap, call.self).reduce(
    (v: Value, obj) => join(v, isBuilder(obj) ? resultOf(call, obj) : isRaw(obj) ? rawResult(call, obj) : BOTTOM),
    BOTTOM,
  );

/** A promise's method on the builder itself. */
export const asPromise =
  (name: string): Native =>
  (call) => {
    const promise = answer(call, run(call));
    return call.m.native({ module: "global", path: ["Promise", "prototype", name] })?.({ ...call, self: promise }) ?? promise;
  };
const then = (call: NativeCall): Value => nativeValue(call.m, at(call), "then", asPromise("then"));

/** `asCallback((err, rows) => …)`. */
export const asCallback: Native = (call) => {
  const v = hop(call.m, run(call), "read", call.site);
  const fn = lastCallback(call.m, call.args);
  if (fn !== undefined) callValue(call.m, fn, UNDEFINED, { list: [NULL, v], rest: null }, call.site);
  return promised(call, v);
};

/** `stream()`: the rows one by one; `stream((stream) => …)` hands them on. */
export const stream: Native = (call) => {
  const { m, site } = call;
  const row = builders(call).reduce((v: Value, q) => join(v, rowIn(call, q)), BOTTOM);
  const rows = rowList(call, hop(m, row, "read", site), "stream", "generator");
  const fn = lastCallback(m, call.args);
  if (fn === undefined) return rows;
  callValue(m, fn, UNDEFINED, { list: [rows], rest: null }, site);
  return promised(call, UNDEFINED);
};

/** A builder of nothing yet. */
export const newQuery = (call: NativeCall): Obj => newBuilder(call, then(call));

export const newSql = (call: NativeCall, sql: Value, bindings: Value): Obj => newRaw(call, sql, bindings, then(call));

/** `raw(sql, bindings)`, also `raw(sql, ...bindings)`. */
export function rawOf(call: NativeCall, sql: Value): Value {
  const rest = call.args.list.slice(1);
  if (rest.length < 2) return ofRef(newSql(call, sql, rest[0] ?? UNDEFINED).id);
  const list = make(call.m, "array", at(call, "bindings"));
  rest.forEach((v, i) => {
    setSlot(call.m.heap, list, String(i), v);
  });
  setSlot(call.m.heap, list, S.length, ofConst(rest.length));
  return ofRef(newSql(call, sql, ofRef(list.id)).id);
}
