/**
 * Firestore: Google's and Firebase's server library, and the functions of the web's.
 * API: https://cloud.google.com/nodejs/docs/reference/firestore/latest, https://firebase.google.com/docs/reference/js/firestore_.
 */
import { S, setSlot } from "../../domain/heap.js";
import { ANY_BOOLEAN, ANY_NUMBER, BOTTOM, isBottom, join, joinAll, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { allArgs } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import { anyItem, iterate } from "../../machine/iterate.js";
import type { Native, NativeCall } from "../../machine/machine.js";
import { getNamed } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeModule, NativeTable } from "../../natives/index.js";
import { promised } from "../../natives/settle.js";
import { newStream } from "../../natives/stream-core.js";
import {
  alike,
  argOf,
  arrayOf,
  at,
  callable,
  callWith,
  lastCallback,
  listOf,
  record,
  selves,
  slotOf,
  under,
} from "../../natives/support.js";
import { answer, listening } from "../answers.js";
import { atPath } from "../document-paths.js";
import { CONDITIONS, narrowed, narrowedBy } from "./conditions.js";
import { dataOf, querySnapshotOf, ROW, snapshotOf, written, writtenByName } from "./documents.js";
import { collectionAt, documentAt, documentIn, handle, isDocument, LIB, referenceOf, self, type Reference } from "./references.js";

const shared = (call: NativeCall, name: string): Value => ofRef(external(call.m, LIB, [name]).id);
const firestore = (call: NativeCall): Value => shared(call, "Firestore");

const list = (call: NativeCall): readonly Value[] => call.args.list;

/** Writes under a reference: `set(data)`, `update(data)`, `update("name", value, …)`. */
function write(call: NativeCall, to: Reference, how: "set" | "update", given: readonly Value[]): void {
  const [first = UNDEFINED] = given;
  if (how === "update" && first.refs.length === 0 && first.consts.length > 0) writtenByName(call, to, given);
  else written(call, to, first, how);
}

/** What is read by a reference: a document's snapshot, or those of a query. */
const readBy = (call: NativeCall, v: Value): Value =>
  isDocument(call, v) ? snapshotOf(call, referenceOf(call, v), false) : querySnapshotOf(call, referenceOf(call, v));

/** `onSnapshot(next)`, `onSnapshot({ next })`, `onSnapshot(options, next)`: called with what there is, whenever it changes. */
function listen(call: NativeCall, from: number): Value {
  listening(call, (later) => {
    const { m, site } = later;
    const source = from === 0 ? later.self : argOf(later, 0);
    const given = allArgs(later.args).slice(from);
    const fn = given.map((v) => (isFunction(later, v) ? v : nextOf(later, v))).find((v) => !isBottom(v));
    if (fn !== undefined) callWith(m, fn, [readBy(later, source)], site);
  });
  return ofRef(external(call.m, "global", ["Function", "prototype"]).id);
}

const isFunction = (call: NativeCall, v: Value): boolean => lastCallback(call.m, { list: [v], rest: null }) !== undefined;
const nextOf = (call: NativeCall, v: Value): Value => {
  const next = v.refs.length === 0 ? BOTTOM : getNamed(call.m, v, "next", call.site);
  return callable(call.m, next) ? next : BOTTOM;
};

/** A transaction's or a batch's work: what it writes is written. */
const transaction =
  (from: number): Native =>
  (call) =>
    answer(call, callWith(call.m, argOf(call, from), [shared(call, "Transaction")], call.site));

/** What `count().get()` gives: numbers, whatever they are called. */
const aggregated: Native = (call) => promised(call, handle(call, "AggregateQuerySnapshot", self(call)));

// ------------------------------------------------------------------------------------------------ the server's library

const DATABASE: NativeTable = {
  collection: (call) => handle(call, "CollectionReference", collectionAt(call, list(call))),
  collectionGroup: (call) => handle(call, "Query", collectionAt(call, list(call))),
  doc: (call) => handle(call, "DocumentReference", documentAt(call, list(call))),
  ...alike(["batch", "bulkWriter"], (call) => shared(call, "WriteBatch")),
  runTransaction: transaction(0),
  getAll: (call) => {
    const refs = list(call).filter((v) => isDocument(call, v));
    return answer(
      call,
      arrayOf(
        call.m,
        refs.map((v) => snapshotOf(call, referenceOf(call, v), false)),
        at(call, "all"),
      ),
    );
  },
  ...alike(["settings", "terminate", "listCollections"], (call) => promised(call, unknown(call.m, at(call, "done")))),
};

