/** What is published: packed, installed into an empty project, and used there as its users would. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { END, HEAD, SOURCES } from "../rules/project.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const MINUTES = 60_000;

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

const VIOLATION = `${HEAD}  upload(user.email);
  mail(user.name + user.prompt);
${END}`;

let tarball: string;
let files: readonly string[];
let project: string;

beforeAll(() => {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "purpose-lint-package-")));
  const packed = JSON.parse(
    execFileSync(npm, ["pack", "--json", "--silent", "--pack-destination", folder], { cwd: root, encoding: "utf8", stdio: "pipe" }),
  ) as Packed[] | Readonly<Record<string, Packed>>;
  const [pack] = Object.values(packed);
  if (pack === undefined) throw new Error("npm pack made nothing");
  tarball = path.join(folder, pack.filename);
  files = pack.files.map((file) => file.path);

  project = path.join(folder, "project");
  mkdirSync(path.join(project, "src"), { recursive: true });
  for (const [name, text] of Object.entries({ ...SOURCES, "src/main.ts": VIOLATION })) writeFileSync(path.join(project, name), text);
  execFileSync(
    npm,
    ["install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", tarball, "typescript@6", "eslint@10", "@types/node@20"],
    { cwd: project, stdio: "pipe" },
  );
}, 5 * MINUTES);

/** Runs JavaScript in the project; gives what it prints. */
function node(script: string): string {
  return execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: project, encoding: "utf8" }).trim();
}

function bin(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const command = path.join(project, "node_modules/.bin", process.platform === "win32" ? "purpose-lint.cmd" : "purpose-lint");
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: project, encoding: "utf8", shell: process.platform === "win32" });
  return { status, stdout, stderr };
}

describe("the packed files", () => {
  it("are the built code, the schemas and what a package needs beside them", () => {
    const tops = new Set(files.filter((file) => !file.startsWith("docs/")).map((file) => file.split("/")[0]));
    expect([...tops].sort()).toEqual([
      "ARCHITECTURE.md",
      "LICENSE",
      "PERFORMANCE.md",
      "README.md",
      "dist",
      "fixtures",
      "models",
      "package.json",
      "schema",
      "taxonomies",
    ]);
    expect(files.filter((file) => file.startsWith("fixtures/"))).toEqual(["fixtures/app/purpose.yaml"]);
    expect(files.filter((file) => /\.tsbuildinfo$|^dist\/(?:test|bench|fixtures)\//.test(file))).toEqual([]);
  });

  it("pass publint", () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [path.join(root, "node_modules/publint/src/cli.js"), tarball, "--strict"],
      { encoding: "utf8" },
    );
    expect(status, stdout + stderr).toBe(0);
  });

  it("have types that every ESM resolution finds", () => {
    const attw = path.join(root, "node_modules/@arethetypeswrong/cli/dist/index.js");
    const args = [attw, tarball, "--profile", "esm-only", "--no-emoji", "--no-color", "--exclude-entrypoints", "./schema"];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 2 * MINUTES });
    expect(status, stdout + stderr).toBe(0);
  });
});

describe("the installed package", () => {
  it("can be imported", () => {
    expect(
      node(
        `import { analyze } from "purpose-lint"; console.log(analyze({ root: "." }).findings.filter((f) => f.sink).map((f) => f.rule + " " + f.field).join())`,
      ),
    ).toBe("limitation user.email,minimization user.email");
  });

  it("has the ESLint plugin", () => {
    expect(node(`import purpose from "purpose-lint/eslint"; console.log(purpose.meta.name, purpose.meta.version)`)).toBe(
      `purpose-lint ${packageJson.version}`,
    );
  });

  it("has the manifest's schema", () => {
    expect(node(`import schema from "purpose-lint/schema" with { type: "json" }; console.log(schema.type)`)).toBe("object");
    expect(
      node(
        `import schema from "purpose-lint/schema/manifest.schema.json" with { type: "json" }; console.log(Object.keys(schema.properties).includes("purposes"))`,
      ),
    ).toBe("true");
  });

  it("type-checks for its users", () => {
    writeFileSync(
      path.join(project, "use.mts"),
      `import { analyze, type Report } from "purpose-lint";
import purpose from "purpose-lint/eslint";
import { defineConfig } from "eslint/config";
export const report: Report = analyze({ root: "." });
export default defineConfig([purpose.configs.recommended, { plugins: { purpose }, rules: { "purpose/blind-spot": "warn" } }]);
`,
    );
    const tsc = path.join(project, "node_modules/typescript/bin/tsc");
    const args = [
      tsc,
      "--ignoreConfig",
      "--noEmit",
      "--strict",
      "--skipLibCheck",
      "--module",
      "nodenext",
      "--target",
      "es2022",
      "--types",
      "node",
      "use.mts",
    ];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: project, encoding: "utf8" });
    expect(status, stdout).toBe(0);
  });

  it("runs the example of docs/api.md", () => {
    const [, example = ""] = /^```js\n([^]*?)^```$/m.exec(readFileSync(path.join(root, "docs/api.md"), "utf8")) ?? [];
    writeFileSync(path.join(project, "check.mjs"), example);
    const { status, stdout, stderr } = spawnSync(process.execPath, ["check.mjs"], { cwd: project, encoding: "utf8" });
    expect([status, stderr]).toEqual([1, ""]);
    expect(stdout).toMatch(/^[1-9]\d* findings, [1-9]\d* unlawful flows, \d+ blind spots$/m);
  });

  it("tells its version", () => {
    expect(bin("--version")).toEqual({ status: 0, stdout: `${packageJson.version}\n`, stderr: "" });
  });

  it("checks a project: violations are shown, and fail", () => {
    const { status, stdout } = bin("check", ".");
    expect(stdout).toContain("user.email");
    expect(status).toBe(1);
  });
});
