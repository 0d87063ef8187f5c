/** Mongoose's queries and aggregations: described step by step, run where they are awaited. API: https://mongoosejs.com/docs/queries.html. */
import { joinSlot, type Obj, objectsOf, S, setSlot } from "../../domain/heap.js";
import { ANY_NUMBER, BOTTOM, isBottom, join, NULL, ofConst, ofRef, truthiness, UNDEFINED, type Value } from "../../domain/value.js";
import { callValue, hasArg } from "../../machine/call.js";
import { hop, make, type Native, type NativeCall } from "../../machine/machine.js";
import { copyProps, hide } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeTable } from "../../natives/index.js";
import {
  alike,
  argOf,
  arrayOf,
  at,
  callWith,
  instance,
  lastCallback,
  nativeValue,
  option,
  record,
  selves,
  slotOf,
  under,
} from "../../natives/support.js";
import { answer, rowList, unknownMethod } from "../answers.js";
import { scopeOf } from "./expressions.js";
import { cursorOver } from "./mongodb.js";
import { hydrated } from "./mongoose-document.js";
import { type Model, modelIn, storedRow } from "./mongoose-model.js";
import { populated } from "./mongoose-populate.js";
import { changed, distinct, filtered, inserted, outcome, overlaid } from "./operations.js";
import { namesOf, without } from "../document-paths.js";
import { projected, type Projection, projectionsOf } from "./projection.js";

const LIB = "mongoose";

/** Slots of a query. */
const Q = {
  model: "\0model",
  /** What it gives: `one` or `many` documents, or `value`. */
  gives: "\0gives",
  value: "\0value",
  /** A document as it is kept. */
  row: "\0row",
  lean: "\0lean",
  select: "\0select:",
  populate: "\0populate:",
  /** What is done with the result at last. */
  transform: "\0transform",
  filter: "\0filter",
} as const;

/** A read's step on what is given. */
const read = (call: NativeCall, v: Value): Value => hop(call.m, v, "read", call.site);

// ------------------------------------------------------------------------------------------------ documents

/** A document as selections leave it: also what the schema hides, unless it is asked for. */
function chosen(call: NativeCall, model: Model, row: Value, selections: readonly Value[]): Value {
  const { m, site } = call;
  const all = selections.map((v) => projectionsOf(m, v, site)).filter((variants) => variants.length > 0);
  const asked = all.flat();
  const added = asked.flatMap((p) => [...p.added, ...p.included]);
  const hidden = model.fields.hidden.filter((path) => !added.includes(path));
  // Several selections are one; of what one of them may be, each.
  const together = all.reduce<readonly Projection[]>(
    (out, variants) => out.flatMap((one) => variants.map((p) => merged(one, p))).slice(0, 4),
    [{ included: [], excluded: [], added: [], computed: [], open: false }],
  );
  const open = all.reduce((n, variants) => n * variants.length, 1) > 4;
  const shown = hidden.length === 0 ? row : without(m, row, namesOf(hidden), site, "shown");
  if (open) return shown;
  return together.reduce((out: Value, p, i) => join(out, projected(scopeOf(m, shown, site), p, `selected ${i}`)), BOTTOM);
}

const merged = (a: Projection, b: Projection): Projection => ({
  included: [...a.included, ...b.included],
  excluded: [...a.excluded, ...b.excluded],
  added: [...a.added, ...b.added],
  computed: [...a.computed, ...b.computed],
  open: a.open || b.open,
});

/** What a query reads: documents with their methods, or plain ones. */
function documentOf(call: NativeCall, q: Obj): Value {
  const model = modelIn(call, q.props.get(Q.model) ?? BOTTOM);
  const slots = (prefix: string): readonly Value[] => [...q.props].flatMap(([slot, v]) => (slot.startsWith(prefix) ? [v] : []));
  const row = chosen(call, model, q.props.get(Q.row) ?? BOTTOM, slots(Q.select));
  const lean = truthiness(q.props.get(Q.lean) ?? UNDEFINED);
  const ofLean = (isLean: boolean, what: string): Value => {
    const copy = make(call.m, "object", at(call, what));
    copyProps(call.m, copy, row, call.site);
    const doc = isLean ? ofRef(copy.id, row.via) : hydrated(call, model, row, what);
    const reader = (other: Model, select: Value): Value => {
      const v = chosen(call, other, storedRow(call, other), select.refs.length > 0 || select.consts.length > 0 ? [select] : []);
      return isLean ? v : hydrated(call, other, v, `${what} of`);
    };
    for (const spec of slots(Q.populate))
      for (const obj of objectsOf(call.m.heap, spec))
        populated(call, model, doc, obj.props.get("spec") ?? BOTTOM, obj.props.get("select") ?? UNDEFINED, reader);
    return doc;
  };
  if (lean.yes && lean.no) return join(ofLean(true, "lean"), ofLean(false, "found"));
  return lean.yes ? ofLean(true, "lean") : ofLean(false, "found");
}

