/** Findings about fields that annotated telemetry declares: they speak of the annotation, and their remedies work. */
import { describe, expect, it } from "vitest";
import type { Source } from "../../src/manifest/model.js";
import { field, flow, judged, messages, ofRule, place, purpose, sink } from "./make.js";

const kind = { ...field("editor/opened.kind", ["improve"]), inCode: true as const };
const purposes = [purpose("improve", { basis: "legitimate-interest" }), purpose("train", { basis: "legitimate-interest" })];
const texts = (judgement: ReturnType<typeof judged>, rule: string): string[] =>
  judgement.findings.filter((one) => one.rule === rule).flatMap(({ remedies }) => remedies.map(({ text }) => text));

const event = (path: string): Source => ({
  field: `editor/opened.${path}`,
  at: {
    kind: "site",
    file: "/repo/main.ts",
    at: 1,
    end: 2,
    argument: { text: `1.${path}`, position: 1, path: path.split(".").map((name) => ({ k: "prop", name })) },
  },
  place: { file: "/repo/main.ts", line: 3, column: 1 },
});

describe("a field of annotated telemetry", () => {
  it("for another purpose is declared in the manifest, which the code then must not contradict", () => {
    const judgement = judged({ fields: [kind], purposes }, { flows: [flow(kind.id, sink("fit", "train"))] });
    expect(ofRule(judgement, "limitation")).toHaveLength(1);
    expect(texts(judgement, "limitation")[0]).toContain("declare it under `fields` with `for: [improve, train]`");
    expect(texts(judgement, "limitation")[1]).toContain("which `fields` must have, too");
  });

  it("is used by being sent; one of the manifest must reach a sink", () => {
    const sinks = [sink("dash", "improve")];
    expect(messages(judged({ fields: [kind], purposes, sinks }, { collected: [kind.id] }), "minimization")).toEqual([]);
    const own = field("editor/opened.kind", ["improve"]);
    expect(messages(judged({ fields: [own], purposes, sinks }, { collected: [own.id] }), "minimization")).toHaveLength(1);
  });

  it("and what is sent beside it is to be annotated, under the event's name", () => {
    for (const path of ["kind", "editor.kind"]) {
      const judgement = judged(
        { fields: [kind], purposes },
        { undeclared: [{ ...place("/repo/main.ts", 5), source: event(path), property: "email", text: "send()" }] },
      );
      expect(messages(judgement, "minimization")).toEqual([
        expect.stringMatching(/^editor\/opened\.email is collected here, and no such field is declared/),
      ]);
      expect(texts(judgement, "minimization")).toEqual([
        "Annotate `email` with its classification and purpose, where the event is (main.ts:3).",
        "Do not send `email`.",
      ]);
    }
  });
});
