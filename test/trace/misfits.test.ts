/** What an entry of the manifest names and the program does not have is told, beside what is like it and is there. */
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { analyze } from "../../src/analyze.js";
import { loadManifest } from "../../src/manifest/load.js";
import { openVirtual, type DeclarationCache } from "../../src/program/index.js";
import type { Report } from "../../src/report/schema.js";

const nodeModules = fileURLToPath(new URL("../../node_modules", import.meta.url));
const TSCONFIG = JSON.stringify({ compilerOptions: { module: "esnext", moduleResolution: "bundler", strict: true }, include: ["src"] });

const MODEL = `export interface Address { city: string; zip: string }
export interface Person { name: string; email: string; address: Address; tags: string[]; greet(): string }
export interface Employee extends Person { salary: number }
export interface Guest extends Missing { from: string }
export type Named = Person & { nick: string };
export type Bag = { [key: string]: unknown };
export class Account {
  label = "x";
  constructor(readonly owner: string) {}
  load(id: string): Person { void id; return make(); }
}
declare const database: any;
function make(): Person { return database.read(); }
export function loadPerson(id: string): Person { void id; return make(); }
export async function loadMany(): Promise<Person[] | undefined> { return [make()]; }
export function inferred() { return { name: "n" }; }
export function loadAny(): any { return make(); }
export function loadText(): string { return "{}"; }
export function record(p: { rating: number; note?: string } | null): void { void p; }
export function recordAll(...ps: { rating: number }[]): void { void ps; }
export const bound = record.bind(null);
export const config = { key: "k", nested: { deep: "d" } };
export declare function native(x: { text: string }): void;
declare interface Missing {}
`;
const SINK = `export function train(x: { name: string; mode: "soft" | "hard"; store?: boolean }, n: number): void { void x; void n; }
export function loose(x: any): void { void x; }
export interface Trainer { fit(x: { name: string }): void; size: number; ready?: boolean }
`;
const MAIN = `import { loadPerson, loadMany, inferred, loadAny, loadText, record, recordAll, Account, bound } from "./model.js";
import { train, loose, type Trainer } from "./sink.js";
export async function go(trainer: Trainer) {
  const p = loadPerson("a");
  train({ name: p.name, mode: "soft" }, 1);
  loose({ name: p.name, mode: "soft" });
  trainer.fit(p);
  record({ rating: 1 });
  recordAll({ rating: 1 }, { rating: 2 });
  bound({ rating: 1 });
  inferred(); loadAny(); loadText(); await loadMany();
  new Account("x").load("1");
}
export function elsewhere() { return 1; }
`;

/** The standard library is parsed once for all tests here. */
const declarations: DeclarationCache = new Map();

interface Options {
  readonly files?: Readonly<Record<string, string>>;
  readonly packages?: boolean;
  readonly extends?: string;
}

function check(sections: string, { files = {}, packages = false, extends: packs }: Options = {}): Report {
  const text = `version: 1
${packs === undefined ? "" : `extends: [${packs}]\n`}purposes: { train: { basis: legitimate-interest, notice: to train } }
fields: { user.name: { for: [train] } }
${sections}`;
  const file = "/project/purpose.yaml";
  const { manifest, problems } = loadManifest(file, (path) => (path === file ? text : undefined));
  if (manifest === undefined) throw new Error(problems.map(({ message }) => message).join("\n"));
  const all = { "tsconfig.json": TSCONFIG, "src/model.ts": MODEL, "src/sink.ts": SINK, "src/main.ts": MAIN, ...files };
  return analyze({ project: openVirtual(all, { ts, declarations, ...(packages && { nodeModules }) }), manifest, today: "2026-06-01" });
}

/** What is said of entries that match nothing: `6:70 error message`, then how to mend it. */
function told(sections: string, options: Options = {}): string[] {
  return check(sections, options)
    .findings.filter(({ rule, message }) => rule === "manifest" && !/declares no|nothing collects/.test(message))
    .map(
      ({ severity, message, location, remedies }) => `${location.line}:${location.column} ${severity} ${message} | ${remedies[0]!.text}`,
    );
}

const source = (line: string, options?: Options): string[] => told(`sources:\n  - { field: user.name, ${line} }\n`, options);
const sink = (line: string, options?: Options): string[] => told(`sinks:\n  - { id: s, purpose: train, ${line} }\n`, options);
const store = (line: string, options?: Options): string[] => told(`stores:\n  - { id: s, ${line} }\n`, options);

