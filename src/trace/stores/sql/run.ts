/** What a statement in SQL text does to tables, and which rows it gives. */
import { objectsOf, S, setSlot } from "../../domain/heap.js";
import type { Site } from "../../domain/labels.js";
import { BOTTOM, isBottom, join, ofRef, type Value } from "../../domain/value.js";
import { make, type Machine } from "../../machine/machine.js";
import { copyProps } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { readRow, writeRow } from "../table.js";
import { AS_STORED, renamedRow, type Naming } from "./naming.js";
import { readSql } from "./parse.js";
import { evaluate, relationOfRow, relationOfTable, relationsOf, select, selected, withCtes, type Scope } from "./select.js";
import type { Expr, Item, Query, Write } from "./syntax.js";

/** Slot of what a client's tag makes of an object: the row that it stands for, under the names of the database. */
export const WHOLE = "\0row";

/**
 * Runs a statement whose parameters (in order) stand as `?`; gives one of its rows, bottom when it gives none. `naming` says what the
 * client calls the columns.
 */
export function runSql(m: Machine, text: string, params: readonly Value[], site: Site, naming: Naming = AS_STORED): Value {
  const row = runStatement(m, readSql(text), params, site);
  return isBottom(row) ? row : renamedRow(m, row, site, naming);
}

/** The same for a statement that a builder has put together. */
export const runStatement = (m: Machine, query: Query, params: readonly Value[], site: Site): Value =>
  runQuery(outermost(m, params, site), query);

/** What an expression comes to that stands in a statement on one table. */
export function valueIn(m: Machine, table: string, e: Expr, params: readonly Value[], site: Site): Value {
  const scope = outermost(m, params, site);
  return evaluate({ ...scope, relations: [relationOfTable(scope, table, table)] }, e);
}

/** One row of what is selected from rows, by their aliases. */
export function selectFrom(m: Machine, rows: ReadonlyMap<string, Value>, items: readonly Item[], site: Site): Value {
  const scope = outermost(m, [], site);
  return selected({ ...scope, relations: [...rows].map(([alias, row]) => relationOfRow(scope, row, alias)) }, items);
}

const outermost = (m: Machine, params: readonly Value[], site: Site): Scope => ({
  m,
  site,
  params,
  ctes: new Map(),
  relations: [],
  run: runQuery,
});

/** Runs the queries that a query names, and its parts; gives one row of any part. */
function runQuery(outer: Scope, query: Query): Value {
  const scope = withCtes(outer, query);
  return query.parts.reduce((row: Value, part) => join(row, part.k === "select" ? select(scope, part) : write(scope, part)), BOTTOM);
}

/** Writes rows; gives back what `returning` asks for. */
function write(scope: Scope, w: Write): Value {
  if (w.table === "") return BOTTOM;
  const { m, site } = scope;
  const target = relationOfTable(scope, w.table, w.alias);
  const from = relationsOf(scope, w.from);
  const row = make(m, "object", `${site.file}:${site.at}:written ${w.table}`);
  const put = (column: string | undefined, v: Value): void => {
    if (isBottom(v)) return;
    const old = row.props.get(column ?? S.rest);
    setSlot(m.heap, row, column ?? S.rest, old === undefined ? v : join(old, v));
  };
  const inner: Scope = { ...scope, relations: [target, ...from] };
  for (const tuple of w.rows)
    tuple.forEach((e, i) => {
      put(w.columns[i], evaluate(inner, e));
    });
  if (w.query !== undefined) putRow(m, scope.run(scope, w.query), w.columns, put);
  const rows = [ofRef(row.id), ...w.whole.flatMap((i) => wholeRows(m, scope.params[i] ?? BOTTOM))];
  const excluded = rows.map((r) => relationOfRow(scope, r, "excluded"));
  for (const { column, of } of w.set) put(column, evaluate({ ...scope, relations: [target, ...excluded, ...from] }, of));
  const written = rows.filter((r) => objectsOf(m.heap, r).some((o) => o.kind !== "object" || o.props.size > 0));
  for (const r of written) writeRow(m, w.table, r, site);
  if (w.returning === undefined) return BOTTOM;
  const back = (written.length === 0 ? [BOTTOM] : written).reduce((v: Value, r) => join(v, stored(scope, w, r)), BOTTOM);
  return selected({ ...scope, relations: [relationOfRow(scope, back, w.alias), ...from] }, w.returning);
}

/** The columns of a row, under the names that an insert lists, in their order. */
function putRow(m: Machine, row: Value, columns: readonly string[], put: (column: string | undefined, v: Value) => void): void {
  for (const obj of objectsOf(m.heap, row)) {
    let i = 0;
    for (const [slot, v] of [...obj.props])
      if (slot === S.rest) put(undefined, v);
      else if (slot.charCodeAt(0) !== 0) put(columns[i++] ?? slot, v);
  }
}

/** What a parameter stands for that is a row itself. */
const wholeRows = (m: Machine, v: Value): readonly Value[] =>
  objectsOf(m.heap, v).flatMap((obj) => {
    const row = obj.props.get(WHOLE);
    return row !== undefined ? objectsOf(m.heap, row).map((o) => ofRef(o.id, row.via)) : [ofRef(obj.id, v.via)];
  });

/** The row as it is after the write: a new one has defaults beside what was written, another what was there. */
function stored({ m, site }: Scope, w: Write, row: Value): Value {
  const out = make(m, "object", `${site.file}:${site.at}:stored ${w.table}`);
  if (w.k === "insert" && w.set.length === 0) setSlot(m.heap, out, S.rest, unknown(m, `${site.file}:${site.at}:default`));
  else copyProps(m, out, readRow(m, w.table, site), site);
  copyProps(m, out, row, site);
  return ofRef(out.id);
}

/** The text of a tagged template with `?` for its parameters; undefined when its parts are not known. */
export function templateText(m: Machine, strings: Value): string | undefined {
  return templateParts(m, strings)?.join("?");
}

/** The texts between the parameters of a tagged template. */
export function templateParts(m: Machine, strings: Value): readonly string[] | undefined {
  const obj = strings.refs.length === 1 ? m.heap.objects[strings.refs[0]!] : undefined;
  if (obj?.kind !== "array") return undefined;
  const out: string[] = [];
  for (let i = 0; obj.props.has(String(i)); i++) out.push(String(obj.props.get(String(i))!.consts[0] ?? ""));
  return out;
}
