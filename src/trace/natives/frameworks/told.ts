/** Arguments that are told under a name and heard elsewhere, in whatever runs there: places that keep them apart by their position. */
import { objectsOf } from "../../domain/heap.js";
import type { Site } from "../../domain/labels.js";
import { BOTTOM, isBottom, join, UNDEFINED, type Value } from "../../domain/value.js";
import type { Args, Machine } from "../../machine/machine.js";
import { getNamed } from "../../machine/props.js";
import { readPlace, writePlace } from "../../stores/places.js";
import { spot } from "../items.js";
import { record } from "../support.js";

/** The name of what follows those that are kept apart. */
const OTHERS = "others";

/** Tells arguments. */
export function tell(m: Machine, places: readonly string[], { list, rest }: Args, site: Site): void {
  const props = Object.fromEntries(list.map((v, i) => [String(i), v]));
  const all = record(m, rest === null ? props : { ...props, [OTHERS]: rest }, spot(site, "told"));
  for (const place of places) writePlace(m, place, all, site);
}

/** What has been told; null where nobody is seen to tell anything. */
export function told(m: Machine, places: readonly string[], site: Site): Args | null {
  const v = places.reduce((all: Value, place) => join(all, readPlace(m, place, site)), BOTTOM);
  const objects = objectsOf(m.heap, v);
  if (isBottom(v)) return null;
  const count = Math.max(0, ...objects.flatMap((o) => [...o.props.keys()].map((name) => (/^\d+$/.test(name) ? Number(name) + 1 : 0))));
  const list = Array.from({ length: count }, (_, i) => getNamed(m, v, String(i), site));
  return { list, rest: objects.some((o) => o.props.has(OTHERS)) ? join(getNamed(m, v, OTHERS, site), UNDEFINED) : null };
}
