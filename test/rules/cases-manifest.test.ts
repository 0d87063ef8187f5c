/** Cases of the rules about what the manifest promises: withdrawal, consent-surface, retention, manifest, blind-spot. */
import blindSpot from "../../rules/blind-spot.js";
import consentSurface from "../../rules/consent-surface.js";
import manifest from "../../rules/manifest.js";
import retention from "../../rules/retention.js";
import withdrawal from "../../rules/withdrawal.js";
import { runCases } from "./cases.js";

const CONSENT = (more = ', withdraw: "./src/consent.ts:stop", on-withdraw: "./src/data.ts:removeUser"'): string => `version: 1
purposes: { train: { basis: consent, consent: training } }
fields: { chat.prompt: { for: [train] } }
sources: [{ field: chat.prompt, parameter: "./src/chat.ts:onPrompt", argument: "0" }]
sinks: [{ id: upload, purpose: train, call: "./src/chat.ts:upload" }]
consent:
  training: { mode: opt-in, check: "./src/consent.ts:mayTrain", grant: "./src/consent.ts:allow"${more} }
`;
const FILES = {
  "src/chat.ts": `import { mayTrain } from "./consent.js";
export function upload(text: string): void { void text; }
export function onPrompt(text: string, id: string): void { if (mayTrain(id)) upload(text); }
`,
  "src/data.ts": "const rows = new Map<string, string[]>();\nexport function removeUser(id: string): void { rows.delete(id); }\n",
  "src/consent.ts": `import { removeUser } from "./data.js";
const yes = new Set<string>();
export const mayTrain = (id: string): boolean => yes.has(id);
export function allow(id: string): void { yes.add(id); }
export function stop(id: string): void { yes.delete(id); removeUser(id); }
`,
};
const KEEPS = { ...FILES, "src/consent.ts": FILES["src/consent.ts"].replace(" removeUser(id);", " void removeUser;") };

runCases(
  "withdrawal",
  withdrawal,
  {
    manifest: CONSENT(),
    files: FILES,
    head: 'import { allow, stop } from "./consent.js";\nexport const all: unknown[] = [allow, stop]; declare function onClick(name: string, run: () => void): void; declare const id: string;\n',
  },
  {
    legal: {
      "both by a click": 'onClick("yes", () => allow(id));\nonClick("no", () => stop(id));\n',
      "taking back by more ways than giving":
        'onClick("yes", () => allow(id));\nonClick("no", () => stop(id));\nonClick("menu", () => stop(id));\n',
      "a confirmation for both":
        'onClick("yes", () => { if (confirm("Sure?")) allow(id); });\nonClick("no", () => { if (confirm("Sure?")) stop(id); });\n',
      "a confirmation for giving": 'onClick("yes", () => { if (confirm("Sure?")) allow(id); });\nonClick("no", () => stop(id));\n',
      "through functions of the program":
        "const no = () => stop(id);\nexport const settings = { save: (on: boolean) => (on ? allow(id) : no()) };\n",
      "without anything that has to happen then": {
        code: 'onClick("yes", () => allow(id));\nonClick("no", () => stop(id));\n',
        manifest: CONSENT(', withdraw: "./src/consent.ts:stop"'),
        files: KEEPS,
      },
    },
    broken: {
      "nothing takes it back": [{ code: 'onClick("yes", () => allow(id));\n', manifest: CONSENT("") }, 1],
      "nothing calls what does": [{ code: 'onClick("yes", () => allow(id));\n', files: { ...FILES } }, 1],
      "a confirmation that giving does not have": [
        'onClick("yes", () => allow(id));\nonClick("no", () => { if (confirm("Sure?")) stop(id); });\n',
        2,
      ],
      "two, where giving has one": [
        'onClick("yes", () => { if (confirm("Sure?")) allow(id); });\nonClick("no", () => {\n  if (confirm("Sure?") && confirm("Really?")) stop(id);\n});\n',
        3,
      ],
      "data that stays": [{ code: 'onClick("yes", () => allow(id));\nonClick("no", () => stop(id));\n', files: KEEPS }, 2],
      "data that stays, on every way": [
        { code: 'onClick("yes", () => allow(id));\nconst no = () => stop(id);\nonClick("no", no);\n', files: KEEPS },
        2,
      ],
    },
  },
);

