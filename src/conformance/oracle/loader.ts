/** The module system of a running case: ES modules and CommonJS with their own semantics, over compiled text. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { makeDoubles } from "./doubles/index.js";
import type { Job } from "./job.js";
import { makeReact } from "./react.js";
import type { Harness } from "./recorder.js";
import { resolveSpecifier, type Resolved } from "./resolve.js";
import { stubPackage } from "./stub.js";

export interface Loader {
  /** Runs a file of the case as the program's entry. */
  run(file: string): Promise<void>;
}

interface CjsModule {
  exports: unknown;
}

const nodeRequire = createRequire(import.meta.url);

export async function makeLoader(job: Job, harness: Harness): Promise<Loader> {
  const esm = new Map<string, vm.Module>();
  const cjs = new Map<string, CjsModule>();
  const react = makeReact();
  const doubles = await makeDoubles(Object.values(job.files).map(({ code }) => code));

  const resolve = (from: string, specifier: string): Resolved => resolveSpecifier(job, from, specifier);
  const absolute = (file: string): string => path.join(job.root, file);

  /** The values of a module that is not an ES module of the case. */
  const valuesOf = (resolved: Resolved): unknown => {
    switch (resolved.kind) {
      case "file":
        return requireFile(resolved.file);
      case "json":
        return JSON.parse(readFileSync(resolved.path, "utf8")) as unknown;
      case "builtin":
        return nodeRequire(resolved.name) as unknown;
      case "react":
        return react(resolved.subpath);
      case "stub":
        return stubPackage(job, harness, resolved.name);
      case "double":
        return doubles(resolved.name);
      case "installed":
        return nodeRequire(resolved.path) as unknown;
    }
  };

  const requireFile = (file: string): unknown => {
    const known = cjs.get(file);
    if (known !== undefined) return known.exports;
    const module: CjsModule = { exports: {} };
    cjs.set(file, module);
    const compiled = job.files[file];
    if (compiled?.format !== "cjs") throw new Error(`require of the ES module ${file}`);
    const filename = absolute(file);
    const require = (specifier: string): unknown => valuesOf(resolve(file, specifier));
    const run = vm.compileFunction(compiled.code, ["exports", "require", "module", "__filename", "__dirname"], {
      filename,
      importModuleDynamically: (specifier) => dynamic(file, specifier),
    }) as (...args: unknown[]) => void;
    Reflect.apply(run, module.exports, [module.exports, require, module, filename, path.dirname(filename)]);
    return module.exports;
  };

  const moduleFor = (resolved: Resolved, names: readonly string[]): vm.Module => {
    const key = resolved.kind === "file" ? resolved.file : JSON.stringify(resolved);
    const known = esm.get(key);
    if (known !== undefined) return known;
    const module =
      resolved.kind === "file" && job.files[resolved.file]?.format === "esm"
        ? sourceModule(resolved.file)
        : syntheticModule(key, valuesOf(resolved), resolved.kind === "stub" ? everyName(job) : names);
    esm.set(key, module);
    return module;
  };

  const sourceModule = (file: string): vm.Module =>
    new vm.SourceTextModule(job.files[file]?.code ?? "", {
      identifier: absolute(file),
      initializeImportMeta: (meta) =>
        Object.assign(meta, { url: pathToFileURL(absolute(file)).href, dirname: path.dirname(absolute(file)), filename: absolute(file) }),
      importModuleDynamically: (specifier) => dynamic(file, specifier),
    });

  const syntheticModule = (key: string, values: unknown, wanted: readonly string[]): vm.Module => {
    const holder =
      (typeof values === "object" && values !== null) || typeof values === "function" ? (values as Record<string, unknown>) : {};
    const transpiled = holder["__esModule"] === true && typeof values !== "function";
    const names = new Set(["default", ...Object.keys(holder), ...wanted]);
    return new vm.SyntheticModule(
      [...names],
      function (this: vm.SyntheticModule) {
        for (const name of names)
          this.setExport(
            name,
            name === "default" && !transpiled && !key.includes('"stub"')
              ? holder["default"] !== undefined && key.includes('"react"')
                ? holder["default"]
                : values
              : holder[name],
          );
      },
      { identifier: key },
    );
  };

  const link = (specifier: string, referrer: vm.Module): vm.Module => {
    const from = path.relative(job.root, referrer.identifier).replaceAll("\\", "/");
    return moduleFor(resolve(from, specifier), importedNames(job.files[from]?.code ?? "", specifier));
  };

  const load = async (module: vm.Module): Promise<vm.Module> => {
    if (module.status === "unlinked") await module.link(link);
    await module.evaluate();
    return module;
  };

  const dynamic = (from: string, specifier: string): Promise<vm.Module> => load(moduleFor(resolve(from, specifier), []));

  return {
    run: async (file) => {
      if (job.files[file]?.format === "cjs") requireFile(file);
      else await load(moduleFor({ kind: "file", file }, []));
    },
  };
}

/**
 * What could be asked of a package that is made up, by an import, a namespace, an `await import()` or a file that exports it again: a
 * stand-in has all names, a module must list its own. So all that the case's files mention.
 */
function everyName(job: Job): string[] {
  return [...new Set(Object.values(job.files).flatMap(({ code }) => code.match(/[A-Za-z_$][\w$]*/gu) ?? []))];
}

/** Names that a file imports from a package: what is missing there is undefined, and no error of the import. */
function importedNames(code: string, specifier: string): string[] {
  const names: string[] = [];
  for (const [, list = "", from] of code.matchAll(/import\s+(?:[\w$]+\s*,\s*)?\{([^}]*)\}\s*from\s*["']([^"']+)["']/gu)) {
    if (from === specifier)
      names.push(
        ...list
          .split(",")
          .map((part) => (part.trim().split(/\s+as\s+/u)[0] ?? "").trim())
          .filter((name) => name !== ""),
      );
  }
  return names;
}
