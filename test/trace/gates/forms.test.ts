/** The forms that gates take in programs: services, guards, middleware, decorators, jobs. */
import { describe, expect, it } from "vitest";
import { expectedIn, gatesOf, type Options } from "./program.js";

const cases: [string, string, Options?][] = [
  [
    "a type guard around the check",
    `type Willing = User & { willing: true };\nconst isWilling = (u: User): u is Willing => mayTrain(u);\nexport function f(u: User) { if (isWilling(u)) train(u.prompt); // ok\n}`,
  ],
  [
    "filter by a type guard",
    `type Willing = User & { willing: true };\nconst isWilling = (u: User): u is Willing => mayTrain(u);\nexport function f(us: User[]) { train(us.filter(isWilling)); // ok\n}`,
  ],
  [
    "an assertion of a condition",
    `function invariant(x: unknown): asserts x { if (!x) throw new Error("no"); }\nexport function f(u: User) { invariant(mayTrain(u));\n train(u.prompt); // ok\n}`,
  ],
  [
    "an answer that an object keeps, which others find or nobody",
    `class Session { private ok: boolean | null = null; constructor(private readonly user: User) {}\n allowed(): boolean { if (this.ok === null) this.ok = mayTrain(this.user); return this.ok; } }\nconst sessions = new Map<string, Session>();\nexport function f(u: User) { let s = sessions.get(u.id); if (s === undefined) { s = new Session(u); sessions.set(u.id, s); }\n if (s.allowed()) train(u.prompt); // cached\n}\nexport function g(u: User) { const s = new Session(u); if (s.allowed()) train(u.prompt); // ok\n}`,
  ],
  [
    "an answer from before an interval, or before a moment",
    `export function f(u: User) { const ok = mayTrain(u); setInterval(() => { if (ok) train(u.prompt); // cached\n }, 60_000); }\nexport function g(u: User) { setInterval(() => { if (mayTrain(u)) train(u.prompt); // ok\n }, 60_000); }\nexport function h(u: User) { const ok = mayTrain(u); setTimeout(() => { if (ok) train(u.prompt); // ok\n }, 10); }\nexport function k(u: User) { if (!mayTrain(u)) return; setInterval(() => { train(u.prompt); // cached\n }, 60_000); }`,
  ],
  [
    "an assertion, and what is to be done then",
    `async function assertMay(id: string): Promise<void> { if (!(await mayLearn(id))) throw new Error("no"); }\nexport async function f(chat: Chat) { return assertMay(chat.userId).then(() => learn(chat.text)); // ok\n}\nexport async function g(chat: Chat) { return assertMay(chat.userId).then(() => [chat]).then((all) => learn(all.map((c) => c.text))); // ok\n}\nexport async function h(chat: Chat) { return assertMay(chat.userId).catch(() => {}).then(() => learn(chat.text)); // undecided\n}\nexport async function k(chat: Chat) { assertMay(chat.userId).then(() => {});\n learn(chat.text); // undecided\n}\nexport async function l(chat: Chat) { return assertMay(chat.userId).finally(() => learn(chat.text)); // undecided\n}`,
  ],
  [
    "a race with what says yes, or no, when it takes too long",
    `const late = (says: boolean): Promise<boolean> => new Promise((resolve) => setTimeout(() => resolve(says), 50));\nexport async function f(id: string) { if (await Promise.race([mayLearn(id), late(true)])) await learn(await loadPrompt(id)); // undecided\n}\nexport async function g(id: string) { if (await Promise.race([mayLearn(id), late(false)])) await learn(await loadPrompt(id)); // ok\n}\nexport async function h(id: string) { if (await Promise.race([mayLearn(id), new Promise<never>((_, reject) => setTimeout(reject, 50))])) await learn(await loadPrompt(id)); // ok\n}`,
  ],
  [
    "a result that tells, made on each way by itself",
    `type Result = { ok: true } | { ok: false; why: string };\nfunction gate(u: User): Result { if (mayTrain(u)) return { ok: true };\n return { ok: false, why: "no" }; }\nexport function f(u: User) { const r = gate(u); if (!r.ok) return;\n train(u.prompt); // ok\n}\nexport function g(u: User) { const r = gate(u); if (r.ok) return;\n train(u.prompt); // denied\n}\nexport function h(u: User) { const r = gate(u); if (r)\n train(u.prompt); // undecided\n}`,
  ],
  [
    "one of two functions",
    `const skip = (_: unknown): void => {};\nexport function f(u: User) { const send = mayTrain(u) ? (x: string) => { train(x); // ok\n } : skip; send(u.prompt); }\nexport function g(u: User) { const send = mayTrain(u) ? skip : (x: string) => { train(x); // denied\n }; send(u.prompt); }`,
  ],
  ["node's assert", `import assert from "node:assert";\nexport function f(u: User) { assert(mayTrain(u));\n train(u.prompt); // ok\n}`],
  [
    "assert.equal",
    `import assert from "node:assert";\nexport function f(u: User) { assert.strictEqual(mayTrain(u), true);\n train(u.prompt); // ok\n}`,
  ],
  [
    "a method of a service",
    `export class Trainer { constructor(private readonly consents: Consents) {}\n async run(u: User) { if (!(await this.consents.may(u.id))) return;\n train(u.prompt); // ok\n }\n async all(u: User) {\n train(u.prompt); // never\n } }\nimport { Consents } from "./service.js";`,
    {
      files: { "service.ts": `export class Consents { async may(id: string): Promise<boolean> { return (await fetch("/" + id)).ok; } }` },
      manifest: (text) => text.replace(`"./consent.ts:mayTrain"`, `"./service.ts:Consents.may"`),
    },
  ],
  [
    "a check of an interface",
    `import type { Consents } from "./service.js";\nexport async function f(consents: Consents, u: User) { if (await consents.may(u.id)) train(u.prompt); // ok\n else train(u.prompt); // denied\n}`,
    {
      files: { "service.ts": `export interface Consents { may(id: string): Promise<boolean> }` },
      manifest: (text) => text.replace(`"./consent.ts:mayTrain"`, `"./service.ts:Consents.may"`),
    },
  ],
  [
    "a check of a package",
    `import { hasConsent } from "consents";\nexport async function f(u: User) { if (await hasConsent(u.id)) train(u.prompt); // ok\n train(u.prompt); // undecided\n}`,
    { manifest: (text) => text.replace(`"./consent.ts:mayTrain"`, `"consents:hasConsent"`) },
  ],
  [
    "a check that throws",
    `import { requireConsent } from "./require.js";\nexport async function f(u: User) { await requireConsent(u);\n train(u.prompt); // ok\n}\nexport async function g(u: User) { requireConsent(u);\n train(u.prompt); // promise\n}`,
    {
      files: {
        "require.ts": `export async function requireConsent(u: { consented: boolean }): Promise<void> { if (!u.consented) throw new Error("no consent"); }`,
      },
      manifest: (text) => text.replace(`"./consent.ts:mayTrain"`, `"./require.ts:requireConsent"`),
    },
  ],
  [
    "a check that gives a record",
    `import { status } from "./status.js";\nexport async function f(u: User) { const { granted } = await status(u.id); if (granted) train(u.prompt); // ok\n}\nexport async function g(u: User) { const s = await status(u.id); if (s) train(u.prompt); // ignored\n}`,
    {
      files: {
        "status.ts": `export async function status(id: string): Promise<{ granted: boolean; since: string }> { const r = await fetch("/" + id); return { granted: r.ok, since: "x" }; }`,
      },
      manifest: (text) => text.replace(`"./consent.ts:mayTrain"`, `"./status.ts:status"`),
    },
  ],
  [
    "a check of two consents",
    `export function f(u: User) { if (mayTrain(u)) { train(u.prompt); // ok\n learn(u.prompt); // ok\n } }\nexport function g(u: User) { train(u.prompt); // never\n learn(u.prompt); // never\n}`,
    { manifest: (text) => text.replace(`"./consent.ts:mayLearn"`, `"./consent.ts:mayTrain"`) },
  ],
  [
    "a check of nobody in particular",
    `import { consented } from "./here.js";\nexport function f(chat: Chat) { if (consented()) train(chat.text); // ok\n}`,
    {
      files: { "here.ts": `export const consented = (): boolean => localStorage.getItem("consent") === "yes";` },
      manifest: (text) => text.replace(`"./consent.ts:mayTrain"`, `"./here.ts:consented"`),
    },
  ],
  [
    "middleware",
    `import express from "express";\nconst app = express();\nconst gate = async (req: any, res: any, next: any) => { if (!(await mayLearn(req.user.id))) return res.sendStatus(403); next(); };\napp.post("/a", gate, async (req: any) => { learn(await loadPrompt(req.user.id)); // ok\n});\napp.post("/b", async (req: any) => { learn(await loadPrompt(req.user.id)); // never\n});`,
  ],
  [
    "middleware of a router",
    `import { Hono } from "hono";\nconst app = new Hono();\napp.use("*", async (c: any, next: any) => { if (!(await mayLearn(c.get("userId")))) return c.text("no", 403); await next(); });\napp.post("/a", async (c: any) => { learn(await loadPrompt(c.get("userId"))); // ok\n return c.text("x"); });`,
  ],
  [
    "a decorator",
    `function gated(target: unknown, key: string, d: PropertyDescriptor) { const inner = d.value; d.value = async function (user: User) { if (!mayTrain(user)) throw new Error("no"); return inner.call(this, user); }; }\nexport class Jobs { @gated async run(user: User) {\n train(user.prompt); // ok\n } }`,
  ],
  [
    "a decorator of another file",
    `import { gated } from "./gated.js";\nexport class Jobs { @gated async run(user: User) {\n train(user.prompt); // ok\n } async other(user: User) {\n train(user.prompt); // never\n } }`,
    {
      files: {
        "gated.ts": `import { mayTrain } from "./consent.js";\nimport type { User } from "./model.js";\nexport function gated(target: unknown, key: string, d: PropertyDescriptor) { const inner = d.value; d.value = async function (user: User) { if (!mayTrain(user)) throw new Error("no"); return inner.call(this, user); }; }`,
      },
    },
  ],
  [
    "a decorator that forgets what it stands at",
    `function off(target: unknown, key: string, d: PropertyDescriptor) { d.value = () => undefined; }\nexport class Jobs { @off async run(user: User) {\n train(user.prompt); // never\n } }`,
  ],
  [
    "a guard of Nest",
    `import { Controller, Post, UseGuards, Req } from "@nestjs/common";\nclass ConsentGuard { async canActivate(ctx: any): Promise<boolean> { return mayLearn(ctx.switchToHttp().getRequest().user.id); } }\n@Controller("a") export class A { @UseGuards(ConsentGuard) @Post() async run(@Req() req: any) { learn(await loadPrompt(req.user.id)); // ok\n }\n @Post("b") async other(@Req() req: any) { learn(await loadPrompt(req.user.id)); // undecided\n } }`,
  ],
  [
    "a higher-order function",
    `const withConsent = (run: (u: User) => void) => (u: User) => { if (mayTrain(u)) run(u); };\nexport const job = withConsent((u) => train(u.prompt)); // ok`,
  ],
  ["a table of checks", `const checks = { train: mayTrain };\nexport function f(u: User) { if (checks.train(u)) train(u.prompt); // ok\n}`],
  [
    "a getter",
    `class Asked { constructor(private u: User) {} get ok() { return mayTrain(this.u); } }\nexport function f(u: User) { if (new Asked(u).ok) train(u.prompt); // ok\n}`,
  ],
  [
    "a field of an object for this call",
    `export function f(u: User) { const ctx = { u, ok: mayTrain(u) }; if (ctx.ok) train(ctx.u.prompt); // ok\n}`,
  ],
  ["a default parameter", `export function f(u: User, ok = mayTrain(u)) { if (ok) train(u.prompt); // ignored\n}`],
  [
    "a check in a wrapper with a default",
    `const allowed = async (u: User) => (await mayLearn(u.id)) ?? false;\nexport async function f(u: User) { if (await allowed(u)) learn(u.prompt); // ok\n}`,
  ],
  [
    "a wrapper that catches and says no",
    `async function allowed(u: User) { try { return await mayLearn(u.id); } catch { return false; } }\nexport async function f(u: User) { if (await allowed(u)) learn(u.prompt); // ok\n}`,
  ],
  [
    "a wrapper that catches and says yes",
    `async function allowed(u: User) { try { return await mayLearn(u.id); } catch { return true; } }\nexport async function f(u: User) { if (await allowed(u)) learn(u.prompt); // undecided\n}`,
  ],
  ["every", `export function f(us: User[]) { if (us.every((u) => mayTrain(u))) train(us); // ok\n}`],
  ["some", `export function f(us: User[]) { if (us.some((u) => mayTrain(u))) train(us); // undecided\n}`],
  [
    "all answers of all",
    `export async function f(us: User[]) { const ok = await Promise.all(us.map((u) => mayLearn(u.id))); for (const [i, u] of us.entries()) if (ok[i]) learn(u.prompt); // ok\n else if (ok[0]) learn(u.prompt); // other\n}`,
  ],
  [
    "an async filter",
    `export async function f(us: User[]) { const kept: User[] = []; for (const u of us) { if (await mayLearn(u.id)) kept.push(u); }\n learn(kept.map((u) => u.prompt)); // ok\n}`,
  ],
  [
    "Promise.all over those who pass",
    `export async function f(us: User[]) { await Promise.all(us.map(async (u) => { if (!(await mayLearn(u.id))) return; await learn(u.prompt); // ok\n })); }`,
  ],
  [
    "reduce",
    `export function f(us: User[]) { train(us.reduce<string[]>((all, u) => (mayTrain(u) ? [...all, u.prompt] : all), [])); // ok\n}`,
  ],
  [
    "a generator of those who pass",
    `function* willing(us: User[]) { for (const u of us) if (mayTrain(u)) yield u; }\nexport function f(us: User[]) { for (const u of willing(us)) train(u.prompt); // ok\n}`,
  ],
  [
    "what is made of the user on the way",
    `const line = (u: User) => ({ text: u.prompt });\nexport function f(us: User[]) { const lines: { text: string }[] = []; for (const u of us) { if (!mayTrain(u)) continue; lines.push(line(u)); }\n train(JSON.stringify({ lines })); // ok\n}`,
  ],
  [
    "a set of those who consented",
    `export async function f(us: User[]) { const ids = new Set<string>(); for (const u of us) if (await mayLearn(u.id)) ids.add(u.id);\n learn(us.filter((u) => ids.has(u.id))); // ok\n}`,
  ],
  [
    "a message in a loop within a loop",
    `export async function f(chats: Chat[]) { for (const c of chats) { if (!(await mayLearn(c.userId))) continue; for (const m of c.messages) learn(m.text); // ok\n } }`,
  ],
  ["a loaded list, each asked for", `export async function f() { for (const u of await loadUsers()) if (mayTrain(u)) train(u); // ok\n}`],
  ["a loaded list, not asked for", `export async function f() { for (const u of await loadUsers()) train(u); // never\n}`],
  [
    "the owner is compared",
    `export async function f(req: Request) { const chat = await loadChat(req.params.chatId); if (chat.userId !== req.user.id) throw new Error("no"); if (await mayLearn(req.user.id)) learn(chat.text); // ok\n}`,
  ],
  ...(
    [
      "settings.share ?? true",
      "settings.share !== false",
      "(({ share = true }) => share)(settings)",
      "await (async () => settings.share ?? true)()",
    ] as const
  ).map((body): [string, string, Options] => [
    `a check that says yes by default: ${body}`,
    `import { shares } from "./settings.js";\nexport async function f(u: User) { if (await shares(u.id)) train(u.prompt); // default\n}`,
    {
      files: {
        "settings.ts": `interface Settings { share?: boolean }\nexport async function shares(id: string): Promise<boolean> { const settings: Settings = await (await fetch("/" + id)).json(); return ${body}; }`,
      },
      manifest: (text) => text.replace(`"./consent.ts:mayTrain"`, `"./settings.ts:shares"`),
    },
  ]),
  ...(["settings.share ?? false", "settings.share === true", "(({ share = false }) => share)(settings)"] as const).map(
    (body): [string, string, Options] => [
      `a check that says no by default: ${body}`,
      `import { shares } from "./settings.js";\nexport async function f(u: User) { if (await shares(u.id)) train(u.prompt); // ok\n}`,
      {
        files: {
          "settings.ts": `interface Settings { share?: boolean }\nexport async function shares(id: string): Promise<boolean> { const settings: Settings = await (await fetch("/" + id)).json(); return ${body}; }`,
        },
        manifest: (text) => text.replace(`"./consent.ts:mayTrain"`, `"./settings.ts:shares"`),
      },
    ],
  ),
];

describe("a gate holds in the form of", () => {
  it.each(cases)("%s", (_name, code, options) => {
    expect(gatesOf(code, options)).toEqual(expectedIn(code));
  });
});
