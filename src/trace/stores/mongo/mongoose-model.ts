/** Mongoose's models: by what they are called and where they are kept, and what they know of their documents. */
import type { TypeIR } from "../../../facts/ir.js";
import type { TypeRef } from "../../../link/types.js";
import { joinSlot, lastingly, type Obj, objectsOf, type Origin, S, setSlot } from "../../domain/heap.js";
import { BOTTOM, isBottom, join, joinAll, ofConst, ofRef, type Value } from "../../domain/value.js";
import { believe, typeValue } from "../../machine/declared.js";
import { external, externalData } from "../../machine/external.js";
import { type Instance, type Machine, make, type Native, type NativeCall } from "../../machine/machine.js";
import { argOf, at, selves } from "../../natives/support.js";
import { readRow } from "../table.js";
import { construct } from "./mongoose-document.js";
import { type Fields, fieldsOf, optionOf, ROW_TYPE, rowType, staticsOf } from "./mongoose-schema.js";
import { COLLECTION, collectionsNamed, collectionsOfModel, modelsOf } from "./names.js";
import { pluralized } from "../plural.js";
import { collectionHandle } from "./mongodb.js";
import type { Collection } from "./operations.js";
import { only } from "../document-paths.js";

const LIB = "mongoose";

/** Slot of a model: its schemas. */
const SCHEMAS = "\0schemas";

/** A model's object: it can be called with `new`. */
export function newModel(m: Machine, origin: Origin, name: Value, collection: Value, schemas: Value): Obj {
  const model = make(m, "native", origin, { run: construct });
  setSlot(m.heap, model, S.proto, ofRef(external(m, LIB, ["Model"]).id));
  setSlot(m.heap, model, COLLECTION, collection);
  setSlot(m.heap, model, SCHEMAS, schemas);
  setSlot(m.heap, model, "modelName", name);
  setSlot(m.heap, model, "schema", schemas);
  for (const schema of objectsOf(m.heap, schemas)) {
    for (const statics of objectsOf(m.heap, schema.props.get("statics") ?? BOTTOM))
      for (const [slot, v] of statics.props) if (slot.charCodeAt(0) !== 0) setSlot(m.heap, model, slot, v);
    for (const [slot, v] of staticsOf(m, schema)) setSlot(m.heap, model, slot, v);
  }
  return model;
}

/** `mongoose.model("User", schema, "people")`; `mongoose.model("User")` is one that was made before. */
export const defineModel: Native = (call) => {
  const { m } = call;
  const name = argOf(call, 0);
  const known = modelsOf(m).props;
  const schemas = { ...argOf(call, 1), kinds: 0, consts: [] };
  if (isBottom(schemas)) {
    const made = joinAll(name.consts.map((c) => known.get(String(c)) ?? BOTTOM));
    if (!isBottom(made)) return made;
  }
  const made = newModel(m, at(call, "model"), name, collectionIn(call, name, schemas), schemas);
  const type = join(rowType(call), joinAll(objectsOf(m.heap, schemas).map((schema) => schema.props.get(ROW_TYPE) ?? BOTTOM)));
  if (!isBottom(type)) setSlot(m.heap, made, ROW_TYPE, type);
  setSlot(m.heap, made, "collection", collectionHandle(call, made.props.get(COLLECTION)!));
  register(m, name, made);
  return ofRef(made.id);
};

/** Models are found by their names, from wherever they are made. */
function register(m: Machine, name: Value, made: Obj): void {
  lastingly(m.heap, () => {
    for (const c of name.consts) joinSlot(m.heap, modelsOf(m), String(c), ofRef(made.id));
  });
}

/** The collection: what the call says, the schema's option, else the plural of the name. */
function collectionIn(call: NativeCall, name: Value, schemas: Value): Value {
  const { m, site } = call;
  const given = argOf(call, 2);
  if (given.consts.length > 0) return given;
  const options = objectsOf(m.heap, schemas).map((schema) => optionOf(m, schema, "collection", site));
  const said = joinAll(options.filter((v) => v.consts.length > 0));
  return isBottom(said) ? { ...name, consts: name.consts.map((c) => pluralized(String(c))) } : said;
}

