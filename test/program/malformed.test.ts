import ts from "typescript";
import { describe, expect, it } from "vitest";
import { openVirtual } from "../../src/program/index.js";

const ODD: readonly unknown[] = [
  null,
  3,
  "",
  "x",
  [],
  [3, null],
  {},
  { a: 3 },
  [{ path: 3 }],
  { "./x": null, ".": [null, { import: 3 }] },
  true,
];

describe("configuration of the wrong shape never throws", () => {
  it.each(["extends", "files", "include", "exclude", "references", "compilerOptions"])("tsconfig.json: %s", (key) => {
    for (const value of ODD) {
      const project = openVirtual(
        { "tsconfig.json": JSON.stringify({ [key]: value }), "a.ts": `import "./b"; import "x";`, "b.ts": "" },
        { ts },
      );
      expect(project.resolveModule("/project/a.ts", "./b").kind).not.toBe("builtin");
    }
  });
  it.each(["paths", "baseUrl", "rootDirs", "outDir", "moduleSuffixes", "customConditions", "moduleResolution", "typeRoots", "types"])(
    "compilerOptions: %s",
    (key) => {
      for (const value of ODD) {
        const files = {
          "tsconfig.json": JSON.stringify({ compilerOptions: { [key]: value } }),
          "a.ts": `import "./b"; import "x";`,
          "b.ts": "",
        };
        const project = openVirtual(files, { ts });
        expect(project.resolveModule("/project/a.ts", "x").kind).not.toBe("builtin");
        // An output folder that is the project itself excludes everything, as it does for the compiler.
        expect(project.files.length).toBe(key === "outDir" && value === "" ? 0 : 2);
      }
    },
  );
  it.each(["name", "exports", "imports", "main", "types", "workspaces", "dependencies"])("package.json: %s", (key) => {
    for (const value of ODD) {
      const files = {
        "package.json": JSON.stringify({ name: "top", workspaces: ["*"], [key]: value }),
        "tsconfig.json": "{}",
        "p/package.json": JSON.stringify({ name: "@acme/p", [key]: value }),
        "p/src/index.ts": `import "#x"; import "@acme/p/x";`,
        "a.ts": `import "@acme/p"; import "top"; import "#y";`,
      };
      const project = openVirtual(files, { ts });
      for (const specifier of ["@acme/p", "@acme/p/x", "top", "#y", "", ".", "/", "@", "@/", "~", "#", "a?b", "!", "node:"])
        expect(project.resolveModule("/project/a.ts", specifier)).toHaveProperty("kind");
    }
  });
  it.each(["", "null", "[]", "{", "3", "\u0000"])("whole files that hold %j", (text) => {
    for (const name of ["package.json", "tsconfig.json", "pnpm-workspace.yaml", "lerna.json", "jsconfig.json", "x.d.ts.map"])
      expect(openVirtual({ [name]: text, "a.ts": `import "./x";`, "x.d.ts": "" }, { ts }).root).toBe("/project");
  });
});
