/** An entry of `sources`: where a field enters. */
import type { Source } from "../model.js";
import { SOURCE_PLACES, type EntryInput } from "../schema.js";
import { argumentAt, locatorAt, onlyKey, pathAt, type Entry } from "./entry.js";
import { parseRoute } from "./route.js";

export function resolveSource(entry: Entry<EntryInput<"sources">>): Source | undefined {
  entry.refer("fields", entry.input.field, "field");
  const at = resolvePlace(entry);
  return at && { field: entry.input.field, at, place: entry.place, keys: entry.keys };
}

function resolvePlace(entry: Entry<EntryInput<"sources">>): Source["at"] | undefined {
  const kind = onlyKey(entry, SOURCE_PLACES, "source");
  switch (kind) {
    case undefined:
      return undefined;
    case "route": {
      const path = pathAt(entry, "path");
      return { kind, ...parseRoute(entry.input.route!), path: path ?? [], place: entry.at(kind) };
    }
    case "property": {
      const locator = locatorAt(entry, kind);
      return locator && { kind, locator };
    }
    case "returns": {
      const locator = locatorAt(entry, kind);
      return locator && { kind, locator, path: pathAt(entry, "path") ?? [] };
    }
    case "parameter":
    case "call": {
      const locator = locatorAt(entry, kind);
      const argument = argumentAt(entry, "argument");
      return locator && argument && { kind, locator, argument };
    }
  }
}
