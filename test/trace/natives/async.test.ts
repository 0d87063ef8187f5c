import { check } from "./check.js";

check(
  "queues, deferreds, caches, retries",
  `const u = loadUser();
class Queue<T> {
  private items: T[] = [];
  private waiting: ((x: T) => void)[] = [];
  push(x: T) { const w = this.waiting.shift(); if (w) w(x); else this.items.push(x); }
  next(): Promise<T> { const x = this.items.shift(); return x !== undefined ? Promise.resolve(x) : new Promise((r) => this.waiting.push(r)); }
}
class Deferred<T> { promise: Promise<T>; resolve!: (v: T) => void; reject!: (e: Error) => void; constructor() { this.promise = new Promise((res, rej) => { this.resolve = res; this.reject = rej; }); } }
void (async () => {
  const q = new Queue<string>();
  q.push(u.email);
  train(await q.next()); //! user.email
  const q2 = new Queue<string>();
  const p = q2.next();
  q2.push(u.name);
  train(await p); //! user.name
  const d = new Deferred<string>();
  setTimeout(() => d.resolve(u.id), 1);
  train(await d.promise); //! user.id
  const d2 = new Deferred<string>();
  d2.reject(new Error(u.prompt));
  try { await d2.promise; train("no"); } catch (e) { train((e as Error).message); } //! user.prompt
  const cache = new Map<string, Promise<string>>();
  const get = (k: string, load: () => Promise<string>) => { let p = cache.get(k); if (!p) { p = load(); cache.set(k, p); } return p; };
  train(await get("a", async () => u.email)); //! user.email
  train(await get("b", async () => "x")); //! none
  async function retry<T>(fn: () => Promise<T>, n: number): Promise<T> { try { return await fn(); } catch (e) { if (n <= 0) throw e; return retry(fn, n - 1); } }
  train(await retry(async () => u.id, 3)); //! user.id
})();
`,
);

check(
  "combinators and chains",
  `const u = loadUser();
void (async () => {
  const first = await Promise.all([Promise.resolve({ a: u.id }), Promise.resolve({ b: u.name })]).then(([x]) => x.a);
  train(first); //! user.id
  const settled = (await Promise.allSettled([Promise.resolve(u.id), Promise.resolve(u.email)])).filter((r) => r.status === "fulfilled").map((r) => (r as { value: string }).value);
  train(settled); //! user.email user.id
  const [ok] = await Promise.allSettled([Promise.resolve("x"), Promise.reject(new Error(u.email))]);
  train(ok); //! none
  await Promise.resolve(u.email).then(async (x) => { await null; return x.length; }).then((n) => train(n)); //! none
  const pipeline = [async (x: string) => x.trim(), async (x: string) => x + u.name];
  let acc = Promise.resolve(u.id);
  for (const step of pipeline) acc = acc.then(step);
  train(await acc); //! user.id user.name
  const results: string[] = [];
  await Promise.all([1, 2].map(async (i) => { await null; results.push(u.name + i); }));
  train(results); //! user.name
  const thenable = { then(res: (v: string) => void) { res(u.email); } };
  train(await Promise.resolve(thenable)); //! user.email
  async function* pages() { yield [u.email]; yield [u.name]; }
  for await (const page of pages()) train(page); //! user.email user.name
  const timeout = <T>(p: Promise<T>, ms: number) => Promise.race([p, new Promise<never>((_, rej) => setTimeout(() => rej(new Error("late")), ms))]);
  train(await timeout(Promise.resolve(u.id), 5)); //! user.id
})().catch((e) => train(e)); //! none
`,
);
