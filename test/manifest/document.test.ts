/** The manifest that the format's description shows, as it stands there, and with its placeholders filled. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { right, wrong } from "./make.js";

const read = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8");
const FILES = {
  "/repo/docs/privacy-notice.md": "We use it to provide the assistant, to improve\n our service and to train our AI models.",
  "/repo/docs/anonymisation-review.md": "k = 20",
};

describe("the manifest of the description", () => {
  it("is read, and only what it leaves open is wrong", () => {
    expect(wrong(read("document.yaml"), FILES)).toEqual([
      "28:14 reference: unknown field `user.id`",
      "40:27 reference: unknown purpose `evaluate`",
      "70:11 assessment-criteria: the assessment of `improve` for `train-ranking` does not assess `link`",
      "71:14 assessment-criteria: the assessment of `improve` for `train-ranking` does not assess `context`",
      "72:13 assessment-criteria: the assessment of `improve` for `train-ranking` does not assess `nature`",
      "73:19 assessment-criteria: the assessment of `improve` for `train-ranking` does not assess `consequences`",
      "74:48 assessment-criteria: the assessment of `improve` for `train-ranking` does not assess `safeguards`",
      "86:33 value: nothing is written here yet",
    ]);
  });

  const manifest = right(read("document-filled.yaml"), FILES);

  it("declares purposes and fields", () => {
    expect(manifest.purposes.map(({ id, basis, parent }) => [id, basis, parent])).toEqual([
      ["deliver", "contract", undefined],
      ["improve", "legitimate-interest", undefined],
      ["train", "consent", undefined],
      ["evaluate", "legitimate-interest", undefined],
      ["train-ranking", undefined, "train"],
    ]);
    expect(manifest.purposes[2]).toEqual({
      id: "train",
      basis: "consent",
      consent: "training",
      notice: "to train our AI models",
      disclosedSince: "2026-03-01",
      place: { file: "/repo/purpose.yaml", line: 13, column: 3 },
    });
    expect(manifest.fields[1]).toEqual({
      id: "chat.prompt",
      categories: ["fides:user.content.private"],
      purposes: ["deliver", "train"],
      since: "2026-03-02",
      place: { file: "/repo/purpose.yaml", line: 19, column: 3 },
    });
  });

  it("says where fields enter", () => {
    expect(manifest.sources.map(({ field, at }) => [field, at.kind])).toEqual([
      ["user.email", "property"],
      ["chat.*", "returns"],
      ["chat.prompt", "route"],
      ["feedback.rating", "parameter"],
      ["user.id", "call"],
    ]);
    expect(manifest.sources[2]!.at).toEqual({
      kind: "route",
      method: "POST",
      url: "/v1/chat",
      path: [{ k: "prop", name: "body" }, { k: "prop", name: "messages" }, { k: "any" }, { k: "prop", name: "content" }],
      place: { file: "/repo/purpose.yaml", line: 28, column: 34 },
    });
    expect(manifest.sources[3]!.at).toMatchObject({ argument: { text: "0.rating", position: 0, path: [{ k: "prop", name: "rating" }] } });
  });

  it("says where purposes are acted on", () => {
    const { keys, ...sink } = manifest.sinks[0]!;
    expect(keys).toMatchObject({ argument: { line: 36, column: 15 }, "when.0.purpose": { line: 37, column: 13 } });
    expect(sink).toEqual({
      id: "fine-tune-upload",
      purpose: "train",
      at: {
        kind: "call",
        locator: {
          text: "openai:OpenAI.files.create",
          module: { kind: "package", name: "openai" },
          path: ["OpenAI", "files", "create"],
          place: { file: "/repo/purpose.yaml", line: 35, column: 11 },
        },
        argument: { text: "0.file", position: 0, path: [{ k: "prop", name: "file" }] },
      },
      when: [{ argument: { text: "0.purpose", position: 0, path: [{ k: "prop", name: "purpose" }] }, value: "fine-tune" }],
      needs: ["chat.prompt", "chat.completion"],
      requires: ["pseudonymised"],
      place: { file: "/repo/purpose.yaml", line: 33, column: 5 },
    });
    expect(manifest.sinks[1]).toMatchObject({ id: "fine-tune-job", consumes: "dataset-entries", at: { kind: "call" } });
    expect(manifest.sinks[2]).toMatchObject({ id: "dataset-export", at: { kind: "returns" } });
    expect(manifest.sinks[3]).toMatchObject({ id: "judge", within: { module: { glob: "/repo/src/evals/**" }, path: ["*"] } });
  });

  it("says where data rests, and what changes its status", () => {
    expect(manifest.stores.map(({ id, at }) => [id, at.kind === "connector" ? `${at.connector} ${at.name}` : at.kind])).toEqual([
      ["dataset-entries", "prisma DatasetEntry"],
      ["jobs", "bullmq fine-tune"],
      ["uploads", "s3 acme-training/**"],
      ["events", "wrapper"],
    ]);
    expect(manifest.stores[0]).toMatchObject({ retention: "1y", columns: { input: "chat.prompt" } });
    expect(manifest.stores[3]!.at).toMatchObject({ key: { position: 0 }, value: { position: 1 } });
    expect(
      manifest.transforms.slice(0, 5).map(({ yields, budget, epsilon, expires }) => [yields, budget, typeof epsilon, expires]),
    ).toEqual([
      ["pseudonymised", undefined, "undefined", undefined],
      ["differentially-private", "assistant", "object", undefined],
      ["synthetic", "assistant", "object", undefined],
      ["federated-update", undefined, "undefined", undefined],
      ["anonymised", undefined, "undefined", "2027-01-01"],
    ]);
  });

  it("says what was asked, assessed and approved", () => {
    expect(manifest.consents.map(({ id, mode, signals, onWithdraw }) => [id, mode, signals, onWithdraw?.text])).toEqual([
      ["training", "opt-in", [], "./src/dataset.ts:removeUser"],
      ["sale", "opt-out", ["gpc"], undefined],
    ]);
    expect(manifest.assessments[0]).toMatchObject({ from: "improve", to: "train-ranking", status: "pseudonymised", expires: "2027-02-01" });
    expect(manifest.budgets).toEqual([
      {
        id: "assistant",
        epsilon: 8,
        delta: 1e-6,
        unit: "user",
        accounting: "zcdp",
        place: { file: "/repo/purpose.yaml", line: 82, column: 3 },
      },
    ]);
    expect(manifest.zones).toMatchObject([
      { id: "device", files: [{ glob: "/repo/apps/mobile/**", written: "./apps/mobile/**" }], maySend: ["federated-update"] },
    ]);
    expect(manifest.exceptions).toMatchObject([{ finding: "7f3a9c", owner: "team-search", expires: "2026-12-31" }]);
    expect(manifest.notice).toMatchObject({
      url: "https://example.com/privacy",
      file: "/repo/docs/privacy-notice.md",
      version: "2026-03-01",
    });
  });
});
