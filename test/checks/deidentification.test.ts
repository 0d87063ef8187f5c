/** deidentification over programs of several files, each case beside its near miss. */
import { describe, expect, it } from "vitest";
import { findings, judgeProgram } from "./program.js";

const manifest = (requires: string, more = "", transforms = ""): string => `version: 1
purposes: { train: { basis: legitimate-interest } }
fields:
  user.id: { for: [train] }
  user.email: { for: [train] }
  user.plan: { for: [train] }
  user.rating: { for: [train], identifier: none }
  user.birthYear: { for: [train], identifier: quasi }
  user.postcode: { for: [train], identifier: quasi }
sources: [{ field: user.*, returns: "./src/users.ts:loadUser" }]
sinks: [{ id: upload, purpose: train, call: "./src/sink.ts:upload", argument: 0, requires: ${requires} }]
transforms:
  - { call: "./src/privacy.ts:scrub", yields: pseudonymised }
  - { call: "./src/privacy.ts:count", yields: aggregated }
  - { call: "./src/privacy.ts:addNoise", yields: differentially-private, budget: life, mechanism: laplace, epsilon: 1.epsilon }
  - { call: "./src/privacy.ts:kAnonymise", yields: anonymised, evidence: https://example.com/review, expires: 2030-01-01 }
${transforms}budgets: { life: { epsilon: 10 } }
${more}`;

const FILES = {
  "src/users.ts": `export interface User { id: string; email: string; plan: string; rating: number; birthYear: number; postcode: string }
export function loadUser(): User { return { id: "1", email: "a@b.c", plan: "pro", rating: 5, birthYear: 1980, postcode: "1010" }; }
`,
  "src/sink.ts": "export function upload(rows: unknown): void { void rows; }\n",
  "src/privacy.ts": `import { createHash } from "node:crypto";
export const scrub = (text: string): string => text.replace(/@.*/, "");
export const count = (values: readonly unknown[]): string => values.join();
export const addNoise = (value: number, options: { epsilon: number }): number => value + options.epsilon;
export const kAnonymise = (text: string): string => text.slice(0, 2);
export const sha = (text: string): string => createHash("sha256").update(text).digest("hex");
`,
};
const IMPORTS = `import { loadUser } from "./users.js"; import { upload } from "./sink.js"; import { addNoise, count, kAnonymise, scrub, sha } from "./privacy.js";\nconst user = loadUser();\n`;
const found = (requires: string, code: string, more = "", transforms = ""): string[] =>
  findings("deidentification", manifest(requires, more, transforms), { ...FILES, "src/main.ts": IMPORTS + code });

