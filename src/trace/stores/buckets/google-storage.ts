/**
 * Google Cloud Storage (`@google-cloud/storage`, `firebase-admin/storage`): `storage.bucket(name).file(key)`, then `save`, `download`, streams.
 * API: https://googleapis.dev/nodejs/storage/latest.
 */
import { objectsOf } from "../../domain/heap.js";
import { ANY_NUMBER, BOTTOM, NULL, UNDEFINED, type Value } from "../../domain/value.js";
import type { Native, NativeCall } from "../../machine/machine.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeModule, NativeTable } from "../../natives/index.js";
import { readFile, writeFile } from "../../natives/file-places.js";
import { promised } from "../../natives/settle.js";
import { alike, argOf, arrayOf, at, callWith, lastCallback, listOf, option, record, selves, under } from "../../natives/support.js";
import { addressOf } from "./addresses.js";
import {
  blobHandle,
  bodyStream,
  bytes,
  getBlob,
  getMetadata,
  nameOfHandle,
  putBlob,
  putMetadata,
  someKey,
  writingBlob,
  type BlobName,
} from "./blobs.js";

const LIB = "@google-cloud/storage";

const self = (call: NativeCall): BlobName => nameOfHandle(selves(call));
const fileNamed = (call: NativeCall, name: BlobName): Value => blobHandle(call.m, LIB, "File", name, call.site);

/** Results come as a list, or one by one to a callback behind its error. */
function given(call: NativeCall, results: readonly Value[]): Value {
  const callback = lastCallback(call.m, call.args);
  if (callback === undefined) return promised(call, arrayOf(call.m, results, at(call, "results")));
  callWith(call.m, callback, [NULL, ...results], call.site);
  return UNDEFINED;
}

const done = (call: NativeCall): Value => given(call, [unknown(call.m, at(call, "response"))]);

/** `file.copy("key")`, `file.copy(other)`: another object of the bucket, or the one that is meant. */
const copy: Native = (call) => {
  const { m, site } = call;
  const to = argOf(call, 0);
  const target = to.refs.length > 0 ? nameOfHandle(objectsOf(m.heap, to)) : { bucket: self(call).bucket, key: to };
  putBlob(m, target, getBlob(m, self(call), site), site);
  return given(call, [fileNamed(call, target)]);
};

/** `{ metadata: { metadata } }`: the program's own stands beside what the service says of an object. */
function describe(call: NativeCall, name: BlobName, options: Value): void {
  putMetadata(call.m, name, option(call, option(call, options, "metadata"), "metadata"), call.site);
}

const FILE: NativeTable = {
  save: (call) => {
    putBlob(call.m, self(call), argOf(call, 0), call.site);
    describe(call, self(call), argOf(call, 1));
    return done(call);
  },
  setMetadata: (call) => {
    putMetadata(call.m, self(call), option(call, argOf(call, 0), "metadata"), call.site);
    return done(call);
  },
  getMetadata: (call) =>
    given(call, [record(call.m, { metadata: getMetadata(call.m, self(call), call.site), size: ANY_NUMBER }, at(call, "metadata"))]),
  getSignedUrl: (call) => given(call, [addressOf(call.m, "google", self(call), call.site, true)]),
  publicUrl: (call) => addressOf(call.m, "google", self(call), call.site, false),
  download: (call) => {
    const content = getBlob(call.m, self(call), call.site);
    const destination = option(call, argOf(call, 0), "destination");
    if (destination.consts.length > 0 || destination.kinds !== UNDEFINED.kinds) writeFile(call.m, destination, content, call.site);
    return given(call, [bytes(call, content)]);
  },
  createWriteStream: (call) => {
    describe(call, self(call), argOf(call, 0));
    return writingBlob(call.m, self(call), call.site);
  },
  createReadStream: (call) => bodyStream(call.m, getBlob(call.m, self(call), call.site), call.site),
  ...alike(["copy", "move", "rename"], copy),
  ...alike(["exists", "delete", "makePublic"], done),
};

const BUCKET: NativeTable = {
  file: (call) => fileNamed(call, { bucket: self(call).bucket, key: argOf(call, 0) }),
  upload: (call) => {
    const { m, site } = call;
    const destination = option(call, argOf(call, 1), "destination");
    const key = destination.consts.length > 0 || destination.patterns.length > 0 ? destination : BOTTOM;
    describe(call, { bucket: self(call).bucket, key }, argOf(call, 1));
    putBlob(m, { bucket: self(call).bucket, key }, readFile(m, argOf(call, 0), site), site);
    return given(call, [fileNamed(call, { bucket: self(call).bucket, key })]);
  },
  getFiles: (call) =>
    given(call, [listOf(call.m, fileNamed(call, { bucket: self(call).bucket, key: someKey(call.m, call.site) }), at(call, "files"))]),
};

const bucket: Native = (call) => blobHandle(call.m, LIB, "Bucket", { bucket: argOf(call, 0), key: BOTTOM }, call.site);

function match(_module: string, path: readonly string[]): Native | undefined {
  const name = path.at(-1) ?? "";
  const owner = path[0] === "File" ? FILE : path[0] === "Bucket" ? BUCKET : undefined;
  if (owner !== undefined) return under(owner, name);
  return name === "bucket" ? bucket : undefined;
}

/** Google Cloud Storage. */
export const googleStorage: NativeModule = { modules: [LIB, "firebase-admin/storage"], natives: {}, match };
