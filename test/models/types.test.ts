/**
 * The models of this package against the published types of the libraries that are installed here: what a model names is there.
 * `MODEL_TYPES=<node_modules>` looks in another folder, for those that are too large to be installed for a test.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { readdirSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { declares, locatorOf } from "../../src/models/names.js";
import { loadManifest } from "../../src/manifest/load.js";
import { trace } from "../../src/trace/index.js";
import { openVirtual, type DeclarationCache } from "../../src/program/index.js";
import { bundledModel } from "../../src/trace/models/lookup.js";

const nodeModules = path.resolve(process.env["MODEL_TYPES"] ?? fileURLToPath(new URL("../../node_modules", import.meta.url)));
const declarations: DeclarationCache = new Map();
const TSCONFIG = JSON.stringify({
  compilerOptions: {
    strict: true,
    target: "es2022",
    module: "esnext",
    moduleResolution: "bundler",
    types: ["node"],
    lib: ["es2023", "dom"],
  },
});

/** Which names of a model no installed package of it has; and how many of its packages are installed. */
function missing(name: string): { readonly installed: readonly string[]; readonly names: readonly string[] } {
  const model = bundledModel(name);
  const code = model.packages.map((module, i) => `import * as m${i} from ${JSON.stringify(module)};\nvoid m${i};\n`).join("");
  const project = openVirtual({ "tsconfig.json": TSCONFIG, "main.ts": code }, { ts, nodeModules, declarations });
  const types = project.types()!;
  const installed = model.packages.filter((module) => types.exists(locatorOf(module, ["*"])) === true);
  const all = installed.length === 0 ? [] : model.functions.flatMap((fn) => (fn.undeclared ? [] : fn.names));
  const names = all.filter((one) => declares(model, installed, one, (locator) => types.exists(locator)) === false);
  return { installed, names };
}

describe("a model names what the library has", () => {
  const models = readdirSync("models").map((file) => file.replace(/\.yaml$/, ""));
  const all = models.map((name) => ({ name, ...missing(name) })).filter(({ installed }) => installed.length > 0);

  it("of libraries that are installed here", () => {
    expect(all.length).toBeGreaterThan(10);
  });

  it.each(all)("$name: $installed", ({ name, installed, names }) => {
    // Of several packages that are alike, each has some of the names.
    if (installed.length === bundledModel(name).packages.length) expect(names).toEqual([]);
    else if (process.env["MODEL_TYPES"] !== undefined && names.length > 0) console.warn(`${name} (${installed.join()}): ${names.join()}`);
  });
});

/** Problems of a project's own model, with the published types at hand. */
function told(code: string, models: string): readonly string[] {
  const files: Readonly<Record<string, string>> = { "/project/purpose.yaml": "version: 1\n", "/project/purpose.models.yaml": models };
  const { manifest } = loadManifest("/project/purpose.yaml", (file) => files[file]);
  const project = openVirtual({ "tsconfig.json": TSCONFIG, "main.ts": code }, { ts, nodeModules, declarations });
  return (trace(project, manifest!).models ?? []).map(
    ({ file, line, column, message, fix }) => `${file}:${line}:${column} ${message} → ${fix}`,
  );
}

describe("a project's own model is told", () => {
  const code = `import mitt from "mitt";\nimport { v4 } from "uuid";\nexport const bus = mitt();\nexport const id = v4();\n`;

  it("what the installed version does not have", () => {
    expect(told(code, "version: 1\npackage: uuid\nfunctions:\n  - { call: [v4, v44], result: string }\n")).toEqual([
      "/project/purpose.models.yaml:4:5 `uuid` has no `v44` → name it as the installed version exports it, or remove it",
    ]);
  });

  it("not what it has, called or not, nor what is said to be undeclared", () => {
    const models = "version: 1\npackage: uuid\nfunctions: [{ call: [v4, v7], result: string }, { call: old, undeclared: true }]\n";
    expect(told(code, models)).toEqual([]);
  });
});
