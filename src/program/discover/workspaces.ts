/** Which folders npm, yarn, bun, pnpm or lerna call workspace members: as a predicate on folders relative to the root. */
import picomatch from "picomatch";
import { parseDocument } from "yaml";
import { fileProblem, type Ts } from "../problems.js";
import { join } from "../fs/paths.js";
import type { FileSystem } from "../fs/file-system.js";
import type { InputProblem } from "../project.js";
import { isJson, readJson, textsOf, type Json } from "./json.js";

/** Patterns as written (`packages/*`, `!**\/test/**`), from package.json, pnpm-workspace.yaml and lerna.json together. */
export function workspacePatterns(root: string, fs: FileSystem, ts: Ts, problems: InputProblem[]): readonly string[] {
  const patterns: string[] = [];
  const manifest = readJson(join(root, "package.json"), fs, ts);
  const declared = manifest?.["workspaces"];
  patterns.push(...textsOf(isJson(declared) ? declared["packages"] : declared));
  patterns.push(...textsOf(pnpm(root, fs, problems)?.["packages"]));
  const lerna = readJson(join(root, "lerna.json"), fs, ts, problems);
  if (lerna !== undefined) {
    const packages = textsOf(lerna["packages"]);
    // Lerna's own default, unless it defers to the package manager's list.
    patterns.push(...(packages.length > 0 || patterns.length > 0 ? packages : ["packages/*"]));
  }
  return patterns;
}

export function isMember(patterns: readonly string[]): (folder: string) => boolean {
  const trim = (p: string): string => p.replace(/^\.\//, "").replace(/\/+$/, "");
  const yes = patterns.filter((p) => !p.startsWith("!")).map((p) => picomatch(trim(p)));
  const no = patterns.filter((p) => p.startsWith("!")).map((p) => picomatch(trim(p.slice(1))));
  return (folder) => folder === "" || (yes.some((match) => match(folder)) && !no.some((match) => match(folder)));
}

function pnpm(root: string, fs: FileSystem, problems: InputProblem[]): Json | undefined {
  const file = join(root, "pnpm-workspace.yaml");
  const text = fs.read(file);
  if (text === undefined) return undefined;
  const document = parseDocument(text, { logLevel: "silent", uniqueKeys: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const [start] = error.linePos ?? [{ line: 1, col: 1 }];
    problems.push({
      ...fileProblem(file, "warning", error.message.split("\n")[0] ?? error.message, "correct the YAML"),
      line: start.line,
      column: start.col,
    });
    return undefined;
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return isJson(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
