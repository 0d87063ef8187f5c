import { describe, expect, it } from "vitest";
import type { Purpose } from "../../src/manifest/model.js";
import { purposeHierarchy } from "../../src/manifest/purposes.js";

const place = { file: "/repo/purpose.yaml", line: 1, column: 1 };
const purposes: Purpose[] = [
  { id: "improve", basis: "legitimate-interest", disclosedSince: "2026-03-01", place },
  { id: "evaluate", parent: "improve", place },
  { id: "evaluate-safety", parent: "evaluate", basis: "public-task", place },
  { id: "train", basis: "consent", consent: "training", place },
];
const hierarchy = purposeHierarchy(purposes);

describe("a field", () => {
  it("is allowed for its purposes and those below them", () => {
    const field = { purposes: ["improve"] };
    expect(["improve", "evaluate", "evaluate-safety"].map((id) => hierarchy.isAllowed(field, id))).toEqual([true, true, true]);
    expect(hierarchy.isAllowed(field, "train")).toBe(false);
  });

  it("is not allowed for those above, and not for purposes that are not declared", () => {
    expect(hierarchy.isAllowed({ purposes: ["evaluate"] }, "improve")).toBe(false);
    expect(hierarchy.isAllowed({ purposes: ["evaluate"] }, "sell")).toBe(false);
  });
});

describe("a purpose", () => {
  it("has what its parent says, unless it says it itself", () => {
    expect(hierarchy.inherited("evaluate", "basis")).toBe("legitimate-interest");
    expect(hierarchy.inherited("evaluate-safety", "basis")).toBe("public-task");
    expect(hierarchy.inherited("evaluate-safety", "disclosedSince")).toBe("2026-03-01");
    expect(hierarchy.inherited("evaluate", "consent")).toBeUndefined();
  });

  it("has a line that ends, even when it goes round", () => {
    expect(hierarchy.lineage("evaluate-safety")).toEqual(["evaluate-safety", "evaluate", "improve"]);
    expect(
      purposeHierarchy([
        { id: "a", parent: "b", place },
        { id: "b", parent: "a", place },
      ]).lineage("a"),
    ).toEqual(["a", "b"]);
  });
});
