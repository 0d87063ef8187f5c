import { describe, expect, it } from "vitest";
import { annotated } from "../program.js";

const check = (code: string, options?: Parameters<typeof annotated>[1]): void => {
  const { found, expected } = annotated(code, options);
  expect(found).toEqual(expected);
};

describe("Object: properties as lists", () => {
  it("keys, values, entries of a closed object", () => {
    check(`
const u = loadUser();
const row = { email: u.email, note: "x" };
train(Object.keys(row)); //! none
train(Object.values(row)[0]); //! user.email
train(Object.values(row)[1]); //! none
train(Object.entries(row)[1]); //! none
train(Object.entries(row)[0][1]); //! user.email
train(Object.keys(row).length); //! none
train(Object.keys({ [u.email]: 1 })); //! user.email
train(Object.values({ [u.email]: 1 })); //! none
`);
  });

  it("redacts through entries and back", () => {
    check(`
const u = loadUser();
const drop = new Set(["email", "name", "prompt"]);
train(Object.fromEntries(Object.entries({ ...u }).filter(([k]) => !drop.has(k)))); //! user.age user.id user.tags
train(Object.fromEntries(Object.entries({ ...u }).map(([k, v]) => [k, drop.has(k) ? "x" : v]))); //! user.age user.id user.tags
train(Object.fromEntries(Object.entries({ ...u }).map(([k, v]) => [k, k === "nothing" ? "x" : v]))); //! user.age user.email user.id user.name user.prompt user.tags
train(Object.fromEntries(["id", "name"].map((k) => [k, (u as any)[k]])).id); //! user.id
train(Object.fromEntries(["id", "name"].map((k) => [k, (u as any)[k]])).email); //! none
const kept: Record<string, unknown> = {};
for (const [k, v] of Object.entries({ ...u })) if (k !== "email" && k !== "prompt") kept[k] = v;
train(kept); //! user.age user.id user.name user.tags
`);
  });

  it("keeps apart what may be missing", () => {
    check(`
const u = loadUser();
const row: Record<string, unknown> = { id: u.id };
if (Math.random() > 0.5) row.email = u.email;
if (Math.random() > 0.5) row.name = u.name;
train(Object.fromEntries(Object.entries(row).filter(([k]) => k !== "email"))); //! user.id user.name
train(Object.entries(row)); //! user.email user.id user.name
train(Object.keys(row)); //! none
`);
  });

  it("goes through an object that only a type describes", () => {
    check(
      `
import type { User } from "./source.js";
export function handle(user: User) {
  train(Object.fromEntries(Object.entries(user).filter(([k]) => k !== "email" && k !== "prompt"))); //! user.age user.id user.name user.tags
  train(Object.fromEntries(Object.entries(user).map(([k, v]) => [k, k === "email" ? "x" : v]))); //! user.age user.id user.name user.prompt user.tags
  train(Object.values(user)); //! user.age user.email user.id user.name user.prompt user.tags
  train(Object.keys(user)); //! none
}`,
      {
        sources: ["id", "email", "name", "prompt", "age", "tags"]
          .map((f) => `  - { field: user.${f}, property: ./source.ts:User.${f} }\n`)
          .join(""),
      },
    );
  });
});

describe("Object: copies and definitions", () => {
  it("assigns in order", () => {
    check(`
const u = loadUser();
train(Object.assign({}, u, { email: "x", prompt: "x" })); //! user.age user.id user.name user.tags
train(Object.assign({ email: "x" }, { email: u.email })); //! user.email
const target = { a: "x" } as Record<string, unknown>;
Object.assign(target, { b: u.id });
train(target.a); //! none
train(target.b); //! user.id
train(Object.assign({ email: u.email }, ...[{ email: "x" }])); //! none
`);
  });

  it("freezes", () => {
    check(`
const u = loadUser();
const frozen = Object.freeze({ email: "x" }) as { email: string };
try { frozen.email = u.email; } catch {}
train(frozen); //! none
const sealed = Object.seal({ email: "x" });
sealed.email = u.email;
train(sealed); //! user.email
`);
  });

  it("creates and defines", () => {
    check(`
const u = loadUser();
const base = { email: u.email };
const child = Object.create(base);
train(child.email); //! user.email
train(child.id); //! none
const made = Object.create(null, { id: { value: u.id, enumerable: true } });
train(made.id); //! user.id
const hidden = {};
Object.defineProperty(hidden, "email", { value: u.email, enumerable: false });
train({ ...hidden }); //! none
train((hidden as any).email); //! user.email
const shown = {};
Object.defineProperty(shown, "email", { value: u.email, enumerable: true });
train({ ...shown }); //! user.email
const getter = {};
Object.defineProperty(getter, "both", { get: () => u.name + u.id });
train((getter as any).both); //! user.id user.name
Object.defineProperties(getter, { a: { value: u.age }, b: { value: "x" } });
train((getter as any).a); //! user.age
train((getter as any).b); //! none
train(Object.getOwnPropertyDescriptor({ e: u.email }, "e")!.value); //! user.email
train(Object.getOwnPropertyDescriptor({ e: u.email, f: "x" }, "f")!.value); //! none
train(Object.create({}, Object.getOwnPropertyDescriptors({ e: u.email, f: "x" })).e); //! user.email
train(Object.create({}, Object.getOwnPropertyDescriptors({ e: u.email, f: "x" })).f); //! none
`);
  });

  it("asks for own properties", () => {
    check(`
const u = loadUser();
const row = { a: 1 };
if (Object.hasOwn(row, "b")) train(u.email); //! none
if (Object.hasOwn(row, "a")) train(u.email); //! user.email
if (row.hasOwnProperty("b")) train(u.email); //! none
if (Object.prototype.hasOwnProperty.call(row, "a")) train(u.email); //! user.email
if (Object.is(1, 2)) train(u.email); //! none
train(Object.getOwnPropertyNames({ e: u.email })); //! none
train(u.email.toString()); //! user.email
train(u.age.valueOf()); //! user.age
train({}.toString()); //! none
const proto = Object.getPrototypeOf(Object.create({ e: u.email }));
train(proto.e); //! user.email
const o = Object.setPrototypeOf({ f: 1 }, { e: u.email });
train(o.e); //! user.email
train(o.f); //! none
`);
  });

  it("groups", () => {
    check(`
const u = loadUser();
const groups = Object.groupBy([{ k: "a", v: u.email }, { k: "b", v: u.id }], (x) => x.k);
train(groups.a); //! user.email
train(groups.b![0].v); //! user.id
const map = Map.groupBy([{ k: "a", v: u.email }, { k: "b", v: u.id }], (x) => x.k);
train(map.get("a")); //! user.email
train(map.get("b")); //! user.id
train(map.get("c")); //! none
`);
  });

  it("__proto__ in a literal is the prototype, under a computed key a property", () => {
    check(`
const u = loadUser();
const named = { hi(this: any) { return this.n; } };
train(({ __proto__: named, n: u.name } as any).hi()); //! user.name
train(Object.keys({ __proto__: { [u.id]: 1 } })); //! none
train(Object.keys({ ["__proto__"]: 1, [u.id]: 1 })); //! user.id
`);
  });
});
