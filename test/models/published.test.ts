/** What is published about the format: the JSON Schema, the reference, the models that come with this package. */
import { readdirSync, readFileSync } from "node:fs";
import Ajv from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { bundledModelsModule } from "../../src/models/bundle.js";
import { HOWS, modelJsonSchema, RESULTS } from "../../src/models/schema.js";
import { load, wrong } from "./make.js";

const files = readdirSync("models").sort();
const text = (file: string): string => readFileSync(`models/${file}`, "utf8");
const reference = readFileSync("docs/models.md", "utf8");
const validate = new Ajv({ schemaId: "auto", logger: false }).compile(
  JSON.parse(readFileSync("schema/models.schema.json", "utf8")) as object,
);

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
}

const keysOf = ({ properties = {}, items, additionalProperties: more }: Schema): string[] => [
  ...Object.entries(properties).flatMap(([key, below]) => [key, ...keysOf(below)]),
  ...(items === undefined ? [] : keysOf(items)),
  ...(typeof more === "object" ? keysOf(more) : []),
];

describe("the JSON Schema", () => {
  it("is what the schema in code gives (`npm run generate`)", async () => {
    await expect(`${JSON.stringify(modelJsonSchema(), null, 2)}\n`).toMatchFileSnapshot("../../schema/models.schema.json");
  });

  it("refuses what the program refuses", () => {
    for (const bad of ["version: 1\n", "version: 1\npackage: a\nfunctions: [{ flows: [] }]\n", "version: 1\npackage: a\nmodels: []\n"]) {
      expect(validate(parse(bad))).toBe(false);
      expect(wrong(bad)).not.toEqual([]);
    }
  });
});

describe("the reference", () => {
  it.each([...new Set(keysOf(modelJsonSchema() as Schema)), ...RESULTS, ...HOWS])("has %s", (name) => {
    expect(reference).toContain(`\`${name}\``);
  });

  it("has an example that is right", () => {
    const [, example = ""] = /```yaml\n(version: 1\n[\s\S]*?)```/.exec(reference) ?? [];
    expect(load(example)).toMatchObject({ problems: [], model: { packages: ["acme-sdk"] } });
  });
});

describe("the models of this package", () => {
  it("are in the program as they are in their files (`npm run generate`)", async () => {
    const models = files.map((file) => [file.replace(/\.yaml$/, ""), text(file)] as const);
    await expect(bundledModelsModule(models)).toMatchFileSnapshot("../../src/models/bundled.ts");
  });

  it("describe each module once", () => {
    const modules = files.flatMap((file) => [parse(text(file)) as { package: string | string[] }].flatMap(({ package: names }) => names));
    expect(modules.filter((name, i) => modules.indexOf(name) !== i)).toEqual([]);
  });

  it.each(files)("%s is right, for editors too, and has a test", (file) => {
    const { problems, model } = load(text(file));
    expect(problems).toEqual([]);
    validate(parse(text(file)));
    expect(validate.errors ?? []).toEqual([]);
    const tests = readdirSync("test/trace/models").map((name) => readFileSync(`test/trace/models/${name}`, "utf8"));
    expect(model!.packages.some((name) => tests.some((one) => one.includes(`from "${name}"`)))).toBe(true);
  });
});
