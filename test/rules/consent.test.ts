/** `consent` and `opt-out`, each bad case beside its good neighbour, over programs of several files. */
import { RuleTester } from "@typescript-eslint/rule-tester";
import path from "node:path";
import { afterAll, describe, it } from "vitest";
import consent from "../../rules/consent.js";
import optOut from "../../rules/opt-out.js";
import { enough } from "./cases.js";
import { makeProject } from "./project.js";

RuleTester.afterAll = afterAll;
RuleTester.describe = describe;
RuleTester.it = it;

const FILES: Readonly<Record<string, string | null>> = {
  "purpose.yaml": `version: 1
purposes:
  deliver: { basis: contract }
  train: { basis: consent, consent: training, notice: to train our models }
  sell: { basis: legitimate-interest, consent: sale, notice: to sell to partners }
fields:
  user.email: { for: [deliver, sell] }
  chat.text: { for: [deliver, train] }
sources:
  - { field: user.email, property: "./src/model.ts:User.email" }
  - { field: chat.text, property: "./src/model.ts:Message.text" }
sinks:
  - { id: upload, purpose: train, call: "./src/sink.ts:upload", argument: "0" }
  - { id: partners, purpose: sell, call: "./src/sink.ts:share", argument: "0" }
consent:
  training: { mode: opt-in, check: "./src/consent.ts:Consents.mayTrain" }
  sale: { mode: opt-out, check: "./src/consent.ts:hasOptedOut", signals: [gpc] }
`,
  "src/model.ts": `export interface User { id: string; email: string }
export interface Message { text: string }
export interface Chat { id: string; userId: string; messages: Message[] }
`,
  "src/consent.ts": `import type { User } from "./model.js";

export class Consents {
  private readonly given = new Set<string>();

  async mayTrain(userId: string): Promise<boolean> {
    return Promise.resolve(this.given.has(userId));
  }
}

const optedOut = new Set<string>();

export function hasOptedOut(user: User): boolean {
  return optedOut.has(user.id);
}
`,
  // What stands between: an assertion, a wrapper, what is sent.
  "src/ask.ts": `import { Consents } from "./consent.js";
import type { Chat } from "./model.js";

export const consents = new Consents();

export async function assertConsent(chat: Chat): Promise<void> {
  if (!(await consents.mayTrain(chat.userId))) throw new Error("no consent");
}

export const isAllowed = async (chat: Chat): Promise<boolean> => {
  try {
    return await consents.mayTrain(chat.userId);
  } catch {
    return false;
  }
};

export const toExample = (chat: Chat) => ({ texts: chat.messages.map((message) => message.text) });
`,
  "src/sink.ts": `export function upload(examples: unknown): void {
  void examples;
}

export function share(records: unknown): void {
  void records;
}
`,
  "src/serve.ts": null,
  "src/example.ts": null,
};

const HEAD = `import { assertConsent, consents, isAllowed, toExample } from "./ask.js";
import { hasOptedOut } from "./consent.js";
import type { Chat, User } from "./model.js";
import { share, upload } from "./sink.js";
void [assertConsent, consents, isAllowed, toExample, hasOptedOut, share, upload];
`;

/** The line of the case's code that a finding is on. */
const LINES = HEAD.split("\n").length - 1;

function inProject(body: string, files: Readonly<Record<string, string | null>> = {}) {
  const code = `${HEAD}${body}\nexport type { Chat, User };\n`;
  const root = makeProject({ ...FILES, ...files, "src/main.ts": code });
  return {
    code,
    filename: path.join(root, "src/main.ts"),
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
  };
}

const found = (...lines: number[]) => lines.map((line) => ({ messageId: "finding" as const, line: LINES + line }));

function runRule(name: string, rule: typeof consent, tests: Parameters<RuleTester["run"]>[2]): void {
  enough(name, tests.valid.length, tests.invalid.length);
  new RuleTester().run(name, rule, tests as never);
}

