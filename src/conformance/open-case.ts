/** A case as a project: all of its files, whatever its tsconfig includes. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { openProject, openVirtual, type Project } from "../program/index.js";
import type { Case } from "./discover.js";

const MANIFEST_FILES = /\.(?:[cm]?[jt]s|[jt]sx|json)$/u;

/** The tsconfig is the case's own, or else the one above it. */
export function openCase(input: Case): Project {
  const project = openProject({ root: input.folder, ts });
  const opened = new Set(project.files.map((file) => file.name));
  // A tsconfig may leave files out (`include`, no `allowJs`), where a case is all of its files.
  return input.files.every((file) => opened.has(file)) ? project : openAll(input);
}

/** The same with one tsconfig made up over it, which names every file. */
function openAll(input: Case): Project {
  const texts: Record<string, string> = {};
  for (const file of readable(input.folder)) texts[file] = readFileSync(path.join(input.folder, file), "utf8");
  // `extends` may lead to a shared one.
  for (let at = path.dirname(input.folder), steps = 0; steps < 3; at = path.dirname(at), steps++) {
    const shared = path.join(at, "tsconfig.json");
    if (existsSync(shared)) texts[shared] = readFileSync(shared, "utf8");
  }
  const own = texts["tsconfig.json"];
  if (own !== undefined) texts["tsconfig.case.json"] = own;
  const base = own !== undefined ? { extends: "./tsconfig.case.json" } : input.tsconfig !== undefined ? { extends: input.tsconfig } : {};
  texts["tsconfig.json"] = JSON.stringify({ ...base, compilerOptions: { allowJs: true }, files: input.files, include: [], references: [] });
  const nodeModules = upward(input.folder, "node_modules");
  return openVirtual(texts, {
    ts,
    root: input.folder,
    tsconfigs: ["tsconfig.json"],
    ...(nodeModules === undefined ? {} : { nodeModules }),
  });
}

function readable(folder: string, below = ""): string[] {
  return readdirSync(path.join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const name = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : readable(folder, name);
    return MANIFEST_FILES.test(name) ? [name] : [];
  });
}

function upward(folder: string, name: string): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, name))) return path.join(at, name);
    if (at === path.dirname(at)) return undefined;
  }
}
