/** Loads manifests from text, with files in memory. */
import { loadManifest, type LoadedManifest, type LoadOptions } from "../../src/manifest/load.js";
import type { Manifest, ManifestProblem } from "../../src/manifest/model.js";

export const FILE = "/repo/purpose.yaml";
export const TODAY = "2026-06-01";

/** `text` is the manifest; other files by absolute path. */
export function load(text: string, files: Readonly<Record<string, string>> = {}, options: LoadOptions = { today: TODAY }): LoadedManifest {
  const all: Readonly<Record<string, string>> = { [FILE]: text, ...files };
  return loadManifest(FILE, (file) => (Object.hasOwn(all, file) ? all[file] : undefined), options);
}

/** The manifest, which must be right. */
export function right(text: string, files: Readonly<Record<string, string>> = {}, options?: LoadOptions): Manifest {
  const { manifest, problems } = load(text, files, options);
  if (manifest === undefined || problems.length > 0) throw new Error(`not right:\n${problems.map(brief).join("\n")}`);
  return manifest;
}

/** What is wrong: `line:column code message`. */
export function wrong(text: string, files: Readonly<Record<string, string>> = {}, options?: LoadOptions): string[] {
  return load(text, files, options).problems.map(brief);
}

/** What to do about it. */
export function fixes(text: string, files: Readonly<Record<string, string>> = {}): (string | undefined)[] {
  return load(text, files).problems.map(({ fix }) => fix);
}

function brief({ file, line, column, code, message, severity }: ManifestProblem): string {
  const where = file === FILE ? "" : `${file}:`;
  return `${where}${line}:${column} ${code ?? ""}${severity === "warning" ? " (warning)" : ""}: ${message}`;
}