describe("an argument", () => {
  it.each([
    ["a position that the function does not have", 'record", argument: "7"', "`./src/model.ts:record` has one parameter"],
    ["a property that its type does not have", 'record", argument: 0.ratng', "there is no `ratng`, but `note` and `rating`"],
    ["a property of a rest parameter's", 'recordAll", argument: 3.ratng', "there is no `ratng`, but `rating`"],
    ["a class's constructor's", 'Account", argument: "1"', "`./src/model.ts:Account` has one parameter"],
    ["a method's", 'Account.load", argument: "1"', "`./src/model.ts:Account.load` has one parameter"],
  ])("is an error, at its own place, when it is %s", (_, entry, why) => {
    for (const key of ["parameter", "call"]) {
      const [only, ...others] = source(`${key}: "./src/model.ts:${entry}`);
      expect(others).toEqual([]);
      expect(only).toContain("5:");
      expect(only).toMatch(/^5:\d+ error `\S+` of `sources\[0\]\.argument` matches nothing: /);
      expect(only).toContain(why);
    }
  });

  it("says what was meant", () => {
    expect(source('parameter: "./src/model.ts:record", argument: 0.ratng')[0]).toMatch(
      /\| Did you mean `rating`\? Correct `sources\[0\]\.argument` \(purpose\.yaml:5\) to a property of the declared type\.$/,
    );
  });

  it.each([
    'record", argument: "0"',
    'record", argument: 0.rating',
    'record", argument: 0.note',
    'record", argument: "*.rating"',
    'recordAll", argument: 3.rating',
    'bound", argument: "3"',
    'Account", argument: "0"',
    'Account.load", argument: "0"',
  ])("is fine as %s", (entry) => {
    expect(source(`parameter: "./src/model.ts:${entry}`).filter((line) => line.includes("error"))).toEqual([]);
  });

  it("of a sink likewise, which a call need not give", () => {
    expect(sink('call: "./src/sink.ts:train", argument: "9"')[0]).toContain("has 2 parameters");
    expect(sink('call: "./src/sink.ts:train", argument: 0.nmae')[0]).toContain("Did you mean `name`?");
    expect(sink('call: "./src/sink.ts:train", argument: 0.store')).toEqual([]);
    expect(sink('call: "./src/sink.ts:train", argument: 0.name')).toEqual([]);
    expect(sink('call: "./src/sink.ts:Trainer.fit", argument: 0.nmae')[0]).toContain("error");
    expect(sink('call: "./src/sink.ts:Trainer.fit", argument: 0.name')).toEqual([]);
  });

  it("is a warning where no type tells and no call has it", () => {
    expect(sink('call: "./src/sink.ts:loose", argument: 0.nmae')).toEqual([
      "5:69 warning `0.nmae` of `sinks[0].argument` matches nothing: no call of `./src/sink.ts:loose` is given `0.nmae` | Correct `sinks[0].argument` (purpose.yaml:5), or remove the entry if its code is gone.",
    ]);
    expect(sink('call: "./src/sink.ts:loose", argument: 0.name')).toEqual([]);
  });

  it("of wrappers and transforms likewise", () => {
    const message = told(`stores:
  - { id: s, write: "./src/model.ts:record", read: "./src/model.ts:loadPerson", key: "0", value: 0.x }
transforms:
  - { call: "./src/model.ts:loadPerson", yields: synthetic, epsilon: 3.eps }
`);
    expect(message.map((line) => line.replace(/ matches.*/, ""))).toEqual([
      "5:98 error `0.x` of `stores[0].value`",
      "7:70 error `3.eps` of `transforms[0].epsilon`",
    ]);
  });

  it("`*` is every argument, of a call and of a function", () => {
    const code = `import { train } from "./sink.js";
function pass(n: number, x: { name: string; mode: "soft" }) { train(x, n); }
pass(1, { name: "n", mode: "soft" });
`;
    for (const key of ["parameter", "call"]) {
      const { flows } = check(
        `sources:
  - { field: user.name, ${key}: "./src/main.ts:pass", argument: "*.name" }
sinks:
  - { id: s, purpose: train, call: "./src/sink.ts:train", argument: "*", when: { "*.mode": soft } }
`,
        { files: { "src/main.ts": code } },
      );
      expect(flows.map(({ accessPath }) => accessPath)).toEqual(["name"]);
    }
  });
});

