/** What the manifest's `property` sources look for, by the declarations that their locators name. */
import { leadingTo } from "../../link/imports.js";
import type { LinkedFile, Modules } from "../../link/modules.js";
import type { Sought } from "../../link/sought.js";
import { NOTHING_SOUGHT } from "../../link/sought.js";
import type { Placed } from "./placed.js";

/** Is this the name of a use that labels members of types? */
const isProperty = (name: string): boolean => name.startsWith("sources[") && name.endsWith(".property");

export function soughtOf(placed: Placed, modules: Modules): Sought {
  const members = new Map<string, Set<string>>();
  const packages = new Set<string>();
  const owners = new Set<number>();
  const keyOf = (file: number, owner: string): string => `${file}:${owner}`;
  for (const [file, entries] of placed.byFile)
    for (const e of entries) {
      if (!isProperty(e.name)) continue;
      const { path, module } = e.locator;
      if (module.kind === "package") packages.add(module.name);
      owners.add(file);
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
    from: whence(modules, packages.size > 0 ? null : owners),
  };
}

/** Which files lead to these; null for those of packages, which lead to each other in ways that nobody has gone through. */
function whence(modules: Modules, owners: ReadonlySet<number> | null): (file: LinkedFile) => boolean {
  const all = owners !== null && [...owners].every((index) => modules.files[index] !== undefined);
  if (!all) return () => true;
  const files = leadingTo(
    modules,
    [...owners].map((index) => modules.files[index]!),
  );
  // A name that is global needs no import.
  return modules.globals().some((file) => files.has(file)) ? () => true : (file) => files.has(file);
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
