/**
 * The report: what the analysis gives to people and machines, as one zod definition. The type, `schema/report.schema.json` and what
 * `docs/json.md` describes all come from here. Reports are made by `build.ts` and only checked in tests: nothing is parsed at run time.
 */
import { z } from "zod";
import { REMEDY_KINDS, RULE_IDS, SEVERITIES } from "../judge/finding.js";
import { MISSING_WHY } from "../trace/result.js";
import { SCHEMA_VERSION } from "./tool.js";

const count = z.number().int().nonnegative();
const position = z.number().int().positive();
const file = z.string().describe("Relative to the project root, forward slashes; begins with ../ when outside of it.");

const place = z
  .strictObject({ file, line: position, column: position, endLine: position, endColumn: position })
  .describe("A place in a file: 1-based lines and columns (UTF-16 code units); the end is exclusive.");

const status = z
  .enum(["identified", "pseudonymised", "aggregated", "differentially-private", "synthetic", "federated-update", "anonymised"])
  .describe("What the field still is when it arrives.");

const fingerprint = z
  .string()
  .regex(/^[0-9a-f]{16}(-\d+)?$/)
  .describe("Stable while the rule, the field, the sink and the path's code are the same, whatever lines they are on.");

const hop = z
  .strictObject({
    ...place.shape,
    kind: z.enum([
      "source",
      "assign",
      "store",
      "spread",
      "rest",
      "load",
      "argument",
      "return",
      "capture",
      "call",
      "library",
      "write",
      "read",
      "transform",
      "throw",
      "sink",
    ]),
    text: z.string().describe("The code there: its first line, shortened."),
    symbol: z.string().describe("The function it is in; empty at the top level of a module."),
  })
  .describe("One hop of a path.");

const finding = z.strictObject({
  rule: z.enum(RULE_IDS),
  severity: z.enum(SEVERITIES).describe("Errors and warnings fail the check, notes do not."),
  fingerprint,
  message: z.string(),
  article: z.string().describe("The article of law behind it."),
  field: z.string().nullable(),
  sink: z.string().nullable().describe("The sink's id in the manifest."),
  purpose: z.string().nullable().describe("The sink's purpose."),
  status: status.nullable(),
  location: place.describe("The sink's call, or the manifest's entry."),
  source: place.nullable().describe("Where the field was collected."),
  path: z.array(hop).describe("From the source to the sink; empty when the finding is not about a flow."),
  remedies: z.array(z.strictObject({ kind: z.enum(REMEDY_KINDS), text: z.string() })).describe("What would make it legal."),
});

const missingGate = z
  .strictObject({
    consent: z.string().describe("The entry of `consent`."),
    why: z.enum(MISSING_WHY),
    at: place.nullable().describe("The nearest call of its check; null when there is none."),
  })
  .describe("The consent that the sink's purpose rests on, where it does not hold on the flow, and why; else null.");

const flow = z.strictObject({
  field: z.string(),
  status,
  source: place,
  sink: z.strictObject({ id: z.string(), purpose: z.string(), ...place.shape }),
  accessPath: z.string().describe("Where in the sink's argument it sits; empty when it is the argument itself."),
  gates: z
    .array(z.string())
    .describe(
      "Consents that hold on every way of the flow, for the person whose data it is: their check has passed, and their signals were asked for.",
    ),
  missing: missingGate.nullable(),
  verdict: z.enum(["allowed", "violation", "assessed"]),
  fingerprint,
});

const blindSpot = z.strictObject({
  kind: z.enum([
    "unresolved-call",
    "unmodelled-library",
    "dynamic-code",
    "unresolved-import",
    "syntax-error",
    "unread-file",
    "depth-limit",
    "budget-limit",
    "callee-limit",
    "object-limit",
    "unknown-store",
    "unsupported-syntax",
  ]),
  ...place.shape,
  reason: z.string(),
  fields: z.array(z.string()).describe("Fields that enter it; empty when none is known to."),
});

const problem = z
  .strictObject({
    kind: z
      .enum(["input", "unsupported"])
      .describe("`input`: it is wrong. `unsupported`: the manifest asks for a check that this version does not have."),
    file,
    line: position,
    column: position,
    severity: z.enum(["error", "warning"]),
    message: z.string(),
    fix: z.string().nullable(),
  })
  .describe("Something about the input that did not stop the analysis.");

const suppressed = z.strictObject({
  rule: z.enum(RULE_IDS),
  fingerprint,
  field: z.string().nullable(),
  sink: z.string().nullable(),
  reason: z.string(),
  owner: z.string(),
  approver: z.string(),
  expires: z.string(),
});

const phase = z.strictObject({ name: z.string(), ms: z.number().nonnegative().optional().describe("Only with --timings.") });

const stats = z.strictObject({
  files: count,
  lines: count,
  functions: count,
  facts: count,
  phases: z.array(phase).describe("The phases that ran, in order."),
  suppressed: z.array(suppressed).describe("Findings silenced by exceptions of the manifest."),
});

export const reportSchema = z
  .strictObject({
    schemaVersion: z.literal(SCHEMA_VERSION),
    tool: z.strictObject({ name: z.string(), version: z.string() }),
    manifest: z.strictObject({ file, hash: z.string().describe("SHA-256 of the manifest's and its packs' text, hex.") }),
    findings: z.array(finding).describe("Sorted by place."),
    flows: z.array(flow),
    blindSpots: z.array(blindSpot).describe("What the analysis could not see."),
    problems: z.array(problem),
    stats,
  })
  .meta({ title: "purpose-lint report", description: "What `purpose-lint check --format json` prints." });

export type Report = z.infer<typeof reportSchema>;
export type ReportFinding = Report["findings"][number];
export type ReportFlow = Report["flows"][number];
export type ReportBlindSpot = Report["blindSpots"][number];
export type ReportProblem = Report["problems"][number];
export type ReportPlace = z.infer<typeof place>;
export type ReportHop = z.infer<typeof hop>;

/** The published JSON Schema. Draft 7, which every editor and validator reads. */
export function reportJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(reportSchema, { target: "draft-7" }) };
}