describe("a path", () => {
  it.each([
    ['loadPerson", path: adress.city', "there is no `adress`, but `address`, `email`, `name` and `tags`"],
    ['loadPerson", path: address.cty', "there is no `cty`, but `city` and `zip`"],
    ['loadMany", path: "[*].nmae"', "there is no `nmae`"],
    ['loadMany", path: name', "there is a list"],
    ['Account.load", path: nmae', "there is no `nmae`"],
  ])("that the declared result does not have is an error: %s", (entry, why) => {
    const [only, ...others] = source(`returns: "./src/model.ts:${entry}`);
    expect(others).toEqual([]);
    expect(only).toMatch(/^5:\d+ error .* of `sources\[0\]\.path` matches nothing: /);
    expect(only).toContain(why);
  });

  it.each(['loadPerson", path: address.city', 'loadMany", path: "[*].name"', 'loadAny", path: x.y', 'loadText", path: x.y'])(
    "is fine as %s",
    (entry) => {
      expect(source(`returns: "./src/model.ts:${entry}`)).toEqual([]);
    },
  );

  it("of a result without a declared type is held against the compiler's", () => {
    expect(source('returns: "./src/model.ts:inferred", path: nmae')).toEqual([
      "5:67 error `nmae` of `sources[0].path` matches nothing: nothing is at `nmae` in what `./src/model.ts:inferred` gives, nor do its types have it | Correct `sources[0].path` (purpose.yaml:5), or remove the entry if its code is gone.",
    ]);
    expect(source('returns: "./src/model.ts:inferred", path: name')).toEqual([]);
  });
});

describe("a property", () => {
  it.each([
    ["Person", "it is a type"],
    ["Account", "it is a class"],
    ["loadPerson", "it is a function"],
    ["Person.address.cty", "it is below a property of a type"],
    ["Person.nmae", "matches nothing in the program | Did you mean `./src/model.ts:Person.name`?"],
    ["Employee.nmae", "matches nothing in the program"],
    ["Named.nmae", "matches nothing in the program"],
    ["Bag.name", "matches nothing in the program"],
    ["config.kye", "matches nothing in the program"],
  ])("%s names none", (name, why) => {
    const [only, ...others] = source(`property: "./src/model.ts:${name}"`);
    expect(others).toEqual([]);
    expect(only).toContain("5:35 error");
    expect(only).toContain(why);
  });

  it.each([
    "Person.name",
    "Employee.name",
    "Named.nick",
    "Named.email",
    "Account.label",
    "Account.owner",
    "config.key",
    "config.nested.deep",
  ])("%s names one", (name) => {
    expect(source(`property: "./src/model.ts:${name}"`)).toEqual([]);
  });

  it("of a type that builds on an unknown one may be there", () => {
    const files = { "src/open.ts": 'import type { Base } from "somewhere";\nexport interface Open extends Base { a: string }\n' };
    expect(source('property: "./src/open.ts:Open.b"', { files })).toEqual([]);
  });
});

describe("what cannot be meant", () => {
  it.each([
    ['returns: "./src/model.ts:Account"', "it is a class, and this is about what a function returns", "Name the method"],
    ['returns: "./src/model.ts:Person"', "it is a type", "as `property`"],
    ['returns: "./src/model.ts:Person.name"', "it is a property that is no function", "Write `property`"],
    ['returns: "./src/model.ts:config"', "matches nothing in the program", "Correct"],
  ])("%s", (entry, why, fix) => {
    for (const [only, ...others] of [source(entry), sink(entry)]) {
      expect(others).toEqual([]);
      expect(only).toContain(why);
      expect(only).toContain(fix);
    }
  });

  it("is no call of a type; a class is called by `new`, a method by its type", () => {
    expect(sink('call: "./src/sink.ts:Trainer"')[0]).toContain("it is a type, and this is about calls");
    expect(sink('call: "./src/sink.ts:Trainer.size"')[0]).toContain("it is a property that is no function");
    expect(sink('call: "./src/sink.ts:Trainer.ready"')[0]).toContain("it is a property that is no function");
    expect(sink('call: "./src/sink.ts:Trainer.ready"')[0]).toContain("it is a property that is no function");
    expect(sink('call: "./src/model.ts:Account"')).toEqual([]);
    expect(sink('call: "./src/sink.ts:Trainer.fit"')).toEqual([]);
    expect(source('returns: "./src/model.ts:Person.greet"')).toEqual([]);
  });

  it("is a whole module, but for `within`", () => {
    expect(() => source('returns: "./src/model.ts:*"')).toThrow(
      "`./src/model.ts:*` is everything in the module, which only `within` can be about",
    );
    expect(sink('call: "./src/sink.ts:train", within: "./src/main.ts:*"')).toEqual([]);
  });
});

