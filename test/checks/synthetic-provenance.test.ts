/** synthetic-provenance over programs of several files, each case beside its near miss. */
import { describe, expect, it } from "vitest";
import { findings } from "./program.js";

const PLAIN = `  - { call: "./src/synth.ts:synthesize", yields: synthetic }\n`;
const PRIVATE = `  - { call: "./src/synth.ts:synthesize", yields: synthetic, mechanism: laplace, budget: life, epsilon: 1 }\n`;
const manifest = (transforms: string): string => `version: 1
purposes: { train: { basis: legitimate-interest } }
fields:
  user.email: { for: [train] }
  user.city: { for: [train] }
sources: [{ field: user.*, returns: "./src/users.ts:loadUsers" }]
sinks: [{ id: train, purpose: train, call: "./src/sink.ts:train" }]
transforms:
  - { call: "./src/stats.ts:countsOf", yields: aggregated }
${transforms}budgets: { life: { epsilon: 4 } }
`;
const FILES = {
  "src/users.ts": `export interface User { email: string; city: string }
export function loadUsers(): User[] { return [{ email: "a@b.c", city: "Graz" }]; }
`,
  "src/sink.ts": "export function train(x: unknown): void { void x; }\n",
  "src/stats.ts": `export function countsOf(rows: readonly string[]): Record<string, number> {
  const out: Record<string, number> = {};
  for (const row of rows) out[row] = (out[row] ?? 0) + 1;
  return out;
}
`,
};
const HEAD = `import OpenAI from "openai"; import { loadUsers, type User } from "./users.js"; import { countsOf } from "./stats.js";\nconst openai = new OpenAI();\n`;
const ASK = (content: string): string =>
  `(await openai.chat.completions.create({ model: "m", messages: [{ role: "user", content: ${content} }] })).choices[0]?.message.content`;

/** `body` is that of the generator, on line 4 of src/synth.ts. */
const found = (body: string, { transforms = PRIVATE, call = "await synthesize(loadUsers())" } = {}): string[] =>
  findings("synthetic-provenance", manifest(transforms), {
    ...FILES,
    "src/synth.ts": `${HEAD}export async function synthesize(rows: readonly User[]) {\n${body}\n}\n`,
    "src/main.ts": `import { synthesize } from "./synth.js"; import { loadUsers } from "./users.js"; import { countsOf } from "./stats.js"; import { train } from "./sink.js";\ntrain(${call});\n`,
  });

describe("prompts", () => {
  it("with real records", () => {
    expect(found(`return ${ASK("`Make more like these: ${JSON.stringify(rows)}`")};`)).toEqual([
      "src/synth.ts:4 error user.city reaches the prompt of `./src/synth.ts:synthesize` identified at `messages[0].content[0].city`: what a model is shown, it can repeat",
      "src/synth.ts:4 error user.email reaches the prompt of `./src/synth.ts:synthesize` identified at `messages[0].content[0].email`: what a model is shown, it can repeat",
    ]);
    expect(found(`return ${ASK("`Make ${rows.length} people.`")};`)).toEqual([]);
  });

  it("with few-shot examples that are real", () => {
    const shots = (what: string): string =>
      `const shots = rows.slice(0, 3).map((row) => ({ role: "user" as const, content: ${what} }));\nreturn (await openai.chat.completions.create({ model: "m", messages: [...shots, { role: "user", content: "One more." }] })).choices;`;
    expect(found(shots("row.city"))).toEqual([expect.stringContaining("user.city reaches the prompt")]);
    expect(found(shots('"Somebody from Somewhere"'))).toEqual([]);
  });

  it("with aggregates only", () => {
    expect(found(`return ${ASK("`Cities: ${JSON.stringify(countsOf(rows.map(({ city }) => city)))}`")};`)).toEqual([]);
  });

  it("by another library, and through a helper that others call too", () => {
    const files = {
      ...FILES,
      "src/ask.ts": `import { generateText } from "ai";\nexport const ask = (prompt: string) => generateText({ model: "m", prompt });\n`,
    };
    const run = (prompt: string): string[] =>
      findings("synthetic-provenance", manifest(PRIVATE), {
        ...files,
        "src/synth.ts": `import { ask } from "./ask.js"; import { loadUsers, type User } from "./users.js";\nexport const synthesize = async (rows: readonly User[]) => (await ask(${prompt})).text;\n`,
        "src/main.ts": `import { ask } from "./ask.js"; import { synthesize } from "./synth.js"; import { loadUsers } from "./users.js"; import { train } from "./sink.js";\nvoid ask("hello"); void ask(loadUsers()[0]!.city);\ntrain(await synthesize(loadUsers()));\n`,
      });
    expect(run("rows[0]!.email")).toEqual([expect.stringMatching(/^src\/ask.ts:2 error user.email reaches the prompt of/)]);
    expect(run('"A made-up address."')).toEqual([]);
  });

  it("of calls that generate nothing are other checks' affair", () => {
    expect(found("return [{ email: 'x@example.com', city: 'Nowhere' }];", { call: "await (async () => loadUsers()[0]!.city)()" })).toEqual(
      [],
    );
  });
});

