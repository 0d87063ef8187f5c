/** Types that packages declare, and the project's own declaration files: read as syntax, never asked of the compiler. */
import ts from "typescript";
import { expect, it } from "vitest";
import { loadManifest } from "../../src/manifest/load.js";
import { openVirtual, type DeclarationCache } from "../../src/program/index.js";
import { trace } from "../../src/trace/index.js";

const declarations: DeclarationCache = new Map();
const TSCONFIG = JSON.stringify({ compilerOptions: { module: "nodenext", target: "es2022", strict: true }, include: ["**/*.ts"] });

/** Lines with a sink that get something else than their comment says; locators that match nothing; how often types were asked for. */
function prog(code: string, files: Readonly<Record<string, string>>, sources: readonly (readonly [field: string, locator: string])[]) {
  const text = `version: 1
purposes:
  train: { basis: legitimate-interest, notice: to train }
fields:
${sources.map(([field]) => `  ${field}: { for: [train] }\n`).join("")}sources:
${sources.map(([field, locator]) => `  - { field: ${field}, property: ${JSON.stringify(locator)} }\n`).join("")}sinks:
  - { id: train, purpose: train, call: ./sink.ts:train }
`;
  const { manifest, problems } = loadManifest("/project/purpose.yaml", (f) => (f === "/project/purpose.yaml" ? text : undefined));
  if (manifest === undefined) throw new Error(problems.map((p) => p.message).join("\n"));
  const main = `import { train } from "./sink.js";\n${code}`;
  const project = openVirtual(
    {
      "package.json": "{}",
      "tsconfig.json": TSCONFIG,
      "sink.ts": "export function train(...x: unknown[]): void { void x; }\n",
      "main.ts": main,
      ...files,
    },
    { ts, declarations },
  );
  let asked = 0;
  const types = (): ReturnType<typeof project.types> => {
    asked++;
    return project.types();
  };
  const result = trace({ ...project, types }, manifest);
  const bad = main.split("\n").flatMap((line, i) => {
    if (!/\btrain\(/.test(line)) return [];
    const expected = (/\/\/! (.*)$/.exec(line)?.[1] ?? "").replace("none", "");
    const flows = result.flows.filter((f) => f.at.file === "main.ts" && f.at.line === i + 1);
    const found = [...new Set(flows.map((f) => f.field))].sort().join(" ");
    return found === expected ? [] : [`${line} → ${found}`];
  });
  return { bad: bad.join("\n"), asked, unmatched: result.unmatched.map((u) => u.text) };
}

const SDK = {
  "node_modules/acme-sdk/package.json": `{"name":"acme-sdk","version":"1.0.0","types":"./dist/index.d.ts","main":"./dist/index.js"}`,
  "node_modules/acme-sdk/dist/index.js": "",
  "node_modules/acme-sdk/dist/index.d.ts": `export * from "./models/profile.js";
import { Profile } from "./models/profile.js";
export declare class Client { constructor(key: string); me(): Promise<Profile>; list(): AsyncIterable<Profile>; on(event: "profile", cb: (p: Profile) => void): this; on(event: "note", cb: (p: { email: string }) => void): this; get<T>(url: string): Promise<Reply<T>>; users: { find(id: string): Promise<Profile | null> } }
export interface Reply<T> { data: T; ok: boolean }
export declare function createClient(): Client;
export declare function hook<T>(cb: (x: T) => void): void;
export default Client;`,
  "node_modules/acme-sdk/dist/models/profile.d.ts": `export interface Profile { id: string; email: string; address: { city: string; zip: string } }`,
};
it("sdk", () => {
  const o = prog(
    `import Client, { createClient, hook, type Profile } from "acme-sdk";
import * as sdk from "acme-sdk";
export function a(p: Profile) { train(p.email); } //! user.email
export function b(p: Profile) { train(p.id); } //! none
export function b2(p: Profile) { train(p.address.city); } //! user.city
export function b3(p: Profile) { train(p.address.zip); } //! none
const c = createClient();
export async function d() { train((await c.me()).email); } //! user.email
export async function d2() { const me = await c.me(); train(me.id); } //! none
export async function e() { for await (const p of c.list()) train(p.email); } //! user.email
export async function f() { train((await c.users.find("x"))?.email); } //! user.email
c.on("profile", (p) => { train(p.email); }); //! user.email
c.on("note", (p) => { train(p.email); }); //! none
const k = new Client("k");
export async function g() { train((await k.me()).email); } //! user.email
export async function h(s: sdk.Client) { train((await s.me()).email); } //! user.email
hook<Profile>((x) => { train(x.email); }); //! user.email
hook<{ email: string }>((x) => { train(x.email); }); //! none`,
    SDK,
    [
      ["user.email", "acme-sdk:Profile.email"],
      ["user.city", "acme-sdk:Profile.address.city"],
    ],
  );
  expect(o.bad).toBe("");
  expect(o.unmatched).toEqual([]);
  expect(o.asked).toBe(0);
});
it("own type through package generics", () => {
  const o = prog(
    `import Client, { hook } from "acme-sdk";
import type { User } from "./user.js";
const k = new Client("k");
export async function g() { train((await k.get<User>("x")).data.email); } //! user.email
export async function g2() { train((await k.get<User>("x")).ok); } //! none
export async function g3() { train((await k.get<{ email: string }>("x")).data.email); } //! none
hook<User>((x) => { train(x.email); }); //! user.email
hook((x: User) => { train(x.email); }); //! user.email`,
    { ...SDK, "user.ts": `export interface User { email: string; id: string }` },
    [["user.email", "./user.ts:User.email"]],
  );
  expect(o.bad).toBe("");
  expect(o.asked).toBe(0);
});
const ORM = {
  "node_modules/acme-orm/package.json": `{"name":"acme-orm","version":"1.0.0","types":"./index.d.ts","main":"./index.js"}`,
  "node_modules/acme-orm/index.js": "",
  "node_modules/acme-orm/index.d.ts": `export type Target<T> = (new () => T) | string;
export declare class Rows<T> { target: T; first(): Promise<T | null>; all(): Query<T[]>; where(x: unknown): this; count(): Promise<number>; raw(): any }
export interface Query<T> extends PromiseLike<T> { sorted(): Query<T>; run(): Promise<T> }
export declare class Source { rows<T>(of: Target<T>): Rows<T>; readonly manager: { find<T>(of: Target<T>): Promise<T[]> }; each<T>(of: Target<T>, cb: (x: T) => void): void }
export declare function model<T>(name: string, schema?: Schema<T>): Model<T>;
export declare class Schema<T> { constructor(x: object); sample: (x: T) => void }
export interface Model<T> { find(): Query<T[]>; watch(): { on(e: "change", cb: (d: { doc: T }) => void): void } }
export declare function start<T>(init?: T): [T, (x: T) => void];`,
};
it("what comes of calls through a package's generic class", () => {
  const o = prog(
    `import { model, Schema, Source, start, type Rows } from "acme-orm";
import { User } from "./user.js";
const source = new Source();
export async function a(rows: Rows<User>) {
  train((await rows.first())?.email); //! user.email
  train((await rows.first())?.id); //! none
  train((await rows.where("x").where("y").first())?.email); //! user.email
  train(await rows.where("x").count()); //! none
  train((await rows.all())[0].id); //! none
  train((await rows.all().sorted())[0].email); //! user.email
  train((await rows.all().sorted().run())[0].id); //! none
}
export async function b() {
  train((await source.rows(User).first())?.email); //! user.email
  train((await source.rows(User).first())?.id); //! none
  train((await source.rows("user").first())?.email); //! none
  train((await source.manager.find(User))[0].email); //! user.email
  train((await source.manager.find(User))[0].id); //! none
}
source.each(User, (u) => { train(u.id); }); //! none
source.each(User, (u) => { train(u.email); }); //! user.email
const M = model<User>("User");
const N = model("User", new Schema<User>({}));
export async function c() {
  train((await M.find())[0].email); //! user.email
  train((await M.find())[0].id); //! none
  train((await N.find())[0].email); //! user.email
  train((await N.find())[0].id); //! none
  const [x] = start<User | null>(null);
  train(x?.email); //! user.email
  train(x?.id); //! none
}
M.watch().on("change", ({ doc }) => { train(doc.id); }); //! none
M.watch().on("change", ({ doc }) => { train(doc.email); }); //! user.email`,
    { ...ORM, "user.ts": `export class User { email!: string; id!: string }` },
    [["user.email", "./user.ts:User.email"]],
  );
  expect(o.bad).toBe("");
  expect(o.asked).toBe(0);
});
it("drift", () => {
  const o = prog(
    `import type { Profile } from "acme-sdk";
export function a(p: Profile) { train(p.id); }`,
    SDK,
    [
      ["user.email", "acme-sdk:Profile.emial"],
      ["user.id", "acme-sdk:Profile.id"],
      ["user.x", "acme-sdk:Profiel.id"],
      ["user.z", "acme-sdk:Profile.address.zap"],
      ["user.zz", "acme-sdk:Profile.address.zip"],
    ],
  );
  expect(o.unmatched).toEqual(["acme-sdk:Profile.emial", "acme-sdk:Profiel.id", "acme-sdk:Profile.address.zap"]);
});
it("own d.ts", () => {
  const o = prog(
    `import type { User } from "./types.js";
export function a(p: User) { train(p.email); } //! user.email
export function b() { train(session.email); } //! user.id
export function c(x: App.Thing) { train(x.q); } //! user.q`,
    {
      "types.d.ts": "export interface User { email: string }",
      "global.d.ts":
        "interface Session { email: string }\ndeclare var session: Session;\ndeclare namespace App { interface Thing { q: string } }",
    },
    [
      ["user.email", "./types.d.ts:User.email"],
      ["user.id", "./global.d.ts:Session.email"],
      ["user.q", "global:App.Thing.q"],
    ],
  );
  expect(o.bad).toBe("");
  expect(o.unmatched).toEqual([]);
});
it("own d.ts, global", () => {
  const o = prog(
    `export function b() { train(session.email); } //! user.id
export function c() { train(window.session.email); } //! user.id
export function d(s: Session) { train(s.email); } //! user.id`,
    { "global.d.ts": "interface Session { email: string }\ndeclare var session: Session;\n" },
    [["user.id", "global:Session.email"]],
  );
  expect(o.bad).toBe("");
  expect(o.unmatched).toEqual([]);
});
it("inferred types", () => {
  const o = prog(
    `import { z } from "zod";
export const UserSchema = z.object({ email: z.string(), id: z.string() });
export type User = z.infer<typeof UserSchema>;
export function a(u: User) { train(u.email); } //! user.email
export function b(u: User) { train(u.id); } //! none
export function c(x: unknown) { const u = UserSchema.parse(x); train(u.email); } //! none`,
    {},
    [["user.email", "./main.ts:User.email"]],
  );
  expect(o.bad).toBe("");
  expect(o.unmatched).toEqual([]);
});
