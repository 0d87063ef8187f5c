import { describe, expect, it } from "vitest";
import { annotated } from "../program.js";

const check = (code: string): void => {
  const { found, expected } = annotated(code);
  expect(found).toEqual(expected);
};

describe("Function", () => {
  it("call, apply, bind", () => {
    check(`
const u = loadUser();
function pick(this: any, k: string, other?: unknown) { return k === "self" ? this.v : other; }
train(pick.call({ v: u.email }, "self")); //! user.email
train(pick.call({ v: u.email }, "x", u.id)); //! user.id
train(pick.apply({ v: u.email }, ["self"])); //! user.email
train(pick.apply({ v: "x" }, ["x", u.name])); //! user.name
const bound = pick.bind({ v: u.email }, "self");
train(bound()); //! user.email
train(pick.bind({ v: u.email }, "other")("x")); //! none
train(pick.bind(null, "x").bind(null, u.id)()); //! user.id
train(pick.toString()); //! none
`);
  });

  it("borrows natives", () => {
    check(`
const u = loadUser();
function all() { return Array.prototype.slice.call(arguments, 1); }
train((all as any)(u.email, u.id)); //! user.id
const list: unknown[] = [];
Array.prototype.push.apply(list, [u.email]);
train(list); //! user.email
train(Math.max.apply(null, [1, 2])); //! none
train([].concat.apply([], [[u.id], ["x"]] as any)); //! user.id
`);
  });
});

describe("Reflect", () => {
  it("reads, writes, calls", () => {
    check(`
const u = loadUser();
const row = { email: u.email, note: "x" } as Record<string, unknown>;
train(Reflect.get(row, "email")); //! user.email
train(Reflect.get(row, "note")); //! none
Reflect.set(row, "email", "x");
train(row); //! none
Reflect.set(row, "id", u.id);
Reflect.deleteProperty(row, "id");
train(row); //! none
train(Reflect.ownKeys({ a: u.email })); //! none
train(Reflect.apply((x: string) => x, null, [u.name])); //! user.name
class Box { constructor(readonly v: string) {} }
train(Reflect.construct(Box, [u.age]).v); //! user.age
if (Reflect.has(row, "nothing")) train(u.email); //! none
`);
  });
});

describe("Proxy", () => {
  it("is its target without traps", () => {
    check(`
const u = loadUser();
const plain = new Proxy({ e: u.email, f: "x" }, {});
train(plain.e); //! user.email
train(plain.f); //! none
`);
  });

  it("asks its traps", () => {
    check(`
const u = loadUser();
const redacted = new Proxy({ ...u }, { get: (t: any, k) => (k === "email" ? "x" : t[k]) });
train(redacted.email); //! none
train(redacted.id); //! user.id
const logged: unknown[] = [];
const watched = new Proxy({ email: "" } as any, { set: (t, k, v) => { logged.push(v); t[k] = v; return true; } });
watched.email = u.email;
train(logged); //! user.email
train(watched.email); //! user.email
const dynamic: any = new Proxy({}, { get: (_, k) => (x: unknown) => x });
train(dynamic.anything(u.name)); //! user.name
const wrapped = new Proxy((x: unknown) => x, { apply: (t, self, args) => t("x") });
train(wrapped(u.email)); //! none
const passed = new Proxy((x: unknown) => x, { apply: (t, self, args) => (t as any)(...args) });
train(passed(u.email)); //! user.email
class Service { read() { return u.id; } }
const service = new Proxy(new Service(), { get: (t: any, k) => { const m = t[k]; return typeof m === "function" ? (...a: unknown[]) => m.apply(t, a) : m; } });
train(service.read()); //! user.id
`);
  });
});

describe("Symbol", () => {
  it("names properties", () => {
    check(`
const u = loadUser();
const key = Symbol("key");
const other = Symbol("key");
const row: any = { [key]: u.email, [other]: "x" };
train(row[key]); //! user.email
train(row[other]); //! none
row[Symbol.for("shared")] = u.id;
train(row[Symbol.for("shared")]); //! user.id
train(row[Symbol.for("another")]); //! none
train(Symbol("x").toString()); //! none
`);
  });
});

describe("Generators and iterators", () => {
  it("steps by hand", () => {
    check(`
const u = loadUser();
function* parts() { yield u.email; yield "x"; return u.id; }
const g = parts();
train(g.next().value); //! user.email
train(g.next().value); //! none
train(g.next().value); //! user.id
train(g.next().value); //! none
const it = [u.name, "x"][Symbol.iterator]();
train(it.next().value); //! user.name
train(it.next().value); //! none
const h = parts();
h.next();
train([...h]); //! none
const keys = new Map([["a", u.email]]).keys();
train(keys.next().value); //! none
`);
  });

  it("steps in a loop", () => {
    check(`
const u = loadUser();
function* parts() { yield u.email; yield u.id; }
const g = parts();
for (let r = g.next(); !r.done; r = g.next()) train(r.value); //! user.email user.id
train(g.next().done); //! none
`);
  });

  it("maps, filters, takes", () => {
    check(`
const u = loadUser();
function* parts(): any { yield u.email; yield "x"; yield u.id; }
train(parts().take(1).toArray()); //! user.email
train(parts().drop(2).toArray()); //! user.id
train([...parts().map((v: string) => v + "!")][1]); //! none
train(parts().filter((v: string) => v === "x").toArray()); //! user.email user.id
train(parts().map(() => 1).toArray()); //! none
train(parts().reduce((a: string, b: string) => a + b)); //! user.email user.id
train(parts().find(() => true)); //! user.email
`);
  });
});

describe("Number and Boolean", () => {
  it("converts", () => {
    check(`
const u = loadUser();
train(Number(u.age)); //! user.age
train(Number(u.age).toFixed(2)); //! user.age
train(parseInt(u.id, 10)); //! user.id
train(Number.isInteger(u.age), Boolean(u.email), isNaN(u.age)); //! none
train(Number("1")); //! none
if (Number("0")) train(u.email); //! none
if (Number("1")) train(u.email); //! user.email
train(BigInt(u.age)); //! user.age
train([u.age].map(Number)); //! user.age
`);
  });
});
