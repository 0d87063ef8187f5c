import { describe, expect, it } from "vitest";
import type { Field, Manifest, Purpose } from "../../src/manifest/model.js";
import { check } from "./check.js";
import { assessment, at, field, flow, judged, messages, ofRule, purpose, sink, TODAY } from "./make.js";

const NOTICE: Manifest["notice"] = { file: "/repo/notice.md", place: at(2) };
const LATER = "2026-06-02";

function judge(purposes: readonly Purpose[], declared: Field, to: string, more: Partial<Manifest> = {}) {
  return judged({ notice: NOTICE, purposes, fields: [declared], ...more }, { flows: [flow(declared.id, sink("tune", to))] });
}
const found = (...args: Parameters<typeof judge>): string[] => messages(judge(...args), "notice");

describe("a purpose without wording", () => {
  const train = purpose("train");

  it("is told where code acts on it", () => {
    const [finding] = ofRule(judge([train], field("chat.prompt", ["train"]), "train"), "notice");
    expect(finding).toMatchObject({
      severity: "error",
      message: "tune acts on train, of which the notice has no wording",
      field: null,
      sink: "tune",
      purpose: "train",
      article: "GDPR Art. 13, 14",
      location: { file: "src/train.ts", line: 42 },
      remedies: [
        {
          kind: "declare",
          text: "Tell people of train in the notice before collecting, and write its words into `notice` of `purposes.train` (purpose.yaml:5).",
        },
      ],
    });
  });

  it("is told once, whatever reaches it and where", () => {
    const judgement = judged(
      { notice: NOTICE, purposes: [train], fields: [field("a", ["train"]), field("b", ["train"])] },
      { flows: [flow("a", sink("one", "train")), flow("b", sink("two", "train"))] },
    );
    expect(messages(judgement, "notice")).toEqual(["one acts on train, of which the notice has no wording"]);
  });

  it("is none that has one, its own or its parent's", () => {
    const declared = field("chat.prompt", ["train"]);
    expect(found([purpose("train", { notice: "to train" })], declared, "train")).toEqual([]);
    expect(found([purpose("all", { notice: "to improve" }), purpose("train", { parent: "all" })], declared, "train")).toEqual([]);
  });

  it("is none that nothing acts on, or only what is nobody's", () => {
    expect(messages(judged({ notice: NOTICE, purposes: [train] }, {}), "notice")).toEqual([]);
    const anonymous = flow("a", sink("tune", "train"), { status: "anonymised" });
    expect(
      messages(judged({ notice: NOTICE, purposes: [train], fields: [field("a", ["train"])] }, { flows: [anonymous] }), "notice"),
    ).toEqual([]);
  });

  it("is none in a manifest that tells of no notice, and is one as soon as it words another purpose", () => {
    const declared = field("chat.prompt", ["train"]);
    const to = { flows: [flow("chat.prompt", sink("tune", "train"))] };
    expect(messages(judged({ purposes: [train], fields: [declared] }, to), "notice")).toEqual([]);
    expect(
      messages(judged({ purposes: [train, purpose("serve", { notice: "to serve" })], fields: [declared] }, to), "notice"),
    ).toHaveLength(1);
    const pack = { file: "/repo/pack.yaml", line: 1, column: 1 };
    const packed = purpose("serve", { notice: "to serve", place: pack });
    expect(messages(judged({ purposes: [train, packed], fields: [declared] }, to), "notice")).toEqual([]);
  });
});

describe("a disclosure that is still to come", () => {
  const on = (disclosedSince: string): string[] =>
    found([purpose("train", { notice: "to train", disclosedSince })], field("chat.prompt", ["train"], { since: LATER }), "train");

  it("is too late for what is done now", () => {
    expect(on(LATER)).toEqual([`tune acts on train, and the notice says so only from ${LATER} on`]);
  });

  it("is in time on the day itself", () => {
    expect(on(TODAY)).toEqual([]);
  });

  it("is the parent's where the purpose has none", () => {
    const purposes = [purpose("all", { notice: "n", disclosedSince: LATER }), purpose("train", { parent: "all" })];
    expect(found(purposes, field("chat.prompt", ["train"], { since: LATER }), "train")).toHaveLength(1);
  });
});

