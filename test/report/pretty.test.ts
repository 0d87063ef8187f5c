import { describe, expect, it } from "vitest";
import { toPretty } from "../../src/report/pretty.js";
import type { Report } from "../../src/report/schema.js";
import { build, email, prompt, SOURCES } from "./make.js";

function pretty(report: Report, more: Partial<Parameters<typeof toPretty>[1]> = {}): string {
  return toPretty(report, { colour: false, columns: 110, source: (file) => SOURCES[file], ...more });
}

/** The block of the first finding. */
function first(report: Report, more?: Partial<Parameters<typeof toPretty>[1]>): string {
  return pretty(report, more).split("\n\n")[0]!;
}

describe("pretty", () => {
  it("shows the place, the way, the law and what to do; then counts and what could not be seen", () => {
    const report = build();
    const [one, two] = report.findings.map(({ fingerprint }) => fingerprint);
    expect(pretty(report)).toBe(
      `\
error limitation  ${one}
  user.email was collected for deliver, and reaches fine-tune-upload at \`[*].email\`, which is for train
  src/train.ts:3:9
    2 │ const rows = await load();
  ▸ 3 │   await openai.files.create({ file: rows });
      │         ^^^^^^^^^^^^^^^^^^^
  collected src/model.ts:2:3
  path      src/model.ts:2  email: string;
            src/api.ts:8    return { ...user };
            src/train.ts:3  openai.files.create({ file: rows })
  law       GDPR Art. 5(1)(b), 6(4)
  to fix    · Collect user.email for train, on the consent training, and say so in the notice before
              collecting: add train to \`fields.user.email.for\` (purpose.yaml:14).
            · Assess under Art. 6(4) whether train is compatible with deliver: an entry under a new key
              \`compatibility\` of purpose.yaml for exactly user.email.
            · When it is collected for train: guard src/train.ts:3 with \`app:mayTrain\`
              (\`consent.training.check\`, purpose.yaml:50).
            · Build what goes to src/train.ts:3 from the properties it needs, without \`[*].email\`
              (user.email), instead of passing on all that a spread at src/api.ts:8 carries.
            · Anonymise user.email before src/train.ts:3 by a function declared under \`transforms\` with
              \`yields: anonymised\` and its evidence; a hash or a token is not enough.

error minimization  ${two}
  user.email reaches fine-tune-upload at \`[*].email\`, which needs only chat.prompt: a spread at src/api.ts:8
  carries it
  src/train.ts:3:9
  path      that of limitation ${one}, above
  law       GDPR Art. 5(1)(c), 25
  to fix    · Build what goes to src/train.ts:3 from the properties it needs, without \`[*].email\`
              (user.email), instead of passing on all that a spread at src/api.ts:8 carries.
            · Anonymise user.email before src/train.ts:3 by a function declared under \`transforms\` with
              \`yields: anonymised\` and its evidence; a hash or a token is not enough.

✖ 2 errors, 2 blind spots
  2 flows from collection to a sink: 1 allowed, 0 by assessment, 1 violation
  2 files, 100 lines against purpose.yaml

Not seen: 1 syntax error, 1 unresolved call. What happens there is not in this verdict.
  src/x.ts:7:1  the callee is not known (chat.prompt)
  src/broken.ts:7:1  \`)\` expected
`,
    );
  });

  it("elides the middle of a long path, and keeps a finding to 25 lines", () => {
    const path = Array.from({ length: 40 }, (_, index) => ({ ...email.path[1]!, line: index + 1, text: `step${index}()` }));
    const block = first(build({}, [{ ...email, path }, prompt]));
    expect(block.split("\n").length).toBeLessThanOrEqual(25);
    expect(block).toContain("src/api.ts:3   step2()\n            … 34 more hops\n            src/api.ts:38  step37()");
  });

  it("reads a file once, however many findings are in it", () => {
    const report = build();
    const [finding] = report.findings;
    const many = Array.from({ length: 2000 }, (_, i) => ({ ...finding!, fingerprint: String(i).padStart(16, "0") }));
    const read: string[] = [];
    const source = (file: string): string | undefined => {
      read.push(file);
      return SOURCES[file];
    };
    expect(pretty({ ...report, findings: many }, { source })).toContain("that of limitation 0000000000000000, above");
    expect(read).toEqual([...new Set(read)]);
  });

  it("shows each way by itself where they differ", () => {
    const other = { ...email, path: email.path.toSpliced(1, 1) };
    const [limitation, minimization] = build({}, [email, prompt]).findings;
    const differing = [limitation!, { ...minimization!, path: build({}, [other, prompt]).findings[1]!.path }];
    expect(pretty({ ...build(), findings: differing })).not.toContain(", above");
  });

  it("counts what ends in y", () => {
    const spots = [1, 2].map((line) => ({ ...build().blindSpots[0]!, kind: "unmodelled-library" as const, line }));
    expect(pretty({ ...build(), findings: [], blindSpots: spots })).toContain("Not seen: 2 unmodelled libraries.");
  });

  it("shows notes in one line, and blind spots at the end only", () => {
    const report = build();
    const [finding] = report.findings;
    const note = { ...finding!, severity: "note" as const, rule: "minimization" as const, message: "rating is collected" };
    expect(pretty({ ...report, findings: [note, ...report.findings.filter(({ rule }) => rule === "blind-spot")], blindSpots: [] })).toBe(`\
note minimization  rating is collected  src/train.ts:3:9

✔ 1 note
  2 flows from collection to a sink: 1 allowed, 0 by assessment, 1 violation
  2 files, 100 lines against purpose.yaml
`);
  });

  it("says so when there is nothing", () => {
    expect(pretty({ ...build(), findings: [], flows: [], blindSpots: [] })).toBe(
      "✔ no findings\n  no declared field reaches a sink\n  2 files, 100 lines against purpose.yaml\n",
    );
  });

  it("says what the manifest asks for and nothing checks, also when there is nothing else", () => {
    const report = build({
      problems: [
        { file: "/repo/purpose.yaml", line: 4, column: 2, severity: "warning", code: "unsupported", message: "no `budgets` yet" },
        { file: "/repo/tsconfig.json", line: 1, column: 1, severity: "warning", message: "told elsewhere" },
      ],
    });
    expect(pretty({ ...report, findings: [], flows: [], blindSpots: [] })).toBe(`\
✔ no findings, 1 key not enforced
  no declared field reaches a sink
  2 files, 100 lines against purpose.yaml

Not enforced: what the manifest asks for here is not in this verdict: see to it by other means.
  purpose.yaml:4:2  no \`budgets\` yet
`);
  });

  it("leaves out errors of the manifest where they are told elsewhere", () => {
    const report = build();
    const drift = { ...report.findings[0]!, rule: "manifest" as const };
    expect(first({ ...report, findings: [drift] })).toContain("error manifest");
    expect(first({ ...report, findings: [drift] }, { withoutManifestErrors: true })).not.toContain("error manifest");
  });

  it("lists no more than eight blind spots, those that a field enters first", () => {
    const report = build();
    const spots = Array.from({ length: 12 }, (_, index) => ({
      ...report.blindSpots[0]!,
      line: index + 1,
      fields: index === 11 ? ["user.email"] : [],
    }));
    const lines = pretty({ ...report, findings: [], blindSpots: spots }).split("\n");
    expect(lines.slice(-11, -8)).toEqual([
      "Not seen: 12 syntax errors. What happens there is not in this verdict.",
      "  src/broken.ts:12:1  `)` expected (user.email)",
      "  src/broken.ts:1:1  `)` expected",
    ]);
    expect(lines.at(-2)).toBe("  … 4 more in the JSON report");
  });

  it("lets no code of the project reach the terminal", () => {
    const evil = "\u001b[2J\u0007\u202e\u009bA\r";
    const hops = email.path.map((hop) => ({ ...hop, text: evil, file: `src/${evil}.ts` }));
    const report = build({}, [{ ...email, path: hops, accessPath: evil }, prompt]);
    const text = pretty(report, { source: () => `1\n2\n${evil}\n`, colour: false });

    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(text).toContain("src/\\u{1b}[2J\\u{7}\\u{202e}\\u{9b}A\\u{d}.ts:2");
  });

  it("colours only when asked to", () => {
    expect(first(build(), { colour: true })).toMatch(/^\u001b\[31merror\u001b\[39m \u001b\[1mlimitation\u001b\[22m/);
    expect(pretty(build())).not.toContain("\u001b");
  });

  it("needs no options: then it is plain, and without frames", () => {
    expect(toPretty(build())).toBe(pretty(build(), { columns: 120, source: () => undefined }));
  });

  it("does without a frame when the source is gone", () => {
    expect(first(build(), { source: () => undefined })).not.toContain("│");
    expect(first(build(), { source: () => "one line" })).not.toContain("│");
  });
});
