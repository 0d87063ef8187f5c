/** Orders in which what leads comes before what is led to. */
import { importedBy } from "./imports.js";
import type { Modules } from "./modules.js";

/**
 * For each file by its index its place in an order in which, as far as there are no cycles, whoever imports comes before what is imported.
 */
export function importersFirst(modules: Modules): readonly number[] {
  const places: number[] = modules.files.map(() => 0);
  reversePostorder(modules.files, (file) => importedBy(modules, file)).forEach((file, i) => (places[file.index] = i));
  return places;
}

/**
 * The nodes of a graph, and what they lead to: as far as there are no cycles, each before those that `next` gives for it, as is usual for
 * worklists (Nielson, Nielson and Hankin, _Principles of Program Analysis_, 6.2).
 */
export function reversePostorder<T>(nodes: readonly T[], next: (node: T) => readonly T[]): T[] {
  const order: T[] = [];
  const seen = new Set<T>();
  for (const start of nodes) {
    if (seen.has(start)) continue;
    seen.add(start);
    // Without recursion: chains may be long.
    const stack = [{ node: start, left: [...next(start)] }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const node = top.left.pop();
      if (node === undefined) {
        order.push(top.node);
        stack.pop();
      } else if (!seen.has(node)) {
        seen.add(node);
        stack.push({ node, left: [...next(node)] });
      }
    }
  }
  return order.reverse();
}
