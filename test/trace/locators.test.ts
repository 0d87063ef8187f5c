/** Locators name declarations, by whatever way the code comes to them. */
import { describe, expect, it } from "vitest";
import { annotated, run } from "./program.js";

const SHARED = {
  "trainer.ts": `export class Trainer { fit(x: unknown): void { void x; } note(x: unknown): void { void x; } }
export const help = { push(x: unknown): void { void x; } };
export default function upload(x: unknown): void { void x; }
export interface Person { mail: string; age: number }
`,
  "shared.ts": `export { Trainer as Coach } from "./trainer.js";
export * from "./trainer.js";
export { default as upload } from "./trainer.js";
export type { Person as Human } from "./trainer.js";
`,
};
const sinks = (...locators: string[]): string =>
  `sinks:\n${locators.map((l, i) => `  - { id: s${i}, purpose: train, call: "${l}" }\n`).join("")}`;

const lines = (code: string, options: Parameters<typeof run>[1]): number[] =>
  [...new Set(run(code, options).flows.map((f) => f.at.line))].sort((a, b) => a - b);

describe("a module that passes on what another declares", () => {
  const code = `import { Coach, Trainer, help, upload } from "@acme/shared";
const u = loadUser();
new Coach().fit(u.email);
new Trainer().fit(u.email);
new Trainer().note(u.email);
help.push(u.email);
upload(u.email);
`;
  const files = SHARED;
  const packages = { "@acme/shared": "shared.ts" };

  it("may be named for it, as a file", () => {
    expect(lines(code, { files, packages, sinks: sinks("./shared.ts:Coach.fit") })).toEqual([5, 6]);
    expect(lines(code, { files, packages, sinks: sinks("./shared.ts:help.push") })).toEqual([8]);
    expect(lines(code, { files, packages, sinks: sinks("./shared.ts:upload") })).toEqual([9]);
  });

  it("as a package of the workspace", () => {
    expect(lines(code, { files, packages, sinks: sinks("@acme/shared:Trainer.fit") })).toEqual([5, 6]);
    expect(lines(code, { files, packages, sinks: sinks("@acme/shared:upload", "@acme/shared:help.push") })).toEqual([8, 9]);
  });

  it("and must pass it on under that name", () => {
    const { unmatched } = run(code, {
      files,
      packages,
      sinks: sinks("@acme/shared:Trainer.fits", "./shared.ts:nothing", "@acme/shared:Trainer.fit"),
    });
    expect(unmatched.map((u) => u.text)).toEqual(["@acme/shared:Trainer.fits", "./shared.ts:nothing"]);
  });

  it("of types, too", () => {
    const { found, expected } = annotated(
      `import type { Human } from "@acme/shared";
export function one(h: Human) { train(h.mail); } //! user.email
export function two(h: Human) { train(h.age); } //! none
`,
      { files, packages, sources: `  - { field: user.email, property: "@acme/shared:Human.mail" }\n` },
    );
    expect(found).toEqual(expected);
  });
});

describe("a function of a package", () => {
  const files = {};
  const openai = sinks("openai:OpenAI.files.create");

  it("is itself when it is bound, called, applied, taken out", () => {
    const code = `import OpenAI from "openai";
const u = loadUser();
const c = new OpenAI();
const bound = c.files.create.bind(c.files);
bound({ file: u.email });
c.files.create.call(c.files, { file: u.email });
c.files.create.apply(c.files, [{ file: u.email }]);
const { create } = c.files;
create({ file: u.email });
c.files.list.call(c.files, { file: u.email });
`;
    expect(lines(code, { files, sinks: openai })).toEqual([7, 8, 9, 11]);
  });

  it("is found through parameters of the package's types", () => {
    const code = `import OpenAI, { AzureOpenAI } from "openai";
export function one(u: string, c: AzureOpenAI) { c.files.create({ file: loadUser().email }); }
export function two(u: string, f: OpenAI["files"]) { f.create({ file: loadUser().email }); }
export function three(u: string, c: Pick<OpenAI, "files">) { c.files.create({ file: loadUser().email }); }
export function four(u: string, c: OpenAI["batches"]) { c.create({ file: loadUser().email }); }
`;
    expect(lines(code, { files, sinks: openai })).toEqual([4, 5, 6]);
  });
});

describe("a method of what a store's client makes", () => {
  it("is named by its own class, without the package's types", () => {
    const code = `import { BlobServiceClient, BlockBlobClient } from "@azure/storage-blob";
const container = new BlobServiceClient("https://x").getContainerClient("c");
container.getBlockBlobClient("b").uploadStream(loadUser().email);
container.getBlobClient("b").getBlockBlobClient().uploadStream(loadUser().email);
new BlockBlobClient("x", "c", "b").uploadStream(loadUser().email);
container.getAppendBlobClient("b").uploadStream(loadUser().email);
`;
    expect(lines(code, { sinks: sinks("@azure/storage-blob:BlockBlobClient.uploadStream") })).toEqual([5, 6, 7]);
  });
});

