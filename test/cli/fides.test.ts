/** `purpose-lint import fides` and `export fides`: all of a file, or nothing. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run } from "../../src/cli/run.js";
import { rejected, yaml } from "../fides/make.js";

const shop = path.resolve("test/fides/fixtures/shop.yml");
let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(path.join(tmpdir(), "purpose-lint-fides-"));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

async function cli(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = "";
  let err = "";
  const code = await run(argv, {
    cwd,
    env: {},
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
  });
  return { code, out, err };
}

const write = (file: string, text: string): void => {
  mkdirSync(path.dirname(path.join(cwd, file)), { recursive: true });
  writeFileSync(path.join(cwd, file), text);
};
const read = (file: string): string => readFileSync(path.join(cwd, file), "utf8");

describe("import fides", () => {
  it("prints a manifest, or writes it to a file", async () => {
    const printed = await cli("import", "fides", shop);
    expect([printed.code, printed.out]).toEqual([0, readFileSync("test/fides/fixtures/shop.purpose.yaml", "utf8")]);
    expect(printed.err).toMatch(/shop\.yml:35:31: warning: the category/);
    const written = await cli("import", "fides", shop, "--output", "purpose.yaml");
    expect([written.code, written.out, read("purpose.yaml")]).toEqual([0, "", printed.out]);
  });

  it("writes nothing where the input is wrong, and leaves what is there", async () => {
    write("purpose.yaml", "version: 1\n");
    write("wrong.yml", "dataset: [{ fides_key: a }]\n");
    const { code, out, err } = await cli("import", "fides", shop, "wrong.yml", "nowhere.yml", "--output", "purpose.yaml");
    expect([code, out, read("purpose.yaml")]).toEqual([2, "", "version: 1\n"]);
    expect(err).toBe("nowhere.yml: error: the file cannot be read\n  fix: correct its path\n");
    const second = await cli("import", "fides", shop, "wrong.yml", "--output", "purpose.yaml");
    expect([second.code, read("purpose.yaml"), readdirSync(cwd).length]).toEqual([2, "version: 1\n", 2]);
    expect(second.err).toContain("wrong.yml:1:11: error: `collections` is missing\n");
  });

  it("knows Fides only, and says so", async () => {
    const { code, err } = await cli("import", "dpv", shop);
    expect(code).toBe(2);
    expect(err).toContain("Allowed choices are fides");
  });
});

describe("export fides", () => {
  const MANIFEST = `version: 1
purposes: { deliver: { same-as: essential.service }, train: {} }
fields: { chat.prompt: { category: user.content.private, for: [deliver] }, chat.note: { category: user.content, for: [deliver] } }
sources: [{ field: chat.prompt, returns: "./main.ts:load" }, { field: chat.note, returns: "./main.ts:note" }]
sinks: [{ id: fit, purpose: train, call: "./main.ts:fit" }]
`;
  const CODE = `export const load = (): string => prompt()!;
export const note = (): string => prompt()!;
export function fit(text: string): void { void text; }
fit(load());
`;

  it("tells what the code does", async () => {
    write("my app/purpose.yaml", MANIFEST);
    write("my app/main.ts", CODE);
    const { code, out, err } = await cli("export", "fides", "my app");
    expect([code, err]).toEqual([0, ""]);
    const resources = yaml(out) as { system: [{ fides_key: string; privacy_declarations: unknown[] }] };
    expect(rejected(resources)).toEqual([]);
    expect(resources.system[0].fides_key).toBe("my_app");
    expect(resources.system[0].privacy_declarations).toEqual([
      { name: "train of chat", data_categories: ["user.content.private"], data_use: "train", dataset_references: ["chat"] },
    ]);
  });

  it("tells what is allowed, and needs no code for that", async () => {
    write("purpose.yaml", MANIFEST);
    const { code, out } = await cli("export", "fides", "--declared", "--key", "chat-app");
    expect(code).toBe(0);
    expect(rejected(yaml(out))).toEqual([]);
    expect(out).toMatch(/fides_key: chat-app[^]*name: deliver of chat\n[^]*data_use: essential.service/);
  });

  it("gives back what was imported", async () => {
    await cli("import", "fides", shop, "--output", "purpose.yaml");
    expect((await cli("export", "fides", "--declared", "--output", "out/fides.yml")).code).toBe(0);
    const { out, err } = await cli("import", "fides", "out/fides.yml");
    expect([out, err]).toEqual([read("purpose.yaml"), ""]);
  });

  it.each([
    ["without a manifest", {}, "there is no purpose.yaml"],
    ["without code", { "purpose.yaml": MANIFEST }, "there are no source files"],
    [
      "where a locator matches nothing",
      { "purpose.yaml": MANIFEST.replace("main.ts:fit", "main.ts:train"), "main.ts": CODE },
      "matches nothing",
    ],
    ["where the manifest is wrong", { "purpose.yaml": "version: 2\n" }, "purpose.yaml:1:10: error"],
  ])("writes nothing %s", async (_, files, message) => {
    for (const [file, text] of Object.entries(files)) write(file, text);
    const { code, out, err } = await cli("export", "fides", "--output", "fides.yml");
    expect([code, out, existsSync(path.join(cwd, "fides.yml"))]).toEqual([2, "", false]);
    expect(err).toContain(message);
  });

  it("writes nothing where the output cannot be written, or the key is none", async () => {
    write("purpose.yaml", MANIFEST);
    mkdirSync(path.join(cwd, "folder"));
    expect((await cli("export", "fides", "--declared", "--output", "folder")).code).toBe(2);
    expect((await cli("export", "fides", "--declared", "--key", "a b")).code).toBe(2);
  });
});