/** What running the query gives. */
function result(call: NativeCall): Value {
  const { m } = call;
  let out: Value = BOTTOM;
  for (const q of selves(call)) {
    const gives = q.props.get(Q.gives)?.consts ?? [];
    let v: Value = BOTTOM;
    if (gives.includes("one")) v = join(v, join(documentOf(call, q), NULL));
    if (gives.includes("many")) v = join(v, rowList(call, documentOf(call, q)));
    if (gives.includes("value")) v = join(v, q.props.get(Q.value) ?? BOTTOM);
    const transform = q.props.get(Q.transform);
    out = join(out, transform === undefined ? v : callWith(m, transform, [v], call.site));
  }
  return isBottom(out) ? unknown(m, at(call, "result")) : out;
}

// ------------------------------------------------------------------------------------------------ queries

/** A query on a model. */
export function newQuery(call: NativeCall, model: Model, gives: "one" | "many" | "value", v: Value): Obj {
  const { m, site } = call;
  const q = instance(m, LIB, "Query", site);
  setSlot(m.heap, q, Q.model, model.self);
  setSlot(m.heap, q, Q.gives, ofConst(gives));
  setSlot(m.heap, q, gives === "value" ? Q.value : Q.row, v);
  for (const [name, run] of Object.entries({ then, catch: asPromise("catch"), finally: asPromise("finally") })) {
    setSlot(m.heap, q, name, nativeValue(m, site, name, run));
    hide(m, q, name);
  }
  iterable(call, q);
  return q;
}

/** No property has this name: it is what a loop over the query gives. */
export const ELEMENTS = ofConst("\0elements");

/** A query for many can be iterated over. */
function iterable(call: NativeCall, q: Obj): void {
  if (q.props.get(Q.gives)?.consts.includes("many") !== true) return;
  setSlot(call.m.heap, q, S.rest, read(call, documentOf(call, q)));
  setSlot(call.m.heap, q, S.restNames, ELEMENTS);
}

/** The query with a callback at the end is run at once. */
function ready(call: NativeCall, q: Obj): Value {
  const callback = lastCallback(call.m, call.args);
  if (callback !== undefined) {
    const v = read(call, result({ ...call, self: ofRef(q.id) }));
    callValue(call.m, callback, UNDEFINED, { list: [NULL, v], rest: null }, call.site);
  }
  return ofRef(q.id);
}

const given = (v: Value): boolean => v.refs.length > 0 || v.consts.length > 0;

/** A projection and options, as `find(filter, projection, options)` takes them. */
function withOptions(call: NativeCall, q: Obj, projection: Value, options: Value): Value {
  const { m } = call;
  const select = (v: Value): void => {
    if (given(v) && lastCallback(m, { list: [v], rest: null }) === undefined) setSlot(m.heap, q, Q.select + String(q.props.size), v);
  };
  select(projection);
  for (const name of ["projection", "select", "fields"]) select(option(call, options, name));
  const lean = option(call, options, "lean");
  if (lean !== UNDEFINED) setSlot(m.heap, q, Q.lean, lean);
  const populate = option(call, options, "populate");
  if (given(populate)) addPopulate(call, q, populate, UNDEFINED);
  if (given(projection) || given(options)) iterable(call, q);
  return ready(call, q);
}

function addPopulate(call: NativeCall, q: Obj, spec: Value, select: Value): void {
  const { m } = call;
  const entry = make(m, "object", at(call, "populate"));
  setSlot(m.heap, entry, "spec", spec);
  setSlot(m.heap, entry, "select", select);
  setSlot(m.heap, q, Q.populate + String(q.props.size), ofRef(entry.id));
}

type Start = (call: NativeCall, model: Model) => Value;

