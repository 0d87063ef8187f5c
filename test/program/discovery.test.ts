import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { openProject, type Project } from "../../src/program/index.js";
import { temporary } from "./temporary.js";

const names = (project: Project): readonly string[] => project.files.map((file) => file.name);
const open = (files: Readonly<Record<string, string | object>>, tsconfigs?: readonly string[]): Project =>
  openProject({ root: temporary(files), ts, ...(tsconfigs === undefined ? {} : { tsconfigs }) });

describe("files of one tsconfig", () => {
  it("takes sources, not declarations, dependencies, dot folders, or JSON", () => {
    const project = open({
      "tsconfig.json": {},
      "src/a.ts": "",
      "src/b.tsx": "",
      "src/c.mts": "",
      "src/d.cts": "",
      "src/e.d.ts": "",
      "src/f.json": "{}",
      "node_modules/x/index.ts": "",
      "src/node_modules/y/index.ts": "",
      ".cache/g.ts": "",
    });
    expect(names(project)).toEqual(["src/a.ts", "src/b.tsx", "src/c.mts", "src/d.cts"]);
    expect(project.problems).toEqual([]);
    expect(project.files[0]?.path).toBe(`${project.root}/src/a.ts`);
  });

  it("takes JavaScript inside the globs without allowJs, but none beside the TypeScript that it was built from", () => {
    const project = open({
      "tsconfig.json": { include: ["src"] },
      "src/a.ts": "",
      "src/a.js": "",
      "src/b.js": "",
      "src/c.cjs": "",
      "src/d.jsx": "",
      "src/d.d.ts": "",
      "e.js": "",
    });
    expect(names(project)).toEqual(["src/a.ts", "src/b.js", "src/c.cjs", "src/d.jsx"]);
  });

  it("respects include and exclude", () => {
    const project = open({
      "tsconfig.json": { include: ["src/**/*"], exclude: ["**/*.test.ts"] },
      "src/a.ts": "",
      "src/a.test.ts": "",
      "scripts/b.ts": "",
    });
    expect(names(project)).toEqual(["src/a.ts"]);
  });

  it("inherits include through extends, comments allowed", () => {
    const project = open({
      "base.json": '{ /* base */ "include": ["lib"], }',
      "tsconfig.json": '{ "extends": "./base" } // end',
      "lib/a.ts": "",
      "b.ts": "",
    });
    expect(names(project)).toEqual(["lib/a.ts"]);
    expect(project.problems).toEqual([]);
  });

  it("follows imports beyond files, as the compiler does", () => {
    const project = open({
      "tsconfig.json": { files: ["src/main.ts"] },
      "src/main.ts": `import { a } from "./a.js"; const b = await import("./b");`,
      "src/a.ts": `export * from './deep';`,
      "src/deep/index.ts": `const c = require("../c");`,
      "src/b.tsx": "",
      "src/c.cjs": "",
      "src/unused.ts": "",
    });
    expect(names(project)).toEqual(["src/a.ts", "src/b.tsx", "src/c.cjs", "src/deep/index.ts", "src/main.ts"]);
  });

  it("leaves outDir out even when exclude is written and does not name it", () => {
    const project = open({
      "tsconfig.json": { compilerOptions: { outDir: "out" }, exclude: ["x"] },
      "a.ts": "",
      "out/a.js": "",
      "out/b.ts": "",
    });
    expect(names(project)).toEqual(["a.ts"]);
  });

  it("keeps sources where outDir is the folder itself", () => {
    expect(names(open({ "tsconfig.json": { compilerOptions: { outDir: "." }, exclude: [] }, "a.ts": "" }))).toEqual(["a.ts"]);
  });

  it("leaves built JavaScript in dist out without allowJs, and takes TypeScript in a folder of that name", () => {
    const project = open({ "tsconfig.json": {}, "src/a.ts": "", "dist/a.js": "", "dist/hand.ts": "", "src/dist/b.js": "" });
    expect(names(project)).toEqual(["dist/hand.ts", "src/a.ts", "src/dist/b.js"]);
  });

  it("reads jsconfig.json", () => {
    const project = open({
      "jsconfig.json": { include: ["src"], compilerOptions: { paths: { "@/*": ["./src/*"] } } },
      "src/a.js": "",
      "b.js": "",
    });
    expect(names(project)).toEqual(["src/a.js"]);
    expect(project.resolveModule(`${project.root}/src/a.js`, "@/a")).toEqual({ kind: "file", path: `${project.root}/src/a.js` });
  });
});

