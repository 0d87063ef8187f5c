/** What Prisma's reads give: all columns, or those that `select`, `include` and `omit` leave. */
import { objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import type { Site } from "../../domain/labels.js";
import { ANY_NUMBER, BOTTOM, exact, isBottom, join, NULL, ofRef, truthiness, type Value } from "../../domain/value.js";
import { iterate } from "../../machine/iterate.js";
import { make, type Machine } from "../../machine/machine.js";
import { copyProps, entries, getNamed, lookUp } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { listOf } from "../../natives/support.js";
import { mappedRelation } from "../mapped.js";
import { normalName } from "../names.js";
import { hasColumn, isKnown, readColumn, readRow, relationTable } from "../table.js";

const own = (m: Machine, args: Value, name: string, site: Site): Value => {
  let out: Value = BOTTOM;
  for (const obj of objectsOf(m.heap, args))
    if (obj.kind === "object") out = join(out, lookUp(m, obj, name, ofRef(obj.id), site, 1) ?? BOTTOM);
  return out;
};

const isExact = (m: Machine, v: Value): boolean =>
  v.refs.length > 0 && objectsOf(m.heap, v).every((o) => o.kind === "object" && !o.props.has(S.rest));

/** One row of a model as `args` asks for it; `from` is the row where it is known (a write gives back what was written). */
export function selected(m: Machine, model: string, args: Value, site: Site, from?: Value, depth = 0): Value {
  const select = own(m, args, "select", site);
  if (isExact(m, select)) {
    let out: Value = BOTTOM;
    for (const obj of objectsOf(m.heap, select)) out = join(out, chosen(m, model, obj, site, from, depth));
    return out;
  }
  const omitted = namesIn(m, own(m, args, "omit", site), site);
  const row = make(m, "object", `${site.file}:${site.at}:row ${model} ${depth}`);
  if (from === undefined) copyProps(m, row, readRow(m, model, site, omitted, "model"), site);
  else copyProps(m, row, from, site, omitted);
  const include = own(m, args, "include", site);
  for (const obj of objectsOf(m.heap, include))
    for (const x of entries(m, obj, site).known)
      if (truthiness(x.value).yes) setSlot(m.heap, row, x.name, related(m, model, x.name, x.value, site, depth));
  return ofRef(row.id);
}

function namesIn(m: Machine, v: Value, site: Site): ReadonlySet<string> {
  const out = new Set<string>();
  for (const obj of objectsOf(m.heap, v))
    for (const x of entries(m, obj, site).known) if (!x.maybe && !truthiness(x.value).no) out.add(x.name);
  return out;
}

function chosen(m: Machine, model: string, select: Obj, site: Site, from: Value | undefined, depth: number): Value {
  const row = make(m, "object", `${site.file}:${site.at}:selected ${model} ${depth}`);
  for (const x of entries(m, select, site).known) {
    if (!truthiness(x.value).yes) continue;
    if (x.name === "_count") setSlot(m.heap, row, x.name, unknown(m, `${site.file}:${site.at}:_count`));
    else if (x.value.refs.length > 0) setSlot(m.heap, row, x.name, related(m, model, x.name, x.value, site, depth));
    else setSlot(m.heap, row, x.name, column(m, model, x.name, site, from, depth));
  }
  return ofRef(row.id);
}

/** `name: true` is a column, or a whole relation when no such column is written but a table of that name is. */
function column(m: Machine, model: string, name: string, site: Site, from: Value | undefined, depth: number): Value {
  if (from !== undefined && objectsOf(m.heap, from).some((o) => o.props.has(name))) return getNamed(m, from, name, site);
  if (hasColumn(m, model, name)) return readColumn(m, model, name, site);
  return mappedRelation(m, model, name) !== undefined || isKnown(m, relationTable(m, name, model).table)
    ? related(m, model, name, BOTTOM, site, depth)
    : readColumn(m, model, name, site);
}

/** Rows of a relation: a list or a single one, told by the name. */
function related(m: Machine, model: string, name: string, args: Value, site: Site, depth: number): Value {
  if (name === "_count") return unknown(m, `${site.file}:${site.at}:_count`);
  const { table, many } = relationTable(m, name, model);
  if (depth > 6) return unknown(m, `${site.file}:${site.at}:${name}`);
  let row = selected(m, table, args, site, undefined, depth + 1);
  const alias = normalName(name);
  const told = mappedRelation(m, model, name) !== undefined;
  if (!told && alias !== table && isKnown(m, alias)) row = join(row, selected(m, alias, args, site, undefined, depth + 1));
  const list = (): Value => listOf(m, row, `${site.file}:${site.at}:${name} ${depth}`);
  if (many) return list();
  // A plural may be the name of the model itself: without a schema, it may be either.
  return told || !/s$/i.test(name) ? join(row, NULL) : join(join(row, NULL), list());
}

/** `groupBy({by})`: the columns grouped by, and aggregates. */
export function grouped(m: Machine, model: string, args: Value, site: Site): Value {
  const row = aggregated(m, model, args, site);
  const by = own(m, args, "by", site);
  const names = [...by.consts, ...iterate(m, { ...by, kinds: 0, consts: [] }, site).list.map((x) => exact(x))];
  for (const obj of objectsOf(m.heap, row))
    for (const name of names) if (typeof name === "string") setSlot(m.heap, obj, name, readColumn(m, model, name, site));
  return row;
}

/** Counts, sums and averages say nothing of a row; the least and greatest value is one of them. */
export function aggregated(m: Machine, model: string, args: Value, site: Site): Value {
  const row = make(m, "object", `${site.file}:${site.at}:aggregate`);
  for (const [name, spells] of [
    ["_count", false],
    ["_sum", false],
    ["_avg", false],
    ["_min", true],
    ["_max", true],
  ] as const) {
    const asked = own(m, args, name, site);
    if (isBottom(asked)) continue;
    const out = make(m, "object", `${site.file}:${site.at}:${name}`);
    for (const obj of objectsOf(m.heap, asked))
      for (const x of entries(m, obj, site).known)
        setSlot(m.heap, out, x.name, spells ? join(readColumn(m, model, x.name, site), NULL) : ANY_NUMBER);
    setSlot(m.heap, row, name, asked.refs.length === 0 ? ANY_NUMBER : ofRef(out.id));
  }
  return ofRef(row.id);
}