const finds =
  (gives: "one" | "many"): Start =>
  (call, model) =>
    withOptions(call, newQuery(call, model, gives, filtered(call, model, storedRow(call, model))), argOf(call, 1), argOf(call, 2));

/** `findOneAndUpdate(filter, update, options)`; `findByIdAndUpdate(id, …)`. */
const findAndChange =
  (how: "update" | "replace"): Start =>
  (call, model) => {
    const row = storedRow(call, model);
    const fields =
      how === "replace" ? inserted(call, model, argOf(call, 1)) : changed(call, model, argOf(call, 0), argOf(call, 1), argOf(call, 2));
    return withOptions(call, newQuery(call, model, "one", overlaid(call, row, fields)), UNDEFINED, argOf(call, 2));
  };

const changes: Start = (call, model) => {
  changed(call, model, argOf(call, 0), argOf(call, 1), argOf(call, 2));
  return ready(call, newQuery(call, model, "value", outcome(call)));
};

const replaces: Start = (call, model) => {
  inserted(call, model, argOf(call, 1));
  return ready(call, newQuery(call, model, "value", outcome(call)));
};

const counts: Start = (call, model) => ready(call, newQuery(call, model, "value", ANY_NUMBER));

/** What starts a query, on a model or on another query. */
const STARTS: Readonly<Record<string, Start>> = {
  find: finds("many"),
  findOne: finds("one"),
  findById: finds("one"),
  where: (call, model) => ofRef(newQuery(call, model, "many", storedRow(call, model)).id),
  findOneAndUpdate: findAndChange("update"),
  findByIdAndUpdate: findAndChange("update"),
  findOneAndReplace: findAndChange("replace"),
  findOneAndDelete: (call, model) => withOptions(call, newQuery(call, model, "one", storedRow(call, model)), UNDEFINED, argOf(call, 1)),
  updateOne: changes,
  updateMany: changes,
  update: changes,
  replaceOne: replaces,
  deleteOne: (call, model) => ready(call, newQuery(call, model, "value", outcome(call))),
  countDocuments: counts,
  exists: (call, model) => {
    const id = namesOf(["_id"]);
    const row = { ...model, fields: { ...model.fields, names: id } };
    const found = make(call.m, "object", at(call, "exists"));
    setSlot(call.m.heap, found, "_id", unknown(call.m, at(call, "_id")));
    return ready(call, newQuery(call, row, "value", join(ofRef(found.id), NULL)));
  },
  findAndCount: (call, model) => {
    const rows = hydrated(call, model, chosen(call, model, storedRow(call, model), []));
    return ready(call, newQuery(call, model, "value", arrayOf(call.m, [rowList(call, rows), ANY_NUMBER], at(call, "and count"))));
  },
  distinct: (call, model) => ready(call, newQuery(call, model, "value", distinct(call, storedRow(call, model), argOf(call, 0)))),
};

const ALIASES: Readonly<Record<string, string>> = {
  findByIdAndDelete: "findOneAndDelete",
  findByIdAndRemove: "findOneAndDelete",
  findOneAndRemove: "findOneAndDelete",
  findByIdAndReplace: "findOneAndReplace",
  deleteMany: "deleteOne",
  remove: "deleteOne",
  estimatedDocumentCount: "countDocuments",
  count: "countDocuments",
  $where: "where",
};

/** What starts a query, as methods of a model. */
export const QUERY_STARTS: NativeTable = Object.fromEntries(
  [...Object.keys(STARTS).map((name) => [name, name] as const), ...Object.entries(ALIASES)].map(([name, start]) => [
    name,
    ((call) => STARTS[start]!(call, modelIn(call, call.self))) satisfies Native,
  ]),
);

// ------------------------------------------------------------------------------------------------ steps of a query

/** Changes the query itself, which is what its methods give. */
const step =
  (change: (call: NativeCall, q: Obj) => void): Native =>
  (call) => {
    for (const q of selves(call)) {
      change(call, q);
      iterable(call, q);
    }
    return call.self;
  };

