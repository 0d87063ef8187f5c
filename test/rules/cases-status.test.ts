/** Cases of the rules about how far data is from the person: deidentification, privacy-budget, federated-boundary, synthetic-provenance. */
import deidentification from "../../rules/deidentification.js";
import federatedBoundary from "../../rules/federated-boundary.js";
import privacyBudget from "../../rules/privacy-budget.js";
import syntheticProvenance from "../../rules/synthetic-provenance.js";
import { runCases } from "./cases.js";

const SINK = { "src/sink.ts": "export function train(examples: unknown): void { void examples; }\n" };
const USER = {
  "src/user.ts":
    "export interface User { email: string; rating: number; birthYear: number; postcode: string }\nexport const users = (): User[] => JSON.parse(localStorage.getItem('users') ?? '[]');\n",
};

runCases(
  "deidentification",
  deidentification,
  {
    manifest: `version: 1
purposes: { train: { basis: legitimate-interest } }
fields:
  user.email: { for: [train] }
  user.rating: { for: [train], identifier: none }
  user.birthYear: { for: [train], identifier: quasi }
  user.postcode: { for: [train], identifier: quasi }
sources: [{ field: user.*, returns: "./src/user.ts:users" }]
sinks: [{ id: train, purpose: train, call: "./src/sink.ts:train", requires: pseudonymised }]
transforms: [{ call: "./src/privacy.ts:scrub", yields: pseudonymised }]
`,
    files: {
      ...SINK,
      ...USER,
      "src/privacy.ts": `import { createHmac } from "node:crypto";
export const pseudonym = (text: string): string => createHmac("sha256", process.env["KEY"]!).update(text).digest("hex");
export const scrub = (text: string): string => text.replace(/.@.*/, "");
`,
    },
    head: 'import { pseudonym, scrub } from "./privacy.js";\nimport { train } from "./sink.js";\nimport { users } from "./user.js";\nexport const all = [pseudonym, scrub, train];\n',
  },
  {
    legal: {
      "a keyed hash": "train(users().map((u) => pseudonym(u.email)));\n",
      "a declared scrubber": "train(users().map((u) => scrub(u.email)));\n",
      "a rating beside a pseudonym": "train(users().map((u) => ({ who: pseudonym(u.email), rating: u.rating })));\n",
      "one quasi-identifier beside a pseudonym": "train(users().map((u) => ({ who: pseudonym(u.email), born: u.birthYear })));\n",
      "quasi-identifiers in records of their own":
        "train(users().map((u) => ({ born: u.birthYear })));\ntrain(users().map((u) => ({ place: u.postcode })));\n",
      "how many": "train(new Set(users().map((u) => u.email)).size);\n",
      "a function that says what it does":
        "export const pseudonymise = (u: { email: string }) => pseudonym(u.email);\ntrain(users().map(pseudonymise));\n",
    },
    broken: {
      "the address": ["train(users().map((u) => u.email));\n", 1],
      "a part of it": ['train(users().map((u) => u.email.split("@")[0]));\n', 1],
      "encoded, which anybody can undo": ["train(users().map((u) => btoa(u.email)));\n", 1],
      "a pseudonym beside what it stands for": ["train(users().map((u) => ({ who: pseudonym(u.email), mail: u.email })));\n", 1],
      "quasi-identifiers together": ["train(users().map(({ birthYear, postcode }) => ({ birthYear, postcode })));\n", 1],
      "a function that says it anonymises": [
        "export function anonymize(u: { email: string }) {\n  return pseudonym(u.email);\n}\ntrain(users().map(anonymize));\n",
        1,
      ],
      "a pseudonym on one way, the address on the other": [
        "for (const u of users())\n  train(u.rating > 3 ? pseudonym(u.email) : u.email);\n",
        2,
      ],
    },
  },
);

