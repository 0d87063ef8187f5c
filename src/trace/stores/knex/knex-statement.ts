/** Knex's builders as statements of SQL: what they select, from where, what they write. */
import { objectsOf, setSlot, type Obj } from "../../domain/heap.js";
import { BOTTOM, FALSE, isBottom, join, K, ofRef, type Value } from "../../domain/value.js";
import { make, type NativeCall } from "../../machine/machine.js";
import { copyProps } from "../../machine/props.js";
import { at } from "../../natives/support.js";
import { isBuilder, isRaw, named, pathOf, Q } from "./knex-query.js";
import { rawParts, type Read } from "./knex-raw.js";
import { asked } from "../builder-conditions.js";
import { ANY_NAME } from "../sql/from.js";
import { exprIn, itemsIn, queryIn, sourcesIn } from "../sql/parse.js";
import { runStatement, valueIn } from "../sql/run.js";
import type { Expr, Item, Query, Select, Source, Write } from "../sql/syntax.js";

/** A statement with the values of its parameters. */
export interface Prepared {
  readonly query: Query;
  readonly params: readonly Value[];
}

/** What is made into a statement: parameters are numbered over all of it. */
interface Making {
  readonly call: NativeCall;
  readonly params: Value[];
  /** Builders around the one at hand. */
  readonly within: readonly Obj[];
}

const SILENT: Expr = { k: "silent" };
const NOTHING: Query = { ctes: [], parts: [] };

export function prepared(call: NativeCall, query: Obj): Prepared {
  const params: Value[] = [];
  return { query: queryOf({ call, params, within: [] }, query), params };
}

/** One row of what a builder or raw SQL gives; bottom where nothing is known to come. */
export function rowOf(call: NativeCall, of: Obj): Value {
  const { query, params } = prepared(call, of);
  return runStatement(call.m, query, params, call.site);
}

/** What raw SQL stands for, by each text that it may be. */
const partsOf = <T>({ call, params }: Making, raw: Obj, read: Read<T>): readonly T[] =>
  rawParts(call, params, raw, read, (query) => rowOf(call, query));

function queryOf(making: Making, obj: Obj): Query {
  if (making.within.includes(obj)) return NOTHING;
  const inner: Making = { ...making, within: [...making.within, obj] };
  if (isRaw(obj)) return united(partsOf(inner, obj, queryIn));
  const { heap } = making.call.m;
  const ops = obj.props.get(Q.op)?.consts ?? [];
  const ctes = named(obj, Q.cte).map(([name, v]) => ({ name, columns: [], query: ofObjects(inner, v) }));
  const unions = objectsOf(heap, obj.props.get(Q.union) ?? BOTTOM).flatMap((o) => queryOf(inner, o).parts);
  const own = ops.flatMap((op): Query["parts"] => (op === "select" ? [selectOf(inner, obj)] : writesOf(inner, obj, op as Write["k"])));
  return { ctes, parts: [...own, ...unions] };
}

const united = (queries: readonly Query[]): Query => ({
  ctes: queries.flatMap((q) => q.ctes),
  parts: queries.flatMap((q) => q.parts),
});

const ofObjects = (making: Making, v: Value): Query => united(objectsOf(making.call.m.heap, v).map((o) => queryOf(making, o)));

function selectOf(making: Making, obj: Obj): Select {
  const items = itemsOf(making, obj, Q.item);
  const all = obj.props.get(Q.named) ?? FALSE;
  // Where some ways name columns and others do not, it may be all.
  const some: readonly Item[] = (all.kinds & K.False) !== 0 ? [{ star: undefined }] : [];
  return { k: "select", items: [...some, ...items], from: sourcesOf(making, obj), where: asked(making.call.m, obj, making.call.site) };
}

function itemsOf(making: Making, obj: Obj, prefix: string): readonly Item[] {
  return named(obj, prefix).flatMap(([output, v]): readonly Item[] => {
    const stars = v.consts.map(String).filter((c) => /(^|\.)\*$/.test(c));
    const whole: readonly Item[] = stars.map((c) => ({ star: pathOf(c).at(-2) }));
    if (output === "" && v.refs.length > 0) return rawItems(making, v);
    const rest = stars.length === v.consts.length ? { ...v, consts: [] } : v;
    const of = isBottom(rest) ? [] : [{ output: output === "" ? undefined : output, of: exprOf(making, rest) }];
    return [...whole, ...of];
  });
}

