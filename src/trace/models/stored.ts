/**
 * Places that models name: `place redis(argument 0)`. What is written under a name is read by whoever names a place of the same kind that
 * can be the same, through whichever library: `stored.ts` reads and writes, `place-names.ts` tells the names.
 */
import type { ModelStep, PlaceRoot } from "../../models/model.js";
import { objectsOf } from "../domain/heap.js";
import { BOTTOM, isBottom, joinAll, nonNullish, NULLISH, ofConst, withLabels, withRefs, type Value } from "../domain/value.js";
import { unknown } from "../machine/unknown.js";
import { spot } from "../natives/items.js";
import { isAddress } from "../natives/path.js";
import { PLACE } from "../natives/stream-core.js";
import { listOf, record } from "../natives/support.js";
import { readFile, writeFile } from "../natives/file-places.js";
import { readPlace, writePlace } from "../stores/places.js";
import type { Element } from "./elements.js";
import { startAt, type Execution } from "./execution.js";
import { NO_NAMES, partOfName, placesOf, type NameParts } from "./place-names.js";
import { anyFound, follow, underKey, type Found } from "./read.js";
import { put } from "./write.js";

/** Files are places of their own, by path: `place file(argument 0)`. */
const FILE = "file";

/** The path that names a file, an address of one, or an open one; bottom where nothing is given that could be one. */
function pathIn(x: Execution, root: PlaceRoot): Value {
  const v = joinAll(root.name.map(({ path }) => anyFound(follow(x.call, startAt(x, path.root), path.steps))));
  const names = objectsOf(x.call.m.heap, v).filter((o) => !NO_NAMES.has(o.kind) || isAddress(o) || o.props.has(PLACE));
  return withRefs(
    nonNullish(v),
    names.map(({ id }) => id),
  );
}

/**
 * What a place holds, or each of those that `[k]` in its name stands for; something unknown where the program is not seen to write, bottom
 * where nothing is given that could be a name.
 */
export function stored(x: Execution, root: PlaceRoot): Found {
  const { m, site } = x.call;
  if (root.kind === FILE) {
    const path = pathIn(x, root);
    return { k: "one", value: isBottom(path) ? BOTTOM : readFile(m, path, site) };
  }
  const read = (parts: NameParts): Value => {
    const places = placesOf(root.kind, parts);
    if (places.length === 0) return BOTTOM;
    const held = joinAll(places.map((place) => readPlace(m, place, site)));
    return isBottom(held) ? unknown(m, spot(site, `stored ${root.kind}`)) : held;
  };
  const names = root.name.map(({ path, matching }) => ({ matching, found: follow(x.call, startAt(x, path.root), path.steps) }));
  const list = names.flatMap(({ found }) => (found.k === "each" ? [oneByOne(found.list)] : []))[0];
  const partsFor = (e: Element | undefined): NameParts =>
    names.map(({ found, matching }) => partOfName(m, found.k === "each" && e !== undefined ? e.value : anyFound(found), matching));
  if (list === undefined) return { k: "one", value: read(partsFor(undefined)) };
  return { k: "each", list: list.map((e): Element => ({ ...e, value: read(partsFor(e)) })) };
}

/** Puts something below a place, which then holds that beside what it held. */
export function store(x: Execution, root: PlaceRoot, steps: readonly ModelStep[], e: Element): void {
  const { m, site } = x.call;
  if (isBottom(nonNullish(e.value))) return;
  const at = spot(site, `stored ${root.kind}`);
  let value = e.value;
  const [first] = steps;
  if (first !== undefined) {
    value = first.k === "any" || first.k === "index" ? listOf(m, BOTTOM, at) : record(m, {}, at);
    put(x.call, value, steps, e);
  }
  const path = root.kind === FILE ? pathIn(x, root) : BOTTOM;
  if (!isBottom(path)) writeFile(m, path, value, site);
  if (root.kind !== FILE) for (const place of placesOf(root.kind, nameUnder(x, root, e.key))) writePlace(m, place, value, site);
}

/** The name of what is written with an element's key: `[k]` in it is that key. */
const nameUnder = (x: Execution, root: PlaceRoot, key: Value): NameParts =>
  root.name.map(({ path, matching }) => {
    const at = path.steps.findIndex(({ k }) => k === "same" || k === "keys");
    const start = startAt(x, path.root);
    if (at < 0) return partOfName(x.call.m, anyFound(follow(x.call, start, path.steps)), matching);
    const list = anyFound(follow(x.call, start, path.steps.slice(0, at)));
    const one = path.steps[at]!.k === "keys" ? key : underKey(x.call, list, key);
    return partOfName(x.call.m, anyFound(follow(x.call, one, path.steps.slice(at + 1))), matching);
  });

/** An element that can be one of several texts is each of them: what hears two topics hears each apart. */
export const oneByOne = (list: readonly Element[]): readonly Element[] =>
  list.flatMap((e) => {
    const { consts, kinds, refs } = e.value;
    return consts.length < 2 || (kinds & ~NULLISH) !== 0 || refs.length > 0
      ? [e]
      : consts.map((c): Element => ({ ...e, value: withLabels(ofConst(c), e.value.labels), sure: false }));
  });
