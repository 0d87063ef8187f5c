/** What a blind spot is told of, and of what not: one for each call. */
import { describe, expect, it } from "vitest";
import { run } from "./program.js";

const sinks = (...locators: string[]): string =>
  `sinks:\n${locators.map((l, i) => `  - { id: s${i}, purpose: train, call: "${l}" }\n`).join("")}`;

/** The kinds and reasons of the blind spots at each line of the code that has any. */
function told(code: string, options: Parameters<typeof run>[1] = {}): string[] {
  return run(code, options).blindSpots.map(
    (b) => `${b.line - 2} ${b.kind}: ${b.reason.replace(/(has no model|could not be resolved).*/, "$1")} (${b.fields.join(" ")})`,
  );
}

describe("a call of a library's value", () => {
  it("is told once, by the library's name", () => {
    const code = `import { helper } from "some-sdk";
const u = loadUser();
const { send } = helper(u.name);
send(u.email);
`;
    expect(told(code)).toEqual([
      "3 unmodelled-library: some-sdk:helper has no model (user.name)",
      "4 unmodelled-library: some-sdk:helper().send has no model (user.email user.name)",
    ]);
  });

  it("each of several calls on one line by itself", () => {
    const code = `import { helper } from "some-sdk";
const u = loadUser();
export const both = (other: any) => [helper(u.name), other.send(u.email)];
`;
    expect(told(code)).toEqual([
      "3 unmodelled-library: some-sdk:helper has no model (user.name)",
      "3 unresolved-call: `send` could not be resolved (user.email)",
    ]);
  });
});

describe("a method of text", () => {
  it("is that of whatever has it, by its name, where the receiver may be anything", () => {
    const code = `declare const raw: string;
const any = JSON.parse(raw + loadUser().email);
export const a = any.text.trim();
export const b = any.json.send(1);
export const c = any.text.replace(/a/, "").split(" ")[0].padEnd(3);
`;
    expect(told(code)).toEqual(["4 unresolved-call: `send` could not be resolved (user.email)"]);
  });
});

describe("a method that only an interface declares", () => {
  const code = `interface Trainer { fit(x: unknown): void; note(x: unknown): void; map(x: unknown): void }
const u = loadUser();
export function one(t: Trainer) {
  t.fit(u.email);
  t.map(u.email);
  const { fit } = t;
  fit(u.email);
  t.fit.call(t, u.email);
  t.note(u.email);
}
export function other(t: { fit(x: unknown): void }) { t.fit(u.name); }
`;
  it("is no blind spot where it is a sink", () => {
    const options = { sinks: sinks("./main.ts:Trainer.fit", "./main.ts:Trainer.map") };
    expect(run(code, options).flows.map((f) => f.at.line - 2)).toEqual([4, 5, 7, 8]);
    expect(told(code, options)).toEqual([
      "9 unresolved-call: `note` could not be resolved (user.email)",
      "11 unresolved-call: `fit` could not be resolved (user.name)",
    ]);
  });
});

describe("what cannot be followed inside of a function", () => {
  const code = `declare const index: any;
export function put(id: string, text: string) { index.add(id, text); }
export function get(id: string): string { return index.find(id); }
const u = loadUser();
put("1", u.email);
index.add("2", u.name);
train(get("1"));
`;
  it("is told where nobody says what becomes of it", () => {
    expect(told(code)).toEqual([
      "2 unmodelled-library: index.add has no model (user.email)",
      "6 unmodelled-library: index.add has no model (user.name)",
    ]);
  });

  it("is known where the function is declared as a store", () => {
    const stores = `stores:\n  - { id: index, write: "./main.ts:put", read: "./main.ts:get", key: "0", value: "1" }\n`;
    const options = { sinks: `${stores}sinks:\n` };
    expect(told(code, options).filter((text) => text.includes("user."))).toEqual([
      "6 unmodelled-library: index.add has no model (user.name)",
    ]);
  });
});
