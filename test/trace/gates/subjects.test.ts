/** A gate holds for whom the check was asked about. */
import { describe, expect, it } from "vitest";
import { expectedIn, gatesOf } from "./program.js";

describe("a consent holds for whom it was asked about", () => {
  it.each([
    ["another user", `export function f(admin: User, user: User) { if (mayTrain(admin)) train(user.prompt); // other\n}`],
    [
      "another user's id",
      `export async function f(admin: User, user: User) { if (await mayLearn(admin.id)) await learn(user.prompt); // other\n}`,
    ],
    [
      "spelled into a text",
      `export function f(admin: User, user: User) { if (mayTrain(admin)) train(\`said \${user.prompt}\`); // other\n}`,
    ],
    [
      "a part of the user",
      `export async function f(user: User) { const { id } = user; if (await mayLearn(id)) await learn(user); // ok\n}`,
    ],
    ["both, each for himself", `export function f(a: User, b: User) { if (mayTrain(a) && mayTrain(b)) train(a.prompt, b.prompt); // ok\n}`],
    [
      "what was loaded by the key",
      `export async function f(req: Request) { if (await mayLearn(req.user.id)) await learn(await loadPrompt(req.user.id)); // ok\n}`,
    ],
    [
      "what was loaded by another key",
      `export async function f(req: Request) { if (await mayLearn(req.params.adminId)) await learn(await loadPrompt(req.params.userId)); // other\n}`,
    ],
    [
      "what was loaded before",
      `export async function f(req: Request) { const chat = await loadChat(req.user.id); if (await mayLearn(req.user.id)) await learn(chat.text); // ok\n}`,
    ],
    [
      "whom the loaded chat is of",
      `export async function f(id: string) { const chat = await loadChat(id); if (await mayLearn(chat.userId)) await learn(chat.messages); // ok\n}`,
    ],
    ["each in a loop", `export function f(users: User[]) { for (const u of users) if (mayTrain(u)) train(u.prompt); // ok\n}`],
    [
      "the first in a loop",
      `export function f(users: User[]) { for (const u of users) if (mayTrain(users[0]!)) train(u.prompt); // other\n}`,
    ],
    [
      "each by its index",
      `export function f(users: User[]) { for (let i = 0; i < users.length; i++) if (mayTrain(users[i]!)) train(users[i]!.prompt); // ok\n}\nexport async function g(ids: string[], texts: string[]) { for (let i = 0; i < ids.length; i++) if (await mayLearn(ids[i]!)) await learn(await loadPrompt(ids[i]!)); // ok\n}\nexport function h(users: User[]) { for (const i of users.keys()) { if (!mayTrain(users[i]!)) continue;\n train(users[i]!.prompt); // ok\n} }\nexport function k(users: User[]) { let i = 0; while (i < users.length) { if (!mayTrain(users[i]!)) { i++; continue; }\n train(users[i]!.prompt); // ok\n i++; } }`,
    ],
    [
      "by the index of another",
      `export function f(users: User[]) { for (let i = 1; i < users.length; i++) if (mayTrain(users[i - 1]!)) train(users[i]!.prompt); // other\n}\nexport function g(users: User[]) { for (let i = 0; i < users.length; i++) for (let j = 0; j < users.length; j++) if (mayTrain(users[i]!)) train(users[j]!.prompt); // other\n}\nexport function h(users: User[]) { for (let i = 0; i < users.length - 1; i++) if (mayTrain(users[i]!)) { i++; train(users[i]!.prompt); // other\n} }\nexport function k(users: User[], i: number) { const ok = mayTrain(users[i]!); i += 1; if (ok) train(users[i]!.prompt); // other\n}\nexport function l(users: User[], i: number) { const u = users[i]!; i += 1; if (mayTrain(u)) train(u.prompt); // ok\n if (mayTrain(u)) train(users[i]!.prompt); // other\n}`,
    ],
    [
      "the one before in a loop",
      `export function f(users: User[]) { let last: User | undefined; for (const u of users) { if (last && mayTrain(last)) train(u.prompt); // other\n last = u; } }\nexport async function g(users: User[]) { let last: string | undefined; for (const u of users) { if (last && (await mayLearn(last))) await learn(u.prompt); // other\n last = u.id; } }\nexport function h(users: User[]) { let text = ""; for (const u of users) { if (mayTrain(u)) train(text); // other\n text = u.prompt; } }\nexport function k(users: User[]) { let last: User | undefined; for (const u of users) last = u; if (last && mayTrain(last)) train(last.prompt); // ok\n}`,
    ],
    [
      "another user's id, and what is loaded by a user's",
      `const all = async (userId: string): Promise<Chat[]> => (await fetch("/of/" + userId)).json();\nexport async function f(admin: User, user: User) { if (await mayLearn(admin.id)) await learn((await all(user.id)).map((c) => c.text)); // other\n}\nexport async function g(user: User) { if (await mayLearn(user.id)) await learn((await all(user.id)).map((c) => c.text)); // ok\n}\nexport async function h(req: { session: { userId: string }; params: { userId: string } }) { if (await mayLearn(req.session.userId)) await learn((await all(req.params.userId)).map((c) => c.text)); // other\n}\nexport async function k(req: { session: { userId: string }; params: { userId: string } }) { if (req.session.userId !== req.params.userId) return; if (await mayLearn(req.session.userId)) await learn((await all(req.params.userId)).map((c) => c.text)); // ok\n}`,
    ],
    [
      "another's id, whatever the functions that take it call it",
      `const by = async (authorId: string): Promise<Chat[]> => (await fetch("/by/" + authorId)).json();\nexport async function f(me: User, peer: User) { if (await mayLearn(me.id)) await learn((await by(peer.id)).map((c) => c.text)); // other\n}\nexport async function g(me: User, peer: User) { if (await mayLearn(peer.id)) await learn((await by(peer.id)).map((c) => c.text)); // ok\n}\nexport async function h(users: User[]) { if (await mayLearn(users[0]!.id)) for (const u of users) await learn(await by(u.id)); // other\n}\nexport async function k(users: User[]) { for (const u of users) if (await mayLearn(u.id)) await learn(await by(u.id)); // ok\n}\nexport async function l(me: User, peer: User) { if (me.id === peer.id && (await mayLearn(me.id))) await learn(await by(peer.id)); // ok\n}`,
    ],
    [
      "whom a setting names, and an address that a setting begins",
      `const API = process.env.API!; const load = async (of: string): Promise<Chat> => (await fetch(\`\${API}/chats/\${of}\`)).json();\nexport async function f(a: User, b: User) { const x = await load(a.id); const y = await load(b.id); if (await mayLearn(x.userId)) await learn(y.text); // other\n}\nexport async function g(a: User) { const x = await load(a.id); if (await mayLearn(x.userId)) await learn(x.text); // ok\n}\nexport async function h() { if (await mayLearn(process.env.ADMIN!)) await learn((await load(process.env.ADMIN!)).text); // ok\n}\nexport async function k(a: User) { if (await mayLearn(process.env.ADMIN!)) await learn((await load(a.id)).text); // other\n}`,
    ],
    [
      "a row that says whose it is, and an admin's answer",
      `export async function f(admin: User, chat: Chat) { if (await mayLearn(admin.id)) await learn(chat.text); // other\n}\nexport async function g(user: User, chat: Chat) { if (await mayLearn(user.id)) await learn(chat.text); // ok\n}\nexport async function h(admin: User, chat: Chat) { if (chat.userId !== admin.id) return; if (await mayLearn(admin.id)) await learn(chat.text); // ok\n}`,
    ],
    [
      "whose the whole is, and parts that say whose they are",
      `interface Thread { userId: string; chats: Chat[]; notes: Message[] }\nexport async function f(t: Thread) { if (await mayLearn(t.userId)) await learn(t.chats); // other\n}\nexport async function g(t: Thread) { if (await mayLearn(t.userId)) await learn(t.notes); // ok\n}\nexport async function h(t: Thread) { for (const c of t.chats) if (await mayLearn(c.userId)) await learn(c.text); // ok\n}`,
    ],
    [
      "one whom the code names, for what was looked up by another name",
      `export async function f() { if (await mayLearn("admin")) await learn(await loadPrompt("bob")); // other\n}\nexport async function g() { if (await mayLearn("admin")) await learn(await loadPrompt("admin")); // ok\n}`,
    ],
    [
      "what a function gives that is only declared",
      `declare function chatsOf(userId: string): Promise<Chat[]>; declare function chats(): Promise<Chat[]>;\nexport async function f(userId: string, other: string) { if (await mayLearn(userId)) for (const c of await chatsOf(other)) await learn(c.text); // other\n}\nexport async function g(userId: string) { if (await mayLearn(userId)) for (const c of await chatsOf(userId)) await learn(c.text); // ok\n}\nexport async function h() { const all = await chats(); if (await mayLearn(all[0]!.userId)) for (const c of all) await learn(c.text); // other\n}\nexport async function k(a: Chat, b: Chat) { const [c] = await chatsOf(b.userId); if (await mayLearn(a.userId)) await learn(c!.text); // other\n}`,
    ],
    ["all because of one", `export function f(users: User[]) { for (const u of users) if (mayTrain(u)) train(users); // other\n}`],
    [
      "all that are loaded, because of the first",
      `export async function f() { const users = await loadUsers(); const first = users[0]; if (first && mayTrain(first)) train(users.map((u) => u.prompt)); // other\n}`,
    ],
    [
      "the first that is loaded",
      `export async function f() { const users = await loadUsers(); const first = users[0]; users.sort(); if (first && mayTrain(first)) train(first.prompt); // ok\n}`,
    ],
    [
      "the last in a loop",
      `export function f(users: User[]) { let ok = false; for (const u of users) ok = mayTrain(u); for (const u of users) if (ok) train(u.prompt); // ignored\n}`,
    ],
    [
      "one whom the code names, in a loop over all",
      `export async function f(users: User[]) { for (const u of users) if (await mayLearn("admin")) await learn(u.prompt); // other\n}`,
    ],
    [
      "one whom the code names, and what is loaded of him",
      `export async function f() { if (await mayLearn("admin")) await learn((await loadChat("admin")).text); // ok\n}`,
    ],
    [
      "one whom the code names, and what a library finds of him",
      `import { db } from "some-db";\nexport async function f() { const chat: Chat = await db.find({ where: { id: "admin" } }); if (await mayLearn("admin")) await learn(chat.text); // ok\n}`,
    ],
    [
      "one whom the code names, and what is loaded of another",
      `export async function f(req: Request) { if (await mayLearn("admin")) await learn((await loadChat(req.params.userId)).text); // other\n}`,
    ],
    [
      "one whom the code names, and what somebody sends",
      `export async function f(req: Request) { if (await mayLearn("admin")) await learn((req.body as Chat).text); // other\n}`,
    ],
    [
      "one whom the code names, and what somebody sends to a route",
      `import express from "express";\nconst app = express();\napp.post("/a", async (req: Request) => { if (await mayLearn("admin")) await learn((req.body as Chat).text); // other\n});\napp.post("/b", async (req: Request) => { if (await mayLearn(req.user.id)) await learn((req.body as Chat).text); // ok\n});`,
    ],
    [
      "one whom the code names, and what he sends",
      `export async function f(chat: Chat) { if (chat.userId !== "admin") return; if (await mayLearn("admin")) await learn(chat.text); // ok\n}\nexport async function g(chat: Chat) { if (chat.userId !== "other") return; if (await mayLearn("admin")) await learn(chat.text); // other\n}`,
    ],
    [
      "one whom the code names, and what is of nobody in particular",
      `import { db } from "some-db";\nconst chat: Chat = await db.first();\nif (await mayLearn("admin")) await learn(chat.text); // ok\nexport {};`,
    ],
    [
      "rows that are looked up by the key of another",
      `export async function f(userId: string, tutorId: string) { const chat = await loadChat(userId); if (await mayLearn(tutorId)) await learn(chat.text); // other\n}\nexport async function g(chatId: string, userId: string) { const chat = await byChat(chatId); if (await mayLearn(userId)) await learn(chat.text); // ok\n}\nasync function byChat(chatId: string): Promise<Chat> { return (await fetch(chatId)).json(); }`,
    ],
    [
      "lists that are looked up by the key of another",
      `const all = async (userId: string): Promise<Chat[]> => (await fetch("/of/" + userId)).json() as Promise<Chat[]>;\nexport async function f(userId: string, tutorId: string) { const chats = await all(userId); if (await mayLearn(tutorId)) await learn(chats.map((c) => c.text)); // other\n}\nexport async function g(userId: string) { const chats = await all(userId); if (await mayLearn(userId)) await learn(chats.map((c) => c.text)); // ok\n}\nexport async function h() { for (const c of await all("admin")) if (await mayLearn("admin")) await learn(c.text); // ok\n}`,
    ],
    ["continue", `export function f(users: User[]) { for (const u of users) { if (!mayTrain(u)) continue;\n train(u.prompt); // ok\n} }`],
    [
      "filter by the check itself",
      `export function f(users: User[]) { train(users.filter(mayTrain)); // ok\n train(users); // undecided\n}`,
    ],
    ["filter, then map", `export function f(users: User[]) { train(users.filter((u) => mayTrain(u)).map((u) => u.prompt)); // ok\n}`],
    [
      "filter, then a loop",
      `export function f(users: User[]) { for (const u of users.filter((u) => mayTrain(u))) train(u.prompt); // ok\n}`,
    ],
    ["filter, then JSON", `export function f(users: User[]) { train(JSON.stringify(users.filter((u) => mayTrain(u)))); // ok\n}`],
    ["filter, the wrong way", `export function f(users: User[]) { train(users.filter((u) => !mayTrain(u))); // undecided\n}`],
    ["find", `export function f(users: User[]) { const u = users.find(mayTrain); if (u) train(u); // ok\n}`],
    [
      "pushed inside, sent outside",
      `export function f(users: User[]) { const out: string[] = []; for (const u of users) if (mayTrain(u)) out.push(u.prompt);\n train(out); // ok\n}`,
    ],
    [
      "records pushed inside",
      `export function f(users: User[]) { const out: User[] = []; for (const u of users) { if (mayTrain(u)) out.push(u); }\n train(out); // ok\n}`,
    ],
    [
      "some pushed outside",
      `export function f(users: User[]) { const out: string[] = []; for (const u of users) { if (mayTrain(u)) out.push(u.prompt); else if (u.name) out.push(u.prompt); }\n train(out); // undecided\n}`,
    ],
    ["assigned on the way", `export function f(u: User) { let text = ""; if (mayTrain(u)) text = u.prompt;\n train(text); // ok\n}`],
    [
      "assigned on both ways",
      `export function f(u: User) { let text = u.prompt; if (mayTrain(u)) text = u.prompt;\n train(text); // undecided\n}`,
    ],
    [
      "a part of what another user has",
      `export async function f(mine: Chat, theirs: Chat) { if (await mayLearn(mine.userId)) await learn(theirs.messages); // other\n}`,
    ],
    [
      "all parts, because of the first whole",
      `export async function f(chats: Chat[]) { if (await mayLearn(chats[0]!.userId)) await learn(chats); // other\n}`,
    ],
    [
      "each whole in a loop, with its parts",
      `export async function f(chats: Chat[]) { for (const c of chats) if (await mayLearn(c.userId)) await learn(c); // ok\n}`,
    ],
    [
      "a part of something else than a user",
      `export async function f(user: User, chat: Chat) { if (await mayLearn(user.id)) await learn(chat.messages); // ok\n}`,
    ],
    [
      "wholes pushed inside, parts of them sent",
      `const texts = (c: Chat) => c.messages.map((m) => m.text);\nexport async function f(chats: Chat[]) { const kept: Chat[] = []; for (const c of chats) if (await mayLearn(c.userId)) kept.push(c);\n await learn(kept.map(texts)); // ok\n}`,
    ],
    ["flatMap", `export function f(users: User[]) { train(users.flatMap((u) => (mayTrain(u) ? [u.prompt] : []))); // ok\n}`],
  ])("%s", (_name, code) => {
    expect(gatesOf(code)).toEqual(expectedIn(code));
  });
});