runCases(
  "consent-surface",
  consentSurface,
  {
    manifest: CONSENT(),
    files: FILES,
    file: "src/main.tsx",
    head: 'import { useState } from "react";\nimport { allow, stop } from "./consent.js";\nexport const all = [useState, allow, stop]; declare const id: string; declare function signUp(): void;\n',
  },
  {
    legal: {
      "a box that is off": 'export const Page = () => <label><input type="checkbox" onChange={() => allow(id)} /> Help us</label>;\n',
      "a yes and a no":
        "export const Page = () => <p>We would like to train AI models on your chats. <button onClick={() => allow(id)}>Allow</button><button onClick={() => stop(id)}>Do not allow</button></p>;\n",
      "a state that begins as off":
        'export function Page() { const [on, set] = useState(false); return <label><input type="checkbox" checked={on} onChange={() => { set(!on); if (!on) allow(id); else stop(id); }} /> Train on my chats</label>; }\n',
      "a box that is on and about something else":
        'export const Page = () => <label><input type="checkbox" defaultChecked /> Remember me</label>;\n',
      "a button that only confirms the box":
        'export function Page() { const [on, set] = useState(false); return <div><label><input type="checkbox" checked={on} onChange={() => set(!on)} /> Help us</label><button onClick={() => { if (on) allow(id); signUp(); }}>Save</button></div>; }\n',
      "a box that says no, and is on":
        'export const Page = () => <label><input type="checkbox" defaultChecked /> Do not share my data with partners</label>;\n',
    },
    broken: {
      "a box that is on": ['export const Page = () => (\n  <input type="checkbox" name="allowTraining" defaultChecked />\n);\n', 2],
      "by what it does, whatever it says": [
        'export const Page = () => (\n  <input type="checkbox" defaultChecked title="Hilf mit" onChange={() => allow(id)} />\n);\n',
        2,
      ],
      "by what the form does with it": [
        'export const Page = () => (\n  <form onSubmit={(e) => { if (new FormData(e.currentTarget).get("better")) allow(id); }}>\n    <input type="checkbox" name="better" defaultChecked />\n  </form>\n);\n',
        3,
      ],
      "a state that begins as on": [
        'export function Page() {\n  const [on, set] = useState(true);\n  return <label><input type="checkbox" checked={on} onChange={() => set(!on)} /> You may train AI models on my conversations</label>;\n}\n',
        3,
      ],
      "a yes, and no no": [
        "export const Page = () => <p>We would like to train AI models on your chats.\n  <button onClick={() => allow(id)}>Allow</button>\n</p>;\n",
        2,
      ],
      "only later": [
        "export const Page = () => <p>We would like to train AI models on your chats.\n  <button onClick={() => allow(id)}>Allow</button><button>Not now</button>\n</p>;\n",
        2,
      ],
      "with something else": ["export const Page = () => (\n  <button onClick={() => { signUp(); allow(id); }}>Sign up</button>\n);\n", 2],
    },
  },
);

const KEEP = (field: string, store: string): string => `version: 1
purposes: { deliver: { basis: contract } }
fields: { user.email: { for: [deliver]${field} } }
sources: [{ field: user.email, property: "./src/model.ts:User.email" }]
sinks: [{ id: mail, purpose: deliver, call: "./src/model.ts:mail" }]
stores: [{ id: users, write: "./src/model.ts:put", read: "./src/model.ts:get", key: 0, value: 1${store} }]
`;