describe("what comes out", () => {
  it("may not be what went in", () => {
    expect(found("return [...rows, { email: 'x@example.com', city: 'Nowhere' }];")).toEqual(
      [
        "src/main.ts:2 error user.city comes out of `./src/synth.ts:synthesize` as it went in at `[*].city`, identified: that is no synthetic data",
        "src/main.ts:2 error user.email comes out of `./src/synth.ts:synthesize` as it went in at `[*].email`, identified: that is no synthetic data",
      ].map((text) => expect.stringContaining(text.split(" at ")[0]!) as string),
    );
    expect(found("return rows.map((_, i) => ({ email: `p${i}@example.com`, city: 'Nowhere' }));")).toEqual([]);
  });

  it("may not be a part of it, nor a key", () => {
    expect(found("return rows.map((row, i) => ({ ...row, email: `p${i}@example.com` }));")).toEqual([
      expect.stringContaining("user.city comes out"),
    ]);
    expect(found("return Object.fromEntries(rows.map((row, i) => [row.email, `p${i}`]));")).toEqual([
      expect.stringContaining("user.email comes out"),
    ]);
    expect(found("return Object.fromEntries(rows.map((_, i) => [`p${i}`, i]));")).toEqual([]);
  });

  it("is not told twice of what a model was shown", () => {
    expect(found(`return ${ASK("rows[0]!.city")};`)).toEqual([expect.stringContaining("user.city reaches the prompt")]);
  });
});

describe("a generator", () => {
  it("without a mechanism is taken to de-identify", () => {
    const body = "return rows.map((_, i) => ({ email: `p${i}@example.com`, city: 'Nowhere' }));";
    expect(found(body, { transforms: PLAIN })).toEqual([
      "src/main.ts:2 error `./src/synth.ts:synthesize` is taken to de-identify user.city and user.email, and declares no mechanism: a generator repeats what it was made of, unless noise keeps it from that",
    ]);
    expect(found(body)).toEqual([]);
  });

  it("needs none, where it is given no records", () => {
    const of = (call: string): string[] =>
      findings("synthetic-provenance", manifest(PLAIN.replace("synthesize", "fromCounts")), {
        ...FILES,
        "src/synth.ts": "export const fromCounts = (counts: unknown) => [{ city: 'Nowhere', like: typeof counts }];\n",
        "src/main.ts": `import { fromCounts } from "./synth.js"; import { countsOf } from "./stats.js"; import { loadUsers } from "./users.js"; import { train } from "./sink.js";\ntrain(fromCounts(${call}));\n`,
      });
    expect(of("countsOf(loadUsers().map((u) => u.city))")).toEqual([]);
    expect(of("loadUsers().length")).toEqual([]);
    expect(of("loadUsers().map((u) => u.city)")).toEqual([expect.stringContaining("is taken to de-identify user.city")]);
  });
});

describe("what a declared transform makes something else of", () => {
  const unused = (code: string): string[] =>
    findings("minimization", manifest(PRIVATE), {
      ...FILES,
      "src/synth.ts":
        "export const synthesize = (counts: unknown): unknown[] => Object.keys(Object(counts)).map((_, i) => ({ city: i }));\n",
      "src/main.ts": `import { synthesize } from "./synth.js"; import { loadUsers } from "./users.js"; import { countsOf } from "./stats.js"; import { train } from "./sink.js";\n${code}\n`,
    });

  it("has been used, though it arrives nowhere as itself", () => {
    expect(unused("const [first] = loadUsers();\ntrain(synthesize(countsOf([first!.city, first!.email])));")).toEqual([]);
    expect(unused("train(countsOf(loadUsers().map(({ city, email }) => city + email)));\nvoid synthesize;")).toEqual([]);
  });

  it("is more than what is only looked at", () => {
    expect(
      unused("const users = loadUsers();\ntrain(synthesize(countsOf(users.map(({ city }) => city))));\nvoid users[0]?.email;"),
    ).toEqual([expect.stringContaining("user.email is collected, and reaches no sink")]);
  });
});
