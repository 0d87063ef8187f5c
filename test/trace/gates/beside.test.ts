/** Answers beside those whom they are about: which of several lists somebody is put into, copies of records, bits, elements by their number. */
import { describe, expect, it } from "vitest";
import { expectedIn, gatesOf, kept, type Options } from "./program.js";

const cases: [string, string, Options?][] = [
  [
    "one of two lists",
    `export function f(us: User[]) { const yes: User[] = [], no: User[] = []; for (const n of us) (mayTrain(n) ? yes : no).push(n);
 train(yes); // ok
 train(no); // undecided
}`,
  ],
  [
    "one of two lists, by an answer that is awaited",
    `export async function f(us: User[]) { const yes: User[] = [], no: User[] = []; for (const n of us) { const ok = await mayLearn(n.id); (ok ? yes : no).push(n); }
 learn(yes.map((y) => y.prompt)); // ok
 learn(no.map((y) => y.prompt)); // undecided
}`,
  ],
  [
    "one of two lists of texts",
    `export async function f(us: User[]) { const yes: string[] = [], no: string[] = []; for (const n of us) { const ok = await mayLearn(n.id); (ok ? yes : no).push(n.prompt); }
 learn(yes); // ok
 learn(no); // undecided
}`,
  ],
  [
    "reduce with copies",
    `export function f(us: User[]) { const yes = us.reduce<User[]>((a, n) => mayTrain(n) ? [...a, n] : a, []);
 train(yes); // ok
 train(yes.map((y) => y.prompt)); // ok
}`,
  ],
  [
    "reduce with concat, and to a pair",
    `export function f(us: User[]) { const yes = us.reduce((a, n) => mayTrain(n) ? a.concat(n) : a, [] as User[]);
 train(yes); // ok
 const [y2, n2] = us.reduce(([y, n], u) => mayTrain(u) ? [[...y, u], n] : [y, [...n, u]], [[], []] as [User[], User[]]);
 train(y2); // ok
 train(n2); // undecided
}`,
  ],
  [
    "reduce that pushes",
    `export function f(us: User[]) { const yes = us.reduce((a, n) => { if (mayTrain(n)) a.push(n); return a; }, [] as User[]);
 train(yes); // ok
}`,
  ],
  [
    "reduce to a record of two lists",
    `export function f(us: User[]) { const by = us.reduce((a, n) => { (mayTrain(n) ? a.yes : a.no).push(n); return a; }, { yes: [] as User[], no: [] as User[] });
 train(by.yes); // ok
 train(by.no); // undecided
}`,
  ],
  [
    "a copy of the record that has the answer",
    `import { settingsOf } from "./settings.js"; export async function f(u: User) { const s = { ...(await settingsOf(u.id)) }; if (s.share) train(u.prompt); // ok
 if ({ ...(await settingsOf(u.id)) }.share) train(u.prompt); // ok
 const { share } = Object.assign({}, await settingsOf(u.id)); if (share) train(u.prompt); // ok
 if (!s.share) train(u.prompt); // denied
 const t = { share: true, ...(await settingsOf(u.id)) }; if (t.share) train(u.prompt); // default
 const v = { share: false, ...(await settingsOf(u.id)) }; if (v.share) train(u.prompt); // ok
}
export async function g(u: User) { const w = { ...(await settingsOf(u.id)), share: true }; if (w.share) train(u.prompt); // ignored
}`,
    {
      files: {
        "settings.ts": `export async function settingsOf(id: string): Promise<{ share?: boolean; since: string }> { return (await fetch("/" + id)).json(); }`,
      },
      manifest: (text: string) => text.replace(`"./consent.ts:mayTrain"`, `"./settings.ts:settingsOf"`),
    },
  ],
  [
    "a bit of the answer",
    `import { flagsOf } from "./settings.js"; const SHARE = 1; export async function f(u: User) { const s = await flagsOf(u.id); if (s & 1) train(u.prompt); // ok
 if ((s & SHARE) !== 0) train(u.prompt); // ok
 if ((s & SHARE) === SHARE) train(u.prompt); // ok
 if (!(s & SHARE)) train(u.prompt); // undecided
 if (s | 1) train(u.prompt); // undecided
}
export function g(u: User) { const ok = Number(mayLearn(u.id)) & 1; if (ok) learn(u.prompt); // promise
}
`,
    {
      files: {
        "settings.ts": `export async function flagsOf(id: string): Promise<number> { return Number(await (await fetch("/" + id)).text()); }`,
      },
      manifest: (text: string) => text.replace(`"./consent.ts:mayTrain"`, `"./settings.ts:flagsOf"`),
    },
  ],
  [
    "answers beside people, by the number of both",
    `export async function f(ns: User[]) { const answers = await Promise.all(ns.map((n) => mayLearn(n.id)));
 for (let i = 0; i < ns.length; i++) { if (answers[i]) learn(ns[i].prompt); // ok
 } 
 for (let i = 0; i < ns.length; i++) { if (!answers[i]) continue; learn(ns[i]!.prompt); // ok
 learn(ns[i + 1]!.prompt); // other
 learn(ns[0]!.prompt); // other
 } 
 for (let i = 0; i < ns.length; i++) { const n = ns[i]!; if (answers[i]) learn(n.prompt); // ok
 } 
 for (let i = 1; i < ns.length; i++) { const n = ns[i]!; if (answers[i - 1]) learn(n.prompt); // other
 } 
}
export async function g(ns: User[]) { const answers = await Promise.all(ns.map(mayAll)); const out: string[] = [];
 for (let i = 0; i < ns.length; i++) { if (answers[i]) out.push(ns[i]!.prompt); } 
 learn(out); // ok
 ns.forEach((n, i) => { if (answers[i]) learn(n.prompt); // ok
 });
 for (const i in ns) if (answers[i]) learn(ns[i]!.prompt); // ok
 let j = 0; while (j < ns.length) { if (answers[j]) learn(ns[j]!.prompt); // ok
 j++; }
 let k = 0; for (const n of ns) { if (answers[k]) learn(n.prompt); // other
 k++; } 
}
const mayAll = (u: User) => mayLearn(u.id);
`,
  ],
  [
    "rows that are loaded again, or of somebody else",
    `import { notesOf } from "./notes.js";\nexport async function f(a: string, b: string) { for (const n of await notesOf(a)) if (!mayTrain(n as any)) return;
 train(await notesOf(a)); // other
 train(await notesOf(b)); // other
}
export async function h(a: string) { const rows = await notesOf(a); for (const n of rows) if (!(await mayLearn(n.userId))) return;
 learn(rows); // ok
}
export async function g(a: string, b: string) { for (const n of await notesOf(a)) if (!(await mayLearn(n.userId))) return;
 learn(await notesOf(a)); // other
 learn(await notesOf(b)); // other
 learn((await notesOf(b)).map((x) => x.text)); // other
}
`,
    {
      files: {
        "notes.ts": `import type { Chat } from "./model.js"; export async function notesOf(x: string): Promise<Chat[]> { return (await fetch("/n/" + x)).json(); }`,
      },
    },
  ],
  [
    "filtered by what somebody else has answered",
    `export async function f(us: User[], adminId: string) { const ok = await mayLearn(adminId);
 learn(us.filter(() => ok)); // undecided
 }
 export function g(us: User[], admin: User) { train(us.filter((u) => mayTrain(admin))); // undecided
 train(us.filter((u) => mayTrain(u))); // ok
 }
 export async function h(chats: Chat[], adminId: string) { const ok = await mayLearn(adminId);
 learn(chats.filter(() => ok)); // undecided
 if (ok) learn(chats); // other
 }
 export async function k(messages: Message[], adminId: string) { const ok = await mayLearn(adminId);
 learn(messages.filter(() => ok)); // ok
 }
 export async function l(chats: Chat[], userId: string) { const ok = await mayLearn(userId);
 learn(chats.filter(() => ok)); // ok
 }
 export async function n(me: string, adminId: string) { const rows = await all(me); const ok = await mayLearn(adminId);
 learn(rows.filter((r) => ok && r.text !== "")); // undecided
 const own = await mayLearn(me); learn(rows.filter((r) => own && r.text !== "")); // ok
 }
 async function all(me: string): Promise<Chat[]> { return (await fetch("/chats/" + me)).json(); }`,
  ],
  [
    "rows filtered by what somebody else has answered",
    `import { PrismaClient } from "@prisma/client";
const db = new PrismaClient();
 export async function f(adminId: string) { const rows = await db.chats.findMany(); const ok = await mayLearn(adminId);
 learn(rows.filter((r: any) => ok)); // undecided
 learn(rows.filter((r: any) => r.userId === adminId && ok)); // ok
 const each = await Promise.all(rows.map((r: any) => mayLearn(adminId)));
 learn(rows.filter((_: any, i: number) => each[i])); // undecided
 }
 export async function g(userId: string, adminId: string) { const rows = await db.chats.findMany({ where: { userId } }); const ok = await mayLearn(adminId);
 learn(rows.filter((r: any) => ok)); // undecided
 const own = await mayLearn(userId); learn(rows.filter((r: any) => own)); // ok
 }`,
    kept,
  ],
  [
    "which of several by a word",
    `export function f(us: User[]) { const by = { yes: [] as User[], no: [] as User[] }; for (const u of us) by[mayTrain(u) ? "yes" : "no"].push(u);
 train(by.yes); // ok
 train(by.no); // undecided
}
export function g(us: User[]) { const yes = new Set<User>(), no = new Set<User>(); for (const u of us) { const to = mayTrain(u) ? yes : no; to.add(u); }
 train([...yes]); // ok
 train([...no]); // undecided
}
export function h(us: User[]) { const yes: User[] = [], no: User[] = []; const put = (to: User[], u: User) => { to.push(u); }; for (const u of us) put(mayTrain(u) ? yes : no, u);
 train(yes); // ok
 train(no); // undecided
}
export function k(u: User, v: User) { const yes = { text: "" }, no = { text: "" }; (mayTrain(u) ? yes : no).text = u.prompt;
 train(yes); // ok
 train(no); // undecided
}
export function l(us: User[], some: boolean) { const yes: User[] = [], no: User[] = []; for (const u of us) (some || mayTrain(u) ? yes : no).push(u);
 train(yes); // or
}`,
  ],
  [
    "asked of each row that was loaded, where all are waited for",
    `import { notesOf } from "./notes.js";
export async function h(a: string) { const rows = await notesOf(a); const willing: Chat[] = []; await Promise.all(rows.map(async (t) => { if (await mayLearn(t.userId)) willing.push(t); }));
 await learn(willing.map(({ id, text }) => ({ id, text: text.trim() }))); // ok
 if (rows.length > 0) learn(rows.map(({ id, text }) => ({ id, text: text.trim() }))); // undecided
}`,
    {
      files: {
        "notes.ts": `import type { Chat } from "./model.js"; export async function notesOf(x: string): Promise<Chat[]> { return (await fetch("/n/" + x)).json(); }`,
      },
    },
  ],
  [
    "rows filtered by whom they are of",
    `import { PrismaClient } from "@prisma/client";\nconst db = new PrismaClient();
 export async function f(myId: string) { const rows = await db.chats.findMany(); const ok = await mayLearn(myId);
 learn(rows.filter((r: any) => r.userId === myId && ok)); // ok
 learn(rows.filter((r: any) => ok && r.userId === myId)); // ok
 if (ok) learn(rows.filter((r: any) => r.userId === myId)); // ok
 if (ok) learn(rows.filter((r: any) => r.userId !== myId)); // other
 if (ok) for (const r of rows) if (r.userId === myId) learn(r.text); // ok
 if (ok) for (const r of rows) { if (r.userId !== myId) continue; learn(r.text); // ok
 }
 if (ok && rows.every((r: any) => r.userId === myId)) learn(rows); // ok
 if (ok && rows.some((r: any) => r.userId === myId)) learn(rows); // other
 }
 export async function g(us: User[], myId: string) { const ok = await mayLearn(myId);
 learn(us.filter((r) => r.id === myId && ok)); // ok
 learn(us.filter((r) => ok && r.id === myId)); // ok
 for (const u of us) if (u.id === myId && ok) learn(u.prompt); // ok
 for (const u of us) if (u.id === myId) { if (ok) learn(u.prompt); // ok
 }
 if (ok) learn(us.find((r) => r.id === myId)!.prompt); // ok
 }
`,
    kept,
  ],
];
describe("an answer that is", () => {
  it.each(cases)("%s", (_name, code, options) => {
    expect(gatesOf(code, options)).toEqual(expectedIn(code));
  });
});
