/** Bad input, through the whole program: a clear message with its place and exit 2 where nothing can be analysed, else a blind spot. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../src/cli/run.js";
import type { Report } from "../../src/report/schema.js";

const MANIFEST = `version: 1
purposes:
  train: { basis: legitimate-interest }
fields:
  chat.prompt: { for: [train] }
sources:
  - { field: chat.prompt, returns: "./src/main.ts:load" }
sinks:
  - { id: upload, purpose: train, call: "./src/main.ts:upload", argument: "0" }
`;
const MAIN = `export function load(): string { return "p"; }
export function upload(x: string): void { void x; }
upload(load());
`;
const TSCONFIG = `{ "compilerOptions": { "strict": true, "module": "nodenext" }, "include": ["src"] }\n`;
const PROJECT = { "purpose.yaml": MANIFEST, "tsconfig.json": TSCONFIG, "src/main.ts": MAIN };

let cwd: string;
beforeAll(() => {
  cwd = realpathSync(mkdtempSync(path.join(tmpdir(), "purpose-lint-project-")));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

/** Writes the project into a new folder and checks it. */
async function check(
  name: string,
  files: Readonly<Record<string, string>>,
  ...argv: string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  for (const [file, text] of Object.entries(files)) {
    const target = path.join(cwd, name, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  let out = "";
  let err = "";
  const code = await run(["check", name, ...argv], {
    cwd,
    env: {},
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
  });
  return { code, out, err };
}

async function report(name: string, files: Readonly<Record<string, string>>): Promise<Report> {
  const { out, err } = await check(name, files, "--format", "json");
  expect(err).toBe("");
  return JSON.parse(out) as Report;
}

describe("input with which nothing can be analysed", () => {
  it("no manifest", async () => {
    expect(await check("bare", { "tsconfig.json": TSCONFIG, "src/main.ts": MAIN })).toEqual({
      code: 2,
      out: "",
      err: "bare/purpose.yaml: error: there is no purpose.yaml here or in any folder above\n  fix: write one, or name it with --manifest FILE\n",
    });
  });

  it("a manifest that is not where --manifest says", async () => {
    const { code, err } = await check("elsewhere", PROJECT, "--manifest", "legal.yaml");
    expect([code, err]).toEqual([2, "legal.yaml: error: there is no such manifest\n  fix: correct the path given as --manifest\n"]);
  });

  it("a wrong manifest, with the place of what is wrong", async () => {
    const { code, out, err } = await check("wrong", { ...PROJECT, "purpose.yaml": MANIFEST.replace("for: [train]", "for: [trian]") });
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/^wrong\/purpose\.yaml:5:\d+: error: .*trian.*\n {2}fix: .*train/);
  });

  it("no such folder", async () => {
    const { code, err } = await check("missing", {});
    expect([code, err]).toEqual([2, "missing: error: there is no such folder\n  fix: name the folder of the project to check\n"]);
  });

  it("no source file", async () => {
    const { code, out, err } = await check("empty", { "purpose.yaml": MANIFEST });
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/^empty: error: there are no source files\n {2}fix: /);
  });
});