describe("a sink's conditions", () => {
  it("name what the argument has, and a value that it can have", () => {
    const train = (when: string): string[] => sink(`call: "./src/sink.ts:train", argument: "0", when: { ${when} }`);
    expect(train("0.mdoe: soft")[0]).toMatch(/error `0\.mdoe` of `sinks\[0\]\.when\.0\.mdoe` matches nothing: .*Did you mean `mode`\?/);
    expect(train("0.mode: sfot")[0]).toMatch(
      /error `0\.mode` of .* is never `sfot`: by its type it is `hard` and `soft`, so no call counts \| Did you mean `soft`\?/,
    );
    expect(train("0.mode: soft")).toEqual([]);
    expect(train("1: 1")).toEqual([]);
  });

  it("are a warning when no call meets them", () => {
    const train = (when: string): string[] => sink(`call: "./src/sink.ts:train", argument: "0", when: { ${when} }`);
    expect(train("0.mode: hard")).toEqual([
      "5:82 warning in no call of `./src/sink.ts:train` can `0.mode` of `sinks[0].when.0.mode` be `hard` (it is `soft`), so no call counts | Correct `sinks[0].when.0.mode` (purpose.yaml:5), or remove the entry if the code for it is gone.",
    ]);
    expect(train("0.store: true")[0]).toContain("warning in no call of");
    expect(sink('call: "./src/sink.ts:loose", when: { 0.mdoe: soft }')[0]).toContain("warning in no call of");
    expect(sink('call: "./src/sink.ts:loose", when: { 0.mode: soft }')).toEqual([]);
  });

  it("and the code that it is limited to has a call", () => {
    expect(sink('call: "./src/sink.ts:train", within: "./src/main.ts:elsewhere"')).toEqual([
      "5:67 warning no call of `./src/sink.ts:train` is within `./src/main.ts:elsewhere` of `sinks[0].within`, so no call counts | Correct `sinks[0].within` (purpose.yaml:5) to the code that makes the call, or remove the entry if that is gone.",
    ]);
    expect(sink('call: "./src/sink.ts:train", within: "./src/main.ts:go"')).toEqual([]);
  });
});

describe("a function that is only described", () => {
  const files = {
    "src/uses.ts": `import type { Person } from "./model.js";
import { native } from "./native.js";
declare function ambient(x: unknown): void;
export function uses(p: Person) { native(p.name); ambient(p.name); }
`,
    "src/native.d.ts": "export interface Out { ok: boolean }\nexport declare function native(x: string): Out;\n",
  };
  const SOURCES = 'sources:\n  - { field: user.name, property: "./src/model.ts:Person.name" }\n';
  const flowsTo = (locator: string, more = {}): number =>
    check(`${SOURCES}sinks:\n  - { id: s, purpose: train, call: "${locator}" }\n`, { files: { ...files, ...more } }).flows.length;

  it("is a sink where it is called", () => {
    expect(flowsTo("./src/native.d.ts:native")).toBe(1);
    expect(flowsTo("./src/uses.ts:ambient")).toBe(1);
  });

  it("has a module that is there, whether or not its code is", () => {
    const spots = (more: Readonly<Record<string, string>>): string[] =>
      check(SOURCES, { files: { "src/main.ts": "", ...files, ...more } }).blindSpots.map(({ kind, reason }) => `${kind} ${reason}`);
    expect(spots({}).filter((line) => line.startsWith("unresolved"))).toEqual([]);
    expect(spots({})).toContain("unmodelled-library ./src/native.d.ts:native has no model: what goes in is taken to come out");
    expect(spots({ "src/native.node": "" }).filter((line) => line.startsWith("unresolved"))).toEqual([]);
    expect(spots({ "src/native.js": "export function native(x) { return { ok: x }; }" })).toEqual([
      expect.stringContaining("ambient has no model"),
    ]);
    expect(spots({ "src/native.d.ts": "", "src/uses.ts": 'import "./gone.js";' })).toContain('unresolved-import cannot find "./gone.js"');
  });
});

