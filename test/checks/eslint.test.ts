/** The rules in ESLint, over programs of several files on disk: where the squiggle is, and that a good neighbour has none. */
import { RuleTester } from "@typescript-eslint/rule-tester";
import path from "node:path";
import { afterAll, describe, it } from "vitest";
import deidentification from "../../rules/deidentification.js";
import federatedBoundary from "../../rules/federated-boundary.js";
import privacyBudget from "../../rules/privacy-budget.js";
import syntheticProvenance from "../../rules/synthetic-provenance.js";
import { makeProject, SOURCES } from "../rules/project.js";

RuleTester.afterAll = afterAll;
RuleTester.describe = describe;
RuleTester.it = it;

const NONE = Object.fromEntries(Object.keys(SOURCES).flatMap((name) => (name.startsWith("src/") ? [[name, null]] : [])));

/** A case lives in a project of its own; `code` is its src/main.ts. */
function inProject(manifest: string, files: Readonly<Record<string, string>>, code: string) {
  const root = makeProject({ ...NONE, ...files, "purpose.yaml": manifest, "src/main.ts": code });
  return {
    code,
    filename: path.join(root, "src/main.ts"),
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
  };
}

const HEAD = `version: 1
purposes: { train: { basis: legitimate-interest } }
fields: { user.age: { for: [train] } }
sources: [{ field: user.age, returns: "./src/users.ts:loadAges" }]
sinks: [{ id: train, purpose: train, call: "./src/sink.ts:train" }]
`;
const FILES = {
  "src/users.ts": "export function loadAges(): number[] {\n  return [40];\n}\n",
  "src/sink.ts": "export function train(examples: unknown): void {\n  void examples;\n}\n",
};

const NOISE = {
  ...FILES,
  "src/config.ts": "export const EPSILON = 1;\n",
  "src/noise.ts":
    "export function addNoise(values: number[], epsilon: number): number[] {\n  return values.map((v) => v + crypto.getRandomValues(new Int8Array(1))[0]! / epsilon);\n}\n",
};
const BUDGET = `${HEAD}transforms:
  - { call: "./src/noise.ts:addNoise", yields: differentially-private, budget: life, mechanism: laplace, epsilon: "1" }
budgets: { life: { epsilon: 2 } }
`;
const IMPORTS = `import { EPSILON } from "./config.js";\nimport { addNoise } from "./noise.js";\nimport { train } from "./sink.js";\nimport { loadAges } from "./users.js";\n`;
const noisy = (code: string) => inProject(BUDGET, NOISE, IMPORTS + code);

new RuleTester().run("privacy-budget", privacyBudget, {
  valid: [
    { name: "within the budget", ...noisy("train(addNoise(loadAges(), EPSILON));\ntrain(addNoise(loadAges(), EPSILON));\n") },
    { name: "drawn once, read often", ...noisy("const v = addNoise(loadAges(), EPSILON);\nwhile (Math.random() > 0.5) train(v);\n") },
  ],
  invalid: [
    {
      name: "by one call too many",
      ...noisy("train(addNoise(loadAges(), EPSILON));\ntrain(addNoise(loadAges(), EPSILON * 2));\n"),
      errors: [{ messageId: "finding", line: 6, column: 7, endLine: 6, endColumn: 40 }],
    },
    {
      name: "in a loop without a bound",
      ...noisy("while (Math.random() > 0.5) train(addNoise(loadAges(), EPSILON));\n"),
      errors: [{ messageId: "finding", line: 5, column: 35 }],
    },
    {
      name: "with a number from outside",
      ...noisy("train(addNoise(loadAges(), Number(new Date().getDay())));\nvoid EPSILON;\n"),
      errors: [{ messageId: "finding", line: 5, column: 7 }],
    },
  ],
});

const HASHED = `version: 1
purposes: { train: { basis: legitimate-interest } }
fields: { user.email: { for: [train] } }
sources: [{ field: user.email, property: "./src/user.ts:User.email" }]
sinks: [{ id: train, purpose: train, call: "./src/sink.ts:train", requires: anonymised }]
`;
const PRIVACY = {
  "src/sink.ts": FILES["src/sink.ts"],
  "src/user.ts": "export interface User {\n  email: string;\n}\n",
  "src/privacy.ts":
    'import { createHash } from "node:crypto";\nexport function hashed(text: string): string {\n  return createHash("sha256").update(text).digest("hex");\n}\n',
};
const user = (code: string) =>
  inProject(
    HASHED,
    PRIVACY,
    `import { hashed } from "./privacy.js";\nimport { train } from "./sink.js";\nimport type { User } from "./user.js";\n${code}`,
  );

