import { describe, expect, it } from "vitest";
import { annotated } from "../program.js";

const check = (code: string, options?: Parameters<typeof annotated>[1]): void => {
  const { found, expected } = annotated(code, options);
  expect(found).toEqual(expected);
};

describe("Collections and state", () => {
  it("elements are shared, lists are not", () => {
    check(`
const u = loadUser();
// aliasing through arrays
const row = { v: "x" };
const list = [row, { v: "y" }];
list.forEach((r, i) => { if (i === 0) r.v = u.email; });
train(row.v); //! user.email
train(list[1].v); //! none
const copy = list.slice();
copy[1] = { v: u.id };
train(list[1].v); //! none
train(copy[1].v); //! user.id
copy[0].v = "z";
train(list[0].v); //! none
`);
  });
  it("filters tell kinds, classes and nothing apart", () => {
    check(`
const u = loadUser();
const out = [u.email, u.id].map((v) => { if (v.length > 3) return { v }; return null; });
train(out); //! user.email user.id
train(out.filter((x) => x !== null).map((x) => x!.v)); //! user.email user.id
train(out.filter((x) => x === null)); //! none
const strs = [u.email, 5, null].filter((x): x is string => typeof x === "string");
train(strs); //! user.email
train([u.email, 5, null].filter((x) => typeof x === "number")); //! none
class A { kind = "a"; constructor(public v: string) {} }
class B { kind = "b"; constructor(public v: string) {} }
const mixed: (A | B)[] = [];
for (let i = 0; i < Math.random() * 9; i++) mixed.push(i > 3 ? new A(u.email) : new B(u.id));
train(mixed.filter((x) => x instanceof A).map((x) => x.v)); //! user.email
train(mixed.find((x) => x.kind === "b")!.v); //! user.id
`);
  });
  it("what callbacks throw goes to the handler around", () => {
    check(`
const u = loadUser();
try { [1].forEach(() => { throw new Error(u.email); }); } catch (e: any) {
  train(e.message); //! user.email
}
try { [1].map((x) => { if (x > 1) throw new Error(u.email); return x; }); } catch (e: any) {
  train(e.message); //! none
}
function f() { [u.id].some((x) => { if (x) throw { x }; return false; }); return "ok"; }
try { train(f()); } catch (e: any) { //! none
  train(e.x); //! user.id
}
`);
  });
  it("asynchronous callbacks", () => {
    check(`
const u = loadUser();
const all = await Promise.all([u.email, "x"].map(async (v) => v));
train(all[0]); //! user.email
train(all[1]); //! none
const seq: string[] = [];
for (const v of [u.id]) seq.push(await Promise.resolve(v));
train(seq); //! user.id
const sum = await [u.name, "y"].reduce(async (acc, v) => (await acc) + v, Promise.resolve(""));
train(sum); //! user.name
train(await Array.fromAsync([Promise.resolve(u.age)])); //! user.age
`);
  });
  it("maps of maps", () => {
    check(`
const u = loadUser();
const nested = new Map<string, Map<string, string>>();
function put(a: string, b: string, v: string) {
  let inner = nested.get(a);
  if (!inner) { inner = new Map(); nested.set(a, inner); }
  inner.set(b, v);
}
put("x", "1", u.email);
put("x", "2", u.id);
put("y", "1", "z");
train(nested.get("x")!.get("1")); //! user.email
train(nested.get("x")!.get("2")); //! user.id
train(nested.get("y")!.get("1")); //! none
const flat = [...nested].flatMap(([a, inner]) => [...inner].map(([b, v]) => ({ key: a + b, v })));
train(flat.map((f) => f.key)); //! none
train(flat.map((f) => f.v)); //! user.email user.id
const sizes = Array.from(nested.values(), (x) => x.size);
train(sizes); //! none
const inverted = new Map([...new Map([["k", u.name]])].map(([k, v]) => [v, k] as const));
train([...inverted.keys()]); //! user.name
train([...inverted.values()]); //! none
`);
  });
  it("reducers over lists of actions", () => {
    check(`
const u = loadUser();
type S = { items: { id: number; text: string }[]; by: Record<string, string> };
type Action = { t: "add"; text: string } | { t: "clear" } | { t: "set"; k: string; v: string };
function reducer(s: S, a: Action): S {
  switch (a.t) {
    case "add": return { ...s, items: [...s.items, { id: s.items.length, text: a.text }] };
    case "clear": return { ...s, items: [] };
    case "set": return { ...s, by: { ...s.by, [a.k]: a.v } };
  }
}
const init: S = { items: [], by: {} };
const s1 = ([{ t: "add", text: u.email }, { t: "add", text: "x" }] as Action[]).reduce(reducer, init);
train(s1.items[0].text); //! user.email
train(s1.items[1].text); //! none
const s2 = ([{ t: "add", text: u.email }, { t: "clear" }, { t: "set", k: "n", v: u.name }] as Action[]).reduce(reducer, init);
train(s2.items); //! none
train(s2.by.n); //! user.name
train(s2.by.m); //! none
train(s1.items.map((i) => (i.id === 0 ? { ...i, text: "gone" } : i))); //! none
train(s1.items.with(0, { id: 0, text: "" })); //! none
`);
  });
  it("dictionaries, counters, accessors", () => {
    check(`
const u = loadUser();
const dict = Object.create(null);
dict[u.id] = 1;
train(Object.keys(dict)); //! user.id
train(Object.values(dict)); //! none
const counts: Record<string, number> = {};
for (const w of [u.email, u.id]) counts[w] = (counts[w] ?? 0) + 1;
train(counts); //! user.email user.id
train(Object.values(counts)); //! none
train(Object.entries(counts).sort(([, a], [, b]) => b - a).map(([w]) => w)); //! user.email user.id
train(Object.entries(counts).map(([, n]) => n)); //! none
const o = { get full() { return u.name + "!"; }, set full(v: string) {}, plain: 1 };
train(Object.entries(o)); //! user.name
train(Object.keys(o)); //! none
train(Object.assign({}, o).full); //! user.name
const frozen = Object.freeze({ a: { b: "x" } });
frozen.a.b = u.email;
train(frozen); //! user.email
for (const k in { email: u.email, b: 1 }) train(k); //! none
`);
  });
});