describe("a store", () => {
  const files = {
    "prisma/schema.prisma": `// model Old { id Int }
model DatasetEntry {
  id     Int    @id
  input  String @map("input_text")
  @@map("dataset_entries")
}

view Summary {
  total Int
}
`,
  };
  it("of Prisma names a model of the schema, and its columns", () => {
    expect(store("prisma: DatasetEntrie", { files })).toEqual([
      "5:22 error `DatasetEntrie` of `stores[0].prisma` matches nothing: no schema of the project has such a model | Did you mean `DatasetEntry`? Correct `stores[0].prisma` (purpose.yaml:5) to a model of the schema.",
    ]);
    expect(store("prisma: Old", { files })[0]).toContain("has such a model");
    expect(store("prisma: DatasetEntry, columns: { imput: user.name }", { files })).toEqual([
      "5:47 error `imput` of `stores[0].columns.imput` matches nothing: the model `DatasetEntry` has no such column | Did you mean `input`? Correct `stores[0].columns.imput` (purpose.yaml:5) to one of id, input and input_text.",
    ]);
    for (const fine of ["DatasetEntry", "dataset_entries", "Summary"]) expect(store(`prisma: ${fine}`, { files })).toEqual([]);
    expect(store("prisma: DatasetEntry, columns: { input_text: user.name, Input: user.name }", { files })).toEqual([]);
  });

  it("of another kind, or without a schema, is a table that the program uses: a warning if it does not", () => {
    expect(store("sql: nope")).toEqual([
      "5:19 warning the program is not seen to read or write `nope` of `stores[0].sql` | Correct `stores[0].sql` (purpose.yaml:5) to the table as the code names it, or remove the entry if that is gone.",
    ]);
    const code = {
      "src/db.ts": 'import pg from "pg";\nexport const all = () => new pg.Pool().query("SELECT name FROM users");\n',
    };
    expect(store("sql: user", { files: code })[0]).toContain("Did you mean `users`?");
    expect(store("sql: users", { files: code })).toEqual([]);
  });
});

describe("a package's function", () => {
  const files = {
    "src/ai.ts": `import { OpenAI } from "openai";
const openai = new OpenAI();
export const up = () => openai.files.create({ file: null!, purpose: "assistants" });
`,
  };
  it("is named by its class, not by a variable: what was meant is said", () => {
    const [named] = sink('call: "openai:openai.files.create"', { files, packages: true });
    expect(named).toContain("error `openai:openai.files.create` of `sinks[0].call` matches nothing");
    expect(named).toContain("Did you mean `openai:OpenAI.files.create`?");
    const [unsure] = sink('call: "openai:client.files.create"', { files, extends: "purpose-lint/recommended" });
    expect(unsure).toContain("warning the program never uses");
    expect(unsure).toContain("Did you mean `openai:OpenAI.files.create`?");
  });

  it("has the arguments that its types declare", () => {
    const create = (rest: string, packages = true): string[] => sink(`call: "openai:OpenAI.files.create", ${rest}`, { files, packages });
    expect(create("argument: 0.flie")[0]).toContain("error `0.flie` of `sinks[0].argument` matches nothing");
    expect(create('argument: "4"')[0]).toContain("error");
    expect(create("argument: 0.expires_after")).toEqual([]);
    expect(create("argument: 0.file")).toEqual([]);
    expect(create("argument: 0.flie", false)[0]).toContain("warning");
    expect(create("when: { 0.purpose: fine-tune }")[0]).toContain(
      "can `0.purpose` of `sinks[0].when.0.purpose` be `fine-tune` (it is `assistants`)",
    );
  });
});

describe("code outside every tsconfig", () => {
  const SINK_LINE = 'sinks:\n  - { id: s, purpose: train, call: "openai:OpenAI.files.create" }\n';
  const messages = (files: Readonly<Record<string, string>>): string[] =>
    check(SINK_LINE, { files: { "src/ai.ts": 'import OpenAI from "openai";\nnew OpenAI().files.create();\n', ...files } }).problems.map(
      ({ file, severity, message }) => `${file} ${severity} ${message}`,
    );

  it("is told once, if it imports what the manifest is about", () => {
    const script = 'import OpenAI from "openai";\n';
    expect(messages({ "scripts/a.ts": script, "scripts/b.ts": script })).toEqual([
      "scripts/a.ts warning 2 source files with imports of openai are in no tsconfig of the analysis, and no analysed file imports them (scripts/a.ts, scripts/b.ts): what happens there is not in the verdict",
    ]);
  });

  it("is not worth a word if it does not, is a test, or is imported", () => {
    expect(messages({ "scripts/a.ts": 'import fs from "node:fs";\n', "scripts/a.test.ts": 'import OpenAI from "openai";\n' })).toEqual([]);
    expect(messages({ "lib/a.ts": 'import OpenAI from "openai";\n', "src/b.ts": 'import "../lib/a.js";\n' })).toEqual([]);
  });

  it("is why a locator's file is not found", () => {
    const files = { "scripts/a.ts": "export function train(x: unknown) { void x; }\n" };
    expect(sink('call: "./scripts/a.ts:train"', { files })).toEqual([
      "5:36 error `./scripts/a.ts:train` of `sinks[0].call` matches nothing: scripts/a.ts is in no tsconfig of the analysis, and no analysed file imports it | Include scripts/a.ts in a tsconfig, name one that has it with `--project`, or correct `sinks[0].call` (purpose.yaml:5).",
    ]);
  });
});
