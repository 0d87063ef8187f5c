import { expect, it } from "vitest";
import { annotated } from "../program.js";

const SCHEMA = `import { alias, integer, jsonb, pgEnum, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { and, count, desc, eq, getTableColumns, max, relations, sql } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { Kysely } from "kysely";
import pg from "pg";
const pool = new pg.Pool();
const user = loadUser();
const times = { createdAt: timestamp("created_at").notNull().defaultNow() };
const role = pgEnum("role", ["member", "owner"]);
const accounts = pgTable("accounts", { id: uuid("id").primaryKey().defaultRandom(), key: text("external_id"), mail: text("email_address").notNull(), name: text("name"), role: role("role"), ...times });
const notes = pgTable("notes", { id: uuid("id").primaryKey(), accountId: uuid("account_id").references(() => accounts.id), body: jsonb("body").$type<{ text: string }>(), stars: integer("stars"), ...times }, (t) => []);
const accountsRelations = relations(accounts, ({ many }) => ({ written: many(notes) }));
const notesRelations = relations(notes, ({ one }) => ({ author: one(accounts, { fields: [notes.accountId], references: [accounts.id] }) }));
const db = drizzle(pool, { schema: { accounts, notes, accountsRelations, notesRelations } });
`;

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(SCHEMA + code);
    expect(found).toEqual(expected);
  });
};

const WRITES = `  await db.insert(accounts).values({ key: user.id, mail: user.email, name: user.name });
  await db.insert(notes).values([{ accountId: user.id, body: { text: user.prompt } }]);
`;

check(
  "writes and reads by the schema's names, in selections and joins",
  `async function main() {
${WRITES}  train(await db.select().from(accounts)); //! user.email user.id user.name
  train(await db.select({ mail: accounts.mail }).from(accounts).where(eq(accounts.name, user.name)).limit(1)); //! user.email
  const [first] = await db.select({ who: { name: accounts.name }, text: notes.body }).from(notes).innerJoin(accounts, eq(accounts.id, notes.accountId)).orderBy(desc(notes.createdAt));
  train(first.who.name); //! user.name
  train(first.text.text); //! user.prompt
  const joined = await db.select().from(notes).leftJoin(accounts, and(eq(accounts.id, notes.accountId)));
  train(joined[0].notes); //! user.id user.prompt
  train(joined[0].accounts.mail); //! user.email
  const { mail, ...rest } = getTableColumns(accounts);
  train(await db.select(rest).from(accounts)); //! user.id user.name
  const other = alias(accounts, "other");
  train(await db.select({ n: other.name }).from(other)); //! user.name
  train(await db.select().from(accounts).then((rows) => rows[0]?.mail)); //! user.email
}
void main();`,
);

check(
  "counts and hashes carry nothing, other expressions their columns",
  `async function main() {
${WRITES}  train(await db.select({ n: count(), m: sql<number>\`count(\${accounts.mail})\` }).from(accounts)); //! none
  train(await db.select({ h: sql<string>\`md5(\${accounts.mail})\` }).from(accounts)); //! none
  train(await db.select({ m: max(accounts.mail) }).from(accounts)); //! user.email
  train(await db.select({ m: sql<string>\`lower(\${accounts.mail})\`.as("m") }).from(accounts)); //! user.email
  train(await db.$count(accounts)); //! none
  const raw = await db.execute(sql\`select email_address as mail from \${accounts} where name = \${user.name}\`);
  train(raw.rows[0].mail); //! user.email
}
void main();`,
);

check(
  "what comes back of a write is what was written; columns that a table lacks are not",
  `async function main() {
  const [made] = await db.insert(accounts).values({ mail: user.email, nickname: user.prompt }).returning();
  train(made); //! user.email
  train(await db.insert(accounts).values({ mail: user.email }).returning({ id: accounts.id })); //! none
  await db.insert(accounts).values({ name: "n" }).onConflictDoUpdate({ target: accounts.id, set: { key: user.id } });
  await db.update(notes).set({ body: { text: user.prompt } }).where(eq(notes.id, user.name));
  train(await db.select().from(notes)); //! user.prompt
  train(await db.delete(accounts).returning({ key: accounts.key })); //! user.id
}
void main();`,
);

check(
  "relational queries: columns, relations",
  `async function main() {
${WRITES}  train(await db.query.accounts.findFirst({ columns: { name: true } })); //! user.name
  train(await db.query.accounts.findMany({ columns: { mail: false, key: false } })); //! user.name
  const [account] = await db.query.accounts.findMany({ columns: { id: true }, with: { written: { columns: { body: true } } } });
  train(account.written[0].body.text); //! user.prompt
  train(account.id); //! none
  const note = await db.query.notes.findFirst({ with: { author: true } });
  train(note?.author.mail); //! user.email
}
void main();`,
);

check(
  "transactions, handles known by type, subqueries, unions",
  `async function save(tx: NodePgDatabase) { await tx.insert(accounts).values({ mail: user.email }); }
export async function typed(handle: NodePgDatabase) { train(await handle.select({ m: accounts.mail }).from(accounts)); } //! user.email
async function main() {
  await db.transaction(async (tx) => { await save(tx); await tx.insert(notes).values({ body: user.prompt }); });
  const recent = db.$with("recent").as(db.select({ body: notes.body }).from(notes));
  train(await db.with(recent).select({ b: recent.body }).from(recent)); //! user.prompt
  const sub = db.select({ m: accounts.mail }).from(accounts).as("sub");
  train(await db.select().from(sub)); //! user.email
  train(await db.select({ v: accounts.mail }).from(accounts).union(db.select({ v: notes.body }).from(notes))); //! user.email user.prompt
}
void main();`,
);

check(
  "one row with Kysely and with SQL text, by the names of the database",
  `const kysely = new Kysely<any>({ dialect: null });
async function main() {
${WRITES}  train(await kysely.selectFrom("accounts").select("email_address").execute()); //! user.email
  train(await kysely.selectFrom("accounts").select("mail").execute()); //! none
  const { rows, rowCount } = await pool.query("select external_id, name as n from accounts where email_address = $1", [user.email]);
  train(rows[0].n); //! user.name
  train(rows[0].external_id); //! user.id
  train(rowCount); //! none
  await pool.query("insert into notes (stars, body) values ($2, $1)", [user.prompt, user.age]);
  train(await db.select({ s: notes.stars }).from(notes)); //! user.age
}
void main();`,
);

check(
  "copies of a database are that database, also from a class whose queries are getters",
  `import { withReplicas } from "drizzle-orm/pg-core";
const database = withReplicas(drizzle(pool), [drizzle(new pg.Pool())]);
abstract class Repository {
  protected db = database;
  abstract get scope(): any;
  all() { return this.scope.limit(1); }
}
class Accounts extends Repository {
  get scope() { return this.db.select({ mail: accounts.mail }).from(accounts).$dynamic(); }
}
async function main() {
  await database.transaction(async (trx) => {
    await trx.insert(accounts).values({ key: user.id, mail: user.email }).returning();
  });
  train(await new Accounts().all()); //! user.email
  train(await database.$primary.select({ key: accounts.key }).from(accounts)); //! user.id
}
void main();`,
);
