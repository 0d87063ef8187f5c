/** How old a field can be in the stores on its way. */
import { daysOf, parseDuration, type Days } from "../manifest/duration.js";
import type { Store } from "../manifest/model.js";
import type { Hop } from "../trace/result.js";

/** Undefined where nothing is written. */
export function days(text: string | undefined): Days | undefined {
  const duration = text === undefined ? undefined : parseDuration(text);
  return duration && daysOf(duration);
}

/**
 * The age that the last of these stores lets data have: what it keeps is as old as it was when it was written, and then stays. A store
 * whose retention begins with the collection leaves nobody older than that. Stores that do not say how long add nothing: that they do not
 * is told of them.
 */
export function ageAfter(stores: readonly Store[]): Days {
  return stores.reduce<Days>(
    (age, store) => {
      const own = days(store.retention);
      if (own === undefined) return age;
      return store.retentionFrom === "collection" ? own : { least: age.least + own.least, most: age.most + own.most };
    },
    { least: 0, most: 0 },
  );
}

/**
 * The declared stores of a way, in order, each where it was first written to: what is read and written back into one is an entry of that
 * store still. One write can be to any of several: then none of them certainly is.
 */
export function storesOnWay(path: readonly Hop[], stores: ReadonlyMap<string, Store>): Store[] {
  const ids = path.flatMap(({ stores: written = [] }) => (written.length === 1 ? written : []));
  return [...new Set(ids)].flatMap((id) => stores.get(id) ?? []);
}
