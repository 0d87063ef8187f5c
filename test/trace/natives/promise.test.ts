import { check } from "./check.js";

check(
  "what a promise comes to, and what it does not",
  `const u = loadUser();
async function main() {
  train(await new Promise<string>((resolve) => resolve(u.email))); //! user.email
  train(await new Promise<string>((resolve) => setTimeout(() => resolve(u.name), 10))); //! user.name
  train(await Promise.resolve(u.id).then((x) => x.length)); //! none
  train(await Promise.resolve(u.id).then((x) => ({ x }))); //! user.id
  train(await Promise.resolve(u.id).finally(() => u.email)); //! user.id
  const [a, b] = await Promise.all([Promise.resolve(u.email), u.name, Promise.resolve(1)]);
  train(a); //! user.email
  train(b); //! user.name
  train(await Promise.race([Promise.resolve(u.email), Promise.resolve(u.name)])); //! user.email user.name
  train(await Promise.any([Promise.reject(new Error(u.prompt)), Promise.resolve(u.name)])); //! user.name
  const late = <T>(v: T): Promise<T> => new Promise((resolve) => setTimeout(() => resolve(v), 10));
  train(await Promise.race([Promise.resolve("x"), late(u.email)])); //! user.email
  train(await Promise.race([late("x"), late("y")])); //! none
  train(await Promise.any([late("x"), late(u.prompt)])); //! user.prompt
  const { promise, resolve } = Promise.withResolvers<string>();
  resolve(u.prompt);
  train(await promise); //! user.prompt
  train(Promise.resolve(1)); //! none
}
void main();
`,
);

check(
  "rejections",
  `const u = loadUser();
async function main() {
  await Promise.reject(new Error(u.email)).catch((e: Error) => train(e.message)); //! user.email
  await new Promise((_, reject) => reject(new Error(u.name))).then(undefined, (e: Error) => train(e.message)); //! user.name
  await Promise.resolve(u.id).then(() => { throw new Error(u.prompt); }).catch((e: Error) => train(e.message)); //! user.prompt
  try { await Promise.all([Promise.resolve(1), Promise.reject(new Error(u.name))]); } catch (e) { train((e as Error).message); } //! user.name
  const settled = await Promise.allSettled([Promise.resolve(u.id), Promise.reject(new Error(u.email))]);
  train(settled[0]); //! user.id
  for (const s of settled) if (s.status === "rejected") train(s.reason); //! user.email
  for (const s of settled) if (s.status === "fulfilled") train(s.value); //! user.id
  const ok = await Promise.resolve(u.id).catch(() => u.email);
  train(ok); //! user.id
  const load = async () => (Math.random() > 2 ? u.name : u.id);
  train(await load().catch(() => u.email)); //! user.email user.id user.name
}
void main();
`,
);

check(
  "later settlement reaches who waits for all",
  `const u = loadUser();
const { promise, resolve } = Promise.withResolvers<string>();
async function main() {
  const both = Promise.all([promise, Promise.resolve(u.id)]);
  resolve(u.email);
  const [a, b] = await both;
  train(a); //! user.email
  train(b); //! user.id
}
void main();
function legacy(id: string, cb: (e: Error | null, v: string) => void) { setTimeout(() => cb(null, id), 5); }
void new Promise<string>((res, rej) => legacy(u.name, (e, v) => (e ? rej(e) : res(v)))).then((v) => train(v)); //! user.name
`,
);

check(
  "timers",
  `import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
const u = loadUser();
setTimeout((x: string) => train(x), 10, u.email); //! user.email
setImmediate((x: string) => train(x), u.name); //! user.name
process.nextTick((x: string, y: number) => train(y), u.name, 1); //! none
queueMicrotask(() => train(u.id)); //! user.id
const t = setInterval(() => clearInterval(t), 5);
let state = "";
setTimeout(() => { state = u.prompt; }, 1);
setTimeout(() => train(state), 2); //! user.prompt
train(state); //! none
void (async () => {
  train(await sleep(5, u.age)); //! user.age
  train(await sleep(5)); //! none
  const read = promisify((id: string, cb: (e: Error | null, v: string) => void) => cb(null, id));
  train(await read(u.id)); //! user.id
})();
`,
);

check(
  "errors carry message, cause and their own fields",
  `const u = loadUser();
class Failed extends Error { constructor(message: string, readonly email: string) { super(message); this.name = "Failed"; } }
try { throw new Failed("no " + u.name, u.email); } catch (e) {
  if (e instanceof Failed) {
    train(e.message); //! user.name
    train(e.email); //! user.email
    train(e.name); //! none
    train(String(e)); //! user.name
    train(e.stack); //! user.name
  }
}
const wrapped = new Error("outer", { cause: new Error(u.prompt) });
train(wrapped.message); //! none
train((wrapped.cause as Error).message); //! user.prompt
train(new AggregateError([new Error(u.id)], "many").errors); //! user.id
train(new TypeError("x").message); //! none
`,
);

check(
  "what is settled may have failed where somebody else does it",
  `import { readFile } from "node:fs/promises";
const u = loadUser();
declare function ask(): Promise<string>;
async function main() {
  const [file, known, asked] = await Promise.allSettled([readFile("/x", "utf8"), Promise.resolve(u.id), ask()]);
  if (file.status === "rejected") train(u.email); //! user.email
  if (known.status === "rejected") train(u.name); //! none
  if (asked.status === "rejected") train(u.prompt); //! user.prompt
  if (known.status === "fulfilled") train(known.value); //! user.id
}
main();
`,
);
