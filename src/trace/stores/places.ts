/**
 * Places that outlive a call: tables, queues, buckets, files, named by a string such as `table:DatasetEntry` or `file:out/x.jsonl`.
 * A write joins what the place holds; a read gives all that was ever written. Whoever has read a place before its write runs again.
 * A name with holes is any of the places that fit: it is read by whoever reads one of those, and the other way round.
 */
import type { Site } from "../domain/labels.js";
import { HOLE } from "../domain/text-pattern.js";
import { BOTTOM, hasPrimitive, isBottom, join, type Value } from "../domain/value.js";
import { allLabels } from "../machine/deep.js";
import { LIMITS, type Machine } from "../machine/machine.js";
import { placeGrew, readsPlace, writesPlace } from "../machine/roots.js";
import { freeze } from "./freeze.js";
import { frozenLabels, joinFrozen, NOTHING, sameFrozen, thaw, type Frozen } from "./frozen.js";
import { PlaceIndex } from "./place-index.js";
import { isCut, sameLabelled, simplified } from "./simplify.js";

export interface Places {
  readonly contents: Map<string, Frozen>;
  /** How often a place has got new labels, or old ones in new parts. */
  readonly growths: Map<string, number>;
  /** Names of those that hold something. */
  readonly index: PlaceIndex;
}

export const newPlaces = (): Places => ({ contents: new Map(), growths: new Map(), index: new PlaceIndex() });

/**
 * Levels of structure that a place keeps. What programs write back of what they have read may nest without end: a place that goes on growing
 * keeps less of it, so that it comes to an end (a widening: Cousot and Cousot, POPL 1977).
 */
const levelsOf = (growths: number): number => (growths < 3 ? LIMITS.placeLevels : growths < 5 ? 6 : 3);

/** Writes a value to a place; `isService`: of something that is always reached over the network, unlike a table of any database. */
export function writePlace(m: Machine, place: string, v: Value, site: Site, isService = false): void {
  if (isBottom(v) || (v.refs.length === 0 && !hasPrimitive(v))) return;
  writesPlace(m, place);
  const known = m.places.contents.get(place);
  const before = known ?? NOTHING;
  const growths = m.places.growths.get(place) ?? 0;
  const { frozen, cut } = freeze(m, v, site, place);
  m.hooks.keeping?.wrote(m, place, v, site);
  m.hooks.kept?.(m, place, v, site, isService);
  if (cut)
    m.blind(
      "object-limit",
      site,
      `what is stored here refers to more than ${LIMITS.frozen} objects: the others are taken for one`,
      allLabels(m, v),
    );
  const all = joinFrozen(before, frozen);
  const levels = levelsOf(growths);
  const after = simplified(all, levels);
  // Also where nothing is new: a way may be shorter.
  m.places.contents.set(place, after);
  m.places.index.add(place);
  if (sameFrozen(before, after)) return;
  if (growths >= 3 && isCut(all, levels))
    m.blind(
      "depth-limit",
      site,
      `what is stored here nests without end: below ${levels} levels its parts are not kept apart`,
      frozenLabels(after),
    );
  // What bears no label others may have written as well: who has read it has reckoned with that.
  if (known !== undefined && sameLabelled(before, after)) return;
  m.places.growths.set(place, growths + 1);
  placeGrew(m, place);
}

/** What a place holds; bottom when nothing was written. Of places that hold the same (one value, written under several names) one is read. */
export function readPlace(m: Machine, place: string, site: Site): Value {
  readsPlace(m, place);
  let out: Value = BOTTOM;
  const seen: Frozen[] = [];
  for (const name of m.places.index.like(place)) {
    const held = m.places.contents.get(name)!;
    if (seen.some((one) => sameFrozen(one, held))) continue;
    seen.push(held);
    out = join(out, thaw(m, held, site, name));
  }
  return out;
}

/** What was written under exactly this name. */
export function heldUnder(m: Machine, place: string, site: Site): Value {
  const held = m.places.contents.get(place);
  return held === undefined ? BOTTOM : thaw(m, held, site, place);
}

/** The names of all places with a prefix that hold something, sorted; reading them counts as reading the prefix. */
export function placesUnder(m: Machine, prefix: string): readonly string[] {
  readsPlace(m, prefix + HOLE);
  return [...m.places.contents.keys()].filter((k) => k.startsWith(prefix)).sort();
}
