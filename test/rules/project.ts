/** Small projects on disk for the tests of the rules: a manifest, a source of `user.email` and `chat.prompt`, and sinks. */
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export const MANIFEST = `version: 1
purposes:
  deliver: { basis: contract }
  train: { basis: contract }
fields:
  user.email: { for: [deliver] }
  user.name: { for: [deliver] }
  chat.prompt: { for: [deliver, train] }
  event.page: { for: [deliver] }
sources:
  - { field: user.email, property: "./src/model.ts:User.email" }
  - { field: user.name, property: "./src/model.ts:User.name" }
  - { field: chat.prompt, property: "./src/model.ts:User.prompt" }
  - { field: event.*, call: "./src/sink.ts:track", argument: "0" }
sinks:
  - { id: upload, purpose: train, call: "./src/sink.ts:upload", argument: "0", needs: [chat.prompt] }
  - { id: track, purpose: deliver, call: "./src/sink.ts:track", argument: "0" }
  - { id: mail, purpose: deliver, call: "./src/sink.ts:mail", argument: "0", needs: [user.email, user.name, chat.prompt] }
`;

export const SOURCES: Readonly<Record<string, string>> = {
  "purpose.yaml": MANIFEST,
  "tsconfig.json": JSON.stringify({
    compilerOptions: { target: "ES2022", module: "NodeNext", moduleResolution: "NodeNext", strict: true, noEmit: true, types: [] },
    include: ["src"],
  }),
  "package.json": JSON.stringify({ name: "linted", private: true, type: "module" }),
  "src/model.ts": `export interface User {
  id: string;
  email: string;
  name: string;
  prompt: string;
}
`,
  "src/sink.ts": `export function upload(example: unknown): void {
  void example;
}

export function mail(message: unknown): void {
  void message;
}

export function track(event: unknown): void {
  void event;
}
`,
  // Every field is used for what it was collected for: the manifest is true of the code.
  "src/serve.ts": `import type { User } from "./model.js";
import { mail, track } from "./sink.js";

export function serve(user: User, page: string): void {
  mail([user.email, user.name, user.prompt]);
  track({ page });
}
`,
  "src/example.ts": `import type { User } from "./model.js";

export type { User };

/** One training example. */
export function toExample(user: User) {
  return { text: user.prompt, contact: user.email };
}
`,
};

/** Three lines: a case's own code begins on the fourth, in a function that is given a user. */
export const HEAD = `import { toExample, type User } from "./example.js";
import { mail, upload } from "./sink.js";
export function main(user: User): void {
`;

export const END = `}
void toExample;
`;

/** Writes the files (over those of {@link SOURCES}) into a folder of their own; gives its path. */
export function makeProject(files: Readonly<Record<string, string | null>>): string {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), "purpose-lint-rules-")));
  for (const [name, text] of Object.entries({ ...SOURCES, ...files })) {
    if (text === null) continue;
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return root;
}
