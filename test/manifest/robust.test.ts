/** Whatever a file says, loading ends with a manifest or with problems at places of that file. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { keyKinds } from "../../src/manifest/schema-keys.js";
import { load } from "./make.js";

const TEXT = readFileSync(new URL("fixtures/document-filled.yaml", import.meta.url), "utf8");

function check(text: string): void {
  const { manifest, problems } = load(text);
  if (manifest === undefined) expect(problems.some(({ severity }) => severity === "error")).toBe(true);
  const lines = text.split("\n");
  for (const { file, line, column, message } of problems) {
    expect(message).not.toBe("");
    if (file !== "/repo/purpose.yaml") continue;
    expect(line).toBeLessThanOrEqual(lines.length);
    expect(column).toBeLessThanOrEqual((lines[line - 1] ?? "").length + 1);
  }
}

describe("a manifest", () => {
  it("with values of any length is told of in short", () => {
    const long = "x".repeat(100_000);
    for (const text of [
      long,
      `"${long}"`,
      `version: 1\n${long}: 1\n`,
      `version: 1\npurposes: { a: { basis: ${long}, notice: x } }\n`,
      `version: 1\npurposes: { a: { basis: "${"`".repeat(50_000)}${long}", notice: x } }\n`,
      `version: 1\nsinks: [{ id: a, purpose: ${long}, call: ${long} }]\n`,
    ]) {
      const { problems } = load(text);
      expect(problems).not.toEqual([]);
      for (const { message, fix } of problems) expect(Math.max(message.length, fix?.length ?? 0)).toBeLessThan(2100);
    }
    expect(load("version: 1\npurposes: { a: { basis: lawfull } }\n").problems[0]!.message).toBe("unknown lawful basis `lawfull`");
    expect(load(`version: 1\npurposes: { a: { basis: ${long} } }\n`).problems[0]!.message).toBe(
      `unknown lawful basis \`${"x".repeat(100)}…\``,
    );
  });

  it("with any part of it replaced", () => {
    const part = fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom("", "{", "}", "[", "]", ":", "- ", "\n", "\n  ", "*a", "&a ", "null", "0", "!!x ", "'", '"', "\t", "<<: "),
    );
    fc.assert(
      fc.property(fc.nat(TEXT.length), fc.nat(12), part, (at, length, instead) => {
        check(TEXT.slice(0, at) + instead + TEXT.slice(at + length));
      }),
      { numRuns: 200 },
    );
  });

  it("of the right keys with any values", () => {
    const kinds = keyKinds();
    const sections = kinds.filter((key) => !key.includes("."));
    const keys = kinds.map((key) => key.split(".").at(-1)!);
    const value = fc.oneof(
      fc.constantFrom(null, true, 0, -1, 1.5, "", "a", "a.*", "*", "./a.ts:b", "2026-02-30", "identified", "consent", [], {}),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const entry = fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 6 });
    const section = fc.oneof(
      fc.array(entry, { maxLength: 3 }),
      fc.dictionary(fc.constantFrom("a", "b", "a.b", "", "*"), entry, { maxKeys: 3 }),
      value,
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...sections), section), (data) => {
        check(stringify({ version: 1, ...data }));
      }),
      { numRuns: 300 },
    );
  });

  it("of any text", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme" }), check), { numRuns: 300 });
  });
});
