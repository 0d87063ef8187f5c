/** Packages that the project declares and that are not there: nobody has run `npm install`. */
import { isBuiltin } from "node:module";
import { isJson } from "../discover/json.js";
import { propertyOf, rootObject } from "../discover/json-source.js";
import type { OwnPackage, OwnPackages } from "../discover/packages.js";
import type { FileSystem } from "../fs/file-system.js";
import { dirname, join, upward } from "../fs/paths.js";
import type { Ts } from "../problems.js";
import type { JsonPlace } from "../project.js";

const SECTIONS = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"] as const;

/** What a registry takes for the name of a package. */
const IS_NAME = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;

/**
 * Where a package.json around the file declares the package that is in no node_modules above the file; undefined when it is installed,
 * or when it cannot be a package by its name (a bundler's virtual module), or a file of the project describes it (`isAmbient`); null when
 * nobody declares it.
 */
export function notInstalled(
  packages: OwnPackages,
  fs: FileSystem,
  ts: Ts,
  isAmbient: (name: string) => boolean,
): (fromFile: string, name: string) => JsonPlace | null | undefined {
  const folders = new Map<string, boolean>();
  const isThere = (folder: string): boolean => {
    let known = folders.get(folder);
    if (known === undefined) folders.set(folder, (known = fs.isFolder(folder)));
    return known;
  };
  return (fromFile, name) => {
    if (!IS_NAME.test(name) || isBuiltin(name)) return undefined;
    // `@types/x` tells as much as `x` does.
    const types = `@types/${name.replace(/^@(.+)\//, "$1__")}`;
    for (const folder of upward(dirname(fromFile)))
      if ([name, types].some((one) => isThere(join(folder, "node_modules", one)))) return undefined;
    const declared = declaration(packages, fromFile, name);
    if (declared === undefined) return isAmbient(name) ? undefined : null;
    return placeIn(join(declared.own.folder, "package.json"), declared.section, name, fs, ts);
  };
}

/** The nearest package that declares it; a workspace's root declares for its members. */
function declaration(packages: OwnPackages, fromFile: string, name: string): { own: OwnPackage; section: string } | undefined {
  for (let own = packages.around(fromFile); own !== undefined; own = packages.around(dirname(own.folder))) {
    const { manifest, folder } = own;
    const section = SECTIONS.find((key) => isJson(manifest[key]) && Object.hasOwn(manifest[key], name));
    if (section !== undefined) return { own, section };
    if (dirname(folder) === folder) return undefined;
  }
  return undefined;
}

function placeIn(file: string, section: string, name: string, fs: FileSystem, ts: Ts): JsonPlace {
  const json = ts.parseJsonText(file, fs.read(file) ?? "{}");
  const at = propertyOf(propertyOf(rootObject(json, ts), section, ts)?.initializer, name, ts)?.getStart(json) ?? 0;
  const { line, character } = json.getLineAndCharacterOfPosition(at);
  return { file, line: line + 1, column: character + 1 };
}