describe("a field that is older than the disclosure", () => {
  const purposes = [
    purpose("improve", { notice: "to improve" }),
    purpose("rank", { parent: "improve", notice: "to rank", disclosedSince: "2026-03-01" }),
    purpose("train", { notice: "to train", disclosedSince: "2026-03-01" }),
  ];
  const rating = (since?: string): Field => field("rating", ["improve"], since === undefined ? {} : { since });

  it("is announced for a day that is yet to come", () => {
    const manifest = (since: string, acts = ""): string[] =>
      check("manifest", {
        "purpose.yaml": `version: 1
purposes: { mail: { basis: contract, notice: to answer }, train: { basis: legitimate-interest, notice: to train, disclosed-since: ${since} } }
fields: { chat.prompt: { for: [mail, train] } }
sources: [{ field: chat.prompt, parameter: "./src/chat.ts:onPrompt", argument: "0" }]
sinks: [{ id: mailer, purpose: mail, call: "./src/chat.ts:mail" }, { id: upload, purpose: train, call: "./src/chat.ts:upload" }]
`,
        "src/chat.ts": `export function mail(text: string): void { void text; }
export function upload(text: string): void { void text; }
export function onPrompt(text: string): void { mail(text); ${acts} }
`,
      }).filter((line) => line.includes("yet to come"));
    expect(manifest("2099-01-01")).toEqual([
      "purpose.yaml:2 error the notice is said to tell of train since 2099-01-01, which is yet to come",
    ]);
    expect(manifest("2026-01-01")).toEqual([]);
    // The rule `notice` tells it where it is done.
    expect(manifest("2099-01-01", "upload(text);")).toEqual([]);
  });

  it("was not collected for a purpose below its own that was disclosed later", () => {
    expect(found(purposes, rating("2026-02-28"), "rank")).toEqual([
      "rating is collected since 2026-02-28, and reaches tune: the notice tells of rank only since 2026-03-01",
    ]);
    expect(found(purposes, rating("2026-03-01"), "rank")).toEqual([]);
    expect(found(purposes, rating("2026-02-28"), "improve")).toEqual([]);
  });

  it("is not told of by an assessment", () => {
    const assessments = [assessment("improve", "train", ["rating"])];
    expect(found(purposes, rating("2026-02-28"), "train", { assessments })).toHaveLength(1);
    expect(found(purposes, rating("2026-03-02"), "train", { assessments })).toEqual([]);
  });

  it("is limitation's where it may not be used at all", () => {
    const judgement = judge(purposes, rating("2026-02-28"), "train");
    expect(messages(judgement, "notice")).toEqual([]);
    expect(messages(judgement, "limitation")).toHaveLength(1);
  });

  it("is perhaps one that does not say since when it is collected: a note", () => {
    expect(ofRule(judge(purposes, rating(), "rank"), "notice").map(({ severity, message }) => `${severity} ${message}`)).toEqual([
      "note rating reaches tune, and the notice tells of rank since 2026-03-01: it is not said since when rating is collected",
    ]);
    expect(found(purposes, rating(), "improve")).toEqual([]);
  });
});

describe("a program", () => {
  const files = (train: string): Record<string, string> => ({
    "purpose.yaml": `version: 1
notice: { file: notice.md, version: 2026-03-01 }
purposes:
  serve: { basis: contract, notice: to answer you }
  train: { ${train} }
fields:
  chat.prompt: { for: [serve, train], since: 2026-03-02 }
sources:
  - { field: chat.prompt, parameter: "./src/chat.ts:answer", argument: "0" }
sinks:
  - { id: model, purpose: serve, call: "./src/model.ts:generate", argument: "0" }
  - { id: dataset, purpose: train, call: "./src/model.ts:addExample", argument: "0" }
`,
    "notice.md": "We use your messages to answer you, and\nto train our models.\n",
    "src/model.ts":
      "export const generate = (text: string): string => text;\nexport function addExample(text: string): void { void text; }\n",
    "src/chat.ts": `import { addExample, generate } from "./model.js";
export function answer(prompt: string): string {
  addExample(prompt);
  return generate(prompt);
}
`,
  });

  it("acts on a purpose that the notice says nothing of", () => {
    expect(check("notice", files("basis: legitimate-interest"))).toEqual([
      "src/chat.ts:3 error dataset acts on train, of which the notice has no wording",
    ]);
  });

  it("acts on what the notice says", () => {
    expect(check("notice", files("basis: legitimate-interest, notice: to train our models, disclosed-since: 2026-03-01"))).toEqual([]);
  });

  it("does not start where the notice says something else: that is the manifest's", () => {
    expect(() => check("notice", files("basis: legitimate-interest, notice: to train our AI"))).toThrow("the notice does not say");
    expect(() => check("notice", files("notice: to train our models, disclosed-since: 2026-04-01"))).toThrow("only since 2026-04-01");
  });
});
