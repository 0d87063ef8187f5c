/** Hand-made manifests and traces: short to write, complete to judge. */
import type {
  Assessment,
  Consent,
  Exception,
  Field,
  Locator,
  Manifest,
  ManifestPlace,
  Purpose,
  Sink,
  Source,
  Transform,
} from "../../src/manifest/model.js";
import type { BlindSpot, Flow, Hop, Place, TraceResult } from "../../src/trace/result.js";
import type { Finding, RuleId } from "../../src/judge/finding.js";
import { judge, type Judgement } from "../../src/judge/judge.js";

export const TODAY = "2026-06-01";
export const ROOT = "/repo";

export function at(line: number): ManifestPlace {
  return { file: "/repo/purpose.yaml", line, column: 3 };
}

export function locator(text: string): Locator {
  const [name = "", path = ""] = text.split(":");
  return { text, module: { kind: "package", name }, path: path.split(".") };
}

export function purpose(id: string, more: Partial<Purpose> = {}): Purpose {
  return { id, place: at(5), ...more };
}

export function field(id: string, purposes: readonly string[], more: Partial<Field> = {}): Field {
  return { id, purposes, place: at(14), ...more };
}

export function sink(id: string, purpose: string, more: Partial<Sink> = {}): Sink {
  return { id, purpose, at: { kind: "call", locator: locator("openai:OpenAI.files.create") }, when: [], place: at(30), ...more };
}

export function source(field: string, more: Partial<Source> = {}): Source {
  return { field, at: { kind: "returns", locator: locator("app:load"), path: [] }, place: at(22), ...more };
}

export function assessment(from: string, to: string, fields: readonly string[], more: Partial<Assessment> = {}): Assessment {
  return { from, to, fields, approver: "dpo@example.com", date: "2026-02-01", expires: "2027-02-01", place: at(60), ...more };
}

export function consent(id: string, more: Partial<Consent> = {}): Consent {
  return { id, mode: "opt-in", check: locator("app:mayTrain"), signals: [], place: at(50), ...more };
}

export function transform(text: string, yields: Transform["yields"], more: Partial<Transform> = {}): Transform {
  return { locator: locator(text), yields, place: at(45), ...more };
}

export function exception(finding: string, more: Partial<Exception> = {}): Exception {
  return { finding, reason: "agreed", owner: "team-search", approver: "dpo@example.com", expires: "2026-12-31", place: at(70), ...more };
}

export function manifest(more: Partial<Manifest> = {}): Manifest {
  return {
    file: "/repo/purpose.yaml",
    hash: "0".repeat(64),
    purposes: [
      purpose("deliver", { basis: "contract" }),
      purpose("improve", { basis: "legitimate-interest" }),
      purpose("train", { basis: "consent", consent: "training" }),
    ],
    fields: [],
    // One each that no test is about: a manifest without is a finding of its own.
    sources: [source("*")],
    sinks: [sink("other", "elsewhere")],
    stores: [],
    transforms: [],
    consents: [],
    assessments: [],
    budgets: [],
    exceptions: [],
    ...more,
  };
}

export function place(file: string, line: number, column = 1, length = 10): Place {
  return { file, line, column, endLine: line, endColumn: column + length };
}

export function hop(kind: Hop["kind"], file: string, line: number, text: string, symbol = ""): Hop {
  return { ...place(file, line, 3, text.length), kind, text, symbol };
}

export function flow(field: string, sink: Sink, more: Partial<Flow> = {}): Flow {
  return {
    field,
    status: "identified",
    gates: [],
    source: place("src/model.ts", 12, 3),
    sink,
    at: place("src/train.ts", 42, 9),
    accessPath: "",
    carried: { how: "named" },
    path: [
      hop("source", "src/model.ts", 12, "email: string;", "User"),
      hop("sink", "src/train.ts", 42, "openai.files.create({ file: user.email })", "upload"),
    ],
    ...more,
  };
}

export function blindSpot(kind: BlindSpot["kind"], more: Partial<BlindSpot> = {}): BlindSpot {
  return { ...place("src/x.ts", 7), kind, reason: "the callee is not known", fields: [], ...more };
}

export function trace(more: Partial<TraceResult> = {}): TraceResult {
  return {
    flows: [],
    blindSpots: [],
    undeclared: [],
    unmatched: [],
    // Fields that flow were collected; tests on collection say so themselves.
    collected: [...new Set((more.flows ?? []).map(({ field }) => field))],
    stats: { files: 2, lines: 100, functions: 5, facts: 40, phases: { facts: 1.25, trace: 2.5 } },
    ...more,
  };
}

/** Judged, with every declared field counted as collected unless the trace says otherwise. */
export function judged(manifestParts: Partial<Manifest>, traceParts: Partial<TraceResult>): Judgement {
  return judge(trace(traceParts), manifest(manifestParts), { today: TODAY, root: ROOT });
}

/** The findings of one rule. */
export function ofRule({ findings }: Judgement, rule: RuleId): readonly Finding[] {
  return findings.filter((finding) => finding.rule === rule);
}

/** The messages of the findings of one rule. */
export function messages(judgement: Judgement, rule: RuleId): string[] {
  return ofRule(judgement, rule).map(({ message }) => message);
}
