/** Rows of entities: instances with the properties that are asked for, and what an instance writes. */
import { objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { BOTTOM, isBottom, join, K, NULL, ofKinds, ofRef, withKinds, type Value } from "../domain/value.js";
import { callValue } from "../machine/call.js";
import { believe } from "../machine/declared.js";
import { iterate } from "../machine/iterate.js";
import { hop, make, type NativeCall } from "../machine/machine.js";
import { copyProps, getNamed, lookUp } from "../machine/props.js";
import { unknown } from "../machine/unknown.js";
import { at } from "../natives/support.js";
import { rowList } from "./answers.js";
import { targetsOf, type Column, type Embedded, type Entity, type Relation } from "./entities.js";
import { readColumn, readRow, relationTable, writeRow } from "./table.js";

/** What of an entity is read. */
export interface Wanted {
  /** Its properties; all that are not hidden where undefined. */
  readonly only: ReadonlySet<string> | undefined;
  /** Hidden ones beside those. */
  readonly also: ReadonlySet<string>;
  readonly relations: ReadonlyMap<string, Wanted>;
}

export const ALL: Wanted = { only: undefined, also: new Set(), relations: new Map() };

/** Relations of relations. */
const DEPTH = 6;

/** One row of an entity, as an instance of it. */
export function entityRow(call: NativeCall, e: Entity, wanted: Wanted = ALL, path: readonly string[] = []): Value {
  const { m, site } = call;
  if (path.length > DEPTH) return unknown(m, at(call, `deep ${path.join(".")}`));
  const row = make(m, "object", at(call, `row ${e.table} ${path.join(".")}`));
  if (!isBottom(e.proto)) setSlot(m.heap, row, S.proto, e.proto);
  const { only } = wanted;
  if (!e.declared && only === undefined) copyProps(m, row, readRow(m, e.table, site), site);
  for (const [property, column] of e.columns)
    if (only?.has(property) ?? (!column.hidden || wanted.also.has(property)))
      setSlot(m.heap, row, property, columnValue(call, e.table, column, ""));
  if (!e.declared)
    for (const property of only ?? []) if (!e.columns.has(property)) setSlot(m.heap, row, property, readColumn(m, e.table, property, site));
  for (const [property, embedded] of e.embedded)
    if (only?.has(property) ?? true) setSlot(m.heap, row, property, embeddedRow(call, e, embedded, [...path, property]));
  for (const [property, relation] of e.relations)
    if (relation.eager && only === undefined && !wanted.relations.has(property) && !path.includes(property))
      setSlot(m.heap, row, property, relatedRows(call, e, relation, ALL, [...path, property]));
  for (const [property, inner] of wanted.relations)
    setSlot(m.heap, row, property, relatedRows(call, e, e.relations.get(property), inner, [...path, property]));
  return e.type === undefined ? ofRef(row.id) : believe(m, ofRef(row.id), e.type, site);
}

/** A row of SQL has the columns under their names in the database; conditions and functions may use either. */
export function sqlRow(call: NativeCall, e: Entity): Value {
  const { m, site } = call;
  const out = make(m, "object", at(call, `sql ${e.table}`));
  const row = entityRow(call, { ...e, proto: BOTTOM });
  copyProps(m, out, row, site);
  for (const obj of objectsOf(m.heap, row))
    for (const [property, column] of e.columns) {
      const v = obj.props.get(property);
      if (v !== undefined) setSlot(m.heap, out, column.name, v);
    }
  return ofRef(out.id);
}

function columnValue(call: NativeCall, table: string, column: Column, prefix: string): Value {
  return converted(call, readColumn(call.m, table, prefix + column.name, call.site), column.transformer, "from");
}

/** What a transformer makes of a value. */
function converted(call: NativeCall, v: Value, transformer: Value, how: "to" | "from"): Value {
  const { m, site } = call;
  let out = v;
  for (const obj of objectsOf(m.heap, transformer).filter((o) => o.kind === "object")) {
    const fn = getNamed(m, ofRef(obj.id), how, site);
    if (fn.refs.length > 0) out = callValue(m, fn, ofRef(obj.id), { list: [out], rest: null }, site);
  }
  return out;
}

/** The columns of one table that are an object in the program. */
function embeddedRow(call: NativeCall, e: Entity, { target, prefix }: Embedded, path: readonly string[]): Value {
  const { m } = call;
  let out: Value = BOTTOM;
  for (const inner of targetsOf(call, e.library, target)) {
    const row = make(m, "object", at(call, `embedded ${path.join(".")}`));
    if (!isBottom(inner.proto)) setSlot(m.heap, row, S.proto, inner.proto);
    for (const [property, column] of inner.columns) setSlot(m.heap, row, property, columnValue(call, e.table, column, prefix));
    out = join(out, ofRef(row.id));
  }
  return isBottom(out) ? unknown(m, at(call, `embedded ${path.join(".")}`)) : out;
}

/** The rows of a relation: a list, or one that may not be there. One that nobody declares is found by its name. */
export function relatedRows(call: NativeCall, e: Entity, relation: Relation | undefined, wanted: Wanted, path: readonly string[]): Value {
  const { m, site } = call;
  const targets = relation === undefined ? [] : targetsOf(call, e.library, relation.target);
  const guess = relationTable(m, path.at(-1)!);
  const many = relation?.many ?? guess.many;
  const row =
    targets.length === 0
      ? readRow(m, guess.table, site)
      : targets.reduce((v: Value, target) => join(v, entityRow(call, target, wanted, path)), BOTTOM);
  return many ? rowList(call, row, `rows ${path.join(".")}`) : join(row, NULL);
}

// ------------------------------------------------------------------------------------------------ writing

/** Objects one by one, those in lists too. */
export function eachRow(call: NativeCall, v: Value): readonly Value[] {
  return objectsOf(call.m.heap, v).flatMap((obj) => {
    const one = ofRef(obj.id, v.via);
    if (obj.kind !== "array") return [one];
    const items = iterate(call.m, one, call.site);
    return (items.rest === null ? items.list : [...items.list, items.rest]).flatMap((x) => eachRow(call, x));
  });
}

/** Writes an instance, a part of one, or a list of either; gives the rows as they are in the database. */
export function writeEntity(call: NativeCall, e: Entity, v: Value, path: readonly string[] = []): readonly Value[] {
  const { m, site } = call;
  if (path.length > DEPTH) return [];
  return eachRow(call, hop(m, v, "argument", site)).map((row, i) => {
    const columns = e.declared ? columnsOf(call, e, row, [...path, String(i)]) : row;
    writeRow(m, e.table, columns, site);
    return columns;
  });
}

/** What an object has under a name, for certain or not; undefined where it has nothing. */
function held(call: NativeCall, row: Value, property: string): Value | undefined {
  const { m, site } = call;
  let out: Value = BOTTOM;
  for (const obj of objectsOf(m.heap, row)) out = join(out, lookUp(m, obj, property, ofRef(obj.id, row.via), site, 0) ?? ofKinds(K.Absent));
  return isBottom(withKinds(out, out.kinds & ~(K.Absent | K.Undefined))) ? undefined : out;
}

/** A row under the names of the database: only what the entity has a column for is written. */
function columnsOf(call: NativeCall, e: Entity, row: Value, path: readonly string[]): Value {
  const { m } = call;
  const out = make(m, "object", at(call, `columns ${e.table} ${path.join(".")}`));
  putColumns(call, out, e.columns, row, "");
  for (const [property, { target, prefix }] of e.embedded) {
    const v = held(call, row, property);
    if (v !== undefined) for (const inner of targetsOf(call, e.library, target)) putColumns(call, out, inner.columns, v, prefix);
  }
  for (const [property, relation] of e.relations) {
    const v = held(call, row, property);
    if (v === undefined) continue;
    if (relation.cascade)
      for (const target of targetsOf(call, e.library, relation.target)) writeEntity(call, target, v, [...path, property]);
    if (relation.many) continue;
    // The other row's key: of an instance its id, else what stands for it.
    const key = v.refs.length > 0 ? held(call, { ...v, kinds: 0, consts: [] }, "id") : v;
    if (key !== undefined) setSlot(m.heap, out, relation.key ?? `${property}Id`, key);
  }
  return ofRef(out.id, row.via);
}

function putColumns(call: NativeCall, out: Obj, columns: ReadonlyMap<string, Column>, row: Value, prefix: string): void {
  const { m } = call;
  for (const [property, column] of columns) {
    const v = held(call, row, property);
    if (v === undefined) continue;
    // A function gives SQL text: `() => "now()"`.
    const plain = objectsOf(m.heap, v).some((o) => o.kind === "function") ? { ...v, refs: [] } : v;
    const value = converted(call, plain, column.transformer, "to");
    if (!isBottom(value)) setSlot(m.heap, out, prefix + column.name, value);
  }
}

/** What an object gets of others, as `merge` and `create` do it. */
export function assignAll(call: NativeCall, target: Obj, sources: readonly Value[]): void {
  for (const source of sources)
    for (const obj of objectsOf(call.m.heap, source)) copyProps(call.m, target, ofRef(obj.id, source.via), call.site, undefined, "assign");
}

/** A new instance of an entity with what it is given. */
export function newEntity(call: NativeCall, e: Entity, like: Value, what = "new"): Value {
  const { m, site } = call;
  const obj = make(m, "object", at(call, `${what} ${e.table}`));
  if (!isBottom(e.proto)) setSlot(m.heap, obj, S.proto, e.proto);
  assignAll(call, obj, [like]);
  return e.type === undefined ? ofRef(obj.id) : believe(m, ofRef(obj.id), e.type, site);
}