describe("what a sink requires", () => {
  it("is more than nothing", () => {
    expect(found("pseudonymised", "upload(user.email);\n")).toEqual([
      "src/main.ts:3 error user.email arrives identified at upload, which requires pseudonymised",
    ]);
    expect(found("pseudonymised", "upload(sha(user.email));\n")).toEqual([]);
    expect(found("identified", "upload(user.email);\n")).toEqual([]);
  });

  it.each([
    ["a hash", "sha(user.email)"],
    ["Web Crypto", "await crypto.subtle.digest('SHA-256', new TextEncoder().encode(user.email))"],
    ["an HMAC", "createHmac('sha256', key).update(user.email).digest('hex')"],
    ["a cipher", "createCipheriv('aes-256-gcm', key, key).update(user.email, 'utf8', 'hex')"],
    ["a password hash", "await bcrypt.hash(user.email, 10)"],
    ["a hash by name", "uuid.v5(user.email, uuid.v5.URL)"],
    ["a hash library", "md5(user.email)"],
    ["a scrubber", "scrub(user.email)"],
  ])("is anonymous data, which %s does not give", (_, code) => {
    const head = `import { createCipheriv, createHmac } from "node:crypto"; import bcrypt from "bcrypt"; import * as uuid from "uuid"; import md5 from "md5";\ndeclare const key: string;\n`;
    expect(found("anonymised", `${head}upload(${code});\n`)).toEqual([
      "src/main.ts:5 error user.email arrives pseudonymised (a hash, a cipher, a token or a mask of it) at upload, which requires anonymised",
    ]);
    expect(found("pseudonymised", `${head}upload(${code});\n`)).toEqual([]);
  });

  it("is anonymous data, which a declared transform gives", () => {
    expect(found("anonymised", "upload(kAnonymise(user.email));\n")).toEqual([]);
    expect(found("anonymised", "upload(kAnonymise(sha(user.email)));\n")).toEqual([]);
    expect(found("pseudonymised", "upload(sha(kAnonymise(user.email)));\n")).toEqual([]);
    expect(found("anonymised", "upload(scrub(kAnonymise(user.email)));\n")).toEqual([]);
  });

  it("is one of several that stand side by side", () => {
    expect(found("aggregated", "upload(count([user.plan]));\n")).toEqual([]);
    expect(found("differentially-private", "upload(count([user.plan]));\n")).toEqual([
      "src/main.ts:3 error user.plan arrives aggregated at upload, which requires differentially-private",
    ]);
    expect(found("[differentially-private, aggregated]", "upload(count([user.plan]));\n")).toEqual([]);
    expect(found("[differentially-private, aggregated]", "upload(sha(user.plan));\n")).toEqual([
      expect.stringContaining("which requires one of differentially-private and aggregated"),
    ]);
  });

  it("is noise of a strength", () => {
    const requires = "'differentially-private(1, 1e-6)'";
    expect(found(requires, "upload(addNoise(user.birthYear, { epsilon: 1 }));\n")).toEqual([]);
    expect(found(requires, "upload(addNoise(user.birthYear, { epsilon: 3 }));\n")).toEqual([
      "src/main.ts:3 error user.birthYear arrives differentially-private with ε 3 and δ 0 at upload, which requires differentially-private(1, 1e-6)",
    ]);
    expect(found(requires, "upload(addNoise(user.birthYear, { epsilon: Number(process.env.E) }));\n")).toEqual([
      expect.stringContaining("with an ε that is not known"),
    ]);
    expect(found("differentially-private", "upload(addNoise(user.birthYear, { epsilon: 3 }));\n")).toEqual([]);
  });

  it("holds for each part of what was joined", () => {
    expect(found("pseudonymised", "upload(`${sha(user.email)} ${user.plan}`);\n")).toEqual([
      expect.stringContaining("user.plan arrives identified"),
    ]);
    expect(found("pseudonymised", "upload(`${sha(user.email)} ${sha(user.plan)}`);\n")).toEqual([]);
    expect(found("pseudonymised", "const salted = user.email + Math.random(); upload([sha(salted), user.email.length]);\n")).toEqual([]);
  });
});

describe("re-identification", () => {
  it("is a pseudonym beside what it stands for", () => {
    const messages = found("pseudonymised", "upload({ who: sha(user.email), contact: user.email });\n");
    expect(messages).toEqual([expect.stringContaining("user.email arrives identified")]);
    expect(found("pseudonymised", "upload({ who: sha(user.email) });\n")).toEqual([]);
  });

  it("is a pseudonym beside another identifier in the same record, and in no other", () => {
    expect(found("pseudonymised", "upload([{ id: user.id, hash: sha(user.email) }]);\n")).toEqual([
      "src/main.ts:3 error user.email arrives pseudonymised, and identified again by user.id in the same record (src/main.ts:3) at upload at `[0].hash`, which requires pseudonymised",
      "src/main.ts:3 error user.id arrives identified at upload at `[0].id`, which requires pseudonymised",
    ]);
    expect(found("pseudonymised", "upload([{ id: user.id }, { hash: sha(user.email) }]);\n")).toEqual([
      "src/main.ts:3 error user.id arrives identified at upload at `[0].id`, which requires pseudonymised",
    ]);
    expect(found("pseudonymised", "upload([{ id: sha(user.id), hash: sha(user.email) }]);\n")).toEqual([]);
  });

  it("spoils what an assessment allows for pseudonyms", () => {
    const more = `compatibility:
  - { from: deliver, to: train, fields: [user.email, user.id], link: ok, context: ok, nature: ok, consequences: ok,
      safeguards: { status: pseudonymised, text: hashed }, approver: dpo, date: 2026-01-01, expires: 2027-01-01 }
`;
    const text = manifest("identified", more)
      .replace("train: {", "deliver: { basis: contract }, train: {")
      .replaceAll("{ for: [train] }", "{ for: [deliver] }");
    const limitation = (code: string): number =>
      judgeProgram(text, { ...FILES, "src/main.ts": IMPORTS + code }).findings.filter(
        ({ rule, field }) => rule === "limitation" && field === "user.email",
      ).length;
    expect(limitation("upload({ hash: sha(user.email) });\n")).toBe(0);
    expect(limitation("upload({ hash: sha(user.email), id: user.id });\n")).toBe(1);
  });
});

