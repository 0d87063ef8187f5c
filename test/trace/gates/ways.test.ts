/** A gate holds where every way to the sink passes its check with the right answer. */
import { describe, expect, it } from "vitest";
import { expectedIn, gatesOf } from "./program.js";

describe("a consent holds where the way is taken because of it", () => {
  it.each([
    ["if", `export function f(u: User) { if (mayTrain(u)) train(u.prompt); // ok\n train(u.prompt); // undecided\n}`],
    ["else", `export function f(u: User) { if (!mayTrain(u)) { train(u.prompt); // denied\n } else { train(u.prompt); // ok\n } }`],
    ["an early return", `export function f(u: User) { if (!mayTrain(u)) return;\n train(u); // ok\n}`],
    ["an early throw", `export function f(u: User) { if (!mayTrain(u)) throw new Error("no");\n train(u); // ok\n}`],
    [
      "taken out unless it is given",
      `export function f(u: User) { if (!mayTrain(u)) delete (u as any).prompt;\n train(u); // ok\n}\nexport function g(u: User) { if (mayTrain(u)) delete (u as any).prompt;\n train(u); // undecided\n}\nexport function h(u: User) { let text = u.prompt; if (!mayTrain(u)) text = "";\n train(text); // ok\n}\nexport function i(u: User, v: User) { let text = u.prompt; if (!mayTrain(v)) text = "";\n train(text); // undecided\n}\nexport function j(u: User) { let text = u.prompt; if (!mayTrain(u)) text = u.prompt.slice(1);\n train(text); // undecided\n}`,
    ],
    [
      "a promise that nobody awaits has found out nothing for others",
      `async function assert(u: User): Promise<void> { if (!(await mayLearn(u.id))) throw new Error("no"); }\nexport async function f(u: User) { void (async () => { await assert(u); await learn(u.prompt); // ok\n })();\n await learn(u.prompt); // undecided\n}\nexport async function g(u: User) { await (async () => { await assert(u); })();\n await learn(u.prompt); // ok\n}`,
    ],
    [
      "of each in a loop",
      `export async function f(us: User[]) { for (const u of us) { const copy = { ...u }; if (!(await mayLearn(u.id))) copy.prompt = "";\n learn(copy); // ok\n } }`,
    ],
    ["a return that does not leave", `export function f(u: User) { if (!mayTrain(u)) { console.log("no"); }\n train(u); // undecided\n}`],
    ["and", `export function f(u: User) { mayTrain(u) && train(u.prompt); // ok\n}`],
    ["or", `export function f(u: User, force: boolean) { if (force || mayTrain(u)) train(u.prompt); // or\n}`],
    ["the left of or", `export function f(u: User, force: boolean) { if (mayTrain(u) || force) train(u.prompt); // or\n}`],
    ["and with something else", `export function f(u: User, on: boolean) { if (on && mayTrain(u)) train(u.prompt); // ok\n}`],
    ["not or", `export function f(u: User, off: boolean) { if (off || !mayTrain(u)) return;\n train(u.prompt); // ok\n}`],
    ["a ternary", `export function f(u: User) { return mayTrain(u) ? train(u.prompt) : undefined; // ok\n}`],
    ["a ternary's other side", `export function f(u: User) { return mayTrain(u) ? undefined : train(u.prompt); // denied\n}`],
    ["a local", `export function f(u: User) { const ok = mayTrain(u); if (ok) train(u.prompt); // ok\n}`],
    ["a local with a type", `export function f(u: User) { const ok: boolean = mayTrain(u); if (ok === true) train(u.prompt); // ok\n}`],
    ["negated twice", `export function f(u: User) { if (!!mayTrain(u)) train(u.prompt); // ok\n}`],
    ["Boolean()", `export function f(u: User) { if (Boolean(mayTrain(u))) train(u.prompt); // ok\n}`],
    ["compared with true", `export function f(u: User) { if (mayTrain(u) !== true) return;\n train(u.prompt); // ok\n}`],
    ["compared with false", `export function f(u: User) { if (mayTrain(u) === false) return;\n train(u.prompt); // ok\n}`],
    ["compared with false, the wrong way", `export function f(u: User) { if (mayTrain(u) === false) train(u.prompt); // denied\n}`],
    ["ignored", `export function f(u: User) { mayTrain(u);\n train(u.prompt); // ignored\n}`],
    [
      "a word that stands for the answer",
      `const statusOf = (u: User): "yes" | "no" => (mayTrain(u) ? "yes" : "no");\nexport function f(u: User) { const status = mayTrain(u) ? "granted" : "denied"; if (status === "granted") train(u.prompt); // ok\n if (status !== "granted") train(u.prompt); // denied\n if (status === "denied") return;\n train(u.prompt); // ok\n}\nexport function g(u: User) { if (statusOf(u) === "yes") train(u.prompt); // ok\n}\nexport function h(u: User) { if (statusOf(u) === "no") train(u.prompt); // denied\n}\nexport function k(u: User, vip: boolean) { const status = mayTrain(u) ? "granted" : vip ? "granted" : "denied"; if (status === "granted") train(u.prompt); // undecided\n}\nexport function l(u: User) { switch (statusOf(u)) { case "yes":\n train(u.prompt); // ok\n break; case "no":\n train(u.prompt); // denied\n } }`,
    ],
    ["a promise, tested itself", `export function f(u: User) { if (mayLearn(u.id)) learn(u.prompt); // promise\n}`],
    [
      "a promise that comes to its answer, dropped",
      `export async function f(u: User) { await mayLearn(u.id); learn(u.prompt); // ignored\n}`,
    ],
    ["never asked", `export function f(u: User) { train(u.prompt); // never\n}`],
    ["after the sink", `export function f(u: User) { train(u.prompt); // after\n if (!mayTrain(u)) return; }`],
    [
      "switch",
      `export function f(u: User) { switch (mayTrain(u)) { case true:\n train(u.prompt); // ok\n break;\n default:\n train(u.prompt); // denied\n} }`,
    ],
    ["switch (true)", `export function f(u: User) { switch (true) { case mayTrain(u):\n train(u.prompt); // ok\n } }`],
    [
      "a default that is true",
      `export function f(u?: User) { const ok = (u && mayTrain(u)) ?? true; if (ok) train(u!.prompt); // default\n}`,
    ],
    [
      "caught",
      `function assert(u: User) { if (!mayTrain(u)) throw new Error(); }\nexport function f(u: User) { try { assert(u); } catch { console.log("no"); }\n train(u.prompt); // catch\n}`,
    ],
    [
      "caught, and left",
      `function assert(u: User) { if (!mayTrain(u)) throw new Error(); }\nexport function f(u: User) { try { assert(u); } catch { return; }\n train(u.prompt); // ok\n}`,
    ],
    [
      "in the try block",
      `function assert(u: User) { if (!mayTrain(u)) throw new Error(); }\nexport function f(u: User) { try { assert(u);\n train(u.prompt); // ok\n } catch { console.log("no"); } }`,
    ],
    [
      "a default that is true, put in by an assignment",
      `export function f(u: User) { let ok: boolean | undefined = mayTrain(u); ok ??= true; if (ok) train(u.prompt); // default\n}\nexport function g(u: User) { const s = { share: mayTrain(u) as boolean | undefined }; s.share ??= true; if (s.share) train(u.prompt); // default\n}\nexport function h(u: User) { let ok: boolean | undefined = mayTrain(u); ok ??= false; if (ok) train(u.prompt); // ok\n}`,
    ],
    [
      "another condition, put in by an assignment",
      `export function f(u: User) { let ok = mayTrain(u); ok ||= u.name === "x"; if (ok) train(u.prompt); // or\n}\nexport function g(u: User) { let ok = mayTrain(u); ok &&= u.name === "x"; if (ok) train(u.prompt); // ok\n}`,
    ],
    [
      "a default that is true, where it is taken apart",
      `export function f(u: User) { const { ok = true } = { ok: mayTrain(u) as boolean | undefined }; if (ok) train(u.prompt); // default\n}\nexport function g(u: User) { const { ok = false } = { ok: mayTrain(u) as boolean | undefined }; if (ok) train(u.prompt); // ok\n}`,
    ],
    [
      "another default on the way",
      `export function f(u: User, strict?: boolean) { const on = strict ?? true; if (on && mayTrain(u)) train(u.prompt); // ok\n}`,
    ],
    ["a loop's test", `export function f(u: User) { while (mayTrain(u)) train(u.prompt); // ok\n}`],
  ])("%s", (_name, code) => {
    expect(gatesOf(code)).toEqual(expectedIn(code));
  });
});

