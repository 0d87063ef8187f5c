/** What a finding says would make it legal does: each remedy is followed in the rule's own program, and the finding is gone, with no new one. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { analyze } from "../../src/index.js";

interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const edit = (file: string, from: string, to: string): Edit => ({ file, from, to });
const APPS = fileURLToPath(new URL("../../fixtures/checks/", import.meta.url));

/** Errors and warnings, without what their comments say. */
function told(app: string, edits: readonly Edit[]): string[] {
  const root = mkdtempSync(path.join(tmpdir(), "purpose-lint-remedies-"));
  try {
    cpSync(path.join(APPS, app), root, { recursive: true });
    for (const { file, from, to } of edits) {
      const name = path.join(root, file);
      const text = readFileSync(name, "utf8");
      expect(text).toContain(from);
      writeFileSync(
        name,
        text.replace(from, () => to),
      );
    }
    return analyze({ root })
      .findings.filter(({ severity }) => severity !== "note")
      .map(({ message, remedies }) => `${message} => ${remedies.map(({ text }) => text).join(" ")}`.replace(/(\w+\.\w+):\d+/g, "$1"));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The app, what the finding says, what its remedies say, and what is done. */
const FOLLOWED: readonly (readonly [string, string, string, ...Edit[]])[] = [
  [
    "retention",
    "is written to the table searchindex",
    "Declare the table searchindex under `stores` of purpose.yaml, with its `retention`.",
    edit("purpose.yaml", "  - { id: dumps,", "  - { id: search, sql: search_index, retention: 90d }\n  - { id: dumps,"),
  ],
  [
    "retention",
    "is written to dumps, which keeps it 1y",
    "correct its `retention` (`stores`, purpose.yaml), with `retention-from: collection`: it has been in tickets before.",
    edit("purpose.yaml", "file: dumps/*, retention: 1y", "file: dumps/*, retention: 90d, retention-from: collection"),
  ],
  [
    "retention",
    "which keeps it 30d, after up to 90d in tickets",
    "say so: `retention-from: collection` of examples",
    edit("purpose.yaml", "sql: examples, retention: 30d", "sql: examples, retention: 30d, retention-from: collection"),
  ],
  [
    "consent-surface",
    "there is no no",
    "Put a button beside it that says no, and looks the same.",
    edit("src/banner.tsx", ">Ask me later<", ">No, thanks<"),
  ],
  [
    "consent-surface",
    "the consent `Send me promotions of third parties` is given before",
    "Let it be off until the person turns it on.",
    edit("src/mail.ts", "name='marketing' checked>", "name='marketing'>"),
  ],
  [
    "consent-surface",
    "the consent `Send me the newsletter` is given before",
    "Let it be off until the person turns it on.",
    edit("src/sign-up.tsx", "newsletter: true }", "newsletter: false }"),
  ],
  [
    "deidentification",
    "identified again by account.email",
    "Leave account.email out of the record",
    edit("src/dataset.ts", "contact: author.email, ", ""),
  ],
  [
    "deidentification",
    "account.gender and account.postcode arrive together at dataset",
    "Leave all but one of them out",
    edit("src/privacy.ts", "gender: account.gender, region: account.postcode", "gender: account.gender"),
  ],
  [
    "deidentification",
    "differentially-private with ε 2 and δ 0",
    "Call `./src/privacy.ts:noisyMean` with an ε of at most 1 and a δ of at most 1e-6",
    edit("src/paper.ts", "epsilon: 2", "epsilon: 1"),
  ],
  [
    "deidentification",
    "arrive together at paper",
    "through `./src/privacy.ts:noisyMean` or `./src/privacy.ts:band`",
    edit("src/paper.ts", "accounts.map(({ birthYear, postcode, gender }) => ({ birthYear, postcode, gender }))", "accounts.map(band)"),
  ],
  [
    "deidentification",
    "`anonymizeAccount` says that it anonymises",
    "Call it what it does (`pseudonymise…`)",
    edit("src/privacy.ts", "function anonymizeAccount", "function pseudonymiseAccount"),
    edit("src/dataset.ts", "import { anonymizeAccount,", "import { pseudonymiseAccount,"),
    edit("src/dataset.ts", "...anonymizeAccount(", "...pseudonymiseAccount("),
  ],
  [
    "federated-boundary",
    "typed.word leaves zone device pseudonymised",
    "Leave typed.word out",
    edit("apps/mobile/src/round.ts", "JSON.stringify(words)", "String(words.length)"),
  ],
  [
    "notice",
    "spam-filter acts on moderate",
    "write its words into `notice` of `purposes.moderate`",
    edit("purpose.yaml", "moderate: { basis: legitimate-interest }", "moderate: { basis: legitimate-interest, notice: to keep out spam }"),
    edit("docs/privacy.md", "to answer you,", "to answer you, to keep out spam,"),
  ],
  [
    "notice",
    "archive.text is collected since 2024-01-01",
    "Drop archive.text",
    edit("src/nightly.ts", "learnRanking(posts);", "learnRanking([]);"),
  ],
  [
    "privacy-budget",
    "comes from `Math.random`",
    "Draw it from `crypto.getRandomValues`",
    edit("src/privacy/noise.ts", "return Math.random() <", "return uniform() <"),
  ],
  [
    "privacy-budget",
    "budget ranker is overdrawn",
    "Draw more noise, or less often",
    edit("src/ranker.ts", "noiseMultiplier: 1 }", "noiseMultiplier: 2 }"),
  ],
  [
    "privacy-budget",
    "cannot be read from the code",
    "Give it a constant of the program",
    edit("src/ranker.ts", 'Number(process.env["NOISE"] ?? 10)', "100"),
    edit("src/ranker.ts", "noiseMultiplier: 1 }", "noiseMultiplier: 2 }"),
  ],
  [
    "special-category",
    "patient.religion",
    "If an exemption of Art. 9(2) holds, say which",
    edit(
      "purpose.yaml",
      "user.demographic.religious_belief, for: [treat]",
      "user.demographic.religious_belief, for: [treat], special: health-care",
    ),
  ],
  [
    "synthetic-provenance",
    "chat.text reaches the prompt",
    "Show the model what was learnt of the data",
    edit("src/synth/paraphrase.ts", "chat.text)", '"a question about a bill")'),
  ],
  [
    "synthetic-provenance",
    "chat.language comes out of",
    "Leave chat.language out of what",
    edit("src/synth/paraphrase.ts", "language: chat.language", 'language: "en"'),
  ],
  [
    "synthetic-provenance",
    "is taken to de-identify",
    "Declare its `mechanism`, `budget` and `epsilon`",
    edit(
      "purpose.yaml",
      'paraphrase.ts:paraphrase", yields: synthetic }',
      'paraphrase.ts:paraphrase", yields: synthetic, mechanism: exponential, epsilon: 1 }',
    ),
  ],
  [
    "withdrawal",
    "does not come to `./src/targets.ts:recall`",
    "Call it from `./src/consents.ts:stopSharing`",
    edit("src/consents.ts", 'take(userId, "sharing");', '[take(userId, "sharing"), recall(userId)][0] as void;'),
    edit("src/consents.ts", "import { removeExamples }", "import { recall, removeExamples }"),
  ],
  [
    "withdrawal",
    "nothing calls `./src/consents.ts:stopAds`",
    "Let people call it as they can give it",
    edit(
      "src/routes.ts",
      'routes.put("/consents/ads"',
      'routes.delete("/consents/ads", (request) => stopAds(request.params["user"]!));\nroutes.put("/consents/ads"',
    ),
    edit("src/routes.ts", "allowAds,", "allowAds, stopAds,"),
  ],
];

describe("a remedy that is followed", () => {
  const first = new Map<string, string[]>();
  it.each(FOLLOWED.map(([app, finding, remedy, ...edits]) => ({ app, finding, remedy, edits })))("$app: $finding: $remedy", (row) => {
    const { app, finding, remedy, edits } = row;
    const before = first.get(app) ?? told(app, []);
    first.set(app, before);
    expect(before.filter((one) => one.includes(finding) && one.includes(remedy))).not.toEqual([]);
    const after = told(app, edits);
    expect(after.filter((one) => one.includes(finding))).toEqual([]);
    expect(after.length).toBeLessThan(before.length);
    expect(after.filter((one) => !before.includes(one))).toEqual([]);
  });
});
