import { describe, expect, it } from "vitest";
import { fixes, load, right, wrong } from "./make.js";

const purposes = (text: string): string =>
  `version: 1\npurposes:\n  ads: { same-as: [tcf:3, fides:marketing.advertising] }\n  care: {}\n${text}`;

describe("a purpose by the name of a taxonomy", () => {
  it("is the one whose `same-as` it is, wherever a purpose is named", () => {
    const manifest = right(
      purposes(`fields: { a: { for: [tcf:3] }, b: { for: [marketing.advertising] } }
sinks: [{ id: s, purpose: fides:marketing.advertising, call: "lib:f" }]
`),
    );
    expect(manifest.fields.map((field) => field.purposes)).toEqual([["ads"], ["ads"]]);
    expect(manifest.sinks.map((sink) => sink.purpose)).toEqual(["ads"]);
    expect(manifest.purposes[0]!.sameAs).toEqual(["tcf:3", "fides:marketing.advertising"]);
  });

  it("is the one of that name first", () => {
    const text = "version: 1\npurposes: { analytics: {}, other: { same-as: analytics } }\nfields: { a: { for: [analytics] } }\n";
    expect(right(text).fields[0]!.purposes).toEqual(["analytics"]);
  });

  it("is that of a parent", () => {
    expect(right(purposes("  kids: { parent: tcf:3 }\n")).purposes[2]!.parent).toBe("ads");
    expect(wrong("version: 1\npurposes: { a: { same-as: tcf:3, parent: tcf:3 } }\n")).toEqual([
      "2:42 cycle: a purpose is above itself: a → a",
    ]);
  });

  it("counts a pack's sink in", () => {
    const pack = "version: 1\nsinks: [{ id: s, purpose: tcf:3, call: 'lib:f' }, { id: t, purpose: tcf:4, call: 'lib:g' }]\n";
    expect(
      right(`version: 1\nextends: ./pack.yaml\npurposes: { ads: { same-as: tcf:3 } }\n`, { "/repo/pack.yaml": pack }).sinks,
    ).toMatchObject([{ id: "s", purpose: "ads" }]);
  });

  it("is none when no purpose is the same", () => {
    const text = purposes("fields: { a: { for: [tcf:4, tcf:44, adds] } }\n");
    expect(wrong(text)).toEqual([
      "5:22 reference: no purpose is the same as `tcf:4` (Use profiles to select personalised advertising)",
      "5:29 reference: the IAB TCF 2.2 has no purpose `44`",
      "5:37 reference: unknown purpose `adds`",
    ]);
    expect(fixes(text)).toEqual([
      "add `same-as: tcf:4` to the purpose that it is, under `purposes`",
      "did you mean `tcf:4`?",
      "did you mean `ads`?",
    ]);
  });

  it("is none when several are", () => {
    expect(wrong("version: 1\npurposes: { a: { same-as: tcf:3 }, b: { same-as: tcf:3 } }\nfields: { x: { for: [tcf:3] } }\n")).toEqual([
      "3:22 reference: `tcf:3` is `a` and `b`",
    ]);
  });
});

describe("`same-as` and `category`", () => {
  it("are of a taxonomy", () => {
    expect(wrong(purposes("fields: { a: { for: [], category: [user.name, user.nam] } }\n").replace("tcf:3", "tcf:33"))).toEqual([
      "3:20 value: the IAB TCF 2.2 has no purpose `33`",
      "5:47 value: fideslang 3.1.4 has no category `user.nam`",
    ]);
    expect(fixes("version: 1\nfields: { a: { for: [], category: user.nam } }\n")).toEqual(["did you mean `user.name`?"]);
  });

  it("name a term once", () => {
    expect(wrong("version: 1\nfields: { a: { for: [], category: [user.name, fides:user.name] } }\n")).toEqual([
      "2:47 duplicate: `fides:user.name` occurs twice in `category`",
    ]);
  });

  it("may be what was given up, which is told", () => {
    const { manifest, problems } = load("version: 1\npurposes: { p: { same-as: personalize.profiling } }\n");
    expect(manifest?.purposes[0]!.sameAs).toEqual(["fides:personalize.profiling"]);
    expect(problems).toMatchObject([{ severity: "warning", line: 2, column: 27, fix: "write `personalize.content.profiling`" }]);
  });
});
