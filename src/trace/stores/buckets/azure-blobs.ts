/**
 * Azure's blobs (`@azure/storage-blob`): a service client gives clients of containers, those give clients of blobs, which upload and download.
 * API: https://learn.microsoft.com/javascript/api/@azure/storage-blob.
 */
import { objectsOf, S, setSlot } from "../../domain/heap.js";
import { BOTTOM, ofRef, type Value } from "../../domain/value.js";
import { hasArg } from "../../machine/call.js";
import type { Native, NativeCall } from "../../machine/machine.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeModule, NativeTable } from "../../natives/index.js";
import { readFile, writeFile } from "../../natives/file-places.js";
import { promised } from "../../natives/settle.js";
import { newStream } from "../../natives/stream-core.js";
import { alike, argOf, at, option, record, selves, under } from "../../natives/support.js";
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
  type BlobName,
} from "./blobs.js";

const LIB = "@azure/storage-blob";

const self = (call: NativeCall): BlobName => nameOfHandle(selves(call));
const answer = (call: NativeCall, more: Readonly<Record<string, Value>> = {}): Value =>
  promised(call, record(call.m, { requestId: unknown(call.m, at(call, "id")), ...more }, at(call, "response")));

/** Keeps what is uploaded, with the metadata among the options behind it. */
function keep(call: NativeCall, name: BlobName, content: Value): Value {
  putBlob(call.m, name, content, call.site);
  for (const options of call.args.list.slice(1)) {
    putMetadata(call.m, name, option(call, options, "metadata"), call.site);
    putMetadata(call.m, name, option(call, options, "tags"), call.site, "tags");
  }
  return answer(call);
}

const content = (call: NativeCall): Value => getBlob(call.m, self(call), call.site);

/** A client for the blob of a name, with its address. */
function blobNamed(call: NativeCall, name: BlobName, owner: string): Value {
  const blob = blobHandle(call.m, LIB, owner, name, call.site);
  for (const obj of objectsOf(call.m.heap, blob)) setSlot(call.m.heap, obj, "url", addressOf(call.m, "azure", name, call.site, false));
  return blob;
}

/** Methods that give a client for a blob, each one of its class: a manifest names methods by their class. */
function clients(name: (call: NativeCall) => BlobName): NativeTable {
  const owners = ["BlobClient", "BlockBlobClient", "AppendBlobClient", "PageBlobClient"];
  return Object.fromEntries(owners.map((owner): [string, Native] => [`get${owner}`, (call) => blobNamed(call, name(call), owner)]));
}

const BLOB: NativeTable = {
  ...alike(["upload", "uploadData", "uploadStream", "uploadBrowserData", "appendBlock"], (call) => keep(call, self(call), argOf(call, 0))),
  stageBlock: (call) => keep(call, self(call), argOf(call, 1)),
  uploadFile: (call) => keep(call, self(call), readFile(call.m, argOf(call, 0), call.site)),
  download: (call) =>
    answer(call, {
      readableStreamBody: bodyStream(call.m, content(call), call.site),
      blobBody: promised(call, bytes(call, content(call))),
      metadata: getMetadata(call.m, self(call), call.site),
    }),
  downloadToBuffer: (call) => promised(call, bytes(call, content(call))),
  downloadToFile: (call) => {
    writeFile(call.m, argOf(call, 0), content(call), call.site);
    return answer(call);
  },
  ...alike(["setMetadata"], (call) => {
    putMetadata(call.m, self(call), argOf(call, 0), call.site);
    return answer(call);
  }),
  setTags: (call) => {
    putMetadata(call.m, self(call), argOf(call, 0), call.site, "tags");
    return answer(call);
  },
  getTags: (call) => answer(call, { tags: getMetadata(call.m, self(call), call.site, "tags") }),
  generateSasUrl: (call) => promised(call, addressOf(call.m, "azure", self(call), call.site, true)),
  getProperties: (call) => answer(call, { metadata: getMetadata(call.m, self(call), call.site) }),
  ...clients((call) => self(call)),
  ...alike(["getBlobLeaseClient", "withSnapshot", "withVersion"], (call) => call.self),
  ...alike(["delete", "deleteIfExists", "exists", "commitBlockList", "createIfNotExists", "create", "setHTTPHeaders"], (call) =>
    answer(call),
  ),
};

/** What a list says of one of the blobs in a container. */
function item(call: NativeCall): Value {
  const { m, site } = call;
  const any = { bucket: self(call).bucket, key: BOTTOM };
  const described = { metadata: getMetadata(m, any, site), tags: getMetadata(m, any, site, "tags") };
  return record(m, { name: someKey(m, site), ...described }, at(call, "item"));
}

/** Any number of blobs, to be iterated. */
const listed: Native = (call) => {
  const list = newStream(call.m, "Readable", call.site);
  setSlot(call.m.heap, list, S.rest, item(call));
  return ofRef(list.id);
};

const CONTAINER: NativeTable = {
  ...clients((call) => ({ bucket: self(call).bucket, key: argOf(call, 0) })),
  uploadBlockBlob: (call) => keep(call, { bucket: self(call).bucket, key: argOf(call, 0) }, argOf(call, 1)),
  ...alike(["listBlobsFlat", "listBlobsByHierarchy", "findBlobsByTags"], listed),
  ...alike(["create", "createIfNotExists", "delete", "deleteIfExists", "deleteBlob", "exists"], (call) => answer(call)),
};

const container = (call: NativeCall, name: Value): Value =>
  blobHandle(call.m, LIB, "ContainerClient", { bucket: name, key: BOTTOM }, call.site);

/** `new BlockBlobClient(connection, container, blob)`; what a lone address names is not known. */
const newBlob =
  (owner: string): Native =>
  (call) => {
    const known = hasArg(call.args, 2) && objectsOf(call.m.heap, argOf(call, 1)).length === 0;
    return blobNamed(call, known ? { bucket: argOf(call, 1), key: argOf(call, 2) } : { bucket: BOTTOM, key: BOTTOM }, owner);
  };

const newContainer: Native = (call) =>
  container(call, hasArg(call.args, 1) && objectsOf(call.m.heap, argOf(call, 1)).length === 0 ? argOf(call, 1) : BOTTOM);

const BLOB_CLASS = /^(Blob|BlockBlob|AppendBlob|PageBlob)Client$/;

function match(_module: string, path: readonly string[]): Native | undefined {
  const name = path.at(-1) ?? "";
  if (path.length === 1) return BLOB_CLASS.test(name) ? newBlob(name) : name === "ContainerClient" ? newContainer : undefined;
  if (name === "getContainerClient") return (call) => container(call, argOf(call, 0));
  const owner = BLOB_CLASS.test(path[0]!) ? BLOB : path[0] === "ContainerClient" ? CONTAINER : undefined;
  return owner && under(owner, name);
}

/** Azure's blobs. */
export const azureBlobs: NativeModule = { modules: [LIB], natives: {}, match };
