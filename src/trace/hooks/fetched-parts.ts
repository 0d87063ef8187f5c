/** What a sink takes of what a call fetches. */
import type { ArgumentPath, PathStep } from "../../manifest/model.js";
import type { Found } from "../machine/deep.js";
import type { Fetched } from "../models/fetched.js";
import type { Value } from "../domain/value.js";

/** Something that is fetched; `path` is where its name stands in what the sink takes. */
export interface FetchedPart {
  readonly path: string;
  readonly value: Value;
}

/** What is fetched in place of a part of this argument, or of something around it. */
export function fetchedAt(argument: ArgumentPath | undefined, all: readonly Fetched[]): readonly FetchedPart[] {
  return all.flatMap(({ position, path, value }) => {
    if (argument === undefined) return [{ path: textOf(path), value }];
    const { length } = argument.path;
    const meet = argument.position === "*" || argument.position === position;
    return meet && argument.path.every((step, i) => i >= path.length || isSame(step, path[i]!))
      ? [{ path: textOf(path.slice(length)), value }]
      : [];
  });
}

const isSame = (a: PathStep, b: PathStep): boolean => a.k === "any" || b.k === "any" || textOf([a]) === textOf([b]);

const textOf = (path: readonly PathStep[]): string =>
  path
    .map((step) => (step.k === "prop" ? `.${step.name}` : step.k === "index" ? `[${step.i}]` : "[*]"))
    .join("")
    .replace(/^\./, "");

/** The same found below a path. */
export const below = (path: string, found: Found): Found => ({
  ...found,
  path: path === "" || found.path === "" || found.path.startsWith("[") ? path + found.path : `${path}.${found.path}`,
});