describe("a consent holds across calls", () => {
  it.each([
    ["the caller asks", `function send(u: User) {\n train(u.prompt); // ok\n}\nexport function f(u: User) { if (mayTrain(u)) send(u); }`],
    [
      "one of two callers asks",
      `function send(u: User) {\n train(u.prompt); // undecided\n}\nexport function f(u: User) { if (mayTrain(u)) send(u); send(u); }`,
    ],
    [
      "an assertion",
      `function assert(u: User): asserts u is User { if (!mayTrain(u)) throw new Error("no"); }\nexport function f(u: User) { assert(u);\n train(u.prompt); // ok\n}`,
    ],
    [
      "an async assertion, awaited",
      `async function assert(u: User) { if (!(await mayLearn(u.id))) throw new Error("no"); }\nexport async function f(u: User) { await assert(u);\n learn(u.prompt); // ok\n}`,
    ],
    [
      "an async assertion, not awaited",
      `async function assert(u: User) { if (!(await mayLearn(u.id))) throw new Error("no"); }\nexport async function f(u: User) { void assert(u);\n learn(u.prompt); // undecided\n}`,
    ],
    ["a wrapper", `const allowed = (u: User) => mayTrain(u);\nexport function f(u: User) { if (allowed(u)) train(u.prompt); // ok\n}`],
    [
      "a wrapper that returns constants",
      `function allowed(u: User) { if (!mayTrain(u)) return false; return true; }\nexport function f(u: User) { if (allowed(u)) train(u.prompt); // ok\n}`,
    ],
    [
      "a wrapper that negates",
      `const refused = (u: User) => !mayTrain(u);\nexport function f(u: User) { if (refused(u)) return;\n train(u.prompt); // ok\n}`,
    ],
    [
      "a wrapper that says yes as well",
      `function allowed(u: User, force: boolean) { if (force) return true; return mayTrain(u); }\nexport function f(u: User, b: boolean) { if (allowed(u, b)) train(u.prompt); // undecided\n}`,
    ],
    ["an awaited check", `export async function f(u: User) { if (await mayLearn(u.id)) await learn(u.prompt); // ok\n}`],
    ["a check that is not awaited", `export async function f(u: User) { if (mayLearn(u.id)) await learn(u.prompt); // promise\n}`],
    ["then", `export function f(u: User) { return mayLearn(u.id).then((ok) => { if (ok) return learn(u.prompt); // ok\n }); }`],
    [
      "an object with the answer",
      `const ask = (u: User) => ({ ok: mayTrain(u), at: 1 });\nexport function f(u: User) { const { ok } = ask(u); if (ok) train(u.prompt); // ok\n}`,
    ],
    [
      "Promise.all",
      `export async function f(u: User) { const [ok, chat] = await Promise.all([mayLearn(u.id), loadChat(u.id)]); if (ok) await learn(chat.text); // ok\n}`,
    ],
    ["a callback on the way", `export function f(u: User, chat: Chat[]) { if (mayTrain(u)) chat.forEach((c) => train(u.prompt)); // ok\n}`],
    ["a timer that is set on the way", `export function f(u: User) { if (mayTrain(u)) setTimeout(() => train(u.prompt), 10); // ok\n}`],
    [
      "a timer that is set before",
      `export function f(u: User) { setTimeout(() => train(u.prompt), 10); // never\n if (!mayTrain(u)) return; console.log(1); }`,
    ],
    [
      "kept in module state",
      `let ok = false;\nexport function g(u: User) { ok = mayTrain(u); }\nexport function f(u: User) { if (ok) train(u.prompt); // cached\n}`,
    ],
    [
      "asked when the module is loaded",
      `declare const me: User;\nconst ok = mayTrain(me);\nexport function f(u: User) { if (ok) train(u.prompt); // cached\n}`,
    ],
    [
      "kept by a key",
      `const cache = new Map<string, boolean>();\nexport function f(u: User) { let ok = cache.get(u.id); if (ok === undefined) { ok = mayTrain(u); cache.set(u.id, ok); } if (ok) train(u.prompt); // cached\n}`,
    ],
    [
      "kept by others, who are not asked here",
      `const cache = new Map<string, boolean>();\nexport function g(u: User) { cache.set(u.id, mayTrain(u)); }\nexport function h(u: User) { if (mayTrain(u)) console.log("yes");\n train(u.prompt); // undecided\n}\nexport function k(u: User) { if (!mayTrain(u)) train(u.prompt); // denied\n}`,
    ],
    [
      "kept for one call",
      `export function f(u: User) { const cache = new Map<string, boolean>(); cache.set(u.id, mayTrain(u)); if (cache.get(u.id)) train(u.prompt); // ok\n}`,
    ],
  ])("%s", (_name, code) => {
    expect(gatesOf(code)).toEqual(expectedIn(code));
  });
});

