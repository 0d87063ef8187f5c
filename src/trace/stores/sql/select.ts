/** Evaluates queries of SQL over what tables hold: one row that stands for all. */
import { objectsOf, S, setSlot } from "../../domain/heap.js";
import { joinLabels, NO_LABELS, type Labels, type Site } from "../../domain/labels.js";
import { ANY_NUMBER, BOTTOM, isBottom, join, joinAll, NULL, ofRef, primitivePart, stringOf, type Value } from "../../domain/value.js";
import { allLabels } from "../../machine/deep.js";
import { anyItem, iterate } from "../../machine/iterate.js";
import { make, type Machine } from "../../machine/machine.js";
import { copyProps, getAny, getNamed } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { consented, consentsOf } from "../conditions.js";
import { normalName } from "../names.js";
import { hasColumn, readColumn, readRow } from "../table.js";
import { guarded } from "./guarded.js";
import type { Expr, Item, Query, Select, Source } from "./syntax.js";

/** Something that columns are read from, under its alias. */
export interface Relation {
  readonly alias: string;
  /** Undefined when it is not known to have that column. */
  readonly column: (name: string) => Value | undefined;
  readonly all: () => Value;
  /** What a column may hold that nothing is known of. */
  readonly other: (name: string) => Value;
}

export interface Scope {
  readonly m: Machine;
  readonly site: Site;
  readonly params: readonly Value[];
  /** Rows of the queries that `with` names. */
  readonly ctes: ReadonlyMap<string, Value>;
  readonly relations: readonly Relation[];
  /** Around a subquery. */
  readonly outer?: Scope;
  /** Runs a query within this one; given, since queries may write. */
  readonly run: (scope: Scope, query: Query) => Value;
}

/** Subqueries within subqueries. */
const DEPTH = 12;

const depthOf = (scope: Scope): number => (scope.outer === undefined ? 0 : 1 + depthOf(scope.outer));

/** A query inside of another: it sees the tables around it. */
export const subquery = (scope: Scope, query: Query): Value =>
  depthOf(scope) >= DEPTH ? BOTTOM : scope.run({ ...scope, relations: [], outer: scope }, query);

export function relationOfTable(scope: Scope, table: string, alias: string): Relation {
  const { m, site } = scope;
  const cte = scope.ctes.get(normalName(table));
  if (cte !== undefined) return relationOfRow(scope, cte, alias);
  return {
    alias,
    column: (name) => (hasColumn(m, table, name) ? readColumn(m, table, name, site) : undefined),
    all: () => readRow(m, table, site),
    other: (name) => readColumn(m, table, name, site),
  };
}

export function relationOfRow({ m, site }: Scope, row: Value, alias: string): Relation {
  const rest = (): Value => objectsOf(m.heap, row).reduce((v: Value, o) => join(v, o.props.get(S.rest) ?? BOTTOM), BOTTOM);
  return {
    alias,
    column: (name) => {
      const wanted = normalName(name);
      let out: Value | undefined;
      for (const obj of objectsOf(m.heap, row))
        for (const [column, v] of obj.props)
          if (column.charCodeAt(0) !== 0 && normalName(column) === wanted) out = out === undefined ? v : join(out, v);
      return out;
    },
    all: () => row,
    other: (name) => (isBottom(rest()) ? unknown(m, `${site.file}:${site.at}:${alias}.${name}`) : rest()),
  };
}

/** The rows of `with`, one after the other; one that reads itself is run again with what it gave. */
export function withCtes(scope: Scope, query: Query): Scope {
  const ctes = new Map(scope.ctes);
  for (const { name, columns, query: inner } of query.ctes) {
    const key = normalName(name);
    ctes.set(key, BOTTOM);
    for (let i = 0; i < 2; i++)
      ctes.set(key, join(ctes.get(key)!, named(scope, scope.run({ ...scope, ctes, relations: [] }, inner), columns)));
  }
  return { ...scope, ctes };
}

/** A row whose columns get other names, in their order. */
function named({ m, site }: Scope, row: Value, columns: readonly string[]): Value {
  if (columns.length === 0) return row;
  let out: Value = BOTTOM;
  for (const obj of objectsOf(m.heap, row)) {
    const copy = make(m, "object", `${site.file}:${site.at}:named ${columns.join(",")}`);
    let i = 0;
    for (const [slot, v] of [...obj.props]) setSlot(m.heap, copy, slot.charCodeAt(0) === 0 ? slot : (columns[i++] ?? slot), v);
    out = join(out, ofRef(copy.id));
  }
  return consented(m, out, new Set(consentsOf(row)));
}

/** What stands behind `from`; each sees those before it, as lateral joins do. */
export function relationsOf(scope: Scope, from: readonly Source[]): readonly Relation[] {
  const out: Relation[] = [];
  for (const { alias, of, columns } of from) {
    const inner: Scope = { ...scope, relations: out };
    if (of.k === "table") out.push(relationOfTable(scope, of.name, alias));
    else if (of.k === "query") out.push(relationOfRow(scope, named(scope, subquery(inner, of.query), columns), alias));
    else out.push(relationOfItems(inner, of.args, alias, columns));
  }
  return out;
}

/**
 * `unnest(x) as item`, `unnest(a, b) as t (x, y)`, `json_to_recordset(x) as t (a text)`: elements, one column an argument; the columns of
 * elements that are objects.
 */
