/** The built command where the project brings no TypeScript, or one that has no API for it. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { dependencies } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as { dependencies: Record<string, string> };

/** The package as it is installed, with its dependencies and these files of a `typescript` package. */
function install(typescript: Readonly<Record<string, string>>): string {
  const project = realpathSync(mkdtempSync(path.join(tmpdir(), "purpose-lint-compiler-")));
  const modules = path.join(project, "node_modules");
  cpSync(path.join(root, "dist"), path.join(modules, "purpose-lint/dist"), { recursive: true });
  writeFileSync(path.join(modules, "purpose-lint/package.json"), '{ "name": "purpose-lint", "type": "module" }');
  for (const name of Object.keys(dependencies)) {
    mkdirSync(path.dirname(path.join(modules, name)), { recursive: true });
    symlinkSync(path.join(root, "node_modules", name), path.join(modules, name));
  }
  for (const [file, text] of Object.entries(typescript)) {
    mkdirSync(path.join(modules, "typescript"), { recursive: true });
    writeFileSync(path.join(modules, "typescript", file), text);
  }
  writeFileSync(path.join(project, "purpose.yaml"), "version: 1\n");
  writeFileSync(path.join(project, "main.ts"), "export {};\n");
  return project;
}

function run(project: string, ...argv: string[]): { readonly code: number | null; readonly err: string } {
  const bin = path.join(project, "node_modules/purpose-lint/dist/src/cli/bin.js");
  const { status, stderr } = spawnSync(process.execPath, [bin, ...argv], { cwd: project, encoding: "utf8" });
  return { code: status, err: stderr };
}

describe("without TypeScript", () => {
  const project = install({});

  it("says what to install", () => {
    expect(run(project, "check")).toEqual({
      code: 2,
      err: "error: TypeScript is not installed, and nothing can be read without it\n  fix: npm install --save-dev typescript@6\n",
    });
  });

  it("helps all the same", () => {
    expect(run(project, "--help")).toEqual({ code: 0, err: "" });
  });
});

describe("with TypeScript 7", () => {
  it("says which one to install, and how to keep it", () => {
    // As the real package is: its main module tells the version, and nothing else.
    const project = install({
      "package.json": '{ "name": "typescript", "version": "7.0.2", "exports": { ".": "./version.cjs" } }',
      "version.cjs": 'module.exports = { version: "7.0.2", versionMajorMinor: "7.0" };',
    });
    const { code, err } = run(project, "check");
    expect(code).toBe(2);
    expect(err).toBe(
      ".: error: TypeScript 7.0.2 has no JavaScript compiler API, which this analysis needs\n" +
        "  fix: npm install --save-dev typescript@6 (TypeScript 7 can stay under another name: typescript7@npm:typescript@7)\n",
    );
  });
});