describe("an opt-out", () => {
  it.each([
    [
      "who has not answered has not opted out",
      `export function f(u: User) { if (hasOptedOut(u) ?? false) return;\n sell(u.prompt); // ok\n}\nexport function g(u: User) { if (!(hasOptedOut(u) ?? false)) return;\n sell(u.prompt); // denied\n}`,
    ],
    ["excludes who opted out", `export function f(u: User) { if (hasOptedOut(u)) return;\n sell(u.prompt); // ok\n}`],
    ["the wrong way round", `export function f(u: User) { if (hasOptedOut(u)) sell(u.prompt); // denied\n}`],
    ["filter", `export function f(users: User[]) { sell(users.filter((u) => !hasOptedOut(u))); // ok\n}`],
  ])("%s", (_name, code) => {
    expect(gatesOf(code)).toEqual(expectedIn(code));
  });
});

describe("a signal", () => {
  const manifest = (text: string): string => text.replace('hasOptedOut" }', 'hasOptedOut", signals: [gpc] }');
  it.each([
    [
      "a signal that a browser may not know",
      `export function f(u: User) { if ((navigator.globalPrivacyControl ?? false) || hasOptedOut(u)) return;\n sell(u.prompt); // ok\n}`,
    ],
    [
      "a header that is there",
      `export function f(req: any, u: User) { if (req.headers.has("sec-gpc") || hasOptedOut(u)) return;\n sell(u.prompt); // ok\n}\nexport function g(req: any, u: User) { if (!req.headers.has("sec-gpc") || hasOptedOut(u)) return;\n sell(u.prompt); // signal\n}`,
    ],
    [
      "is asked for in a header",
      `export function f(req: Request, u: User) { if (hasOptedOut(u) || req.headers["sec-gpc"] === "1") return;\n sell(u.prompt); // ok\n}`,
    ],
    ["is not asked for", `export function f(u: User) { if (hasOptedOut(u)) return;\n sell(u.prompt); // signal\n}`],
    [
      "is all that is asked for",
      `export function f(req: Request, u: User) { if (req.headers["sec-gpc"] === "1") return;\n sell(u.prompt); // never\n}`,
    ],
    [
      "is the wrong way round",
      `export function f(req: Request, u: User) { if (hasOptedOut(u)) return; if (req.headers["sec-gpc"] === "1") sell(u.prompt); // signal\n}`,
    ],
    [
      "is asked for in a header of a route",
      `import express from "express";\nconst app = express();\napp.post("/a", (req) => { const u = req.body as User; if (req.headers["sec-gpc"] !== "1" && !hasOptedOut(u)) sell(u.prompt); // ok\n});\napp.post("/b", (req) => { const u = req.body as User; if (req.headers["dnt"] !== "1" && !hasOptedOut(u)) sell(u.prompt); // signal\n});`,
    ],
    [
      "is asked for by a method",
      `export function f(req: any, u: User) { if (hasOptedOut(u) || req.get("Sec-GPC")) return;\n sell(u.prompt); // ok\n}`,
    ],
    [
      "is a property of the browser",
      `export function f(u: User) { if (navigator.globalPrivacyControl || hasOptedOut(u)) return;\n sell(u.prompt); // ok\n}`,
    ],
    [
      "is asked for in a function",
      `const gpc = (h: Headers) => h.get("sec-gpc") === "1";\nexport function f(h: Headers, u: User) { if (gpc(h) || hasOptedOut(u)) return;\n sell(u.prompt); // ok\n}`,
    ],
    [
      "is destructured",
      `export function f(req: Request, u: User) { const { "sec-gpc": gpc } = req.headers; if (gpc || hasOptedOut(u)) return;\n sell(u.prompt); // ok\n}`,
    ],
  ])("%s", (_name, code) => {
    expect(gatesOf(code, { manifest })).toEqual(expectedIn(code));
  });
});