runCases(
  "retention",
  retention,
  {
    manifest: KEEP(", retention: 30d", ", retention: 30d"),
    files: {
      "src/model.ts":
        "export interface User { id: string; email: string }\nconst all = new Map<string, unknown>();\nexport function put(key: string, value: unknown): void { all.set(key, value); }\nexport function get(key: string): any { return all.get(key); }\nexport function mail(x: unknown): void { void x; }\n",
    },
    head: 'import { writeFileSync } from "node:fs";\nimport { get, mail, put, type User } from "./model.js";\nexport const all = [get, mail, put, writeFileSync];\n',
  },
  {
    legal: {
      "as long as it may be": "export const f = (u: User) => put(u.id, u.email);\n",
      "shorter, in another unit": {
        code: "export const f = (u: User) => put(u.id, u.email);\n",
        manifest: KEEP(", retention: 1mo", ", retention: 2w"),
      },
      "a field without a limit": { code: "export const f = (u: User) => put(u.id, u.email);\n", manifest: KEEP("", ", retention: 9y") },
      "something else of the user": {
        code: "export const f = (u: User) => put(u.id, { seen: true });\n",
        manifest: KEEP(", retention: 30d", ", retention: 1y"),
      },
      "sent, and not kept": { code: "export const f = (u: User) => mail(u.email);\n", manifest: KEEP(", retention: 30d", "") },
      "how long it is": { code: "export const f = (u: User) => put(u.id, u.email.length);\n", manifest: KEEP(", retention: 30d", "") },
    },
    broken: {
      longer: [{ code: "export const f = (u: User) => put(u.id, u.email);\n", manifest: KEEP(", retention: 30d", ", retention: 31d") }, 1],
      "longer, in another unit": [
        { code: "export const f = (u: User) => put(u.id, u.email);\n", manifest: KEEP(", retention: 30d", ", retention: 1y") },
        1,
      ],
      "nobody knows how long": [{ code: "export const f = (u: User) => put(u.id, u.email);\n", manifest: KEEP(", retention: 30d", "") }, 1],
      "within an object": [
        {
          code: "export const f = (u: User) => {\n  put(u.id, { user: { ...u } });\n};\n",
          manifest: KEEP(", retention: 30d", ", retention: 1y"),
        },
        2,
      ],
      "hashed, which is personal data": [
        {
          code: 'import { createHash } from "node:crypto";\nexport const f = (u: User) =>\n  put(u.id, createHash("sha256").update(u.email).digest("hex"));\n',
          manifest: KEEP(", retention: 30d", ", retention: 1y"),
        },
        3,
      ],
      "at each place that writes it": [
        {
          code: "export const f = (u: User) => {\n  put(u.id, u.email);\n  put(u.email, u.email);\n};\n",
          manifest: KEEP(", retention: 30d", ", retention: 1y"),
        },
        2,
        3,
      ],
    },
  },
);

const MODEL = {
  "src/model.ts": "export interface User { id: string; email: string }\nexport function mail(x: unknown): void { void x; }\n",
};
const TRUE = `version: 1
purposes: { deliver: { basis: contract } }
fields: { user.email: { for: [deliver] } }
sources: [{ field: user.email, property: "./src/model.ts:User.email" }]
sinks: [{ id: mail, purpose: deliver, call: "./src/model.ts:mail" }]
`;
const CODE = "export const f = (u: User) => mail(u.email);\n";
const HEAD = 'import { mail, type User } from "./model.js";\n';

