import { describe, expect, it } from "vitest";
import { bindToCase } from "../../src/conformance/locators.js";
import type { Locator, Manifest } from "../../src/manifest/model.js";

const place = { file: "/corpus/purpose.yaml", line: 1, column: 1 };
const locator = (written: string): Locator => ({
  text: `${written}:load`,
  module: { kind: "file", glob: `/corpus/${written.slice(2)}`, written },
  path: ["load"],
});

function globs(written: string, file = "/corpus/purpose.yaml"): string[] {
  const manifest: Manifest = {
    file,
    hash: "",
    purposes: [],
    fields: [],
    sources: [{ field: "user.*", at: { kind: "returns", locator: locator(written), path: [] }, place }],
    sinks: [{ id: "s", purpose: "train", at: { kind: "call", locator: locator(written) }, when: [], within: locator(written), place }],
    stores: [],
    transforms: [],
    consents: [],
    assessments: [],
    budgets: [],
    exceptions: [],
  };
  const bound = bindToCase(manifest, "/corpus/cases/a/b", ["/corpus/cases/a/b/lib.ts", "/corpus/cases/a/b/src/api.ts"]);
  const [source, sink] = [bound.sources[0], bound.sinks[0]];
  const all = [
    source?.at.kind === "returns" ? source.at.locator : undefined,
    sink?.at.kind === "call" ? sink.at.locator : undefined,
    sink?.within,
  ];
  return [...new Set(all.map((one) => (one?.module.kind === "file" ? one.module.glob : "?")))];
}

describe("a shared manifest's locators", () => {
  it("stay where they name a file of the case", () => {
    expect(globs("./cases/**/lib.ts")).toEqual(["/corpus/cases/**/lib.ts"]);
  });

  it("are read from the case's folder where they only name a file there", () => {
    expect(globs("./lib.ts")).toEqual(["/corpus/cases/a/b/lib.ts"]);
    expect(globs("./src/*.ts")).toEqual(["/corpus/cases/a/b/src/*.ts"]);
  });

  it("stay as they are where they name nothing at all", () => {
    expect(globs("./other.ts")).toEqual(["/corpus/other.ts"]);
  });
});
