/** What an annotation says of a value of which nothing better is known: declared properties (`property` sources) are in it. */
import { describe, expect, it } from "vitest";
import { annotated, run } from "./program.js";

const PROPERTIES = ["id", "email", "name", "prompt"].map((f) => `  - { field: user.${f}, property: ./source.ts:User.${f} }\n`).join("");

/** All but `loadUser` is clean: what arrives is there by its type alone. */
const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(`import type { User } from "./source.js";\n${code}`, { sources: PROPERTIES });
    expect(found).toEqual(expected);
  });
};

describe("where the type is written", () => {
  check(
    "a constant",
    `const u: User = JSON.parse(read());
train(u.email); //! user.email
train(u.age); //! none
const v = JSON.parse(read());
train(v.email); //! none`,
  );
  check(
    "an awaited body, a list of them, a record of them",
    `export async function load(url: string) {
  const r = await fetch(url);
  const one: User = await r.json();
  train(one.email); //! user.email
  const all: User[] = await r.json();
  train(all.map((x) => x.name)); //! user.name
  train(all.length); //! none
  const byId: Record<string, User> = await r.json();
  for (const [key, x] of Object.entries(byId)) train(key, x.prompt); //! user.prompt
  const reply: { page: number; users: User[] } = await r.json();
  train(reply.users[0].email); //! user.email
  train(reply.page); //! none
}`,
  );
  check(
    "`satisfies`, a cast, a variable of any",
    `declare const some: any;
train((some satisfies User).email); //! user.email
train((some.a as User).email); //! user.email
const v: User = some.b;
train(v.email); //! user.email
train(some.email); //! none`,
  );
  check(
    "constraints of type parameters, of functions and classes",
    `export function one<T extends User>(x: T) { train(x.email); } //! user.email
export function two<T>(x: T) { train((x as any).email); } //! none
export class Box<T extends User> { constructor(private x: T) {} send() { train(this.x.email); } } //! user.email
export function inner<T extends User>() { return (x: T) => { train(x.email); }; } //! user.email`,
  );
  check(
    "type arguments of the program's own functions",
    `async function get<T>(url: string): Promise<T> { const r = await fetch(url); return r.json(); }
export async function run() {
  train((await get<User>("a")).email); //! user.email
  const all = await get<User[]>("b");
  for (const u of all) train(u.name); //! user.name
  train((await get<{ email: string }>("c")).email); //! none
}`,
  );
  check(
    "rest parameters, `this`, optional and destructured ones",
    `export function rest(...us: User[]) { train(us.map((x) => x.email)); } //! user.email
export function self(this: User) { train(this.email); } //! user.email
export function maybe(u?: User | null) { train(u?.email); } //! user.email
export function parts({ email, ...others }: User) {
  train(email); //! user.email
  train(others); //! user.id user.name user.prompt
}`,
  );
  check(
    "type guards and assertions, in their branch only",
    `function isUser(x: unknown): x is User { return typeof x === "object"; }
function assertUser(x: unknown): asserts x is User { if (!isUser(x)) throw new Error(); }
export function guarded(x: any) {
  if (isUser(x)) train(x.email); //! user.email
  else train(x.email); //! none
}
export function asserted(x: any) {
  train(x.name); //! none
  assertUser(x);
  train(x.name); //! user.name
}
export const filtered = (xs: unknown[]) => xs.filter(isUser).map((x) => train(x.prompt)); //! user.prompt
export class Guard { ok(x: unknown): x is User { return !!x; } go(x: any) { if (this.ok(x)) train(x.id); } } //! user.id`,
  );
  check(
    "mapped, conditional and indexed types",
    `type DeepPartial<T> = { [K in keyof T]?: T[K] extends object ? DeepPartial<T[K]> : T[K] };
type Nullable<T> = { [K in keyof T]: T[K] | null };
type Only<T, K extends keyof T> = { [P in K]: T[P] };
type Unwrap<T> = T extends Promise<infer U> ? U : T;
export function a(u: DeepPartial<User>) { train(u.email); } //! user.email
export function b(u: Nullable<User>) { train(u.name); } //! user.name
export function c(u: Only<User, "id">) { train(u.id); } //! user.id
export function d(e: User["email"]) { train(e); } //! user.email
export function e(e: User["age"]) { train(e); } //! none
type Mail = User["email"];
export function f(m: Mail) { train(m); } //! user.email
export function g(u: DeepPartial<{ email: string }>) { train(u.email); } //! none
export function h(x: { user: User; note: string }["user"]) { train(x.email); } //! user.email
export function i(x: Unwrap<User>) { train(x.email); } //! user.email`,
  );
  check(
    "functions that are only declared",
    `declare function current(): Promise<User>;
declare function count(): Promise<number>;
declare const session: { user: User; at: number };
declare const api: { users: { list(): Promise<User[]> } };
export async function go() {
  train((await current()).email); //! user.email
  train(await count()); //! none
  train(session.user.email); //! user.email
  train(session.at); //! none
  for (const u of await api.users.list()) train(u.name); //! user.name
}`,
  );
  check(
    "fields of classes and members of objects",
    `class Session {
  user: User;
  note: any;
  constructor(text: string) { this.user = JSON.parse(text); this.note = JSON.parse(text); }
  email() { return this.user.email; }
  noted() { return this.note.email; }
}
const s = new Session(read());
train(s.email()); //! user.email
train(s.noted()); //! none
const state: { user: User | null; other: any } = { user: JSON.parse(read()), other: JSON.parse(read()) };
train(state.user?.email); //! user.email
train(state.other.email); //! none`,
  );
  check(
    "functions whose own parameters say nothing, by the type of where they stand",
    `interface Handlers { onUser(u: User): void; onCount(n: any): void }
export const handlers: Handlers = {
  onUser(u) { train(u.email); }, //! user.email
  onCount: (n) => { train(n.email); }, //! none
};
type Visit = (u: User, at: number) => void;
export const visit: Visit = (u) => { train(u.name); }; //! user.name
export class Visitor { each: Visit = (u) => { train(u.prompt); }; } //! user.prompt`,
  );
});

