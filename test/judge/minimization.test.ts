import { describe, expect, it } from "vitest";
import type { Manifest } from "../../src/manifest/model.js";
import type { Flow } from "../../src/trace/result.js";
import { blindSpot, field, flow, hop, judged, messages, ofRule, place, purpose, sink, source } from "./make.js";

const fields = [field("chat.prompt", ["train"]), field("user.email", ["train"])];
const upload = sink("upload", "train", { needs: ["chat.prompt"] });

function excess(...flows: Flow[]): string[] {
  return messages(judged({ fields }, { flows }), "minimization");
}

describe("a field that the sink does not need", () => {
  it("is reported, with the verdict on its flow", () => {
    const judgement = judged({ fields }, { flows: [flow("user.email", upload), flow("chat.prompt", upload)] });
    expect(
      ofRule(judgement, "minimization").map(({ rule, severity, message, field, sink, purpose, article }) => ({
        rule,
        severity,
        message,
        field,
        sink,
        purpose,
        article,
      })),
    ).toEqual([
      {
        rule: "minimization",
        severity: "error",
        message: "user.email reaches upload, which needs only chat.prompt: it is named there",
        field: "user.email",
        sink: "upload",
        purpose: "train",
        article: "GDPR Art. 5(1)(c), 25",
      },
    ]);
    expect(judgement.flows.map(({ verdict }) => verdict)).toEqual(["violation", "allowed"]);
  });

  it("is not reported where the sink does not say what it needs", () => {
    expect(excess(flow("user.email", sink("any", "train")))).toEqual([]);
  });

  it("is every field where the sink needs none", () => {
    expect(excess(flow("user.email", sink("none", "train", { needs: [] })))).toEqual([
      "user.email reaches none, which needs no field: it is named there",
    ]);
  });

  it("is not one that `chat.*` names", () => {
    expect(excess(flow("chat.prompt", sink("chat", "train", { needs: ["chat.*"] })))).toEqual([]);
  });

  it("is not one that is anonymised", () => {
    expect(excess(flow("user.email", upload, { status: "anonymised" }))).toEqual([]);
  });

  it.each([
    ["spread", "a spread"],
    ["rest", "a rest"],
    ["copy", "a copy of all properties"],
    ["stringify", "`JSON.stringify` of a whole object"],
    ["call", "a call"],
  ] as const)("says what carried it and where: %s", (kind, says) => {
    const carried = { how: "whole", by: { ...place("src/rows.ts", 7), kind } } as const;
    expect(excess(flow("user.email", upload, { carried }))).toEqual([
      `user.email reaches upload, which needs only chat.prompt: ${says} at src/rows.ts:7 carries it`,
    ]);
  });

  it("says that a whole object carries it where nothing else does, whatever the code of the path looks like", () => {
    const path = [hop("source", "src/model.ts", 12, "JSON.stringify(x)"), hop("sink", "src/train.ts", 42, "create({ ...others, user })")];
    expect(excess(flow("user.email", upload, { carried: { how: "whole" }, path }))).toEqual([
      "user.email reaches upload, which needs only chat.prompt: a whole object carries it",
    ]);
  });

  it("cannot be made legal by needing it where it may not be used at all", () => {
    const kinds = (purposes: readonly string[]): string[] => {
      const judgement = judged({ fields: [field("user.email", purposes)] }, { flows: [flow("user.email", upload)] });
      const about = judgement.findings.filter(({ rule }) => rule !== "manifest");
      return about.map(({ rule, remedies }) => `${rule}: ${remedies.map(({ kind }) => kind).join(" ")}`);
    };
    expect(kinds(["train"])).toEqual(["minimization: drop need de-identify"]);
    expect(kinds(["deliver"])).toEqual(["limitation: collect assess drop de-identify", "minimization: drop de-identify"]);
  });

  it("is one finding a field", () => {
    const many = [field("user.a", ["train"]), field("user.b", ["train"])];
    const judgement = judged(
      { fields: many },
      { flows: [flow("user.b", upload), flow("user.a", upload), flow("user.a", upload, { accessPath: "x" })] },
    );
    expect(ofRule(judgement, "minimization").map(({ field }) => field)).toEqual(["user.a", "user.b"]);
  });
});

describe("undeclared collection", () => {
  it("is reported at the collection, under the name that the field would have", () => {
    const undeclared = [{ ...place("src/telemetry.ts", 9, 5), source: source("user.*"), property: "address.zip", text: "capture(user)" }];
    const [finding] = ofRule(
      judged({ fields: [field("user.id", ["deliver"])] }, { undeclared, flows: [flow("user.id", sink("any", "deliver"))] }),
      "minimization",
    );
    expect(finding).toMatchObject({
      rule: "minimization",
      severity: "warning",
      message: "user.address.zip is collected here, and no such field is declared (possibly user.contact.address.postal_code, by its name)",
      field: "user.address.zip",
      location: { file: "src/telemetry.ts", line: 9, column: 5 },
      remedies: [
        { kind: "declare", text: "Declare user.address.zip with its purposes under `fields` (purpose.yaml:14)." },
        { kind: "drop", text: "Do not collect `address.zip` at src/telemetry.ts:9; the source is `sources` of purpose.yaml:22." },
      ],
    });
  });
});

describe("a field that is collected and never used", () => {
  const purposes = [purpose("improve"), purpose("evaluate", { parent: "improve" }), purpose("deliver")];
  const sinks = [sink("evals", "evaluate")];

  function unused(manifest: Partial<Manifest>, trace: Parameters<typeof judged>[1]): string[] {
    return judged({ purposes, sinks, ...manifest }, trace)
      .findings.filter(({ rule }) => rule !== "manifest")
      .map(({ severity, message }) => `${severity}: ${message}`);
  }

  it("is a warning when its purposes have sinks, their own or a child's", () => {
    expect(unused({ fields: [field("rating", ["improve"])] }, { collected: ["rating"] })).toContain(
      "warning: rating is collected, and reaches no sink of any purpose",
    );
  });

  it("is a note when one of its purposes has no sink", () => {
    expect(unused({ fields: [field("rating", ["improve", "deliver"])] }, { collected: ["rating"] })).toContain(
      "note: rating is collected, and reaches no sink of any purpose (no sink is declared for deliver, so use for it cannot be seen)",
    );
  });

  it("is nothing when it reaches a sink, or goes where it cannot be followed", () => {
    const manifest = { fields: [field("rating", ["improve"]), field("comment", ["improve"])] };
    const found = unused(manifest, {
      collected: ["rating", "comment"],
      flows: [flow("rating", sinks[0]!)],
      blindSpots: [blindSpot("unresolved-call", { fields: ["comment"] })],
    });
    expect(found).toEqual(["note: comment cannot be followed here: the callee is not known"]);
  });
});
