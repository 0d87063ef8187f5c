/** The order of files by who imports whom. */
import type { LinkedFile, Modules } from "./modules.js";

/**
 * For each file by its index its place in an order in which, as far as there are no cycles, whoever imports comes before what is imported:
 * reverse postorder over imports and re-exports.
 */
export function importersFirst(modules: Modules): readonly number[] {
  const order: LinkedFile[] = [];
  const seen = new Set<LinkedFile>();
  for (const start of modules.files) {
    if (seen.has(start)) continue;
    seen.add(start);
    // Without recursion: chains of imports may be long.
    const stack = [{ file: start, next: imported(modules, start) }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const file = top.next.pop();
      if (file === undefined) {
        order.push(top.file);
        stack.pop();
      } else if (!seen.has(file)) {
        seen.add(file);
        stack.push({ file, next: imported(modules, file) });
      }
    }
  }
  const places: number[] = modules.files.map(() => 0);
  order.reverse().forEach((file, i) => (places[file.index] = i));
  return places;
}

/** The program's files that a file imports or exports from. */
function imported(modules: Modules, file: LinkedFile): LinkedFile[] {
  const specifiers = [
    ...file.facts.imports.filter((i) => !i.typeOnly).map((i) => i.from),
    ...file.facts.exports.flatMap((e) => ("from" in e ? [e.from] : [])),
  ];
  return [...new Set(specifiers)].flatMap((specifier) => {
    const target = modules.resolve(file, specifier);
    return target.k === "file" && target.file.declares !== true ? [target.file] : [];
  });
}
