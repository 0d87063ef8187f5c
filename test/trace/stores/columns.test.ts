/** Columns that the manifest declares to be fields: whoever wrote them, a read is a source; the columns beside them are not. */
import { describe, expect, it } from "vitest";
import { annotated, run } from "../program.js";

const check = (name: string, stores: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(code, { sources: `stores:\n${stores}` });
    expect(found).toEqual(expected);
  });
};

describe("tables that the program only reads", () => {
  check(
    "Prisma: rows, selections, what is omitted, relations",
    `  - { id: entries, prisma: DatasetEntry, columns: { input: user.prompt, author_mail: user.email } }\n`,
    `import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
async function main() {
  const rows = await prisma.datasetEntry.findMany();
  train(rows[0].input); //! user.prompt
  train(rows[0].output); //! none
  train(rows.map((r) => ({ text: r.input, split: r.split }))); //! user.prompt
  train(rows.map(({ input, author_mail, ...rest }) => rest)); //! none
  train(await prisma.datasetEntry.findFirst({ select: { authorMail: true } })); //! user.email
  train(await prisma.datasetEntry.findFirst({ select: { split: true } })); //! none
  train(await prisma.datasetEntry.findFirst({ omit: { input: true } })); //! user.email
  train(await prisma.datasetEntry.update({ where: { id: 1 }, data: { split: "a" } })); //! user.email user.prompt
  train(await prisma.datasetEntry.create({ data: { split: "a" } })); //! none
  train(await prisma.datasetEntry.aggregate({ _max: { input: true } })); //! user.prompt
  train(await prisma.datasetEntry.count()); //! none
  const set = await prisma.dataset.findFirst({ include: { datasetEntries: true } });
  train(set.name); //! none
  train(set.datasetEntries[0].input); //! user.prompt
  train(await prisma.other.findFirst()); //! none
}
void main();`,
  );

  check(
    "Kysely",
    `  - { id: entries, kysely: dataset_entries, columns: { input: user.prompt } }\n`,
    `import { Kysely } from "kysely";
const db = new Kysely<any>({} as any);
async function main() {
  train(await db.selectFrom("dataset_entries").selectAll().execute()); //! user.prompt
  train((await db.selectFrom("dataset_entries").selectAll().executeTakeFirstOrThrow()).split); //! none
  train(await db.selectFrom("dataset_entries as e").select(["e.input as text"]).execute()); //! user.prompt
  train(await db.selectFrom("dataset_entries").select(["split"]).execute()); //! none
  train(await db.selectFrom("datasets").select(["input"]).execute()); //! none
}
void main();`,
  );

  check(
    "Drizzle, whose columns have names of their own in the program",
    `  - { id: entries, drizzle: dataset_entries, columns: { input_text: user.prompt } }\n`,
    `import { drizzle } from "drizzle-orm/node-postgres";
import { pgTable, text } from "drizzle-orm/pg-core";
const entries = pgTable("dataset_entries", { prompt: text("input_text"), split: text("split") });
const db = drizzle("postgres://");
async function main() {
  const rows = await db.select().from(entries);
  train(rows[0].prompt); //! user.prompt
  train(rows[0].split); //! none
  train(await db.select({ s: entries.split }).from(entries)); //! none
  train(await db.select({ p: entries.prompt }).from(entries)); //! user.prompt
}
void main();`,
  );

  check(
    "SQL text, also through another library than the manifest names",
    `  - { id: entries, prisma: DatasetEntry, columns: { input: user.prompt } }\n`,
    `import { Pool } from "pg";
const pool = new Pool();
async function main() {
  train((await pool.query("SELECT input, split FROM dataset_entry")).rows); //! user.prompt
  train((await pool.query('SELECT e.input AS text FROM public."DatasetEntry" e')).rows[0].text); //! user.prompt
  train((await pool.query("SELECT split FROM dataset_entry")).rows); //! none
  train((await pool.query("SELECT * FROM dataset_entry")).rows[0].input); //! user.prompt
  train((await pool.query("SELECT * FROM dataset_entry")).rows[0].split); //! none
}
void main();`,
  );
});

