/** A path through a store has all of it: collection, the steps before the write, the write, the read, and the steps to the sink. */
import { describe, expect, it } from "vitest";
import { run } from "../program.js";

type Options = Parameters<typeof run>[1];

/** The hops of each flow of a field, as `kind text`. */
function ways(code: string, options: Options = {}, field = "user.email"): string[][] {
  const { flows } = run(code, options);
  return flows.filter((f) => f.field === field).map(({ path }) => path.map(({ kind, text }) => `${kind} ${text}`));
}

const PRISMA = `import { PrismaClient } from "@prisma/client";
const db = new PrismaClient();
`;
const KYSELY = `import { Kysely } from "kysely";
const db = new Kysely<any>({} as any);
`;
const DRIZZLE = `import { drizzle } from "drizzle-orm/node-postgres";
import { pgTable, text } from "drizzle-orm/pg-core";
const xs = pgTable("x", { mail: text("mail") });
const db = drizzle("");
`;
const SQL = `import { Pool } from "pg";
const db = new Pool();
`;
const FILE = `import fs, { readFileSync, writeFileSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
`;
const ROUTE = `import express from "express";
import axios from "axios";
const app = express();
`;
const SHAPE = `function shape(mail: string) {
  return { mail };
}
`;
/** What all begin with. */
const BEFORE = ["source loadUser()", "load shape(u.email)", "store mail", "return row = shape(u.email)"];

