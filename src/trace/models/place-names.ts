/** Names of places: exact texts, or texts with holes, which may be any that fit. What is not known at all may be any place of its kind. */
import { objectsOf, type ObjectKind } from "../domain/heap.js";
import { HOLE } from "../domain/text-pattern.js";
import { hasPrimitive, NULLISH, withKinds, withRefs, type Value } from "../domain/value.js";
import type { Machine } from "../machine/machine.js";
import { isPattern } from "../natives/pattern.js";
import { namesOf } from "../machine/text-parts.js";

/** What the parts of a name can be, each. */
export type NameParts = readonly (readonly string[])[];

const ANY = [HOLE];
const WILDCARDS = /[*#>]+/g;

/** What is no name: a list of such, settings, callbacks. */
export const NO_NAMES: ReadonlySet<ObjectKind> = new Set(["array", "object", "map", "set", "function", "native", "class"]);

/**
 * The texts that one part of a name can be, none where nothing is given that could be one; `matching`: its wildcards stand for any text.
 */
export function partOfName(m: Machine, v: Value, matching: boolean): readonly string[] {
  const objects = objectsOf(m.heap, v).filter((obj) => !NO_NAMES.has(obj.kind) || isPattern(m, obj));
  if (objects.some(({ kind }) => kind !== "text")) return ANY;
  const own = withRefs(
    withKinds(v, v.kinds & ~NULLISH),
    objects.map(({ id }) => id),
  );
  if (!hasPrimitive(own) && own.refs.length === 0) return [];
  // What hears all that comes, whatever it is called, says so by an empty name.
  return namesOf(m, own).map((name) => (!matching ? name : name === "" ? HOLE : name.replace(WILDCARDS, HOLE)));
}

/** The places of one kind whose name is made of these parts, one behind the other; without any, all of them. */
export function placesOf(kind: string, parts: NameParts): readonly string[] {
  const [first = ANY, ...others] = parts;
  const names = others.reduce((heads, tails) => heads.flatMap((head) => tails.map((tail) => `${head} ${tail}`)), first);
  return [...new Set(names)].map((name) => `${kind}:${name}`);
}
