/** What the manifest declares against what the trace assumes: results, collection calls, the environment, cookies. */
import { expect, it } from "vitest";
import { annotated, run } from "./program.js";

const check = (name: string, code: string, sources?: string): void => {
  it(name, () => {
    const { found, expected } = annotated(code, sources === undefined ? {} : { sources });
    expect(found).toEqual(expected);
  });
};

check(
  "a model's answer that is declared to be a field is that field, and not the prompt too",
  `import OpenAI from "openai";
const openai = new OpenAI();
const user = loadUser();
export async function answer(text: string): Promise<string> {
  const response = await openai.chat.completions.create({ model: "m", messages: [{ role: "user", content: text }] });
  return response.choices[0]?.message.content ?? "";
}
export async function cached(text: string): Promise<string> {
  return text.length > 9 ? text : await answer(text);
}
async function main() {
  train(await answer(user.prompt)); //! user.name
  const raw = await openai.chat.completions.create({ model: "m", messages: [{ role: "user", content: user.email }] });
  train(raw.choices[0].message.content); //! none
  const words = await openai.audio.transcriptions.create({ model: "m", file: user.id });
  train(words.text); //! user.id
}
void main();`,
  `  - { field: user.name, returns: "./main.ts:answer" }\n`,
);

check(
  "what the program's own code puts into a declared result stays",
  `const user = loadUser();
export function label(text: string): string { return \`#\${text}\`; }
train(label(user.prompt)); //! user.name user.prompt`,
  `  - { field: user.name, returns: "./main.ts:label" }\n`,
);

const CAPTURE = `import { PostHog } from "posthog-node";
const client = new PostHog("key");
export function handler(agent: string, id: string): void { client.capture({ distinctId: id, event: "e", properties: { age: 1, agent } }); }
handler(String(Math.random()), String(Math.random()));`;

it("a source of many fields judges what is below its path", () => {
  const { undeclared } = run(CAPTURE, { sources: `  - { field: user.*, call: "posthog-node:PostHog.capture", argument: 0.properties }\n` });
  expect([...new Set(undeclared.map((u) => u.property))]).toEqual(["agent"]);
});

it("a source of one field judges all that the call sends", () => {
  const { undeclared } = run(CAPTURE, {
    sources: `  - { field: user.id, call: "posthog-node:PostHog.capture", argument: 0.distinctId }\n`,
  });
  expect([...new Set(undeclared.map((u) => u.property))]).toEqual(["properties.agent"]);
});

check(
  "the environment is text: a default beside it keeps its label",
  `export const settings = () => ({ name: process.env["NAME"] ?? "anonymous" });
train(settings()); //! user.name`,
  `  - { field: user.*, returns: "./main.ts:settings" }\n`,
);

check(
  "a cookie comes back with the next request",
  `import { Hono } from "hono";
import { getCookie, getSignedCookie, setCookie, setSignedCookie } from "hono/cookie";
const app = new Hono();
app.post("/in", async (c) => {
  const user = loadUser();
  setCookie(c, "theme", "dark");
  await setSignedCookie(c, "session", user.id, "secret");
  return c.text("in");
});
app.post("/out", async (c) => {
  train(await getSignedCookie(c, "secret", "session")); //! user.id
  train(getCookie(c, "theme")); //! none
  return c.text("out");
});
export default app;`,
);

it("a broken file is told of by the syntax error alone", () => {
  const { blindSpots } = run("export const a = 1;", { files: { "broken.ts": "export const b = (;\n" } });
  expect(blindSpots.map((b) => b.kind)).toEqual(["syntax-error"]);
});

for (const [name, code] of [
  ["a list", "export declare function rows(): { name: string; y: number }[];\nfor (const row of rows()) { "],
  ["a promise of one", "export declare function rows(): Promise<{ name: string; y: number }[]>;\nfor (const row of await rows()) { "],
  ["a record", "export declare const rows: () => { name: string; y: number };\n{ const row = rows(); "],
] as const)
  check(
    `a function without a body gives what it says, and that is each its field: ${name}`,
    `${code}\n  train(row.name); //! user.name\n  train(row.y); //! none\n}`,
    `  - { field: user.*, returns: "./main.ts:rows" }\n`,
  );
