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
