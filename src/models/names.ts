/** Where what a model names can be declared. */
import type { Locator } from "../manifest/model.js";
import type { LibraryModel } from "./model.js";

/**
 * Does one of these modules, or one that exports it alone, declare it? `exists` says so of a locator. Undefined where nobody knows, and for
 * patterns.
 */
export function declares(
  model: LibraryModel,
  modules: readonly string[],
  name: string,
  exists: (locator: Locator) => boolean | undefined,
): boolean | undefined {
  const paths = pathsOf(model, name);
  const answers = modules.flatMap((module) => paths.map((path) => exists(locatorOf(module, path))));
  if (answers.includes(true)) return true;
  if (answers.length === 0 || answers.includes(undefined)) return undefined;
  return model.split.some((pattern) => exists(locatorOf(pattern.replace("*", name), ["default"])) === true);
}

export const locatorOf = (module: string, path: readonly string[]): Locator => ({
  text: `${module}:${path.join(".")}`,
  module: { kind: "package", name: module },
  path,
});

/** Paths of exports and members: of the module itself, of its default export, of the exports that a type's class is. None for patterns. */
function pathsOf({ types }: LibraryModel, name: string): readonly (readonly string[])[] {
  if (name.endsWith("*")) return [];
  const path = name.split(".");
  if (name === "default") return [["default"]];
  const type = types.find((one) => one.name === path[0]);
  const owners = type === undefined ? [] : type.exported.map((exported) => [...exported.split("."), ...path.slice(1)]);
  return [path, ["default", ...path], ...owners];
}
