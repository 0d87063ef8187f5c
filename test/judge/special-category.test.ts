import { describe, expect, it } from "vitest";
import type { Field } from "../../src/manifest/model.js";
import type { Flow } from "../../src/trace/result.js";
import { check } from "./check.js";
import { at, consent, field, flow, judged, messages, ofRule, purpose, sink } from "./make.js";

const purposes = [
  purpose("deliver", { basis: "contract" }),
  purpose("remind", { parent: "deliver" }),
  purpose("train", { basis: "consent", consent: "training" }),
  purpose("profile", { basis: "legitimate-interest", consent: "sale" }),
];
const consents = [consent("training", { place: at(50) }), consent("diet", { place: at(51) }), consent("sale", { mode: "opt-out" })];
const planner = sink("planner", "deliver");
const training = sink("training", "train");
const health = (more: Partial<Field> = {}): Field => field("user.health", ["deliver"], more);

function judge(declared: Field, ...flows: Flow[]) {
  return judged({ purposes, consents, fields: [declared] }, { flows });
}
const found = (declared: Field, ...flows: Flow[]): string[] => messages(judge(declared, ...flows), "special-category");
const start = "user.health is data of a special category (Art. 9), and reaches";

describe("a special category without an exemption", () => {
  it.each(["user.health_and_medical", "user.health_and_medical.genetic", "pd:Religion", "user.demographic.religious_belief"])(
    "is told by its category: %s",
    (category) => {
      expect(found(health({ categories: [category] }), flow("user.health", planner))).toEqual([
        `${start} planner, which is for deliver, without an exemption of Art. 9(2): its category is ${category}`,
      ]);
    },
  );

  it.each(["user.contact.email", "user.demographic.gender", "user.biometrics", "user.demographic", undefined])(
    "is none of another category: %s",
    (category) => {
      expect(found(health(category === undefined ? {} : { categories: [category] }), flow("user.health", planner))).toEqual([]);
    },
  );

  it("is nobody's once it is anonymised, and still somebody's under a pseudonym", () => {
    const declared = health({ categories: ["user.biometric"] });
    expect(found(declared, flow("user.health", planner, { status: "anonymised" }))).toEqual([]);
    expect(found(declared, flow("user.health", planner, { status: "pseudonymised" }))).toHaveLength(1);
  });
});

describe("an exemption other than consent", () => {
  const declared = health({ special: "health-care" });

  it("holds for the purposes of the field, and those below them", () => {
    expect(found(declared, flow("user.health", planner), flow("user.health", sink("reminder", "remind")))).toEqual([]);
  });

  it("does not hold for others, and no assessment makes it", () => {
    const judgement = judged(
      {
        purposes,
        consents,
        fields: [declared],
        assessments: [
          {
            from: "deliver",
            to: "profile",
            fields: ["user.health"],
            approver: "a",
            date: "2026-01-01",
            expires: "2027-01-01",
            place: at(60),
          },
        ],
      },
      { flows: [flow("user.health", sink("scores", "profile"))] },
    );
    expect(messages(judgement, "limitation")).toEqual([]);
    expect(messages(judgement, "special-category")).toEqual([
      `${start} scores, which is for profile, and health-care lifts the prohibition only for deliver`,
    ]);
    expect(judgement.flows.map(({ verdict }) => verdict)).toEqual(["violation"]);
  });
});

