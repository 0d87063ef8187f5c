/** Rows of queries that run when they are awaited are of whom the query has been told, by all of its methods. */
import { describe, expect, it } from "vitest";
import { expectedIn, gatesOf, kept } from "./program.js";
const DRIZZLE = `import { pgTable, text } from "drizzle-orm/pg-core"; import { drizzle } from "drizzle-orm/node-postgres"; import { eq } from "drizzle-orm";
const chats = pgTable("chats", { userId: text("user_id"), text: text("text") }); const db = drizzle({} as any);\n`;
const KNEX = `import knex from "knex"; const db = knex({ client: "pg" });\n`;
const KYSELY = `import { Kysely } from "kysely"; const db = new Kysely<any>({} as any);\n`;
const body = (
  all: string,
  mine: (id: string) => string,
  more: (id: string) => string,
): string => `export async function g(id: string, other: string) { if (!(await mayLearn(id))) return;
 learn(${all}); // other
 learn(${mine("other")}); // other
 learn(${mine("id")}); // ok
 learn(${more("id")}); // ok
}`;
const cases: [string, string][] = [
  [
    "drizzle",
    DRIZZLE +
      body(
        "await db.select().from(chats)",
        (x) => `await db.select().from(chats).where(eq(chats.userId, ${x}))`,
        (x) => `await db.select().from(chats).where(eq(chats.userId, ${x})).limit(5)`,
      ),
  ],
  [
    "knex",
    KNEX +
      body(
        'await db("chats").select("text")',
        (x) => `await db("chats").where("user_id", ${x}).select("text")`,
        (x) => `await db("chats").where({ user_id: ${x} }).limit(5)`,
      ),
  ],
  [
    "kysely",
    KYSELY +
      body(
        'await db.selectFrom("chats").select("text").execute()',
        (x) => `await db.selectFrom("chats").where("user_id", "=", ${x}).select("text").execute()`,
        (x) => `await db.selectFrom("chats").selectAll().where("user_id", "=", ${x}).limit(5).execute()`,
      ),
  ],
  [
    "mongoose",
    `import mongoose from "mongoose"; const Chat2 = mongoose.model("Chat", new mongoose.Schema({ userId: String, text: String }, { collection: "chats" }));
` +
      body(
        "await Chat2.find()",
        (x) => `await Chat2.find({ userId: ${x} })`,
        (x) => `await Chat2.find({ userId: ${x} }).sort({ text: 1 }).lean()`,
      ),
  ],
  [
    "typeorm",
    `import { DataSource, Entity, Column } from "typeorm"; @Entity("chats") class Chats { @Column() userId!: string; @Column() text!: string; }
const repo = new DataSource({} as any).getRepository(Chats);
` +
      body(
        'await repo.createQueryBuilder("c").getMany()',
        (x) => `await repo.createQueryBuilder("c").where("c.userId = :id", { id: ${x} }).getMany()`,
        (x) => `await repo.createQueryBuilder("c").where("c.userId = :id", { id: ${x} }).take(5).getMany()`,
      ),
  ],
  [
    "supabase",
    `import { createClient } from "@supabase/supabase-js"; const db = createClient("a", "b");
` +
      body(
        '(await db.from("chats").select("text")).data',
        (x) => `(await db.from("chats").select("text").eq("user_id", ${x})).data`,
        (x) => `(await db.from("chats").select("text").eq("user_id", ${x}).limit(5)).data`,
      ),
  ],
  [
    "mongo",
    `import { MongoClient } from "mongodb"; const db = new MongoClient("x").db("a");
` +
      body(
        'await db.collection("chats").find().toArray()',
        (x) => `await db.collection("chats").find({ userId: ${x} }).toArray()`,
        (x) => `await db.collection("chats").find({ userId: ${x} }).limit(5).toArray()`,
      ),
  ],
  [
    "knex: conditions of nobody, queries that begin alike",
    KNEX +
      `export async function g(id: string, other: string, active: boolean) { if (!(await mayLearn(id))) return;
 learn(await db("chats").where({ active: true }).select("text")); // other
 learn(await db("chats").where("active", active).select("text")); // other
 const mine = db("chats").where("user_id", id); if (active) void mine.where("active", true);
 learn(await mine); // ok
 const theirs = db("chats").where("user_id", other); void theirs.limit(3);
 learn(await theirs); // other
 for (const c of await db("chats")) learn(c.text); // other
 for (const c of await db("chats")) if (await mayLearn(c.user_id)) learn(c.text); // ok
 learn((await db("chats")).filter((c: any) => c.user_id === id)); // ok
 learn(await db("chats").whereIn("user_id", [id])); // ok
}
export async function h(id: string) { const me = await db("users").where({ id }).first(); if (!me.may_train) return;
 train(me.prompt); // ok
 train(await db("chats").where({ user_id: me.id })); // ok
 train(await db("chats").where({ user_id: id })); // ok
 train(await db("chats")); // other
}`,
  ],
  [
    "drizzle: conditions of nobody",
    DRIZZLE +
      `export async function g(id: string) { if (!(await mayLearn(id))) return;
 learn(await db.select().from(chats).where(eq(chats.text, "x"))); // other
 learn(await db.select({ text: chats.text }).from(chats).where(eq(chats.userId, id)).orderBy(chats.text)); // ok
}`,
  ],
];
describe("rows of a query", () => {
  it.each(cases)("%s", (_name, code) => {
    expect(gatesOf(code, kept)).toEqual(expectedIn(code));
  });
});
