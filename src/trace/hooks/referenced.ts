/** What a text names instead of holding it: objects of a bucket, by their URI. Who is given the URI is given what was written there. */
import { BOTTOM, join, type Value } from "../domain/value.js";
import type { Site } from "../domain/labels.js";
import { HOLE } from "../domain/text-pattern.js";
import type { Machine } from "../machine/machine.js";
import { namesOf } from "../machine/text-parts.js";
import { blobsLike } from "../stores/buckets/blobs.js";

/** `s3://bucket/prefix` names all objects whose keys begin so, of which one may be all of the key. */
const URI = /^(?:s3|gs):\/\/([^/]+)\/?([^]*)$/;

/** What is kept under the URIs that a text can be; nothing of a text that does not say which bucket or where in it. */
export function referenced(m: Machine, text: Value, site: Site): Value {
  if (text.consts.length === 0 && text.patterns.length === 0) return BOTTOM;
  return namesOf(m, text).reduce((all, name) => {
    const [, bucket, key = ""] = URI.exec(name) ?? [];
    return bucket === undefined || (bucket === HOLE && key === "") ? all : join(all, blobsLike(m, `${bucket}/${key}${HOLE}`, site));
  }, BOTTOM);
}
