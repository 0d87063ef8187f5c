import { describe, expect, it } from "vitest";
import { annotated } from "../program.js";

const check = (code: string): void => {
  const { found, expected } = annotated(code);
  expect(found).toEqual(expected);
};

describe("Array: elements keep their places", () => {
  it("reads exact indices, and any element where the index is open", () => {
    check(`
const u = loadUser();
const list = [u.email, "x", u.id];
train(list[0]); //! user.email
train(list[1]); //! none
train(list.at(-1)); //! user.id
train(list[Math.floor(Math.random() * 3)]); //! user.email user.id
train(list.length); //! none
`);
  });

  it("slices, concatenates, reverses", () => {
    check(`
const u = loadUser();
const list = [u.email, u.name, u.id];
train(list.slice(1)); //! user.id user.name
train(list.slice(0, 1)); //! user.email
train(list.slice(-1)); //! user.id
train([...list].reverse()[0]); //! user.id
train(list.toReversed()[2]); //! user.email
train(list.concat(["x"], [[u.age]])[3]); //! none
train(list.concat("y", [u.age])[4]); //! user.age
`);
  });

  it("pushes, pops, shifts, unshifts", () => {
    check(`
const u = loadUser();
const list: unknown[] = [];
train(list); //! none
list.push(u.email, "x");
train(list[1]); //! none
train(list.pop()); //! none
train(list); //! user.email
train(list.shift()); //! user.email
train(list); //! none
list.push("a");
list.unshift(u.id);
train(list[0]); //! user.id
train(list[1]); //! none
`);
  });

  it("splices", () => {
    check(`
const u = loadUser();
const list: unknown[] = [u.email, u.name, u.id];
const removed = list.splice(1, 1, "x");
train(removed); //! user.name
train(list); //! user.email user.id
train(list[1]); //! none
list.splice(0);
train(list); //! none
train([u.email, u.name].toSpliced(0, 1)); //! user.name
train([u.email, u.name].with(0, "x")); //! user.name
train([u.email, u.name].fill("x")); //! none
train([u.email, u.name].fill("x", 1)); //! user.email
`);
  });

  it("sorts: constants exactly, others lose their places", () => {
    check(`
const u = loadUser();
const keys = ["b", "a"].sort();
const at: Record<string, unknown> = { a: "x", b: u.email };
train(at[keys[0]]); //! none
train(at[keys[1]]); //! user.email
const list = [u.email, "x"];
list.sort();
train(list[1]); //! user.email
const ranked = [{ n: 2, v: u.email }, { n: 1, v: "x" }].sort((p, q) => p.n - q.n);
train(ranked[0].v); //! none
train(ranked[1].v); //! user.email
`);
  });

  it("joins to text, and counts without content", () => {
    check(`
const u = loadUser();
train([u.email, "x"].join(" ")); //! user.email
train(["a", "b"].join(" ")); //! none
train([u.email].includes("x"), [u.email].indexOf("x"), [u.email].length); //! none
train(String([u.email, u.id])); //! user.email user.id
`);
  });

  it("flattens", () => {
    check(`
const u = loadUser();
train([[u.email], ["x"]].flat()[1]); //! none
train([[u.email], ["x"]].flat()[0]); //! user.email
train([1, 2].flatMap((n) => [n, u.id])[1]); //! user.id
train([1, 2].flatMap((n) => [n, u.id])[0]); //! none
train([[[u.email]]].flat(2)[0]); //! user.email
`);
  });
});

