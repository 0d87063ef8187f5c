/** What the manifest's `property` sources look for, by the declarations that their locators name. */
import type { LinkedFile } from "../../link/modules.js";
import type { Sought } from "../../link/sought.js";
import { NOTHING_SOUGHT } from "../../link/sought.js";
import type { Placed } from "./placed.js";

/** Is this the name of a use that labels members of types? */
const isProperty = (name: string): boolean => name.startsWith("sources[") && name.endsWith(".property");

export function soughtOf(placed: Placed): Sought {
  const members = new Map<string, Set<string>>();
  const packages = new Set<string>();
  const keyOf = (file: number, owner: string): string => `${file}:${owner}`;
  for (const [file, entries] of placed.byFile)
    for (const e of entries) {
      if (!isProperty(e.name)) continue;
      const { path, module } = e.locator;
      if (module.kind === "package") packages.add(module.name);
      for (let i = 1; i < path.length; i++) {
        const key = keyOf(file, path.slice(0, i).join("."));
        const names = members.get(key);
        if (names === undefined) members.set(key, new Set([path[i]!]));
        else names.add(path[i]!);
      }
    }
  if (members.size === 0) return NOTHING_SOUGHT;
  const known = new Map<string, readonly string[]>();
  return {
    any: true,
    membersOf: (key) => {
      const id = keyOf(key.file.index, key.owner);
      let names = known.get(id);
      if (names === undefined) {
        const all = ownerNames(key.file, key.owner).flatMap((owner) => [...(members.get(keyOf(key.file.index, owner)) ?? [])]);
        known.set(id, (names = [...new Set(all)].sort()));
      }
      return names;
    },
    inPackage: (module) => packages.has(module) || [...packages].some((p) => module.startsWith(`${p}/`)),
  };
}

/** Names under which a module exports what is `local` to it, and that name itself. */
export function namesOf(file: LinkedFile, local: string): string[] {
  const names = [local];
  for (const e of file.facts.exports) if ((e.k === "local" && e.slot === local) || (e.k === "type" && e.type === local)) names.push(e.name);
  return names;
}

/** The same for what declares members: `Api.User` by the names of `Api`. */
export function ownerNames(file: LinkedFile, owner: string): string[] {
  const [first = "", ...rest] = owner.split(".");
  return namesOf(file, first).map((name) => [name, ...rest].join("."));
}
