import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bundledTaxonomiesModule } from "../../src/taxonomy/bundle.js";
import { TAXONOMIES } from "../../src/taxonomy/bundled.js";
import { fidesKeys, isSpecialName, namedTerm } from "../../src/taxonomy/names.js";

const texts = readdirSync("taxonomies")
  .sort()
  .map((file) => readFileSync(`taxonomies/${file}`, "utf8"));
const told = (text: string, kind: "purposes" | "categories"): string => {
  const found = namedTerm(text, kind);
  return found.ok ? found.value.name : `${found.message}: ${found.fix}`;
};

describe("the taxonomies of this package", () => {
  it("are in the program as they are in their files (`npm run generate`)", async () => {
    await expect(bundledTaxonomiesModule(texts)).toMatchFileSnapshot("../../src/taxonomy/bundled.ts");
  });

  it("say where they are from and under which licence", () => {
    for (const text of texts) expect(text).toMatch(/^version: "[\d.]+"\nsource: https:\/\/.+\nlicence: .+$/m);
  });

  it("lead to keys that fideslang has", () => {
    const fides = TAXONOMIES.find(({ prefix }) => prefix === "fides")!;
    for (const taxonomy of TAXONOMIES)
      for (const kind of ["purposes", "categories"] as const)
        for (const { fides: keys = [], replacedBy } of Object.values(taxonomy[kind])) {
          for (const key of keys) expect(fides[kind]).toHaveProperty([key]);
          if (replacedBy !== undefined) expect(taxonomy[kind]).toHaveProperty([replacedBy]);
        }
  });
});

describe("a name", () => {
  it.each([
    ["user.contact.email", "categories", "fides:user.contact.email"],
    ["fides:functional.service.improve", "purposes", "fides:functional.service.improve"],
    ["dpv:Marketing", "purposes", "dpv:Marketing"],
    ["https://w3id.org/dpv#Marketing", "purposes", "dpv:Marketing"],
    ["https://w3id.org/dpv/pd#EmailAddress", "categories", "pd:EmailAddress"],
    ["tcf:3", "purposes", "tcf:3"],
    ["tcf:3", "categories", "tcf:3"],
    ["tcf:special-1", "purposes", "tcf:special-1"],
    ["vscode:FeatureInsight", "purposes", "vscode:FeatureInsight"],
  ] as const)("%s is one of %s", (text, kind, name) => {
    expect(told(text, kind)).toBe(name);
  });

  it.each([
    ["user.contact.emial", "categories", "fideslang 3.1.4 has no category `user.contact.emial`: did you mean `user.contact.email`?"],
    ["user.emial", "categories", "fideslang 3.1.4 has no category `user.emial`: did you mean `user.contact.email`?"],
    ["contact.email", "categories", "fideslang 3.1.4 has no category `contact.email`: did you mean `user.contact.email`?"],
    [
      "user.content.prompts",
      "categories",
      "fideslang 3.1.4 has no category `user.content.prompts`: write the nearest that it has: `user.content`",
    ],
    ["shoes", "categories", "fideslang 3.1.4 has no category `shoes`: see fideslang's own list, or leave it out"],
    ["analytics", "categories", "`analytics` is a purpose of fideslang, and no category: name a category"],
    ["dpv:Marketting", "purposes", "DPV 2.3 has no purpose `Marketting`: did you mean `dpv:Marketing`?"],
    ["tcf:12", "categories", "the IAB TCF 2.2 has no category `12`: did you mean `tcf:1`?"],
    ["tfc:3", "purposes", "`tfc:3` is of no taxonomy that is known here: did you mean `tcf:3`?"],
    [
      "https://example.com/#x",
      "purposes",
      "`https://example.com/#x` is of no taxonomy that is known here: write a key of fideslang, or a name that begins with `dpv:`, `fides:`, `pd:`, `tcf:`, `vscode:`",
    ],
    ["constructor", "categories", "fideslang 3.1.4 has no category `constructor`: see fideslang's own list, or leave it out"],
    [
      "tcf:__proto__",
      "purposes",
      "the IAB TCF 2.2 has no purpose `__proto__`: write one of `tcf:1`, `tcf:2`, `tcf:3`, `tcf:4`, `tcf:5`, `tcf:6`, `tcf:7`, `tcf:8`, `tcf:9`, `tcf:10`, `tcf:11`, `tcf:special-1`, `tcf:special-2`, `tcf:special-3`, `tcf:feature-1`, `tcf:feature-2`, `tcf:feature-3`, `tcf:special-feature-1`, `tcf:special-feature-2`",
    ],
  ] as const)("%s is none of %s", (text, kind, message) => {
    expect(told(text, kind)).toBe(message);
  });
});

describe("what a term says", () => {
  it("is its key of fideslang, if it has one", () => {
    expect(fidesKeys(["fides:user.name", "pd:EmailAddress", "pd:HairColour"], "categories")).toEqual(["user.name", "user.contact.email"]);
    expect(fidesKeys(["tcf:4"], "purposes")).toHaveLength(2);
  });

  it("is whether Art. 9 names it", () => {
    expect(
      ["pd:Religion", "pd:TradeUnionMembership", "user.health_and_medical.genetic", "dpv:SpecialCategoryPersonalData"].every(isSpecialName),
    ).toBe(true);
    expect(["pd:Name", "pd:Criminal", "user.contact", "tcf:1"].some(isSpecialName)).toBe(false);
  });
});
