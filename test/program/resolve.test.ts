import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { openProgram, openProject, openVirtual, type ModuleTarget, type Project } from "../../src/program/index.js";
import { temporary } from "./temporary.js";

type Files = Readonly<Record<string, string | object>>;

const virtual = (files: Files): Project =>
  openVirtual(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, typeof text === "string" ? text : JSON.stringify(text)])),
    { ts },
  );

/** `src/a.ts` for an own file, `?` for unresolved, `package:`, `builtin:` and `json:` before the rest. */
function ask(project: Project, from: string, specifier: string): string {
  const target: ModuleTarget = project.resolveModule(`${project.root}/${from}`, specifier);
  const name = (file: string): string => file.replace(`${project.root}/`, "");
  switch (target.kind) {
    case "file":
      return name(target.path);
    case "package":
      return `package:${target.name}${target.subpath === "" ? "" : `/${target.subpath}`}${target.types === undefined ? "" : ` (${name(target.types)})`}`;
    case "json":
      return `json:${name(target.path)}`;
    case "builtin":
      return `builtin:${target.name}`;
    case "unresolved":
      return "?";
  }
}

describe("relative", () => {
  const project = virtual({
    "tsconfig.json": {},
    "src/a.ts": "",
    "src/b.tsx": "",
    "src/c/index.ts": "",
    "src/d.mts": "",
    "src/e.jsx": "",
    "src/both.ts": "",
    "src/both/index.ts": "",
    "src/f.test.ts": "",
    "src/data.json": "{}",
    "src/logo.svg": "",
    "src/style.css": "",
    "src/only.d.ts": "export interface Only {}",
    "src/dotted.name.ts": "",
  });
  it.each([
    ["./a", "src/a.ts"],
    ["./a.js", "src/a.ts"],
    ["./a.ts", "src/a.ts"],
    ["./b.js", "src/b.tsx"],
    ["./b.jsx", "src/b.tsx"],
    ["./c", "src/c/index.ts"],
    ["./c/", "src/c/index.ts"],
    ["./c/index.js", "src/c/index.ts"],
    ["./d.mjs", "src/d.mts"],
    ["./d.js", "?"],
    ["./e", "src/e.jsx"],
    ["./both", "src/both.ts"],
    ["./both/index", "src/both/index.ts"],
    ["./dotted.name", "src/dotted.name.ts"],
    ["./f.test", "src/f.test.ts"],
    [".", "?"],
    ["../src/a", "src/a.ts"],
    ["./gone", "?"],
    ["./A", "?"],
    ["./only", "?"],
    ["./data.json", "json:src/data.json"],
    ["./data", "json:src/data.json"],
    ["./logo.svg", "json:src/logo.svg"],
    ["./logo.svg?raw", "json:src/logo.svg"],
    ["./a?worker", "src/a.ts"],
    ["!!raw-loader!./style.css", "json:src/style.css"],
    ["./gone.css", "?"],
  ])("%s → %s", (specifier, expected) => expect(ask(project, "src/main.ts", specifier)).toBe(expected));

  it("tries moduleSuffixes in order", () => {
    const native = virtual({
      "tsconfig.json": { compilerOptions: { moduleSuffixes: [".native", ""] } },
      "a.ts": "",
      "a.native.ts": "",
      "b.ts": "",
    });
    expect([ask(native, "m.ts", "./a"), ask(native, "m.ts", "./b")]).toEqual(["a.native.ts", "b.ts"]);
  });

  it("lays rootDirs over each other", () => {
    const project = virtual({ "tsconfig.json": { compilerOptions: { rootDirs: ["src", "gen"] } }, "src/a.ts": "", "gen/b.ts": "" });
    expect(ask(project, "src/a.ts", "./b")).toBe("gen/b.ts");
  });
});