describe("files left out by what they hold", () => {
  it("a minified bundle, and not a short one-line script", () => {
    const project = open({
      "tsconfig.json": {},
      "bundle.js": "a();".repeat(2_000),
      "line.js": "a();".repeat(200),
      "long.js": "a();\n".repeat(2_000),
      "data.ts": "a();".repeat(2_000),
    });
    expect(names(project)).toEqual(["data.ts", "line.js", "long.js"]);
    expect(project.problems).toEqual([]);
  });

  it("a file over 2 MB, with a warning", () => {
    const project = open({ "tsconfig.json": {}, "big.ts": "// filler\n".repeat(220_000), "a.ts": "" });
    expect(names(project)).toEqual(["a.ts"]);
    expect(project.problems).toEqual([
      {
        file: `${project.root}/big.ts`,
        line: 1,
        column: 1,
        severity: "warning",
        message: "this file is 2.2 MB and was left out: the limit is 2 MB",
        fix: "split it, or exclude it in the tsconfig",
      },
    ]);
  });
});

describe("several packages", () => {
  it.each([
    ["npm", { "package.json": { workspaces: ["packages/*"] } }],
    ["yarn", { "package.json": { workspaces: { packages: ["packages/*"] } } }],
    ["pnpm", { "package.json": {}, "pnpm-workspace.yaml": "packages:\n  - 'packages/*'\n" }],
    ["lerna", { "lerna.json": {} }],
  ])("reads the tsconfig of each member: %s", (_, root) => {
    const project = open({
      ...root,
      "packages/a/package.json": { name: "a" },
      "packages/a/tsconfig.json": { include: ["src"] },
      "packages/a/src/a.ts": "",
      "packages/a/other.ts": "",
      "packages/b/package.json": { name: "b" },
      "packages/b/lib/b.js": "",
    });
    expect(names(project)).toEqual(["packages/a/src/a.ts", "packages/b/lib/b.js"]);
  });

  it("takes all sources of a package without a tsconfig, built folders only when there is nothing else", () => {
    const project = open({
      "package.json": { workspaces: ["*"] },
      "a/package.json": { name: "a" },
      "a/index.js": "",
      "a/dist/index.js": "",
      "b/package.json": { name: "b" },
      "b/dist/index.js": "",
      "tsconfig.json": { files: [] },
    });
    expect(names(project)).toEqual(["a/index.js", "b/dist/index.js"]);
  });

  it("leaves fixtures with a tsconfig of their own out where the root's exclude says so, but never a member", () => {
    const files = {
      "tsconfig.json": { exclude: ["fixtures", "packages"] },
      "a.ts": "",
      "fixtures/x/tsconfig.json": {},
      "fixtures/x/f.ts": "",
      "packages/p/tsconfig.json": {},
      "packages/p/p.ts": "",
      "packages/p/package.json": { name: "p" },
    };
    expect(names(open({ ...files, "package.json": { workspaces: ["packages/*"] } }))).toEqual(["a.ts", "packages/p/p.ts"]);
    expect(names(open(files))).toEqual(["a.ts"]);
  });

  it("follows references of a solution-style tsconfig", () => {
    const project = open({
      "tsconfig.json": { files: [], references: [{ path: "./tsconfig.app.json" }, { path: "./lib" }] },
      "tsconfig.app.json": { include: ["src"] },
      "src/a.ts": "",
      "lib/tsconfig.json": { compilerOptions: { composite: true } },
      "lib/b.ts": "",
      "c.ts": "",
    });
    expect(names(project)).toEqual(["lib/b.ts", "src/a.ts"]);
    expect(project.problems).toEqual([]);
  });

  it("with explicit tsconfigs takes theirs, those that they reference, and nothing else", () => {
    const files = {
      "tsconfig.json": {},
      "a/tsconfig.json": { references: [{ path: "../b" }] },
      "a/a.ts": "",
      "b/tsconfig.json": { compilerOptions: { composite: true } },
      "b/b.ts": "",
      "c/tsconfig.json": {},
      "c/c.ts": "",
    };
    expect(names(open(files, ["a/tsconfig.json"]))).toEqual(["a/a.ts", "b/b.ts"]);
    expect(names(open(files, ["c"]))).toEqual(["c/c.ts"]);
  });

  it("finds files through a symlinked folder once, where they are", () => {
    const root = temporary({ "shared/s.ts": "", "app/tsconfig.json": { include: ["src"] }, "app/src/a.ts": `import "./shared/s";` });
    symlinkSync(path.join(root, "shared"), path.join(root, "app/src/shared"), "dir");
    expect(names(openProject({ root, ts }))).toContain("shared/s.ts");
    expect(names(openProject({ root, ts })).filter((name) => name.endsWith("s.ts"))).toEqual(["shared/s.ts"]);
  });
});

