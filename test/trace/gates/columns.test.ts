/** Rows that are read on condition of the column in which a consent's answer is kept. */
import { describe, expect, it } from "vitest";
import { expectedIn, gatesOf, kept, run } from "./program.js";

const PRISMA = `import { PrismaClient } from "@prisma/client";\nconst db = new PrismaClient();\n`;
const PG = `import { Pool } from "pg";\nconst db = new Pool();\n`;

const cases: [string, string][] = [
  [
    "Prisma: a column that must be true",
    `${PRISMA}export async function f() { const rows = await db.users.findMany({ where: { mayTrain: true } });
 train(rows); // ok
 for (const row of rows) train(row.prompt); // ok
 train(rows.map((row) => ({ prompt: row.prompt }))); // ok
}
export async function n() {
 train((await db.users.findMany()).filter((u: any) => u.mayTrain).map((u: any) => u.prompt)); // ok
 train(await db.users.findMany({ where: { mayTrain: { not: false } } })); // ok
 train(await db.users.findMany({ where: { mayTrain: { not: true } } })); // never
}
export async function g(id: string) { const row = await db.users.findFirst({ where: { id, mayTrain: { equals: true } } });
 if (row) train(row.prompt); // ok
}
export async function h() { train(await db.users.findMany({ where: { AND: [{ id: { gt: 3 } }, { mayTrain: true }] }, select: { prompt: true } })); // ok
}`,
  ],
  [
    "Prisma: a row that belongs to somebody who has consented",
    `${PRISMA}export async function f() { train(await db.chats.findMany({ where: { users: { mayTrain: true } } })); // ok
 train(await db.chats.findMany({ where: { users: { is: { mayTrain: true } } } })); // ok
 train(await db.chats.findMany({ where: { users: { mayTrain: false } } })); // never
}`,
  ],
  [
    "Prisma: what does not ask for it",
    `${PRISMA}export async function f(all: boolean, extra: any) {
 train(await db.users.findMany()); // never
 train(await db.users.findMany({ where: { mayTrain: false } })); // never
 train(await db.users.findMany({ where: { NOT: { mayTrain: true } } })); // never
 train(await db.users.findMany({ where: { OR: [{ mayTrain: true }, { admin: true }] } })); // never
 train(await db.users.findMany({ where: { active: true } })); // never
 train(await db.users.findMany({ where: all ? {} : { mayTrain: true } })); // never
 train(await db.users.findMany({ where: { mayTrain: all } })); // never
 train(await db.users.findMany({ where: { mayTrain: true, ...extra } })); // never
 train(await db.users.findMany({ where: { ...extra, mayTrain: true } })); // ok
 train(await db.chats.findMany({ where: { mayTrain: true } })); // never
}`,
  ],
  [
    "a row's own column, asked before its data is used",
    `${PRISMA}export async function f(id: string) { const u = await db.users.findUnique({ where: { id } }); if (!u?.mayTrain) return;
 train(u.prompt); // ok
 train(await db.chats.findMany({ where: { userId: id } })); // ok
}
export async function g(id: string) { const u = await db.users.findUnique({ where: { id } }); if (u.mayTrain) return;
 train(u.prompt); // denied
}
export async function h() { const all = await db.users.findMany(); train(all.filter((u: any) => u.mayTrain)); // ok
 for (const u of all) if (u.mayTrain === true) train(u.prompt); // ok
}
export async function l(id: string) { const u = await db.users.findUnique({ where: { id } }); if (u.active) train(u.prompt); // never
 if (!u.optedOut) sell(u.prompt); // ok
 if (u.optedOut) sell(u.prompt); // denied
}`,
  ],
  [
    "SQL: a row's own column",
    `${PG}export async function f(id: string) { const { rows: [u] } = await db.query("select may_train, prompt from users where id = $1", [id]); if (!u.may_train) return;
 train(u.prompt); // ok
}
export async function g(id: string) { const { rows: [u] } = await db.query("select * from users where id = $1", [id]); if (u.may_train) return;
 train(u.prompt); // denied
}`,
  ],
  [
    "an opt-out must be false",
    `${PRISMA}export async function f() { sell(await db.users.findMany({ where: { optedOut: false } })); // ok
 sell(await db.users.findMany({ where: { optedOut: true } })); // never
}`,
  ],
  [
    "somebody else's row",
    `${PRISMA}export async function f(user: User) { const rows = await db.users.findMany({ where: { mayTrain: true } });
 train(user.prompt); // never
 const others = await db.users.findMany();
 if (rows.length > 0) train(others); // never
}`,
  ],
  [
    "SQL: a condition that all rows meet",
    `${PG}export async function f() {
 train((await db.query("select prompt from users where may_train")).rows); // ok
 train((await db.query("SELECT * FROM users u WHERE (u.may_train = TRUE) AND created_at BETWEEN $1 AND $2 ORDER BY id", [1, 2])).rows); // ok
 train((await db.query("select prompt from users where id > $1 and may_train = $2", [7, true])).rows); // ok
 train((await db.query("select c.text from chats c join users u on u.id = c.user_id where u.may_train is true limit 5")).rows); // ok
 train((await db.query("select prompt from users where may_train <> false")).rows); // ok
 sell((await db.query("select prompt from users where not opted_out")).rows); // ok
}`,
  ],
  [
    "SQL: what does not ask for it",
    `${PG}export async function f(flag: boolean, more: string) {
 train((await db.query("select prompt from users where may_train or admin")).rows); // never
 train((await db.query("select prompt from users where not may_train")).rows); // never
 train((await db.query("select prompt from users where may_train = false")).rows); // never
 train((await db.query("select prompt from users where may_train is not null")).rows); // never
 train((await db.query("select prompt from users where active")).rows); // never
 train((await db.query("select prompt from users where age between 1 and may_train")).rows); // never
 train((await db.query("select prompt from users where may_train = $1", [flag])).rows); // never
 train((await db.query("select prompt from users where may_train and " + more)).rows); // never
 train((await db.query("select prompt from users where exists (select 1 from users where may_train)")).rows); // never
 train((await db.query("select prompt, may_train from users")).rows); // never
 train((await db.query("select c.text from chats c join users u on u.id = c.user_id where c.may_train")).rows); // never
}`,
  ],
  [
    "SQL: rows that a condition asks for",
    `${PG}export async function f() {
 train((await db.query("select text from chats where user_id in (select id from users where may_train)")).rows); // ok
 train((await db.query("select text from chats where sent > $1 and user_id in (select id from users where may_train = $2)", [1, true])).rows); // ok
 train((await db.query("select c.text from chats c where exists (select 1 from users u where u.id = c.user_id and u.may_train)")).rows); // ok
 train((await db.query("select prompt from users where id in (select id from users where may_train)")).rows); // ok
 train((await db.query("select c.text from chats c join answers a on a.user_id = c.user_id where a.user_id in (select id from users where may_train)")).rows); // ok
}
export async function g() {
 train((await db.query("select text from chats where user_id not in (select id from users where may_train)")).rows); // never
 train((await db.query("select text from chats where team_id in (select team_id from users where may_train)")).rows); // never
 train((await db.query("select text from chats where user_id in (select id from users where may_train) or shared")).rows); // never
 train((await db.query("select text from chats where user_id in (select id from users where may_train union select id from users)")).rows); // never
 train((await db.query("select c.text from chats c where exists (select 1 from users u where u.may_train)")).rows); // never
 train((await db.query("select c.text from chats c where not exists (select 1 from users u where u.id = c.user_id and u.may_train)")).rows); // never
 train((await db.query("select prompt from users where team_id in (select team_id from users where may_train)")).rows); // never
}`,
  ],
  [
    "SQL: queries that are joined",
    `${PG}export async function f() {
 train((await db.query("with ok as (select id from users where may_train) select c.text from chats c join ok on ok.id = c.user_id")).rows); // ok
 train((await db.query("with ok (uid) as (select id from users where may_train) select c.text from chats c join ok on c.user_id = ok.uid")).rows); // ok
 train((await db.query("with ok as (select id from users where may_train) select text from chats where user_id in (select id from ok)")).rows); // ok
 train((await db.query("select c.text from chats c join (select id from users where may_train) u on u.id = c.user_id")).rows); // ok
 train((await db.query("select c.text from chats c join (select id from users where may_train) u on u.team_id = c.team_id")).rows); // never
 train((await db.query("select c.text from chats c left join (select id from users where may_train) u on u.id = c.user_id")).rows); // never
 train((await db.query("with ok as (select id from users) select c.text from chats c join ok on ok.id = c.user_id")).rows); // never
 train((await db.query("with ok as (select id from users where may_train union select id from users where admin) select c.text from chats c join ok on ok.id = c.user_id")).rows); // never
}`,
  ],
  [
    "SQL: a joined row is of whom its key names",
    `${PG}export async function f() {
 train((await db.query("select c.text from chats c join users u on c.user_id = u.id where u.may_train")).rows); // ok
 train((await db.query("select c.text, u.prompt from chats c, users u where u.id = c.user_id and u.may_train")).rows); // ok
 train((await db.query("select c.* from chats c join users u using (user_id) where u.may_train")).rows); // ok
 train((await db.query("select c.* from chats c natural join users u where u.may_train")).rows); // ok
 train((await db.query("select c.text from chats c join rooms r on r.id = c.room_id join users u on u.id = r.user_id where u.may_train")).rows); // ok
 train((await db.query("select c.text from chats c join users u on u.id = c.user_id and u.may_train")).rows); // ok
 train((await db.query("select c.text from chats c join users u on u.email = c.email where u.may_train")).rows); // ok
}
export async function g() {
 train((await db.query("select c.text from chats c, users u where u.may_train")).rows); // never
 train((await db.query("select c.text from chats c cross join users u where u.may_train")).rows); // never
 train((await db.query("select c.text from chats c join users u on u.team_id = c.team_id where u.may_train")).rows); // never
 train((await db.query("select c.text from chats c join users u on u.age > c.age where u.may_train")).rows); // never
 train((await db.query("select c.text from chats c join users u on u.id = c.user_id or u.admin where u.may_train")).rows); // never
 train((await db.query("select c.text from chats c join members m on m.chat_id = c.id join users u on u.id = m.user_id where u.may_train")).rows); // never
 train((await db.query("select c.text from chats c left join users u on u.id = c.user_id and u.may_train")).rows); // never
 train((await db.query("select u.prompt, 1 as c from chats c, users u where u.may_train")).rows); // ok
 const row = (await db.query("select u.prompt, c.text from chats c, users u where u.may_train")).rows[0];
 train(row.prompt); // ok
 train(row.text); // never
}`,
  ],
  [
    "Kysely",
    `import { Kysely } from "kysely";\nconst db = new Kysely<any>({} as any);
export async function f() {
 train(await db.selectFrom("users").select("prompt").where("may_train", "=", true).execute()); // ok
 train(await db.selectFrom("users as u").innerJoin("chats as c", "c.user_id", "u.id").select("c.text").where("u.may_train", "is", true).execute()); // ok
 train(await db.selectFrom("users").selectAll().where("id", ">", 3).where("may_train", "=", true).orderBy("id").execute()); // ok
}
export async function g(all: boolean) {
 train(await db.selectFrom("users").select("prompt").execute()); // never
 train(await db.selectFrom("users").select("prompt").where("may_train", "=", false).execute()); // never
 train(await db.selectFrom("users").select("prompt").where("may_train", "!=", true).execute()); // never
 train(await db.selectFrom("users").select("prompt").where("active", "=", true).execute()); // never
 train(await db.selectFrom("users").select("prompt").where("may_train", "=", true).clearWhere().execute()); // never
 let q = db.selectFrom("users").select("prompt");
 if (!all) q = q.where("may_train", "=", true);
 train(await q.execute()); // never
}`,
  ],
  [
    "Knex",
    `import knex from "knex";\nconst db = knex({});
export async function f() {
 train(await db("users").where("may_train", true)); // ok
 train(await db("users").select("prompt").where({ may_train: true }).andWhere("id", ">", 3)); // ok
 train(await db("users as u").join("chats as c", "c.user_id", "u.id").where("u.may_train", "=", true).select("c.text")); // ok
}
export async function g(all: boolean) {
 train(await db("users")); // never
 train(await db("users").where("may_train", false)); // never
 train(await db("users").whereNot({ may_train: true })); // never
 train(await db("users").where("may_train", true).orWhere("admin", true)); // never
 train(await db("users").where("may_train", "<>", true)); // never
 const q = db("users");
 if (!all) q.where("may_train", true);
 train(await q); // never
}`,
  ],
  [
    "Drizzle",
    `import { and, eq, or, not } from "drizzle-orm";\nimport { pgTable, text, boolean } from "drizzle-orm/pg-core";\nimport { drizzle } from "drizzle-orm/node-postgres";
const users = pgTable("users", { id: text("id"), prompt: text("prompt"), mayTrain: boolean("may_train"), active: boolean("active") });
const chats = pgTable("chats", { id: text("id"), userId: text("user_id"), text: text("text") });
const db = drizzle("x", { schema: { users } });
export async function f() {
 train(await db.select().from(users).where(eq(users.mayTrain, true))); // ok
 train(await db.select({ p: users.prompt }).from(users).where(and(eq(users.id, "3"), eq(users.mayTrain, true))).limit(3)); // ok
 train(await db.query.users.findMany({ where: eq(users.mayTrain, true) })); // ok
 train(await db.select().from(users).where(users.mayTrain)); // ok
 train(await db.select({ t: chats.text }).from(chats).innerJoin(users, eq(users.id, chats.userId)).where(users.mayTrain)); // ok
 train(await db.select({ t: chats.text }).from(chats).innerJoin(users, and(eq(users.id, chats.userId), eq(users.mayTrain, true))).where(eq(chats.id, "3"))); // ok
}
export async function g(all: boolean) {
 train(await db.select({ t: chats.text }).from(chats).leftJoin(users, and(eq(users.id, chats.userId), eq(users.mayTrain, true)))); // never
 train(await db.select().from(users).where(users.mayTrain).where(eq(users.id, "3"))); // never
 train(await db.select().from(users).where(users.active)); // never
 train(await db.select().from(users)); // never
 train(await db.select().from(users).where(eq(users.mayTrain, false))); // never
 train(await db.select().from(users).where(eq(users.active, true))); // never
 train(await db.select().from(users).where(or(eq(users.active, true), eq(users.mayTrain, true)))); // never
 train(await db.select().from(users).where(not(eq(users.mayTrain, true)))); // never
 train(await db.select().from(users).where(all ? undefined : eq(users.mayTrain, true))); // never
 train(await db.query.users.findMany()); // never
}`,
  ],
  [
    "MongoDB",
    `import { MongoClient } from "mongodb";\nconst users = new MongoClient("x").db("a").collection("users");
export async function f() {
 train(await users.find({ may_train: true }).toArray()); // ok
 train(await users.findOne({ $and: [{ id: 3 }, { may_train: { $eq: true } }] }, { projection: { prompt: 1 } })); // ok
 train(await users.find({}).toArray()); // never
 train(await users.find({ may_train: false }).toArray()); // never
 train(await users.find({ may_train: { $ne: true } }).toArray()); // never
 train(await users.find({ may_train: { $ne: false } }).toArray()); // never
 sell(await users.find({ opted_out: { $ne: true } }).toArray()); // ok
 train(await users.find({ $or: [{ may_train: true }, { admin: true }] }).toArray()); // never
}`,
  ],
  [
    "Mongoose",
    `import mongoose from "mongoose";\nconst Users = mongoose.model("users", new mongoose.Schema({ prompt: String, may_train: Boolean }));
export async function f() {
 train(await Users.find({ may_train: true })); // ok
 for (const u of await Users.find({ may_train: true }).lean()) train(u.prompt); // ok
 train(await Users.find({ may_train: false })); // never
 train(await Users.find()); // never
}`,
  ],
  [
    "SQL: a default, and any of what a query gives",
    `${PG}export async function f() {
 train((await db.query("select prompt from users where coalesce(may_train, false)")).rows); // ok
 train((await db.query("select prompt from users where coalesce(may_train, true)")).rows); // never
 train((await db.query("select text from chats where user_id = any (select id from users where may_train)")).rows); // ok
 train((await db.query("select text from chats where user_id = any (select id from users where not may_train)")).rows); // never
}`,
  ],
];

describe("consents in columns", () => {
  it("a table that no code reads is told", () => {
    const drift = (code: string): readonly string[] =>
      run(code, kept).unmatched.flatMap(({ entry, why }) => (why?.k === "unused-table" && entry.startsWith("consent.") ? [entry] : []));
    expect(drift(`export const x = 1;`)).toEqual(["consent.training.column", "consent.sale.column"]);
    expect(drift(`${PG}export const f = () => db.query("select prompt from users where may_train");`)).toEqual([]);
  });
  it.each(cases)("%s", (_, code) => {
    expect(gatesOf(code, kept)).toEqual(expectedIn(code));
  });
});