function relationOfItems(scope: Scope, args: readonly Expr[], alias: string, columns: readonly string[]): Relation {
  const { m, site } = scope;
  const items = args.map((e) => {
    const v = evaluate(scope, e);
    return join(anyItem(iterate(m, v, site)), primitivePart(v));
  });
  const [only] = items;
  const any = joinAll(items);
  const isRecord = items.length === 1 && columns.length > 0 && any.refs.length > 0;
  const names = isRecord || columns.length >= items.length ? columns : items.map((_, i) => (items.length === 1 ? alias : `column${i + 1}`));
  const row = make(m, "object", `${site.file}:${site.at}:items ${alias}`);
  names.forEach((name, i) => {
    setSlot(m.heap, row, name, isRecord ? getNamed(m, any, name, site) : (items[i] ?? only ?? BOTTOM));
  });
  const relation = relationOfRow(scope, ofRef(row.id), alias);
  // `value` of `json_array_elements(x)`, `key` of `json_each(x)`: one of the elements, whatever it is called.
  return { ...relation, column: (name) => relation.column(name) ?? (columns.length > 0 ? undefined : any), other: () => any };
}

/** One row of a selection. */
export function select(scope: Scope, s: Select): Value {
  const { relations, row: shared } = guarded(scope, s, relationsOf(scope, s.from));
  const inner: Scope = { ...scope, relations };
  const row = s.items.length > 0 ? selected(inner, s.items) : relations.reduce((all: Value, r) => join(all, r.all()), BOTTOM);
  return consented(scope.m, row, shared);
}

/** What a list of items gives, over the relations of a scope. */
export function selected(scope: Scope, items: readonly Item[]): Value {
  const { m, site } = scope;
  const row = make(m, "object", `${site.file}:${site.at}:selected ${depthOf(scope)}`);
  for (const item of items) {
    if ("star" in item) {
      for (const r of scope.relations)
        if (item.star === undefined || normalName(r.alias) === normalName(item.star)) copyProps(m, row, r.all(), site);
      continue;
    }
    const v = evaluate(scope, item.of);
    const kept = isBottom(v) ? unknown(m, `${site.file}:${site.at}:${item.output ?? "?"}`) : v;
    if (item.output === undefined) setSlot(m.heap, row, S.rest, join(row.props.get(S.rest) ?? BOTTOM, kept));
    else setSlot(m.heap, row, item.output, kept);
  }
  return ofRef(row.id);
}

/** The value of an expression; bottom where it says nothing of any row. */
export function evaluate(scope: Scope, e: Expr): Value {
  const { m, site } = scope;
  switch (e.k) {
    case "silent":
      return BOTTOM;
    case "param":
      return scope.params[e.i] ?? BOTTOM;
    case "column":
      return columnOf(scope, e.alias, e.name);
    case "any": {
      const relations = scope.relations.filter((r) => e.alias === undefined || normalName(r.alias) === normalName(e.alias));
      return relations.reduce((v: Value, r) => join(v, getAny(m, r.all(), site)), BOTTOM);
    }
    case "row":
      return rowOf(scope, e.alias) ?? columnOf(scope, undefined, e.alias);
    case "either":
      return e.of.reduce((v: Value, x) => join(v, evaluate(scope, x)), BOTTOM);
    case "text": {
      const labels = e.of.reduce((all: Labels, x) => joinLabels(all, allLabels(m, evaluate(scope, x))), NO_LABELS);
      return labels.length === 0 ? join(stringOf(NO_LABELS), ANY_NUMBER) : stringOf(labels);
    }
    case "list": {
      const list = make(m, "array", `${site.file}:${site.at}:list`);
      const item = e.of.reduce((v: Value, x) => join(v, evaluate(scope, x)), BOTTOM);
      setSlot(m.heap, list, S.rest, isBottom(item) ? unknown(m, `${site.file}:${site.at}:item`) : item);
      return join(ofRef(list.id), NULL);
    }
    case "object": {
      const obj = make(m, "object", `${site.file}:${site.at}:object`);
      for (const { key, value } of e.entries) {
        const v = evaluate(scope, value);
        const slot = key ?? S.rest;
        const kept = isBottom(v) ? unknown(m, `${site.file}:${site.at}:${slot}`) : v;
        setSlot(m.heap, obj, slot, key === undefined ? join(obj.props.get(slot) ?? BOTTOM, kept) : kept);
      }
      return ofRef(obj.id);
    }
    case "member": {
      const of = evaluate(scope, e.of);
      const inside =
        of.refs.length === 0
          ? BOTTOM
          : e.key === undefined
            ? getAny(m, { ...of, kinds: 0, consts: [] }, site)
            : getNamed(m, { ...of, kinds: 0, consts: [] }, e.key, site);
      return of.labels.length > 0 ? join(inside, stringOf(of.labels)) : inside;
    }
    case "query":
      return objectsOf(m.heap, subquery(scope, e.query)).reduce(
        (v: Value, o) => [...o.props].reduce((all, [slot, x]) => (slot.charCodeAt(0) === 0 ? all : join(all, x)), v),
        BOTTOM,
      );
  }
}

function rowOf(scope: Scope, alias: string): Value | undefined {
  const found = scope.relations.find((r) => normalName(r.alias) === normalName(alias));
  return found?.all() ?? (scope.outer === undefined ? undefined : rowOf(scope.outer, alias));
}

/** A column of the nearest tables that are known to have it; of all of them where none is. */
function columnOf(scope: Scope, alias: string | undefined, name: string): Value {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    const relations = alias === undefined ? at.relations : at.relations.filter((r) => normalName(r.alias) === normalName(alias));
    let out: Value | undefined;
    for (const r of relations) {
      const v = r.column(name);
      if (v !== undefined) out = out === undefined ? v : join(out, v);
    }
    if (out !== undefined) return out;
    if (alias !== undefined && relations.length > 0) return relations.reduce((v: Value, r) => join(v, r.other(name)), BOTTOM);
  }
  const row = alias === undefined ? rowOf(scope, name) : undefined;
  return row ?? scope.relations.reduce((v: Value, r) => join(v, r.other(name)), BOTTOM);
}