describe("paths", () => {
  const project = virtual({
    "package.json": { dependencies: { "@acme/remote": "1" } },
    "tsconfig.json": {
      compilerOptions: {
        paths: {
          "~/*": ["./src/*"],
          "@/*": ["./gen/*", "./src/*"],
          "@acme/*": ["./packages/*/src"],
          exact: ["./src/exact.ts"],
          "@/deep/*": ["./src/x/*"],
        },
      },
    },
    "src/a.ts": "",
    "src/x/y.ts": "",
    "src/exact.ts": "",
    "src/logo.svg": "",
    "gen/a.ts": "",
    "packages/ui/src/index.ts": "",
  });
  it.each([
    ["~/a", "src/a.ts"],
    ["~/a.js", "src/a.ts"],
    ["@/a", "gen/a.ts"],
    ["@/exact", "src/exact.ts"],
    ["@/deep/y", "src/x/y.ts"],
    ["@acme/ui", "packages/ui/src/index.ts"],
    ["exact", "src/exact.ts"],
    ["exactly", "package:exactly"],
    ["~/gone", "?"],
    ["@acme/gone", "?"],
    ["@acme/remote", "package:@acme/remote"],
    ["~/logo.svg", "json:src/logo.svg"],
  ])("%s → %s", (specifier, expected) => expect(ask(project, "src/main.ts", specifier)).toBe(expected));

  it("baseUrl", () => {
    const project = virtual({ "tsconfig.json": { compilerOptions: { baseUrl: "src" } }, "src/lib/a.ts": "" });
    expect([ask(project, "src/m.ts", "lib/a"), ask(project, "src/m.ts", "lib/b")]).toEqual(["src/lib/a.ts", "package:lib/b"]);
  });

  it("each file by the tsconfig that includes it", () => {
    const project = virtual({
      "a/tsconfig.json": { compilerOptions: { paths: { "@/*": ["./src/*"] } } },
      "a/src/x.ts": "",
      "b/tsconfig.json": { files: [], references: [{ path: "./tsconfig.app.json" }] },
      "b/tsconfig.app.json": { include: ["src"], compilerOptions: { paths: { "@/*": ["./src/*"] } } },
      "b/src/x.ts": "",
    });
    expect([ask(project, "a/src/x.ts", "@/x"), ask(project, "b/src/x.ts", "@/x")]).toEqual(["a/src/x.ts", "b/src/x.ts"]);
  });

  it("~/ and @/ by custom where no tsconfig says so", () => {
    const project = virtual({ "package.json": { name: "app" }, "src/a.js": "", "b.js": "" });
    expect([ask(project, "src/m.js", "@/a"), ask(project, "src/m.js", "~/b"), ask(project, "src/m.js", "@/c")]).toEqual([
      "src/a.js",
      "b.js",
      "?",
    ]);
  });
});

describe("built-ins and packages", () => {
  const project = virtual({
    "tsconfig.json": {},
    "a.ts": "",
    "node_modules/typed/package.json": { name: "typed", types: "index.d.ts" },
    "node_modules/typed/index.d.ts": "export {}",
    "node_modules/typed/sub.d.ts": "export {}",
    "node_modules/untyped/package.json": { name: "untyped", main: "index.js" },
    "node_modules/untyped/index.js": "",
    "node_modules/@types/outside/index.d.ts": "export {}",
    "node_modules/mapped/package.json": { name: "mapped", exports: { "./x": { types: "./dist/x.d.ts", default: "./dist/x.js" } } },
    "node_modules/mapped/dist/x.d.ts": "export {}",
  });
  it.each([
    ["fs", "builtin:fs"],
    ["node:fs", "builtin:fs"],
    ["fs/promises", "builtin:fs/promises"],
    ["node:test", "builtin:test"],
    ["test", "package:test"],
    ["fs-extra", "package:fs-extra"],
    ["typed", "package:typed (node_modules/typed/index.d.ts)"],
    ["typed/sub", "package:typed/sub (node_modules/typed/sub.d.ts)"],
    ["typed/gone", "package:typed/gone"],
    ["untyped", "package:untyped"],
    ["outside", "package:outside (node_modules/@types/outside/index.d.ts)"],
    ["mapped/x", "package:mapped/x (node_modules/mapped/dist/x.d.ts)"],
    ["@scope/name/deep/x", "package:@scope/name/deep/x"],
    ["virtual:pages", "package:virtual:pages"],
    ["https://esm.sh/x", "package:https://esm.sh/x"],
    ["npm:zod@3/v4", "package:zod/v4"],
  ])("%s → %s", (specifier, expected) => expect(ask(project, "a.ts", specifier)).toBe(expected));
});

