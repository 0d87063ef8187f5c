/**
 * MongoDB's driver (`mongodb`): `client.db().collection("people")`, its operations and cursors. A collection is the same place as the Mongoose
 * model that is kept in it.
 * API: https://mongodb.github.io/node-mongodb-native/.
 */
import { objectsOf, S, setSlot } from "../../domain/heap.js";
import { ANY_BOOLEAN, ANY_NUMBER, BOTTOM, join, joinAll, NULL, ofConst, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { hasArg } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import { hop, type Native, type NativeCall } from "../../machine/machine.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeModule, NativeTable } from "../../natives/index.js";
import { promised } from "../../natives/settle.js";
import { newStream } from "../../natives/stream-core.js";
import { streamMethods } from "../../natives/stream.js";
import {
  alike,
  argOf,
  at,
  callWith,
  given,
  instance,
  lastCallback,
  listOf,
  option,
  record,
  selves,
  slotOf,
  under,
} from "../../natives/support.js";
import { rowList } from "../answers.js";
import {
  answered,
  bulkWritten,
  changed,
  chosen,
  distinct,
  documentOf,
  foundAnd,
  foundOf,
  inserted,
  outcome,
  overlaid,
  plain,
  type Collection,
} from "./operations.js";
import { COLLECTION, collectionsNamed } from "./names.js";
import { scopeOf } from "./expressions.js";
import { namedStage, throughPipeline } from "./pipeline.js";

const LIB = "mongodb";

/** A collection by its name. */
export function collectionHandle(call: NativeCall, name: Value): Value {
  const { m } = call;
  const obj = instance(m, LIB, "Collection", call.site);
  setSlot(m.heap, obj, COLLECTION, name);
  for (const property of ["collectionName", "name", "namespace"]) setSlot(m.heap, obj, property, name);
  return ofRef(obj.id);
}

/** One that only a type tells of may be any. */
const self = (call: NativeCall): Collection => plain(collectionsNamed(slotOf(selves(call), COLLECTION)));

/** A cursor over documents like this one. */
export function cursorOver(call: NativeCall, row: Value): Value {
  const cursor = instance(call.m, LIB, "Cursor", call.site, "generator");
  setSlot(call.m.heap, cursor, S.rest, hop(call.m, row, "read", call.site));
  return ofRef(cursor.id);
}

const find: Native = (call) => cursorOver(call, chosen(call, foundOf(call, self(call)), projectionIn(call, 1)));

/** The projection among options; old versions take the fields themselves. */
const projectionIn = (call: NativeCall, i: number): Value => {
  const options = argOf(call, i);
  const named = ["projection", "fields"].map((name) => option(call, options, name)).filter((v) => v.refs.length > 0);
  return joinAll(named);
};

const insert: Native = (call) => answered(call, outcome(call, inserted(call, self(call), argOf(call, 0))));

const update: Native = (call) => {
  changed(call, self(call), argOf(call, 0), argOf(call, 1), argOf(call, 2));
  return answered(call, outcome(call));
};

const replace: Native = (call) => {
  inserted(call, self(call), argOf(call, 1));
  return answered(call, outcome(call));
};

const findOneAndUpdate: Native = (call) => {
  const to = self(call);
  const fields = changed(call, to, argOf(call, 0), argOf(call, 1), argOf(call, 2));
  return answered(call, foundAnd(call, chosen(call, overlaid(call, documentOf(call, to), fields), projectionIn(call, 2))));
};

const findOneAndReplace: Native = (call) => {
  const to = self(call);
  const document = inserted(call, to, argOf(call, 1));
  return answered(call, foundAnd(call, chosen(call, overlaid(call, documentOf(call, to), document), projectionIn(call, 2))));
};

const COLLECTION_METHODS: NativeTable = {
  find,
  findOne: (call) => answered(call, join(chosen(call, foundOf(call, self(call)), projectionIn(call, 1)), NULL)),
  ...alike(["insertOne", "insertMany", "insert", "save"], insert),
  ...alike(["updateOne", "updateMany", "update"], update),
  replaceOne: replace,
  findOneAndUpdate,
  findOneAndReplace,
  findOneAndDelete: (call) => answered(call, foundAnd(call, chosen(call, documentOf(call, self(call)), projectionIn(call, 1)))),
  ...alike(["deleteOne", "deleteMany", "remove"], (call) => answered(call, outcome(call))),
  ...alike(["countDocuments", "estimatedDocumentCount", "count"], (call) => answered(call, ANY_NUMBER)),
  distinct: (call) => answered(call, distinct(call, documentOf(call, self(call)), argOf(call, 0))),
  aggregate: (call) => cursorOver(call, throughPipeline(scopeOf(call.m, documentOf(call, self(call)), call.site), argOf(call, 0))),
  bulkWrite: (call) => {
    bulkWritten(call, self(call), argOf(call, 0));
    return answered(call, outcome(call));
  },
  ...alike(["initializeOrderedBulkOp", "initializeUnorderedBulkOp"], (call) => handleOf(call, "Bulk")),
  watch: (call) => changesOf(call, documentOf(call, self(call))),
};

/** A stream of what happens to a collection. */
export function changesOf(call: NativeCall, row: Value): Value {
  const stream = newStream(call.m, "Readable", call.site);
  const parts = { fullDocument: row, fullDocumentBeforeChange: row, documentKey: unknown(call.m, at(call, "key")) };
  const description = record(call.m, { updatedFields: row }, at(call, "description"));
  setSlot(call.m.heap, stream, S.rest, given(call.m, { ...parts, updateDescription: description }, at(call, "change")));
  setSlot(call.m.heap, stream, S.proto, ofRef(external(call.m, LIB, ["ChangeStream"]).id));
  return ofRef(stream.id);
}

/** Another object of the driver's for the same collection. */
function handleOf(call: NativeCall, owner: string): Value {
  const obj = instance(call.m, LIB, owner, call.site);
  setSlot(call.m.heap, obj, COLLECTION, slotOf(selves(call), COLLECTION));
  return ofRef(obj.id);
}

/** `bulk.find(filter).upsert().updateOne(update)`. */
const FILTER = "\0filter";
const UPSERT = "\0upsert";

const bulkUpdate: Native = (call) => {
  const filter = slotOf(selves(call), FILTER);
  const options = slotOf(selves(call), UPSERT);
  changed(call, self(call), filter, argOf(call, 0), options);
  return handleOf(call, "Bulk");
};

const BULK: NativeTable = {
  insert: (call) => {
    inserted(call, self(call), argOf(call, 0));
    return call.self;
  },
  find: (call) => {
    const found = handleOf(call, "Bulk");
    for (const obj of objectsOf(call.m.heap, found)) setSlot(call.m.heap, obj, FILTER, argOf(call, 0));
    return found;
  },
  upsert: (call) => {
    const yes = record(call.m, { upsert: ANY_BOOLEAN }, at(call, "upsert"));
    for (const obj of selves(call)) setSlot(call.m.heap, obj, UPSERT, yes);
    return call.self;
  },
  ...alike(["update", "updateOne"], bulkUpdate),
  replaceOne: (call) => {
    inserted(call, self(call), argOf(call, 0));
    return handleOf(call, "Bulk");
  },
  raw: (call) => {
    bulkWritten(call, self(call), listOf(call.m, argOf(call, 0), at(call, "raw")));
    return call.self;
  },
  execute: (call) => answered(call, outcome(call)),
};

// ------------------------------------------------------------------------------------------------ cursors

const rowIn = (call: NativeCall): Value => slotOf(selves(call), S.rest);

/** Changes what a cursor gives, in place: its methods give it back. */
const revised =
  (change: (call: NativeCall, row: Value) => Value): Native =>
  (call) => {
    const cursors = selves(call);
    for (const obj of cursors) {
      const row = change(call, obj.props.get(S.rest) ?? BOTTOM);
      setSlot(call.m.heap, obj, S.rest, cursors.length === 1 && !obj.summary ? row : join(row, obj.props.get(S.rest) ?? BOTTOM));
    }
    return call.self;
  };

/** A stage of a pipeline as a method of the cursor. */
const stage = (name: string): Native =>
  revised((call, row) => namedStage(scopeOf(call.m, row, call.site), name, argOf(call, 0), `stage ${name}`));

const PIPELINE_METHODS = ["group", "unwind", "lookup", "addFields", "replaceRoot", "sortByCount", "facet", "geoNear", "out", "redact"];

const CURSOR: NativeTable = {
  toArray: (call) => answered(call, rowList(call, rowIn(call))),
  ...alike(["next", "tryNext", "nextObject"], (call) => answered(call, join(rowIn(call), NULL))),
  hasNext: (call) => promised(call, ANY_BOOLEAN),
  count: (call) => answered(call, ANY_NUMBER),
  ...alike(["forEach", "each", "eachAsync"], (call) => {
    callWith(call.m, argOf(call, 0), [rowIn(call)], call.site);
    return promised(call, UNDEFINED);
  }),
  map: revised((call, row) => callWith(call.m, argOf(call, 0), [row], call.site)),
  project: revised((call, row) => chosen(call, row, argOf(call, 0))),
  ...Object.fromEntries(PIPELINE_METHODS.map((name) => [name, stage(`$${name}`)])),
  addStage: revised((call, row) => throughPipeline(scopeOf(call.m, row, call.site), listOf(call.m, argOf(call, 0), at(call, "stages")))),
  stream: (call) => {
    const stream = newStream(call.m, "Readable", call.site);
    setSlot(call.m.heap, stream, S.rest, rowIn(call));
    return ofRef(stream.id);
  },
  explain: (call) => promised(call, unknown(call.m, at(call, "explained"))),
  close: (call) => promised(call, UNDEFINED),
};

// ------------------------------------------------------------------------------------------------ clients

const shared = (call: NativeCall, ...path: string[]): Value => ofRef(external(call.m, LIB, path).id);

const inSession: Native = (call) => {
  const work = lastCallback(call.m, call.args);
  return work === undefined
    ? promised(call, UNDEFINED)
    : promised(call, callWith(call.m, work, [shared(call, "ClientSession")], call.site));
};

const CLIENT: NativeTable = {
  collection: (call) => {
    const handle = collectionHandle(call, argOf(call, 0));
    const callback = hasArg(call.args, 1) ? lastCallback(call.m, call.args) : undefined;
    if (callback !== undefined) callWith(call.m, callback, [NULL, handle], call.site);
    return handle;
  },
  createCollection: (call) => promised(call, collectionHandle(call, argOf(call, 0))),
  connect: (call) => answered(call, shared(call, "MongoClient")),
  db: (call) => shared(call, "Db"),
  startSession: (call) => shared(call, "ClientSession"),
  ...alike(["withTransaction", "withSession"], inSession),
};

/** Changes are a stream that is also asked for one at a time; `change` is what is heard of them. */
const CHANGES: NativeTable = {
  ...streamMethods,
  ...alike(["on", "once", "addListener"], (call) => {
    const event = argOf(call, 0).consts.includes("change") ? ofConst("data") : argOf(call, 0);
    return streamMethods["on"]!({ ...call, args: { ...call.args, list: [event, ...call.args.list.slice(1)] } });
  }),
  ...alike(["next", "tryNext"], (call) => promised(call, join(rowIn(call), NULL))),
  hasNext: (call) => promised(call, ANY_BOOLEAN),
  close: (call) => promised(call, UNDEFINED),
};

const METHODS: Readonly<Record<string, NativeTable>> = {
  ChangeStream: CHANGES,
  Collection: COLLECTION_METHODS,
  Bulk: BULK,
  Cursor: CURSOR,
};
const CURSORS: ReadonlySet<string> = new Set(["FindCursor", "AggregationCursor", "AbstractCursor"]);

function match(_module: string, path: readonly string[]): Native | undefined {
  const [owner = "", ...below] = path[0] === "default" ? path.slice(1) : path;
  const name = below.at(-1) ?? "";
  if (below.length === 1 && METHODS[owner] !== undefined)
    return under(METHODS[owner], name) ?? (owner === "Cursor" ? (call) => call.self : undefined);
  if (CURSORS.has(owner)) return below.length === 1 ? under(CURSOR, name) : undefined;
  return below.length === 0 ? undefined : under(CLIENT, name);
}

/** MongoDB's driver. */
export const mongodb: NativeModule = { modules: [LIB], natives: {}, match };
