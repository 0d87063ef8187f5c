/** Files as places: what is written under a path is read back under the same one. */
import { posix } from "node:path";
import type { Site } from "../domain/labels.js";
import { objectsOf, S, setSlot } from "../domain/heap.js";
import { HOLE } from "../domain/text-pattern.js";
import { ANY_STRING, BOTTOM, isBottom, join, joinAll, ofConst, ofRef, primitivePart, type Value } from "../domain/value.js";
import { allLabels } from "../machine/deep.js";
import type { Machine } from "../machine/machine.js";
import { namesOf } from "../machine/text-parts.js";
import { placesUnder, readPlace, writePlace } from "../stores/places.js";
import { pathText } from "./path.js";
import { newStream, PLACE } from "./stream-core.js";
import { everything } from "./stream.js";
import { instance } from "./support.js";

const OPEN = "file:?";

/** The places that a path (or an open file) can be: one for each text, one for each thing of unknown text, else the open one. */
export function placesOf(m: Machine, path: Value): readonly string[] {
  const text = pathText(m, path);
  if (text !== undefined) return [`file:${posix.normalize(text)}`];
  const out = new Set<string>();
  for (const obj of objectsOf(m.heap, path)) {
    const held = obj.props.get(PLACE);
    if (held !== undefined) for (const c of held.consts) out.add(String(c));
    // Call paths are numbered in the order of the run: the place is named by what comes behind.
    else out.add(obj.kind === "unknown" ? `${OPEN}${obj.key.slice(obj.key.indexOf("|") + 1)}` : OPEN);
  }
  const primitive = primitivePart(path);
  if (path.refs.length === 0 || primitive.consts.length > 0 || primitive.patterns.length > 0)
    for (const name of namesOf(m, primitive)) for (const place of placesNamed(name)) out.add(place);
  return out.size === 0 ? [OPEN] : [...out].sort();
}

/** The places of a path with holes. One that begins with a hole may be in the working folder (`${dir}/a.json`, where that is `.`). */
function placesNamed(path: string): readonly string[] {
  const name = path.replace(/^file:\/\//, "");
  if (!name.includes(HOLE)) return [`file:${posix.normalize(name)}`];
  // Nothing but slashes and dots: no name is known.
  if (!/[^/.\0]/.test(name)) return [OPEN];
  // What `..` leads out of may be in a hole.
  const whole = name.includes("..") ? HOLE + name.slice(name.lastIndexOf("..") + 2) : posix.normalize(name);
  const own = `file:${whole}`;
  return whole.startsWith(`${HOLE}/`) ? [own, `file:${whole.slice(2)}`] : [own];
}

/** What a file is given: text or bytes as they are, the chunks of anything iterable. */
export function dataOf(m: Machine, data: Value, site: Site): Value {
  const chunked = objectsOf(m.heap, data).filter(
    (o) => o.kind === "set" || o.kind === "generator" || o.kind === "iterator" || o.kind === "array",
  );
  if (chunked.length === 0) return data;
  let out: Value = {
    ...data,
    refs: objectsOf(m.heap, data)
      .filter((o) => !chunked.includes(o))
      .map((o) => o.id),
  };
  for (const o of chunked) out = join(out, everything(m, ofRef(o.id, data.via), site));
  return out;
}

export function writeFile(m: Machine, path: Value, data: Value, site: Site): void {
  const content = dataOf(m, data, site);
  for (const place of placesOf(m, path)) {
    writePlace(m, place, content, site);
    const labels = place === OPEN ? allLabels(m, content) : [];
    if (labels.length > 0)
      m.blind("unknown-store", site, "a file whose path is not known: only reads of unknown paths are taken to read it", labels);
  }
}

/** What a file holds; any text where nothing is known to be written. */
export function readFile(m: Machine, path: Value, site: Site): Value {
  const v = joinAll(placesOf(m, path).map((place) => readPlace(m, place, site)));
  return isBottom(v) ? ANY_STRING : v;
}

/** Names of places as a value, for streams and handles. */
const placeNames = (m: Machine, path: Value): Value => placesOf(m, path).reduce((out: Value, p) => join(out, ofConst(p)), BOTTOM);

export function writingStream(m: Machine, path: Value, site: Site): Value {
  const stream = newStream(m, "Writable", site);
  setSlot(m.heap, stream, PLACE, placeNames(m, path));
  return ofRef(stream.id);
}

export function readingStream(m: Machine, path: Value, site: Site): Value {
  const stream = newStream(m, "Readable", site);
  setSlot(m.heap, stream, S.rest, readFile(m, path, site));
  return ofRef(stream.id);
}

/** An open file. */
export function handleOf(m: Machine, path: Value, site: Site): Value {
  const handle = instance(m, "fs", "FileHandle", site);
  setSlot(m.heap, handle, PLACE, placeNames(m, path));
  return ofRef(handle.id);
}

/** `cp(folder, other)`: each file that is known to be in the one is in the other as well. */
export function copyFolder(m: Machine, from: Value, to: Value, site: Site): void {
  const [source, target] = [pathText(m, from), pathText(m, to)];
  if (source === undefined || target === undefined) return;
  const prefix = `file:${posix.normalize(source)}/`;
  for (const place of placesUnder(m, prefix))
    writePlace(m, `file:${posix.join(target, place.slice(prefix.length))}`, readPlace(m, place, site), site);
}