/** Order and limits change nothing of what is in a document. */
const QUERY: NativeTable = {
  where: (call) => narrowedBy(call, self(call)),
  get: (call) => answer(call, querySnapshotOf(call, self(call))),
  select: (call) => handle(call, "Query", { ...self(call), fields: joinAll(list(call)) }),
  withConverter: (call) => handle(call, "CollectionReference", { ...self(call), converter: { ...argOf(call, 0), kinds: 0 } }),
  onSnapshot: (call) => listen(call, 0),
  ...alike(["count", "aggregate"], (call) => handle(call, "AggregateQuery", self(call))),
  stream: (call) => {
    const stream = newStream(call.m, "Readable", call.site);
    setSlot(call.m.heap, stream, S.rest, snapshotOf(call, { ...self(call), id: BOTTOM }, true));
    return ofRef(stream.id);
  },
  doc: (call) => handle(call, "DocumentReference", documentIn(self(call), argOf(call, 0))),
  add: (call) => {
    written(call, self(call), argOf(call, 0), "set");
    return promised(call, handle(call, "DocumentReference", documentIn(self(call), UNDEFINED)));
  },
  listDocuments: (call) =>
    promised(call, listOf(call.m, handle(call, "DocumentReference", documentIn(self(call), UNDEFINED)), at(call, "refs"))),
};

const writing =
  (how: "set" | "update"): Native =>
  (call) => {
    write(call, self(call), how, list(call));
    return promised(call, unknown(call.m, at(call, "written")));
  };

const DOCUMENT: NativeTable = {
  ...alike(["set", "create"], writing("set")),
  update: writing("update"),
  delete: (call) => promised(call, UNDEFINED),
  get: (call) => answer(call, snapshotOf(call, self(call), false)),
  onSnapshot: (call) => listen(call, 0),
  collection: (call) => handle(call, "CollectionReference", collectionAt(call, list(call))),
  withConverter: (call) => handle(call, "DocumentReference", { ...self(call), converter: { ...argOf(call, 0), kinds: 0 } }),
};

const batched =
  (how: "set" | "update"): Native =>
  (call) => {
    write(call, referenceOf(call, argOf(call, 0)), how, list(call).slice(1));
    return call.self;
  };

const BATCH: NativeTable = {
  ...alike(["set", "create"], batched("set")),
  update: batched("update"),
  delete: (call) => call.self,
  get: (call) => answer(call, readBy(call, argOf(call, 0))),
  getAll: (call) => DATABASE["getAll"]!(call),
  ...alike(["commit", "flush", "close"], (call) => promised(call, unknown(call.m, at(call, "committed")))),
};

const DOCUMENT_SNAPSHOT: NativeTable = {
  data: (call) => dataOf(call, call.self),
  get: (call) => {
    const row = slotOf(selves(call), ROW);
    return argOf(call, 0).consts.reduce((v: Value, path) => join(v, atPath(call.m, row, String(path).split("."), call.site)), BOTTOM);
  },
  exists: () => ANY_BOOLEAN,
};

const docsOf = (call: NativeCall): Value => anyItem(iterate(call.m, slotOf(selves(call), "docs"), call.site));

const QUERY_SNAPSHOT: NativeTable = {
  forEach: (call) => {
    callWith(call.m, argOf(call, 0), [docsOf(call)], call.site);
    return UNDEFINED;
  },
  docChanges: (call) => {
    const change = record(call.m, { doc: docsOf(call), type: unknown(call.m, at(call, "type")), newIndex: ANY_NUMBER }, at(call, "change"));
    return listOf(call.m, change, at(call, "changes"));
  },
};

// ------------------------------------------------------------------------------------------------ values and the web's functions

/** Values that the server makes something of. */
const FIELD_VALUES: NativeTable = {
  ...alike(["arrayUnion", "arrayRemove"], (call) => listOf(call.m, joinAll(list(call)), at(call, "union"))),
  increment: (call) => argOf(call, 0),
  ...alike(["serverTimestamp", "delete", "deleteField"], (call) => unknown(call.m, at(call, "value"))),
};

const isReference = (call: NativeCall, v: Value): boolean => !isBottom(referenceOf(call, v).collection);

