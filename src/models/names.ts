/** Under which paths of a module what a model names can be declared. */
import type { LibraryModel } from "./model.js";

/** Paths of exports and members: of the module itself, of its default export, of the exports that a type's class is. None for patterns. */
export function namesIn({ types }: LibraryModel, name: string): readonly (readonly string[])[] {
  if (name.endsWith("*")) return [];
  const path = name.split(".");
  if (name === "default") return [["default"]];
  const type = types.find((one) => one.name === path[0]);
  const owners = type === undefined ? [] : type.exported.map((exported) => [...exported.split("."), ...path.slice(1)]);
  return [path, ["default", ...path], ...owners];
}
