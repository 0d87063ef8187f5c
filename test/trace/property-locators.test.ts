/** What a `property` source may name, and that it collects: members of classes, nested and namespaced types, unions, packages' types. */
import { describe, expect, it } from "vitest";
import { annotated, run } from "./program.js";

interface Options {
  readonly files?: Readonly<Record<string, string>>;
  readonly sources: string;
}

const check = (name: string, code: string, options: Options): void => {
  it(name, () => {
    const { found, expected } = annotated(code, options);
    expect(found).toEqual(expected);
  });
};

/** One `property` source each: a field of the user, and a locator. */
const src = (...all: readonly (readonly [field: string, locator: string])[]): string =>
  all.map(([field, locator]) => `  - { field: user.${field}, property: ${JSON.stringify(locator)} }\n`).join("");

describe("a property", () => {
  check(
    "a getter of a class, whether the program makes the instance or not",
    `import { Account, load } from "./account.js";
export function f(a: Account) {
  train(a.email); //! user.email
  train(a.other); //! none
}
train(load().email); //! user.email
train(load().other); //! none`,
    {
      sources: src(["email", "./account.ts:Account.email"]),
      files: {
        "account.ts": `export class Account {
  constructor(private raw: any) {}
  get email(): string { return this.raw.e; }
  get other() { return this.raw.o; }
}
export const load = () => new Account(JSON.parse(read()));`,
      },
    },
  );
  check(
    "nested",
    `import type { Company, Person } from "./person.js";
export function g(c: Company) { train(c.contact.mail); } //! none
export function f(p: Person) {
  train(p.address.street); //! user.email
  train(p.address.zip); //! none
  train(p.address); //! user.email
  train(p.contact.mail); //! user.name
  train(p.list[0].street); //! none
  train(p.items[0].q); //! user.id
}
const r: Person = JSON.parse(read());
train(r.address.street); //! user.email
const { address: { street, zip } } = r;
train(street); //! user.email
train(zip); //! none`,
    {
      sources: src(
        ["email", "./person.ts:Person.address.street"],
        ["name", "./person.ts:Person.contact.mail"],
        ["id", "./person.ts:Person.items.q"],
      ),
      files: {
        "person.ts": `export interface Contact { mail: string }\nexport interface Company { contact: Contact }\nexport interface Person { address: { street: string; zip: string }; contact: Contact; list: { street: string }[]; items: { q: string }[] }`,
      },
    },
  );
  check(
    "union part",
    `import type { Ev } from "./ev.js";
export function f(e: Ev) {
  train(e.kind); //! none
  if (e.kind === "chat") train(e.text); //! user.prompt
  else train(e.at); //! none
}`,
    {
      sources: src(["prompt", "./ev.ts:Ev.text"]),
      files: { "ev.ts": `export type Ev = { kind: "chat"; text: string } | { kind: "ping"; at: string };` },
    },
  );
  check(
    "union of named",
    `import type { Ev } from "./ev.js";
export function f(e: Ev) {
  if (e.kind === "chat") train(e.text); //! user.prompt
  else train(e.at); //! none
}`,
    {
      sources: src(["prompt", "./ev.ts:Ev.text"]),
      files: {
        "ev.ts": `interface Chat { kind: "chat"; text: string }\ninterface Ping { kind: "ping"; at: string }\nexport type Ev = Chat | Ping;`,
      },
    },
  );
  check(
    "namespace",
    `import { Api } from "./api.js";
import * as all from "./api.js";
export function f(u: Api.User) { train(u.email); } //! user.email
export function g(u: Api.Other) { train(u.email); } //! none
export function h(u: all.Api.User) { train(u.email); } //! user.email
export function i(u: Api.Deep.Thing) { train(u.id); } //! user.id
const p: Api.Page<Api.User> = JSON.parse(read());
train(p.items[0].email); //! user.email`,
    {
      sources: src(["email", "./api.ts:Api.User.email"], ["id", "./api.ts:Api.Deep.Thing.id"]),
      files: {
        "api.ts": `export namespace Api { export interface User { email: string; id: string } export interface Other { email: string } export namespace Deep { export interface Thing { id: string } } export interface Page<T> { items: T[] } }`,
      },
    },
  );
  check(
    "package type",
    `import type { User as U2, Prisma } from "@prisma/client";
import type { Profile } from "acme-sdk";
import * as sdk from "acme-sdk";
export function f(u: U2) { train(u.email); } //! user.email
export function g(u: U2) { train(u.name); } //! none
export async function h(u: Profile) { train(u.email); } //! user.name
export async function h2(u: sdk.Profile[]) { train(u.map(x => x.email)); } //! user.name
export async function h3() { const p: Profile = await (await fetch("x")).json(); train(p.email); } //! user.name
export async function h4(u: Pick<Profile, "email">, v: Partial<U2>) { train(u.email, v.email); } //! user.email user.name
export async function h5(u: U2) { train(u); } //! user.email
export async function h6(u: U2 & { extra: string }) { train(u.email); } //! user.email
export async function h7(u: U2 & { extra: string }) { train(u.extra); } //! none`,
    { sources: src(["email", "@prisma/client:User.email"], ["name", "acme-sdk:Profile.email"]) },
  );
});

