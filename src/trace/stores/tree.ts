/**
 * Stores that are one tree: a value is written under a path of names, and is there again below each beginning of it (Firebase's realtime
 * database), or under all paths that begin alike (Deno's key-value store). `*` is a name that is not known.
 */
import { S, setSlot } from "../domain/heap.js";
import type { Site } from "../domain/labels.js";
import { HOLE } from "../domain/text-pattern.js";
import { BOTTOM, isBottom, join, nonNullish, ofRef, type Value } from "../domain/value.js";
import { make, type Machine } from "../machine/machine.js";
import { getAny, getNamed } from "../machine/props.js";
import { namesOf } from "../machine/text-parts.js";
import { heldUnder, placesUnder, writePlace } from "./places.js";

/** Names from the root on. */
export type TreePath = readonly string[];

const ANY = "*";

/** The paths that a text may be. */
export const pathsIn = (m: Machine, path: Value): readonly TreePath[] =>
  namesOf(m, path).map((text) =>
    text
      .replace(/\{[^}]*\}/g, HOLE)
      .split("/")
      .filter((name) => name !== "")
      .map((name) => (name.includes(HOLE) ? ANY : name)),
  );

export function writeTree(m: Machine, kind: string, path: TreePath, v: Value, site: Site): void {
  if (!isBottom(nonNullish(v))) writePlace(m, `${kind}:${path.join("/")}`, v, site);
}

/** What is at a path, with all that was written below it; bottom where nothing was. */
export function readTree(m: Machine, kind: string, path: TreePath, site: Site): Value {
  let out: Value = BOTTOM;
  for (const place of placesUnder(m, `${kind}:`)) {
    const own = place
      .slice(kind.length + 1)
      .split("/")
      .filter((name) => name !== "");
    const meets = own.every((name, i) => i >= path.length || name === path[i] || name === ANY || path[i] === ANY);
    if (!meets) continue;
    const held = heldUnder(m, place, site);
    const v =
      own.length <= path.length
        ? path.slice(own.length).reduce((of: Value, name) => (name === ANY ? getAny(m, of, site) : getNamed(m, of, name, site)), held)
        : own
            .slice(path.length)
            .reduceRight((below: Value, name, i) => holding(m, name, below, `${site.file}:${site.at}:${place}:${i}`), held);
    out = join(out, nonNullish(v));
  }
  return out;
}

/** What was written under exactly this path, or under one that goes on. */
export function keptUnder(m: Machine, kind: string, path: TreePath, site: Site, onward: boolean): Value {
  let out: Value = BOTTOM;
  for (const place of placesUnder(m, `${kind}:`)) {
    const own = place.slice(kind.length + 1).split("/");
    const fits = onward ? own.length >= path.length : own.length === path.length;
    if (fits && path.every((name, i) => name === own[i] || name === ANY || own[i] === ANY)) out = join(out, heldUnder(m, place, site));
  }
  return out;
}

/** An object that has something under a name. */
function holding(m: Machine, name: string, v: Value, key: string): Value {
  const obj = make(m, "object", key);
  setSlot(m.heap, obj, name === ANY ? S.rest : name, v);
  return ofRef(obj.id);
}
