import { describe, expect, it } from "vitest";
import { annotated } from "../program.js";

const check = (code: string, options?: Parameters<typeof annotated>[1]): void => {
  const { found, expected } = annotated(code, options);
  expect(found).toEqual(expected);
};

describe("Idioms of collections", () => {
  it("pick and omit", () => {
    check(`
const u = loadUser();
function pick<T extends object, K extends keyof T>(o: T, keys: readonly K[]) {
  return keys.reduce((acc, k) => { acc[k] = o[k]; return acc; }, {} as Pick<T, K>);
}
function omit<T extends object>(o: T, ...keys: string[]) {
  return Object.fromEntries(Object.entries(o).filter(([k]) => !keys.includes(k)));
}
function omitIn<T extends object>(o: T, keys: string[]) {
  const copy: any = { ...o };
  for (const k of keys) delete copy[k];
  return copy;
}
function pickIn(o: any, keys: string[]) {
  const out: any = {};
  for (const k of Object.keys(o)) if (keys.indexOf(k) !== -1) out[k] = o[k];
  return out;
}
train(pick(u, ["id", "age"])); //! user.age user.id
train(omit(u, "email", "prompt", "name")); //! user.age user.id user.tags
train(omitIn(u, ["email", "prompt", "name"])); //! user.age user.id user.tags
train(pickIn(u, ["id"])); //! user.id
const ALLOWED = new Set(["id", "age"]);
train(Object.keys(u).filter((k) => ALLOWED.has(k)).map((k) => (u as any)[k])); //! user.age user.id
const byName = Object.keys(u).reduce((acc, k) => (k === "email" ? acc : { ...acc, [k]: (u as any)[k] }), {});
train(byName); //! user.age user.id user.name user.prompt user.tags
`);
  });

  it("recursive redaction", () => {
    check(`
const u = loadUser();
const SECRET = ["email", "name"];
function scrub(v: any): any {
  if (Array.isArray(v)) return v.map(scrub);
  if (v !== null && typeof v === "object") return Object.fromEntries(Object.entries(v).filter(([k]) => !SECRET.includes(k)).map(([k, x]) => [k, scrub(x)]));
  return v;
}
train(scrub({ a: { email: u.email, id: u.id }, list: [{ name: u.name, age: u.age }] })); //! user.age user.id
function mask(v: any): any {
  const out: any = {};
  for (const [k, x] of Object.entries(v)) out[k] = SECRET.includes(k) ? "***" : typeof x === "object" ? mask(x) : x;
  return out;
}
train(mask({ a: { email: u.email, id: u.id }, name: u.name })); //! user.id
`);
  });

  it("chunk, zip, partition, unique, key by", () => {
    check(`
const u = loadUser();
const chunk = <T>(xs: T[], n: number): T[][] => xs.length === 0 ? [] : [xs.slice(0, n), ...chunk(xs.slice(n), n)];
train(chunk([u.email, "a", u.id, "b"], 2)[1]); //! user.id
train(chunk([u.email, "a", u.id, "b"], 2)[0][1]); //! none
const zip = <A, B>(a: A[], b: B[]) => a.map((x, i) => [x, b[i]] as const);
train(zip([u.email, u.id], ["x", "y"]).map(([, y]) => y)); //! none
train(zip([u.email, u.id], ["x", "y"])[1][0]); //! user.id
const partition = <T>(xs: T[], f: (x: T) => boolean) => xs.reduce<[T[], T[]]>(([a, b], x) => (f(x) ? [[...a, x], b] : [a, [...b, x]]), [[], []]);
const [yes, no] = partition([{ k: 1, v: u.email }, { k: 2, v: u.id }], (x) => x.k === 1);
train(yes); //! user.email
train(no); //! user.id
const keyBy = <T extends { k: string }>(xs: T[]) => Object.fromEntries(xs.map((x) => [x.k, x]));
train(keyBy([{ k: "a", v: u.email }, { k: "b", v: u.id }]).b.v); //! user.id
train([...new Set([u.email, u.email])]); //! user.email
train([u.email, u.id].map((v, i) => ({ v, i })).sort((a, b) => b.i - a.i).map((x) => x.v)[0]); //! user.id
train([u.email, undefined, u.id].flatMap((x) => (x === undefined ? [] : [x]))[1]); //! user.id
`);
  });

  it("registries of callbacks", () => {
    check(`
const u = loadUser();
class Bus {
  private readonly handlers = new Map<string, Set<(x: unknown) => void>>();
  on(name: string, h: (x: unknown) => void) {
    const set = this.handlers.get(name) ?? new Set();
    set.add(h);
    this.handlers.set(name, set);
    return this;
  }
  emit(name: string, x: unknown) { for (const h of this.handlers.get(name) ?? []) h(x); }
}
const bus = new Bus();
bus.on("user", (x) => {
  train(x); //! user.email
});
bus.on("note", (x) => {
  train(x); //! none
});
bus.emit("user", u.email);
bus.emit("note", "x");
`);
  });

  it("caches and queues", () => {
    check(`
const u = loadUser();
class Lru<V> {
  private map = new Map<string, V>();
  constructor(private size: number) {}
  get(k: string) { const v = this.map.get(k); if (v !== undefined) { this.map.delete(k); this.map.set(k, v); } return v; }
  set(k: string, v: V) { this.map.set(k, v); if (this.map.size > this.size) { const first = this.map.keys().next().value; if (first !== undefined) this.map.delete(first); } }
}
const a = new Lru<string>(2);
const b = new Lru<string>(2);
a.set("k", u.email);
b.set("k", "x");
train(a.get("k")); //! user.email
train(b.get("k")); //! none
const queue: { run: () => unknown }[] = [];
queue.push({ run: () => u.id });
while (queue.length > 0) train(queue.shift()!.run()); //! user.id
const stack = [u.name];
for (let top = stack.pop(); top !== undefined; top = stack.pop()) train(top); //! user.name
const hidden = new WeakMap<object, { v: string }>();
class Person { constructor(v: string) { hidden.set(this, { v }); } get v() { return hidden.get(this)!.v; } }
train(new Person(u.email).v); //! user.email
`);
  });

  it("iterables by hand", () => {
    check(`
const u = loadUser();
class Range { constructor(private items: unknown[]) {} *[Symbol.iterator]() { yield* this.items; } }
train([...new Range([u.email])]); //! user.email
train(Array.from(new Range(["x"]))); //! none
const counted = { i: 0, [Symbol.iterator]() { return this; }, next() { return this.i++ < 2 ? { value: u.id, done: false } : { value: undefined, done: true }; } };
for (const x of counted as any) train(x); //! user.id
class Stack<T> extends Array<T> { top() { return this[this.length - 1]; } }
const s = new Stack<string>();
s.push("x", u.email);
train(s.top()); //! user.email
train(s[0]); //! none
const [first, ...rest] = new Set([u.email, u.id]);
train(rest); //! user.email user.id
const [[k1, v1]] = new Map([["a", u.name]]);
train(v1); //! user.name
train(k1); //! none
`);
  });

  it("composition by reduce, curried callbacks", () => {
    check(`
const u = loadUser();
const pipe = (...fns: ((x: any) => any)[]) => (x: any) => fns.reduce((v, f) => f(v), x);
train(pipe((x) => x.email, (x) => x + "!")(u)); //! user.email
train(pipe((x) => x.email, (x) => x.length)(u)); //! none
const prop = (k: string) => (x: any) => x[k];
train([u].map(prop("id"))); //! user.id
train([u, u].map(prop("name")).concat("x")); //! user.name
const table: Record<string, (x: any) => unknown> = { a: (x) => x.email, b: () => 1 };
train(Object.entries(table).map(([k, f]) => [k, f(u)])[1]); //! none
train(Object.values(table).map((f) => f(u))[0]); //! user.email
`);
  });

  it("lists of an unknown number of users", () => {
    check(
      `
import type { User } from "./source.js";
export function run(users: User[], opts: { only?: string }) {
  train(users.map((x) => x.email)); //! user.email
  train(users.map(({ email, ...rest }) => rest)); //! user.age user.id user.name user.prompt user.tags
  train(users.filter((x) => x.age > 3).map((x) => x.id)); //! user.id
  train(users.reduce((n, x) => n + x.tags.length, 0)); //! none
  train(new Map(users.map((x) => [x.id, x.name] as const))); //! user.id user.name
  train([...new Map(users.map((x) => [x.id, x.name] as const)).keys()]); //! user.id
  train(users.flatMap((x) => x.tags)); //! user.tags
  train(users.sort((a, b) => a.age - b.age)[0]?.prompt); //! user.prompt
  train(Object.groupBy(users, (x) => x.id)); //! user.age user.email user.id user.name user.prompt user.tags
  train(Object.keys(Object.groupBy(users, (x) => x.id))); //! user.id
  train(users.some((x) => x.email === "a"), users.findIndex((x) => x.id === "1")); //! none
  train(users.entries().toArray().map(([i]) => i)); //! none
  const byId: Record<string, string> = {};
  users.forEach((x) => { byId[x.id] = x.name; });
  train(Object.values(byId)); //! user.name
  train(Object.keys(byId)); //! user.id
  const names: string[] = [];
  for (const x of users) names.push(x.name);
  train(names.join()); //! user.name
  const grouped = users.reduce<Record<string, string[]>>((acc, x) => { (acc[x.id] ??= []).push(x.email); return acc; }, {});
  train(Object.values(grouped)); //! user.email
}`,
      {
        sources: ["id", "email", "name", "prompt", "age", "tags"]
          .map((f) => `  - { field: user.${f}, property: ./source.ts:User.${f} }\n`)
          .join(""),
      },
    );
  });
});
