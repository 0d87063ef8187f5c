/** Requests that tell by an event when their result is there: `FileReader`, IndexedDB. The result is there as soon as it is asked for. */
import type { Site } from "../../domain/labels.js";
import { joinSlot, setSlot, type Obj } from "../../domain/heap.js";
import { ANY_STRING, isBottom, join, joinAll, NULL, ofConst, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { clone } from "../../machine/clone.js";
import type { Machine, Native, NativeCall } from "../../machine/machine.js";
import { unknown } from "../../machine/unknown.js";
import { namesOf } from "../../machine/text-parts.js";
import { readPlace, writePlace } from "../../stores/places.js";
import { emit } from "../events.js";
import type { NativeModule, NativeTable } from "../index.js";
import { spot } from "../items.js";
import { alike, argOf, constant, instance, listOf, methods, record, selves, slotOf } from "../support.js";
import { decode, encode } from "../text.js";
import { domTarget } from "./targets.js";

/** Says of some targets that something has happened to them. */
function happened(m: Machine, targets: readonly Obj[], name: string, site: Site): void {
  for (const target of targets) {
    const event = record(m, { type: ofConst(name), target: ofRef(target.id), currentTarget: ofRef(target.id) }, spot(site, name));
    emit(m, target, ofConst(name), { list: [event], rest: null }, site);
  }
}

const reads =
  (convert: (call: NativeCall) => Value): Native =>
  (call) => {
    const readers = selves(call);
    for (const reader of readers) joinSlot(call.m.heap, reader, "result", convert(call));
    for (const name of ["load", "loadend"]) happened(call.m, readers, name, call.site);
    return UNDEFINED;
  };

const fileReader: NativeTable = {
  FileReader: (call) => ofRef(instance(call.m, "global", "FileReader", call.site).id),
  ...methods("FileReader", {
    ...domTarget,
    ...alike(
      ["readAsText", "readAsDataURL", "readAsBinaryString"],
      reads((call) => decode(call.m, argOf(call, 0), call.site)),
    ),
    readAsArrayBuffer: reads((call) => encode(call.m, "ArrayBuffer", argOf(call, 0), call.site)),
    abort: constant(UNDEFINED),
  }),
};

/** A request of IndexedDB. */
function request(call: NativeCall, result: Value): Value {
  const made = instance(call.m, "global", "IDBRequest", call.site);
  setSlot(call.m.heap, made, "result", result);
  return ofRef(made.id);
}

const STORE = "\0object store";

const objectStore: Native = (call) => {
  const store = instance(call.m, "global", "IDBObjectStore", call.site);
  setSlot(call.m.heap, store, STORE, argOf(call, 0));
  return ofRef(store.id);
};

/** The places of the receiver's rows, as far as the name of its store is exact. */
const placesOf = (call: NativeCall): readonly string[] => namesOf(call.m, slotOf(selves(call), STORE)).map((name) => `idb:${name}`);

function row(call: NativeCall): Value {
  const v = joinAll(placesOf(call).map((place) => readPlace(call.m, place, call.site)));
  return isBottom(v) ? unknown(call.m, spot(call.site, "row")) : v;
}

const put: Native = (call) => {
  const { m, site } = call;
  const row = clone(m, argOf(call, 0), site, "structured");
  for (const place of placesOf(call)) writePlace(m, place, row, site);
  return request(call, argOf(call, 1));
};

const cursor: Native = (call) => {
  const made = instance(call.m, "global", "IDBCursor", call.site);
  setSlot(call.m.heap, made, "value", row(call));
  setSlot(call.m.heap, made, STORE, slotOf(selves(call), STORE));
  return request(call, join(ofRef(made.id), NULL));
};

const rows: NativeTable = {
  ...alike(["put", "add"], put),
  get: (call) => request(call, join(row(call), UNDEFINED)),
  getAll: (call) => request(call, listOf(call.m, row(call), spot(call.site, "rows"))),
  ...alike(["openCursor", "openKeyCursor"], cursor),
  getKey: (call) => request(call, ANY_STRING),
  getAllKeys: (call) => request(call, listOf(call.m, ANY_STRING, spot(call.site, "keys"))),
  ...alike(["delete", "clear", "count"], (call) => request(call, UNDEFINED)),
  // An index has the rows of its store.
  ...alike(["index", "createIndex"], (call) => call.self),
};

const indexedDb: NativeTable = {
  "indexedDB.open": (call) => request(call, ofRef(instance(call.m, "global", "IDBDatabase", { ...call.site, at: call.site.at + 1 }).id)),
  ...methods("IDBRequest", domTarget),
  ...methods("IDBDatabase", {
    ...domTarget,
    transaction: (call) => ofRef(instance(call.m, "global", "IDBTransaction", call.site).id),
    createObjectStore: objectStore,
    ...alike(["close", "deleteObjectStore"], constant(UNDEFINED)),
  }),
  ...methods("IDBTransaction", { ...domTarget, objectStore, ...alike(["commit", "abort"], constant(UNDEFINED)) }),
  ...methods("IDBObjectStore", rows),
  ...methods("IDBCursor", {
    update: put,
    delete: (call) => request(call, UNDEFINED),
    ...alike(["continue", "advance", "continuePrimaryKey"], constant(UNDEFINED)),
  }),
};

const DATA = "\0transferred:";

const dataTransfer: NativeTable = {
  DataTransfer: (call) => ofRef(instance(call.m, "global", "DataTransfer", call.site).id),
  ...methods("DataTransfer", {
    setData: (call) => {
      for (const obj of selves(call)) joinSlot(call.m.heap, obj, DATA, argOf(call, 1));
      return UNDEFINED;
    },
    getData: (call) => {
      const v = slotOf(selves(call), DATA);
      return isBottom(v) ? ANY_STRING : v;
    },
    clearData: constant(UNDEFINED),
  }),
};

export const domRequests: NativeModule = { modules: ["global"], natives: { ...fileReader, ...indexedDb, ...dataTransfer } };