describe("every kind of store", () => {
  it.each<[string, string, string[], Options?]>([
    [
      "Prisma",
      `${PRISMA}${SHAPE}export async function collect() {
  const u = loadUser();
  const row = shape(u.email);
  await db.x.create({ data: row });
}
export async function give() {
  const rows = await db.x.findMany();
  const mails = rows.map((r) => r.mail);
  train(mails);
}`,
      ["write db.x.create({ data: row })", "read rows = await db.x.findMany()", "argument mails = rows.map((r) => r.mail)"],
    ],
    [
      "Prisma, many rows, shaped by a function that is given them",
      `${PRISMA}${SHAPE}function save(data: unknown[]) {
  return db.x.createMany({ data });
}
export async function collect() {
  const u = loadUser();
  const row = shape(u.email);
  const rows = [row];
  await save(rows);
}
export async function give() {
  train(await db.x.findFirst());
}`,
      ["store rows = [row]", "argument save(rows)", "write db.x.createMany({ data })", "read db.x.findFirst()"],
    ],
    [
      "Prisma, a row nested in another",
      `${PRISMA}${SHAPE}function save(create: unknown) {
  return db.post.create({ data: { comments: { create } } });
}
export async function collect() {
  const u = loadUser();
  const row = shape(u.email);
  await save([row]);
}
export async function give() {
  train(await db.post.findMany({ include: { comments: true } }));
}`,
      [
        "store save([row])",
        "write db.post.create({ data: { comments: { create } } })",
        "read db.post.findMany({ include: { comments: true } })",
      ],
    ],
    [
      "Kysely, a builder that is run elsewhere",
      `${KYSELY}${SHAPE}function insert(rows: any[]) {
  return db.insertInto("x").values(rows);
}
export async function collect() {
  const u = loadUser();
  const row = shape(u.email);
  const rows = [row];
  await insert(rows).execute();
}
export async function give() {
  const back = await db.selectFrom("x").select(["mail"]).execute();
  const mails = back.map((r) => r.mail);
  train(mails);
}`,
      [
        "store rows = [row]",
        "argument insert(rows)",
        'load db.insertInto("x").values(rows)',
        "write insert(rows).execute()",
        'read back = await db.selectFrom("x").select(["mail"]).execute()',
        "load mails = back.map((r) => r.mail)",
      ],
    ],
    [
      "Drizzle",
      `${DRIZZLE}${SHAPE}function insert(rows: any[]) {
  return db.insert(xs).values(rows);
}
export async function collect() {
  const u = loadUser();
  const row = shape(u.email);
  await insert([row]);
}
export async function give() {
  const back = await db.select({ m: xs.mail }).from(xs);
  train(back);
}`,
      ["store insert([row])", "write db.insert(xs).values(rows)", "read back = await db.select({ m: xs.mail }).from(xs)"],
    ],
    [
      "SQL text",
      `${SQL}${SHAPE}function insert(values: any[]) {
  return db.query("insert into x (mail) values ($1)", values);
}
export async function collect() {
  const u = loadUser();
  const row = shape(u.email);
  await insert([row.mail]);
}
export async function give() {
  const { rows } = await db.query("select mail from x");
  train(rows);
}`,
      [
        "load insert([row.mail])",
        'write db.query("insert into x (mail) values ($1)", values)',
        'read { rows } = await db.query("select mail from x")',
      ],
    ],
    [
      "a file, written as text",
      `${FILE}${SHAPE}const u = loadUser();
const row = shape(u.email);
const line = JSON.stringify(row);
writeFileSync("x.jsonl", line);
const back = readFileSync("x.jsonl", "utf8");
const parsed = JSON.parse(back);
train(parsed.mail);`,
      [
        "call line = JSON.stringify(row)",
        'write writeFileSync("x.jsonl", line)',
        'read back = readFileSync("x.jsonl", "utf8")',
        "call parsed = JSON.parse(back)",
        "load parsed.mail",
      ],
    ],
    [
      "a file, written by a stream",
      `${FILE}${SHAPE}async function main() {
  const u = loadUser();
  const row = shape(u.email);
  const rows = [row];
  const from = Readable.from(rows.map((r) => JSON.stringify(r)));
  await pipeline(from, fs.createWriteStream("x.jsonl"));
  for await (const chunk of fs.createReadStream("x.jsonl")) {
    train(chunk);
  }
}
void main();`,
      [
        "store rows = [row]",
        "load from = Readable.from(rows.map((r) => JSON.stringify(r)))",
        'write pipeline(from, fs.createWriteStream("x.jsonl"))',
        'read fs.createReadStream("x.jsonl")',
      ],
    ],
    [
      "the project's own cache",
      `import { get, put } from "./cache.js";
${SHAPE}const u = loadUser();
const row = shape(u.email);
const box = { row };
put("k", box);
const back = get("k");
train(back);`,
      ["store box = { row }", 'write put("k", box)', 'read back = get("k")'],
      {
        files: {
          "cache.ts":
            "export function put(key: string, v: unknown): void { void [key, v]; }\nexport function get(key: string): any { void key; return undefined; }\n",
        },
        sources: 'stores: [{ id: cache, write: "./cache.ts:put", read: "./cache.ts:get", key: "0", value: "1" }]\n',
      },
    ],
    [
      "a queue behind the project's own functions",
      `import { Jobs } from "./queue.js";
const jobs = new Jobs();
${SHAPE}export async function collect() {
  const u = loadUser();
  const row = shape(u.email);
  await jobs.add("mail", { payload: row });
}
export async function work() {
  const job = await jobs.next();
  train(job.payload.mail);
}`,
      ['write jobs.add("mail", { payload: row })', "read job = await jobs.next()", "load job.payload.mail"],
      {
        files: {
          "queue.ts": `export class Jobs {
  async add(name: string, data: unknown): Promise<void> { void [name, data]; }
  async next(): Promise<any> { return undefined; }
}
`,
        },
        sources: 'stores: [{ id: jobs, write: "./queue.ts:Jobs.add", read: "./queue.ts:Jobs.next", value: "1" }]\n',
      },
    ],
    [
      "a request to a route of the same program",
      `${ROUTE}${SHAPE}app.post("/x", (req, res) => {
  train(req.body.mail);
  res.end();
});
export async function collect() {
  const u = loadUser();
  const row = shape(u.email);
  await axios.post("/x", row);
}`,
      ['write axios.post("/x", row)', 'read app.post("/x", (req, res) => { train(req.body.mail); res.end(); })', "load req.body.mail"],
    ],
  ])("%s", (_name, code, after, options) => {
    const [way, ...others] = ways(code, options);
    expect(others).toEqual([]);
    expect(way!.slice(0, -1)).toEqual([...BEFORE, ...after]);
    expect(way!.at(-1)).toMatch(/^sink train\(/);
  });
});

it("the write stands where its call does, also when all is on one line", () => {
  const { flows } = run(`${PRISMA}export async function collect() {
  await db.x.create({ data: { mail: loadUser().email } });
}
export async function give() { train(await db.x.findMany()); }`);
  expect(flows.map(({ path }) => path.map(({ kind, line, column, text }) => [kind, line, column, text]))).toEqual([
    [
      ["source", 6, 37, "loadUser()"],
      ["write", 6, 9, "db.x.create({ data: { mail: loadUser().email } })"],
      ["read", 8, 44, "db.x.findMany()"],
      ["sink", 8, 32, "train(await db.x.findMany())"],
    ],
  ]);
});

it("through two stores, each write and read in its turn", () => {
  const code = `${PRISMA}export async function give() {
  train(await db.y.findFirst());
}
export async function move() {
  const { id, ...others } = await db.x.findFirst();
  const data = { ...others };
  await db.y.create({ data });
}
export async function collect() {
  await db.x.create({ data: loadUser() });
}`;
  expect(ways(code)).toEqual([
    [
      "source loadUser()",
      "write db.x.create({ data: loadUser() })",
      "read { id, ...others } = await db.x.findFirst()",
      "spread data = { ...others }",
      "write db.y.create({ data })",
      "read db.y.findFirst()",
      "sink train(await db.y.findFirst())",
    ],
  ]);
});

describe("what is not of the way is not in it", () => {
  const kinds = (body: string): string[] | undefined =>
    ways(`${PRISMA}function pass<T>(x: T): T {
  return x;
}
function left<T>(x: T): T {
  return x;
}
export async function collect() {
  const u = loadUser();
${body}
}
export async function give() {
  const rows = await db.x.findMany();
  train(rows[0].b);
}`)[0];
  const END = ["read rows = await db.x.findMany()", "load rows[0].b", "sink train(rows[0].b)"];

  it("what befalls the row before the field is in it", () => {
    expect(kinds("  const row: any = {};\n  const same = pass(row);\n  same.b = u.email;\n  await db.x.create({ data: row });")).toEqual([
      "source loadUser()",
      "load same.b = u.email",
      "write db.x.create({ data: row })",
      ...END,
    ]);
  });

  it("what befalls it after the write", () => {
    expect(kinds("  const row = { b: u.email };\n  await db.x.create({ data: row });\n  const same = pass(row);\n  void same;")).toEqual([
      "source loadUser()",
      "load row = { b: u.email }",
      "write db.x.create({ data: row })",
      ...END,
    ]);
  });

  it("the way of another column that holds the same object", () => {
    expect(
      kinds(`  const o = { mail: u.email };
  const a = left(o);
  const b = pass(o);
  await db.x.create({ data: { a, b } });`),
    ).toEqual(["source loadUser()", "load o = { mail: u.email }", "argument b = pass(o)", "write db.x.create({ data: { a, b } })", ...END]);
  });
});

describe("of several ways the shorter is told", () => {
  const short = `${PRISMA}export async function direct() { await db.x.create({ data: { mail: loadUser().email } }); }`;
  const long = `${PRISMA}export async function roundabout() {
  const mail = loadUser().email.trim().toLowerCase();
  const copy = mail;
  await db.x.create({ data: { mail: copy } });
}`;
  const imports = `import { loadUser } from "./source.js";\n`;
  const read = `${PRISMA}export async function give() { train(await db.x.findMany()); }`;

  it.each([
    ["first", { "a.ts": imports + short, "b.ts": imports + long }],
    ["last", { "a.ts": imports + long, "b.ts": imports + short }],
  ])("the shorter is written %s", (_when, files) => {
    expect(ways(read, { files })).toEqual([
      [
        "source loadUser()",
        "write db.x.create({ data: { mail: loadUser().email } })",
        "read db.x.findMany()",
        "sink train(await db.x.findMany())",
      ],
    ]);
  });
});

it("what is read and written back ends, and the way is not round the circle", () => {
  const code = `${PRISMA}export async function collect() {
  await db.x.create({ data: { a: loadUser().email } });
}
export async function there() {
  const x = await db.x.findFirst();
  await db.y.create({ data: { ...x, more: { x } } });
}
export async function back() {
  const y = await db.y.findFirst();
  await db.x.create({ data: { ...y, more: { y } } });
}
export async function give() {
  train((await db.x.findFirst()).a);
}`;
  const result = run(code);
  expect(result.flows.map(({ path }) => path.map(({ kind }) => kind))).toEqual([["source", "write", "read", "sink"]]);
  expect(JSON.stringify(run(code).flows)).toBe(JSON.stringify(result.flows));
});

it("what is read out of an object has the object's way", () => {
  expect(
    ways(`function inner(boxes: { u: { email: string } }[]) {
  const first = boxes[0];
  train(first.u.email);
}
const u = loadUser();
const box = { u };
const list = [box];
inner(list);`),
  ).toEqual([
    [
      "source loadUser()",
      "store box = { u }",
      "store list = [box]",
      "argument inner(list)",
      "load first = boxes[0]",
      "load first.u.email",
      "sink train(first.u.email)",
    ],
  ]);
});