runCases(
  "privacy-budget",
  privacyBudget,
  {
    manifest: `version: 1
purposes: { train: { basis: legitimate-interest } }
fields: { user.age: { for: [train] } }
sources: [{ field: user.age, returns: "./src/ages.ts:ages" }]
sinks: [{ id: train, purpose: train, call: "./src/sink.ts:train" }]
transforms: [{ call: "./src/noise.ts:addNoise", yields: differentially-private, budget: life, mechanism: laplace, epsilon: 1.epsilon }]
budgets: { life: { epsilon: 3 } }
`,
    files: {
      ...SINK,
      "src/ages.ts": "export const ages = (): number[] => [40];\n",
      "src/config.ts": "export const config = { privacy: { epsilon: 1.5 } };\n",
      "src/noise.ts":
        "export function addNoise(values: number[], options: { epsilon: number }): number[] {\n  return values.map((v) => v + crypto.getRandomValues(new Int8Array(1))[0]! / options.epsilon);\n}\n",
    },
    head: 'import { ages } from "./ages.js";\nimport { config } from "./config.js";\nimport { addNoise } from "./noise.js";\nimport { train } from "./sink.js";\nconst noisy = (epsilon: number) => train(addNoise(ages(), { epsilon }));\nconst maybe = () => Date.now() % 2 > 0;\nexport const all = [config, maybe, noisy(0.1)];\n',
  },
  {
    legal: {
      "within the budget": "noisy(1); noisy(1.5);\n",
      "a number of the configuration": "noisy(config.privacy.epsilon);\n",
      "as often as the loop turns": "for (let i = 0; i < 5; i++) noisy(0.5);\n",
      "one of two ways": "if (maybe()) noisy(2.5); else noisy(2);\n",
      "drawn once, used often": "const v = addNoise(ages(), { epsilon: 2 });\nwhile (maybe()) train(v);\n",
      "each of a list that is known": "[0.5, 1, 1].forEach((e) => noisy(e));\n",
    },
    broken: {
      "one call too many": ["noisy(1.5);\naddNoise(ages(), { epsilon: 1.6 });\n", 2],
      "by one turn too many": ["for (let i = 0; i < 4; i++)\n  addNoise(ages(), { epsilon: 0.9 });\n", 2],
      "as often as nobody knows": ["while (maybe())\n  addNoise(ages(), { epsilon: 0.2 });\n", 2],
      "of the environment": ['addNoise(ages(), { epsilon: Number(process.env["EPSILON"]) });\n', 1],
      "too little to mean anything": ["addNoise(ages(), { epsilon: 0.01 });\n", 1],
      negative: ["addNoise(ages(), { epsilon: -1 });\n", 1],
      "both of two that follow each other": ["if (maybe()) noisy(1);\nif (maybe()) addNoise(ages(), { epsilon: 2.5 });\n", 2],
      "whenever somebody asks": [
        'import { createServer } from "node:http";\ncreateServer(() => {\n  addNoise(ages(), { epsilon: 0.5 });\n}).listen(1);\n',
        3,
      ],
    },
  },
);

runCases(
  "federated-boundary",
  federatedBoundary,
  {
    manifest: `version: 1
purposes: { train: { basis: legitimate-interest } }
fields: { typed.text: { for: [train] } }
sources: [{ field: typed.text, returns: "./src/keyboard.ts:recent" }]
sinks: [{ id: train, purpose: train, call: "./src/sink.ts:train" }]
transforms: [{ call: "./src/learn.ts:updateOf", yields: federated-update }]
zones: { device: { files: [./src/main.ts, ./src/keyboard.ts, ./src/learn.ts], may-send: [federated-update] } }
`,
    files: {
      ...SINK,
      "src/keyboard.ts": "export const recent = (): string => document.title;\n",
      "src/learn.ts": "export const updateOf = (text: string): number[] => [text.charCodeAt(0)];\n",
      "src/http.ts": "export const post = (body: string) => fetch('/x', { method: 'POST', body });\n",
    },
    head: 'import { post } from "./http.js";\nimport { recent } from "./keyboard.js";\nimport { updateOf } from "./learn.js";\nimport { train } from "./sink.js";\nexport const all = [post, recent, train, updateOf];\n',
  },
  {
    legal: {
      "an update": "void fetch('/u', { method: 'POST', body: JSON.stringify(updateOf(recent())) });\n",
      "an update, by other code": "void post(updateOf(recent()).join());\n",
      "what stays on the device": "localStorage.setItem('last', recent());\n",
      "what it shows": "document.body.textContent = recent();\n",
      "how long it is": "void fetch(`/u?n=${recent().length}`);\n",
      "a request that says nothing": "const text = recent();\nif (text !== '') void fetch('/model');\n",
    },
    broken: {
      "in the body": ["void fetch('/u', { method: 'POST', body: recent() });\n", 1],
      "in the address": ["void fetch(`/u?q=${encodeURIComponent(recent())}`);\n", 1],
      "in a header": ["void fetch('/u', { headers: { 'x-last': recent() } });\n", 1],
      "beside an update": ["const text = recent();\nnavigator.sendBeacon('/u', JSON.stringify({ update: updateOf(text), text }));\n", 2],
      "hashed, which is a pseudonym": [
        "const hash = async () => crypto.subtle.digest('SHA-256', new TextEncoder().encode(recent()));\nvoid hash().then((h) =>\n  fetch('/u', { method: 'POST', body: h }));\n",
        3,
      ],
      "by a pixel": ["new Image().src = `/p?t=${recent()}`;\n", 1],
      "over a socket": ["const socket = new WebSocket('wss://x.example');\nsocket.send(recent());\n", 2],
    },
  },
);

