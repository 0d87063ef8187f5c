/**
 * What is done with a collection, whichever library asks for it: documents inserted, updated, replaced, read. A collection is a table whose
 * columns are the fields of its documents.
 */
import { objectsOf, setSlot } from "../../domain/heap.js";
import { ANY_NUMBER, BOTTOM, isBottom, join, joinAll, NULL, ofRef, truthiness, UNDEFINED, type Value } from "../../domain/value.js";
import { arg, callValue } from "../../machine/call.js";
import { anyItem, iterate } from "../../machine/iterate.js";
import { hop, loaded, make, type NativeCall } from "../../machine/machine.js";
import { copyProps, entries, getNamed, hide } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { at, lastCallback, listOf, option, record } from "../../natives/support.js";
import { answer } from "../answers.js";
import { fixedBy, given } from "../conditions.js";
import { readRow, writeRow } from "../table.js";
import { scopeOf } from "./expressions.js";
import { atPath } from "../document-paths.js";
import { projected, projectionsOf } from "./projection.js";
import { equalities, updated } from "./updates.js";

/** A collection as an operation sees it. */
export interface Collection {
  readonly names: readonly string[];
  /** What the library lets through to the database: Mongoose drops what its schema does not name. */
  readonly admits: (document: Value) => Value;
}

export const plain = (names: readonly string[]): Collection => ({ names, admits: (document) => document });

/** Any document of a collection. */
export const documentOf = (call: NativeCall, { names }: Collection): Value =>
  joinAll(names.map((name) => readRow(call.m, name, call.site)));

/** A document of those that a filter, the first argument, asks for. */
export const foundOf = (call: NativeCall, of: Collection): Value => filtered(call, of, documentOf(call, of));

/** The same of what is read already. */
export const filtered = ({ m, args, site }: NativeCall, { names }: Collection, row: Value): Value =>
  given(m, row, names.length === 1 ? fixedBy(m, arg(args, 0), { table: names[0]! }, site) : []);

/** A document as a projection leaves it; as it is where there is none. */
export function chosen(call: NativeCall, row: Value, projection: Value): Value {
  const all = projectionsOf(call.m, projection, call.site);
  return all.length === 0 ? row : joinAll(all.map((p, i) => projected(scopeOf(call.m, row, call.site), p, `projected ${i}`)));
}

/** What a field holds: of a list, one of its elements as well. */
export function distinct(call: NativeCall, row: Value, field: Value): Value {
  const { m, site } = call;
  const items = field.consts.map((path) => {
    const v = atPath(m, row, String(path).split("."), site);
    return join(v, anyItem(iterate(m, { ...v, kinds: 0, consts: [], patterns: [] }, site)));
  });
  return listOf(m, joinAll(items), at(call, "distinct"));
}

// ------------------------------------------------------------------------------------------------ writes

/** Writes documents: one, or each of a list. Gives them as they are kept. */
export function inserted(call: NativeCall, to: Collection, documents: Value): Value {
  const { m, site } = call;
  let out: Value = BOTTOM;
  for (const obj of objectsOf(m.heap, documents)) {
    const v = ofRef(obj.id, documents.via);
    const one = obj.kind === "array" || obj.kind === "generator" ? { ...anyItem(iterate(m, v, site)), kinds: 0, consts: [] } : v;
    if (!isBottom(one)) out = join(out, to.admits(one));
  }
  if (!isBottom(out)) for (const name of to.names) writeRow(m, name, out, site, true);
  return out;
}

/** Writes what an update says; gives the fields that it changes. With `upsert`, what the filter says of a new document as well. */
export function changed(call: NativeCall, to: Collection, filter: Value, update: Value, options: Value): Value {
  const { m, site } = call;
  const fields = updated(m, update, () => documentOf(call, to), site);
  const isUpsert = truthiness(option(call, options, "upsert")).yes;
  const all = isUpsert ? join(fields, equalities(m, filter, site)) : fields;
  if (isBottom(all)) return BOTTOM;
  const kept = to.admits(all);
  for (const name of to.names) writeRow(m, name, kept, site, true);
  return kept;
}