describe("quasi-identifiers", () => {
  it("single people out together, where no name is beside them", () => {
    expect(found("anonymised", "upload({ year: user.birthYear, place: user.postcode });\n")).toEqual([
      "src/main.ts:3 error user.birthYear and user.postcode arrive together at upload, which requires anonymised: without a name they still single people out",
    ]);
    expect(found("anonymised", "upload({ year: kAnonymise(String(user.birthYear)), place: kAnonymise(user.postcode) });\n")).toEqual([]);
  });

  it("are fields like others beside a name, or alone", () => {
    expect(found("anonymised", "upload({ id: user.id, year: user.birthYear, place: user.postcode });\n")).toHaveLength(3);
    expect(found("anonymised", "upload({ year: user.birthYear });\n")).toEqual([
      expect.stringContaining("user.birthYear arrives identified"),
    ]);
  });
});

describe("a field that tells nobody's name", () => {
  it("is as far from the person as a pseudonym, in a record without identifiers", () => {
    expect(found("pseudonymised", "upload({ who: sha(user.id), stars: user.rating });\n")).toEqual([]);
    expect(found("aggregated", "upload({ stars: user.rating });\n")).toEqual([
      "src/main.ts:3 error user.rating arrives identified at upload at `stars`, which requires aggregated",
    ]);
  });

  it("is not what free text is, of which nothing is said", () => {
    const [finding] = judgeProgram(manifest("pseudonymised"), {
      ...FILES,
      "src/main.ts": `${IMPORTS}upload(user.plan);\n`,
    }).findings.filter(({ rule }) => rule === "deidentification");
    expect(finding).toMatchObject({ field: "user.plan", status: "identified" });
    expect(finding?.remedies.map(({ text }) => text)).toEqual([
      "Pass user.plan through `./src/privacy.ts:scrub`, `./src/privacy.ts:count` or 2 more before src/main.ts:3.",
      "If user.plan never tells who somebody is (a rating, a topic; no free text), say so: `identifier: none` in `fields.user.plan` (purpose.yaml:6).",
      "Drop user.plan from src/main.ts:3.",
    ]);
  });

  it("is identified by what stands beside it, which is told alone", () => {
    expect(found("pseudonymised", "upload({ who: user.email, stars: user.rating });\n")).toEqual([
      "src/main.ts:3 error user.email arrives identified at upload, which requires pseudonymised".replace(
        "at upload",
        "at upload at `who`",
      ),
    ]);
    expect(found("pseudonymised", "upload([{ who: sha(user.email) }, { stars: user.rating }]);\n")).toEqual([]);
  });

  it("is spoilt for an assessment of pseudonyms by an identifier beside it", () => {
    const more = `compatibility:
  - { from: deliver, to: train, fields: [user.email, user.rating], link: ok, context: ok, nature: ok, consequences: ok,
      safeguards: { status: pseudonymised, text: hashed }, approver: dpo, date: 2026-01-01, expires: 2027-01-01 }
`;
    const text = manifest("identified", more)
      .replace("train: {", "deliver: { basis: contract }, train: {")
      .replace("user.rating: { for: [train]", "user.rating: { for: [deliver]");
    const rules = (code: string): string[] =>
      judgeProgram(text, { ...FILES, "src/main.ts": IMPORTS + code }).findings.flatMap(({ rule, field }) =>
        field === "user.rating" && rule === "limitation" ? [rule] : [],
      );
    expect(rules("upload({ who: sha(user.email), stars: user.rating });\n")).toEqual([]);
    expect(rules("upload({ who: user.email, stars: user.rating });\n")).toEqual(["limitation"]);
  });
});

