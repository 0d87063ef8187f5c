/** Types that say what unknown code gives or is given: signatures, type arguments, utility types, the language's generic types. */
import { describe, expect, it } from "vitest";
import { annotated } from "./program.js";

const PROPERTIES = ["id", "email", "name", "prompt"].map((f) => `  - { field: user.${f}, property: ./source.ts:User.${f} }\n`).join("");

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(`import type { User } from "./source.js";\n${code}`, { sources: PROPERTIES });
    expect(found).toEqual(expected);
  });
};

describe("types that the program writes", () => {
  check(
    "callback under a member's function type",
    `interface Sdk { onProfile(cb: (p: User) => void): void; each: (cb: (p: User, i: number) => void) => void; off(cb: (p: { email: string }) => void): void }
export function start(sdk: Sdk) {
  sdk.onProfile((p) => { train(p.email); }); //! user.email
  sdk.each((p, i) => { train(p.name); }); //! user.name
  sdk.off((p) => { train(p.email); }); //! none
}
declare const ambient: Sdk;
ambient.onProfile((p) => { train(p.email); }); //! user.email
declare function onUser(cb: (p: User) => void): void;
onUser((p) => train(p.email)); //! user.email
declare function onAny(cb: (p: any) => void): void;
onAny((p) => train(p.email)); //! none
class Impl { constructor(private sdk: Sdk) {} go() { this.sdk.onProfile((p) => train(p.id)); } } //! user.id
export { Impl };`,
  );
  check(
    "what a container, an unknown import or the global object holds, by what its methods give",
    `import { container } from "tsyringe";
import missing from "not-there";
interface Repo { load(id: string): Promise<User>; list(): Promise<User[]>; count(): number }
interface Plain { load(id: string): Promise<{ email: string }> }
export async function main() {
  train((await container.resolve<Repo>("Repo").load("1")).email); //! user.email
  const repo: Repo = container.resolve("Repo");
  train((await repo.list())[0].name); //! user.name
  train(repo.count()); //! none
  const cast = (globalThis as any).repo as Repo;
  train((await cast.load("1")).id); //! user.id
  const found: Repo = missing;
  train((await found.load("1")).prompt); //! user.prompt
  const f: (id: string) => Promise<User> = container.resolve("f");
  train((await f("1")).email); //! user.email
  const plain: Plain = container.resolve("Plain");
  train((await plain.load("1")).email); //! none
}
class Service { #repo: Repo = container.resolve("Repo"); async go() { train((await this.#repo.load("1")).email); } } //! user.email
export { Service };`,
  );
  check(
    "rows of which a client's model knows only some columns",
    `import { Pool } from "pg";
import { Kysely } from "kysely";
const pool = new Pool();
export async function one() { const us = (await pool.query("select * from users")).rows as User[]; train(us[0].email); } //! user.email
export async function two() { const us: User[] = (await pool.query("select * from users")).rows; for (const u of us) train(u.name); } //! user.name
export async function three() { const us = (await pool.query<User>("select * from users")).rows; for (const u of us) train(u.id); } //! user.id
export async function four(db: Kysely<any>) { const us: User[] = await db.selectFrom("users").selectAll().execute(); train(us[0].email); } //! user.email
export async function none() { const us = (await pool.query("select * from users")).rows as { email: string }[]; train(us[0].email); } //! none`,
  );
  check(
    "handler table",
    `const table: Record<string, (p: User) => void> = {
  a: (p) => { train(p.email); }, //! user.email
  b(p) { train(p.name); }, //! user.name
};
const t2: Record<string, (p: any) => void> = { a: (p) => { train(p.email); } }; //! none
type Handlers = { [k: string]: (p: User) => void };
export const t3: Handlers = { x: (p) => train(p.id) }; //! user.id
const list: ((p: User) => void)[] = [(p) => train(p.email)]; //! user.email
const map = new Map<string, (p: User) => void>([["a", (p) => train(p.prompt)]]); //! user.prompt
export { table, t2, list, map };`,
  );
  check(
    "declare global",
    `declare global { var currentUser: User; interface Window { session: User } var plain: { email: string }; namespace NodeJS { interface Global { u: User } } }
train(currentUser.email); //! user.email
train(globalThis.currentUser.name); //! user.name
train(window.session.email); //! user.email
train(plain.email); //! none`,
  );
  check(
    "typeof",
    `const make = async () => { const r = await fetch("x"); return (await r.json()) as User; };
function parse(u: User, n: number): User[] { return JSON.parse(read()); }
type A = Awaited<ReturnType<typeof parse>>;
const a: ReturnType<typeof parse> = JSON.parse(read());
train(a[0].email); //! user.email
const b: Parameters<typeof parse>[0] = JSON.parse(read());
train(b.email); //! user.email
const c: Awaited<Promise<User>> = JSON.parse(read());
train(c.email); //! user.email
const d: Parameters<typeof parse>[1] = JSON.parse(read());
train(d); //! none
declare const defaults: User;
const e: typeof defaults = JSON.parse(read());
train(e.email); //! user.email
async function load(): Promise<User> { return JSON.parse(read()); }
const f: Awaited<ReturnType<typeof load>> = JSON.parse(read());
train(f.name); //! user.name
class K { get(): User { return JSON.parse(read()); } u!: User }
const g: ReturnType<K["get"]> = JSON.parse(read());
train(g.email); //! user.email
const h: InstanceType<typeof K> = JSON.parse(read());
train(h.u.email); //! user.email
const i: K["u"] = JSON.parse(read());
train(i.email); //! user.email
export { make };`,
  );
  check(
    "inferred return",
    `const make = async () => { const r = await fetch("x"); return (await r.json()) as User; };
const a: Awaited<ReturnType<typeof make>> = JSON.parse(read());
train(a.email); //! user.email
export type Made = Awaited<ReturnType<typeof make>>;
export function h(x: Made) { train(x.name); } //! user.name
const other = () => ({ email: "" });
export function g(x: ReturnType<typeof other>) { train(x.email); } //! none`,
  );
  check(
    "utility",
    `type Ev = { kind: "u"; user: User } | { kind: "n"; user: { email: string } };
export function a(x: Extract<Ev, { kind: "u" }>) { train(x.user.email); } //! user.email
export function a2(x: Extract<Ev, { kind: "n" }>) { train(x.user.email); } //! none
export function b(x: Exclude<User | string | null, string | null>) { train(x.email); } //! user.email
export function c(x: NonNullable<User | null>) { train(x.email); } //! user.email
export function d(x: Required<Partial<User>>) { train(x.email); } //! user.email
export function e(x: Readonly<User>) { train(x.email); } //! user.email
export function f(x: Exclude<Ev, { kind: "u" }>) { train(x.user.email); } //! none
export function g(x: Omit<User, "email">) { train(x.name); } //! user.name
export function h(x: Omit<User, "email">) { train((x as any).email); } //! none
export function i(x: Readonly<Record<"a" | "b", User>>) { train(x.a.email); } //! user.email`,
  );
  check(
    "std",
    `export function a(x: WeakRef<User>) { train(x.deref()?.email); } //! user.email
export function b(x: MessageEvent<User>) { train(x.data.email); } //! user.email
export function c(x: CustomEvent<User>) { train(x.detail.email); } //! user.email
export function d(x: MessageEvent<User>) { train(x.origin); } //! none
export function e(x: PromiseSettledResult<User>) { if (x.status === "fulfilled") train(x.value.email); } //! user.email
export async function g(x: AsyncIterable<User>) { for await (const y of x) train(y.email); } //! user.email
export function h(x: Map<string, User>) { train(x.get("a")?.email); } //! user.email
export function i(x: ReadableStream<User>) { x.getReader().read().then((r) => train(r.value?.email)); } //! user.email
export function j(x: WeakMap<object, User>) { train(x.get({})?.email); } //! user.email
export function k(x: Array<User>) { train(x.at(-1)?.email); } //! user.email
self.onmessage = (e: MessageEvent<User>) => { train(e.data.name); }; //! user.name
addEventListener("message", (e: MessageEvent<User>) => { train(e.data.name); }); //! user.name
const w = new WeakRef<User>(JSON.parse(read()));
train(w.deref()?.email); //! user.email
const m = new Map<string, User>(JSON.parse(read()));
train(m.get("x")?.email); //! user.email
const s = new Set<User>();
s.add(JSON.parse(read()));
for (const x of s) train(x.email); //! user.email`,
  );
  check(
    "generic class",
    `class Client<T> {
  async get(url: string): Promise<{ data: T }> { const r = await fetch(url); return { data: (await r.json()) as T }; }
  async plain(url: string) { const r = await fetch(url); return { data: (await r.json()) as T }; }
  list: T[] = [];
}
const users = new Client<User>();
const notes = new Client<{ email: string }>();
export async function go() {
  train((await users.get("a")).data.email); //! user.email
  train((await notes.get("a")).data.email); //! none
  train((await users.plain("a")).data.name); //! user.name
  train((await notes.plain("a")).data.name); //! none
}
class Users extends Client<User> {}
export async function more() {
  train((await new Users().plain("a")).data.email); //! user.email
}
async function call<T>(url: string) { const r = await fetch(url); return { data: (await r.json()) as T }; }
export async function third() {
  train((await call<User>("a")).data.email); //! user.email
  train((await call<{ email: string }>("a")).data.email); //! none
}`,
  );
  check(
    "emitter",
    `import { EventEmitter } from "node:events";
const bus = new EventEmitter<{ profile: [User]; note: [{ email: string }] }>();
bus.on("profile", (p) => { train(p.email); }); //! user.email
bus.on("note", (p) => { train(p.email); }); //! none`,
  );
});