describe("input that can be analysed in part", () => {
  it("a tsconfig whose base is missing is an error with its place, and the report is there all the same", async () => {
    const { code, out, err } = await check("base", {
      ...PROJECT,
      "tsconfig.json": `{\n  "extends": "./gone.json",\n  "include": ["src"]\n}\n`,
    });
    expect(code).toBe(2);
    expect(err).toMatch(/^base\/tsconfig\.json:2:\d+: error: .*gone\.json/);
    expect(out).toContain("1 flow from collection to a sink: 1 allowed");
  });

  it("a tsconfig that names a missing file is an error with its place, too", async () => {
    const { code, err } = await check("files", { ...PROJECT, "tsconfig.json": `{\n  "files": ["src/main.ts", "src/gone.ts"]\n}\n` });
    expect([code, err]).toEqual([
      2,
      'files/tsconfig.json:2:28: error: `files` names "src/gone.ts", which does not exist\n  fix: correct the path, or remove it from `files`\n',
    ]);
  });

  it.each([
    ["loadd", "load"],
    ["Svc.laod", "Svc.load"],
    ["Svcc.load", "Svc.load"],
    ["User.emial", "User.email"],
    ["fetchAll", undefined],
    ["Svc.remove", undefined],
  ])("a locator that matches nothing, %s, comes with the near name: %s", async (written, near) => {
    const main = `${MAIN}export class Svc { load(): string { return load(); } }\nexport interface User { email: string }\n`;
    const source = `  - { field: chat.prompt, returns: "./src/main.ts:${written}" }\nsinks:`;
    const files = { ...PROJECT, "src/main.ts": main, "purpose.yaml": MANIFEST.replace("sinks:", source) };
    const { code, err } = await check(`near-${written}`, files);
    expect(code).toBe(2);
    expect(/fix: Did you mean `\.\/src\/main\.ts:([^`]+)`\? Correct/.exec(err)?.[1]).toBe(near);
  });

  it.each([
    ["opnai:OpenAI.files.create", "openai:OpenAI.files.create"],
    ["@acme/shraed:upload", "@acme/shared:upload"],
    ["unheard-of:upload", undefined],
  ])("so does one of a package that no file imports, %s: %s", async (written, near) => {
    const main = `import OpenAI from "openai";\nimport { upload } from "@acme/shared/api";\nvoid OpenAI; void upload;\n${MAIN}`;
    const sink = `sinks:\n  - { id: other, purpose: train, call: "${written}" }\n`;
    const files = { ...PROJECT, "src/main.ts": main, "purpose.yaml": MANIFEST.replace("sinks:\n", sink) };
    const { code, err } = await check(`package-${written.replaceAll(/\W/g, "-")}`, files);
    expect(code).toBe(2);
    expect(/fix: Did you mean `([^`]+)`\? Correct/.exec(err)?.[1]).toBe(near);
  });

  it("a locator that matches nothing is an error with its place", async () => {
    const { code, err } = await check("drift", { ...PROJECT, "purpose.yaml": MANIFEST.replace("main.ts:load", "main.ts:loadd") });
    expect(code).toBe(2);
    expect(err).toMatch(/^drift\/purpose\.yaml:7:36: error: `\.\/src\/main\.ts:loadd` of .* matches nothing in the program\n {2}fix: /);
  });

  it("a syntax error is a blind spot", async () => {
    const { blindSpots, flows } = await report("syntax", { ...PROJECT, "src/broken.ts": "export const a = (;\n" });
    expect(blindSpots.map(({ kind, file, line }) => [kind, file, line])).toEqual([["syntax-error", "src/broken.ts", 1]]);
    expect(flows).toHaveLength(1);
  });

  it("so are several in one file", async () => {
    const broken = "export const a = (;\nexport const b = [;\nfunction (\n";
    const { blindSpots } = await report("syntaxes", { ...PROJECT, "src/broken.ts": broken, "src/other.ts": "const = 1;\n" });
    expect(blindSpots.map(({ kind, file, line }) => [kind, file, line])).toEqual([
      ["syntax-error", "src/broken.ts", 1],
      ["syntax-error", "src/other.ts", 1],
    ]);
    expect(blindSpots[0]!.reason).toMatch(/ \(the first of \d+ errors in this file\)$/);
  });

  it("a file that is too large is a blind spot and a warning", async () => {
    const generated = `export const a = "${"x".repeat(2_100_000)}";\n`;
    const files = { ...PROJECT, "src/large.ts": generated, "src/near.ts": generated.slice(200_000) };
    const { out, err } = await check("large", files, "--format", "json");
    const { blindSpots, problems, flows } = JSON.parse(out) as Report;
    const reason = "this file is 2.1 MB and was left out: the limit is 2 MB";
    expect(blindSpots.filter(({ kind }) => kind === "unread-file")).toMatchObject([{ file: "src/large.ts", line: 1, reason, fields: [] }]);
    expect(problems.filter(({ message }) => message === reason)).toHaveLength(1);
    expect(err).toBe(`large/src/large.ts:1:1: warning: ${reason}\n  fix: split it, or exclude it in the tsconfig\n`);
    expect(flows).toHaveLength(1);
  });

  it("an import that leads nowhere is a blind spot", async () => {
    const { blindSpots, flows } = await report("import", { ...PROJECT, "src/other.ts": 'import { x } from "./gone.js";\nx();\n' });
    expect(blindSpots.map(({ kind, file, line }) => [kind, file, line])).toEqual([["unresolved-import", "src/other.ts", 1]]);
    expect(flows).toHaveLength(1);
  });
});

