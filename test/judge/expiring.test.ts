import { describe, expect, it } from "vitest";
import type { Manifest } from "../../src/manifest/model.js";
import { daysBetween } from "../../src/manifest/date.js";
import { right, wrong } from "../manifest/make.js";
import { assessment, exception, field, flow, judged, sink, transform } from "./make.js";

/** Today is 2026-06-01. */
function notes(more: Partial<Manifest>): string[] {
  const fields = [field("rating", ["improve"])];
  const flows = [flow("rating", sink("tune", "train"))];
  return judged({ fields, ...more }, { flows })
    .findings.filter(({ message }, _, all) => message.includes("expire") || all.some((other) => other.message.includes("expired")))
    .map(({ rule, severity, message }) => `${severity} ${rule === "limitation" ? rule : message}`)
    .filter((text) => text.includes("expire") || text === "error limitation");
}

const assessed = (expires: string, warnBefore?: string): string[] =>
  notes({ assessments: [assessment("improve", "train", ["rating"], { expires })], ...(warnBefore !== undefined && { warnBefore }) });

describe("what expires soon", () => {
  it("is told 30 days ahead", () => {
    expect(assessed("2026-07-01")).toEqual([
      "note the assessment of improve for train expires on 2026-07-01, in 30 days: what it covers is a violation again then",
    ]);
    expect(assessed("2026-07-02")).toEqual([]);
    expect(assessed("2026-06-02")).toEqual([expect.stringContaining("in 1 day:")]);
    expect(assessed("2026-06-01")).toEqual([
      expect.stringContaining("expires today: from tomorrow on what it covers is a violation again"),
    ]);
  });

  it("is told as long ahead as the manifest says", () => {
    expect(assessed("2026-07-15", "60d")).toHaveLength(1);
    expect(assessed("2026-06-15", "1w")).toEqual([]);
    expect(assessed("2026-06-08", "1w")).toHaveLength(1);
  });

  it("is an error once it has expired, and what it covered is found again", () => {
    expect(assessed("2026-05-31")).toEqual([
      "error the assessment of improve for train expired on 2026-05-31: it covers nothing any more",
      "error limitation",
    ]);
    expect(assessed("2026-06-01")).toHaveLength(1);
    expect(notes({ transforms: [transform("app:blur", "pseudonymised", { expires: "2026-05-31" })] })).toEqual([
      "error the evidence for app:blur expired on 2026-05-31: what it gives counts as pseudonymised",
      "error limitation",
    ]);
  });

  it("is told of exceptions and evidence", () => {
    const [finding] = judged(
      { fields: [field("rating", ["improve"])] },
      { flows: [flow("rating", sink("tune", "train"))] },
    ).findings.filter(({ rule }) => rule === "limitation");
    expect(notes({ exceptions: [exception(finding!.fingerprint, { expires: "2026-06-11" })] })).toEqual([
      `note the exception for ${finding!.fingerprint} expires on 2026-06-11, in 10 days: the finding is back then`,
    ]);
    expect(notes({ transforms: [transform("app:blur", "anonymised", { expires: "2026-06-11" })] })).toEqual([
      "note the evidence for app:blur expires on 2026-06-11, in 10 days: what it gives is no longer anonymous then",
    ]);
    expect(notes({ transforms: [transform("app:blur", "pseudonymised")] })).toEqual([]);
  });

  it("is not told of packs", () => {
    const place = { file: "/repo/pack.yaml", line: 1, column: 1 };
    expect(notes({ assessments: [assessment("improve", "train", ["rating"], { expires: "2026-06-02", place })] })).toEqual([]);
  });
});

describe("warn-before", () => {
  it("is a duration", () => {
    expect(right("version: 1\nwarn-before: 8w\n").warnBefore).toBe("8w");
    expect(right("version: 1\n").warnBefore).toBeUndefined();
    expect(wrong("version: 1\nwarn-before: soon\n")).toHaveLength(1);
  });
});

describe("days between two days", () => {
  it.each([
    ["2026-06-01", "2026-06-01", 0],
    ["2026-02-28", "2026-03-01", 1],
    ["2028-02-28", "2028-03-01", 2],
    ["2026-03-28", "2026-03-30", 2],
    ["2026-06-02", "2026-06-01", -1],
  ])("%s to %s: %i", (from, to, count) => {
    expect(daysBetween(from, to)).toBe(count);
  });
});