describe("what is known stays as it is", () => {
  check(
    "an object is the same under a better name",
    `export function fill(x: any) {
  const u: User = x;
  u.name = "nobody";
  x.note = u.email;
  train(x.note); //! user.email
  train(u.name); //! none
  train(x.name); //! none
}`,
  );
  check(
    "what was written over is no data of the user",
    `export function redact(u: User) {
  u.email = "[redacted]";
  const copy: User = u;
  train(copy.email); //! none
  train(copy.name); //! user.name
}`,
  );
  check(
    "values that the program makes are what it makes them of, where it is not their declaration that makes the record",
    `export function slim(u: User) {
  const redacted: User = { ...u, email: "[redacted]", name: "" };
  train(redacted.email); //! none
  train(redacted.id); //! user.id
}`,
  );
});

describe("a whole object that goes where it cannot be followed", () => {
  check(
    "comes out of a library with all that its type declares",
    `import lib from "some-lib";
export function go(u: User) {
  train(lib.clone(u)); //! user.email user.id user.name user.prompt
  lib.each([u], (y: any) => { train(y.email); }); //! user.email user.id user.name user.prompt
  train(lib.count(u.age)); //! none
}`,
  );
  check(
    "and of whatever else nobody knows",
    `declare const anyv: any;
export function go(u: User, f: any) {
  train(anyv.foo(u)); //! user.email user.id user.name user.prompt
  train(f(u)); //! user.email user.id user.name user.prompt
  train(f(u.age)); //! none
}`,
  );

  it("is told of there", () => {
    const { blindSpots } = run(
      `import type { User } from "./source.js";
import lib from "some-lib";
export function go(u: User) { lib.send(u); }
export function near(u: User) { lib.send(u.age); }`,
      { sources: PROPERTIES },
    );
    expect(blindSpots.map((b) => [b.kind, b.line, b.fields])).toEqual([
      ["unmodelled-library", 5, ["user.email", "user.id", "user.name", "user.prompt"]],
    ]);
  });

  check(
    "without what was taken out of it before",
    `import lib from "some-lib";
export function go(u: User) {
  u.email = "[redacted]";
  train(lib.clone(u)); //! user.id user.name user.prompt
}
interface Team { lead: User; size: number }
export function nested(t: Team, s: { size: number }) {
  train(lib.clone(t)); //! user.email user.id user.name user.prompt
  train(lib.clone(s)); //! none
}
interface Tree { value: User; children: Tree[] }
export function deep(t: Tree) {
  train(lib.clone(t.children)); //! user.email user.id user.name user.prompt
}`,
  );

  it("deeper than calls are followed", () => {
    const chain = Array.from({ length: 120 }, (_, i) => `function f${i}(x: any) { return ${i === 119 ? "x" : `f${i + 1}(x)`}; }`);
    const { flows, blindSpots } = run(
      `import type { User } from "./source.js";\n${chain.join("\n")}\nexport function go(u: User) { train(f0(u)); }`,
      { sources: PROPERTIES },
    );
    expect([...new Set(flows.map((f) => f.field))].sort()).toEqual(["user.email", "user.id", "user.name", "user.prompt"]);
    expect(blindSpots.map((b) => b.kind)).toContain("depth-limit");
  });
});

describe("what others set", () => {
  check(
    "fields that the program leaves to a framework",
    `class Page { user!: User; declare other: User; show() { train(this.user.email, this.other.name); } } //! user.email user.name
export { Page };
export class Near { user!: { email: string }; show() { train(this.user?.email); } } //! none`,
  );

  it("properties of entities, set from outside a constructor", () => {
    const { flows } = run(
      `export class Ent { mail!: string; kind!: string }
export function load(raw: any) {
  const e = new Ent();
  e.mail = raw.x;
  e.kind = raw.y;
  train(e.mail);
  train(e.kind);
  e.mail = "[redacted]";
  train(e.mail);
}`,
      { sources: '  - { field: user.email, property: "./main.ts:Ent.mail" }\n' },
    );
    expect(flows.map((f) => [f.field, f.at.line])).toEqual([["user.email", 8]]);
  });

  check(
    "a generic function that says nothing of its result",
    `const parse = <T,>(s: string) => JSON.parse(s) as T;
train(parse<User>(read()).email); //! user.email
train(parse<{ email: string }>(read()).email); //! none`,
  );
});
