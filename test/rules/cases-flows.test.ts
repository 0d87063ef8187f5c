/** Cases of the rules that are about a field on its way to a sink: limitation, minimization, notice, special-category. */
import limitation from "../../rules/limitation.js";
import minimization from "../../rules/minimization.js";
import notice from "../../rules/notice.js";
import specialCategory from "../../rules/special-category.js";
import { runCases } from "./cases.js";

const FILES = {
  "src/model.ts":
    "export interface User { id: string; email: string; prompt: string; rating: number; diagnosis: string; tags: string[] }\n",
  "src/load.ts":
    'import type { User } from "./model.js";\nexport async function loadUser(id: string): Promise<User> { return (await fetch("/users/" + id)).json(); }\n',
  "src/sink.ts": `export function upload(example: unknown): void { void example; }
export function rank(example: unknown): void { void example; }
export function mail(message: unknown): void { void message; }
`,
};
const HEAD = `import { loadUser } from "./load.js";
import type { User } from "./model.js";
import { mail, rank, upload } from "./sink.js";
export const all: unknown[] = [loadUser, mail, rank, upload]; export type U = User;
`;
const SINKS = `sinks:
  - { id: upload, purpose: train, call: "./src/sink.ts:upload" }
  - { id: rank, purpose: rank, call: "./src/sink.ts:rank" }
  - { id: mail, purpose: deliver, call: "./src/sink.ts:mail" }
`;
const source = (...fields: string[]): string =>
  `sources:\n${fields.map((field) => `  - { field: ${field}, property: "./src/model.ts:User.${field.split(".")[1]!}" }\n`).join("")}`;

runCases(
  "limitation",
  limitation,
  {
    manifest: `version: 1
purposes:
  deliver: { basis: contract }
  improve: { basis: legitimate-interest }
  train: { basis: legitimate-interest }
  rank: { parent: train }
fields:
  user.email: { for: [deliver] }
  user.prompt: { for: [deliver, train] }
  user.rating: { for: [improve] }
${source("user.email", "user.prompt", "user.rating")}${SINKS}compatibility:
  - { from: improve, to: rank, fields: [user.rating], link: to rank answers, context: people rate, nature: a number, consequences: none,
      safeguards: { text: numbers only }, approver: dpo, date: 2026-01-01, expires: 2099-01-01 }
`,
    files: FILES,
    head: HEAD,
  },
  {
    legal: {
      "what was collected for the purpose": "export const f = (u: User) => upload(u.prompt);\n",
      "what was collected for the purpose above": "export const f = (u: User) => rank(u.prompt);\n",
      "what was assessed for exactly this": "export const f = (u: User) => rank([u.rating]);\n",
      "a comparison, which is no flow": "export const f = (u: User) => upload(u.email === u.id);\n",
      "a property that was taken away":
        "export const f = (u: User) => { const { email, rating, ...rest } = u; upload(rest); mail(email); void rating; };\n",
      "another function by the sink's name":
        "export const f = (u: User) => { const upload = (x: unknown) => x; upload(u.email); mail(u.email); };\n",
      "a variable that has got another value": 'export const f = (u: User) => { let text = u.email; text = "nobody"; upload(text); };\n',
    },
    broken: {
      "for a purpose beside": ["export const f = (u: User) => upload(u.email);\n", 1],
      "assessed for the purpose below alone": ["export const f = (u: User) => upload(u.rating);\n", 1],
      "awaited, from another file": [
        "export async function f(id: string) {\n  const { email } = await loadUser(id);\n  upload(email);\n}\n",
        3,
      ],
      "by a callback": ["export const f = (us: User[]) =>\n  us.map((u) => u.email.trim()).forEach((text) =>\n    upload(text));\n", 3],
      "held by a class": [
        "export class Batch {\n  rows: string[] = [];\n  add(u: User) { this.rows.push(u.email); }\n  send() { upload(this.rows); }\n}\nexport const f = (u: User) => { const b = new Batch(); b.add(u); b.send(); };\n",
        4,
      ],
      "through text and back": [
        "export const f = (u: User) => {\n  const text = JSON.stringify({ who: u.email });\n  rank(JSON.parse(text).who);\n};\n",
        3,
      ],
      "on one of two ways": [
        'export const f = (u: User, named: boolean) => {\n  const who = named ? u.email : "somebody";\n  upload({ who });\n};\n',
        3,
      ],
    },
  },
);

