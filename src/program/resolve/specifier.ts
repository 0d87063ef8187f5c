/** What a specifier says by itself, before any file is looked at. */
import { builtinModules } from "node:module";

/** Modules that exist only with the prefix (`node:test`), which keeps them apart from packages of the same name. */
const BUILTINS: ReadonlySet<string> = new Set(builtinModules.filter((name) => !name.startsWith("_") && !name.startsWith("node:")));

/** The built-in's name without `node:`; undefined when the specifier names none. */
export function builtinName(specifier: string): string | undefined {
  if (specifier.startsWith("node:")) return specifier.slice("node:".length);
  return BUILTINS.has(specifier) ? specifier : undefined;
}

/** `!!raw-loader!./a?x` → `./a`; `./a.svg?raw` → `./a.svg`; `npm:zod@3/v4` → `zod/v4`. */
export function plainSpecifier(specifier: string): string {
  let plain = specifier;
  const loader = plain.lastIndexOf("!");
  if (loader >= 0) plain = plain.slice(loader + 1);
  const query = plain.indexOf("?");
  if (query > 0) plain = plain.slice(0, query);
  const registry = /^(?:npm|jsr):\/?((?:@[^/@]+\/)?[^/@]+)(?:@[^/]*)?(\/.*)?$/.exec(plain);
  return registry === null ? plain : `${registry[1] ?? ""}${registry[2] ?? ""}`;
}

export const isRelative = (specifier: string): boolean => /^\.{1,2}(?:\/|$)/.test(specifier);

/** `~/lib/a` and `@/lib/a`: never packages, by custom the package's own sources. */
export const isOwnAlias = (specifier: string): boolean => /^(?:~|@)\//.test(specifier) || /^~[^/]/.test(specifier);

/** A URL or a bundler's virtual module: no file, and no package to look for. */
export const isVirtual = (specifier: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(specifier) || specifier.startsWith("\0");