describe("no tsconfig", () => {
  it("warns and takes all sources", () => {
    const project = open({ "a.ts": "", "lib/b.js": "", "types.d.ts": "" });
    expect(names(project)).toEqual(["a.ts", "lib/b.js"]);
    expect(project.problems).toEqual([
      {
        file: project.root,
        line: 1,
        column: 1,
        severity: "warning",
        message: "there is no tsconfig.json: all source files are taken, with default options",
        fix: "add a tsconfig.json",
      },
    ]);
  });

  it("uses the options of a tsconfig above the folder", () => {
    const root = temporary({
      "tsconfig.json": { compilerOptions: { paths: { "~/*": ["./case/lib/*"] } } },
      "case/a.ts": `import "~/b"`,
      "case/lib/b.ts": "",
      "other.ts": "",
    });
    const project = openProject({ root: `${root}/case`, ts });
    expect(names(project)).toEqual(["a.ts", "lib/b.ts"]);
    expect(project.problems).toEqual([]);
    expect(project.resolveModule(`${root}/case/a.ts`, "~/b")).toEqual({ kind: "file", path: `${root}/case/lib/b.ts` });
  });
});

describe("bad input", () => {
  it("no folder", () => {
    const project = openProject({ root: "/nowhere/at/all", ts });
    expect(project.problems).toEqual([
      {
        file: "/nowhere/at/all",
        line: 1,
        column: 1,
        severity: "error",
        message: "the project's folder does not exist",
        fix: "name the folder that holds the code",
      },
    ]);
    expect(project.files).toEqual([]);
    expect(project.types()).toBeUndefined();
    expect(project.resolveModule("/nowhere/a.ts", "./b")).toEqual({ kind: "unresolved", specifier: "./b" });
  });

  it("an empty project", () => {
    const project = open({ "tsconfig.json": {} });
    expect(project.problems).toMatchObject([
      { file: `${project.root}/tsconfig.json`, severity: "error", message: "there are no source files" },
    ]);
  });

  it("a syntax error in a tsconfig has its place", () => {
    const project = open({ "tsconfig.json": '{\n  "include": ["src"\n  "exclude": []\n}', "src/a.ts": "" });
    expect(project.problems[0]).toMatchObject({
      file: `${project.root}/tsconfig.json`,
      line: 3,
      column: 3,
      severity: "error",
      message: "',' expected.",
    });
  });

  it.each([
    ["./missing.json", "error"],
    ["./missing", "error"],
    ["@tsconfig/node20/tsconfig.json", "warning"],
  ])("extends %s that is not there: %s, at the value", (base, severity) => {
    const project = open({ "tsconfig.json": `{\n  "extends": "${base}",\n  "include": ["src"]\n}`, "src/a.ts": "" });
    expect(project.problems).toMatchObject([{ file: `${project.root}/tsconfig.json`, line: 2, column: 14, severity }]);
    expect(project.problems[0]?.message).toContain(base);
    expect(project.problems[0]?.fix).toBeDefined();
    expect(names(project)).toEqual(["src/a.ts"]);
  });

  it("a missing base of a base is blamed on the file that names it", () => {
    const project = open({ "tsconfig.json": { extends: "./base.json" }, "base.json": '{ "extends": "./gone.json" }', "a.ts": "" });
    expect(project.problems).toMatchObject([{ file: `${project.root}/base.json`, line: 1, column: 14, severity: "error" }]);
  });

  it("extends a workspace package that is not installed", () => {
    const project = open({
      "package.json": { workspaces: ["config", "app"] },
      "config/package.json": { name: "@acme/tsconfig" },
      "config/base.json": { compilerOptions: { paths: { "@/*": ["${configDir}/src/*"] } } },
      "app/package.json": { name: "app" },
      "app/tsconfig.json": { extends: "@acme/tsconfig/base.json" },
      "app/src/a.ts": "",
    });
    expect(project.problems.filter((p) => p.file.endsWith("app/tsconfig.json"))).toEqual([]);
    expect(project.resolveModule(`${project.root}/app/src/a.ts`, "@/a").kind).toBe("file");
  });

  it("a missing reference, at its path", () => {
    const project = open({ "tsconfig.json": '{\n  "references": [\n    { "path": "./gone" }\n  ]\n}', "a.ts": "" });
    expect(project.problems).toMatchObject([{ line: 3, column: 15, severity: "error" }]);
    expect(project.problems[0]?.message).toBe('this tsconfig references "./gone", but there is no gone/tsconfig.json');
  });

  it("an unknown option warns, and the rest counts", () => {
    const project = open({ "tsconfig.json": '{ "compilerOptions": { "strictt": true } }', "a.ts": "" });
    expect(project.problems).toMatchObject([{ line: 1, column: 24, severity: "warning" }]);
    expect(names(project)).toEqual(["a.ts"]);
  });

  it("`files` names what is not there, at the name", () => {
    const project = open({ "tsconfig.json": '{\n  "files": ["a.ts", "gone.ts"]\n}', "a.ts": "" });
    expect(project.problems).toEqual([
      {
        file: `${project.root}/tsconfig.json`,
        line: 2,
        column: 21,
        severity: "error",
        message: '`files` names "gone.ts", which does not exist',
        fix: "correct the path, or remove it from `files`",
      },
    ]);
    expect(names(project)).toEqual(["a.ts"]);
  });

  it("inherited `files` are those beside the base", () => {
    const files = (name: string) => ({ "tsconfig.json": { extends: "./cfg/base.json" }, "cfg/base.json": { files: [name] }, "a.ts": "" });
    expect(open(files("../a.ts")).problems).toEqual([]);
    expect(open(files("${configDir}/a.ts")).problems).toEqual([]);
    expect(open(files("a.ts")).problems).toMatchObject([{ severity: "error", message: '`files` names "cfg/a.ts", which does not exist' }]);
  });

  it.each([
    ['{ "include": "src" }', "error"],
    ['{ "include": ["src/**"] }', "error"],
    ['{ "extends": "./tsconfig.json" }', "error"],
    ['{ "compilerOptions": { "strict": "yes" } }', "warning"],
  ])("%s is an %s: %s", (text, severity) => {
    const project = open({ "tsconfig.json": text, "src/a.ts": "" });
    expect(project.problems.map((problem) => problem.severity)).toEqual([severity]);
  });

  it("an explicit tsconfig that is not there", () => {
    const project = open({ "a.ts": "" }, ["tsconfig.gone.json"]);
    expect(project.problems).toMatchObject([
      { file: `${project.root}/tsconfig.gone.json`, severity: "error", message: "this tsconfig does not exist" },
    ]);
  });

  it("a broken package.json and pnpm-workspace.yaml warn", () => {
    const project = open({
      "package.json": '{\n  "name": oops\n}',
      "pnpm-workspace.yaml": "packages: [\n",
      "tsconfig.json": {},
      "a.ts": "",
    });
    expect(project.problems).toMatchObject([
      { file: `${project.root}/package.json`, line: 2, severity: "warning" },
      { file: `${project.root}/pnpm-workspace.yaml`, severity: "warning" },
    ]);
  });

  it("a folder that refers to itself does no harm", () => {
    const root = temporary({ "tsconfig.json": { references: [{ path: "." }] }, "a.ts": "" });
    mkdirSync(path.join(root, "deep"));
    symlinkSync(root, path.join(root, "deep/loop"), "dir");
    expect(names(openProject({ root, ts }))).toEqual(["a.ts"]);
  });

  it("TypeScript 7 has no API of this kind", () => {
    const native = { version: "7.0.1" } as unknown as typeof ts;
    const project = openProject({ root: temporary({ "a.ts": "" }), ts: native });
    expect(project.problems).toMatchObject([
      { severity: "error", message: "TypeScript 7.0.1 has no JavaScript compiler API, which this analysis needs" },
    ]);
    expect(project.problems[0]?.fix).toContain("typescript@6");
  });
});
