/** What Prisma's `data` writes: the model's columns, and rows of other models nested in relations. */
import { objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import type { Site } from "../../domain/labels.js";
import { BOTTOM, isBottom, join, K, ofRef, withKinds, type Value } from "../../domain/value.js";
import { iterate } from "../../machine/iterate.js";
import { loaded, make, type Machine } from "../../machine/machine.js";
import { entries } from "../../machine/props.js";
import { mappedRelation } from "../mapped.js";
import { normalName } from "../names.js";
import { relationTable, writeRow } from "../table.js";

const RELATION = new Set([
  "create",
  "createMany",
  "connect",
  "connectOrCreate",
  "update",
  "updateMany",
  "upsert",
  "set",
  "disconnect",
  "delete",
  "deleteMany",
]);
/** Changes of a column itself: the written value is inside. */
const COLUMN = new Set(["set", "increment", "decrement", "multiply", "divide", "push", "unset"]);

/** Writes one row or a list of rows to a model; gives the columns as one object. */
export function writeData(m: Machine, model: string, data: Value, site: Site): Value {
  let out: Value = BOTTOM;
  for (const [i, row] of rowsOf(m, data, site).entries()) {
    const columns = columnsOf(m, model, row, site, i);
    if (isBottom(columns)) continue;
    writeRow(m, model, columns, site);
    out = join(out, columns);
  }
  return out;
}

function rowsOf(m: Machine, data: Value, site: Site): readonly Value[] {
  const out: Value[] = [];
  for (const obj of objectsOf(m.heap, data)) {
    if (obj.kind !== "array") out.push(ofRef(obj.id, data.via));
    else {
      const items = iterate(m, ofRef(obj.id, data.via), site);
      out.push(...items.list, ...(items.rest === null ? [] : [items.rest]));
    }
  }
  return out;
}

function columnsOf(m: Machine, model: string, row: Value, site: Site, i: number): Value {
  const objects = objectsOf(m.heap, row).filter((o) => o.kind === "object" || o.kind === "unknown");
  if (objects.length === 0) return BOTTOM;
  const out = make(m, "object", `${site.file}:${site.at}:columns ${i}`);
  for (const obj of objects) {
    const e = entries(m, obj, site);
    for (const x of e.known) {
      const value = columnValue(m, model, x.name, loaded(m, x.value, row.via, site), site);
      if (isBottom(value)) continue;
      const old = out.props.get(x.name);
      const v = x.maybe || objects.length > 1 ? withKinds(value, value.kinds | K.Absent) : value;
      setSlot(m.heap, out, x.name, old === undefined ? v : join(old, v));
    }
    if (e.rest !== null) setSlot(m.heap, out, S.rest, join(out.props.get(S.rest) ?? BOTTOM, e.rest));
    if (e.restKey.length > 0) setSlot(m.heap, out, S.restKey, { ...withKinds(BOTTOM, K.String), labels: e.restKey });
  }
  return ofRef(out.id, row.via);
}

/** A column's value; nested writes of relations go to their own tables and leave nothing here. */
function columnValue(m: Machine, model: string, name: string, v: Value, site: Site): Value {
  let out: Value = { ...v, refs: [] };
  for (const obj of objectsOf(m.heap, v)) {
    const keys = obj.kind === "object" ? [...obj.props.keys()].filter((k) => k.charCodeAt(0) !== 0) : [];
    const closed = keys.length > 0 && !obj.props.has(S.rest);
    if (closed && keys.length === 1 && COLUMN.has(keys[0]!) && !isRelationSet(m, obj))
      out = join(out, part(m, ofRef(obj.id, v.via), keys[0]!, site));
    else if (closed && keys.every((k) => RELATION.has(k))) nested(m, model, name, ofRef(obj.id, v.via), site);
    else out = join(out, ofRef(obj.id, v.via));
  }
  return out;
}

/** `set: [{ id }]` on a relation names rows; `set: "x"` on a column is its value. */
const isRelationSet = (m: Machine, obj: Obj): boolean => objectsOf(m.heap, obj.props.get("set") ?? BOTTOM).some((o) => o.kind === "array");

/** A property of the objects that something may be, with the way of what it was in. */
const part = (m: Machine, v: Value, name: string, site: Site): Value =>
  objectsOf(m.heap, v).reduce((out: Value, obj) => join(out, loaded(m, obj.props.get(name) ?? BOTTOM, v.via, site)), BOTTOM);

function nested(m: Machine, model: string, relation: string, v: Value, site: Site): void {
  const { table } = relationTable(m, relation, model);
  // The relation's own name as well: without a schema, a model that nobody writes directly is found by it.
  const tables = mappedRelation(m, model, relation) === undefined ? new Set([table, normalName(relation)]) : [table];
  const of = (name: string): Value => part(m, v, name, site);
  const write = (data: Value): void => {
    for (const t of tables) writeData(m, t, data, site);
  };
  const inner = (list: Value, ...names: string[]): void => {
    for (const row of rowsOf(m, list, site)) for (const name of names) write(part(m, row, name, site));
  };
  write(of("create"));
  inner(of("createMany"), "data");
  inner(of("connectOrCreate"), "create");
  inner(of("upsert"), "create", "update");
  for (const name of ["update", "updateMany"]) {
    const changes = of(name);
    const wrapped = rowsOf(m, changes, site).some((row) => objectsOf(m.heap, row).some((o) => o.props.has("data")));
    if (wrapped) inner(changes, "data");
    else write(changes);
  }
}