/** `collection(db, "users", id, "posts")`, `collection(reference, "posts")`; `doc(db, "users", id)`, `doc(collection, id)`, `doc(collection)`. */
const FUNCTIONS: NativeTable = {
  ...FIELD_VALUES,
  ...alike(["getFirestore", "initializeFirestore"], firestore),
  collection: (call) => handle(call, "CollectionReference", collectionAt(call, list(call).slice(1))),
  collectionGroup: (call) => handle(call, "Query", collectionAt(call, list(call).slice(1))),
  doc: (call) => {
    const of = argOf(call, 0);
    const segments = list(call).slice(1);
    const isOfCollection = isReference(call, of) && !isDocument(call, of) && segments.length < 2;
    return handle(
      call,
      "DocumentReference",
      isOfCollection ? documentIn(referenceOf(call, of), argOf(call, 1)) : documentAt(call, segments),
    );
  },
  query: (call) => narrowed(call, referenceOf(call, argOf(call, 0)), list(call).slice(1)),
  ...CONDITIONS,
  ...alike(["getDoc", "getDocFromCache", "getDocFromServer"], (call) =>
    answer(call, snapshotOf(call, referenceOf(call, argOf(call, 0)), false)),
  ),
  ...alike(["getDocs", "getDocsFromCache", "getDocsFromServer"], (call) =>
    answer(call, querySnapshotOf(call, referenceOf(call, argOf(call, 0)))),
  ),
  setDoc: (call) => {
    write(call, referenceOf(call, argOf(call, 0)), "set", list(call).slice(1));
    return promised(call, UNDEFINED);
  },
  updateDoc: (call) => {
    write(call, referenceOf(call, argOf(call, 0)), "update", list(call).slice(1));
    return promised(call, UNDEFINED);
  },
  addDoc: (call) => {
    const to = referenceOf(call, argOf(call, 0));
    written(call, to, argOf(call, 1), "set");
    return promised(call, handle(call, "DocumentReference", documentIn(to, UNDEFINED)));
  },
  deleteDoc: (call) => promised(call, UNDEFINED),
  onSnapshot: (call) => listen(call, 1),
  writeBatch: (call) => shared(call, "WriteBatch"),
  runTransaction: transaction(1),
  ...alike(["getCountFromServer", "getAggregateFromServer", "getCount", "getAggregate"], aggregated),
};

const AGGREGATE: NativeTable = { get: aggregated };
/** Numbers by the names that were asked for. */
const AGGREGATED: NativeTable = { data: (call) => record(call.m, { count: ANY_NUMBER, [S.rest]: ANY_NUMBER }, at(call, "numbers")) };

const METHODS: Readonly<Record<string, NativeTable>> = {
  Firestore: DATABASE,
  CollectionReference: QUERY,
  CollectionGroup: QUERY,
  Query: QUERY,
  DocumentReference: DOCUMENT,
  WriteBatch: BATCH,
  BulkWriter: BATCH,
  Transaction: BATCH,
  DocumentSnapshot: DOCUMENT_SNAPSHOT,
  QueryDocumentSnapshot: DOCUMENT_SNAPSHOT,
  QuerySnapshot: QUERY_SNAPSHOT,
  AggregateQuery: AGGREGATE,
  AggregateQuerySnapshot: AGGREGATED,
};
/** Whose other methods give them back. */
const CHAINS: ReadonlySet<string> = new Set(["CollectionReference", "CollectionGroup", "Query"]);

/** Modules whose functions take the database as their first argument. */
const WEB = ["firebase/firestore", "firebase/firestore/lite", "@firebase/firestore"];
const SERVER = [
  LIB,
  "firebase-admin/firestore",
  "firebase-admin",
  "firebase",
  "firebase/app",
  "firebase/compat/app",
  "firebase/compat/firestore",
];

function match(module: string, whole: readonly string[]): Native | undefined {
  const path = whole[0] === "default" ? whole.slice(1) : whole;
  const [owner = ""] = path;
  const name = path.at(-1) ?? "";
  const table = METHODS[owner];
  if (table !== undefined) {
    if (path.length === 1) return firestore;
    return path.length === 2 ? (under(table, name) ?? (CHAINS.has(owner) ? (call) => call.self : undefined)) : undefined;
  }
  if (path.at(-2) === "Filter") return under(CONDITIONS, name);
  if (path.at(-2) === "FieldValue") return under(FIELD_VALUES, name);
  if (WEB.includes(module)) return path.length === 1 ? under(FUNCTIONS, name) : undefined;
  // `admin.firestore()`, `app.firestore()`, `getFirestore(app)`.
  return name === "firestore" || name === "getFirestore" ? firestore : undefined;
}

/** Firestore. */
export const firestoreClients: NativeModule = { modules: [...SERVER, ...WEB], natives: {}, match };
