import { describe, expect, it } from "vitest";
import type { Manifest } from "../../src/manifest/model.js";
import type { Flow } from "../../src/trace/result.js";
import { assessment, consent, field, flow, judged, messages, ofRule, purpose, sink, transform } from "./make.js";

const upload = sink("fine-tune-upload", "train");
const ranker = sink("ranker", "train-ranking");

function limitation(manifest: Partial<Manifest>, ...flows: Flow[]): string[] {
  return messages(judged(manifest, { flows }), "limitation");
}

function verdicts(manifest: Partial<Manifest>, ...flows: Flow[]): string[] {
  return judged(manifest, { flows }).flows.map(({ verdict }) => verdict);
}

describe("limitation", () => {
  it("reports a field that was collected for another purpose", () => {
    expect(limitation({ fields: [field("user.email", ["deliver"])] }, flow("user.email", upload))).toEqual([
      "user.email was collected for deliver, and reaches fine-tune-upload, which is for train",
    ]);
  });

  it("says where in the sink's argument it arrives", () => {
    const flows = [flow("user.email", upload, { accessPath: "rows[*].email" }), flow("user.email", upload, { accessPath: "rows[*].mail" })];
    expect(limitation({ fields: [field("user.email", ["deliver", "improve"])] }, ...flows)).toEqual([
      "user.email was collected for deliver and improve, and reaches fine-tune-upload at `rows[*].email` and 1 more place, which is for train",
    ]);
  });

  it("allows a field that was collected for the purpose", () => {
    const manifest = { fields: [field("chat.prompt", ["deliver", "train"])] };
    expect(limitation(manifest, flow("chat.prompt", upload))).toEqual([]);
    expect(verdicts(manifest, flow("chat.prompt", upload))).toEqual(["allowed"]);
  });

  describe("hierarchy of purposes", () => {
    const purposes = [
      purpose("train", { basis: "legitimate-interest" }),
      purpose("train-ranking", { parent: "train" }),
      purpose("train-ranking-eu", { parent: "train-ranking" }),
    ];

    it("allows a field of the parent for its child and grandchild", () => {
      const manifest = { purposes, fields: [field("chat.prompt", ["train"])] };
      expect(verdicts(manifest, flow("chat.prompt", ranker), flow("chat.prompt", sink("eu", "train-ranking-eu")))).toEqual([
        "allowed",
        "allowed",
      ]);
    });

    it("does not allow a field of the child for its parent", () => {
      expect(verdicts({ purposes, fields: [field("chat.prompt", ["train-ranking"])] }, flow("chat.prompt", upload))).toEqual(["violation"]);
    });

    it("does not loop on a cycle of parents", () => {
      const cycle = [purpose("a", { parent: "b" }), purpose("b", { parent: "a" })];
      expect(verdicts({ purposes: cycle, fields: [field("f", ["c"])] }, flow("f", sink("s", "a")))).toEqual(["violation"]);
    });
  });

  describe("Art. 6(4) assessments", () => {
    const purposes = [
      purpose("improve", { basis: "legitimate-interest" }),
      purpose("learn", { basis: "legitimate-interest" }),
      purpose("train-ranking", { parent: "learn" }),
      purpose("agreed", { basis: "consent", consent: "training" }),
      purpose("agreed-child", { parent: "agreed" }),
    ];
    const fields = [field("feedback.rating", ["improve"]), field("feedback.comment", ["improve"]), field("chat.prompt", ["agreed-child"])];
    const rating = flow("feedback.rating", ranker);
    const given = (...assessments: Manifest["assessments"]): Partial<Manifest> => ({ purposes, fields, assessments });

    it("covers exactly the field that it names", () => {
      const manifest = given(assessment("improve", "train-ranking", ["feedback.rating"]));
      expect(verdicts(manifest, rating, flow("feedback.comment", ranker))).toEqual(["assessed", "violation"]);
      expect(limitation(manifest, rating)).toEqual([]);
    });

    it("covers a purpose below the one it is for", () => {
      expect(verdicts(given(assessment("improve", "learn", ["feedback.rating"])), rating)).toEqual(["assessed"]);
    });

    it("does not cover a purpose above the one it is for", () => {
      expect(
        verdicts(given(assessment("improve", "train-ranking", ["feedback.rating"])), flow("feedback.rating", sink("s", "learn"))),
      ).toEqual(["violation"]);
    });

    it("must start from a purpose that the field was collected for", () => {
      expect(verdicts(given(assessment("learn", "train-ranking", ["feedback.rating"])), rating)).toEqual(["violation"]);
    });

    it.each([
      ["2026-05-31", "violation"],
      ["2026-06-01", "assessed"],
    ])("that expires on %s, on 2026-06-01: %s", (expires, verdict) => {
      expect(verdicts(given(assessment("improve", "train-ranking", ["feedback.rating"], { expires })), rating)).toEqual([verdict]);
    });

    it.each([
      ["identified", "violation"],
      ["pseudonymised", "assessed"],
      ["aggregated", "assessed"],
    ] as const)("for pseudonymised data, when it arrives %s: %s", (status, verdict) => {
      const manifest = given(assessment("improve", "train-ranking", ["feedback.rating"], { status: "pseudonymised" }));
      expect(verdicts(manifest, flow("feedback.rating", ranker, { status }))).toEqual([verdict]);
    });

    it("never rescues what was collected on consent, inherited or not", () => {
      const manifest = given(assessment("agreed-child", "train-ranking", ["chat.prompt"]));
      expect(verdicts(manifest, flow("chat.prompt", ranker))).toEqual(["violation"]);
    });
  });

  it("takes anonymised data to be nobody's, and pseudonymised data not", () => {
    const manifest = { fields: [field("user.email", ["deliver"])] };
    expect(
      verdicts(manifest, flow("user.email", upload, { status: "anonymised" }), flow("user.email", upload, { status: "pseudonymised" })),
    ).toEqual(["allowed", "violation"]);
  });

  it("reports a field that reaches one call by several ways once, by the way closest to the person", () => {
    const flows = [flow("user.email", upload, { status: "pseudonymised" }), flow("user.email", upload, { status: "identified" })];
    const judgement = judged({ fields: [field("user.email", ["deliver"])] }, { flows });
    expect(ofRule(judgement, "limitation").map(({ status }) => status)).toEqual(["identified"]);
  });

  describe("remedies", () => {
    function remedies(manifest: Partial<Manifest>, ...flows: Flow[]): string[] {
      return ofRule(judged(manifest, { flows }), "limitation")[0]!.remedies.map(({ kind, text }) => `${kind}: ${text}`);
    }

    it("name the manifest's key and line, the field and the place", () => {
      expect(
        remedies(
          {
            fields: [field("user.email", ["deliver"])],
            consents: [consent("training")],
            transforms: [transform("app:kAnonymise", "anonymised")],
          },
          flow("user.email", upload, { accessPath: "rows[*].email" }),
        ),
      ).toEqual([
        "collect: Collect user.email for train, on the consent training, and say so in the notice before collecting: add train to `fields.user.email.for` (purpose.yaml:14).",
        "assess: Assess under Art. 6(4) whether train is compatible with deliver: an entry under a new key `compatibility` of purpose.yaml for exactly user.email.",
        "gate: When it is collected for train: guard src/train.ts:42 with `app:mayTrain` (`consent.training.check`, purpose.yaml:50).",
        "drop: Drop user.email from `rows[*].email` at src/train.ts:42.",
        "de-identify: Anonymise user.email before src/train.ts:42 through `app:kAnonymise` (`transforms`, purpose.yaml:45); a hash or a token is not enough.",
      ]);
    });

    it("offer no assessment for what was collected on consent, and no gate that is there already", () => {
      const kinds = ofRule(
        judged(
          { fields: [field("chat.prompt", ["train"])], consents: [consent("training")] },
          { flows: [flow("chat.prompt", sink("mail", "improve"), { carried: { how: "whole" } })] },
        ),
        "limitation",
      )[0]!.remedies;
      expect(kinds.map(({ kind }) => kind)).toEqual(["collect", "drop", "de-identify"]);
      expect(kinds[1]!.text).toBe(
        "Build what goes to src/train.ts:42 from the properties it needs, without chat.prompt, instead of passing the whole object.",
      );
    });

    it("say what an assessment that nearly covers it lacks", () => {
      const fields = [field("feedback.rating", ["improve"])];
      const renew = remedies(
        { fields, assessments: [assessment("improve", "train", ["feedback.rating"], { expires: "2026-01-01" })] },
        flow("feedback.rating", upload),
      );
      expect(renew[1]).toBe(
        "assess: Renew the assessment of improve to train (`compatibility`, purpose.yaml:60): it expired on 2026-01-01.",
      );
      const hash = remedies(
        { fields, assessments: [assessment("improve", "train", ["feedback.rating"], { status: "pseudonymised" })] },
        flow("feedback.rating", upload),
      );
      expect(hash[1]).toBe(
        "assess: Make feedback.rating pseudonymised before src/train.ts:42: the assessment of improve to train (`compatibility`, purpose.yaml:60) covers no more; it arrives identified.",
      );
    });
  });
});