/** `User.discriminator("Admin", schema)`: documents of the same collection with more fields. */
export const discriminator: Native = (call) => {
  const { m } = call;
  const [base] = selves(call);
  const schemas = join(base?.props.get(SCHEMAS) ?? BOTTOM, { ...argOf(call, 1), kinds: 0, consts: [] });
  const made = newModel(m, at(call, "discriminator"), argOf(call, 0), base?.props.get(COLLECTION) ?? BOTTOM, schemas);
  register(m, argOf(call, 0), made);
  return ofRef(made.id);
};

/** What a model says of its documents. */
export interface Model extends Collection {
  readonly self: Value;
  readonly schemas: Value;
  readonly fields: Fields;
}

/** The models that a value is; `mongoose.models.User` by its name, one that nothing is known of is any. */
export function modelIn(call: NativeCall, v: Value): Model {
  const { m, site } = call;
  const objects = objectsOf(m.heap, v);
  const schemas = joinAll(objects.map((obj) => obj.props.get(SCHEMAS) ?? BOTTOM));
  const fields = fieldsOf(m, schemas, site);
  const names = objects.flatMap((obj) => {
    const named = obj.props.get(COLLECTION);
    if (named !== undefined) return collectionsNamed(named);
    const path = obj.kind === "external" ? externalData(obj).path.filter((name) => name !== "default") : [];
    return path[0] === "models" && path[1] !== undefined ? collectionsOfModel(m, path[1]) : [];
  });
  return {
    self: v,
    schemas,
    fields,
    names: names.length === 0 ? ["*"] : [...new Set(names)],
    admits: (document) => (fields.names === undefined ? document : only(m, document, fields.names, site, "admitted")),
  };
}

/** A model that a type alone tells of: `Model<User>` is the program's model of that name. */
export const modelOfType: Instance = (m, origin, [type]) => {
  const name = type === undefined ? undefined : typeName(type.type);
  const known = name === undefined ? undefined : modelNames(name).find((one) => modelsOf(m).props.has(one));
  const made = known === undefined ? undefined : modelsOf(m).props.get(known);
  if (made !== undefined) return made;
  const guessed = name === undefined ? BOTTOM : ofConst(modelNames(name).at(-1));
  const collection = name === undefined ? BOTTOM : ofConst(pluralized(modelNames(name).at(-1)!));
  const obj = newModel(m, origin, guessed, collection, BOTTOM);
  if (type !== undefined) setSlot(m.heap, obj, ROW_TYPE, typeValue(m, type));
  return ofRef(obj.id);
};

/** `User`, `HydratedDocument<User>`, `User & Document`. */
function typeName(type: TypeIR): string | undefined {
  if (type.t === "union" || type.t === "intersection") return type.of.map(typeName).find((name) => name !== undefined);
  if (type.t !== "ref") return undefined;
  const name = type.name.at(-1)!;
  if (name === "Document") return undefined;
  return /^(Hydrated)?Document(Type)?$/.test(name) && type.args?.[0] !== undefined ? typeName(type.args[0]) : name;
}

/** Models that a type may be the documents' of: `IUser` and `UserDocument` are those of `User`. */
const modelNames = (type: string): readonly string[] => [
  type,
  type.replace(/^I(?=[A-Z])/, "").replace(/(Document|Doc|Model|Schema|Type)$/, "") || type,
];

/** What is read of a model's collection, as it is in the database. */
export function storedRow(call: NativeCall, { names, self }: Model): Value {
  const { m, site } = call;
  const row = joinAll(names.map((name) => readRow(m, name, site)));
  if (!m.hooks.propertySources) return row;
  const types = objectsOf(m.heap, self).flatMap((obj) => objectsOf(m.heap, obj.props.get(ROW_TYPE) ?? BOTTOM));
  return types.reduce((v, type) => believe(m, v, type.data as TypeRef, site), row);
}