describe("containers", () => {
  check(
    "lists",
    `const xs: User[] = [];
xs.push(JSON.parse(read()));
train(xs[0].email); //! user.email
const ys: { email: string }[] = [];
ys.push(JSON.parse(read()));
train(ys[0].email); //! none
const m = new Map<string, User>();
m.set("a", JSON.parse(read()));
train(m.get("a")?.name); //! user.name
const byId: Record<string, User> = { a: JSON.parse(read()) };
train(byId.a.email); //! user.email`,
  );
});

describe("iterators", () => {
  check(
    "what is yielded and what is returned",
    `export async function go(a: AsyncGenerator<string, User>, b: Generator<User, { email: string }>, c: AsyncIterator<User>, d: AsyncGenerator<{ email: string }>) {
  train((await a.next()).value.email); //! user.email
  train(b.next().value.name); //! user.name
  train((await c.next()).value.email); //! user.email
  train((await d.next()).value.email); //! none
  for await (const each of a) train(each.email); //! none
  for (const each of b) train(each.email); //! user.email
}`,
  );
});

describe("generic types of packages that are not installed", () => {
  check(
    "axios, pg",
    `import axios from "axios";
import { Pool } from "pg";
const pool = new Pool();
export async function go() {
  train((await axios.get<User>("x")).data.email); //! user.email
  train((await axios.get<User>("x")).status); //! none
  train((await axios.get<{ email: string }>("x")).data.email); //! none
  const { data } = await axios.post<User[]>("x");
  train(data[0].name); //! user.name
  train((await pool.query<User>("select email from users")).rows[0].email); //! user.email
}`,
  );
  check(
    "express",
    `import express, { type Request } from "express";
export function a(req: Request<{}, {}, User>) { train(req.body.email); } //! user.email
export function b(req: express.Request<{}, {}, User>) { train(req.query.email); } //! none
const app = express();
app.post("/x", (req: Request<{}, {}, User>, res) => { train(req.body.name); }); //! user.name
app.post("/y", (req: Request, res) => { train(req.body.name); }); //! none`,
  );
  check(
    "react",
    `import { createElement, useEffect, useState } from "react"; import { createRoot } from "react-dom/client";
export function C() { const [u, setU] = useState<User>(); useEffect(() => { fetch("x").then((r) => r.json()).then(setU); }, []); train(u?.email); return null; } //! user.email
export function D() { const [u, setU] = useState<{ email: string }>(); useEffect(() => { fetch("x").then((r) => r.json()).then(setU); }, []); train(u?.email); return null; } //! none
createRoot(document.body).render(createElement(C)); createRoot(document.body).render(createElement(D));`,
  );
  check(
    "redux",
    `import { createAsyncThunk, type PayloadAction } from "@reduxjs/toolkit";
interface Api { stream(): AsyncGenerator<string, User | undefined>; ask(): Promise<{ email: string }> }
interface State { user: User; note: { email: string } }
interface Config { state: State; extra: { api: Api } }
export const load = createAsyncThunk<void, { who: User; note: string }, Config>("load", async ({ who, note }, { extra, getState }) => {
  train(who.email); //! user.email
  train(note); //! none
  train(getState().user.name); //! user.name
  train(getState().note.email); //! none
  train((await extra.api.ask()).email); //! none
  const stream = extra.api.stream();
  let next = await stream.next();
  while (!next.done) next = await stream.next();
  if (next.done && next.value) train(next.value.prompt); //! user.prompt
});
export const set = (state: State, action: PayloadAction<User>) => { train(action.payload.email); }; //! user.email
export const put = (state: State, action: PayloadAction<{ email: string }>) => { train(action.payload.email); }; //! none`,
  );
  check(
    "zod",
    `import { z } from "zod";
export function a(s: z.ZodType<User>, x: unknown) { train(s.parse(x).email); } //! user.email
export function b(s: z.ZodType<{ email: string }>, x: unknown) { train(s.parse(x).email); } //! none`,
  );
});
