/** Functions that lead into JSON: `json_extract(x, '$.a.b')` of SQLite and MySQL, `jsonb_extract_path(x, 'a', 'b')` of PostgreSQL. */
import type { Expr } from "./syntax.js";

const BY_PATH = /^jsonb?_(extract|value|query)$/;
const BY_KEYS = /^jsonb?_extract_path(_text)?$/;

/** What is under a key; under any where it is an index, or not known. */
const under = (of: Expr, key: string | undefined): Expr => ({
  k: "member",
  of,
  key: key === undefined || /^\d+$/.test(key) ? undefined : key.replace(/^"|"$/g, ""),
});

export const underKeys = (of: Expr, keys: readonly (string | undefined)[]): Expr => keys.reduce(under, of);

/** The keys of `$.a."b c"[0]`; undefined where it is no such path. */
function keysOf(path: string): readonly (string | undefined)[] | undefined {
  if (!/^\$(\.("[^"]*"|[\w$]+)|\[[^\]]*\])*$/.test(path)) return undefined;
  return [...path.matchAll(/\.("[^"]*"|[\w$]+)|\[[^\]]*\]/g)].map(([, name]) => name);
}

/** What stands behind `->` or in such a function: a key, or a path. */
export function underText(of: Expr, text: string | undefined): Expr {
  const keys = text?.startsWith("$") === true ? keysOf(text) : [text];
  return underKeys(of, keys ?? [undefined]);
}

/** A call of one of these functions; undefined for all others. */
export function jsonPart(name: string, [of, ...rest]: readonly Expr[]): Expr | undefined {
  if (of === undefined || rest.length === 0) return undefined;
  const texts = rest.map((e) => (e.k === "silent" ? e.text : undefined));
  if (BY_KEYS.test(name)) return underKeys(of, texts);
  if (!BY_PATH.test(name)) return undefined;
  const parts = texts.map((text) => (text === undefined ? of : underText(of, text)));
  return parts.length === 1 ? parts[0]! : { k: "list", of: parts };
}
