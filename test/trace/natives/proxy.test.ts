/** Proxies: traps run when their operation does. */
import { check } from "./check.js";

check(
  "a get trap is asked for every name, with that name",
  `
const u = loadUser();
const constant = new Proxy({ k: u.name } as any, { get: (t) => t.k });
train(constant.other); //! user.name
const masked = new Proxy({ k: u.name } as any, { get: () => "x" });
train(masked.k, masked.other); //! none
const snake = new Proxy({ first_name: u.name, mail: u.email } as any, { get: (t, k: string) => t[k.replace(/[A-Z]/g, (c) => "_" + c.toLowerCase())] });
train(snake.firstName); //! user.name
train(snake.mail); //! user.email
const byDefault = new Proxy({ a: "x" } as any, { get: (t, k) => (k in t ? t[k] : u.email) });
train(byDefault.b); //! user.email
train(byDefault.a); //! none
const { proxy } = Proxy.revocable({ a: u.id } as any, { get: (t, k) => (k === "secret" ? u.email : Reflect.get(t, k)) });
train(proxy.secret); //! user.email
train(proxy.a); //! user.id
train({ ...proxy }); //! user.id
const view = new Proxy({ ...u }, { get: (t: any, k) => (k === "email" ? undefined : t[k]) });
train(JSON.stringify({ e: view.email, n: view.name })); //! user.name
`,
);

check(
  "of lists, too",
  `
const u = loadUser();
const next = new Proxy(["a", u.id], { get: (t: any, k: any) => t[Number(k) + 1] });
train(next[0]); //! user.id
const first = new Proxy([u.name, "b"], { get: (t: any, k: any) => (k === "0" ? "first" : t[k]) });
train(first[0]); //! none
for (const x of first) train(x); //! none
train(new Proxy([u.name, "b"], { get: (t: any, k: any) => t[k] })[0]); //! user.name
train(new Proxy([u.name, "b"], { get: (t: any, k: any) => t[k] }).map((x: string) => x)); //! user.name
`,
);

check(
  "what set, delete and define traps do",
  `
const u = loadUser();
const log: unknown[] = [];
const recorded = new Proxy({} as any, { set(t, k, v) { log.push(v); t[k] = v; return true; } });
recorded.a = u.id;
recorded.b = "x";
train(log); //! user.id
train(recorded.a); //! user.id
train(recorded.b); //! none
const dropping = new Proxy({} as any, { set: () => true });
dropping.a = u.email;
train(dropping.a); //! none
Object.assign(recorded, { c: u.name });
train(log); //! user.id user.name
const undo = new Proxy({ a: u.email, b: 2 } as any, { deleteProperty(t, k) { t.gone = t[k]; return delete t[k]; } });
delete undo.a;
train(undo.gone); //! user.email
train(undo.a); //! none
const defined = new Proxy({} as any, { defineProperty: (t, k, d) => Reflect.defineProperty(t, k, { ...d, value: "masked" }) });
Object.defineProperty(defined, "m", { value: u.email, configurable: true });
train(defined.m); //! none
const passing = new Proxy({} as any, { defineProperty: (t, k, d) => Reflect.defineProperty(t, k, d) });
Object.defineProperty(passing, "m", { value: u.email, configurable: true });
train(passing.m); //! user.email
`,
);

check(
  "the keys that a proxy names",
  `
const u = loadUser();
const some = new Proxy({ email: u.email, id: u.id }, { ownKeys: () => ["id"], get: (t: any, k) => t[k] });
train({ ...some }); //! user.id
train(some.email); //! user.email
train("email" in new Proxy({}, { has: () => true }) ? u.name : "x"); //! user.name
`,
);
