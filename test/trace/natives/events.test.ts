import { check } from "./check.js";

check(
  "events are told apart by their names",
  `import { EventEmitter, once } from "node:events";
const u = loadUser();
const bus = new EventEmitter();
bus.on("user", (x: string) => train(x)); //! user.email
bus.on("other", (x: string) => train(x)); //! none
bus.once("two", (a: string, b: string) => train(b)); //! user.name
bus.emit("user", u.email);
bus.emit("two", u.id, u.name);
bus.on("user", (x: string) => void x);
const gone = (x: string) => train(x); //! none
bus.on("gone", gone);
bus.off("gone", gone);
bus.emit("gone", u.email);
const quiet = new EventEmitter();
quiet.on("user", (x: string) => train(x)); //! none
void (async () => {
  const next = once(bus, "late");
  bus.emit("late", u.prompt);
  const [v] = await next;
  train(v); //! user.prompt
})();
`,
);

check(
  "classes that extend emitters, names that are computed",
  `import EventEmitter from "node:events";
const u = loadUser();
class Store extends EventEmitter { private last = ""; save(x: string) { this.last = x; this.emit("saved", { x }); return this; } get value() { return this.last; } }
const s = new Store();
s.on("saved", (e: { x: string }) => train(e.x)); //! user.email
s.on("dropped", (e: { x: string }) => train(e.x)); //! none
train(s.save(u.email).value); //! user.email
const other = new Store();
other.on("saved", (e: { x: string }) => train(e.x)); //! none
const names = ["a", "b"];
const dynamic = new EventEmitter();
for (const n of names) dynamic.on(n, (x: string) => train(x)); //! user.name
dynamic.emit("a", u.name);
train(dynamic.listenerCount("a")); //! none
`,
);

check(
  "targets of the web platform",
  `const u = loadUser();
const target = new EventTarget();
target.addEventListener("mail", (e) => train((e as CustomEvent).detail)); //! user.email
target.addEventListener("else", (e) => train((e as CustomEvent).detail)); //! none
target.dispatchEvent(new CustomEvent("mail", { detail: u.email }));
const c = new AbortController();
c.signal.addEventListener("abort", () => train(c.signal.reason)); //! user.name
c.abort(u.name);
const { port1, port2 } = new MessageChannel();
port2.onmessage = (e) => train(e.data.id); //! user.id
port1.onmessage = (e) => train(e.data.id); //! none
port1.postMessage({ id: u.id, email: u.email });
`,
);

check(
  "asynchronous local storage",
  `import { AsyncLocalStorage } from "node:async_hooks";
const u = loadUser();
const store = new AsyncLocalStorage<{ email: string }>();
const inner = () => store.getStore()?.email;
store.run({ email: u.email }, () => {
  train(inner()); //! user.email
  setTimeout(() => train(inner()), 1); //! user.email
});
train(inner()); //! none
setTimeout(() => train(inner()), 1); //! none
store.run({ email: "x" }, () => train(inner())); //! none
`,
);

check(
  "listeners that hear one event only",
  `import { EventEmitter, once } from "node:events";
const u = loadUser();
const bus = new EventEmitter();
bus.once("x", (v: string) => train(v)); //! none
bus.emit("x", "first");
bus.emit("x", u.email);
bus.on("y", (v: string) => train(v)); //! user.name
bus.emit("y", "first");
bus.emit("y", u.name);
const t = new EventTarget();
t.addEventListener("z", (e) => train((e as CustomEvent).detail), { once: true }); //! user.id
t.dispatchEvent(new CustomEvent("z", { detail: u.id }));
t.dispatchEvent(new CustomEvent("z", { detail: u.email }));
const kept = (v: string) => train(v); //! none
bus.once("w", kept);
bus.removeListener("w", kept);
bus.emit("w", u.email);
void (async () => {
  const p = once(bus, "p");
  bus.emit("p", "a");
  bus.emit("p", u.prompt);
  train(await p); //! none
})();
`,
);

check(
  "constructors that inherit by util.inherits",
  `import { EventEmitter } from "node:events";
import { inherits } from "node:util";
const u = loadUser();
function Base(this: any, x: string) { this.x = x; }
Base.prototype.get = function (this: any) { return this.x; };
function Sub(this: any, x: string) { (Sub as any).super_.call(this, x); }
inherits(Sub as any, Base as any);
train(new (Sub as any)(u.id).get()); //! user.id
train(new (Sub as any)("x").get()); //! none
function Bus(this: any) { EventEmitter.call(this); }
inherits(Bus as any, EventEmitter);
const bus = new (Bus as any)();
bus.on("a", (x: string) => train(x)); //! user.name
bus.on("b", (x: string) => train(x)); //! none
bus.emit("a", u.name);
`,
);
