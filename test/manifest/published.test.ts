/** What is published about the format: the JSON Schema and the reference. */
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { keyKinds } from "../../src/manifest/schema-keys.js";
import { manifestJsonSchema } from "../../src/manifest/schema.js";
import { checksOfKeys } from "../../src/manifest/unsupported.js";
import { right, wrong } from "./make.js";

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
}

const schema = JSON.parse(readFileSync("schema/manifest.schema.json", "utf8")) as Schema;
const reference = readFileSync("docs/manifest.md", "utf8");

/** Every property of the schema: `sinks.*.needs`. */
function properties(at: Schema, path = ""): (readonly [string, Schema])[] {
  const below = typeof at.additionalProperties === "object" ? properties(at.additionalProperties, `${path}.*`) : [];
  const items = at.items === undefined ? [] : properties(at.items, `${path}.*`);
  const own = Object.entries(at.properties ?? {}).flatMap(([key, value]) => {
    const name = path === "" ? key : `${path}.${key}`;
    return [[name, value] as const, ...properties(value, name)];
  });
  return [...own, ...below, ...items];
}

describe("the JSON Schema", () => {
  it("is what the schema in code gives (`npm run generate`)", async () => {
    await expect(`${JSON.stringify(manifestJsonSchema(), null, 2)}\n`).toMatchFileSnapshot("../../schema/manifest.schema.json");
  });

  it("describes every key, for editors", () => {
    expect(
      properties(schema)
        .filter(([, { description }]) => !description)
        .map(([name]) => name),
    ).toEqual([]);
  });

  it("has every key that the program knows", () => {
    const names = properties(schema).map(([name]) => name);
    expect(keyKinds().filter((key) => !names.includes(key))).toEqual([]);
  });

  const validate = new Ajv({ schemaId: "auto", logger: false }).compile(schema);

  it("accepts the manifests that the program accepts", () => {
    for (const file of ["fixtures/app/purpose.yaml", "packs/recommended.yaml"]) {
      validate(parse(readFileSync(file, "utf8")));
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  it.each([
    ["version: 2", 1],
    ["version: 1\nsink: []", 1],
    ["version: 1\nfields: { a: { for: [x], retention: 30 days } }", 1],
    ["version: 1\nsources: [{ field: a }]", 1],
    ["version: 1\nsources: [{ field: a, returns: 'a:b', call: 'a:b', argument: 0 }]", 1],
  ])("refuses %j, as the program does", (text) => {
    expect(validate(parse(text))).toBe(false);
    expect(wrong(text)).not.toEqual([]);
  });
});

describe("the reference", () => {
  it.each(properties(schema).map(([name]) => name))("has %s", (name) => {
    expect(reference).toContain(`\`${name.split(".").at(-1)}\``);
  });

  it("names every check that a key asks for", () => {
    for (const check of new Set(Object.values(checksOfKeys))) expect(reference).toContain(`\`${check}\``);
  });

  it("has only examples that are right", () => {
    const examples = [...reference.matchAll(/```yaml\n(version: 1\n[\s\S]*?)```/g)].map((match) => match[1]!);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) right(example);
  });
});
