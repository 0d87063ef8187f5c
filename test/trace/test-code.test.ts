/** Code of tests makes its data up: it runs only as far as other code imports it. */
import { expect, test } from "vitest";
import { run } from "./program.js";

const flow = `import { loadUser } from "./source.js";\nimport { train } from "./sink.js";\ntrain(loadUser().email);\n`;
const sinksIn = (name: string, head: string, main = ""): string[] =>
  run(main, { files: { [name]: head + flow } }).flows.map((f) => f.at.file);

test("a file that imports a test runner is a test, whatever it is called", () => {
  for (const from of ["vitest", "@jest/globals", "node:test"])
    expect(sinksIn("check.ts", `import { it } from "${from}";\nit("runs", () => {});\n`), from).toEqual([]);
});

test("so is one that calls a test runner without an import", () => {
  expect(sinksIn("check.ts", `describe("runs", () => {});\n`)).toEqual([]);
  expect(sinksIn("check.ts", `describe.skip("runs", () => {});\n`)).toEqual([]);
  expect(sinksIn("job.ts", `const describe = (what: string) => what;\ndescribe("a user");\n`)).toEqual(["job.ts"]);
  expect(sinksIn("job.ts", `export const tell = () => describe("a user");\n`)).toEqual(["job.ts"]);
});

test("so is one of a runner's own ending", () => {
  expect(sinksIn("user.servertest.ts", "")).toEqual([]);
  expect(sinksIn("user.vitest.ts", "")).toEqual([]);
  expect(sinksIn("user.latest.ts", "")).toEqual(["user.latest.ts"]);
});

test("types and settings of a test runner make no test", () => {
  expect(sinksIn("job.ts", `import type { Mock } from "vitest";\nexport let mock: Mock | undefined;\n`)).toEqual(["job.ts"]);
  expect(sinksIn("job.ts", `import { defineConfig } from "vitest/config";\nexport default defineConfig({});\n`)).toEqual(["job.ts"]);
});

test("a test that other code imports runs all the same", () => {
  expect(sinksIn("check.ts", `import { it } from "vitest";\nit("runs", () => {});\n`, `import "./check.js";`)).toEqual(["check.ts"]);
});