/** A document that was there, with changes put over it. */
export function overlaid(call: NativeCall, row: Value, fields: Value, what = "changed"): Value {
  if (isBottom(fields)) return row;
  const out = make(call.m, "object", at(call, what));
  copyProps(call.m, out, row, call.site);
  for (const obj of objectsOf(call.m.heap, fields))
    for (const x of entries(call.m, obj, call.site).known)
      setSlot(call.m.heap, out, x.name, join(out.props.get(x.name) ?? BOTTOM, loaded(call.m, x.value, fields.via, call.site)));
  return ofRef(out.id);
}

/** One of the operations of a bulk: `{ updateOne: { filter, update, upsert } }`, `{ insertOne: { document } }`. */
export function bulkWritten(call: NativeCall, to: Collection, operations: Value): void {
  const { m, site } = call;
  const all = anyItem(iterate(m, operations, site));
  for (const obj of objectsOf(m.heap, all)) {
    const one = ofRef(obj.id, all.via);
    for (const name of obj.kind === "unknown" ? [...BULK.keys()] : obj.props.keys()) {
      const what = BULK.get(name);
      const spec = what === undefined ? BOTTOM : getNamed(m, one, name, site);
      if (spec.refs.length === 0) continue;
      const of = (part: string): Value => getNamed(m, spec, part, site);
      if (what === "document") inserted(call, to, of("document").refs.length > 0 ? of("document") : spec);
      else if (what === "replacement") inserted(call, to, of("replacement"));
      else if (what === "update") changed(call, to, of("filter"), of("update"), spec);
    }
  }
}

const BULK: ReadonlyMap<string, "document" | "update" | "replacement"> = new Map([
  ["insertOne", "document"],
  ["updateOne", "update"],
  ["updateMany", "update"],
  ["replaceOne", "replacement"],
]);

// ------------------------------------------------------------------------------------------------ answers

/** A promise of what is read; older versions hand it to a callback behind an error. */
export function answered(call: NativeCall, v: Value): Value {
  const callback = lastCallback(call.m, call.args);
  if (callback !== undefined)
    callValue(call.m, callback, UNDEFINED, { list: [NULL, hop(call.m, v, "read", call.site)], rest: null }, call.site);
  return answer(call, v);
}

/** What the server says of a write; an id may be the one that the document came with. */
export function outcome(call: NativeCall, document: Value = BOTTOM): Value {
  const { m, site } = call;
  const id = unknown(m, at(call, "id"));
  const given = objectsOf(m.heap, document).map((obj) => obj.props.get("_id") ?? BOTTOM);
  const insertedId = joinAll([id, ...given]);
  const counts = ["insertedCount", "matchedCount", "modifiedCount", "deletedCount", "upsertedCount", "n", "nModified"];
  return record(
    m,
    {
      ...Object.fromEntries(counts.map((name) => [name, ANY_NUMBER])),
      acknowledged: unknown(m, at(call, "acknowledged")),
      insertedId,
      insertedIds: listOf(m, insertedId, at(call, "ids")),
      upsertedId: id,
      ...(isBottom(document) ? {} : { ops: listOf(m, hop(m, document, "read", site), at(call, "ops")) }),
    },
    at(call, "outcome"),
  );
}

/**
 * What `findOneAnd…` gives: the document, or nothing; older versions, and `includeResultMetadata`, give it as the `value` of an object with
 * what the server says.
 */
export function foundAnd(call: NativeCall, row: Value): Value {
  const { m, site } = call;
  const out = make(m, "object", at(call, "found"));
  copyProps(m, out, row, site);
  const value = out.props.get("value");
  setSlot(m.heap, out, "value", value === undefined ? join(row, NULL) : join(value, row));
  hide(m, out, "value");
  return join(ofRef(out.id), NULL);
}
