/**
 * Mongoose (and `@nestjs/mongoose`): models, documents, queries. A model is kept in the collection that its schema or its name says, the same
 * place as the driver's. API: https://mongoosejs.com/docs/api/mongoose.html.
 */
import { objectsOf, setSlot } from "../../domain/heap.js";
import { BOTTOM, join, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { allArgs, hasArg } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import { anyItem, iterate } from "../../machine/iterate.js";
import type { Native, NativeCall } from "../../machine/machine.js";
import { copyProps } from "../../machine/props.js";
import type { NativeModule, NativeTable } from "../../natives/index.js";
import { unknown } from "../../machine/unknown.js";
import { promised } from "../../natives/settle.js";
import { alike, argOf, arrayOf, at, callWith, labelsIn, lastCallback, listOf, selves, under } from "../../natives/support.js";
import { unknownMethod } from "../answers.js";
import { changesOf, collectionHandle } from "./mongodb.js";
import { aggregateMethod, newAggregate } from "./mongoose-aggregate.js";
import { fresh, hydrated, modelOfDocument, plainObject, saved } from "./mongoose-document.js";
import { defineModel, discriminator, type Model, modelIn, modelOfType, storedRow } from "./mongoose-model.js";
import { populated, type Reader } from "./mongoose-populate.js";
import { queryMethod, QUERY_STARTS } from "./mongoose-query.js";
import { SCHEMA_METHODS, schemaOf, VIRTUAL_METHODS } from "./mongoose-schema.js";
import { answered, bulkWritten, changed, inserted, outcome } from "./operations.js";
import { atPath, underPath } from "../document-paths.js";
import { scopeOf } from "./expressions.js";
import { throughPipeline } from "./pipeline.js";

const LIB = "mongoose";

// ------------------------------------------------------------------------------------------------ models

const self = (call: NativeCall): Model => modelIn(call, call.self);

/** Makes and keeps a document of each; gives them as they were given, one or a list. */
function created(call: NativeCall, of: Model, v: Value): Value {
  const { m, site } = call;
  let out: Value = BOTTOM;
  for (const [i, obj] of objectsOf(m.heap, v).entries()) {
    const one = ofRef(obj.id, v.via);
    if (obj.kind !== "array") {
      out = join(out, saved(call, of, fresh(call, of, one, `created ${i}`)));
      continue;
    }
    const items = iterate(m, one, site);
    const known = items.list.map((x, j) => saved(call, of, fresh(call, of, x, `created ${i}.${j}`)));
    out = join(
      out,
      items.rest === null
        ? arrayOf(m, known, at(call, `all ${i}`))
        : listOf(m, [...known, saved(call, of, fresh(call, of, items.rest, `created ${i}.*`))].reduce(join), at(call, `all ${i}`)),
    );
  }
  return out;
}

/** `create(document)`, `create([…], options)`, `create(a, b)`. */
const create: Native = (call) => {
  const { m } = call;
  const isList = objectsOf(m.heap, argOf(call, 0)).some((o) => o.kind === "array");
  const given = allArgs(call.args).filter((v) => lastCallback(m, { list: [v], rest: null }) === undefined);
  if (isList || given.length < 2) return answered(call, created(call, self(call), argOf(call, 0)));
  return answered(call, created(call, self(call), arrayOf(m, given, at(call, "given"))));
};

const reader =
  (call: NativeCall): Reader =>
  (other) =>
    hydrated(call, other, storedRow(call, other), "populated");

const MODEL: NativeTable = {
  ...QUERY_STARTS,
  create,
  insertOne: create,
  insertMany: (call) => {
    const of = self(call);
    return answered(call, listOf(call.m, hydrated(call, of, inserted(call, of, argOf(call, 0))), at(call, "inserted")));
  },
  bulkWrite: (call) => {
    bulkWritten(call, self(call), argOf(call, 0));
    return answered(call, outcome(call));
  },
  bulkSave: (call) => {
    saved(call, self(call), anyItem(iterate(call.m, argOf(call, 0), call.site)));
    return answered(call, outcome(call));
  },
  watch: (call) => changesOf(call, storedRow(call, self(call))),
  aggregate: (call) => newAggregate(call, throughPipeline(scopeOf(call.m, storedRow(call, self(call)), call.site), argOf(call, 0))),
  hydrate: (call) => hydrated(call, self(call), argOf(call, 0)),
  populate: (call) => {
    const docs = argOf(call, 0);
    const items = objectsOf(call.m.heap, docs).some((o) => o.kind === "array") ? anyItem(iterate(call.m, docs, call.site)) : docs;
    populated(call, self(call), items, argOf(call, 1), UNDEFINED, reader(call));
    return answered(call, docs);
  },
  discriminator,
  ...alike(["init", "syncIndexes", "createIndexes", "ensureIndexes", "createCollection"], (call) => promised(call, UNDEFINED)),
};

// ------------------------------------------------------------------------------------------------ documents

/** `doc.set("profile.email", email)`, `doc.set({ … })`. */
const set: Native = (call) => {
  const { m, site } = call;
  const docs = selves(call);
  const put = (name: string, v: Value): void => {
    for (const doc of docs) setSlot(m.heap, doc, name, docs.length === 1 && !doc.summary ? v : join(v, doc.props.get(name) ?? BOTTOM));
  };
  for (const path of argOf(call, 0).consts) {
    const [name = "", ...below] = String(path).split(".");
    const old = docs.reduce((v: Value, doc) => join(v, doc.props.get(name) ?? BOTTOM), BOTTOM);
    put(name, below.length === 0 ? argOf(call, 1) : join(old, underPath(m, below, argOf(call, 1), site)));
  }
  for (const doc of docs) if (argOf(call, 0).refs.length > 0) copyProps(m, doc, argOf(call, 0), site);
  return call.self;
};

const DOCUMENT: NativeTable = {
  save: (call) => answered(call, saved(call, modelOfDocument(call), call.self)),
  toObject: (call) => plainObject(call, call.self, "toObject"),
  toJSON: (call) => plainObject(call, call.self, "toJSON"),
  ...alike(["set", "$set", "overwrite"], set),
  get: (call) => {
    const paths = argOf(call, 0).consts.map((path) => atPath(call.m, call.self, String(path).split("."), call.site));
    return paths.reduce(join, BOTTOM);
  },
  populate: (call) => {
    populated(call, modelOfDocument(call), call.self, argOf(call, 0), argOf(call, 1), reader(call));
    return promised(call, call.self);
  },
  ...alike(["updateOne", "update"], (call) => {
    changed(call, modelOfDocument(call), UNDEFINED, argOf(call, 0), argOf(call, 1));
    return answered(call, outcome(call));
  }),
  replaceOne: (call) => {
    inserted(call, modelOfDocument(call), argOf(call, 0));
    return answered(call, outcome(call));
  },
  ...alike(["execPopulate", "deleteOne", "remove"], (call) => answered(call, call.self)),
  depopulate: (call) => call.self,
  validate: (call) => promised(call, UNDEFINED),
};

// ------------------------------------------------------------------------------------------------ connections

const shared = (call: NativeCall, ...path: string[]): Value => ofRef(external(call.m, LIB, path).id);

const inTransaction: Native = (call) => {
  const work = lastCallback(call.m, call.args);
  return promised(call, work === undefined ? UNDEFINED : callWith(call.m, work, [shared(call, "ClientSession")], call.site));
};

/** What Mongoose, a connection, its database and its sessions have. */
const CONNECTION: NativeTable = {
  model: defineModel,
  collection: (call) => collectionHandle(call, argOf(call, 0)),
  ...alike(["createConnection", "useDb", "asPromise"], (call) => shared(call, "connection")),
  connect: (call) => answered(call, shared(call, "default")),
  startSession: (call) => promised(call, shared(call, "ClientSession")),
  ...alike(["transaction", "withTransaction", "withSession"], inTransaction),
  ...alike(["disconnect", "close"], (call) => answered(call, UNDEFINED)),
  plugin: (call) => call.self,
  set: (call) => call.self,
};

const isSchema = (path: readonly string[]): boolean => path.length === 1 && path[0] === "Schema";

const METHODS: Readonly<Record<string, NativeTable>> = {
  Model: MODEL,
  Document: DOCUMENT,
  Schema: SCHEMA_METHODS,
  VirtualType: VIRTUAL_METHODS,
};
/** What a model has that tells nothing of its documents. */
const SILENT =
  /^(on|once|off|emit|addListener|removeListener|startSession|translateAliases|castObject|inspect|\w*(Index|Indexes|Search\w+))$/;

/** A model's method: a plug-in's is not known, and neither is what it reads of the model's documents. */
const modelMethod = (name: string): Native | undefined =>
  under(MODEL, name) ??
  (SILENT.test(name)
    ? undefined
    : (call) => {
        unknownMethod("Mongoose", name, (one) => storedRow(one, self(one)))(call);
        return unknown(call.m, at(call, name), labelsIn(call.m, [storedRow(call, self(call)), ...allArgs(call.args)]));
      });

function match(_module: string, whole: readonly string[]): Native | undefined {
  const path = whole[0] === "default" || whole[0] === "mongoose" ? whole.slice(1) : whole;
  const [owner = "", second = "", third = ""] = path;
  const name = path.at(-1) ?? "";
  if (isSchema(path)) return (call) => schemaOf(call, argOf(call, 0), hasArg(call.args, 1) ? argOf(call, 1) : UNDEFINED);
  if (owner === "models" && path.length === 3) return modelMethod(third);
  if (owner === "Query" || owner === "Aggregate")
    return path.length === 2 ? (owner === "Query" ? queryMethod : aggregateMethod)(second) : undefined;
  if (owner === "Model" && path.length === 2) return modelMethod(second);
  const table = METHODS[owner];
  if (table !== undefined && path.length === 2) return under(table, second);
  return under(CONNECTION, name);
}

/** Mongoose. */
export const mongoose: NativeModule = { modules: [LIB], natives: {}, match, instances: { Model: modelOfType } };

/** Nest's way to schemas: of classes with decorators, whose fields are not read. */
export const nestMongoose: NativeModule = {
  modules: ["@nestjs/mongoose"],
  natives: { "SchemaFactory.createForClass": (call) => schemaOf(call, BOTTOM, UNDEFINED) },
};
