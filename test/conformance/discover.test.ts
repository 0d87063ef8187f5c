import path from "node:path";
import { describe, expect, it } from "vitest";
import { ConformanceInputError, discoverCases } from "../../src/conformance/discover.js";
import { corpus } from "./corpus.js";

const files = {
  "purpose.yaml": "version: 1\n",
  "tsconfig.json": "{}",
  "cases/basics/one/main.ts": "",
  "cases/basics/one/types.d.ts": "",
  "cases/basics/one/node_modules/x/index.js": "",
  "cases/apps/two/src/view.tsx": "",
  "cases/apps/two/packages/a/index.cjs": "",
  "cases/apps/two/purpose.yaml": "version: 1\n",
  "cases/apps/two/tsconfig.json": "{}",
};

describe("finding cases", () => {
  it("goes through categories, sorted, with each case's own or the shared manifest and tsconfig", () => {
    const top = corpus(files);
    const cases = discoverCases(top);
    expect(cases.map(({ id, category, files }) => ({ id, category, files }))).toEqual([
      { id: "apps/two", category: "apps", files: ["packages/a/index.cjs", "src/view.tsx"] },
      { id: "basics/one", category: "basics", files: ["main.ts"] },
    ]);
    expect(cases.map(({ manifest, tsconfig }) => [path.relative(top, manifest), path.relative(top, tsconfig ?? "")])).toEqual([
      ["cases/apps/two/purpose.yaml", "cases/apps/two/tsconfig.json"],
      ["purpose.yaml", "tsconfig.json"],
    ]);
  });

  it("takes the cases folder, a category, or one case as well", () => {
    const top = corpus(files);
    expect(discoverCases(path.join(top, "cases")).map(({ id }) => id)).toEqual(["apps/two", "basics/one"]);
    expect(discoverCases(path.join(top, "cases/basics")).map(({ id }) => id)).toEqual(["basics/one"]);
    expect(discoverCases(path.join(top, "cases/basics/one")).map(({ id }) => id)).toEqual(["basics/one"]);
    expect(discoverCases(path.join(top, "cases/apps/two")).map(({ id }) => id)).toEqual(["apps/two"]);
  });

  it("refuses a folder that is not there, has no cases, or no manifest", () => {
    expect(() => discoverCases("/no/such/folder")).toThrow(ConformanceInputError);
    expect(() => discoverCases(corpus({ "README.md": "" }))).toThrow("no cases below");
    expect(() => discoverCases(corpus({ "cases/a/b/main.ts": "" }))).toThrow("a/b: no purpose.yaml");
  });
});
