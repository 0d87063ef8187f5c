import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv";
import type { Log } from "sarif";
import { RULE_IDS } from "../../src/judge/finding.js";
import { RULE_HELP } from "../../src/report/rule-help.js";
import { describe, expect, it } from "vitest";
import { toSarif } from "../../src/report/sarif.js";
import { GITHUB_LIMITS } from "../../src/report/sarif-limits.js";
import type { Report } from "../../src/report/schema.js";
import packageJson from "../../package.json" with { type: "json" };
import { build, email, prompt } from "./make.js";

const require = createRequire(import.meta.url);
const validate = new Ajv({ schemaId: "auto", logger: false }) // the published schema is of draft 4
  .addMetaSchema(readJson("ajv/lib/refs/json-schema-draft-04.json"))
  .compile(readJson("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"));

function readJson(module: string): object {
  return JSON.parse(readFileSync(require.resolve(module), "utf8")) as object;
}

function sarif(report: Report, limits = GITHUB_LIMITS): Log["runs"][number] {
  const log = JSON.parse(toSarif(report, limits)) as Log;
  expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
  return log.runs[0]!;
}

/** As many findings as asked for, of the severities in turn. */
function many(count: number): Report {
  const report = build();
  const [finding] = report.findings;
  const severities = ["note", "warning", "error"] as const;
  return {
    ...report,
    findings: Array.from({ length: count }, (_, index) => ({ ...finding!, severity: severities[index % 3]!, message: `m${index}` })),
  };
}

describe("SARIF", () => {
  it("has results with fingerprints, places, the path and where the field was collected", () => {
    const run = sarif(build());
    const result = run.results![0]!;
    expect(result).toMatchObject({
      ruleId: "limitation",
      ruleIndex: 0,
      level: "error",
      message: {
        text: "user.email was collected for deliver, and reaches fine-tune-upload at `\\[*\\].email`, which is for train. [Collected here](1).",
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "src/train.ts", uriBaseId: "%SRCROOT%" },
            region: { startLine: 3, startColumn: 9, endLine: 3, endColumn: 28 },
          },
        },
      ],
      relatedLocations: [{ id: 1, physicalLocation: { artifactLocation: { uri: "src/model.ts" } } }],
    });
    const fingerprint = build().findings[0]!.fingerprint;
    expect(result.partialFingerprints).toEqual({ primaryLocationLineHash: `${fingerprint}:1`, "purposeLint/v1": fingerprint });
    expect(result.codeFlows![0]!.threadFlows[0]!.locations.map(({ location }) => location!.message!.text)).toEqual([
      "source: email: string;",
      "return: return { ...user };",
      "sink: openai.files.create({ file: rows })",
    ]);
    expect(run.originalUriBaseIds).toEqual({ "%SRCROOT%": { description: { text: "The root of the analysed project." } } });
  });

  it("is what the schema asks for, which refuses less", () => {
    expect(validate({ version: "2.1.0", runs: [{}] })).toBe(false);
  });

  it("describes every rule with its page and its article", () => {
    const { rules } = sarif(build()).tool.driver;
    const pages = `https://unpkg.com/purpose-lint@${packageJson.version}/docs/rules`;
    expect(rules!.map(({ id, helpUri, defaultConfiguration }) => [id, helpUri, defaultConfiguration!.level])).toEqual(
      RULE_IDS.map((id) => [id, `${pages}/${id}.md`, RULE_HELP[id].severity]),
    );
    expect(rules![0]!.help!.markdown).toContain("[GDPR Art. 5(1)(b), 6(4)](http://data.europa.eu/eli/reg/2016/679/art_5/oj)");
  });

  it("notifies of every blind spot, and of problems of the input", () => {
    const [invocation] = sarif(
      build({ problems: [{ file: "/repo/tsconfig.json", line: 4, column: 2, severity: "error", message: "no base", fix: "add it" }] }),
    ).invocations!;
    expect(invocation!.executionSuccessful).toBe(false);
    expect(invocation!.toolExecutionNotifications!.map(({ descriptor, message }) => [descriptor!.id, message.text])).toEqual([
      ["blind-spot/syntax-error", "`)` expected"],
      ["blind-spot/unresolved-call", "the callee is not known (chat.prompt)"],
    ]);
    expect(invocation!.toolConfigurationNotifications!.map(({ level, message }) => [level, message.text])).toEqual([
      ["error", "no base. add it"],
    ]);
    expect(sarif(build()).invocations![0]!.executionSuccessful).toBe(true);
  });

  it("notifies of what the manifest asks for in vain, which is no failure", () => {
    const run = sarif(
      build({
        problems: [{ file: "/repo/purpose.yaml", line: 4, column: 2, severity: "warning", code: "unsupported", message: "no `budgets`" }],
      }),
    );
    const [invocation] = run.invocations!;
    expect(invocation!.executionSuccessful).toBe(true);
    expect(invocation!.toolConfigurationNotifications).toMatchObject([
      {
        descriptor: { id: "unsupported" },
        level: "warning",
        locations: [{ physicalLocation: { artifactLocation: { uri: "purpose.yaml" }, region: { startLine: 4, startColumn: 2 } } }],
      },
    ]);
    expect(run.tool.driver.notifications!.map(({ id }) => id)).toContain("unsupported");
  });

  it("encodes file names, and escapes what code could make into links and markup", () => {
    const evil = {
      ...email,
      at: { ...email.at, file: "src/a b#1?.ts" },
      path: email.path.map((hop) => ({ ...hop, text: "`[x](http://evil)` \u001b[31m @you <b>" })),
    };
    const result = sarif(build({}, [evil, prompt])).results!.find(({ ruleId }) => ruleId === "limitation");
    expect(result!.locations![0]!.physicalLocation!.artifactLocation!.uri).toBe("src/a%20b%231%3F.ts");
    expect(result!.codeFlows![0]!.threadFlows[0]!.locations[0]!.location!.message!.text).toBe(
      "source: `\\[x\\](http://evil)` \\\\u{1b}\\[31m @you <b>",
    );
    expect(result!.message.markdown).toContain("`` `[x](http://evil)` \\u{1b}[31m @you <b> ``");
  });
});

