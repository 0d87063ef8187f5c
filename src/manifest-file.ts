/** Where the manifest is, when nobody says: upward, as package.json and .git are found. */
import { existsSync } from "node:fs";
import path from "node:path";

export const MANIFEST_NAME = "purpose.yaml";

/** The nearest manifest in a folder or above it; a folder of that name is a mistake to be told, not to be passed over. */
export function nearestManifest(from: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const file = path.join(folder, MANIFEST_NAME);
    if (existsSync(file)) return file;
    if (path.dirname(folder) === folder) return undefined;
  }
}
