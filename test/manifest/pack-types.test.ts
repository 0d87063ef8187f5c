/**
 * The packs of this package against the published types of the libraries that are installed here: what an entry names is there, with
 * its argument, the properties of that, and those of its conditions. `PACK_TYPES=<node_modules>` looks in another folder, for libraries
 * that are too large to be installed for a test.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { BUNDLED_PACKS } from "../../src/manifest/bundled-packs.js";
import { loadManifest } from "../../src/manifest/load.js";
import type { ArgumentPath, Locator, Sink, Transform } from "../../src/manifest/model.js";
import { openVirtual, type DeclarationCache } from "../../src/program/index.js";
import type { TypeOracle } from "../../src/program/project.js";

const elsewhere = process.env["PACK_TYPES"];
const nodeModules = path.resolve(elsewhere ?? fileURLToPath(new URL("../../node_modules", import.meta.url)));
const declarations: DeclarationCache = new Map();
const TSCONFIG = JSON.stringify({ compilerOptions: { strict: true, types: ["node"] } });

function entriesOf(pack: string): readonly (Sink | Transform)[] {
  const purposes = ["train", "evaluate", "retrieve", "analytics"].map((id) => `${id}: {}`).join(", ");
  const text = `version: 1\nextends: purpose-lint/${pack}\npurposes: { ${purposes} }\n`;
  const { manifest } = loadManifest("/purpose.yaml", (file) => (file === "/purpose.yaml" ? text : undefined));
  return [...manifest!.sinks, ...manifest!.transforms].filter(({ place }) => place.file.endsWith(`/${pack}.yaml`));
}

function locatorOf(entry: Sink | Transform): Locator {
  if (!("at" in entry)) return entry.locator;
  if (entry.at.kind === "route") throw new Error("a pack is about libraries");
  return entry.at.locator;
}

/** What of an entry its library's types do not have. */
function missing(entry: Sink | Transform, types: TypeOracle): readonly string[] {
  const locator = locatorOf(entry);
  if (types.exists(locator) !== true) return [locator.text];
  if (!("at" in entry)) return [];
  const parts: ArgumentPath[] = [
    ...(entry.at.kind === "call" && entry.at.argument !== undefined ? [entry.at.argument] : []),
    ...entry.when.map(({ argument }) => argument),
  ];
  return parts.filter((argument) => types.has(locator, { argument }) !== true).map(({ text }) => `${locator.text} ${text}`);
}

describe("an entry of a pack names what the library has", () => {
  const all = Object.keys(BUNDLED_PACKS).flatMap((pack) => entriesOf(pack).map((entry) => ({ pack, entry })));
  const modules = [...new Set(all.map(({ entry }) => moduleOf(entry)))].sort();
  const code = modules.map((module, i) => `import * as m${i} from ${JSON.stringify(module)};\nvoid m${i};\n`).join("");
  const types = openVirtual({ "tsconfig.json": TSCONFIG, "main.ts": code }, { ts, nodeModules, declarations }).types()!;
  const installed = modules.filter((module) =>
    types.exists({ text: `${module}:*`, module: { kind: "package", name: module }, path: ["*"] }),
  );

  it("of libraries that are installed here", () => {
    expect(installed).toEqual(expect.arrayContaining(["openai", "posthog-node"]));
    if (elsewhere !== undefined) expect(modules.filter((module) => !installed.includes(module))).toEqual([]);
  });

  it.each(installed)("%s", (module) => {
    expect(all.filter(({ entry }) => moduleOf(entry) === module).flatMap(({ entry }) => missing(entry, types))).toEqual([]);
  });
});

function moduleOf(entry: Sink | Transform): string {
  const { module } = locatorOf(entry);
  if (module.kind !== "package") throw new Error("a pack is about libraries");
  return module.name;
}
