/** Sources whose results nobody knows: their declared types say where the fields are. */
import { expect, it } from "vitest";
import { run } from "./program.js";

const found = (code: string, sources: string): string[] =>
  run(code, { sources: `  - ${sources}\n` }).flows.map((f) => `${f.field} ${f.at.line}`);

const HEAD = `import { readFile } from "node:fs/promises";
interface Rec { name: string; shoe: string }
declare const db: any;
`;

it("a pattern on a list is about its elements, be it parsed, awaited or only declared", () => {
  for (const get of [
    'export async function records(): Promise<Rec[]> { return JSON.parse(await readFile("r.json", "utf8")); }',
    'export async function records(): Promise<Rec[]> { return (await fetch("/r")).json(); }',
    'export async function records(): Promise<Rec[]> { return db.all("r"); }',
  ]) {
    const code = `${HEAD}${get}
const all = await records();
train(all.map((r) => r.name));
train(all.map((r) => r.shoe));
for (const r of all) train(r.name);
train(all[0]!.name);
train(all.length);`;
    expect(found(code, "{ field: user.*, returns: ./main.ts:records }"), get).toEqual(["user.name 8", "user.name 10", "user.name 11"]);
  }
});

it("a path on what an asynchronous function gives is on what it promises", () => {
  const get = (async: string): string => `${HEAD}export ${async} { return db.get("x"); }
const one = await get();
train(one.name);
train(one.shoe);`;
  for (const async of ["async function get(): Promise<Rec>", "function get(): Rec"])
    expect(found(get(async), "{ field: user.name, returns: ./main.ts:get, path: name }"), async).toEqual(["user.name 8"]);
});
