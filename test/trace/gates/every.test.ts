/** What is found out of each of a list, one by one, and then holds of all; what is known of whoever is in a collection. */
import { describe, expect, it } from "vitest";
import { expectedIn, gatesOf } from "./program.js";

const cases: [string, string][] = [
  [
    "a loop that leaves unless each agrees",
    `export async function f(us: User[]) { for (const u of us) if (!mayTrain(u)) return;\n train(us.map((u) => u.prompt)); // ok\n train(us); // ok\n}`,
  ],
  [
    "a loop that throws unless each agrees, and another that uses them",
    `export async function f(us: User[]) { for (const u of us) { if (!(await mayLearn(u.id))) throw new Error(u.id); }\n for (const u of us) await learn(u.prompt); // ok\n}`,
  ],
  [
    "a loop that asks each unless it has been before",
    `export async function f(us: User[]) { const done = new Set<string>(); for (const u of us) { if (done.has(u.id)) continue; done.add(u.id); if (!mayTrain(u)) return; }\n train(us); // undecided\n}`,
  ],
  [
    "a loop that is left when one agrees",
    `export async function f(us: User[]) { for (const u of us) if (mayTrain(u)) break;\n train(us); // undecided\n}`,
  ],
  [
    "a loop over a part",
    `export async function f(us: User[]) { for (const u of us.slice(0, 3)) if (!mayTrain(u)) return;\n train(us); // other\n}\nexport async function g(us: User[]) { const some = us.slice(0, 3); for (const u of some) if (!mayTrain(u)) return;\n train(some); // ok\n}\nexport async function h(us: User[]) { const some = us.filter((u) => u.name !== ""); for (const u of some) if (!mayTrain(u)) return;\n train(some); // ok\n train(us); // other\n}`,
  ],
  [
    "assertions that are awaited together, or one of them",
    `async function assert(u: User): Promise<void> { if (!(await mayLearn(u.id))) throw new Error("no"); }\nexport async function f(us: User[]) { await Promise.all(us.map(assert));\n await learn(us); // ok\n}\nexport async function g(us: User[]) { const all = us.map(assert); await all[0];\n await learn(us); // undecided\n}\nexport async function h(us: User[]) { await Promise.allSettled(us.map(assert));\n await learn(us); // undecided\n}\nexport async function i(us: User[]) { us.forEach((u) => { void assert(u); });\n await learn(us); // undecided\n}\nexport async function j(us: User[]) { us.forEach(async (u) => { await assert(u); });\n await learn(us); // undecided\n}`,
  ],
  [
    "a callback that throws for each",
    `function assert(u: User): void { if (!mayTrain(u)) throw new Error("no"); }\nexport function f(us: User[]) { us.forEach(assert);\n train(us); // ok\n}\nexport function g(us: User[]) { us.forEach((u, i) => { if (i > 0) assert(u); });\n train(us); // undecided\n}`,
  ],
  [
    "answers in a list",
    `export async function f(us: User[]) { const may = await Promise.all(us.map((u) => mayLearn(u.id)));\n if (may.every(Boolean)) await learn(us); // ok\n}\nexport async function g(us: User[]) { const may = await Promise.all(us.map((u) => mayLearn(u.id))); if (may.includes(false)) return;\n await learn(us); // ok\n}\nexport async function h(us: User[]) { const may = await Promise.all(us.map((u) => mayLearn(u.id)));\n if (may.includes(true)) await learn(us); // undecided\n if (may.some(Boolean)) await learn(us); // other\n}`,
  ],
  [
    "answers beside those whom they are about",
    `export async function f(us: User[]) { const may = await Promise.all(us.map((u) => mayLearn(u.id)));\n await learn(us.filter((_, i) => may[i])); // ok\n await learn(us.filter((_, i) => !may[i])); // undecided\n await learn(us.filter((_, i) => may[i + 1])); // undecided\n await learn(us.filter(() => may[0])); // undecided\n}\nexport async function h(us: User[], them: User[]) { const may = await Promise.all(them.map((u) => mayLearn(u.id)));\n await learn(us.filter((_, i) => may[i])); // undecided\n}`,
  ],
  [
    "checks in a list",
    `export function f(u: User) { const checks = [(x: User) => mayTrain(x), (x: User) => x.name !== ""];\n if (checks.every((check) => check(u))) train(u.prompt); // ok\n if (checks.some((check) => check(u))) train(u.prompt); // undecided\n}\nexport async function g(u: User) { const all = [await mayLearn(u.id), u.name !== ""];\n if (all.every(Boolean)) await learn(u.prompt); // ok\n if (!all.includes(false)) await learn(u.prompt); // ok\n if (all.some(Boolean)) await learn(u.prompt); // undecided\n}`,
  ],
  [
    "nobody refuses",
    `export function f(us: User[]) { if (us.some((u) => !mayTrain(u))) return;\n train(us); // ok\n}\nexport function g(us: User[]) { if (us.some((u) => mayTrain(u))) return;\n train(us); // denied\n}\nexport function h(us: User[]) { const no = us.find((u) => !mayTrain(u)); if (no) throw new Error(no.id);\n train(us); // ok\n}`,
  ],
  [
    "a map that remembers for the time of a function",
    `export async function f(us: User[]) { const memo = new Map<string, boolean>(); for (const u of us) { if (!memo.has(u.id)) memo.set(u.id, await mayLearn(u.id));\n if (memo.get(u.id)) await learn(u.prompt); // ok\n else await learn(u.prompt); // ignored\n } }\nexport async function g(us: User[]) { const memo = new Map<string, boolean>(); for (const u of us) { memo.set(u.id, await mayLearn(u.name));\n if (memo.get(u.id)) await learn(u.prompt); // undecided\n } }`,
  ],
  [
    "a map of promises",
    `export async function f(us: User[]) { const memo = new Map<string, Promise<boolean>>(); for (const u of us) { let p = memo.get(u.id); if (!p) { p = mayLearn(u.id); memo.set(u.id, p); }\n if (await p) await learn(u.prompt); // ok\n } }`,
  ],
  [
    "a record that remembers for the time of a function",
    `export async function f(us: User[]) { const memo: Record<string, boolean> = {}; for (const u of us) { memo[u.id] ??= await mayLearn(u.id);\n if (memo[u.id]) await learn(u.prompt); // ok\n } }\nexport async function g(us: User[]) { const memo: Record<string, boolean> = {}; for (const u of us) { memo[u.id] = await mayLearn(u.name);\n if (memo[u.id]) await learn(u.prompt); // undecided\n } }\nconst kept: Record<string, boolean> = {};\nexport async function h(u: User) { kept[u.id] ??= await mayLearn(u.id);\n if (kept[u.id]) await learn(u.prompt); // cached\n}`,
  ],
  [
    "groups by what the check says",
    `export async function f(us: User[]) { const all = await Promise.all(us.map(async (u) => ({ u, ok: await mayLearn(u.id) }))); const by = Object.groupBy(all, (x) => (x.ok ? "yes" : "no"));\n await learn(by.yes!.map((x) => x.u)); // ok\n await learn(by.no!.map((x) => x.u)); // undecided\n}`,
  ],
  [
    "the ids of those who agree",
    `export async function f(us: User[], chats: Chat[]) { const ids = new Set<string>(); for (const u of us) if (mayTrain(u)) ids.add(u.id);\n train(chats.filter((c) => ids.has(c.userId))); // ok\n train(chats.filter((c) => !ids.has(c.userId))); // undecided\n}`,
  ],
  [
    "the ids of those who pass a filter",
    `export async function f(us: User[], chats: Chat[]) { const ids = new Set(us.filter(mayTrain).map((u) => u.id));\n train(chats.filter((c) => ids.has(c.userId))); // ok\n const all = new Set(us.map((u) => u.id));\n train(chats.filter((c) => all.has(c.userId))); // undecided\n const list = us.filter(mayTrain).map((u) => u.id);\n train(chats.filter((c) => list.includes(c.userId))); // ok\n}`,
  ],
  [
    "the same as one who agrees",
    `export function f(u: User, chat: Chat) { if (!mayTrain(u)) return;\n if (chat.userId === u.id) train(chat.text); // ok\n}`,
  ],
];

describe("what is found out of each of a list", () => {
  it.each(cases)("%s", (_, code) => {
    expect(gatesOf(code)).toEqual(expectedIn(code));
  });
});
