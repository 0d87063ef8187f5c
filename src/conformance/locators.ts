/**
 * Binds a shared manifest to one case. A relative locator means a path from the manifest's folder (`./cases/**\/chat.ts:loadChat`);
 * where that names no file of the case, the same path is read from the case's folder (`./chat.ts:loadChat`).
 */
import path from "node:path";
import picomatch from "picomatch";
import type { Locator, Manifest } from "../manifest/model.js";

/** The manifest with every file locator that names nothing in `files` (absolute, forward slashes) moved to the case's folder. */
export function bindToCase(manifest: Manifest, folder: string, files: readonly string[]): Manifest {
  const base = path.posix.dirname(manifest.file);
  if (base === folder) return manifest;
  const names = (glob: string): boolean => {
    const matches = picomatch(glob);
    return files.some((file) => matches(file));
  };
  const move = (locator: Locator): Locator => {
    if (locator.module.kind !== "file" || names(locator.module.glob)) return locator;
    const moved = path.posix.join(folder, locator.module.written);
    return names(moved) ? { ...locator, module: { ...locator.module, glob: moved } } : locator;
  };
  const moveAt = <At extends object>(at: At): At => mapLocators(at, move);
  return {
    ...manifest,
    sources: manifest.sources.map((source) => ({ ...source, at: moveAt(source.at) })),
    sinks: manifest.sinks.map((sink) => ({
      ...sink,
      at: moveAt(sink.at),
      ...(sink.within === undefined ? {} : { within: move(sink.within) }),
    })),
    stores: manifest.stores.map((store) => ({ ...store, at: moveAt(store.at) })),
    transforms: manifest.transforms.map((transform) => ({ ...transform, locator: move(transform.locator) })),
    consents: manifest.consents.map((consent) => mapLocators(consent, move)),
  };
}

/** A shallow copy in which every property that is a locator went through `move`. */
function mapLocators<Holder extends object>(holder: Holder, move: (locator: Locator) => Locator): Holder {
  const entries = Object.entries(holder).map(([key, value]: [string, unknown]) => [key, isLocator(value) ? move(value) : value]);
  return Object.fromEntries(entries) as Holder;
}

function isLocator(value: unknown): value is Locator {
  return typeof value === "object" && value !== null && "module" in value && "text" in value && "path" in value;
}
