/** One path for each file, however many symlinks lead to it. */
import type { FileSystem } from "./file-system.js";
import { dirname, isWithin, join, relative } from "./paths.js";

/**
 * Through symlinked folders to where a file is, as seen from the root, which may itself be reached by a symlink; a path whose real
 * place is outside the root stays as it is. One question to the disk a folder.
 */
export function canonicalPaths(root: string, fs: FileSystem): (file: string) => string {
  const known = new Map<string, string>();
  const realRoot = fs.real(root);
  return (file) => {
    const folder = dirname(file);
    let place = known.get(folder);
    if (place === undefined) {
      const real = fs.real(folder);
      place = isWithin(realRoot, real) ? join(root, relative(realRoot, real)) : folder;
      known.set(folder, place);
    }
    return place === folder ? file : join(place, file.slice(folder.length + 1));
  };
}