it("the answer in a record is what is true or false in it, not that the record is there", () => {
  const files = {
    "consent.ts": `export async function mayLearn(id: string): Promise<{ share?: boolean; since: string }> { return (await fetch("/s/" + id)).json(); }
export async function mayTrain(id: string): Promise<{ since: string } | null> { return (await fetch("/c/" + id)).json(); }
export declare function hasOptedOut(): boolean;`,
  };
  const code = `export async function a(u: User) { if (await mayLearn(u.id)) learn(u.prompt); // ignored
}
export async function b(u: User) { if ((await mayLearn(u.id)).share) learn(u.prompt); // ok
}
export async function c(u: User) { const { share } = await mayLearn(u.id); if (!share) learn(u.prompt); // denied
}
export async function d(u: User) { const s = await mayLearn(u.id); s.share ??= true; if (s.share) learn(u.prompt); // default
}
export async function e(u: User) { if (await (mayTrain as any)(u.id)) train(u.prompt); // ok
}
`;
  expect(gatesOf(code, { files })).toEqual(expectedIn(code));
});

describe("an answer that is kept says nothing later", () => {
  it.each([
    [
      "a promise in a map of the module",
      `const memo = new Map<string, Promise<boolean>>();\nexport async function f(u: User) { let p = memo.get(u.id); if (!p) { p = mayLearn(u.id); memo.set(u.id, p); } if (await p) learn(u.prompt); // cached\n}`,
    ],
    [
      "a promise in an object of the module",
      `class Memo { #p?: Promise<boolean>; may(id: string) { return (this.#p ??= mayLearn(id)); } }\nconst memo = new Memo();\nexport async function f(u: User) { if (await memo.may(u.id)) learn(u.prompt); // cached\n}`,
    ],
    [
      "a function that a library makes remember",
      `import { memoize } from "lodash"; import pMemoize from "p-memoize";\nconst may = memoize(mayLearn); const mayToo = pMemoize(async (id: string) => mayLearn(id));\nexport async function f(u: User) { if (await may(u.id)) learn(u.prompt); // cached\n}\nexport async function g(u: User) { if (await mayToo(u.id)) learn(u.prompt); // cached\n}\nexport async function h(u: User) { const once = memoize(mayLearn); if (await once(u.id)) learn(u.prompt); // ok\n}\nexport async function k(u: User) { if (await mayLearn(u.id)) learn(u.prompt); // ok\n}`,
    ],
    [
      "a promise in an object of the same run",
      `class Memo { #p?: Promise<boolean>; may(id: string) { return (this.#p ??= mayLearn(id)); } }\nexport async function f(u: User) { const memo = new Memo(); if (await memo.may(u.id)) learn(u.prompt); // ok\n}`,
    ],
  ])("%s", (_name, code) => {
    expect(gatesOf(code)).toEqual(expectedIn(code));
  });
});

it("a hook of Fastify that answers lets nobody through", () => {
  const code = `import fastify from "fastify";
const app = fastify();
const gate = async (req: any, reply: any) => { if (!(await mayLearn(req.user.id))) return reply.code(403).send(); };
const other = async (req: any, reply: any) => { if (await mayLearn(req.user.id)) return reply.code(403).send(); };
const note = async (req: any) => { if (!(await mayLearn(req.user.id))) console.log("no"); };
app.post("/a", { preHandler: gate }, async (req: any) => { learn(req.body.text); // ok
});
app.post("/b", { preHandler: other }, async (req: any) => { learn(req.body.text); // denied
});
app.post("/c", { preHandler: note }, async (req: any) => { learn(req.body.text); // undecided
});
`;
  const manifest = (text: string): string =>
    text.replace(
      "sinks:\n",
      ["a", "b", "c"].map((path) => `  - { field: chat.text, route: "POST /${path}", path: body.text }\n`).join("") + "sinks:\n",
    );
  expect(gatesOf(code, { manifest })).toEqual(expectedIn(code));
});