runCases(
  "manifest",
  manifest,
  { manifest: TRUE, files: MODEL, messageId: "setup" },
  {
    legal: {
      "what is there": HEAD + CODE,
      "what is exported by another name": {
        code: `import { send, type User } from "./mail.js";\n${CODE.replace("mail(", "send(")}`,
        files: { ...MODEL, "src/mail.ts": 'export { mail as send, type User } from "./model.js";\n' },
      },
      "a purpose whose child is used": {
        code: HEAD + CODE,
        manifest: TRUE.replace("deliver: { basis: contract }", "deliver: { basis: contract, parent: run }, run: {}"),
      },
      "a method of a class": {
        code: `${HEAD}export class Post { send(x: unknown) { mail(x); } }\nexport const g = (u: User) => new Post().send(u.email);\n`,
        manifest: TRUE.replace("./src/model.ts:mail", "./src/main.ts:Post.send"),
      },
      "a consent that a purpose rests on": {
        code: `${HEAD}export const may = (u: User) => u.id !== "";\nexport const f = (u: User) => { if (may(u)) mail(u.email); };\n`,
        manifest: `${TRUE.replace("basis: contract", "basis: consent, consent: mails")}consent: { mails: { mode: opt-in, check: "./src/main.ts:may" } }\n`,
      },
      "an argument that the function has": { code: HEAD + CODE, manifest: TRUE.replace('model.ts:mail"', 'model.ts:mail", argument: "0"') },
    },
    broken: {
      "a function that was renamed": [{ code: HEAD + CODE, manifest: TRUE.replace("model.ts:mail", "model.ts:send") }, 1],
      "a file that has moved": [{ code: HEAD + CODE, manifest: TRUE.replace("./src/model.ts:mail", "./lib/model.ts:mail") }, 1],
      "a property that is gone": [{ code: HEAD + CODE, manifest: TRUE.replace("User.email", "User.mail") }, 1],
      "an argument that nobody gives": [
        { code: HEAD + CODE, manifest: TRUE.replace('model.ts:mail"', 'model.ts:mail", argument: "3"') },
        1,
      ],
      "a field that nothing collects": [
        { code: HEAD + CODE, manifest: TRUE.replace("fields: {", "fields: { user.phone: { for: [deliver] },") },
        1,
      ],
      "a purpose that nothing is for": [
        { code: HEAD + CODE, manifest: TRUE.replace("purposes: {", "purposes: { train: { basis: contract },") },
        1,
      ],
      "an exception for nothing": [
        {
          code: HEAD + CODE,
          manifest: `${TRUE}exceptions: [{ finding: 7f3a9c21, reason: until then, owner: us, approver: dpo, expires: 2099-12-31 }]\n`,
        },
        1,
      ],
    },
  },
);

runCases(
  "blind-spot",
  blindSpot,
  { manifest: TRUE, files: MODEL, head: HEAD },
  {
    legal: {
      "what is followed to the sink": CODE,
      "a function of the language": 'export const f = (u: User) => mail(u.email.trim().split("@").join());\n',
      "a library without any field": 'import { send } from "some-sdk";\nexport const f = (u: User) => { send(u.id); mail(u.email); };\n',
      "code that is made of a constant": 'export const f = (u: User) => mail([u.email, eval("1 + 1")]);\n',
      "a callback of the program":
        "const run = (job: (x: string) => void, x: string) => job(x);\nexport const f = (u: User) => run(mail, u.email);\n",
      "a method of text, whatever has it": "export const f = (u: User, any: any) => { any.of(1).text.trim(); mail(u.email); };\n",
    },
    broken: {
      "a library without a model": ['import { send } from "some-sdk";\nexport const f = (u: User) => send(u.email);\n', 2],
      "what a library makes": [
        'import { Client } from "some-sdk";\nconst client = new Client();\nexport const f = (u: User) => client.events.push(u.email);\n',
        3,
      ],
      "a method of something unknown": ["export const f = (u: User, any: any) => any.process(u.email);\n", 1],
      "a function that is not there": [
        "declare function lost(x: unknown): void;\nexport const f = (u: User) => lost({ who: u.email });\n",
        2,
      ],
      "a module that is not there": ['import { gone } from "./gone.js";\nexport const f = (u: User) => gone(u.email);\n', 2],
      "code that is made at run time": ["export const f = (u: User) => eval(u.email);\n", 1],
    },
  },
);