it("one whom the code or the environment names is not whoever sends a request", () => {
  const code = `import express from "express";
const app = express(); const ADMIN = process.env.ADMIN_ID!;
app.post("/n", async (req: any) => { if (await mayLearn("admin")) await learn(req.body.text); // other
});
app.post("/n", async (req: any) => { if (await mayLearn(ADMIN)) await learn(req.body.text); // other
});
app.post("/n", async (req: any) => { if (await mayLearn(req.user.id)) await learn(req.body.text); // ok
});
app.post("/n", async (req: any) => { const session = await whoever(); if (await mayLearn(session.userId)) await learn(req.body.text); // ok
});
app.post("/n", async (req: any) => { if (req.body.userId !== "admin") return; if (await mayLearn("admin")) await learn(req.body.text); // ok
});
async function whoever(): Promise<any> { return (await fetch("/session")).json(); }
`;
  const manifest = (text: string): string =>
    text.replace("sinks:\n", `  - { field: chat.text, route: "POST /n", path: body.text }\nsinks:\n`);
  expect(gatesOf(code, { manifest })).toEqual(expectedIn(code));
});

it("of whoever is there, asked by the name of a purpose", () => {
  const ask = (parameter: string): string[] => {
    const files = {
      "consent.ts": `export function mayTrain(${parameter}): boolean { return false; } export declare function mayLearn(): boolean; export declare function hasOptedOut(): boolean;`,
    };
    return gatesOf(`export function f(users: User[]) { for (const u of users) if ((mayTrain as any)("training")) train(u.prompt);\n}`, {
      files,
    }).map((line) => line.slice(line.indexOf("→")));
  };
  expect(ask("purpose: string")).toEqual(["→ ok"]);
  expect(ask("purposeId: string")).toEqual(["→ ok"]);
  expect(ask("userId: string")).toEqual(["→ other"]);
  expect(ask("learnerId: string")).toEqual(["→ other"]);
});