describe("tables that the program writes too", () => {
  const stores = `  - { id: notes, prisma: Note, columns: { text: user.prompt } }\n`;

  check(
    "what the program writes stays beside the field, in that column and in others",
    stores,
    `import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
const user = loadUser();
async function main() {
  await prisma.note.create({ data: { text: user.name, mail: user.email } });
  const note = await prisma.note.findFirst();
  train(note.text); //! user.name user.prompt
  train(note.mail); //! user.email
  train(note.title); //! none
}
void main();`,
  );

  it("the program's own way is the path of the flow, where there is one", () => {
    const code = `import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
export async function read() { train((await prisma.note.findFirst()).text); }
export async function write() {
  const { prompt } = loadUser();
  await prisma.note.create({ data: { text: prompt } });
}`;
    const ways = run(code, { sources: `stores:\n${stores}` }).flows.map(({ field, path }) => [field, ...path.map(({ kind }) => kind)]);
    expect(ways).toEqual([["user.prompt", "source", "write", "read", "sink"]]);
  });

  it("else the path begins at the read, which counts as collection", () => {
    const code = `import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
export async function read() {
  const note = await prisma.note.findFirst();
  train(note.text);
}`;
    const { flows, collected } = run(code, { sources: `stores:\n${stores}` });
    expect(flows.map(({ field, status, source }) => [field, status, source.line])).toEqual([["user.prompt", "identified", 6]]);
    expect(collected).toContain("user.prompt");
  });
});

describe("the project's own functions", () => {
  const stores = `  - { id: events, read: "./main.ts:load", write: "./main.ts:save", key: "0", value: "1", columns: { text: user.prompt } }\n`;

  check(
    "what nobody knows may be a row or a list of them",
    stores,
    `declare const disk: any;
export async function load(key: string) { return await disk.get(key); }
export async function save(key: string, value: unknown): Promise<void> { disk.set(key, value); }
async function main() {
  await save("a", { name: loadUser().name, text: "x" });
  const one = await load("a");
  train(one.text); //! user.prompt
  train(one.name); //! user.name
  train(one.id); //! none
  for (const { text, ...rest } of await load("b")) train(rest); //! none
  train((await load("b")).map((r) => r.text)); //! user.prompt
  train((await load("b")).map((r) => r.id)); //! none
}
void main();`,
  );

  check(
    "a promise of rows of a declared type",
    stores,
    `declare const disk: any;
interface Row { id: string; text: string }
export async function load(key: string): Promise<Row[]> {
  const rows: Row[] = await disk.get(key);
  return rows;
}
export async function save(key: string, value: unknown): Promise<void> { disk.set(key, value); }
async function main() {
  await save("a", [{ name: loadUser().name, text: "x" }]);
  const rows = await load("a");
  train(rows[0].text); //! user.prompt
  train(rows[0].id); //! none
  for (const { text, ...rest } of rows) train(rest); //! user.name
  train((await load("b")).map((r) => r.id)); //! none
}
void main();`,
  );

  check(
    "one row, JSON text, nothing",
    `  - { id: one, read: "./main.ts:one", columns: { text: user.prompt } }
  - { id: raw, read: "./main.ts:raw", columns: { text: user.prompt } }
  - { id: none, read: "./main.ts:none", columns: { text: user.prompt } }\n`,
    `declare const disk: any;
export function one(): { id: string; text: string } | null { return disk.get(); }
export function raw(): string { return String(disk.get()); }
export function none(): null { return null; }
train(one()?.text); //! user.prompt
train(one()?.id); //! none
train(raw()); //! user.prompt
train(JSON.parse(raw()).text); //! user.prompt
train(JSON.parse(raw()).id); //! none
train(none()); //! none`,
  );
});

describe("a job that reads a table by reference", () => {
  it("gets its declared columns", () => {
    const { flows } = run(
      `export function start(job: { tune(set: string): void }): void { tune("set"); }\nexport function tune(set: string): void { void set; }\n`,
      {
        sources: `stores:\n  - { id: set, prisma: DatasetEntry, columns: { input: user.prompt } }\nsinks:\n  - { id: job, purpose: train, call: "./main.ts:tune", consumes: set }\n#`,
      },
    );
    expect(flows.map(({ field, sink }) => `${field} ${sink.id}`)).toEqual(["user.prompt job"]);
  });
});