describe("a pattern", () => {
  const files = {
    "api.ts": `export interface Api { id: string; email: string; ssn: string; load(): void }
export async function fetchUser(): Promise<Api> { const r = await fetch("u"); return r.json(); }
export interface Account { user: Api; plan: string }
export interface Person { name: string; phone: string; note: string }`,
  };
  const undeclared = (code: string, sources: string): string[] => [
    ...new Set(run(code, { files, sources }).undeclared.map((u) => `${u.source.field} ${u.property}`)),
  ];

  it("of a property that holds an object is about what is in it", () => {
    const sources = src(["*", "./api.ts:Account.user"]);
    const code = `import type { Account } from "./api.js";
export function go(a: Account) {
  train(a.user.email); //! user.email
  train(a.user); //! user.email user.id
  train(a); //! user.email user.id
  train(a.plan); //! none
  train(a.user.ssn); //! none
}`;
    const { found, expected } = annotated(code, { files, sources });
    expect(found).toEqual(expected);
    expect(undeclared(code, sources)).toEqual(["user.* ssn"]);
  });

  it("of a property that is declared as a field is about that; of another, undeclared collection", () => {
    const sources = src(["*", "./api.ts:Person.name"], ["*", "./api.ts:Person.phone"]);
    const code = `import type { Person } from "./api.js";
export function go(x: Person) {
  train(x.name); //! user.name
  train(x.phone); //! none
  train(x.note); //! none
}`;
    const { found, expected } = annotated(code, { files, sources });
    expect(found).toEqual(expected);
    expect(undeclared(code, sources)).toEqual(["user.* phone"]);
    expect(run(code, { files, sources }).collected).not.toContain("user.phone");
  });

  it("of what a function returns, unknown but for its type, is about the fields that the type has", () => {
    const sources = "  - { field: user.*, returns: ./api.ts:fetchUser }\n";
    const code = `import { fetchUser } from "./api.js";
export async function go() {
  const u = await fetchUser();
  train(u); //! user.email user.id
  train((u as any).prompt); //! none
  train(u.ssn); //! none
}`;
    const { found, expected } = annotated(code, { files, sources });
    expect(found).toEqual(expected);
    expect(undeclared(code, sources)).toEqual(["user.* ssn"]);
  });
});

describe("a type that names one property", () => {
  const options = {
    sources: src(["email", "./person.ts:Person.email"]),
    files: { "person.ts": "export interface Person { email: string; other: string }\n" },
  };
  check(
    "whatever it is indexed on, and beside other primitives",
    `import type { Person } from "./person.js";
export function a(x: Person["email"]) { train(x); } //! user.email
export function b(x: NonNullable<Person | null>["email"]) { train(x); } //! user.email
export function c(x: NonNullable<Person | null>["email"] | number) { train(x); } //! user.email
export function d(x: Partial<Person>["email"] | null) { train(x); } //! user.email
export function e(x: Pick<Person, "email">["email"] | undefined) { train(x); } //! user.email
export function f(x: (Person & { extra: 1 })["email"]) { train(x); } //! user.email
export function g(x: Person["other"] | number) { train(x); } //! none
export function h(x?: Person["email"]) { train(x); } //! user.email`,
    options,
  );
});