describe("workspace packages, nothing installed and nothing built", () => {
  const member = (manifest: object, files: Files): Project =>
    virtual({
      "package.json": { workspaces: ["packages/*"] },
      "packages/app/package.json": { name: "app" },
      "packages/app/a.ts": `import "@acme/lib"`,
      "packages/lib/package.json": { name: "@acme/lib", ...manifest },
      ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`packages/lib/${name}`, text])),
    });
  const from = (project: Project, specifier: string): string => ask(project, "packages/app/a.ts", specifier).replace("packages/lib/", "");

  it.each<[string, object, Files]>([
    ["main", { main: "dist/index.js" }, { "src/index.ts": "" }],
    ["types", { main: "lib/x.js", types: "./dist/index.d.ts" }, { "src/index.ts": "" }],
    ["module", { module: "dist/index.mjs" }, { "src/index.ts": "" }],
    ["exports, a string", { exports: "./dist/index.js" }, { "src/index.ts": "" }],
    [
      "exports, conditions",
      { exports: { ".": { import: { types: "./dist/index.d.mts", default: "./dist/index.mjs" }, require: "./dist/index.cjs" } } },
      { "src/index.ts": "" },
    ],
    ["conditions without subpaths", { exports: { import: "./build/esm/index.js" } }, { "src/index.ts": "" }],
    ["nothing", {}, { "src/index.ts": "" }],
    ["an entry that cannot be mapped", { main: "bundle/all.js" }, { "src/index.ts": "" }],
  ])("entry by %s", (_, manifest, files) => expect(from(member(manifest, files), "@acme/lib")).toBe("src/index.ts"));

  it("declarations alone, where there is no source of them", () => {
    expect(from(member({}, { "index.d.ts": "", "core.ts": "" }), "@acme/lib")).toBe("index.d.ts");
    expect(from(member({}, { "index.d.ts": "", "src/index.ts": "" }), "@acme/lib")).toBe("src/index.ts");
  });

  it("the tsconfig's rootDir and outDir go before names", () => {
    const project = member(
      { main: "out/js/index.js" },
      {
        "tsconfig.json": { compilerOptions: { rootDir: "source/main", outDir: "out/js" } },
        "source/main/index.ts": "",
        "src/index.ts": "",
      },
    );
    expect(from(project, "@acme/lib")).toBe("source/main/index.ts");
  });

  it("subpaths: keys, patterns, and beyond exports", () => {
    const project = member(
      {
        exports: {
          ".": "./dist/index.js",
          "./chat": "./dist/chat/index.js",
          "./features/*": "./dist/features/*.js",
          "./internal/*": null,
          "./styles.css": "./src/styles.css",
        },
      },
      { "src/index.ts": "", "src/chat/index.ts": "", "src/features/train.tsx": "", "src/deep.ts": "", "src/styles.css": "" },
    );
    expect(
      ["@acme/lib/chat", "@acme/lib/features/train", "@acme/lib/deep", "@acme/lib/src/deep", "@acme/lib/styles.css", "@acme/lib/gone"].map(
        (s) => from(project, s),
      ),
    ).toEqual([
      "src/chat/index.ts",
      "src/features/train.tsx",
      "src/deep.ts",
      "src/deep.ts",
      "json:src/styles.css",
      "package:@acme/lib/gone",
    ]);
  });

  it("prefers the custom and source conditions, and the server's variant to the browser's", () => {
    const project = member(
      { exports: { ".": { browser: "./src/browser.ts", "@acme/source": "./src/main.ts", default: "./dist/other.js" } } },
      { "src/main.ts": "", "src/browser.ts": "", "src/other.ts": "" },
    );
    expect(from(project, "@acme/lib")).toBe("src/main.ts");
  });

  it("imports of the package's own name and its # imports", () => {
    const project = member(
      { exports: { ".": "./dist/index.js" }, imports: { "#db": "./dist/db.js", "#lib/*": "./src/lib/*.ts", "#log": "pino" } },
      { "src/index.ts": "", "src/db.ts": "", "src/lib/x.ts": "" },
    );
    const inside = (specifier: string): string => ask(project, "packages/lib/src/index.ts", specifier).replace("packages/lib/", "");
    expect(["@acme/lib", "#db", "#lib/x", "#log", "#gone"].map(inside)).toEqual([
      "src/index.ts",
      "src/db.ts",
      "src/lib/x.ts",
      "package:pino",
      "?",
    ]);
  });

  it("aliases and links in dependencies", () => {
    const project = virtual({
      "package.json": { workspaces: ["packages/*"] },
      "packages/app/package.json": {
        name: "app",
        dependencies: { short: "workspace:@acme/lib@*", linked: "link:../lib", plain: "^1.0.0" },
      },
      "packages/app/a.ts": "",
      "packages/lib/package.json": { name: "@acme/lib" },
      "packages/lib/src/index.ts": "",
    });
    expect(["short", "linked", "plain"].map((s) => ask(project, "packages/app/a.ts", s))).toEqual([
      "packages/lib/src/index.ts",
      "packages/lib/src/index.ts",
      "package:plain",
    ]);
  });

  it("a folder with a package.json, imported by path", () => {
    const project = member({ main: "dist/index.js" }, { "src/index.ts": "" });
    expect(from(project, "../lib")).toBe("src/index.ts");
  });

  it("no package of a fixture hides the installed one", () => {
    const files = {
      "package.json": { name: "app" },
      "tsconfig.json": {},
      "a.ts": "",
      "vendor/zod/package.json": { name: "zod" },
      "vendor/zod/index.ts": "",
    };
    expect(ask(virtual(files), "a.ts", "zod")).toBe("vendor/zod/index.ts");
    const installed = {
      ...files,
      "node_modules/zod/package.json": { name: "zod", types: "x.d.ts" },
      "node_modules/zod/x.d.ts": "export {}",
    };
    expect(ask(virtual(installed), "a.ts", "zod")).toBe("package:zod (node_modules/zod/x.d.ts)");
  });
});

