/** Bounds: what is beyond them is told, what is within is not. */
import { expect, it } from "vitest";
import { run } from "./program.js";

/** A value moves on by one variable each turn. */
const chain = (length: number): string => `const xs = JSON.parse(load()) as string[];
const u = loadUser();
${Array.from({ length }, (_, i) => `let v${i} = "";`).join("\n")}
for (const x of xs) {
${Array.from({ length: length - 1 }, (_, i) => `  v${length - 1 - i} = v${length - 2 - i};`).join("\n")}
  v0 = x + u.email;
}
train(v${length - 1});
`;

it("a loop whose values take many turns to arrive is run until they do", () => {
  const { flows, blindSpots } = run(chain(30));
  expect(flows.map((f) => f.field)).toEqual(["user.email"]);
  expect(blindSpots).toEqual([]);
});

it("one that takes more turns than are run is told", () => {
  const { flows, blindSpots } = run(chain(60));
  expect(flows).toEqual([]);
  expect(blindSpots.map((b) => [b.kind, b.fields, b.reason])).toEqual([
    ["budget-limit", ["user.email"], "something repeated in here was still growing after 40 passes"],
  ]);
});

it("many calls one on the other's result are followed", () => {
  const { flows } = run(`const u = loadUser();\nconst text = u.email${".trim()".repeat(6000)};\ntrain(text);\n`);
  expect(flows.map((f) => f.field)).toEqual(["user.email"]);
});

it("code nested more deeply than the stack is told, and the rest is followed", () => {
  const { flows, blindSpots } = run(`export function deep(): unknown { return f${"()".repeat(20000)}; }
declare const f: any;
export function near(): void { train(loadUser().email); }
`);
  expect(flows.map((f) => f.field)).toEqual(["user.email"]);
  expect(blindSpots.map((b) => [b.kind, b.line])).toEqual([["depth-limit", 3]]);
});
