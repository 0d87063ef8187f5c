/**
 * Oracle's Object Storage (`oci-objectstorage`): requests name bucket and object; an upload manager sends in parts.
 * API: https://docs.oracle.com/en-us/iaas/tools/typescript/latest/modules/_objectstorage_index_.html.
 */
import { objectsOf } from "../../domain/heap.js";
import { joinAll, type Value } from "../../domain/value.js";
import type { NativeCall } from "../../machine/machine.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeModule, NativeTable } from "../../natives/index.js";
import { readFile } from "../../natives/file-places.js";
import { promised } from "../../natives/settle.js";
import { argOf, at, listOf, option, record, under } from "../../natives/support.js";
import { bodyStream, getBlob, putBlob, someKey, type BlobName } from "./blobs.js";

const named = (call: NativeCall, request: Value): BlobName => ({
  bucket: option(call, request, "bucketName"),
  key: option(call, request, "objectName"),
});

const answer = (call: NativeCall, more: Readonly<Record<string, Value>> = {}): Value =>
  promised(call, record(call.m, { opcRequestId: unknown(call.m, at(call, "id")), ...more }, at(call, "response")));

/** `{ stream }`, `{ blob }` or `{ filePath }`. */
function contentOf(call: NativeCall, content: Value): Value {
  const { m, site } = call;
  const has = (name: string): boolean => objectsOf(m.heap, content).some((o) => o.props.has(name));
  const held = ["stream", "blob"].filter(has).map((name) => option(call, content, name));
  return joinAll(has("filePath") ? [...held, readFile(m, option(call, content, "filePath"), site)] : held);
}

const OPERATIONS: NativeTable = {
  putObject: (call) => {
    putBlob(call.m, named(call, argOf(call, 0)), option(call, argOf(call, 0), "putObjectBody"), call.site);
    return answer(call);
  },
  getObject: (call) => answer(call, { value: bodyStream(call.m, getBlob(call.m, named(call, argOf(call, 0)), call.site), call.site) }),
  listObjects: (call) => {
    const objects = listOf(call.m, record(call.m, { name: someKey(call.m, call.site) }, at(call, "item")), at(call, "list"));
    return answer(call, { listObjects: record(call.m, { objects, nextStartWith: unknown(call.m, at(call, "next")) }, at(call, "listed")) });
  },
  upload: (call) => {
    const request = argOf(call, 0);
    putBlob(call.m, named(call, option(call, request, "requestDetails")), contentOf(call, option(call, request, "content")), call.site);
    return answer(call);
  },
};

/** Oracle's Object Storage. */
export const ociStorage: NativeModule = {
  modules: ["oci-objectstorage", "oci-sdk"],
  natives: {},
  match: (_module, path) => {
    const name = path.at(-1) ?? "";
    const isOwn = path.includes("ObjectStorageClient") || path.includes("UploadManager");
    return isOwn && path.at(-2) !== undefined ? under(OPERATIONS, name) : undefined;
  },
};