describe("what was built, back to its source", () => {
  it("by the declaration map", () => {
    const project = virtual({
      "package.json": { workspaces: ["lib"] },
      "tsconfig.json": { include: ["a.ts"] },
      "a.ts": `import "@acme/lib"`,
      "lib/package.json": { name: "@acme/lib", types: "dist/odd.d.ts" },
      "lib/tsconfig.json": { include: ["code"] },
      "lib/code/real.ts": "",
      "lib/code/odd.ts": "",
      "lib/dist/odd.d.ts": "export {};\n//# sourceMappingURL=odd.d.ts.map",
      "lib/dist/odd.d.ts.map": { version: 3, sources: ["../code/real.ts"], mappings: "" },
    });
    expect(ask(project, "a.ts", "@acme/lib")).toBe("lib/code/real.ts");
  });

  it("built and symlinked, as pnpm does", () => {
    const root = temporary({
      "package.json": { workspaces: ["packages/*"] },
      "packages/app/package.json": { name: "app" },
      "packages/app/tsconfig.json": {},
      "packages/app/a.ts": `import "renamed"`,
      "packages/lib/package.json": { name: "@acme/lib", main: "dist/index.js", types: "dist/index.d.ts" },
      "packages/lib/tsconfig.json": { include: ["src"], compilerOptions: { rootDir: "src", outDir: "dist" } },
      "packages/lib/src/index.ts": "",
      "packages/lib/dist/index.d.ts": "export {}",
      "packages/lib/dist/index.js": "",
    });
    mkdirSync(path.join(root, "packages/app/node_modules"));
    symlinkSync(path.join(root, "packages/lib"), path.join(root, "packages/app/node_modules/renamed"), "dir");
    const project = openProject({ root, ts });
    expect(ask(project, "packages/app/a.ts", "renamed")).toBe("packages/lib/src/index.ts");
    expect(ask(project, "packages/app/a.ts", "../lib/dist/index.js")).toBe("packages/lib/src/index.ts");
  });

  it("a hand-written script in lib or bin stays itself", () => {
    const project = virtual({
      "tsconfig.json": { compilerOptions: { allowJs: true } },
      "lib/x.js": "",
      "src/x.ts": "",
      "bin/cli.js": "",
      "src/cli.ts": "",
    });
    expect([ask(project, "a.ts", "./lib/x.js"), ask(project, "a.ts", "./bin/cli.js")]).toEqual(["lib/x.js", "bin/cli.js"]);
  });
});

describe("a ready program", () => {
  it("has the program's files, and resolves as the folder does", () => {
    const root = temporary({
      "tsconfig.json": { compilerOptions: { paths: { "~/*": ["./src/*"] }, types: [] } },
      "src/a.ts": `import { b } from "~/b"; b;`,
      "src/b.ts": "export const b = 1;",
      "c.js": "",
    });
    const { options, fileNames } = ts.parseJsonConfigFileContent(
      ts.readConfigFile(`${root}/tsconfig.json`, (file) => ts.sys.readFile(file)).config,
      ts.sys,
      root,
      {},
      `${root}/tsconfig.json`,
    );
    const project = openProgram(ts.createProgram(fileNames, options), ts);
    expect(project.root).toBe(root);
    expect(project.files.map((f) => f.name)).toEqual(["src/a.ts", "src/b.ts"]);
    expect(project.files[1]?.text()).toBe("export const b = 1;");
    expect(["~/b", "./b.js", "zod", "../c"].map((s) => ask(project, "src/a.ts", s))).toEqual(["src/b.ts", "src/b.ts", "package:zod", "?"]);
  });
});

describe("speed", () => {
  it("a repeated question costs microseconds", () => {
    const project = virtual({ "tsconfig.json": {}, "src/a.ts": "", "src/b.ts": "" });
    const from = `${project.root}/src/a.ts`;
    project.resolveModule(from, "./b");
    const start = performance.now();
    for (let i = 0; i < 10_000; i++) project.resolveModule(from, "./b");
    expect(performance.now() - start).toBeLessThan(500);
  });
});
