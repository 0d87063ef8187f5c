import { describe, expect, it } from "vitest";
import { annotated } from "../program.js";

const check = (code: string): void => {
  const { found, expected } = annotated(code);
  expect(found).toEqual(expected);
};

describe("Map", () => {
  it("keeps entries under constant keys apart", () => {
    check(`
const u = loadUser();
const map = new Map<string, unknown>([["email", u.email], ["note", "x"]]);
train(map.get("email")); //! user.email
train(map.get("note")); //! none
train(map.get("other")); //! none
train(map); //! user.email
train([...map.values()][1]); //! none
train([...map.keys()]); //! none
train([...map]); //! user.email
train(map.size); //! none
map.set("email", "x");
train(map); //! none
map.set("id", u.id).set("z", 1);
train(map.get("id")); //! user.id
map.delete("id");
train(map); //! none
map.set("id", u.id);
map.clear();
train(map); //! none
`);
  });

  it("decides whether a key is there", () => {
    check(`
const u = loadUser();
const map = new Map([["a", 1]]);
if (map.has("b")) train(u.email); //! none
if (map.has("a")) train(u.email); //! user.email
if (Math.random() > 0.5) map.set("b", 2);
if (map.has("b")) train(u.id); //! user.id
if (!map.has("b")) train(u.name); //! user.name
const cache = new Map<string, string>();
cache.set("k", "x");
train(cache.get("k") ?? u.email); //! none
train(cache.get("l") ?? u.email); //! user.email
`);
  });

  it("writes under open keys to any of them", () => {
    check(`
const u = loadUser();
const map = new Map<string, unknown>([["a", "x"], ["b", u.id]]);
const key = String(Math.random());
map.set(key, u.email);
train(map.get("a")); //! user.email
train(map.get("b")); //! user.email user.id
train(map.get(key)); //! user.email user.id
const spelled = new Map([[u.email, "x"]]);
train([...spelled.keys()]); //! user.email
train([...spelled.values()]); //! none
train(spelled.get(u.email)); //! none
`);
  });

  it("takes objects as keys", () => {
    check(`
const u = loadUser();
const a = {};
const b = {};
const map = new WeakMap<object, unknown>();
map.set(a, u.email);
map.set(b, "x");
train(map.get(a)); //! user.email
train(map.get(b)); //! none
if (map.has({})) train(u.id); //! none
`);
  });

  it("calls forEach with value and key", () => {
    check(`
const u = loadUser();
const map = new Map<string, unknown>([["email", u.email], ["id", u.id]]);
const out: Record<string, unknown> = {};
map.forEach((v, k) => { if (k !== "email") out[k] = v; });
train(out); //! user.id
for (const [k, v] of map) if (k === "email") train(v); //! user.email
for (const [k, v] of map.entries()) if (k === "id") train(v); //! user.id
train(Object.fromEntries(map).id); //! user.id
train(Array.from(map, ([k, v]) => k)); //! none
const copy = new Map(map);
copy.delete("email");
train(copy); //! user.id
`);
  });

  it("is extended by classes", () => {
    check(`
const u = loadUser();
class Registry extends Map<string, string> {
  put(k: string, v: string) { this.set(k, v); return this; }
}
const r = new Registry();
r.put("a", u.email).put("b", "x");
train(r.get("a")); //! user.email
train(r.get("b")); //! none
`);
  });
});

describe("Set", () => {
  it("holds elements", () => {
    check(`
const u = loadUser();
const set = new Set<unknown>([u.email]);
set.add("x");
train([...set]); //! user.email
train(set.has("x")); //! none
set.add(u.id);
set.forEach((v) => { train(v); }); //! user.email user.id
set.clear();
train(set); //! none
const objects = new Set([{ v: u.email }, { v: "x" }]);
train([...objects].map((o) => o.v)[1]); //! none
`);
  });

  it("decides membership of constants", () => {
    check(`
const u = loadUser();
const drop = new Set(["email", "prompt"]);
const out: Record<string, unknown> = {};
for (const k of ["id", "email"]) if (!drop.has(k)) out[k] = (u as any)[k];
train(out); //! user.id
drop.delete("email");
for (const k of ["name", "email"]) if (!drop.has(k)) out[k] = (u as any)[k];
train(out); //! user.email user.id user.name
`);
  });

  it("combines", () => {
    check(`
const u = loadUser();
const a: any = new Set(["x", "y"]);
const b: any = new Set(["y", u.email]);
train([...a.union(b)]); //! user.email
train([...a.intersection(new Set(["y"]))]); //! none
train([...b.difference(a)]); //! user.email
if (a.difference(new Set(["x"])).has("x")) train(u.id); //! none
if (a.difference(new Set(["x"])).has("y")) train(u.id); //! user.id
if (a.union(new Set(["z"])).has("z")) train(u.name); //! user.name
`);
  });
});
