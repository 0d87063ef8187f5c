/** Turns a case into what the child process runs: marks written in, sinks instrumented, types stripped. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import picomatch from "picomatch";
import ts from "typescript";
import type { Case } from "../discover.js";
import { instrument } from "./instrument.js";
import { expandMarks, type Marks } from "./marks.js";
import { locatorGlobs, type CaseSpec } from "./spec.js";

export interface CompiledFile {
  /** The instrumented source, in which positions of the run are looked up. */
  readonly source: string;
  readonly code: string;
  readonly map: string;
  readonly format: "esm" | "cjs";
}

export interface Compiled {
  /** By path relative to the case. */
  readonly files: Readonly<Record<string, CompiledFile>>;
  /** Workspace packages in the case: name to folder relative to the case. */
  readonly packages: Readonly<Record<string, string>>;
  /** tsconfig `paths`, targets relative to the case. */
  readonly paths: Readonly<Record<string, readonly string[]>>;
  readonly instrumented: readonly string[];
}

/** Compiles all files of a case. Throws on unknown fields in marks. */
export function compileCase(input: Case, spec: CaseSpec, marks: Marks): Compiled {
  const options = readOptions(input);
  const memberSinks = spec.sinks.filter((sink) => sink.locator.path.length > 1 && sink.locator.module.startsWith("."));
  const instrumented: string[] = [];
  const files: Record<string, CompiledFile> = {};
  for (const file of input.files) {
    const absolute = path.join(input.folder, file).replaceAll("\\", "/");
    const declared = spec.sinks.filter((sink) =>
      locatorGlobs(sink.locator, input.manifest, input.folder).some((glob) => picomatch.isMatch(absolute, glob)),
    );
    const marked = expandMarks(marks, readFileSync(absolute, "utf8"));
    const { text, instrumented: found } = instrument(file, marked, declared, memberSinks);
    instrumented.push(...found);
    files[file] = { source: text, ...transpile(file, text, options) };
  }
  return { files, packages: workspacePackages(input.folder), paths: readPaths(input, options), instrumented };
}

function transpile(file: string, text: string, options: ts.CompilerOptions): Pick<CompiledFile, "code" | "map" | "format"> {
  const format = formatOf(file, text, options);
  const out = ts.transpileModule(text, {
    fileName: file,
    compilerOptions: {
      ...options,
      module: format === "cjs" ? ts.ModuleKind.CommonJS : ts.ModuleKind.ESNext,
      // Resolution plays no part in a single file, but must fit the module kind.
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
      sourceMap: true,
      inlineSourceMap: false,
      allowJs: true,
      verbatimModuleSyntax: false,
      jsx: options.jsx ?? ts.JsxEmit.ReactJSX,
    },
  });
  return { code: out.outputText, map: out.sourceMapText ?? "", format };
}

/** By extension first, then by what the file is written in; ES syntax under `"module": "commonjs"` runs as CommonJS too. */
function formatOf(file: string, text: string, options: ts.CompilerOptions): "esm" | "cjs" {
  if (/\.c[jt]s$/u.test(file)) return "cjs";
  if (/\.m[jt]s$/u.test(file)) return "esm";
  if (options.module === ts.ModuleKind.CommonJS) return "cjs";
  if (/^\s*(?:import|export)\b/mu.test(text) && !/^\s*(?:import\s+\w+\s*=\s*require|export\s*=)/mu.test(text)) return "esm";
  return /\brequire\s*\(|\bmodule\.exports\b|^exports\./mu.test(text) || /^\s*export\s*=/mu.test(text) ? "cjs" : "esm";
}

function readOptions(input: Case): ts.CompilerOptions {
  if (input.tsconfig === undefined) return {};
  const { config } = ts.readConfigFile(input.tsconfig, (file) => ts.sys.readFile(file)) as { config?: unknown };
  // Only the options are of use here; without `files` the parser would look for all sources below.
  return ts.parseJsonConfigFileContent({ ...(config as object), files: [], include: [] }, ts.sys, path.dirname(input.tsconfig)).options;
}

function readPaths(input: Case, options: ts.CompilerOptions): Record<string, readonly string[]> {
  const base = (Reflect.get(options, "baseUrl") ?? options["pathsBasePath"] ?? input.folder) as string;
  return Object.fromEntries(
    Object.entries(options.paths ?? {}).map(([pattern, targets]) => [
      pattern,
      targets.map((target) => path.relative(input.folder, path.resolve(base, target))),
    ]),
  );
}

/** Every folder of the case with a named package.json. */
function workspacePackages(folder: string, below = ""): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(path.join(folder, below), { withFileTypes: true })) {
    const name = path.posix.join(below, entry.name);
    if (entry.name === "node_modules") continue;
    if (entry.isDirectory()) Object.assign(found, workspacePackages(folder, name));
    else if (entry.name === "package.json") {
      const manifest = JSON.parse(readFileSync(path.join(folder, name), "utf8")) as { name?: string };
      if (manifest.name !== undefined) found[manifest.name] = below;
    }
  }
  return found;
}
