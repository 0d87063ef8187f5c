import { check } from "./check.js";

check(
  "caches: what is put in under a key comes out under it, and of that cache",
  `import { LRUCache } from "lru-cache";
import NodeCache from "node-cache";
import QuickLRU from "quick-lru";
const one = new LRUCache<string, string>({ max: 10 });
const two = new LRUCache<string, string>({ max: 10 });
one.set("a", user.email);
one.set("b", "x");
train(one.get("a")); //! user.email
train(one.get("b")); //! none
train(one.peek("a")); //! user.email
train(one.has("a")); //! none
train(two.get("a")); //! none
train(one); //! user.email
one.delete("a");
train(one.get("a")); //! none
const cache = new NodeCache({ stdTTL: 100 });
cache.set("u", { id: user.id, name: user.name }, 60);
train((cache.get("u") as any).id); //! user.id
train(cache.take("u")); //! user.id user.name
train(cache.keys()); //! none
const quick = new QuickLRU({ maxSize: 1 });
quick.set(user.id, 1);
train([...quick.keys()]); //! user.id
train([...quick.values()]); //! none`,
);

check(
  "caches that fetch what they do not have",
  `import { LRUCache } from "lru-cache";
const people = new LRUCache({ max: 10, fetchMethod: async (id: string) => ({ id, name: user.name, n: 1 }) });
const sizes = new LRUCache({ max: 10, memoMethod: (id: string) => user.email.length });
async function main() {
  train(((await people.fetch("a")) as any).name); //! user.name
  train(((await people.fetch("a")) as any).n); //! none
  train(sizes.memo("a")); //! none
}
void main();`,
);

check(
  "memoized functions are the functions",
  `import memoizee from "memoizee";
const name = memoizee((u: { name: string; id: string }) => u.name, { maxAge: 1000 });
train(name(user)); //! user.name
train(name({ name: "x", id: user.id })); //! none`,
);

check(
  "emitters",
  `import EventEmitter from "eventemitter3";
import mitt from "mitt";
const events = new EventEmitter();
events.on("user", (u) => {
  train(u.id); //! user.id
});
events.on("other", (x) => {
  train(x); //! none
});
events.emit("user", user);
events.emit("other", "x");
const bus = mitt<{ named: string; aged: number }>();
bus.on("named", (name) => {
  train(name); //! user.name
});
bus.on("aged", (age) => {
  train(age); //! none
});
bus.emit("named", user.name);
class Store extends EventEmitter {
  put(x: string) { this.emit("put", x); }
}
const store = new Store();
store.on("put", (x) => {
  train(x); //! user.email
});
store.put(user.email);`,
);

check(
  "loggers swallow",
  `import pino from "pino";
import winston from "winston";
import debug from "debug";
const log = pino({ level: "info" }).child({ user: user.id });
train(log.info(user)); //! none
winston.createLogger({}).info(user.email, { user });
const d = debug("app");
train(d(user.name)); //! none`,
);