it("a clean project exits 0", async () => {
  const { code, out, err } = await check("clean", PROJECT);
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(/^✔ no findings\n {2}1 flow from collection to a sink: 1 allowed, 0 by assessment, 0 violations\n/);
});

describe("a manifest above the folder", () => {
  const files = {
    "purpose.yaml": `${MANIFEST.replaceAll("./src", "./app/src")}  - { id: serve, purpose: train, call: "./api/src/main.ts:upload", argument: "0" }\n`,
    "app/tsconfig.json": TSCONFIG,
    "app/src/main.ts": MAIN,
    "api/tsconfig.json": TSCONFIG,
    "api/src/main.ts": `import { load } from "../../app/src/main.js";\nexport function upload(x: string): void { void x; }\nupload(load());\n`,
  };

  it("is about all of its folder, which is checked as if it were named", async () => {
    const whole = await check("nested", files, "--format", "json");
    const { code, out, err } = await check("nested/app", {}, "--format", "json");
    expect([whole.code, code]).toEqual([0, 0]);
    expect(out).toBe(whole.out);
    expect((JSON.parse(out) as Report).flows.map(({ sink }) => sink.file)).toEqual(["api/src/main.ts", "app/src/main.ts"]);
    expect([whole.err, err]).toEqual([
      "",
      "purpose-lint: checks all of nested, where purpose.yaml is; paths in the report are relative to it\n",
    ]);
  });

  it("that is named leaves it at the folder; what it says of other code matches nothing, and where to run it is told", async () => {
    const { code, err } = await check("nested/app", {}, "--format", "json", "--manifest", path.join(cwd, "nested/purpose.yaml"));
    expect(code).toBe(2);
    expect(err).toContain("nested/purpose.yaml:10:40: error: ");
    expect(err).toMatch(/\npurpose-lint: only nested\/app was checked; run it on nested, where the manifest is, if that is about more\n$/);
  });

  it("does not make a folder that is not there", async () => {
    const { code, err } = await check("nested/gone", {}, "--format", "json");
    expect([code, err]).toEqual([2, "nested/gone: error: there is no such folder\n  fix: name the folder of the project to check\n"]);
  });
});

describe("a manifest that asks for a check that there is not", () => {
  const asking = { ...PROJECT, "purpose.yaml": `${MANIFEST}stores:\n  - { id: drafts, storage: draft }\n` };
  const LINE = MANIFEST.split("\n").length + 1;
  const MESSAGE =
    "`storage` in `stores` asks for what is written and read through it, which this version does not follow: what goes in there does not come out";
  const FIX = "declare the functions around it as the `write` and `read` of a store";

  it("is told so in the report, and passes", async () => {
    const { code, out, err } = await check("asking", asking);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("✔ no findings, 1 key not enforced\n");
    expect(out).toContain(`  purpose.yaml:${LINE}:19  ${MESSAGE}\n`);
  });

  it("is told so as a problem, and on stderr where the report is for machines or goes elsewhere", async () => {
    const warning = `asking/purpose.yaml:${LINE}:19: warning: ${MESSAGE}\n  fix: ${FIX}\n`;
    const { code, out, err } = await check("asking", asking, "--format", "json");
    expect([code, err]).toEqual([0, warning]);
    expect((JSON.parse(out) as Report).problems).toEqual([
      {
        kind: "unsupported",
        file: "purpose.yaml",
        line: LINE,
        column: 19,
        severity: "warning",
        message: MESSAGE,
        fix: FIX,
      },
    ]);
    expect((await check("asking", asking, "--output", path.join(cwd, "report.txt"))).err).toBe(
      `${warning}purpose-lint: no findings, 1 key not enforced; written to ${path.join(cwd, "report.txt")}\n`,
    );
  });

  it("is not told so by one that asks for nothing more", async () => {
    expect((await report("content", PROJECT)).problems).toEqual([]);
  });
});

