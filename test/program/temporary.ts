import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach } from "vitest";

const made: string[] = [];

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder with these files (relative path to text, or to a value for JSON), gone after the test. */
export function temporary(files: Readonly<Record<string, string | object>>): string {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), "purpose-lint-"))).replaceAll("\\", "/");
  made.push(root);
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, typeof text === "string" ? text : JSON.stringify(text, null, 2));
  }
  return root;
}
