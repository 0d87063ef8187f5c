/**
 * The manifest for a linted file. Found upward, and kept as long as the files it was made of are unchanged: an editor lints on
 * each keystroke, and the manifest changes once a day.
 */
import { readFileSync, statSync } from "node:fs";
import { loadManifest } from "../../src/manifest/load.js";
import type { Manifest, ManifestProblem } from "../../src/manifest/model.js";

export interface LoadedManifest {
  readonly manifest?: Manifest;
  readonly problems: readonly ManifestProblem[];
}

interface Entry {
  readonly loaded: LoadedManifest;
  readonly today: string;
  /** Every file that was asked for, with its stamp then: those that were not there can appear. */
  readonly stamps: ReadonlyMap<string, string>;
}

const cache = new Map<string, Entry>();

/** Loads, or gives what was loaded. `today` decides what has expired. */
export function cachedManifest(file: string, today: string): LoadedManifest {
  const known = cache.get(file);
  if (known?.today === today && [...known.stamps].every(([read, then]) => stamp(read) === then)) return known.loaded;
  const stamps = new Map<string, string>();
  const read = (asked: string): string | undefined => {
    stamps.set(asked, stamp(asked));
    try {
      return readFileSync(asked, "utf8");
    } catch {
      return undefined;
    }
  };
  const loaded = loadManifest(file.replaceAll("\\", "/"), read, { today });
  cache.set(file, { loaded, today, stamps });
  return loaded;
}

/** Empty when there is no such file. */
function stamp(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.isFile() === true ? `${stat.mtimeMs}:${stat.size}` : "";
}
