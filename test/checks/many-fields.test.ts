/** Thousands of fields: what is asked of each costs no more because there are others. */
import { expect, it } from "vitest";
import { judgeProgram } from "./program.js";

it("thousands of declared fields are found one by one", () => {
  const names = Array.from({ length: 3000 }, (_, i) => `f${i}`);
  const manifest = `version: 1
purposes: { deliver: { basis: contract }, train: { basis: legitimate-interest } }
fields:
${names.map((name, i) => `  record.${name}: { for: [${i % 1000 === 7 ? "deliver" : "train"}] }`).join("\n")}
sources:
${names.map((name) => `  - { field: record.${name}, property: "./src/main.ts:Row.${name}" }`).join("\n")}
sinks: [{ id: tune, purpose: train, call: "./src/main.ts:tune", argument: 0 }]
`;
  const code = `export interface Row { ${names.map((name) => `${name}: string`).join("; ")} }
export function tune(x: unknown): void { void x; }
export function run(row: Row): void { tune(row); }
`;
  const found = judgeProgram(manifest, { "src/main.ts": code }).findings.filter(({ rule }) => rule === "limitation");
  expect(found.map(({ message }) => message.split(" ")[0]).sort()).toEqual(["record.f1007", "record.f2007", "record.f7"]);
}, 20_000);