runCases(
  "minimization",
  minimization,
  {
    manifest: `version: 1
purposes: { deliver: { basis: contract }, train: { basis: contract }, rank: { basis: contract } }
fields: { user.email: { for: [train, deliver] }, user.prompt: { for: [train, deliver] } }
${source("user.email", "user.prompt")}sinks:
  - { id: upload, purpose: train, call: "./src/sink.ts:upload", needs: [user.prompt] }
  - { id: rank, purpose: rank, call: "./src/sink.ts:rank", needs: [] }
  - { id: mail, purpose: deliver, call: "./src/sink.ts:mail", needs: [user.*] }
`,
    files: {
      ...FILES,
      "src/serve.ts":
        'import type { User } from "./model.js";\nimport { mail } from "./sink.js";\nexport const serve = (u: User) => mail([u.email, u.prompt]);\n',
    },
    head: HEAD,
  },
  {
    legal: {
      "what is needed": "export const f = (u: User) => upload({ text: u.prompt });\n",
      "all fields, where a pattern needs them": "export const f = (u: User) => mail(u);\n",
      "an object that is built of what is needed": "export const f = (us: User[]) => upload(us.map(({ prompt }) => ({ prompt })));\n",
      "how many there are": "export const f = (us: User[]) => rank(us.length);\n",
      "a field that is overwritten": 'export const f = (u: User) => upload({ ...u, email: "" });\n',
      "a copy that is cut down":
        "export const f = (u: User) => { const copy: Partial<User> = { ...u }; delete copy.email; upload(copy); };\n",
    },
    broken: {
      "the whole object": ["export const f = (u: User) => upload(u);\n", 1],
      "a list of them": ['export const f = (us: User[]) => upload(us.filter((u) => u.prompt !== ""));\n', 1],
      "as text": ["export const f = (u: User) => upload(JSON.stringify(u));\n", 1],
      "a rest that still has it": ["export const f = (u: User) => { const { id, ...rest } = u; upload(rest); void id; };\n", 1],
      "where nothing is needed": ["export const f = (u: User) => rank(u.prompt);\n", 1],
      "all values of it": ["export const f = (u: User) => upload(Object.values(u));\n", 1],
    },
  },
);

const NOTICE = (train: string, fields: string): string => `version: 1
notice: { url: https://example.com }
purposes:
  deliver: { basis: contract, notice: to answer }
  train: { basis: legitimate-interest${train} }
  rank: { parent: train }
fields:
${fields}${source("user.prompt", "user.email")}${SINKS}`;
const PROMPTS = "  user.prompt: { for: [deliver, train, rank], since: 2026-03-01 }\n  user.email: { for: [deliver], since: 2020-01-01 }\n";
const TOLD = NOTICE(", notice: to train models, disclosed-since: 2026-01-01", PROMPTS);
const UNTOLD = NOTICE("", PROMPTS);
const TO_COME = NOTICE(
  ", notice: to train models, disclosed-since: 2099-01-01",
  PROMPTS.replace("train, rank], since: 2026-03-01", "], since: 2026-03-01").replace("[deliver, ]", "[deliver]"),
);
const LATER = NOTICE(
  ", notice: to train models, disclosed-since: 2026-01-01",
  PROMPTS.replace("[deliver, train, rank], since: 2026-03-01", "[train], since: 2026-03-01"),
).replace("rank: { parent: train }", "rank: { parent: train, disclosed-since: 2026-05-01 }");

