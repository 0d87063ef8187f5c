import { expect, it } from "vitest";
import { annotated } from "../program.js";

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(
      `import { Kysely, sql, type Transaction } from "kysely";\nimport { jsonArrayFrom, jsonObjectFrom } from "kysely/helpers/postgres";\nimport { PrismaClient } from "@prisma/client";\nconst db = new Kysely<DB>({ dialect: null });\nconst prisma = new PrismaClient();\nconst user = loadUser();\n${code}`,
    );
    expect(found).toEqual(expected);
  });
};

check(
  "insert and select, with aliases and joins",
  `async function main() {
  await db.insertInto("Account").values({ id: user.id, email: user.email }).execute();
  await db.insertInto("Note").values([{ accountId: user.id, text: user.prompt }, { accountId: "x", text: "y" }]).onConflict((oc) => oc.column("id").doUpdateSet({ title: user.name })).execute();
  train(await db.selectFrom("Account").select("email").execute()); //! user.email
  train(await db.selectFrom("Account").selectAll().executeTakeFirst()); //! user.email user.id
  const rows = await db.selectFrom("Account as a").innerJoin("Note as n", "n.accountId", "a.id").select(["a.email as mail", "n.text"]).where("a.id", "=", user.id).execute();
  train(rows[0].mail); //! user.email
  train(rows.map((r) => r.text)); //! user.prompt
  train(rows[0].id); //! none
  train(await db.selectFrom("Account as a").innerJoin("Note as n", "n.accountId", "a.id").selectAll("n").execute()); //! user.id user.name user.prompt
  train(await db.selectFrom("Account").select((eb) => eb.fn.count("email").as("n")).execute()); //! none
  train(await db.selectFrom("Account").select((eb) => [eb.ref("email").as("e"), eb.fn.max("id").as("m")]).executeTakeFirstOrThrow()); //! user.email user.id
}
void main();`,
);

check(
  "one row with Prisma's models",
  `async function main() {
  await prisma.datasetEntryInput.createMany({ data: [{ messages: [{ content: user.prompt }], hash: user.id }] });
  const rows = await db.selectFrom("Link as l").innerJoin("DatasetEntryInput as dei", "dei.hash", "l.hash").select(["dei.messages"]).execute();
  train(rows[0].messages[0].content); //! user.prompt
  train(rows[0].hash); //! none
  await db.updateTable("Setting").set({ value: user.name }).where("id", "=", 1).execute();
  train(await prisma.setting.findFirst()); //! user.name
}
void main();`,
);

check(
  "builders handed around, conditions, transactions, streams",
  `const BASE = db.selectFrom("Call as c");
const filtered = ({ query = BASE }: { query?: typeof BASE }) => {
  let q = query.where((eb) => eb("c.id", "=", user.name));
  for (const f of ["a", "b"]) q = q.leftJoin(\`Tag as \${f}\`, (j) => j.onRef("c.id", "=", \`\${f}.id\`));
  return q;
};
async function main() {
  await db.transaction().execute(async (trx) => { await trx.insertInto("Call").values({ id: user.id, payload: user.prompt }).execute(); });
  await db.insertInto("Tag").values({ value: user.email }).execute();
  train(await filtered({}).select(["c.payload"]).execute()); //! user.prompt
  train(await filtered({ query: db.selectFrom("Call as c") }).selectAll("c").execute()); //! user.id user.prompt
  train(await BASE.select("c.id").$if(true, (q) => q.select("c.payload")).executeTakeFirst()); //! user.id user.prompt
  train(await BASE.select("c.id").$if(false, (q) => q.select("c.payload")).executeTakeFirst()); //! user.id
  for await (const row of BASE.select("c.payload").stream()) train(row.payload); //! user.prompt
}
export async function typed(trx: Transaction<DB>) {
  train(await trx.selectFrom("Tag").selectAll().execute()); //! user.email
}
void main();`,
);

check(
  "subqueries as JSON, CTEs, raw SQL",
  `async function main() {
  await db.insertInto("Call").values({ id: user.id, payload: user.prompt }).execute();
  await db.insertInto("Tag").values({ callId: user.id, name: user.name, value: user.email }).execute();
  const rows = await db.selectFrom("Call as c").select((eb) => ["c.id", jsonArrayFrom(eb.selectFrom("Tag").select(["name", "value"]).whereRef("callId", "=", "c.id")).as("tags")]).execute();
  train(rows[0].tags[0].value); //! user.email
  train(rows[0].tags); //! user.email user.name
  train(rows[0].id); //! user.id
  train(await db.selectFrom("Call as c").select((eb) => jsonObjectFrom(eb.selectFrom("Tag as t").select("t.name")).as("tag")).execute()); //! user.name
  train(await db.with("recent", (q) => q.selectFrom("Call").select(["payload"])).selectFrom("recent").selectAll().execute()); //! user.prompt
  train(await db.selectFrom("Call as c").select(sql<string>\`upper(c.payload)\`.as("p")).execute()); //! user.prompt
  train(await db.selectFrom("Call as c").select(sql<string>\`md5(c.payload)\`.as("p")).execute()); //! none
  const raw = await sql<{ v: string }>\`select t.value as v from "Tag" t\`.execute(db);
  train(raw.rows); //! user.email
  await sql\`update "Tag" set note = \${user.age} where id = \${user.prompt}\`.execute(db);
  train(await db.selectFrom("Tag").select("note").execute()); //! user.age
}
void main();`,
);
