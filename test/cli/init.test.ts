/** `purpose-lint init`: a manifest to begin with, and never over one that is there. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { run } from "../../src/cli/run.js";

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(path.join(tmpdir(), "purpose-lint-init-"));
  writeFileSync(path.join(cwd, "user.ts"), "export interface User { email: string }\n");
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

async function init(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = "";
  let err = "";
  const code = await run(["init", ...argv], {
    cwd,
    env: {},
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
  });
  return { code, out, err };
}

const manifest = (): string => path.join(cwd, "purpose.yaml");

it("writes a manifest in which what is possible stands in comments", async () => {
  expect((await init()).code).toBe(0);
  expect(readFileSync(manifest(), "utf8")).toContain("#   user.email: { category: user.contact.email, for: [deliver] } # high; user.ts:1");
});

it("prints it, and writes nothing", async () => {
  const { code, out } = await init("--print");
  expect([code, out.includes("user.email"), existsSync(manifest())]).toEqual([0, true, false]);
});

it("writes over none", async () => {
  writeFileSync(manifest(), "version: 1\n");
  const { code, err } = await init(".");
  expect(code).toBe(2);
  expect(err).toContain("there is a manifest already");
  expect(readFileSync(manifest(), "utf8")).toBe("version: 1\n");
});

it("tells a folder that is none", async () => {
  expect(await init("gone")).toMatchObject({ code: 2, out: "" });
});
