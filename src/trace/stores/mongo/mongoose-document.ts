/** Mongoose's documents: rows with their methods and the code of their schema; the keeping of one, and its plain form. */
import { type Obj, objectsOf, S, setSlot } from "../../domain/heap.js";
import { BOTTOM, isBottom, join, joinAll, ofRef, truthiness, UNDEFINED, type Value } from "../../domain/value.js";
import { allLabels } from "../../machine/deep.js";
import { external } from "../../machine/external.js";
import { loaded, type Machine, make, type Native, type NativeCall } from "../../machine/machine.js";
import { ACCESSORS, copyProps, entries, getNamed, hide } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { argOf, at, callWith, nativeValue, selves } from "../../natives/support.js";
import { writeRow } from "../table.js";
import { type Model, modelIn } from "./mongoose-model.js";
import { membersOf, optionOf, runHooks, SCHEMA, slotsUnder } from "./mongoose-schema.js";

const LIB = "mongoose";

/** Slot of a document: its model. */
const MODEL = "\0model";

/** Methods that each document has itself: a field that nobody knows of is none of them. */
const METHODS =
  "save toObject get set $set populate execPopulate updateOne update overwrite replaceOne deleteOne remove depopulate validate".split(" ");

/** A row as a document: with its methods, and the code of its schema. */
export function hydrated(call: NativeCall, model: Model, row: Value, what = "document"): Value {
  const { m, site } = call;
  let out: Value = BOTTOM;
  for (const [i, from] of objectsOf(m.heap, row).entries()) {
    const doc = make(m, "object", at(call, `${what} ${i}`));
    copyProps(m, doc, ofRef(from.id, row.via), site);
    equip(m, doc, model);
    out = join(out, ofRef(doc.id, row.via));
  }
  return out;
}

function equip(m: Machine, doc: Obj, model: Model): void {
  setSlot(m.heap, doc, S.proto, ofRef(external(m, LIB, ["Document"]).id));
  setSlot(m.heap, doc, MODEL, model.self);
  const put = (slot: string, v: Value): void => {
    setSlot(m.heap, doc, slot, v);
    hide(m, doc, slot.startsWith(S.getter) ? slot.slice(S.getter.length) : slot);
  };
  for (const name of METHODS) put(name, ofRef(external(m, LIB, ["Document", name]).id));
  put("toJSON", nativeValue(m, doc.key, "toJSON", toJSON));
  for (const schema of objectsOf(m.heap, model.schemas)) {
    for (const table of objectsOf(m.heap, schema.props.get("methods") ?? BOTTOM))
      for (const [slot, v] of table.props) if (slot.charCodeAt(0) !== 0) put(slot, v);
    for (const [name, getter] of slotsUnder(schema, SCHEMA.virtual)) getBy(S.getter + name, getter);
    for (const [slot, v] of membersOf(m, schema)) (slot.startsWith(S.getter) ? getBy : put)(slot, v);
  }
  function getBy(slot: string, getter: Value): void {
    setSlot(m.heap, doc, ACCESSORS, UNDEFINED);
    put(slot, getter);
  }
}

/** A document that is not kept yet: `new User(fields)`. */
export function fresh(call: NativeCall, model: Model, fields: Value, what = "new"): Value {
  const doc = make(call.m, "object", at(call, what));
  copyProps(call.m, doc, model.admits({ ...fields, kinds: 0, consts: [] }), call.site);
  if (!doc.props.has("_id")) setSlot(call.m.heap, doc, "_id", unknown(call.m, at(call, "_id")));
  setSlot(call.m.heap, doc, "id", doc.props.get("_id"));
  hide(call.m, doc, "id");
  equip(call.m, doc, model);
  return ofRef(doc.id);
}

/** `new User(fields)`. */
export function construct(call: NativeCall): Value {
  return fresh(call, modelIn(call, ofRef(call.callee.id)), argOf(call, 0));
}

/** The model of a document. */
export const modelOfDocument = (call: NativeCall): Model =>
  modelIn(call, joinAll(selves(call).map((doc) => doc.props.get(MODEL) ?? BOTTOM)));

/** Its fields alone; what nobody knows of it only as far as it bears something. */
export function fieldsIn(call: NativeCall, doc: Value): Value {
  const { m, site } = call;
  let out: Value = BOTTOM;
  for (const obj of objectsOf(m.heap, doc)) {
    const fields = make(m, "object", at(call, "fields"));
    const e = entries(m, obj, site);
    for (const x of e.known)
      if (!objectsOf(m.heap, x.value).some((o) => o.kind === "native")) setSlot(m.heap, fields, x.name, loaded(m, x.value, doc.via, site));
    if (e.rest !== null && allLabels(m, e.rest).length > 0) setSlot(m.heap, fields, S.rest, e.rest);
    out = join(out, ofRef(fields.id));
  }
  return out;
}

/** Keeps a document, after what its schema has to do before. */
export function saved(call: NativeCall, of: Model, doc: Value): Value {
  const { m, site } = call;
  const next = nativeValue(m, site, "next", () => UNDEFINED);
  for (const operation of ["validate", "save"]) runHooks(call, of.schemas, SCHEMA.pre, operation, doc, [next]);
  const fields = of.admits(fieldsIn(call, doc));
  if (!isBottom(fields)) for (const name of of.names) writeRow(m, name, fields, site, true);
  runHooks(call, of.schemas, SCHEMA.post, "save", doc, [doc, next]);
  return doc;
}

/** A document as a plain object, after the schema's `transform` and with its virtual properties, where it says so. */
export function plainObject(call: NativeCall, doc: Value, how: "toObject" | "toJSON"): Value {
  const { m, site } = call;
  const of = modelIn(call, joinAll(objectsOf(m.heap, doc).map((obj) => obj.props.get(MODEL) ?? BOTTOM)));
  const options = [argOf(call, 0), ...objectsOf(m.heap, of.schemas).map((schema) => optionOf(m, schema, how, site))].filter(
    (v) => v.refs.length > 0,
  );
  const said = (name: string): Value => joinAll(options.map((v) => getNamed(m, v, name, site)));
  let out = plain(call, doc);
  if (truthiness(join(said("virtuals"), said("getters"))).yes)
    for (const obj of objectsOf(m.heap, out))
      for (const schema of objectsOf(m.heap, of.schemas))
        for (const [name] of slotsUnder(schema, SCHEMA.virtual)) setSlot(m.heap, obj, name, getNamed(m, doc, name, site));
  const transform = said("transform");
  if (objectsOf(m.heap, transform).length > 0) {
    const given = callWith(m, transform, [doc, out, UNDEFINED], site);
    const objects = objectsOf(m.heap, given);
    if (objects.length > 0) out = given.kinds === 0 ? given : join(given, out);
  }
  return out;
}

/** Documents below it are plain, too. */
function plain(call: NativeCall, v: Value, depth = 0): Value {
  const { m, site } = call;
  let out: Value = { ...v, refs: [] };
  for (const obj of objectsOf(m.heap, v)) {
    if (obj.props.has(MODEL) && depth < 6) {
      const copy = make(m, "object", at(call, `plain ${depth}`));
      copyProps(m, copy, ofRef(obj.id, v.via), site);
      for (const [slot, x] of [...copy.props]) if (slot.charCodeAt(0) !== 0) setSlot(m.heap, copy, slot, plain(call, x, depth + 1));
      out = join(out, ofRef(copy.id, v.via));
    } else out = join(out, ofRef(obj.id, v.via));
  }
  return out;
}

/** Also what `JSON.stringify` calls. */
const toJSON: Native = (call) => plainObject(call, call.self, "toJSON");
