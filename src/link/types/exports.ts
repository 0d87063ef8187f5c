/** Types of other modules: imports, re-exports, packages' declaration files. */
import type { LinkedFile } from "../modules.js";
import type { TypeRef, TypeView } from "../types.js";
import { ANY, DEEPEST, type TypeContext } from "./context.js";
import { declared } from "./names.js";
import { assumed, bears } from "./sought-members.js";

/** A type by the import that names it. */
export function imported(
  c: TypeContext,
  file: LinkedFile,
  i: number,
  rest: readonly string[],
  args: readonly TypeRef[],
  depth: number,
): TypeView {
  const fact = file.facts.imports[i]!;
  const path = fact.name === "*" || fact.name === "=" ? rest : [fact.name, ...rest];
  return inModule(c, file, fact.from, path, args, depth, new Set()) ?? ANY;
}

/** A type that another module exports, a namespace's by its path. */
export function inModule(
  c: TypeContext,
  file: LinkedFile,
  specifier: string,
  path: readonly string[],
  args: readonly TypeRef[],
  depth: number,
  seen: Set<string>,
): TypeView | undefined {
  const to = c.modules.resolve(file, specifier);
  if (to.k === "file") return exportedType(c, to.file, path, args, depth + 1, seen);
  // From a package's declarations others are read only for what they are given: generated clients lead to thousands of types.
  const reads = c.sought.any && (to.k !== "external" || c.sought.inPackage(to.module) || args.some((a) => bears(c, a, 0)));
  const declarations = reads ? c.modules.declarations(file, specifier) : undefined;
  const shape =
    declarations &&
    (exportedType(c, declarations, path, args, depth + 1, seen) ?? assumed(c, { file: declarations, owner: path.join(".") }));
  // Within a package's declarations its own files are no outside.
  if (to.k !== "external" || file.declares === true) return shape;
  const given = args.length > 0 && { args };
  return { v: "external", module: to.module, path, ...(shape !== undefined && shape.v !== "any" && { shape }), ...given };
}

/** A type that a file exports, by its path. `seen`: files and paths that have led here. */
export function exportedType(
  c: TypeContext,
  file: LinkedFile,
  path: readonly string[],
  args: readonly TypeRef[],
  depth: number,
  seen: Set<string>,
): TypeView | undefined {
  const [name, ...rest] = path;
  const key = `${file.index}|${path.join(".")}`;
  if (name === undefined || seen.has(key) || depth > DEEPEST) return undefined;
  seen.add(key);
  const here = (local: string): TypeView | undefined => declared(c, file, [local, ...rest].join("."), args, depth);
  for (const e of file.facts.exports) {
    if (e.k === "star" || e.name !== name) continue;
    switch (e.k) {
      case "local":
      case "type": {
        const local = e.k === "type" ? e.type : e.slot;
        const hit = here(local) ?? (name === "default" ? here(local.replace("*default*", "default")) : undefined);
        if (hit !== undefined) return hit;
        continue;
      }
      case "from": {
        const hit = inModule(c, file, e.from, e.imported === "*" ? rest : [e.imported, ...rest], args, depth, seen);
        if (hit !== undefined) return hit;
        continue;
      }
      case "import":
        return imported(c, file, e.import, rest, args, depth + 1);
    }
  }
  for (const e of file.facts.exports) {
    // `export = Client`, with a namespace of the same name.
    if (e.k === "local" && e.name === "=" && file.declares === true) {
      const hit = declared(c, file, name === "default" ? e.slot : `${e.slot}.${path.join(".")}`, args, depth);
      if (hit !== undefined) return hit;
    }
    if (e.k !== "star") continue;
    const to = c.modules.resolve(file, e.from);
    if (to.k !== "file" && file.declares !== true) continue;
    const hit = inModule(c, file, e.from, path, args, depth, seen);
    if (hit !== undefined) return hit;
  }
  return here(name) ?? (file.behind && exportedType(c, file.behind, path, args, depth, seen));
}
