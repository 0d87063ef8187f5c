/** Which kinds of keys a file uses: `budgets`, `fields.*.retention`, `notice.file`; each at its first place. */
import type { ManifestKey } from "../model.js";
import { keyKinds } from "../schema-keys.js";
import type { Tree } from "../yaml/tree.js";
import type { FileContext } from "./entry.js";

export function keysInUse({ file, tree }: FileContext): readonly ManifestKey[] {
  const kinds = new Set(keyKinds());
  const found = new Map<string, ManifestKey>();
  const use = (key: string, place: { readonly line: number; readonly column: number }): void => {
    if (kinds.has(key) && !found.has(key)) found.set(key, { key, place: { file, ...place } });
  };
  for (const [section, { keyAt, value }] of entriesOf(tree)) {
    use(section, keyAt);
    for (const [key, below] of entriesOf(value)) use(`${section}.${key}`, below.keyAt);
    for (const entry of childrenOf(value)) {
      for (const [key, below] of entriesOf(entry)) use(`${section}.*.${key}`, below.keyAt);
    }
  }
  return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function entriesOf(tree: Tree) {
  return tree.kind === "map" ? [...tree.entries] : [];
}

function childrenOf(tree: Tree): Tree[] {
  switch (tree.kind) {
    case "scalar":
      return [];
    case "list":
      return [...tree.items];
    case "map":
      return [...tree.entries.values()].map(({ value }) => value);
  }
}