/** Raw SQL among the columns may be several of them, with names of their own. */
const rawItems = (making: Making, v: Value): readonly Item[] =>
  objectsOf(making.call.m.heap, v).flatMap((obj): readonly Item[] =>
    isRaw(obj) ? partsOf(making, obj, itemsIn).flat() : [{ output: undefined, of: objectExpr(making, obj) }],
  );

function columnExpr(text: string): Expr {
  const path = pathOf(text);
  return { k: "column", alias: path.at(-2), name: path.at(-1) ?? text };
}

function exprOf(making: Making, v: Value): Expr {
  const of: Expr[] = v.consts.map((c) => (typeof c === "string" ? columnExpr(c) : SILENT));
  if ((v.kinds & K.String) !== 0) of.push({ k: "any", alias: undefined });
  for (const obj of objectsOf(making.call.m.heap, v)) of.push(objectExpr(making, obj));
  return of.length === 1 ? of[0]! : of.length === 0 ? SILENT : { k: "either", of };
}

function objectExpr(making: Making, obj: Obj): Expr {
  if (isBuilder(obj)) return { k: "query", query: queryOf(making, obj) };
  if (!isRaw(obj)) return SILENT;
  const of = partsOf(making, obj, exprIn);
  return of.length === 1 ? of[0]! : { k: "either", of };
}

function sourcesOf(making: Making, obj: Obj): readonly Source[] {
  return named(obj, Q.from).flatMap(([alias, v]): readonly Source[] => {
    const tables = v.consts.map((c): Source => {
      const name = pathOf(String(c)).at(-1)!;
      return { alias: alias === "" ? name : alias, of: { k: "table", name }, columns: [] };
    });
    const open: readonly Source[] = (v.kinds & K.String) !== 0 ? [{ alias, of: { k: "table", name: ANY_NAME }, columns: [] }] : [];
    const others = objectsOf(making.call.m.heap, v).flatMap((o): readonly Source[] =>
      isRaw(o) && alias === ""
        ? partsOf(making, o, sourcesIn).flat()
        : [{ alias, of: { k: "query", query: queryOf(making, o) }, columns: [] }],
    );
    return [...tables, ...open, ...others];
  });
}

// ------------------------------------------------------------------------------------------------ writing

/** One write for each table that it may be of: that named first; what an update joins is only read. */
function writesOf(making: Making, obj: Obj, k: Write["k"]): readonly Write[] {
  const { call, params } = making;
  const sources = sourcesOf(making, obj);
  const [first] = sources;
  const targets = sources.filter((s) => s.alias === first?.alias);
  const returning = itemsOf(making, obj, Q.returning);
  return targets.flatMap(({ of, alias }): readonly Write[] => {
    if (of.k !== "table") return [];
    const rows = objectsOf(call.m.heap, obj.props.get(Q.rows) ?? BOTTOM);
    const via = obj.props.get(Q.rows)?.via ?? null;
    const whole = rows
      .filter((o) => !isBuilder(o) && !isRaw(o))
      .map((o, i) => params.push(plainRow(call, of.name, ofRef(o.id, via), i)) - 1);
    const queries = rows.filter(isBuilder).map((o) => queryOf(making, o));
    return [
      {
        k,
        table: of.name,
        alias,
        columns: [],
        rows: [],
        query: queries.length === 0 ? undefined : united(queries),
        whole: k === "delete" ? [] : whole,
        set: [],
        from: sources.filter((s) => s.alias !== alias),
        returning: returning.length === 0 ? undefined : returning,
      },
    ];
  });
}

/** A row in which raw SQL and subqueries stand for what they come to. */
function plainRow(call: NativeCall, table: string, row: Value, i: number): Value {
  const { m, site } = call;
  const [obj] = objectsOf(m.heap, row);
  const isOpen = (v: Value): boolean => objectsOf(m.heap, v).some((o) => isRaw(o) || isBuilder(o));
  if (obj?.kind !== "object" || ![...obj.props.values()].some(isOpen)) return row;
  const out = make(m, "object", at(call, `row ${i}`));
  copyProps(m, out, row, site);
  for (const [slot, v] of [...out.props]) {
    if (slot.charCodeAt(0) === 0 || !isOpen(v)) continue;
    const params: Value[] = [];
    const e = exprOf({ call, params, within: [] }, { ...v, kinds: 0, consts: [], refs: v.refs });
    setSlot(m.heap, out, slot, join({ ...v, refs: [] }, valueIn(m, table, e, params, site)));
  }
  return ofRef(out.id, row.via);
}
