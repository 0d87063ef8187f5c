/** The example app: exactly the violations that were built into it, and the legal flows beside them. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { analyze, type Report } from "../../src/index.js";
import { RULE_IDS } from "../../src/judge/finding.js";

interface ExpectedFinding {
  readonly rule: string;
  readonly field: string | null;
  readonly sink: string | null;
  readonly file: string;
  readonly line: number;
}

interface LegalFlow {
  readonly field: string;
  readonly status: string;
  readonly sink: string;
  readonly file: string;
  readonly verdict: string;
}

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
const implemented: readonly string[] = RULE_IDS;
const expected = (read("expected.json") as ExpectedFinding[]).filter(({ rule }) => implemented.includes(rule));
const legal = read("legal.json") as LegalFlow[];

const show = ({ rule, field, sink, file, line }: ExpectedFinding): string => `${rule} ${field} -> ${sink} ${file}:${line}`;

let report: Report;
beforeAll(() => {
  report = analyze({ root: fileURLToPath(new URL("../../fixtures/app", import.meta.url)), today: "2026-06-01" });
});

describe("the example app", () => {
  it("has the violations that were built into it, and no other", () => {
    const found = report.findings
      .filter(({ severity }) => severity !== "note")
      .map(({ rule, field, sink, location }) => show({ rule, field, sink, file: location.file, line: location.line }));
    expect(found.sort()).toEqual(expected.map(show).sort());
  });

  it.each(legal)("lets $field ($status) reach $sink in $file: $verdict", ({ verdict, ...flow }) => {
    const found = report.flows.filter(
      ({ field, status, sink }) => field === flow.field && status === flow.status && sink.id === flow.sink && sink.file === flow.file,
    );
    expect([...new Set(found.map((each) => each.verdict))]).toEqual([verdict]);
  });

  it("is followed without a blind spot", () => {
    expect(report.blindSpots.map(({ file, line, kind, reason }) => `${file}:${line} ${kind} ${reason}`)).toEqual([]);
  });

  it("gives the same report every time", () => {
    const again = analyze({ root: fileURLToPath(new URL("../../fixtures/app", import.meta.url)), today: "2026-06-01" });
    expect(again).toEqual(report);
  });
});
