/**
 * Removes from dist/ what no source file stands behind any more, so that a renamed module cannot be imported, or packed, by accident.
 * `rm -rf dist` would do too, but would throw away the compiler's incremental state with it.
 */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");

for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const file = join(entry.parentPath, entry.name);
  const output = /^(.*?)(?:\.d\.ts|\.js)(?:\.map)?$/.exec(relative(dist, file));
  if (output === null) continue;
  const source = join(root, output[1]);
  if (!existsSync(`${source}.ts`) && !existsSync(`${source}.tsx`)) rmSync(file);
}
