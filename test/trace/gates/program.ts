/** Programs with consents: whether each sink is gated, told beside it. `train` asks `mayTrain`, `learn` asks the async `mayLearn`, `sell` `hasOptedOut`. */
import { loadManifest } from "../../../src/manifest/load.js";
import type { Project } from "../../../src/program/project.js";
import { trace } from "../../../src/trace/index.js";
import type { TraceResult } from "../../../src/trace/result.js";

const FILES: Readonly<Record<string, string>> = {
  "model.ts": `export interface User { id: string; name: string; prompt: string; consented: boolean }
export interface Message { role: string; text: string }
export interface Chat { id: string; userId: string; text: string; messages: Message[] }
export interface Request { user: { id: string; admin: { id: string } }; params: Record<string, string>; body: any; headers: Record<string, string> }
`,
  "store.ts": `import type { Chat, User } from "./model.js";
export async function loadUsers(): Promise<User[]> { return (await fetch("/users")).json(); }
export async function loadChat(userId: string): Promise<Chat> { return (await fetch("/chats/" + userId)).json(); }
export async function loadPrompt(userId: string): Promise<string> { return (await fetch("/prompts/" + userId)).text(); }
`,
  "consent.ts": `import type { User } from "./model.js";
export function mayTrain(user: User): boolean { return user.consented; }
export async function mayLearn(userId: string): Promise<boolean> { return (await fetch("/consents/" + userId)).ok; }
export function hasOptedOut(user: User): boolean { return !user.consented; }
`,
  "sink.ts": `export function train(...examples: unknown[]): void { void examples; }
export async function learn(...examples: unknown[]): Promise<void> { void examples; }
export function sell(...records: unknown[]): void { void records; }
`,
};

const PRELUDE = `import type { Chat, Message, Request, User } from "./model.js";
import { loadChat, loadPrompt, loadUsers } from "./store.js";
import { hasOptedOut, mayLearn, mayTrain } from "./consent.js";
import { learn, sell, train } from "./sink.js";
`;

const MANIFEST = `version: 1
purposes:
  train: { basis: consent, consent: training, notice: to train }
  learn: { basis: consent, consent: learning, notice: to learn }
  sell: { basis: consent, consent: sale, notice: to sell }
fields:
  user.prompt: { for: [train, learn, sell] }
  chat.text: { for: [train, learn, sell] }
sources:
  - { field: user.prompt, property: "./model.ts:User.prompt" }
  - { field: chat.text, property: "./model.ts:Chat.text" }
  - { field: chat.text, property: "./model.ts:Message.text" }
  - { field: chat.text, returns: "./store.ts:loadPrompt" }
sinks:
  - { id: train, purpose: train, call: "./sink.ts:train" }
  - { id: learn, purpose: learn, call: "./sink.ts:learn" }
  - { id: sell, purpose: sell, call: "./sink.ts:sell" }
consent:
  training: { mode: opt-in, check: "./consent.ts:mayTrain" }
  learning: { mode: opt-in, check: "./consent.ts:mayLearn" }
  sale: { mode: opt-out, check: "./consent.ts:hasOptedOut" }
`;

export interface Options {
  readonly files?: Readonly<Record<string, string>>;
  /** Changes the manifest. */
  readonly manifest?: (text: string) => string;
}

export function run(code: string, { files: more = {}, manifest: change = (text) => text }: Options = {}): TraceResult {
  const root = "/app";
  const files: Readonly<Record<string, string>> = { ...FILES, ...more, "main.ts": PRELUDE + code };
  const manifest = change(MANIFEST);
  const loaded = loadManifest(`${root}/purpose.yaml`, (f) => (f === `${root}/purpose.yaml` ? manifest : undefined));
  if (loaded.manifest === undefined || loaded.problems.some((p) => p.severity === "error"))
    throw new Error(loaded.problems.map((p) => p.message).join("\n"));
  const names = Object.keys(files).sort();
  const project: Project = {
    root,
    files: names.map((name) => ({ path: `${root}/${name}`, name, text: () => files[name]! })),
    problems: [],
    resolveModule: (_from, specifier) => {
      if (specifier.startsWith("node:")) return { kind: "builtin", name: specifier.slice(5) };
      if (!specifier.startsWith(".")) return { kind: "package", name: specifier, subpath: "" };
      const name = specifier.replace(/^\.\//, "").replace(/\.js$/, ".ts");
      return names.includes(name) ? { kind: "file", path: `${root}/${name}` } : { kind: "unresolved", specifier };
    },
    assets: () => [],
    asset: () => undefined,
    types: () => undefined,
  };
  return trace(project, loaded.manifest);
}

/** Consents that are kept in columns of `users`; the sources are the columns of `users` and `chats`. */
export const kept: Options = {
  manifest: (text) =>
    text
      .replace(`check: "./consent.ts:mayTrain"`, `column: users.may_train`)
      .replace(`check: "./consent.ts:hasOptedOut"`, `column: users.opted_out`)
      .replace(
        "consent:\n",
        `stores:\n  - { id: users, sql: users, columns: { prompt: user.prompt } }\n  - { id: chats, sql: chats, columns: { text: chat.text } }\nconsent:\n`,
      ),
};

const SINK = /\b(train|learn|sell)\(/;

/** Of each line with a sink: `ok` where the consent holds for all that arrives, else why not; `none` where nothing arrives. */
export function gatesOf(code: string, options?: Options): string[] {
  const { flows } = run(code, options);
  return (PRELUDE + code).split("\n").flatMap((text, i) => {
    if (!SINK.test(text)) return [];
    const here = flows.filter((f) => f.at.file === "main.ts" && f.at.line === i + 1);
    const whys = [...new Set(here.flatMap((f) => (f.missing === undefined ? [] : [f.missing.why])))].sort();
    return [`${text.replace(/\/\/.*$/, "").trim()} → ${here.length === 0 ? "none" : whys.length === 0 ? "ok" : whys.join(" ")}`];
  });
}

/** What the comments say: `train(x); // ok`. */
export const expectedIn = (code: string): string[] =>
  code.split("\n").flatMap((text) => (SINK.test(text) ? [text.trim().replace(/^(.*?)\s*\/\/\s*(.*)$/, "$1 → $2")] : []));
