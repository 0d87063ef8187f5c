/**
 * Addresses of objects in buckets, as services have them: signed ones, by which somebody without a client reads or writes one object, and those
 * that a program puts together itself. What a signature adds stands behind the `?`.
 */
import type { Site } from "../../domain/labels.js";

import { ANY_STRING, hasPrimitive, isBottom, joinAll, nonNullish, ofConst, ofRef, type Value } from "../../domain/value.js";
import { objectsOf } from "../../domain/heap.js";
import type { Machine } from "../../machine/machine.js";
import { concatenate } from "../../machine/operators.js";
import type { BlobName } from "./blobs.js";

/** Where an object is by its address, as texts that may have holes. */
export interface BlobAddress {
  readonly bucket: string;
  readonly key: string;
}

const FORMS = [
  /^https?:\/\/(?<bucket>[^/?#]+)\.s3[\w.\0-]*\.amazonaws\.com\/(?<key>[^?#]+)/i,
  /^https?:\/\/s3[\w.\0-]*\.amazonaws\.com\/(?<bucket>[^/?#]+)\/(?<key>[^?#]+)/i,
  /^https?:\/\/storage\.googleapis\.com\/(?<bucket>[^/?#]+)\/(?<key>[^?#]+)/i,
  /^https?:\/\/(?<bucket>[^/?#]+)\.storage\.googleapis\.com\/(?<key>[^?#]+)/i,
  /^https?:\/\/[^/?#]+\.blob\.core\.windows\.net\/(?<bucket>[^/?#]+)\/(?<key>[^?#]+)/i,
];

/** The object that an address is of; undefined for other addresses. */
export function blobOfAddress(url: string): BlobAddress | undefined {
  for (const form of FORMS) {
    const groups = form.exec(url)?.groups;
    if (groups !== undefined) return { bucket: groups["bucket"]!, key: groups["key"]! };
  }
  return undefined;
}

/** The services whose addresses are made. */
export type Service = "amazon" | "google" | "azure";

const BEFORE: Readonly<Record<Service, readonly [before: string, between: string]>> = {
  amazon: ["https://", ".s3.amazonaws.com/"],
  google: ["https://storage.googleapis.com/", "/"],
  azure: ["https://account.blob.core.windows.net/", "/"],
};

/** The address of an object; signed where it may be used without a client. */
export function addressOf(m: Machine, service: Service, { bucket, key }: BlobName, site: Site, signed: boolean): Value {
  const [before, between] = BEFORE[service];
  const parts = [ofConst(before), text(m, bucket), ofConst(between), text(m, key), ...(signed ? [ofConst("?signature")] : [])];
  return parts.reduce((all, part) => concatenate(m, all, part, site));
}

/** A part of a name: what is not known, or depends on the environment, is any text. */
function text(m: Machine, v: Value): Value {
  const own = nonNullish(v);
  const texts = joinAll(objectsOf(m.heap, own).flatMap((o) => (o.kind === "text" ? [ofRef(o.id)] : [])));
  const part: Value = { ...own, refs: texts.refs };
  return isBottom(part) || !(hasPrimitive(part) || part.refs.length > 0) ? ANY_STRING : part;
}
