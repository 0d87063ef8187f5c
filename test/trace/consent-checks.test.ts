/** A declared consent check may say yes or no, whatever its code says today. */
import { expect, it } from "vitest";
import { run } from "./program.js";

const files = {
  "consent.ts": `export function no(id: string): boolean { return false; } // TODO: ask the service
export function yes(id: string): boolean { return true; }
export async function later(id: string): Promise<boolean> { return false; }
export function missing(id: string): boolean { throw new Error("not implemented"); }
export async function rejected(id: string): Promise<boolean> { throw new Error("not implemented"); }
export function word(id: string) { return "denied"; }
export function record(id: string) { return { granted: false }; }
export function near(id: string): boolean { return false; }
`,
};
const NAMES = ["no", "yes", "later", "missing", "rejected", "word", "record"];
const consent = `consent:\n${NAMES.map((n) => `  ${n}: { mode: opt-in, check: "./consent.ts:${n}" }\n`).join("")}sinks:\n`;

const lines = (code: string): number[] =>
  run(`import { ${NAMES.join(", ")}, near } from "./consent.js";\nconst { email } = loadUser();\n${code}`, { files, sinks: consent })
    .flows.map((f) => f.at.line - 4)
    .sort((a, b) => a - b);

it("what is behind either answer is followed", () => {
  expect(
    lines(`if (no("1")) train(email);
if (!yes("1")) train(email);
if (await later("1")) train(email);
if (missing("1")) train(email);
if (await rejected("1")) train(email);
if (word("1") === "granted") train(email);
if (record("1").granted) train(email);
train(["1"].filter(no).map(() => email));
export function go(id: string) { if (!no(id)) return; train(email); }
`),
  ).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

it("what an undeclared function says, and what is known without one, stays", () => {
  expect(
    lines(`if (near("1")) train(email);
if (no("1") && false) train(email);
train(record("1"), word("1"), no("1"));
train(no("1") ? "x" : "y");
`),
  ).toEqual([]);
});

it("what the check itself does is followed", () => {
  const { flows } = run(`export function ask(mail: string): boolean { train(mail); return false; }\nask(loadUser().email);\n`, {
    sinks: `consent:\n  c: { mode: opt-in, check: "./main.ts:ask" }\nsinks:\n`,
  });
  expect(flows.map((f) => f.at.line)).toEqual([3]);
});
