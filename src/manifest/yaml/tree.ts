/**
 * A YAML file as data that still knows its places: 1-based line and column of every key and value. Aliases are replaced by what they
 * name. Paths are those of the data: `["fields", "user.email", "for", 0]`.
 */

export interface Position {
  readonly line: number;
  readonly column: number;
}

export type Path = readonly (string | number)[];

export interface MapTree {
  readonly kind: "map";
  readonly at: Position;
  readonly entries: ReadonlyMap<string, { readonly keyAt: Position; readonly value: Tree }>;
}

export interface ListTree {
  readonly kind: "list";
  readonly at: Position;
  readonly items: readonly Tree[];
}

export interface ScalarTree {
  readonly kind: "scalar";
  readonly at: Position;
  readonly value: string | number | boolean | null;
  /** As it stands in the file, without quotes: `1e-6`, `0.10`, `2026-03-01`. */
  readonly text: string;
}

export type Tree = MapTree | ListTree | ScalarTree;

/** The plain data of a tree. Maps have no prototype, so that no key means more than it says. */
export function plain(tree: Tree): unknown {
  switch (tree.kind) {
    case "scalar":
      return tree.value;
    case "list":
      return tree.items.map(plain);
    case "map": {
      const data = Object.create(null) as Record<string, unknown>;
      for (const [key, { value }] of tree.entries) data[key] = plain(value);
      return data;
    }
  }
}

/** What stands at a path; undefined when nothing does. */
export function valueAt(tree: Tree, path: Path): Tree | undefined {
  let at: Tree | undefined = tree;
  for (const step of path) at = at === undefined ? undefined : childOf(at, step);
  return at;
}

/** Where the value at a path stands; where nothing is, the nearest key (or item of a list) above it. */
export function positionOf(tree: Tree, path: Path): Position {
  const value = valueAt(tree, path);
  if (value !== undefined) return value.at;
  return path.length === 0 ? tree.at : keyPositionOf(tree, path.slice(0, -1));
}

/** Where the key of a path stands; for an item of a list, the item. */
export function keyPositionOf(tree: Tree, path: Path): Position {
  const last = path.at(-1);
  if (last === undefined) return tree.at;
  const parent = valueAt(tree, path.slice(0, -1));
  const key = parent?.kind === "map" ? parent.entries.get(String(last))?.keyAt : undefined;
  return key ?? positionOf(tree, path);
}

function childOf(tree: Tree, step: string | number): Tree | undefined {
  switch (tree.kind) {
    case "scalar":
      return undefined;
    case "list":
      return typeof step === "number" ? tree.items[step] : undefined;
    case "map":
      return tree.entries.get(String(step))?.value;
  }
}
