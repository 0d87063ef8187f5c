import { describe, expect, it } from "vitest";
import { readAnnotations } from "../../src/conformance/annotations.js";
import { scoreCase, scoreCrash, withRatios, type FoundFlow } from "../../src/conformance/score.js";

const stated = (text: string) => new Map([["main.ts", readAnnotations("main.ts", text).annotations]]);
const flow = (field: string, line: number, endLine = line, file = "main.ts"): FoundFlow => ({ field, at: { file, line, endLine } });

describe("scoring", () => {
  it("counts pairs of field and sink line, each once", () => {
    const { counts, failures } = scoreCase("a/b", stated("f(); //! user.id user.name\nf(); //! user.id"), [
      flow("user.id", 1),
      flow("user.id", 1),
      flow("user.name", 1),
      flow("user.id", 2),
    ]);
    expect(counts).toEqual({ expected: 3, found: 3, missed: 0, unexpected: 0 });
    expect(failures).toEqual([]);
  });

  it("lists what is missing and what came unasked by line", () => {
    const { counts, failures } = scoreCase("a/b", stated("f(); //! user.id\nf(); //! none"), [flow("user.name", 1), flow("user.id", 2)]);
    expect(counts).toEqual({ expected: 1, found: 0, missed: 1, unexpected: 2 });
    expect(failures).toEqual([
      { case: "a/b", file: "main.ts", line: 1, missing: ["user.id"], unexpected: ["user.name"] },
      { case: "a/b", file: "main.ts", line: 2, missing: [], unexpected: ["user.id"] },
    ]);
  });

  it("counts a flow on a line without annotation, and in a file without any, as unexpected", () => {
    const { counts, failures } = scoreCase("a/b", stated("f(); //! none"), [flow("user.id", 7), flow("user.id", 1, 1, "other.ts")]);
    expect(counts.unexpected).toBe(2);
    expect(failures.map(({ file, line }) => `${file}:${line}`)).toEqual(["main.ts:7", "other.ts:1"]);
  });

  it("counts exempted fields neither as expected nor as unexpected", () => {
    const text = "f(); //! user.id static-only: user.name dynamic-only: user.email";
    const all = { expected: 1, found: 1, missed: 0, unexpected: 0 };
    expect(scoreCase("a/b", stated(text), [flow("user.id", 1)]).counts).toEqual(all);
    expect(scoreCase("a/b", stated(text), [flow("user.id", 1), flow("user.name", 1), flow("user.email", 1)]).counts).toEqual(all);
  });

  it("puts a call that spans lines on its annotated line", () => {
    expect(scoreCase("a/b", stated("f(\n a,\n); //! user.id"), [flow("user.id", 1, 3)]).failures).toEqual([]);
  });

  it("takes a crash as nothing found, and as a failure even where nothing is expected", () => {
    const { counts, failures } = scoreCrash("a/b", stated("f(); //! user.id user.name"), "crashed: no");
    expect(counts).toEqual({ expected: 2, found: 0, missed: 2, unexpected: 0 });
    expect(failures).toEqual([
      { case: "a/b", file: "main.ts", line: 1, missing: ["user.id", "user.name"], unexpected: [], reason: "crashed: no" },
    ]);
    expect(scoreCrash("a/b", stated("f(); //! none"), "crashed: no").failures).toHaveLength(1);
  });

  it("gives ratios, of nothing 1", () => {
    expect(withRatios({ expected: 4, found: 3, missed: 1, unexpected: 1 })).toMatchObject({ recall: 0.75, precision: 0.75 });
    expect(withRatios({ expected: 0, found: 0, missed: 0, unexpected: 0 })).toMatchObject({ recall: 1, precision: 1 });
    expect(withRatios({ expected: 0, found: 0, missed: 0, unexpected: 2 })).toMatchObject({ recall: 1, precision: 0 });
  });
});
