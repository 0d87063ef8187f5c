/**
 * Programs: what starts from a file that no other imports. A project has several (a server, a worker, scripts), which share modules but
 * not their state: what one of them does to a shared module's objects is not there when another runs.
 */
import { importedBy } from "./imports.js";
import type { LinkedFile, Modules } from "./modules.js";
import { reversePostorder } from "./order.js";

export interface Programs {
  /** The files with which programs begin: these are loaded first, for the order in which files that import each other run is theirs. */
  readonly starts: readonly LinkedFile[];
  /** Does every program that loads the file `of` load `file`, too? Both by their index. */
  always(file: number, of: number): boolean;
}

/** The programs of those files that run for themselves. */
export function programsOf(modules: Modules, startsAt: (file: LinkedFile) => boolean): Programs {
  const imported = new Map<LinkedFile, readonly LinkedFile[]>();
  const files = reversePostorder(modules.files.filter(startsAt), (file) => {
    const others = importedBy(modules, file);
    imported.set(file, others);
    return others;
  });
  const started = starts(files, imported).sort((a, b) => a.index - b.index);
  if (started.length < 2) return { starts: started, always: () => true };
  const words = Math.ceil(started.length / 32);
  // By file: the set of programs that load it, a bit for each.
  const loading = modules.files.map(() => new Uint32Array(words));
  started.forEach((file, i) => (loading[file.index]![i >> 5]! |= 1 << (i & 31)));
  // In this order once is enough, but for cycles.
  for (let grows = true; grows;) {
    grows = false;
    for (const file of files) for (const other of imported.get(file)!) if (add(loading[other.index]!, loading[file.index]!)) grows = true;
  }
  return { starts: started, always: (file, of) => loading[of]!.every((word, i) => (word & ~loading[file]![i]!) === 0) };
}

/** Files that nothing imports, and of cycles that nothing imports the first. Files in reverse postorder. */
function starts(files: readonly LinkedFile[], imported: ReadonlyMap<LinkedFile, readonly LinkedFile[]>): LinkedFile[] {
  const loaded = new Set<LinkedFile>();
  return files.filter((start) => {
    if (loaded.has(start)) return false;
    loaded.add(start);
    const left = [start];
    for (let file = left.pop(); file !== undefined; file = left.pop())
      for (const other of imported.get(file) ?? []) {
        if (loaded.has(other)) continue;
        loaded.add(other);
        left.push(other);
      }
    return true;
  });
}

/** Adds a set to another; says whether that grew. */
function add(to: Uint32Array, from: Uint32Array): boolean {
  let grew = false;
  from.forEach((word, i) => {
    const sum = (to[i]! | word) >>> 0;
    if (sum === to[i]) return;
    to[i] = sum;
    grew = true;
  });
  return grew;
}
