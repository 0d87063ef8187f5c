/** Which stores hold a field, for how long it is kept: asked only where some field has a `retention`. */
import { CONNECTORS } from "../../manifest/connectors.js";
import type { Manifest, Store } from "../../manifest/model.js";
import { HOLE, NAME_HOLE } from "../domain/text-pattern.js";
import { collect } from "../machine/deep.js";
import type { Keeping, Machine } from "../machine/machine.js";
import type { Kept } from "../result.js";
import { blobPlaceOf } from "../stores/buckets/blobs.js";
import { tablesOf } from "../stores/columns.js";
import { canonicalTable } from "../stores/mapped.js";
import { mayBeSame, patternPlace } from "../stores/place-index.js";
import type { Recorder } from "./recorder.js";

const TABLES = "table:";

export function keepingOf(manifest: Manifest, recorder: Recorder): Keeping | undefined {
  if (!manifest.fields.some(({ retention }) => retention !== undefined)) return undefined;
  const stores = new Map<string, readonly Kept["store"][]>();
  const storesAt = (m: Machine, place: string): readonly Kept["store"][] => {
    let known = stores.get(place);
    if (known === undefined) stores.set(place, (known = storesOf(m, place)));
    return known;
  };
  return {
    wrote: (m, place, v, site) => {
      const written = storesAt(m, place);
      if (written.length === 0) return;
      for (const found of collect(m, v, site)) for (const store of written) recorder.kept(m, store, found, site);
    },
    into: (m, step, place) => {
      const ids = storesAt(m, place).flatMap((store) => (store.k === "declared" ? [store.id] : []));
      if (ids.length > 0) recorder.storesOfStep.set(step, ids);
    },
    outOf: (step, store) => {
      recorder.storesOfStep.set(step, [store]);
    },
  };
}

/** The declared stores that a place is of, or the table that none of them is. A place that may be anywhere is none. */
function storesOf(m: Machine, place: string): readonly Kept["store"][] {
  const exact = place.replaceAll(HOLE, "x").replaceAll(NAME_HOLE, "x");
  const declared = m.manifest.stores.filter((store) => placesOf(m, store).some((name) => mayBeSame(name, exact)));
  if (declared.length > 0) return declared.map(({ id }) => ({ k: "declared" as const, id }));
  return place.startsWith(TABLES) && exact === place && !place.endsWith("*") ? [{ k: "table", name: place.slice(TABLES.length) }] : [];
}

/** The names that a declared store's places have; `*` of a pattern is whatever varies. */
function placesOf(m: Machine, store: Store): readonly string[] {
  const { at } = store;
  if (at.kind === "wrapper") return [`store:${store.id}:${at.key === undefined ? "" : HOLE}`];
  if (CONNECTORS[at.connector].table) return tablesOf(m, store).map((table) => `${TABLES}${canonicalTable(m, table)}`);
  return [at.connector === "s3" ? blobPlaceOf(at.name) : patternPlace(at.connector, at.name)];
}
