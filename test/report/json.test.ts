import { readFileSync } from "node:fs";
import Ajv from "ajv";
import { describe, expect, it } from "vitest";
import { toJson } from "../../src/report/json.js";
import { reportJsonSchema, reportSchema } from "../../src/report/schema.js";
import { TOOL } from "../../src/report/tool.js";
import { place } from "../judge/make.js";
import { build, prompt } from "./make.js";

describe("the JSON report", () => {
  it("has every finding with its path and remedies, and every flow with its verdict", () => {
    const report = JSON.parse(toJson(build())) as ReturnType<typeof build>;
    expect(Object.keys(report)).toEqual(["schemaVersion", "tool", "manifest", "findings", "flows", "blindSpots", "problems", "stats"]);
    expect(report.findings.map(({ rule, field, sink, severity }) => [rule, field, sink, severity])).toEqual([
      ["limitation", "user.email", "fine-tune-upload", "error"],
      ["minimization", "user.email", "fine-tune-upload", "error"],
      ["blind-spot", "chat.prompt", null, "note"],
    ]);
    expect(report.findings[0]).toMatchObject({
      article: "GDPR Art. 5(1)(b), 6(4)",
      purpose: "train",
      status: "identified",
      location: { file: "src/train.ts", line: 3, column: 9, endLine: 3, endColumn: 28 },
      source: { file: "src/model.ts", line: 2, column: 3, endLine: 2, endColumn: 8 },
    });
    expect(report.findings[0]!.path[1]).toEqual({
      file: "src/api.ts",
      line: 8,
      column: 3,
      endLine: 8,
      endColumn: 22,
      kind: "return",
      text: "return { ...user };",
      symbol: "load",
    });
    expect(report.flows.map(({ field, verdict, gates, accessPath }) => [field, verdict, gates, accessPath])).toEqual([
      ["chat.prompt", "allowed", ["training"], "[*].prompt"],
      ["user.email", "violation", [], "[*].email"],
    ]);
    const asked = place("src/train.ts", 2, 7, 12);
    const missing = { consent: "training", why: "other" as const };
    expect(report.flows.map((flow) => flow.missing)).toEqual([null, null]);
    expect(build({}, [{ ...prompt, gates: [], missing: { ...missing, at: asked } }]).flows[0]!.missing).toEqual({ ...missing, at: asked });
    expect(build({}, [{ ...prompt, gates: [], missing: { ...missing, at: null } }]).flows[0]!.missing).toEqual({ ...missing, at: null });
    expect(report.blindSpots.map(({ file, kind }) => [file, kind])).toEqual([
      ["src/broken.ts", "syntax-error"],
      ["src/x.ts", "unresolved-call"],
    ]);
  });

  it("names phases, and their times only when asked for", () => {
    expect(build().stats.phases).toEqual([{ name: "manifest" }, { name: "trace" }]);
    expect(build({ timings: true }).stats.phases).toEqual([
      { name: "manifest", ms: 1.3 },
      { name: "trace", ms: 20 },
    ]);
  });

  it("tells problems relative to the root, sorted, each once", () => {
    const problem = (file: string, line: number): { file: string; line: number; column: number; severity: "warning"; message: string } => ({
      file,
      line,
      column: 1,
      severity: "warning",
      message: "m",
    });
    const { problems } = build({
      problems: [problem("/repo/tsconfig.json", 2), problem("/base.json", 1), problem("/repo/tsconfig.json", 2)],
    });
    expect(problems.map(({ file, line, fix }) => [file, line, fix])).toEqual([
      ["../base.json", 1, null],
      ["tsconfig.json", 2, null],
    ]);
  });

  it("tells checks that there are not from what is wrong", () => {
    const at = { file: "/repo/purpose.yaml", column: 1, severity: "warning", message: "m" } as const;
    const { problems } = build({
      problems: [
        { ...at, line: 1, code: "unsupported" },
        { ...at, line: 2, code: "date" },
        { ...at, line: 3 },
      ],
    });
    expect(problems.map(({ kind }) => kind)).toEqual(["unsupported", "input", "input"]);
  });

  it("is the same, byte for byte, each time", () => {
    expect(toJson(build())).toBe(toJson(build()));
  });
});

describe("the published schema", () => {
  it("is that of the code", async () => {
    await expect(`${JSON.stringify(reportJsonSchema(), null, 2)}\n`).toMatchFileSnapshot("../../schema/report.schema.json");
  });

  it("accepts a report, and the definition in the code too", () => {
    const validate = new Ajv().compile(JSON.parse(readFileSync("schema/report.schema.json", "utf8")) as object);
    const report: unknown = JSON.parse(
      toJson(build({ timings: true, problems: [{ file: "/repo/a", line: 1, column: 1, severity: "error", message: "m", fix: "f" }] })),
    );
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
    expect(reportSchema.safeParse(report).error).toBeUndefined();
  });

  it.each([
    ["an unknown key", { ...build(), more: 1 }],
    ["an unknown verdict", { ...build(), flows: [{ ...build().flows[0], verdict: "maybe" }] }],
    ["a line 0", { ...build(), blindSpots: [{ ...build().blindSpots[0], line: 0 }] }],
  ])("refuses %s", (_, report) => {
    expect(new Ajv().compile(reportJsonSchema())(report)).toBe(false);
  });
});

it("the tool's version is that of the package", () => {
  const { name, version } = JSON.parse(readFileSync("package.json", "utf8")) as { name: string; version: string };
  expect(TOOL).toEqual({ name, version });
});
