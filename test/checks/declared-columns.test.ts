/** What a declared column holds is identified, whoever wrote it: the finding says so, and what to do where only this program writes it. */
import { describe, expect, it } from "vitest";
import { judgeProgram } from "./program.js";

const manifest = (columns: string): string => `version: 1
purposes:
  train: { basis: consent, consent: training, notice: to train }
fields:
  note.text: { for: [train] }
sources:
  - { field: note.text, property: "./src/main.ts:Note.text" }
sinks:
  - { id: tune, purpose: train, call: "./src/main.ts:tune", requires: pseudonymised }
stores:
  - { id: examples, sql: examples${columns} }
transforms:
  - { call: "./src/main.ts:scrub", yields: pseudonymised }
consent:
  training: { mode: opt-in, check: "./src/main.ts:mayTrain" }
`;

const CODE = `import { Pool } from "pg";
const db = new Pool();
export interface Note { ownerId: string; text: string }
export async function mayTrain(userId: string): Promise<boolean> { return (await fetch("/" + userId)).ok; }
export function scrub(text: string): string { return text.replace(/[A-Z]\\w+/g, "x"); }
export function tune(x: unknown): void { void x; }
export async function add(note: Note) { if (await mayTrain(note.ownerId)) await db.query("insert into examples (text) values ($1)", [scrub(note.text)]); }
export async function run() { tune((await db.query("select text from examples")).rows.map((row) => row.text)); }
`;

const told = (columns: string): string[] =>
  judgeProgram(manifest(columns), { "src/main.ts": CODE }).findings.map(
    ({ rule, remedies }) => `${rule}: ${remedies.map(({ text }) => text).join(" ")}`,
  );

describe("a column that is declared to hold a field", () => {
  it("counts as identified and ungated, and the finding says what to do where only this program writes it", () => {
    const found = told(", columns: { text: note.text }");
    expect(found.map((one) => one.split(":")[0])).toEqual(["consent", "deidentification"]);
    for (const one of found)
      expect(one).toContain("If only this program writes that column, take note.text out of `stores.examples.columns`");
  });

  it("is followed from where it is written when that is done", () => {
    expect(told("")).toEqual([]);
  });
});
