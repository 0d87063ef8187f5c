/** Objects in Supabase's buckets: `supabase.storage.from("reports").upload(path, body)`. */
import { ANY_STRING, BOTTOM, join, NULL, type Value } from "../../domain/value.js";
import { type Native, type NativeCall } from "../../machine/machine.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeTable } from "../../natives/index.js";
import { encode } from "../../natives/text.js";
import { promised } from "../../natives/settle.js";
import { alike, argOf, at, listOf, record, selves } from "../../natives/support.js";
import { blobHandle, getBlob, nameOfHandle, putBlob, someKey, type BlobName } from "../buckets/blobs.js";

const LIB = "@supabase/supabase-js";

/** A bucket by its name. */
export const bucketNamed: Native = (call) => blobHandle(call.m, LIB, "Bucket", { bucket: argOf(call, 0), key: BOTTOM }, call.site);

const nameOf = (call: NativeCall, key: Value): BlobName => ({ bucket: nameOfHandle(selves(call)).bucket, key });

const given = (call: NativeCall, data: Value): Value =>
  promised(call, record(call.m, { data, error: join(unknown(call.m, at(call, "error")), NULL) }, at(call, "given")));

const pathOf = (call: NativeCall, key: Value): Value =>
  record(call.m, { path: key, fullPath: ANY_STRING, id: ANY_STRING }, at(call, "path"));

const upload: Native = (call) => {
  putBlob(call.m, nameOf(call, argOf(call, 0)), argOf(call, 1), call.site);
  return given(call, pathOf(call, argOf(call, 0)));
};

const copy: Native = (call) => {
  putBlob(call.m, nameOf(call, argOf(call, 1)), getBlob(call.m, nameOf(call, argOf(call, 0)), call.site), call.site);
  return given(call, pathOf(call, argOf(call, 1)));
};

/** What a bucket can do. */
export const bucketMethods: NativeTable = {
  ...alike(["upload", "update"], upload),
  uploadToSignedUrl: (call) => {
    putBlob(call.m, nameOf(call, argOf(call, 0)), argOf(call, 2), call.site);
    return given(call, pathOf(call, argOf(call, 0)));
  },
  download: (call) => given(call, encode(call.m, "Blob", getBlob(call.m, nameOf(call, argOf(call, 0)), call.site), call.site)),
  ...alike(["copy", "move"], copy),
  list: (call) => given(call, listOf(call.m, record(call.m, { name: someKey(call.m, call.site) }, at(call, "file")), at(call, "files"))),
  ...alike(["remove", "createSignedUrl", "createSignedUrls", "createSignedUploadUrl", "info", "exists"], (call) =>
    given(call, unknown(call.m, at(call, "done"))),
  ),
};
