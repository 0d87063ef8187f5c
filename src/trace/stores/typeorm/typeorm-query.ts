/**
 * TypeORM's query builders as heap objects, changed in place: the entities that are joined, by alias, and what of them is selected. A selection is
 * read as entities (`getMany`) or as rows of SQL (`getRawMany`).
 */
import { objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import { BOTTOM, exact, isBottom, join, NULL, ofConst, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { external } from "../../machine/external.js";
import { make, type Machine, type NativeCall } from "../../machine/machine.js";
import { getAny } from "../../machine/props.js";
import { at, listOf, selves } from "../../natives/support.js";
import { targetsOf, type Entity } from "../entities.js";
import { ALL, entityRow, sqlRow } from "../entity-rows.js";
import { itemsIn } from "../sql/parse.js";
import { selectFrom } from "../sql/run.js";
import type { Item } from "../sql/syntax.js";
import { relationTable } from "../table.js";
import { entities } from "./typeorm-find.js";
import { LIB } from "./typeorm-schema.js";

/** Slots of a builder. */
export const Q = {
  op: "\0op",
  /** The alias of the entity that it begins with. */
  main: "\0main",
  /** Entities, builders or names of tables by alias. */
  of: "\0of:",
  /** The relation that is joined, by alias: `user.photos`. */
  path: "\0path:",
  /** The property that gets a relation's rows, by its alias. */
  into: "\0into:",
  /** What is selected, by its text: the name that it gets in rows of SQL. */
  select: "\0select:",
  /** Subqueries that are selected, by the name that they get. */
  column: "\0column:",
  rows: "\0rows",
  returning: "\0returning",
} as const;

const DEPTH = 6;

export const isBuilder = (obj: Obj): boolean => obj.props.has(Q.op);
export const builders = (call: NativeCall): readonly Obj[] => selves(call).filter(isBuilder);

export function newBuilder(m: Machine, where: string, of: Value, alias: Value): Value {
  const obj = make(m, "object", where);
  setSlot(m.heap, obj, S.proto, ofRef(external(m, LIB, ["QueryBuilder"]).id));
  setSlot(m.heap, obj, Q.op, ofConst("select"));
  if (!isBottom(of)) begin(m, obj, of, String(exact(alias) ?? "*"));
  return ofRef(obj.id);
}

/** The entity that all begins with: all of it is selected, as long as nothing else is. */
export function begin({ heap }: Machine, query: Obj, of: Value, alias: string): void {
  if (!query.props.has(Q.main)) setSlot(heap, query, Q.main, ofConst(alias));
  setSlot(heap, query, Q.of + alias, of);
  if (![...query.props.keys()].some((slot) => slot.startsWith(Q.select))) setSlot(heap, query, Q.select + alias, UNDEFINED);
}

const named = (query: Obj, prefix: string): readonly (readonly [string, Value])[] =>
  [...query.props].flatMap(([slot, v]) => (slot.startsWith(prefix) ? [[slot.slice(prefix.length), v] as const] : []));

export const mainOf = (query: Obj): string => String(exact(query.props.get(Q.main) ?? ofConst("*")));

// ------------------------------------------------------------------------------------------------ what is joined and selected

/** The entities of an alias: named themselves, or by the relation that leads there. */
export function entitiesAt(call: NativeCall, query: Obj, alias: string, depth = 0): readonly Entity[] {
  const { m } = call;
  const of = query.props.get(Q.of + alias);
  if (of !== undefined) return entities(call, of);
  const [parent, property] = String(exact(query.props.get(Q.path + alias) ?? UNDEFINED)).split(".");
  if (parent === undefined || property === undefined || depth > DEPTH) return [];
  const targets = entitiesAt(call, query, parent, depth + 1).flatMap((e) => {
    const relation = e.relations.get(property);
    return relation === undefined ? [] : targetsOf(call, LIB, relation.target);
  });
  return targets.length > 0 ? targets : entities(call, ofConst(relationTable(m, property).table));
}

/** `{ id, email }` of what is selected of an alias; undefined where it is all of it, null where it is nothing. */
function propertiesAt(query: Obj, alias: string): ReadonlySet<string> | undefined | null {
  const texts = named(query, Q.select).map(([text]) => text);
  if (texts.includes(alias) || (alias === mainOf(query) && texts.length === 0)) return undefined;
  const own = texts.flatMap((text) => (text.startsWith(`${alias}.`) ? [text.slice(alias.length + 1)] : []));
  return own.length === 0 ? null : new Set(own.map((text) => text.trim()).filter((text) => /^\w+$/.test(text)));
}

/** One entity of an alias, with those that are joined to it. */
export function entityAt(call: NativeCall, query: Obj, alias: string, depth = 0): Value {
  const { m } = call;
  const only = propertiesAt(query, alias);
  if (only === null || depth > DEPTH) return BOTTOM;
  const tag = [`at ${depth}`, alias];
  const row = entitiesAt(call, query, alias).reduce((v: Value, e) => join(v, entityRow(call, e, { ...ALL, only }, tag.slice(1))), BOTTOM);
  for (const [child, path] of named(query, Q.path)) {
    const [parent, property] = String(exact(path)).split(".");
    if (parent !== alias || property === undefined) continue;
    const inner = entityAt(call, query, child, depth + 1);
    if (isBottom(inner)) continue;
    const into = query.props.get(Q.into + child);
    const name = into === undefined ? property : String(exact(into)).split(".").at(-1)!;
    const many = query.props.get(`${Q.into}one:${child}`) === undefined && (into !== undefined || isMany(call, query, alias, property));
    const rows = many ? listOf(m, inner, at(call, `rows ${child}`)) : join(inner, NULL);
    for (const obj of objectsOf(m.heap, row)) setSlot(m.heap, obj, name, rows);
  }
  return row;
}

function isMany(call: NativeCall, query: Obj, alias: string, property: string): boolean {
  const told = entitiesAt(call, query, alias).flatMap((e) => e.relations.get(property)?.many ?? []);
  return told.length > 0 ? told.some(Boolean) : relationTable(call.m, property).many;
}

/** One row of SQL: `user_email` of a column that gets no name. */
export function rawAt(call: NativeCall, query: Obj, depth = 0): Value {
  const { m, site } = call;
  const rows = new Map<string, Value>();
  const items: Item[] = [];
  const aliases = new Set([...named(query, Q.of), ...named(query, Q.path)].map(([alias]) => alias));
  const columns = (alias: string): readonly Entity[] => entitiesAt(call, query, alias);
  for (const alias of aliases) {
    const inner = objectsOf(m.heap, query.props.get(Q.of + alias) ?? BOTTOM).filter(isBuilder);
    const given = depth > DEPTH ? [] : inner.map((q) => rawAt(call, q, depth + 1));
    rows.set(alias, [...given, ...(inner.length > 0 ? [] : columns(alias).map((e) => sqlRow(call, e)))].reduce(join, BOTTOM));
  }
  const all = named(query, Q.select);
  for (const [text, output] of all.length === 0 ? [[mainOf(query), UNDEFINED] as const] : all) {
    const as = exact(output);
    const [alias = "", property] = text.split(".");
    const isColumn = /^\w+\.\w+$/.test(text) && aliases.has(alias);
    if (aliases.has(text)) {
      const known = columns(text).flatMap((e) => [...e.columns.values()]);
      for (const c of known) items.push({ output: `${text}_${c.name}`, of: { k: "column", alias: text, name: c.name } });
      if (known.length === 0) items.push({ star: text });
    } else if (isColumn) {
      const [name] = columns(alias).flatMap((e) => e.columns.get(property!)?.name ?? []);
      items.push({ output: typeof as === "string" ? as : `${alias}_${name ?? property!}`, of: { k: "column", alias, name: property! } });
    } else for (const item of itemsIn(text, 0)) items.push("output" in item && typeof as === "string" ? { ...item, output: as } : item);
  }
  const row = selectFrom(m, rows, items, site);
  for (const [output, subs] of named(query, Q.column))
    for (const sub of depth > DEPTH ? [] : objectsOf(m.heap, subs).filter(isBuilder))
      for (const obj of objectsOf(m.heap, row)) setSlot(m.heap, obj, output, getAny(m, rawAt(call, sub, depth + 1), site));
  return row;
}
