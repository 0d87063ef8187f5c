/** What a declared transform gives stands for what it was given, whatever its code does; each case beside its near miss. */
import { describe, expect, it } from "vitest";
import { findings } from "./program.js";

const manifest = `version: 1
purposes: { deliver: { basis: contract }, train: { basis: legitimate-interest } }
fields: { user.email: { for: [deliver] }, user.text: { for: [deliver] } }
sources:
  - { field: user.email, property: "./src/user.ts:User.email" }
  - { field: user.text, property: "./src/user.ts:User.text" }
sinks: [{ id: tune, purpose: train, call: "./src/user.ts:tune" }]
transforms: [{ call: "./src/main.ts:change", yields: pseudonymised }]
`;
const USER = `export interface User { id: string; email: string; text: string; n: number }
export function load(): User { return { id: "1", email: "a@b.c", text: "hello", n: 1 }; }
export function tune(x: unknown): void { void x; }
`;
/** The fields that arrive at \`tune\`, with their status, from a program in which \`change\` is this. */
const arriving = (change: string, use: string): string[] =>
  findings("limitation", manifest, {
    "src/user.ts": USER,
    "src/main.ts": `import { load, tune, type User } from "./user.js";\nlet next = 0;\nconst vault = new Map<string, string>();\nconst user = load();\n${change}\n${use}\n`,
  }).map((text) => /user\.\w+( arrives)?/.exec(text)![0].replace(" arrives", ""));

describe("a declared transform gives the fields that it was given", () => {
  it.each([
    ["a part of the text", "export const change = (t: string): string => t.slice(1);"],
    [
      "a random token, kept in a vault",
      "export function change(t: string): string { const k = vault.get(t) ?? crypto.randomUUID(); vault.set(t, k); return k; }",
    ],
    ["a counter", "export const change = (t: string): number => { vault.set(t, ''); return next++; };"],
    ["a mask as long as the text", "export const change = (t: string): string => '*'.repeat(t.length);"],
    ["a text that is always the same", "export const change = (t: string): string => { vault.set(t, ''); return '[redacted]'; };"],
    [
      "what a service answers",
      "export async function change(t: string): Promise<string> { return (await (await fetch('/vault', { method: 'POST', body: t })).json()).token; }",
    ],
    ["a promise of a part", "export async function change(t: string): Promise<string> { await fetch('/'); return t.slice(1); }"],
    ["what nobody has the code of", "export declare function change(t: string): string;"],
    [
      "a promise that somebody else settles",
      "const waiting: ((t: string) => void)[] = [];\nexport const change = (t: string): Promise<string> => { vault.set(t, ''); return new Promise((done) => waiting.push(done)); };",
    ],
  ])("%s", (_, change) => {
    expect(arriving(change, "tune(await change(user.email));")).toEqual(["user.email"]);
    expect(arriving(change, "tune(await change(user.id));")).toEqual([]);
    expect(arriving(change.replaceAll("change", "other"), "tune(user.id);")).toEqual([]);
  });

  it("in what a generator yields", () => {
    const change = "export async function* change(all: readonly User[]) { for (const one of all) yield one.email.slice(1); }";
    expect(arriving(change, "for await (const one of change([user])) tune(one);")).toEqual(["user.email"]);
    expect(arriving(change, "for await (const one of change([user])) tune(one.length);")).toEqual([]);
  });

  it("but not nothing: what is changed in place", () => {
    const change = "export function change(one: User): void { one.email = ''; }";
    expect(arriving(change, "tune(change(user));")).toEqual([]);
    expect(arriving(change, "change(user); tune(user.text);")).toEqual(["user.text"]);
  });
});

describe("of a record", () => {
  it("what stands in a field's place is the field", () => {
    const change = "export const change = (one: User): object => ({ ...one, email: crypto.randomUUID() });";
    expect(arriving(change, "tune(change(user));")).toEqual(["user.email", "user.text"]);
    const all = "export const change = (all: readonly User[]): object[] => all.map((one) => ({ ...one, email: crypto.randomUUID() }));";
    expect(arriving(all, "tune(change([user]));")).toEqual(["user.email", "user.text"]);
  });

  it("what is left out, or blanked, is gone", () => {
    expect(arriving("export const change = (one: User): object => ({ text: one.text });", "tune(change(user));")).toEqual(["user.text"]);
    expect(arriving("export const change = (one: User): object => ({ ...one, email: '[removed]' });", "tune(change(user));")).toEqual([
      "user.text",
    ]);
    expect(
      arriving(
        "export const change = (one: { email: string }): object => ({ ...one, email: '' });",
        "tune(change({ email: user.email }));",
      ),
    ).toEqual([]);
  });

  it("of which nothing is left it is all fields", () => {
    expect(
      arriving(
        "export const change = (one: User): string => { vault.set(one.email, one.text); return crypto.randomUUID(); };",
        "tune(change(user));",
      ),
    ).toEqual(["user.email", "user.text"]);
  });
});

it("what is only known by its type was given, too", () => {
  const change = "export const change = (one: User): string => { vault.set(one.id, ''); return crypto.randomUUID(); };";
  expect(arriving(change, "export const run = (one: User): void => tune(change(one));")).toEqual(["user.email", "user.text"]);
  expect(arriving(change, "export const run = (one: User): void => tune(change({ id: one.id } as User));")).toEqual([]);
});
