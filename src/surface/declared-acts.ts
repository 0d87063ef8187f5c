/** The functions that give consents and take them back, as the manifest declares them, by what a name leads to. */
import picomatch from "picomatch";
import type { ImportTarget, Modules } from "../link/modules.js";
import type { Locator, Manifest } from "../manifest/model.js";
import type { Act } from "./surface.js";

export type Named = Pick<Act, "consent" | "act">;

/** The functions that the manifest declares, by {@link keyOf}. */
export function namedActs(modules: Modules, { consents }: Manifest): ReadonlyMap<string, Named> {
  const out = new Map<string, Named>();
  for (const { id, grant, withdraw } of consents)
    for (const [act, locator] of [
      ["grant", grant],
      ["withdraw", withdraw],
    ] as const)
      for (const key of locator === undefined ? [] : keysOf(modules, locator)) out.set(key, { consent: id, act });
  return out;
}

function keysOf(modules: Modules, { module, path }: Locator): string[] {
  const [name = "", ...rest] = path;
  switch (module.kind) {
    case "global":
      return [`global|${path.join(".")}`];
    case "package":
      return [`${module.name}|${path.join(".")}`];
    case "file": {
      const matches = picomatch(module.glob, { dot: true });
      return modules.files.flatMap((file) => {
        if (file.path !== module.glob && !matches(file.path)) return [];
        const target = modules.exportTarget(file, name);
        return target === undefined ? [] : (keyOf(modules, target, rest) ?? []);
      });
    }
  }
}

/** A declaration by one name, however it was imported. */
export function keyOf(modules: Modules, target: ImportTarget, path: readonly string[]): string | undefined {
  switch (target.k) {
    case "slot":
      return `${target.file.index}|${[target.slot, ...path].join(".")}`;
    case "namespace": {
      const [name, ...rest] = path;
      const inside = name === undefined ? undefined : modules.exportTarget(target.file, name);
      return inside && keyOf(modules, inside, rest);
    }
    case "external":
      return `${target.module}|${[...target.path, ...path].join(".")}`;
    default:
      return undefined;
  }
}