runRule("consent", consent, {
  valid: [
    {
      name: "a check, awaited",
      ...inProject(`export async function f(chat: Chat) { if (await consents.mayTrain(chat.userId)) upload(toExample(chat)); }`),
    },
    {
      name: "an early return",
      ...inProject(`export async function f(chat: Chat) {\n  if (!(await consents.mayTrain(chat.userId))) return;\n  upload(chat);\n}`),
    },
    {
      name: "an assertion of another file",
      ...inProject(`export async function f(chat: Chat) {\n  await assertConsent(chat);\n  upload(chat);\n}`),
    },
    {
      name: "a wrapper that says no when it cannot ask",
      ...inProject(`export async function f(chat: Chat) { if (await isAllowed(chat)) upload(chat); }`),
    },
    {
      name: "what was collected of those who consented",
      ...inProject(
        `export async function f(chats: Chat[]) {\n  const kept: Chat[] = [];\n  for (const chat of chats) if (await consents.mayTrain(chat.userId)) kept.push(chat);\n  upload(kept.map(toExample));\n}`,
      ),
    },
    {
      name: "the caller asks",
      ...inProject(
        `function send(chat: Chat) {\n  upload(JSON.stringify(toExample(chat)));\n}\nexport async function f(chat: Chat) { if (await consents.mayTrain(chat.userId)) send(chat); }`,
      ),
    },
    {
      name: "a ternary over a local",
      ...inProject(
        `export async function f(chat: Chat) {\n  const ok = await consents.mayTrain(chat.userId);\n  return ok ? upload(chat) : undefined;\n}`,
      ),
    },
    { name: "a length, which is no flow", ...inProject(`export function f(chat: Chat) { upload(chat.messages.length); }`) },
    {
      name: "a purpose that rests on something else",
      ...inProject(`export function f(chat: Chat) { upload(chat); }`, {
        "purpose.yaml": FILES["purpose.yaml"]!.replace("basis: consent,", "basis: contract,"),
      }),
    },
  ],
  invalid: [
    { name: "nobody asks", ...inProject(`export function f(chat: Chat) { upload(toExample(chat)); }`), errors: found(1) },
    {
      name: "the promise is tested instead of the answer",
      ...inProject(`export function f(chat: Chat) {\n  if (consents.mayTrain(chat.userId)) upload(chat);\n}`),
      errors: found(2),
    },
    {
      name: "the answer is ignored",
      ...inProject(`export async function f(chat: Chat) {\n  await consents.mayTrain(chat.userId);\n  upload(chat);\n}`),
      errors: found(3),
    },
    {
      name: "the wrong way round",
      ...inProject(`export async function f(chat: Chat) {\n  if (await consents.mayTrain(chat.userId)) return;\n  upload(chat);\n}`),
      errors: found(3),
    },
    {
      name: "for another",
      ...inProject(`export async function f(mine: Chat, theirs: Chat) { if (await consents.mayTrain(mine.userId)) upload(theirs); }`),
      errors: found(1),
    },
    {
      name: "the assertion is caught",
      ...inProject(
        `export async function f(chat: Chat) {\n  try {\n    await assertConsent(chat);\n  } catch (error) {\n    console.error(error);\n  }\n  upload(chat);\n}`,
      ),
      errors: found(7),
    },
    {
      name: "a default",
      ...inProject(`export async function f(chat: Chat) { if ((await consents.mayTrain(chat.userId)) ?? true) upload(chat); }`),
      errors: found(1),
    },
    {
      name: "or something else",
      ...inProject(
        `export async function f(chat: Chat, staff: boolean) { if (staff || (await consents.mayTrain(chat.userId))) upload(chat); }`,
      ),
      errors: found(1),
    },
    {
      name: "kept in the module",
      ...inProject(
        `let ok = false;\nexport async function ask(chat: Chat) { ok = await consents.mayTrain(chat.userId); }\nexport function f(chat: Chat) { if (ok) upload(chat); }`,
      ),
      errors: found(3),
    },
    {
      name: "all because of the first",
      ...inProject(`export async function f(chats: Chat[]) {\n  if (await consents.mayTrain(chats[0]!.userId)) upload(chats);\n}`),
      errors: found(2),
    },
    {
      name: "one of two callers",
      ...inProject(
        `function send(chat: Chat) {\n  upload(chat);\n}\nexport async function f(chat: Chat) { if (await consents.mayTrain(chat.userId)) send(chat); }\nexport function g(chat: Chat) { send(chat); }`,
      ),
      errors: found(2),
    },
  ],
});

