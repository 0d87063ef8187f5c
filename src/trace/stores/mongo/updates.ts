/**
 * What MongoDB's writes put into documents: whole documents, update operators, pipelines of stages, and the equalities of a filter where an
 * upsert makes the document. Operators: https://www.mongodb.com/docs/manual/reference/operator/update/.
 */
import { objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import type { Site } from "../../domain/labels.js";
import { BOTTOM, hasPrimitive, isBottom, join, ofRef, primitivePart, type Value } from "../../domain/value.js";
import { anyItem, iterate } from "../../machine/iterate.js";
import { loaded, make, type Machine } from "../../machine/machine.js";
import { entries } from "../../machine/props.js";
import { listOf } from "../../natives/support.js";
import { scopeOf } from "./expressions.js";
import { addAll, addAt, atPath } from "../document-paths.js";
import { throughPipeline } from "./pipeline.js";

/** Operators whose operands are new values of the fields that they name. */
const VALUES: ReadonlySet<string> = new Set(["$set", "$setOnInsert", "$inc", "$min", "$max", "$mul", "$bit"]);
/** Those whose operands are added to a list. */
const ITEMS: ReadonlySet<string> = new Set(["$push", "$addToSet", "$pushAll"]);

/** The fields that an update writes, as one document; bottom when it writes none. `row` is what was there. */
export function updated(m: Machine, update: Value, row: () => Value, site: Site): Value {
  let out: Value = BOTTOM;
  for (const [i, obj] of objectsOf(m.heap, update).entries()) {
    const one = ofRef(obj.id, update.via);
    if (obj.kind === "array") {
      out = join(out, throughPipeline(scopeOf(m, row(), site), one));
      continue;
    }
    if (obj.kind !== "object" && obj.kind !== "unknown") continue;
    const doc = make(m, "object", `${site.file}:${site.at}:update ${i}`);
    const e = entries(m, obj, site);
    for (const x of e.known) change(m, doc, x.name, loaded(m, x.value, update.via, site), row, site);
    if (e.rest !== null) {
      // An operator chosen at run time, or a field.
      addAll(m, doc, e.rest, site);
      setSlot(m.heap, doc, S.rest, loaded(m, e.rest, update.via, site));
    }
    if (doc.props.size > 0) out = join(out, ofRef(doc.id));
  }
  return out;
}

function change(m: Machine, doc: Obj, name: string, v: Value, row: () => Value, site: Site): void {
  if (!name.startsWith("$")) addAt(m, doc, name, v, site);
  else if (VALUES.has(name)) addAll(m, doc, v, site);
  else if (ITEMS.has(name)) addAll(m, doc, v, site, (x) => listOf(m, pushed(m, x, site), `${site.file}:${site.at}:pushed`));
  else if (name === "$rename")
    for (const obj of objectsOf(m.heap, v))
      for (const x of entries(m, obj, site).known)
        for (const to of x.value.consts) addAt(m, doc, String(to), atPath(m, row(), x.name.split("."), site), site);
}

/** What `$push` adds: the value, or each of a list of them. */
function pushed(m: Machine, v: Value, site: Site): Value {
  let out = primitivePart(v);
  for (const obj of objectsOf(m.heap, v)) {
    const many = obj.kind === "object" ? obj.props.get("$each") : undefined;
    out = join(out, many === undefined ? ofRef(obj.id, v.via) : anyItem(iterate(m, loaded(m, many, v.via, site), site)));
  }
  return out;
}

/** A filter's equalities: an upsert that finds nothing inserts them, too. */
export function equalities(m: Machine, filter: Value, site: Site): Value {
  const doc = make(m, "object", `${site.file}:${site.at}:upsert`);
  const seen = new Set<Obj>();
  const add = (v: Value): void => {
    for (const obj of objectsOf(m.heap, v)) {
      if ((obj.kind !== "object" && obj.kind !== "unknown") || seen.has(obj)) continue;
      seen.add(obj);
      for (const { name, value } of entries(m, obj, site).known) {
        const x = loaded(m, value, v.via, site);
        if (name === "$and") for (const part of iterate(m, x, site).list) add(part);
        else if (!name.startsWith("$")) addAt(m, doc, name, equalTo(m, x, site), site);
      }
    }
  };
  add(filter);
  for (const [name, v] of [...doc.props]) if (isBottom(v)) setSlot(m.heap, doc, name, undefined);
  return doc.props.size === 0 ? BOTTOM : ofRef(doc.id);
}

/** What a condition says that a field is: a value, or `$eq`; other operators say less. */
function equalTo(m: Machine, v: Value, site: Site): Value {
  let out = hasPrimitive(v) ? primitivePart(v) : BOTTOM;
  for (const obj of objectsOf(m.heap, v)) {
    const operators = obj.kind === "object" ? [...obj.props.keys()].filter((name) => name.startsWith("$")) : [];
    if (operators.length === 0) out = join(out, ofRef(obj.id, v.via));
    else if (operators.includes("$eq")) out = join(out, loaded(m, obj.props.get("$eq")!, v.via, site));
  }
  return out;
}
