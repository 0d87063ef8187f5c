import { describe, expect, it } from "vitest";
import { ConformanceInputError, discoverCases } from "../../src/conformance/discover.js";
import { printReport } from "../../src/conformance/print.js";
import { runConformance } from "../../src/conformance/run.js";
import { corpus } from "./corpus.js";

const top = corpus({
  "purpose.yaml": "version: 1\n",
  "cases/basics/crash/main.ts": "train(a); //! user.id\n",
  "cases/basics/good/main.ts": "train(a); //! user.id\n",
  "cases/strings/bad/main.ts": "train(a); //! user.id user.name\ntrain(b); //! none\ntrain(c); //! what?\n",
});

const report = await runConformance(discoverCases(top), ({ id }) => {
  if (id === "basics/crash") throw new Error("out of ideas");
  const at = { file: "main.ts", line: 1, endLine: 1 };
  return id === "basics/good"
    ? [{ field: "user.id", at }]
    : [
        { field: "user.id", at },
        { field: "user.email", at: { ...at, line: 2, endLine: 2 } },
      ];
});

describe("the conformance run", () => {
  it("sums all cases and each category", () => {
    expect(report).toMatchObject({ cases: 3, expected: 4, found: 2, missed: 2, unexpected: 1, recall: 0.5, precision: 2 / 3 });
    expect(report.categories).toEqual({
      basics: { cases: 2, expected: 2, found: 1, missed: 1, unexpected: 0, recall: 0.5, precision: 1 },
      strings: { cases: 1, expected: 2, found: 1, missed: 1, unexpected: 1, recall: 0.5, precision: 0.5 },
    });
  });

  it("lists every failing line, a crashed case among them, and goes on behind it", () => {
    expect(report.failures).toEqual([
      { case: "basics/crash", file: "main.ts", line: 1, missing: ["user.id"], unexpected: [], reason: "crashed: out of ideas" },
      {
        case: "strings/bad",
        file: "main.ts",
        line: 3,
        missing: [],
        unexpected: [],
        reason: "`what?` is neither a field id, `none`, `static-only:` nor `dynamic-only:`",
      },
      { case: "strings/bad", file: "main.ts", line: 1, missing: ["user.name"], unexpected: [] },
      { case: "strings/bad", file: "main.ts", line: 2, missing: [], unexpected: ["user.email"] },
    ]);
  });

  it("has exactly the keys of the contract", () => {
    expect(Object.keys(report).sort()).toEqual([
      "cases",
      "categories",
      "expected",
      "failures",
      "found",
      "missed",
      "precision",
      "recall",
      "unexpected",
    ]);
  });

  it("prints a table and the failing lines", () => {
    expect(printReport(report)).toBe(
      [
        "category  cases  expected  found  missed  unexpected  recall  precision",
        "basics        2         2      1       1           0  0.5000     1.0000",
        "strings       1         2      1       1           1  0.5000     0.5000",
        "all           3         4      2       2           1  0.5000     0.6666",
        "",
        "basics/crash/main.ts:1  missing user.id; crashed: out of ideas",
        "strings/bad/main.ts:3  `what?` is neither a field id, `none`, `static-only:` nor `dynamic-only:`",
        "strings/bad/main.ts:1  missing user.name",
        "strings/bad/main.ts:2  unexpected user.email",
        "",
      ].join("\n"),
    );
  });

  it("rejects when no case has a manifest that can be used", async () => {
    const wrong = runConformance(discoverCases(top), () => Promise.reject(new ConformanceInputError("the manifest is wrong")));
    await expect(wrong).rejects.toThrow(ConformanceInputError);
  });
});