describe("GitHub's limits", () => {
  it("cut the least severe results first, in their order, and say so", () => {
    const run = sarif(many(7), { ...GITHUB_LIMITS, results: 4 });
    expect(run.results!.map(({ level, message }) => [level, message.text!.slice(0, 2)])).toEqual([
      ["warning", "m1"],
      ["error", "m2"],
      ["warning", "m4"],
      ["error", "m5"],
    ]);
    expect(run.invocations![0]!.toolExecutionNotifications![0]).toEqual({
      descriptor: { id: "cut" },
      level: "warning",
      message: {
        text: "3 notes of 7 results left out, the least severe first: GitHub rejects more than 4 results. The JSON report has all.",
      },
    });
  });

  it("shorten long paths in the middle", () => {
    const path = Array.from({ length: 9 }, (_, index) => ({ ...email.path[1]!, text: `h${index}` }));
    const run = sarif(build({}, [{ ...email, path }, prompt]), { ...GITHUB_LIMITS, flowLocations: 5 });
    expect(run.results![0]!.codeFlows![0]!.threadFlows[0]!.locations.map(({ location }) => location!.message!.text!.slice(-2))).toEqual([
      "h0",
      "h1",
      "h2",
      "h7",
      "h8",
    ]);
    expect(run.invocations![0]!.toolExecutionNotifications![0]!.message.text).toMatch(
      /^4 hops left out of the middle of the path of [0-9a-f]{16}: GitHub takes 5 a result\.$/,
    );
  });

  it("hold for the whole file, compressed", () => {
    const report = many(400);
    const noisy = {
      ...report,
      findings: report.findings.map((finding, index) => ({ ...finding, message: String(Math.sin(index)).repeat(3) })),
    };
    const limits = { ...GITHUB_LIMITS, gzippedBytes: 8_000 };
    const run = sarif(noisy, limits);
    expect(run.results!.length).toBeGreaterThan(10);
    expect(run.results!.length).toBeLessThan(400);
    expect(new Set(run.results!.map(({ level }) => level))).toEqual(new Set(["error"]));
  });

  it("leave a report alone that fits", () => {
    expect(sarif(many(30)).results).toHaveLength(30);
  });
});
