/**
 * Firebase's functions that run when something is written: to documents, to the realtime database, to topics; and those that a client calls.
 * API: https://firebase.google.com/docs/functions, of both generations.
 */
import { objectsOf, setSlot } from "../domain/heap.js";
import { HOLE } from "../domain/text-pattern.js";
import { isBottom, join, ofRef, UNDEFINED, type Value } from "../domain/value.js";
import { awaitValue } from "../machine/promise.js";
import type { Native, NativeCall } from "../machine/machine.js";
import { getNamed } from "../machine/props.js";
import { unknown } from "../machine/unknown.js";
import type { NativeModule } from "../natives/index.js";
import { parsedOf } from "../natives/json.js";
import { promised } from "../natives/settle.js";
import { argOf, at, callWith, instance, lastCallback, nativeValue, option, record, selves, slotOf } from "../natives/support.js";
import { listening } from "./answers.js";
import { snapshotOf } from "./firestore/documents.js";
import { documentAt } from "./firestore/references.js";
import { readPlace, writePlace } from "./places.js";
import { snapshotUnder } from "./realtime-database.js";

const PLACE_OF_CALLS = "firebase-callable";
const PATH = "\0path";

/** What a trigger is about: its path or topic, alone or among options. */
function pathOf(call: NativeCall, name: string): Value {
  const given = argOf(call, 0);
  return given.refs.length > 0 && objectsOf(call.m.heap, given).some((o) => o.kind === "object") ? option(call, given, name) : given;
}

/** Runs the last function that is given, whenever what it waits for is there. */
function runs(call: NativeCall, given: (later: NativeCall) => readonly Value[]): Value {
  listening(call, (later) => {
    const fn = lastCallback(later.m, later.args);
    if (fn !== undefined) callWith(later.m, fn, given(later), later.site);
  });
  return unknown(call.m, at(call, "function"));
}

const event = (call: NativeCall, data: Value): Value =>
  record(call.m, { data, params: unknown(call.m, at(call, "params")), auth: unknown(call.m, at(call, "auth")) }, at(call, "event"));

const change = (call: NativeCall, one: Value): Value => record(call.m, { before: one, after: one }, at(call, "change"));

const isChange = (name: string): boolean => /(?:Updated|Written|Update|Write)(?:WithAuthContext)?$/.test(name);

type Snapshot = (call: NativeCall, path: Value) => Value;
const ofDocument: Snapshot = (call, path) => snapshotOf(call, documentAt(call, [path]), true);
const ofTree: Snapshot = snapshotUnder;

/** Second generation: `onDocumentCreated("users/{id}", (event) => …)`. */
const trigger =
  (name: string, pathName: string, snapshot: Snapshot): Native =>
  (call) =>
    runs(call, (later) => {
      const one = snapshot(later, pathOf(later, pathName));
      return [event(later, isChange(name) ? change(later, one) : one)];
    });

/** First generation: `functions.firestore.document("users/{id}").onCreate((snapshot, context) => …)`. */
const builder =
  (owner: string): Native =>
  (call) => {
    const obj = instance(call.m, "firebase-functions", owner, call.site);
    setSlot(call.m.heap, obj, PATH, argOf(call, 0));
    return ofRef(obj.id);
  };

const built =
  (name: string, snapshot: Snapshot): Native =>
  (call) =>
    runs(call, (later) => {
      const one = snapshot(later, slotOf(selves(later), PATH));
      return [isChange(name) ? change(later, one) : one, unknown(later.m, at(later, "context"))];
    });

// ------------------------------------------------------------------------------------------------ topics and calls

/** A message of a topic: what was published, and what it stands for as JSON. */
const messageOf = (call: NativeCall): Value => {
  const { m, site } = call;
  const held = readPlace(m, `pubsub:${HOLE}`, site);
  const part = (name: string): Value => {
    const v = isBottom(held) ? UNDEFINED : getNamed(m, held, name, site);
    return v === UNDEFINED || isBottom(v) ? unknown(m, at(call, name)) : v;
  };
  const data = part("data");
  return record(m, { data, json: parsedOf(call, data), attributes: part("attributes") }, at(call, "message"));
};

const published: Native = (call) =>
  runs(call, (later) => [event(later, record(later.m, { message: messageOf(later) }, at(later, "data")))]);

/** `onCall((request) => …)`; of the first generation `(data, context)`. Its name is that of the export, which is not seen here. */
const callable =
  (first: boolean): Native =>
  (call) =>
    runs(call, (later) => {
      const { m, site } = later;
      const sent = readPlace(m, `${PLACE_OF_CALLS}:${HOLE}`, site);
      const data = join(unknown(m, at(later, "sent")), sent);
      const fn = lastCallback(m, later.args);
      const given = first ? [data, unknown(m, at(later, "context"))] : [event(later, data)];
      if (fn !== undefined) writePlace(m, `${PLACE_OF_CALLS}-result:${HOLE}`, awaitValue(m, callWith(m, fn, given, site), site), site);
      return given;
    });

/** `httpsCallable(functions, "name")`: a function that calls one of those. */
const caller: Native = (call) =>
  nativeValue(
    call.m,
    call.site,
    "calls",
    (inner) => {
      writePlace(inner.m, `${PLACE_OF_CALLS}:${HOLE}`, argOf(inner, 0), inner.site);
      const result = readPlace(inner.m, `${PLACE_OF_CALLS}-result:${HOLE}`, inner.site);
      return promised(inner, record(inner.m, { data: join(unknown(inner.m, at(inner, "result")), result) }, at(inner, "answer")));
    },
    [],
  );

const MODULES = [
  "",
  "/v1",
  "/v2",
  "/firestore",
  "/v2/firestore",
  "/database",
  "/v2/database",
  "/https",
  "/v2/https",
  "/pubsub",
  "/v2/pubsub",
  "/v2/storage",
];

const BUILT: Readonly<Record<string, Snapshot>> = { DocumentBuilder: ofDocument, RefBuilder: ofTree, TopicBuilder: messageOf };

function match(module: string, whole: readonly string[]): Native | undefined {
  const path = whole[0] === "default" ? whole.slice(1) : whole;
  const name = path.at(-1) ?? "";
  const snapshot = BUILT[path[0] ?? ""];
  if (snapshot !== undefined) return /^on[A-Z]/.test(name) ? built(name, snapshot) : undefined;
  if (name === "document" && path.includes("firestore")) return builder("DocumentBuilder");
  if (name === "ref" && path.includes("database")) return builder("RefBuilder");
  if (name === "topic" && path.includes("pubsub")) return builder("TopicBuilder");
  if (/^onDocument(Created|Updated|Deleted|Written)/.test(name)) return trigger(name, "document", ofDocument);
  if (/^onValue(Created|Updated|Deleted|Written)$/.test(name)) return trigger(name, "ref", ofTree);
  if (name === "onMessagePublished") return published;
  if (name === "onCall") return callable(path.includes("https") && !module.includes("v2"));
  return undefined;
}

export const cloudFunctions: readonly NativeModule[] = [
  { modules: MODULES.map((below) => `firebase-functions${below}`), natives: {}, match },
  { modules: ["firebase/functions", "@firebase/functions"], natives: { httpsCallable: caller, httpsCallableFromURL: caller } },
];