const GENERATOR = (more: string): string => `version: 1
purposes: { train: { basis: legitimate-interest } }
fields: { user.age: { for: [train] }, user.city: { for: [train] } }
sources: [{ field: user.*, returns: "./src/users.ts:users" }]
sinks: [{ id: train, purpose: train, call: "./src/sink.ts:train" }]
transforms:
  - { call: "./src/main.ts:invent", yields: synthetic${more} }
  - { call: "./src/users.ts:countsOf", yields: aggregated }
budgets: { life: { epsilon: 2 } }
`;
const PRIVATE = GENERATOR(", mechanism: laplace, budget: life, epsilon: 1");
const MODEL =
  'import OpenAI from "openai";\nconst openai = new OpenAI();\nconst ask = async (content: string) => (await openai.chat.completions.create({ model: "m", messages: [{ role: "user", content }] })).choices[0]?.message.content ?? "";\n';

runCases(
  "synthetic-provenance",
  syntheticProvenance,
  {
    manifest: PRIVATE,
    files: {
      ...SINK,
      "src/users.ts": `export interface User { age: number; city: string }
export const users = (): User[] => JSON.parse(localStorage.getItem("users") ?? "[]");
export const countsOf = (cities: string[]): Record<string, number> => Object.fromEntries(cities.map((city) => [city, 1]));
`,
    },
    head: 'import { train } from "./sink.js";\nimport { countsOf, users, type User } from "./users.js";\nexport const all = [countsOf, train];\n',
  },
  {
    legal: {
      "records of generated values":
        "export const invent = (us: User[]) => us.map((_, i) => ({ age: 20 + i }));\ntrain(invent(users()));\n",
      "as many as there are":
        "export const invent = (us: User[]) => Array.from({ length: us.length }, () => ({ age: Math.random() }));\ntrain(invent(users()));\n",
      "a model that is told a schema": `${MODEL}export const invent = async (us: User[]) => ask(\`\${us.length} people with an age\`);\ntrain(await invent(users()));\n`,
      "a model that is told aggregates": `${MODEL}export const invent = async (us: User[]) => ask(JSON.stringify(countsOf(us.map((u) => u.city))));\ntrain(await invent(users()));\n`,
      "examples that somebody made up": `${MODEL}export const invent = async (us: User[]) => ask(JSON.stringify([{ age: 40, city: "Graz" }]) + us.length);\ntrain(await invent(users()));\n`,
      "a generator of aggregates, without a mechanism": {
        code: "export const invent = (counts: Record<string, number>) => Object.values(counts).map((n) => n > 1);\ntrain(invent(countsOf(users().map((u) => u.city))));\n",
        manifest: GENERATOR(""),
      },
    },
    broken: {
      "real records beside others": [
        "export const invent = (us: User[]): unknown[] => [...us.map((u) => u.age), 20];\ntrain(invent(users()));\n",
        2,
      ],
      shuffled: [
        "export const invent = (us: User[]) => us.map((u) => u.age).sort(() => Math.random() - 0.5);\ntrain(invent(users()));\n",
        2,
      ],
      "one real value among generated ones": [
        "export const invent = (us: User[]) => us.map((u, i) => ({ age: 20 + i, city: u.city }));\ntrain(invent(users()));\n",
        2,
      ],
      "as the keys of what comes out": [
        "export const invent = (us: User[]) => Object.fromEntries(us.map((u) => [u.city, Math.random()]));\ntrain(invent(users()));\n",
        2,
      ],
      "in a prompt": [
        `${MODEL}export const invent = async (us: User[]) =>\n  ask(us.map((u) => u.city).join());\ntrain(await invent(users()));\n`,
        3,
      ],
      "without a mechanism": [
        {
          code: "export const invent = (us: User[]) => us.map((_, i) => ({ age: 20 + i }));\ntrain(invent(users()));\n",
          manifest: GENERATOR(""),
        },
        2,
      ],
    },
  },
);
