/** A small report with one of everything, made by the judge from a hand-made trace. */
import { judge } from "../../src/judge/judge.js";
import { buildReport, type BuildInput } from "../../src/report/build.js";
import type { Report } from "../../src/report/schema.js";
import type { Flow } from "../../src/trace/result.js";
import { blindSpot, consent, field, flow, hop, manifest, place, purpose, ROOT, sink, TODAY, trace } from "../judge/make.js";

export const upload = sink("fine-tune-upload", "train", { needs: ["chat.prompt"] });

export const email: Flow = flow("user.email", upload, {
  at: { file: "src/train.ts", line: 3, column: 9, endLine: 3, endColumn: 28 },
  source: place("src/model.ts", 2, 3, 5),
  accessPath: "[*].email",
  carried: { how: "whole", by: { ...place("src/api.ts", 8), kind: "spread" } },
  path: [
    hop("source", "src/model.ts", 2, "email: string;", "User"),
    hop("return", "src/api.ts", 8, "return { ...user };", "load"),
    hop("sink", "src/train.ts", 3, "openai.files.create({ file: rows })", "upload"),
  ],
});

export const prompt: Flow = flow("chat.prompt", upload, { at: email.at, accessPath: "[*].prompt", gates: ["training"] });

export const SOURCES: Readonly<Record<string, string>> = {
  "src/train.ts": 'import { openai } from "./openai";\nconst rows = await load();\n  await openai.files.create({ file: rows });\n',
  "purpose.yaml": "version: 1\n",
};

export function build(more: Partial<BuildInput> = {}, flows: readonly Flow[] = [email, prompt]): Report {
  const result = trace({
    flows,
    blindSpots: [
      blindSpot("unresolved-call", { fields: ["chat.prompt"] }),
      blindSpot("syntax-error", { file: "src/broken.ts", reason: "`)` expected" }),
    ],
  });
  const purposes = manifest({
    purposes: [purpose("deliver", { basis: "contract" }), purpose("train", { basis: "consent", consent: "training" })],
    fields: [field("user.email", ["deliver"]), field("chat.prompt", ["deliver", "train"])],
    sinks: [upload],
    consents: [consent("training")],
    exceptions: [],
  });
  return buildReport({
    trace: result,
    judgement: judge(result, purposes, { today: TODAY, root: ROOT }),
    manifest: purposes,
    root: ROOT,
    problems: [],
    phases: { manifest: 1.26, trace: 20 },
    timings: false,
    ...more,
  });
}