new RuleTester().run("deidentification", deidentification, {
  valid: [
    {
      name: "a count says nothing of anybody",
      ...user("export const all = (users: User[]) => train(users.map((u) => hashed(u.email)).length);\n"),
    },
    {
      name: "a function that says what it does",
      ...user("export const pseudonymise = (u: User) => hashed(u.email);\nexport const x = train;\n"),
    },
  ],
  invalid: [
    {
      name: "a hash is not anonymous, and can be left out",
      ...user("export function run(user: User) {\n  train({ who: hashed(user.email), kind: 1 });\n}\n"),
      errors: [{ messageId: "finding", line: 5, column: 3, endLine: 5 }],
    },
    {
      name: "a function that says that it anonymises",
      ...user("export function anonymise(u: User) {\n  return { who: hashed(u.email) };\n}\nexport const x = train;\n"),
      errors: [{ messageId: "finding", line: 4, column: 1 }],
    },
  ],
});

const ZONE = `version: 1
purposes: { train: { basis: legitimate-interest } }
fields: { typed.text: { for: [train] } }
sources: [{ field: typed.text, returns: "./src/keyboard.ts:recent" }]
sinks: [{ id: train, purpose: train, call: "./src/sink.ts:train" }]
transforms: [{ call: "./src/learn.ts:updateOf", yields: federated-update }]
zones: { device: { files: [./src/main.ts, ./src/keyboard.ts, ./src/learn.ts], may-send: [federated-update] } }
`;
const device = (code: string) =>
  inProject(
    ZONE,
    {
      "src/sink.ts": FILES["src/sink.ts"],
      "src/keyboard.ts": "export function recent(): string {\n  return 'see you';\n}\n",
      "src/learn.ts": "export function updateOf(text: string): number {\n  return text.charCodeAt(0);\n}\n",
    },
    `import { recent } from "./keyboard.js";\nimport { updateOf } from "./learn.js";\nimport { train } from "./sink.js";\n${code}`,
  );

new RuleTester().run("federated-boundary", federatedBoundary, {
  valid: [
    {
      name: "an update leaves",
      ...device("void fetch('/u', { method: 'POST', body: String(updateOf(recent())) });\nexport const x = train;\n"),
    },
    { name: "raw text stays", ...device("localStorage.setItem('last', recent());\nexport const x = [train, updateOf];\n") },
  ],
  invalid: [
    {
      name: "raw text leaves",
      ...device("void fetch('/u', { method: 'POST', body: recent() });\nexport const x = [train, updateOf];\n"),
      errors: [{ messageId: "finding", line: 4, column: 6, endColumn: 53 }],
    },
  ],
});

const GENERATOR = `version: 1
purposes: { train: { basis: legitimate-interest } }
fields: { user.age: { for: [train] } }
sources: [{ field: user.age, returns: "./src/users.ts:loadAges" }]
sinks: [{ id: train, purpose: train, call: "./src/sink.ts:train" }]
transforms: [{ call: "./src/main.ts:invent", yields: synthetic, mechanism: laplace, budget: life, epsilon: 1 }]
budgets: { life: { epsilon: 2 } }
`;
const invented = (body: string) =>
  inProject(
    GENERATOR,
    FILES,
    `import { train } from "./sink.js";\nimport { loadAges } from "./users.js";\nexport const invent = (ages: number[]): unknown[] => ${body};\ntrain(invent(loadAges()));\n`,
  );

new RuleTester().run("synthetic-provenance", syntheticProvenance, {
  valid: [{ name: "records of generated values", ...invented("ages.map((_, i) => ({ age: 20 + i }))") }],
  invalid: [
    {
      name: "real records beside generated ones",
      ...invented("[...ages, 20, 30]"),
      errors: [{ messageId: "finding", line: 4, column: 7 }],
    },
  ],
});
