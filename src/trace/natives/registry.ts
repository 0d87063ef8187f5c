/** Looks natives up by module and path. */
import type { ExternalData, Native } from "../machine/machine.js";
import { NATIVE_MODULES } from "./all.js";

/** A lookup over all native modules; built once for a run. */
export function nativeLookup(): (data: ExternalData) => Native | undefined {
  const exact = new Map<string, Native>();
  const patterns = new Map<string, ((module: string, path: readonly string[]) => Native | undefined)[]>();
  for (const n of NATIVE_MODULES)
    for (const module of n.modules) {
      for (const [path, native] of Object.entries(n.natives)) exact.set(`${module}:${path}`, native);
      if (n.match !== undefined) patterns.set(module, [...(patterns.get(module) ?? []), n.match]);
    }
  const found = new Map<string, Native | null>();
  return ({ module, path }) => {
    const key = `${module}:${path.join(".")}`;
    const known = found.get(key);
    if (known !== undefined) return known ?? undefined;
    let native = exact.get(key);
    // `import fs from "fs"` is the module itself, and so is `globalThis.x` the global x.
    if (native === undefined && (path[0] === "default" || (module === "global" && path[0] === "globalThis")))
      native = exact.get(`${module}:${path.slice(1).join(".")}`);
    for (const match of [...(patterns.get(module) ?? []), ...(patterns.get("*") ?? [])]) native ??= match(module, path);
    found.set(key, native ?? null);
    return native;
  };
}