describe("what a function of the program makes", () => {
  const files = {
    "lib.ts": `export const make = () => ({ send(x: unknown) {}, jobs: { send: (x: unknown) => {} }, near(x: unknown) {} });
export async function later() { const api = { send(x: unknown) {} }; return api; }
export class Client { static create() { return new Client(); } send(x: unknown) {} note(x: unknown) {} }
export const named = Object.assign(() => {}, { send: (x: unknown) => {} });
export const twin = () => ({ send(x: unknown) {} });
`,
  };
  const HEAD = 'import { Client, later, make, named, twin } from "./lib.js";\nconst { email } = loadUser();\n';
  const at = (code: string, ...locators: string[]): number[] =>
    lines(HEAD + code, { files, sinks: sinks(...locators) }).map((line) => line - 4);

  it("has its members named by the function", () => {
    const code = `make().send(email);
const { jobs, near, send } = make();
send(email);
jobs.send(email);
near(email);
[1, 2].map(make).forEach((api) => api.send(email));
twin().send(email);
(await later()).send(email);
`;
    expect(at(code, "./lib.ts:make.send")).toEqual([1, 3, 6]);
    expect(at(code, "./lib.ts:make.jobs.send")).toEqual([4]);
    expect(at(code, "./lib.ts:later.send")).toEqual([8]);
  });

  it("unless that is a member of its own, or the class of what it gives names it as well", () => {
    const code = `Client.create().send(email);
Client.create().note(email);
named.send(email);
`;
    expect(at(code, "./lib.ts:Client.send")).toEqual([1]);
    expect(at(code, "./lib.ts:Client.create.send")).toEqual([1]);
    expect(at(code, "./lib.ts:named.send")).toEqual([3]);
  });

  it("must have them", () => {
    const { unmatched } = run(`${HEAD}make();`, { files, sinks: sinks("./lib.ts:make.sends", "./lib.ts:make.send") });
    expect(unmatched.map((u) => u.text)).toEqual(["./lib.ts:make.sends"]);
  });
});

describe("a package's client in a field that no constructor sets", () => {
  const openai = sinks("openai:OpenAI.files.create");
  const upload = "create({ file: loadUser().email })";

  it("is what the field's type says", () => {
    const code = `import OpenAI from "openai";
export class Injected { @Inject() private readonly ai!: OpenAI; go() { return this.ai.files.${upload}; } }
export class Left { declare ai: OpenAI; go() { return this.ai.files.${upload}; } }
export abstract class Base { abstract ai: OpenAI; go() { return this.ai.files.${upload}; } }
export class Shared { static ai: OpenAI; static go() { return Shared.ai.files.${upload}; } }
export class Loose { @Inject() ai?: OpenAI; go() { return this.ai?.files.${upload}; } }
export class Inside { deps!: { ai: OpenAI }; go() { return this.deps.ai.files.${upload}; } }
export class Other { ai!: OpenAI; go() { return this.ai.batches.${upload}; } }
export class Near { ai!: { files: { create(x: unknown): void } }; go() { return this.ai.files.${upload}; } }
export class Said { ai = "none"; go() { return this.ai.files.${upload}; } }
`;
    expect(lines(code, { sinks: openai })).toEqual([4, 5, 6, 7, 8, 9]);
  });

  it("is what a subclass gives it, if one does", () => {
    const code = `import OpenAI from "openai";
abstract class Base { abstract ai: OpenAI; go() { return this.ai.files.create({ file: loadUser().email }); } }
const mine = { files: { create(x: unknown) { train(x); } } };
export class Field extends Base { ai = mine as any; }
export class Getter extends Base { get ai() { return mine as any; } }
new Field().go();
new Getter().go();
`;
    expect(lines(code, { sinks: openai })).toEqual([5]);
  });

  it("is what the class itself gives it, and else nothing", () => {
    const code = `import OpenAI from "openai";
class Client { seen: string[] = []; note(x: string) { this.seen.push(x); } }
export class One { private static only: Client; static get() { return (One.only ??= new Client()); } }
One.get().note(loadUser().email);
train(One.get().seen);
train(One.get().seen.length);
export class Set { private ai!: OpenAI; init() { this.ai = { files: { create() {} } } as any; } go() { this.ai.files.create({ file: loadUser().email }); } }
const s = new Set();
s.init();
s.go();
`;
    const { flows, blindSpots } = run(code, { sinks: openai });
    expect(flows.map((f) => f.at.line)).toEqual([7]);
    expect(blindSpots).toEqual([]);
  });
});
