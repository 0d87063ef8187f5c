/** `extends`: where a pack's file is. Packs are manifests in the same language, from this package, a path or another package. */
import path from "node:path";
import { BUNDLED_PACKS } from "./bundled-packs.js";
import { suggestion } from "./nearest.js";
import { failed, parsed, type Parsed } from "./parsed.js";

export type ReadFile = (file: string) => string | undefined;

export interface PackFile {
  /** Absolute, forward slashes; of a bundled pack `purpose-lint/packs/recommended.yaml`, which is the same on every machine. */
  readonly file: string;
  readonly text: string;
}

const OWN = "purpose-lint/";

/**
 * Finds a pack: `purpose-lint/<name>`, a path relative to the extending file, or a package: `pkg` is its `purpose.yaml`,
 * `pkg/name` its `packs/name.yaml`, and `pkg/file.yaml` that file; looked for in `node_modules` upward from the extending file.
 */
export function findPack(name: string, folder: string, readFile: ReadFile): Parsed<PackFile> {
  if (name.startsWith(OWN)) {
    const text = BUNDLED_PACKS[name.slice(OWN.length)];
    if (text !== undefined) return parsed({ file: `${OWN}packs/${name.slice(OWN.length)}.yaml`, text });
    const known = Object.keys(BUNDLED_PACKS).map((pack) => OWN + pack);
    return failed(`there is no pack \`${name}\``, suggestion(name, known, "remove it"));
  }
  const isPath = name.startsWith("./") || name.startsWith("../") || name.startsWith("/") || /^[A-Za-z]:[\\/]/.test(name);
  for (const file of isPath ? [path.posix.resolve(folder, name)] : packageFiles(name, folder)) {
    const text = readFile(file);
    if (text !== undefined) return parsed({ file, text });
  }
  return isPath
    ? failed(`there is no pack at \`${name}\``, "correct the path; it is relative to the file that extends it")
    : failed(`the pack \`${name}\` cannot be found`, "install its package, or begin with `./` if it is a path");
}

function packageFiles(name: string, folder: string): string[] {
  const parts = name.split("/");
  const size = name.startsWith("@") ? 2 : 1;
  const root = parts.slice(0, size).join("/");
  const below = parts.slice(size).join("/");
  const inside = below === "" ? "purpose.yaml" : /\.ya?ml$/.test(below) ? below : `packs/${below}.yaml`;
  const files: string[] = [];
  for (let at = folder; ; at = path.posix.dirname(at)) {
    files.push(path.posix.join(at, "node_modules", root, inside));
    if (path.posix.dirname(at) === at) return files;
  }
}
