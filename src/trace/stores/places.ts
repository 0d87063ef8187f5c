/**
 * Places that outlive a call: tables, queues, buckets, files, named by a string such as `table:DatasetEntry` or `file:out/x.jsonl`.
 * A write joins what the place holds; a read gives all that was ever written. Whoever has read a place before its write runs again.
 */
import type { Site } from "../domain/labels.js";
import { BOTTOM, hasPrimitive, isBottom, type Value } from "../domain/value.js";
import { hop, type Machine } from "../machine/machine.js";
import { placeGrew, readsPlace, writesPlace } from "../machine/roots.js";
import { freeze, joinFrozen, NOTHING, sameFrozen, sameLabelled, simplified, thaw, type Frozen } from "./frozen.js";

export interface Places {
  readonly contents: Map<string, Frozen>;
}

export const newPlaces = (): Places => ({ contents: new Map() });

/** Writes a value to a place. */
export function writePlace(m: Machine, place: string, v: Value, site: Site): void {
  if (isBottom(v) || (v.refs.length === 0 && !hasPrimitive(v))) return;
  writesPlace(m, place);
  const known = m.places.contents.get(place);
  const before = known ?? NOTHING;
  const after = joinFrozen(before, simplified(freeze(m, hop(m, v, "write", site), site)));
  if (sameFrozen(before, after)) return;
  m.places.contents.set(place, after);
  // What bears no label others may have written as well: who has read it has reckoned with that.
  if (known === undefined || !sameLabelled(before, after)) placeGrew(m, place);
}

/** What a place holds; bottom when nothing was written. */
export function readPlace(m: Machine, place: string, site: Site): Value {
  readsPlace(m, place);
  const f = m.places.contents.get(place);
  return f === undefined ? BOTTOM : thaw(m, f, site);
}

/** The names of all places with a prefix that hold something, sorted; reading them counts as reading the prefix. */
export function placesUnder(m: Machine, prefix: string): readonly string[] {
  readsPlace(m, prefix);
  return [...m.places.contents.keys()].filter((k) => k.startsWith(prefix)).sort();
}