describe("Array: callbacks", () => {
  it("maps element by element", () => {
    check(`
const u = loadUser();
const list = [u.email, "x"].map((v) => ({ v }));
train(list[0].v); //! user.email
train(list[1].v); //! none
train([u.email, u.id].map(() => "x")); //! none
train([u.email].map((_, i) => i)); //! none
train(["email", "id"].map((k) => (u as any)[k])); //! user.email user.id
train(["id"].map((k) => (u as any)[k])); //! user.id
train([1].map(function (this: { v: string }) { return this.v; }, { v: u.name })); //! user.name
train([u.age].map(String)); //! user.age
train([u.age].map((n, i, all) => all[0])); //! user.age
`);
  });

  it("filters by what the callback says of each", () => {
    check(`
const u = loadUser();
const rows = [{ kind: "email", v: u.email }, { kind: "id", v: u.id }];
train(rows.filter((r) => r.kind === "id")); //! user.id
train(rows.filter((r) => r.kind !== "id")); //! user.email
train(rows.filter((r) => r.v.length > 3)); //! user.email user.id
train([u.email, null].filter(Boolean)); //! user.email
train(rows.find((r) => r.kind === "id")); //! user.id
train(rows.findLast((r) => r.kind === "email")); //! user.email
train(rows.find((r) => r.kind === "nothing")); //! none
train(rows[rows.findIndex((r) => r.kind === "id")]); //! user.id
`);
  });

  it("decides some and every", () => {
    check(`
const u = loadUser();
const kinds = ["a", "b"];
if (kinds.some((k) => k === "c")) train(u.email); //! none
if (kinds.some((k) => k === "b")) train(u.email); //! user.email
if (kinds.every((k) => k !== "a")) train(u.email); //! none
if (["email", "ssn"].includes("id")) train(u.email); //! none
if (["email", "ssn"].includes("ssn")) train(u.email); //! user.email
if ([u.name].includes("x")) train(u.email); //! user.email
`);
  });

  it("reduces in order", () => {
    check(`
const u = loadUser();
train(["id", "name"].reduce((acc, k) => ({ ...acc, [k]: (u as any)[k] }), {} as Record<string, unknown>)); //! user.id user.name
const picked = ["id", "name"].reduce<Record<string, unknown>>((acc, k) => { acc[k] = (u as any)[k]; return acc; }, {});
train(picked.id); //! user.id
train(picked.email); //! none
train([u.email, u.id].reduce((a, b) => a + b)); //! user.email user.id
train([u.email, u.id].reduce((a) => a + 1, 0)); //! none
train([u.email, "x"].reduceRight((a, b) => b)); //! user.email
train([u.email, "x"].reduce((a, b) => b)); //! none
`);
  });

  it("runs forEach for its effects", () => {
    check(`
const u = loadUser();
const out: string[] = [];
[u.email, u.id].forEach((v) => { out.push(v); });
train(out[1]); //! user.id
const seen: Record<string, unknown> = {};
["email", "id"].forEach((k) => { seen[k] = (u as any)[k]; });
delete seen.email;
train(seen); //! user.id
`);
  });
});

describe("Array: unknown numbers of elements", () => {
  const many = `
const u = loadUser();
const list: { v: string; k: string }[] = [];
for (let i = 0; i < Math.random() * 10; i++) list.push(i % 2 ? { v: u.email, k: "email" } : { v: u.id, k: "id" });
`;
  it("maps, filters and reduces any number of them", () => {
    check(`${many}
train(list.map((x) => x.v)); //! user.email user.id
train(list.map((x) => x.k)); //! none
train(list.filter((x) => x.k === "id").map((x) => x.v)); //! user.id
train(list.reduce((s, x) => s + x.v, "")); //! user.email user.id
train(list.reduce((s, x) => s + x.k, "")); //! none
train(list.find((x) => x.k === "email")?.v); //! user.email
train(list.map((x) => ({ k: x.k, v: x.k === "email" ? "" : x.v }))); //! user.id
`);
  });
  it("keeps accumulators of any number of turns", () => {
    check(`${many}
train(list.reduce<Record<string, unknown>>((acc, x) => ({ ...acc, [x.k]: x.v }), {})); //! user.email user.id
const byKind = Object.groupBy(list, (x) => x.k);
train(byKind.id); //! user.id
const chain = list.reduce<unknown>((acc, x) => ({ v: x.v, next: acc }), null);
train(chain); //! user.email user.id
`);
  });
  it("goes through arrays made of iterables and lengths", () => {
    check(`
const u = loadUser();
train(Array.from(new Set([u.email, "x"]))); //! user.email
train(Array.from({ length: 2 }, (_, i) => (i === 0 ? u.email : "x"))[1]); //! none
train(Array.from({ length: 2 }, (_, i) => (i === 0 ? u.email : "x"))[0]); //! user.email
train(Array.of(u.email, "x")[1]); //! none
train(new Array(3).fill(u.id)[2]); //! user.id
if (Array.isArray(u.tags)) train(u.tags); //! user.tags
if (Array.isArray("x")) train(u.tags); //! none
for (const [i, v] of [u.email, "x"].entries()) train(i); //! none
for (const [i, v] of ["x", u.email].entries()) if (i === 0) train(v); //! none
`);
  });
});

describe("lists of the program's own classes", () => {
  it("make lists of their class", () => {
    check(`
const u = loadUser();
class List extends Array<string> { tag = "t"; firstOr(d: string) { return this[0] ?? d; } get top() { return this[this.length - 1]; } }
train(List.of(u.id).firstOr("x")); //! user.id
train((List.from([u.email]) as List).firstOr("x")); //! user.email
const list = new List();
list.push(u.prompt, "b");
train((list.map((x) => x) as List).firstOr("x")); //! user.prompt
train((list.slice(1) as List).top); //! none
train((list.slice(0, 1) as List).top); //! user.prompt
train((list.map((x) => x.length) as unknown as List).firstOr("x")); //! none
train((list.map((x) => x) as List).tag, list.slice(0) instanceof List); //! none
class Plain extends Array<string> { static get [Symbol.species]() { return Array; } extra() { return u.name; } }
const plain = Plain.of("a").map((x) => x) as Plain;
train(plain instanceof Plain ? u.name : "x"); //! none
train(Plain.of("a").extra()); //! user.name
`);
  });
});
