/** Imports of the project's own packages by their names, installed or not, built or not. */
import type { OwnPackage } from "../discover/packages.js";
import { textOf } from "../discover/json.js";
import { join } from "../fs/paths.js";
import { mapTargets } from "./package-map.js";

/** Fields that name a package's entry, those that may lead to sources first. */
const ENTRY_FIELDS = ["source", "module", "main", "types", "typings"] as const;
/** Where an entry lies that no field names, or whose field names something that can't be mapped back. */
const USUAL_ENTRIES = ["src/index", "src/main", "index", "lib/index", "source/index"] as const;

/**
 * Places to look for `<package>/<subpath>` (subpath "" is the package itself): absolute paths, as the package.json names them, best
 * first; they may not exist.
 */
export function packagePlaces(own: OwnPackage, subpath: string, conditions: readonly string[]): readonly string[] {
  const { manifest, folder } = own;
  const places: string[] = [];
  const exported =
    manifest["exports"] === undefined ? undefined : mapTargets(manifest["exports"], subpath === "" ? "." : `./${subpath}`, conditions);
  for (const target of exported ?? []) places.push(join(folder, target));
  if (subpath === "") {
    if (exported === undefined)
      for (const field of ENTRY_FIELDS) {
        const target = textOf(manifest[field]);
        if (target !== undefined && target !== "") places.push(join(folder, target));
      }
    for (const entry of USUAL_ENTRIES) places.push(join(folder, entry));
  } else {
    // Beyond `exports`, Node refuses; bundlers and the compiler's older modes do not, and dropping the flow would be worse.
    places.push(join(folder, subpath), join(folder, "src", subpath));
  }
  return [...new Set(places)];
}

/** Where `"alias": "workspace:@acme/x@*"` or `"x": "link:../x"` in the importer's dependencies leads. */
export function dependencyTarget(
  importer: OwnPackage | undefined,
  name: string,
): { readonly name: string } | { readonly folder: string } | undefined {
  if (importer === undefined) return undefined;
  for (const field of ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"]) {
    const list = importer.manifest[field];
    const value = typeof list === "object" && list !== null ? textOf((list as Readonly<Record<string, unknown>>)[name]) : undefined;
    const parts = value === undefined ? null : /^(workspace|link|file|portal|npm):(.*)$/.exec(value);
    if (parts === null) continue;
    const [, kind = "", rest = ""] = parts;
    if (kind !== "npm" && /^\.{0,2}\//.test(rest)) return { folder: join(importer.folder, rest) };
    const alias = /^((?:@[^/@]+\/)?[a-z][^/@]*)@/.exec(rest);
    if (alias?.[1] !== undefined && alias[1] !== name) return { name: alias[1] };
  }
  return undefined;
}

/** Does the importer say that it depends on a package of that name? */
export function isDependency(importer: OwnPackage | undefined, name: string): boolean {
  return ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"].some((field) => {
    const list = importer?.manifest[field];
    return typeof list === "object" && list !== null && Object.hasOwn(list, name);
  });
}