describe("a quasi-identifier alone", () => {
  it("is enough where pseudonyms are, and two are not", () => {
    expect(found("pseudonymised", "upload({ who: sha(user.id), year: user.birthYear });\n")).toEqual([]);
    expect(found("pseudonymised", "upload({ who: sha(user.id), year: user.birthYear, place: user.postcode });\n")).toEqual([
      expect.stringContaining("user.birthYear and user.postcode arrive together"),
    ]);
    expect(found("pseudonymised", "upload([{ year: user.birthYear }, { place: user.postcode }]);\n")).toEqual([]);
  });

  it("is told with all that it arrives with", () => {
    const remedies = (requires: string): string[] | undefined =>
      judgeProgram(manifest(requires), {
        ...FILES,
        "src/main.ts": `${IMPORTS}upload({ year: user.birthYear, place: user.postcode, stars: user.rating });\n`,
      })
        .findings.find(({ message }) => message.includes("together"))
        ?.remedies.map(({ text }) => text);
    expect(remedies("pseudonymised")?.at(-1)).toBe(
      "Leave all but one of them out of what goes to src/main.ts:3: user.birthYear and user.postcode.",
    );
    expect(remedies("anonymised")).toEqual([
      "Pass user.birthYear and user.postcode through `./src/privacy.ts:kAnonymise` before src/main.ts:3.",
      "Leave user.birthYear and user.postcode out of what goes to src/main.ts:3.",
    ]);
  });
});

describe("functions that say they anonymise", () => {
  const call = (code: string): string[] => found("identified", `${code}\nupload(anonymizeUser(user));\n`);

  it("and only hash", () => {
    expect(call("function anonymizeUser(u: typeof user) { return { who: sha(u.email), plan: u.plan }; }")).toEqual([
      "src/main.ts:3 error `anonymizeUser` says that it anonymises, and only hashes, encrypts or tokenises user.email: that is pseudonymised, and stays personal data",
    ]);
    expect(call("function anonymizeUser(u: typeof user) { return { plan: u.plan }; }")).toEqual([]);
  });

  it("and only mask", () => {
    expect(call('const anonymizeUser = (u: typeof user) => ({ email: u.email.replace(/^[^@]+/, "***") });')).toEqual([
      "src/main.ts:3 error `anonymizeUser` says that it anonymises, and gives user.email back, masked or as it is: that still names the person",
    ]);
    expect(call("const anonymizeUser = (u: typeof user) => ({ emails: [u.email].length });")).toEqual([]);
  });

  it("and keep quasi-identifiers together", () => {
    expect(call("const anonymizeUser = ({ id, email, ...rest }: typeof user) => { void [id, email]; return rest; };")).toEqual([
      "src/main.ts:3 error `anonymizeUser` says that it anonymises, and keeps user.birthYear and user.postcode together: without a name they still single people out",
    ]);
    expect(call("const anonymizeUser = ({ plan, birthYear }: typeof user) => ({ plan, birthYear });")).toEqual([]);
  });

  it("are believed when they say less, or the manifest does", () => {
    expect(found("pseudonymised", "const pseudonymizeEmail = (e: string) => sha(e);\nupload(pseudonymizeEmail(user.email));\n")).toEqual(
      [],
    );
    expect(found("pseudonymised", "const isAnonymized = (e: string) => sha(e);\nupload(isAnonymized(user.email));\n")).toEqual([]);
    const declared = `  - { call: "./src/main.ts:anonymizeUser", yields: pseudonymised }\n`;
    expect(
      found("pseudonymised", "export const anonymizeUser = (e: string) => sha(e);\nupload(anonymizeUser(user.email));\n", "", declared),
    ).toEqual([]);
  });

  it("are not believed by the manifest's word alone, where all is hashed", () => {
    const declared = `  - { call: "./src/main.ts:strip", yields: anonymised, evidence: https://example.com/strip, expires: 2030-01-01 }\n`;
    const code = (body: string): string => `export const strip = (e: string) => ${body};\nupload(strip(user.email));\n`;
    expect(found("anonymised", code("sha(e)"), "", declared)).toEqual([
      "src/main.ts:3 error `strip` is declared to anonymise, and only hashes, encrypts or tokenises user.email: that is pseudonymised, and stays personal data",
    ]);
    expect(found("anonymised", code("e.slice(0, 1)"), "", declared)).toEqual([]);
  });
});
