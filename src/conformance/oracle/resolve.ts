/** Where an import in a running case leads. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { builtinModules, createRequire } from "node:module";
import path from "node:path";
import { isDouble } from "./doubles/index.js";
import type { Job } from "./job.js";

export type Resolved =
  /** A compiled file of the case, by its path relative to the case. */
  | { readonly kind: "file"; readonly file: string }
  | { readonly kind: "json"; readonly path: string }
  | { readonly kind: "builtin"; readonly name: string }
  | { readonly kind: "react"; readonly subpath: string }
  /** A package that a sink names: made up, so that no real client is called. */
  | { readonly kind: "stub"; readonly name: string }
  /** A package whose engine runs in the process, in a form of ours. */
  | { readonly kind: "double"; readonly name: string }
  | { readonly kind: "installed"; readonly path: string };

const BUILTINS = new Set(builtinModules);
const ownRequire = createRequire(import.meta.url);

/** Resolves `specifier` as imported by `from` (relative to the case). Throws when there is nothing. */
export function resolveSpecifier(job: Job, from: string, specifier: string): Resolved {
  if (specifier.startsWith("node:") || BUILTINS.has(specifier)) return { kind: "builtin", name: specifier };
  const local = specifier.startsWith(".") ? inCase(job, path.posix.join(path.posix.dirname(from), specifier)) : mapped(job, specifier);
  if (local !== undefined) return local;
  const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  if (name === "react" || name === "react-dom") return { kind: "react", subpath: specifier };
  if (job.sinks.some((sink) => sink.locator.module === name)) return { kind: "stub", name };
  if (isDouble(name)) return { kind: "double", name };
  const installed = specifier.startsWith(".") ? undefined : installedPath(job, from, specifier);
  if (installed !== undefined) return { kind: "installed", path: installed };
  throw new Error(`${from} imports ${specifier}, which is neither in the case nor installed`);
}

/** A package of the case or of the corpus that it belongs to; else one that stands beside this program. */
function installedPath(job: Job, from: string, specifier: string): string | undefined {
  for (const require of [createRequire(path.join(job.origin, from)), ownRequire]) {
    try {
      return require.resolve(specifier);
    } catch {
      // Not from here.
    }
  }
  return undefined;
}

/** tsconfig `paths`, then workspace packages. */
function mapped(job: Job, specifier: string): Resolved | undefined {
  for (const [pattern, targets] of Object.entries(job.paths)) {
    const [prefix = "", suffix] = pattern.split("*");
    if (suffix === undefined ? specifier !== pattern : !specifier.startsWith(prefix) || !specifier.endsWith(suffix)) continue;
    const star = specifier.slice(prefix.length, specifier.length - (suffix?.length ?? 0));
    for (const target of targets) {
      const found = inCase(job, target.replace("*", star));
      if (found !== undefined) return found;
    }
  }
  for (const [name, folder] of Object.entries(job.packages)) {
    if (specifier !== name && !specifier.startsWith(`${name}/`)) continue;
    const found = inPackage(job, folder, `.${specifier.slice(name.length)}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The entry of a workspace package; a build output that is not there stands for the source it is built from. */
function inPackage(job: Job, folder: string, subpath: string): Resolved | undefined {
  const manifest = JSON.parse(readFileSync(path.join(job.root, folder, "package.json"), "utf8")) as Record<string, unknown>;
  const targets =
    subpath === "."
      ? [exported(manifest["exports"], "."), manifest["main"], manifest["types"], "index", "src/index"]
      : [exported(manifest["exports"], subpath), subpath, path.posix.join("src", subpath)];
  for (const target of targets) {
    if (typeof target !== "string") continue;
    const file = path.posix.join(folder, target);
    const source = file.replace(/(^|\/)(?:dist|lib|build)\//u, "$1src/").replace(/\.d\.([cm]?)ts$/u, ".$1js");
    const found = inCase(job, file) ?? inCase(job, source);
    if (found !== undefined) return found;
  }
  return undefined;
}

function exported(exports: unknown, subpath: string): unknown {
  if (!isRecord(exports)) return subpath === "." ? exports : undefined;
  const isConditions = !Object.keys(exports).some((key) => key.startsWith("."));
  const entry = exports[subpath] ?? (subpath === "." && isConditions ? exports : undefined);
  return isRecord(entry) ? (entry["import"] ?? entry["default"] ?? entry["require"] ?? entry["types"]) : entry;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function inCase(job: Job, target: string): Resolved | undefined {
  const file = path.posix.normalize(target);
  for (const candidate of candidates(file)) if (candidate in job.files) return { kind: "file", file: candidate };
  const json = path.join(job.root, file);
  if (file.endsWith(".json") && existsSync(json)) return { kind: "json", path: json };
  const folder = path.join(job.root, file, "package.json");
  if (existsSync(folder) && statSync(path.dirname(folder)).isDirectory()) return inPackage(job, file, ".");
  return undefined;
}

function candidates(file: string): string[] {
  const bare = file.replace(/\.([cm]?)jsx?$/u, "");
  const kind = /\.([cm])jsx?$/u.exec(file)?.[1] ?? "";
  const extensions = [".ts", ".tsx", ".js", ".jsx", ".mts", ".cts", ".mjs", ".cjs"];
  const replaced = bare === file ? [] : kind === "" ? [`${bare}.ts`, `${bare}.tsx`, `${bare}.jsx`] : [`${bare}.${kind}ts`];
  return [
    file,
    ...replaced,
    ...extensions.map((extension) => file + extension),
    ...extensions.map((extension) => `${file}/index${extension}`),
  ];
}