describe("explicit consent", () => {
  it("needs the check of the purpose's consent on the path", () => {
    const declared = health({ special: "explicit-consent", purposes: ["train"] });
    expect(found(declared, flow("user.health", training))).toEqual([
      `${start} training, which is for train, and no check of the consent training guards it`,
    ]);
    expect(found(declared, flow("user.health", training, { gates: ["training"] }))).toEqual([]);
    expect(found(declared, flow("user.health", training, { gates: ["diet"] }))).toHaveLength(1);
  });

  it("is the field's own consent where it names one", () => {
    const declared = health({ special: "explicit-consent", consent: "diet" });
    expect(found(declared, flow("user.health", planner, { gates: ["training"] }))).toHaveLength(1);
    expect(found(declared, flow("user.health", planner, { gates: ["diet"] }))).toEqual([]);
  });

  it("to one purpose is none to another", () => {
    const declared = health({ special: "explicit-consent", consent: "diet" });
    expect(found(declared, flow("user.health", training, { gates: ["diet", "training"] }))).toEqual([
      `${start} training, which is for train, and explicit-consent lifts the prohibition only for deliver`,
    ]);
  });

  it("to just this purpose is one, whatever the field was collected for: that is limitation's", () => {
    const judgement = judge(health({ special: "explicit-consent" }), flow("user.health", training, { gates: ["training"] }));
    expect(messages(judgement, "special-category")).toEqual([]);
    expect(messages(judgement, "limitation")).toHaveLength(1);
  });

  it("is no opt-out", () => {
    const declared = health({ special: "explicit-consent", purposes: ["profile"] });
    expect(found(declared, flow("user.health", sink("scores", "profile"), { gates: ["sale"] }))).toEqual([
      `${start} scores, which is for profile, on the consent sale, which is an opt-out: explicit consent is a yes`,
    ]);
  });

  it("that no declared check asks for is a note, and leaves the verdict", () => {
    const judgement = judge(health({ special: "explicit-consent" }), flow("user.health", planner));
    expect(ofRule(judgement, "special-category").map(({ severity, message }) => [severity, message])).toEqual([
      ["note", `${start} planner, which is for deliver, on explicit consent that no declared check asks for`],
    ]);
    expect(judgement.flows.map(({ verdict }) => verdict)).toEqual(["allowed"]);
  });
});

describe("a finding", () => {
  it("is one a place, by the flow that is closest to the person", () => {
    const declared = health({ special: "explicit-consent", purposes: ["train"] });
    const judgement = judge(
      declared,
      flow("user.health", training, { accessPath: "b", status: "pseudonymised" }),
      flow("user.health", training, { accessPath: "a" }),
      flow("user.health", training, { accessPath: "c", gates: ["training"] }),
    );
    expect(ofRule(judgement, "special-category").map(({ status, message }) => [status, message])).toEqual([
      ["identified", `${start} training at \`a\` and 1 more place, which is for train, and no check of the consent training guards it`],
    ]);
  });

  it("names the check that is missing, and where it is declared", () => {
    const [finding] = ofRule(
      judge(health({ special: "explicit-consent", consent: "diet" }), flow("user.health", planner)),
      "special-category",
    );
    expect(finding?.article).toBe("GDPR Art. 9");
    expect(finding?.remedies[0]).toEqual({
      kind: "gate",
      text: "Guard src/train.ts:42 with `app:mayTrain` (`consent.diet`, purpose.yaml:51).",
    });
  });
});

describe("a program", () => {
  const files = (body: string): Record<string, string> => ({
    "purpose.yaml": `version: 1
purposes: { deliver: { basis: contract } }
fields:
  user.allergies: { category: user.health_and_medical, for: [deliver], special: explicit-consent, consent: diet }
sources: [{ field: user.allergies, property: "./src/user.ts:User.allergies" }]
sinks: [{ id: planner, purpose: deliver, call: "./src/planner.ts:plan", argument: "0" }]
consent: { diet: { mode: opt-in, check: "./src/consent.ts:mayUseDiet" } }
`,
    "src/user.ts": "export interface User { id: string; allergies: string[] }\n",
    "src/planner.ts": "export const plan = (avoid: readonly string[]): number => avoid.length;\n",
    "src/consent.ts": "const yes = new Set<string>();\nexport const mayUseDiet = (id: string): boolean => yes.has(id);\n",
    "src/meals.ts": `import { mayUseDiet } from "./consent.js";
import { plan } from "./planner.js";
import type { User } from "./user.js";
export function meal(user: User, other: User): number { ${body} }
void mayUseDiet;
`,
  });

  it.each([
    ["asks, and leaves", "if (!mayUseDiet(user.id)) return 0; return plan(user.allergies);"],
    ["asks, and goes on", "return mayUseDiet(user.id) ? plan(user.allergies) : 0;"],
    ["asks nothing, and sends nothing", "return plan([]);"],
  ])("%s", (_, body) => {
    expect(check("special-category", files(body))).toEqual([]);
  });

  it.each([
    ["does not ask", "return plan(user.allergies);"],
    ["ignores the answer", "mayUseDiet(user.id); return plan(user.allergies);"],
    ["asks for another", "return mayUseDiet(other.id) ? plan(user.allergies) : 0;"],
    ["does what it may not", "return mayUseDiet(user.id) ? 0 : plan(user.allergies);"],
  ])("%s", (_, body) => {
    expect(check("special-category", files(body))).toEqual([
      expect.stringMatching(/^src\/meals\.ts:4 error .*no check of the consent diet guards it$/),
    ]);
  });
});