const asked = `if (hasOptedOut(user) || request.headers.get("Sec-GPC") === "1") return;`;

runRule("opt-out", optOut, {
  valid: [
    { name: "who opted out is left out", ...inProject(`export function f(request: Request, user: User) {\n  ${asked}\n  share(user);\n}`) },
    {
      name: "one after the other",
      ...inProject(
        `export function f(request: Request, user: User) {\n  if (request.headers.get("sec-gpc") === "1") return;\n  if (!hasOptedOut(user)) share(user.email);\n}`,
      ),
    },
    {
      name: "the signal is asked for in a function",
      ...inProject(
        `const hasSignal = (request: Request): boolean => request.headers.get("sec-gpc") === "1";\nexport function f(request: Request, users: User[]) {\n  if (hasSignal(request)) return;\n  share(users.filter((user) => !hasOptedOut(user)));\n}`,
      ),
    },
    {
      name: "a table of headers",
      ...inProject(
        `export function f(headers: Record<string, string | undefined>, user: User) {\n  const { "sec-gpc": signal } = headers;\n  if (signal === "1" || hasOptedOut(user)) throw new Error("opted out");\n  share(user);\n}`,
      ),
    },
    {
      name: "no signal is declared",
      ...inProject(`export function f(user: User) { if (!hasOptedOut(user)) share(user); }`, {
        "purpose.yaml": FILES["purpose.yaml"]!.replace(", signals: [gpc]", ""),
      }),
    },
    { name: "only the name of the country", ...inProject(`export function f(country: string) { share({ country }); }`) },
    {
      name: "in the browser",
      ...inProject(
        `declare const navigator: { globalPrivacyControl?: boolean };\nexport function f(user: User) { if (!navigator.globalPrivacyControl && !hasOptedOut(user)) share(user); }`,
      ),
    },
  ],
  invalid: [
    { name: "nobody asks", ...inProject(`export function f(user: User) { share(user); }`), errors: found(1) },
    {
      name: "the signal is ignored",
      ...inProject(`export function f(user: User) { if (!hasOptedOut(user)) share(user); }`),
      errors: found(1),
    },
    {
      name: "only the signal is asked for",
      ...inProject(`export function f(request: Request, user: User) { if (request.headers.get("sec-gpc") !== "1") share(user); }`),
      errors: found(1),
    },
    {
      name: "the wrong way round",
      ...inProject(
        `export function f(request: Request, user: User) {\n  if (request.headers.get("sec-gpc") === "1") return;\n  if (hasOptedOut(user)) share(user);\n}`,
      ),
      errors: found(3),
    },
    {
      name: "for another",
      ...inProject(`export function f(request: Request, user: User, friend: User) {\n  ${asked}\n  share(friend.email);\n}`),
      errors: found(3),
    },
    {
      name: "only one of both",
      ...inProject(
        `export function f(request: Request, user: User) {\n  if (hasOptedOut(user) && request.headers.get("sec-gpc") === "1") return;\n  share(user);\n}`,
      ),
      errors: found(3),
    },
    {
      name: "a filter the wrong way round",
      ...inProject(
        `export function f(request: Request, users: User[]) {\n  if (request.headers.get("sec-gpc") === "1") return;\n  share(users.filter((user) => hasOptedOut(user)));\n}`,
      ),
      errors: found(3),
    },
  ],
});
