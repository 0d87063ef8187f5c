/** `exports` and `imports` of a package.json, as Node and bundlers read them. */
import { isJson } from "../discover/json.js";
import { isDeclarationName, isSourceName } from "../fs/source-file-name.js";

/** Conditions that pick a variant for another platform than the server's, or for one stage: looked at last. */
const SPECIAL = new Set([
  "browser",
  "worker",
  "workerd",
  "edge-light",
  "react-native",
  "deno",
  "react-server",
  "development",
  "production",
]);

/**
 * All targets that the map has for a key (`.`, `./lib/x`, `#db`), best first: conditions of `custom`, TypeScript sources, then in the
 * map's order, then other platforms' variants. Any condition will do, since all of them are built from the same source.
 * Undefined when the map has no such key.
 */
export function mapTargets(map: unknown, key: string, custom: readonly string[] = []): readonly string[] | undefined {
  const isKeyed = isJson(map) && Object.keys(map).some((k) => k.startsWith(".") || k.startsWith("#"));
  if (!isKeyed) return map !== undefined && key === "." ? leaves(map, "", custom) : undefined;
  if (Object.hasOwn(map, key)) return leaves(map[key], "", custom);
  let best: { readonly value: unknown; readonly star: string; readonly length: number } | undefined;
  for (const [pattern, value] of Object.entries(map)) {
    const at = pattern.indexOf("*");
    const [before, after] = at < 0 ? [pattern, ""] : [pattern.slice(0, at), pattern.slice(at + 1)];
    if (at < 0 && !pattern.endsWith("/")) continue;
    if (!key.startsWith(before) || !key.endsWith(after) || key.length < before.length + after.length) continue;
    if (best === undefined || before.length > best.length)
      best = { value, star: key.slice(before.length, key.length - after.length), length: before.length };
  }
  return best === undefined ? undefined : leaves(best.value, best.star, custom);
}

function leaves(value: unknown, star: string, custom: readonly string[]): readonly string[] {
  const found: { readonly target: string; readonly rank: number }[] = [];
  const enter = (v: unknown, rank: number): void => {
    if (typeof v === "string") {
      const target = v.includes("*") ? v.replaceAll("*", star) : v.endsWith("/") ? v + star : v;
      const isTypeScript = isSourceName(target) && !isDeclarationName(target) && /tsx?$/.test(target);
      found.push({ target, rank: isTypeScript && rank === 2 ? 1 : rank });
    } else if (Array.isArray(v)) for (const each of v) enter(each, rank);
    else if (isJson(v))
      for (const [condition, inner] of Object.entries(v))
        enter(inner, custom.includes(condition) || condition === "source" ? Math.min(rank, 0) : SPECIAL.has(condition) ? 3 : rank);
  };
  enter(value, 2);
  return [...new Set(found.sort((a, b) => a.rank - b.rank).map((f) => f.target))];
}
