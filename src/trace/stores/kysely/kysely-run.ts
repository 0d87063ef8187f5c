/** Running Kysely's builders: the rows that a select gives, the rows that the others write. */
import { objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import { BOTTOM, exact, isBottom, join, NULL, ofConst, ofRef, stringOf, UNDEFINED, withoutAbsent, type Value } from "../../domain/value.js";
import type { TypeRef } from "../../../link/types.js";
import { believe } from "../../machine/declared.js";
import { allLabels } from "../../machine/deep.js";
import { external } from "../../machine/external.js";
import { make, type Machine, type NativeCall } from "../../machine/machine.js";
import { copyProps, entries } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { at } from "../../natives/support.js";
import { isQuery, listed, named, Q } from "./kysely-query.js";
import { scalarOf } from "../answers.js";
import { asked } from "../builder-conditions.js";
import { given, type Fixed } from "../conditions.js";
import { readColumn, readRow, writeRow } from "../table.js";

/** Expressions: what a selected value is made of. */
export const E = {
  /** `column` (a reference), `value`, `rows`, `row`, `scalar` (subqueries), `fields` (an object built in SQL), `text` (raw SQL), `none`. */
  kind: "\0expr",
  /** Reference, value, builder or object. */
  of: "\0of",
  /** Columns that raw SQL mentions, as an array of references. */
  mentions: "\0mentions",
} as const;

const DEPTH = 6;

/** One row of what a builder selects. */
export function rowOf(call: NativeCall, query: Obj, depth = 0): Value {
  const { m, site } = call;
  if (depth > DEPTH) return unknown(m, at(call, "deep row"));
  const row = make(m, "object", at(call, `row ${query.key} ${depth}`));
  const open = query.props.has(Q.open);
  for (const [alias] of open ? [["*", UNDEFINED] as const] : named(query, Q.all))
    copyProps(m, row, wholeRow(call, query, alias, depth), site);
  for (const [output, column] of named(query, Q.column))
    setSlot(
      m.heap,
      row,
      output,
      column.consts.reduce((v: Value, c) => join(v, reference(call, query, String(c), depth)), BOTTOM),
    );
  for (const [output, expression] of named(query, Q.expression)) setSlot(m.heap, row, output, valueOf(call, query, expression, depth));
  let out = given(m, ofRef(row.id), fixedIn(call, query));
  for (const other of objectsOf(m.heap, query.props.get(Q.union) ?? BOTTOM))
    if (isQuery(other)) out = join(out, rowOf(call, other, depth + 1));
  return out;
}

/** What the conditions ask for of the tables that are read. */
const fixedIn = (call: NativeCall, query: Obj): readonly Fixed[] =>
  asked(call.m, query, call.site).flatMap(({ alias, name, is }) =>
    [...named(query, Q.table)]
      .filter(([as]) => alias === undefined || as === alias)
      .flatMap(([, tables]) => (tables.consts.length === 1 ? [{ table: String(tables.consts[0]), column: name, value: is }] : [])),
  );

/** All columns of one alias, or of everything that the query joins. */
function wholeRow(call: NativeCall, query: Obj, alias: string, depth: number): Value {
  const { m, site } = call;
  const out = make(m, "object", at(call, `all ${query.key} ${alias} ${depth}`));
  const wanted = (name: string): boolean => alias === "*" || name === alias || name === "*";
  for (const [name, tables] of named(query, Q.table))
    if (wanted(name)) for (const t of tables.consts) copyProps(m, out, tableRow(call, String(t)), site);
  for (const [name, subs] of named(query, Q.sub))
    if (wanted(name)) for (const sub of objectsOf(m.heap, subs)) copyProps(m, out, rowOf(call, sub, depth + 1), site);
  return ofRef(out.id);
}

/** What tables of a name are declared to be: `new Kysely<{ users: User }>()`. */
function rowTypes({ m }: NativeCall, table: string): readonly TypeRef[] {
  if (!m.hooks.propertySources) return [];
  const declared = objectsOf(m.heap, external(m, "kysely", ["Kysely"]).props.get(Q.declared) ?? BOTTOM);
  return declared.flatMap((db) => m.types.member(db.data as TypeRef, table)?.type ?? []);
}

const tableRow = (call: NativeCall, table: string): Value =>
  rowTypes(call, table).reduce((row, type) => believe(call.m, row, type, call.site), readRow(call.m, table, call.site));

function tableColumn(call: NativeCall, table: string, column: string): Value {
  const { m, site } = call;
  const v = readColumn(m, table, column, site);
  const types = rowTypes(call, table);
  if (types.length === 0) return v;
  const row = make(m, "object", at(call, `${table}.${column}`));
  setSlot(m.heap, row, column, v);
  types.forEach((type) => believe(m, ofRef(row.id), type, site));
  return row.props.get(column) ?? v;
}

/** A column reference, `alias.column` or only `column`. */
export function reference(call: NativeCall, query: Obj, text: string, depth: number): Value {
  const { m, site } = call;
  const dot = text.lastIndexOf(".");
  const alias = dot < 0 ? undefined : text.slice(0, dot).replace(/^.*\./, "").replace(/"/g, "");
  const column = text.slice(dot + 1).replace(/"/g, "");
  if (column === "*") return wholeRow(call, query, alias ?? "*", depth);
  let out: Value = BOTTOM;
  let hit = false;
  for (const [name, tables] of named(query, Q.table)) {
    if (alias !== undefined && name !== alias && name !== "*") continue;
    hit = true;
    for (const t of tables.consts) out = join(out, tableColumn(call, String(t), column));
  }
  for (const [name, subs] of named(query, Q.sub)) {
    if (alias !== undefined && name !== alias && name !== "*") continue;
    hit = true;
    for (const sub of objectsOf(m.heap, subs))
      for (const row of objectsOf(m.heap, rowOf(call, sub, depth + 1)))
        out = join(out, withoutAbsent(row.props.get(column) ?? row.props.get(S.rest) ?? UNDEFINED));
  }
  // A correlated subquery refers to the tables around it, which it does not know: by the column alone then, in a table of that name.
  if (!hit && alias !== undefined) out = readColumn(m, alias, column, site);
  return isBottom(out) ? unknown(m, at(call, `column ${column}`)) : out;
}

/** What an expression comes to in a row of the query. */
export function valueOf(call: NativeCall, query: Obj, expression: Value, depth: number): Value {
  const { m } = call;
  let out: Value = { ...expression, refs: [] };
  for (const obj of objectsOf(m.heap, expression)) out = join(out, expressionValue(call, query, obj, depth));
  return out;
}

function expressionValue(call: NativeCall, query: Obj, obj: Obj, depth: number): Value {
  const { m, site } = call;
  if (isQuery(obj)) return scalar(call, obj, depth);
  const of = obj.props.get(E.of) ?? BOTTOM;
  switch (exact(obj.props.get(E.kind) ?? UNDEFINED)) {
    case "column":
      return of.consts.reduce((v: Value, c) => join(v, reference(call, query, String(c), depth)), BOTTOM);
    case "value":
      return listed(call, of).reduce((v: Value, x) => join(v, x), BOTTOM);
    case "either":
      return listed(call, of).reduce((v: Value, x) => join(v, valueOf(call, query, x, depth)), BOTTOM);
    case "rows": {
      const list = make(m, "array", at(call, `rows ${obj.key} ${depth}`));
      setSlot(m.heap, list, S.rest, inner(call, query, of, depth));
      return ofRef(list.id);
    }
    case "row":
      return join(inner(call, query, of, depth), NULL);
    case "fields": {
      const out = make(m, "object", at(call, `fields ${obj.key} ${depth}`));
      for (const o of objectsOf(m.heap, of))
        for (const x of entries(m, o, site).known) setSlot(m.heap, out, x.name, valueOf(call, query, x.value, depth));
      return ofRef(out.id);
    }
    case "text": {
      // Text made of columns and parameters: it spells them out.
      let v: Value = BOTTOM;
      for (const mention of listed(call, obj.props.get(E.mentions) ?? BOTTOM))
        for (const c of mention.consts) v = join(v, reference(call, query, String(c), depth));
      const labels = allLabels(m, join(v, of));
      return labels.length === 0 ? unknown(m, at(call, `expression ${obj.key}`)) : stringOf(labels);
    }
    default:
      return unknown(m, at(call, `expression ${obj.key}`));
  }
}

/** Rows of a subquery; a table by name or alias gives its own. */
function inner(call: NativeCall, query: Obj, of: Value, depth: number): Value {
  let out: Value = BOTTOM;
  for (const c of of.consts) out = join(out, wholeRow(call, query, String(c), depth));
  for (const obj of objectsOf(call.m.heap, of))
    out = join(out, isQuery(obj) ? rowOf(call, correlated(call, obj, query), depth + 1) : expressionValue(call, query, obj, depth));
  return out;
}

/** A subquery that also sees the tables around it. */
function correlated(call: NativeCall, sub: Obj, outer: Obj): Obj {
  const { m } = call;
  const own = new Set([...sub.props.keys()]);
  const copy = make(m, "object", at(call, `correlated ${sub.key}`));
  for (const [slot, v] of sub.props) setSlot(m.heap, copy, slot, v);
  // Unqualified columns belong to the inner tables: outer ones only come in under their own alias, and `*` is not theirs.
  const wanted = new Set<string>();
  for (const [, column] of named(sub, Q.column))
    for (const c of column.consts) if (String(c).includes(".")) wanted.add(String(c).slice(0, String(c).lastIndexOf(".")));
  for (const prefix of [Q.table, Q.sub])
    for (const [alias, v] of named(outer, prefix))
      if (wanted.has(alias) && !own.has(prefix + alias)) setSlot(m.heap, copy, prefix + alias, v);
  return copy;
}

/** The one column of a scalar subquery. */
const scalar = (call: NativeCall, query: Obj, depth: number): Value => scalarOf(call, rowOf(call, query, depth + 1));

/** Writes what an insert or update holds. */
export function runWrites(call: NativeCall, query: Obj): void {
  const { m, site } = call;
  const op = query.props.get(Q.op)?.consts ?? [];
  if (!op.includes("insert") && !op.includes("update")) return;
  const tables = [...named(query, Q.table)]
    .filter(([alias]) => op.includes("insert") || !query.props.has(`\0joined:${alias}`))
    .flatMap(([, t]) => t.consts.map(String));
  for (const values of listed(call, query.props.get(Q.values) ?? BOTTOM)) {
    for (const obj of objectsOf(m.heap, values)) {
      const row = isQuery(obj) ? rowOf(call, obj) : plainRow(call, query, ofRef(obj.id, values.via));
      for (const table of tables) writeRow(m, table, row, site);
    }
  }
}

/** A row's columns, with expressions taken for their values. */
function plainRow(call: NativeCall, query: Obj, row: Value): Value {
  const { m, site } = call;
  const out = make(m, "object", at(call, `columns ${objectsOf(m.heap, row)[0]!.key}`));
  copyProps(m, out, row, site);
  for (const [slot, v] of [...out.props]) {
    if (slot.charCodeAt(0) === 0) continue;
    if (objectsOf(m.heap, v).some(isExpression)) setSlot(m.heap, out, slot, valueOf(call, query, v, 0));
  }
  return ofRef(out.id);
}

export const isExpression = (obj: Obj): boolean => obj.props.has(E.kind) || isQuery(obj);

/** An expression object. */
export function expression(m: Machine, where: string, proto: Value, kind: string, of: Value): Obj {
  const obj = make(m, "object", where);
  setSlot(m.heap, obj, S.proto, proto);
  setSlot(m.heap, obj, E.kind, ofConst(kind));
  if (!isBottom(of)) setSlot(m.heap, obj, E.of, of);
  return obj;
}