/** `find().findOne()`, `where("a").updateMany(…)`: another operation on the same model. Without arguments in front, only the filter is. */
const restarted =
  (name: string): Native =>
  (call) => {
    const model = modelIn(call, slotOf(selves(call), Q.model));
    const isSame = (name === "find" || name === "findOne") && selves(call).length > 0;
    if (!isSame) {
      // `query.updateOne(update)` has no filter of its own.
      const lone = /update|replace/i.test(name) && !(argOf(call, 1).refs.length > 0 && !hasCallbackAt(call, 1));
      const list = lone ? [UNDEFINED, ...call.args.list] : call.args.list;
      return STARTS[ALIASES[name] ?? name]!({ ...call, args: { list, rest: call.args.rest } }, model);
    }
    for (const q of selves(call)) {
      setSlot(call.m.heap, q, Q.gives, ofConst(name === "find" ? "many" : "one"));
      if (given(argOf(call, 1))) setSlot(call.m.heap, q, Q.select + String(q.props.size), argOf(call, 1));
      iterable(call, q);
    }
    return call.self;
  };

const hasCallbackAt = (call: NativeCall, i: number): boolean => lastCallback(call.m, { list: [argOf(call, i)], rest: null }) !== undefined;

const exec: Native = (call) => {
  const v = result(call);
  const callback = lastCallback(call.m, call.args);
  if (callback !== undefined) callValue(call.m, callback, UNDEFINED, { list: [NULL, read(call, v)], rest: null }, call.site);
  return answer(call, v);
};

/** A promise's method on the query itself. */
function asPromise(name: string): Native {
  return (call) => {
    const promise = answer(call, result(call));
    return call.m.native({ module: "global", path: ["Promise", "prototype", name] })?.({ ...call, self: promise }) ?? promise;
  };
}
const then: Native = (call) => asPromise("then")(call);

/** Conditions, order, limits and settings: they change nothing of what is in a document. */
const NARROWS =
  "all allowDiskUse and batchSize box cast center centerSphere circle clone collation collection comment elemMatch eq equals error geometry gt gte hint in intersects j limit lt lte maxDistance maxTime maxTimeMS maxScan merge minDistance mod ne near nearSphere nin nor op or orFail polygon post pre r read readConcern regex sanitizeProjection session setQuery setReadPreference setTraceFunction size skip slaveOk slice snapshot sort tailable validate w wTimeout within writeConcern wtimeout toConstructor noCursorTimeout".split(
    " ",
  );

/** `updateOne(filter).set("name", name)`, `set({ name })`: more for an update to write. */
const set: Native = (call) => {
  const { m } = call;
  const name = argOf(call, 0);
  const fields =
    name.refs.length > 0 ? name : record(m, Object.fromEntries(name.consts.map((c) => [String(c), argOf(call, 1)])), at(call, "set"));
  changed(call, modelIn(call, slotOf(selves(call), Q.model)), UNDEFINED, fields, UNDEFINED);
  return call.self;
};

/** Methods of a query. */
const QUERY: NativeTable = {
  ...alike(NARROWS, (call) => call.self),
  set,
  ...Object.fromEntries(Object.keys(QUERY_STARTS).map((name) => [name, restarted(name)])),
  where: (call) => call.self,
  ...alike(
    ["select", "projection"],
    step((call, q) => {
      if (given(argOf(call, 0))) setSlot(call.m.heap, q, Q.select + String(q.props.size), argOf(call, 0));
    }),
  ),
  lean: step((call, q) => {
    setSlot(call.m.heap, q, Q.lean, hasArg(call.args, 0) && argOf(call, 0).refs.length === 0 ? argOf(call, 0) : ofConst(true));
  }),
  populate: step((call, q) => {
    addPopulate(call, q, argOf(call, 0), argOf(call, 1));
  }),
  setOptions: step((call, q) => {
    withOptions({ ...call, args: { list: [], rest: null } }, q, UNDEFINED, argOf(call, 0));
  }),
  transform: step((call, q) => {
    joinSlot(call.m.heap, q, Q.transform, argOf(call, 0));
  }),
  exec,
  then,
  catch: asPromise("catch"),
  finally: asPromise("finally"),
  ...alike(["cursor", "stream"], (call) => {
    let row: Value = BOTTOM;
    for (const q of selves(call)) row = join(row, documentOf(call, q));
    return cursorOver(call, row);
  }),
  explain: (call) => answer(call, unknown(call.m, at(call, "explained"))),
  ...alike(["getFilter", "getQuery", "getUpdate", "getOptions"], (call) => unknown(call.m, at(call, "of query"))),
};

/** A method of a query; of one that is not known, what it adds is not. */
export const queryMethod = (name: string): Native =>
  under(QUERY, name) ?? unknownMethod("Mongoose", name, (call) => slotOf(selves(call), Q.row));