describe("a manifest that says nothing", () => {
  it("is no clean check", async () => {
    const { code, out } = await check("nothing", { ...PROJECT, "purpose.yaml": "version: 1\n" });
    expect(code).toBe(1);
    expect(out).toContain("the manifest declares no source and no sink: there is no flow that could be checked");
    expect(out).toContain("⚠ 1 warning");
  });
});

describe("packages that are not installed", () => {
  const code = (name: string): string => `import { x } from "${name}";\nimport type { T } from "${name}/sub";\nexport const y: T = x;\n`;
  const packageJson = (...names: string[]): string =>
    `{\n  "name": "app",\n  "dependencies": {\n${names.map((name) => `    "${name}": "1"`).join(",\n")}\n  }\n}\n`;

  it("are one blind spot, where the first is declared", async () => {
    const { blindSpots, flows } = await report("not-installed", {
      ...PROJECT,
      "package.json": packageJson("zod", "@acme/sdk"),
      "src/a.ts": code("zod"),
      "src/b.ts": code("@acme/sdk") + code("zod").replaceAll(/\b([xyT])\b/g, "$12"),
    });
    expect(blindSpots).toEqual([
      {
        kind: "unresolved-import",
        file: "package.json",
        line: 4,
        column: 5,
        endLine: 4,
        endColumn: 5,
        reason:
          "2 packages are not installed (@acme/sdk, zod): without types, what their objects hold and which of their functions a call means is known by names only; install the project's dependencies",
        fields: [],
      },
    ]);
    expect(flows).toHaveLength(1);
  });

  it("are told in every format, and are no failure", async () => {
    const files = { ...PROJECT, "package.json": packageJson("zod"), "src/a.ts": code("zod") };
    expect((await check("pretty", files)).out).toMatch(
      /Not seen: 1 unresolved import.*\n {2}package\.json:4:5 {2}the package zod is not installed/,
    );
    const { code: exit, out } = await check("sarif", files, "--format", "sarif");
    expect(out).toContain("the package zod is not installed");
    expect(exit).toBe(0);
  });

  it.each([
    ["is installed", { "node_modules/zod/package.json": '{ "name": "zod", "version": "1.0.0" }' }],
    ["has its types installed", { "node_modules/@types/zod/index.d.ts": "export type T = string;" }],
    ["no package can be, by their names", { "src/a.ts": code("virtual:zod") + code("$lib/zod").replaceAll(/\b([xyT])\b/g, "$12") }],
  ])("are not those that %s", async (name, more) => {
    const files = { ...PROJECT, "package.json": packageJson("zod"), "src/a.ts": code("zod"), ...more };
    expect((await report(`there-${name.replaceAll(" ", "-")}`, files)).blindSpots).toEqual([]);
  });

  it("are told where they are imported first, when nobody declares them", async () => {
    const { blindSpots } = await report("undeclared", {
      ...PROJECT,
      "package.json": packageJson("other"),
      "src/a.ts": code("zod"),
      "src/b.ts": code("zod/v4"),
    });
    expect(blindSpots.map(({ kind, file, line, reason }) => [kind, file, line, reason])).toEqual([
      ["unresolved-import", "src/a.ts", 1, "the package zod is not installed, and no package.json declares it"],
    ]);
  });

  it("are declared by a workspace's root for its members", async () => {
    const { blindSpots } = await report("workspace", {
      ...PROJECT,
      "package.json": packageJson("zod").replace("{", '{ "workspaces": ["src"],'),
      "src/package.json": '{ "name": "member" }',
      "src/a.ts": code("zod"),
    });
    expect(blindSpots.map(({ file, line }) => [file, line])).toEqual([["package.json", 4]]);
  });
});
