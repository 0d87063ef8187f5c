/**
 * Objects in buckets (S3, Google Cloud Storage, Azure's containers, MinIO) as places, whichever client reads and writes them. The key stands
 * before the bucket: which bucket it is the environment often says, and then the keys still tell the places apart.
 */
import type { Site } from "../../domain/labels.js";
import { objectsOf, setSlot, type Obj } from "../../domain/heap.js";
import { HOLE } from "../../domain/text-pattern.js";
import {
  ANY_STRING,
  BOTTOM,
  isBottom,
  join,
  joinAll,
  ofConst,
  ofRef,
  primitivePart,
  stringOf,
  UNDEFINED,
  type Value,
} from "../../domain/value.js";
import { allLabels } from "../../machine/deep.js";
import { hop, type Machine, type Native, type NativeCall } from "../../machine/machine.js";
import { unknown } from "../../machine/unknown.js";
import { namesOf } from "../../machine/text-parts.js";
import { encode } from "../../natives/text.js";
import { dataOf } from "../../natives/file-places.js";
import { promised } from "../../natives/settle.js";
import { newStream, PLACE } from "../../natives/stream-core.js";
import { streamOf } from "../../natives/buffer.js";
import { asText, instance, nativeValue, slotOf } from "../../natives/support.js";
import { readPlace, writePlace } from "../places.js";
import { blobOfAddress } from "./addresses.js";

/** Where an object is: what its bucket (or container) is called, and its key. */
export interface BlobName {
  readonly bucket: Value;
  readonly key: Value;
}

const BEHIND_KEY = "\u0002";
/** Keys that spell out a field: who lists a bucket is given them. */
const KEYS = "blob keys";

/** What nobody knows is any name; `s3://bucket/` before a key is no part of it. */
const names = (m: Machine, v: Value): readonly string[] =>
  isBottom(v) || v === UNDEFINED ? [HOLE] : namesOf(m, v).map((name) => name.replace(/^\/+/, ""));

/** What is kept of an object: its content, and what describes it. */
type Part = "blob" | "metadata" | "tags";

/** The places that an object can be. */
export const blobPlaces = (m: Machine, { bucket, key }: BlobName, part: Part = "blob"): readonly string[] =>
  names(m, key).flatMap((k) => names(m, bucket).map((b) => `${part}:${k}${BEHIND_KEY}${b}`));

/** Keeps a body under a name: text, bytes, or what a stream or a list of chunks gives. */
export function putBlob(m: Machine, name: BlobName, body: Value, site: Site): void {
  const content = dataOf(m, body, site);
  for (const place of blobPlaces(m, name)) writePlace(m, place, content, site);
  const labels = allLabels(m, name.key);
  if (labels.length > 0) writePlace(m, KEYS, stringOf(labels), site);
}

/** What is kept under a name; any text where nothing is known to be. */
export function getBlob(m: Machine, name: BlobName, site: Site): Value {
  const v = joinAll(blobPlaces(m, name).map((place) => readPlace(m, place, site)));
  return isBottom(v) ? ANY_STRING : hop(m, v, "read", site);
}

/** What describes an object: names and values that its writer has chosen. */
export function putMetadata(m: Machine, name: BlobName, metadata: Value, site: Site, part: Part = "metadata"): void {
  if (metadata.refs.length > 0) for (const place of blobPlaces(m, name, part)) writePlace(m, place, metadata, site);
}

export function getMetadata(m: Machine, name: BlobName, site: Site, part: Part = "metadata"): Value {
  const v = joinAll(blobPlaces(m, name, part).map((place) => readPlace(m, place, site)));
  return join(v, unknown(m, `${site.file}:${site.at}:${part}`));
}

/** Keeps a body under an address; false where that is none of an object. */
export function putBlobAt(m: Machine, url: string, body: Value, site: Site): boolean {
  const at = blobOfAddress(url);
  if (at !== undefined && !isBottom(body)) writePlace(m, `blob:${at.key}${BEHIND_KEY}${at.bucket}`, dataOf(m, body, site), site);
  return at !== undefined;
}

/** What is under an address; bottom where nothing is known to be. */
export function getBlobAt(m: Machine, url: string, site: Site): Value {
  const at = blobOfAddress(url);
  return at === undefined ? BOTTOM : readPlace(m, `blob:${at.key}${BEHIND_KEY}${at.bucket}`, site);
}

/** A key of some object in a bucket. */
export function someKey(m: Machine, site: Site): Value {
  const known = readPlace(m, KEYS, site);
  return isBottom(known) ? ANY_STRING : join(ANY_STRING, known);
}

/** Everything in the objects that a manifest's `bucket/pattern` names. */
export const blobsLike = (m: Machine, pattern: string, site: Site): Value => readPlace(m, blobPlaceOf(pattern), site);

/** The place of all objects that a manifest's `bucket/pattern` names. */
export function blobPlaceOf(pattern: string): string {
  const [bucket = "", ...key] = pattern.replace(/\*+/g, HOLE).split("/");
  return `blob:${key.length === 0 ? HOLE : key.join("/").replace(/\0\/\0/g, HOLE)}${BEHIND_KEY}${bucket}`;
}

// ------------------------------------------------------------------------------------------------ handles

const BUCKET = "\0bucket";
const KEY = "\0key";

/** A client's own object for a bucket or for an object in one. */
export function blobHandle(m: Machine, module: string, owner: string, { bucket, key }: BlobName, site: Site): Value {
  const obj = instance(m, module, owner, site);
  setSlot(m.heap, obj, BUCKET, bucket);
  setSlot(m.heap, obj, KEY, key);
  return ofRef(obj.id);
}

/** What such objects stand for; nothing is known of those that only a type tells. */
export const nameOfHandle = (objects: readonly Obj[]): BlobName => ({ bucket: slotOf(objects, BUCKET), key: slotOf(objects, KEY) });

// ------------------------------------------------------------------------------------------------ bodies

/** A stream of what an object holds, with the conversions that the clients of AWS give it. */
export function bodyStream(m: Machine, content: Value, site: Site): Value {
  const stream = streamOf(m, content, site);
  for (const obj of objectsOf(m.heap, stream)) {
    const method = (name: string, run: Native): void => setSlot(m.heap, obj, name, nativeValue(m, site, name, run, [content]));
    method("transformToString", (call) => promised(call, asText(call.m, content, call.site)));
    method("transformToByteArray", (call) => promised(call, bytes(call, content)));
    method("transformToWebStream", (call) => streamOf(call.m, content, call.site));
  }
  return stream;
}

/** Content as a buffer. */
export const bytes = (call: NativeCall, content: Value): Value => encode(call.m, "Buffer", content, call.site);

/** A stream that writes to an object. */
export function writingBlob(m: Machine, name: BlobName, site: Site): Value {
  const stream = newStream(m, "Writable", site);
  setSlot(m.heap, stream, PLACE, joinAll(blobPlaces(m, name).map(ofConst)));
  return ofRef(stream.id);
}

/** `bucket/key` in one text, as copies name their source. */
export function nameOfPath(m: Machine, path: Value): BlobName {
  const parts = namesOf(m, primitivePart(path)).map((text) => text.replace(/^(?:s3|gs):\/\/|^\/+/, ""));
  const part = (take: (text: string) => string): Value => {
    const texts = parts.map(take);
    return texts.some((text) => text.includes(HOLE)) ? BOTTOM : joinAll(texts.map(ofConst));
  };
  return { bucket: part((text) => text.split("/")[0]!), key: part((text) => text.slice(text.indexOf("/") + 1)) };
}
