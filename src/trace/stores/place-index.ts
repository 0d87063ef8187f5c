/**
 * Names of places. A name may have holes (`file:out/\0.jsonl`): then it is any of the places that fit, and what is in those is in it.
 * Names are told apart by their kind first (`file:`), what stands before the first colon.
 */
import { posix } from "node:path";
import { HOLE, meets, NAME_HOLE } from "../domain/text-pattern.js";

/** What the manifest's pattern of a kind of place names; `*` is whatever varies, and `./data` is `data`. */
export const patternPlace = (kind: string, pattern: string): string =>
  `${kind}:${(kind === "file" ? posix.normalize(pattern) : pattern).replace(/\*+/g, HOLE)}`;

/** Is it any of several places? */
export const isOpenPlace = (place: string): boolean => place.includes(HOLE) || place.includes(NAME_HOLE);

const kindOf = (place: string): string => place.slice(0, place.indexOf(":") + 1);

/** Can two names be of one place? */
export const mayBeSame = (a: string, b: string): boolean =>
  a === b || ((isOpenPlace(a) || isOpenPlace(b)) && kindOf(a) === kindOf(b) && meets(a, b) && shareName(a, b));

/** `request:GET \0/users/\0`: an address whose beginning is not known. */
const ANY_BASE = /^(?:request(?: \w+)?|response):[A-Z]+ \0/;

/**
 * Behind a base that is not known an address would be that of any route with enough parameters: it has to have one of the route's own names,
 * unless either has none.
 */
function shareName(a: string, b: string): boolean {
  if (!ANY_BASE.test(a) && !ANY_BASE.test(b)) return true;
  const [own, others] = [namesOf(a), namesOf(b)];
  return own.length === 0 || others.length === 0 || own.some((name) => others.includes(name));
}

/** The parts of a path that are exact. */
const namesOf = (place: string): readonly string[] =>
  place
    .slice(place.indexOf(" ", place.indexOf(":")) + 1)
    .split("/")
    .filter((name) => name !== "" && !isOpenPlace(name));

interface Kind {
  readonly names: Set<string>;
  /** Some of the names have holes. */
  open: boolean;
  /** Answers given since the last name came. */
  readonly answers: Map<string, readonly string[]>;
}

/** The names that there are, by kind. */
export class PlaceIndex {
  private readonly kinds = new Map<string, Kind>();

  add(place: string): void {
    const key = kindOf(place);
    let kind = this.kinds.get(key);
    if (kind === undefined) this.kinds.set(key, (kind = { names: new Set(), open: false, answers: new Map() }));
    if (kind.names.has(place)) return;
    kind.names.add(place);
    if (isOpenPlace(place)) kind.open = true;
    kind.answers.clear();
  }

  /** All names that may be the same place as this one, sorted; itself too, if it is one of them. */
  like(place: string): readonly string[] {
    const kind = this.kinds.get(kindOf(place));
    if (kind === undefined) return NONE;
    const known = kind.answers.get(place);
    if (known !== undefined) return known;
    const found =
      kind.open || isOpenPlace(place)
        ? [...kind.names].filter((name) => mayBeSame(name, place)).sort()
        : kind.names.has(place)
          ? [place]
          : NONE;
    kind.answers.set(place, found);
    return found;
  }
}

const NONE: readonly string[] = [];