runCases(
  "notice",
  notice,
  { manifest: TOLD, files: FILES, head: HEAD },
  {
    legal: {
      "a purpose with a wording": "export const f = (u: User) => upload(u.prompt);\n",
      "one that has it from its parent": "export const f = (u: User) => rank(u.prompt);\n",
      "one that nothing is done for": { code: "export const f = (u: User) => mail(u.prompt);\n", manifest: UNTOLD },
      "no wordings at all: nobody claims that there is a notice": {
        code: "export const f = (u: User) => upload(u.prompt);\n",
        manifest: UNTOLD.replace("notice: { url: https://example.com }\n", "").replace(", notice: to answer", ""),
      },
      "a field collected after the disclosure": { code: "export const f = (u: User) => upload(u.prompt);\n", manifest: LATER },
      "a count of what may not be used": { code: "export const f = (us: User[]) => upload(us.length);\n", manifest: UNTOLD },
    },
    broken: {
      "a purpose without a wording": [{ code: "export const f = (u: User) => upload(u.prompt);\n", manifest: UNTOLD }, 1],
      "its child": [{ code: "export const f = (u: User) => rank(u.prompt);\n", manifest: UNTOLD }, 1],
      "once, where it is acted on first": [
        { code: "export const f = (u: User) => {\n  upload(u.prompt);\n  upload(u.prompt);\n};\n", manifest: UNTOLD },
        2,
      ],
      "one that the notice will tell of": [{ code: "export const f = (u: User) => upload(u.prompt);\n", manifest: TO_COME }, 1],
      "a field that is older than the disclosure of the child": [
        { code: "export const f = (u: User) => rank(u.prompt);\n", manifest: LATER },
        1,
      ],
      "each place where such a field arrives": [
        { code: "export const f = (u: User) => {\n  rank(u.prompt);\n  rank([u.prompt]);\n};\n", manifest: LATER },
        2,
        3,
      ],
    },
  },
);

const HEALTH = (special: string): string => `version: 1
purposes: { deliver: { basis: contract }, train: { basis: consent, consent: training }, rank: { basis: contract } }
fields:
  user.diagnosis: { category: user.health_and_medical, for: [deliver, train]${special} }
  user.tags: { category: user.content, for: [deliver, train, rank] }
${source("user.diagnosis", "user.tags")}${SINKS}consent: { training: { mode: opt-in, check: "./src/consent.ts:mayTrain" } }
`;
const CONSENT = {
  "src/consent.ts": 'import type { User } from "./model.js";\nexport const mayTrain = (user: User): boolean => user.id !== "";\n',
};

runCases(
  "special-category",
  specialCategory,
  {
    manifest: HEALTH(", special: explicit-consent"),
    files: { ...FILES, ...CONSENT },
    head: `import { mayTrain } from "./consent.js";\n${HEAD}export const check = mayTrain;\n`,
  },
  {
    legal: {
      "with the explicit consent of the purpose": "export const f = (u: User) => { if (mayTrain(u)) upload(u.diagnosis); };\n",
      "of those who agreed": "export const f = (us: User[]) => upload(us.filter(mayTrain).map((u) => u.diagnosis));\n",
      "another category": "export const f = (u: User) => { rank(u.tags); mail(u.tags); };\n",
      "care, for what it was collected": {
        code: "export const f = (u: User) => mail(u.diagnosis);\n",
        manifest: HEALTH(", special: health-care"),
      },
      "an early return": "export function f(u: User) {\n  if (!mayTrain(u)) return;\n  upload({ label: u.diagnosis });\n}\n",
      "only whether there is one": 'export const f = (u: User) => rank(u.diagnosis !== "");\n',
    },
    broken: {
      "without an exemption": [{ code: "export const f = (u: User) => mail(u.diagnosis);\n", manifest: HEALTH("") }, 1],
      "without an exemption, consent or not": [
        { code: "export const f = (u: User) => { if (mayTrain(u)) upload(u.diagnosis); };\n", manifest: HEALTH("") },
        1,
      ],
      "without the consent": ["export const f = (u: User) => upload(u.diagnosis);\n", 1],
      "with the consent of another": ["export const f = (u: User, admin: User) => { if (mayTrain(admin)) upload(u.diagnosis); };\n", 1],
      "care, for another purpose": [
        { code: "export const f = (u: User) => rank(u.diagnosis);\n", manifest: HEALTH(", special: health-care") },
        1,
      ],
      "one of several that are joined": ["export const f = (u: User) => upload([...u.tags, u.diagnosis].join());\n", 1],
    },
  },
);
