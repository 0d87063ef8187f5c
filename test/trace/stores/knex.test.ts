import { expect, it } from "vitest";
import { annotated, run } from "../program.js";

const check = (name: string, code: string, options: Parameters<typeof annotated>[1] = {}): void => {
  it(name, () => {
    const { found, expected } = annotated(
      `import knex, { type Knex } from "knex";\nimport { PrismaClient } from "@prisma/client";\nimport pg from "pg";\nconst db = knex({ client: "pg" });\nconst prisma = new PrismaClient();\nconst pool = new pg.Pool();\nconst user = loadUser();\n${code}`,
      options,
    );
    expect(found).toEqual(expected);
  });
};

check(
  "columns stay apart; aliases, several columns, lists and objects of them",
  `async function main() {
  await db("users").insert({ id: user.id, e_mail: user.email, name: user.name });
  train(await db("users").select("e_mail")); //! user.email
  train(await db.select("id", "name").from("users")); //! user.id user.name
  train(await db("users as u").select({ mail: "u.e_mail" })); //! user.email
  const rows = await db("users").select(["e_mail as mail", "name"]).where({ id: user.id }).orderBy("name");
  train(rows[0].mail); //! user.email
  train(rows.map((row) => row.name)); //! user.name
  train(rows[0].id, rows[0].e_mail); //! none
  train(await db.table("users")); //! user.email user.id user.name
  train(await db("public.users").select("users.*").where("name", user.prompt)); //! user.email user.id user.name
  train(await db("others").select("e_mail")); //! none
}
void main();`,
);
check(
  "first and pluck; what is only counted",
  `async function main() {
  await db.insert([{ id: user.id, email: user.email, score: user.age }, { id: "x" }]).into("users");
  const one = await db("users").where("id", 1).first();
  train(one?.email); //! user.email
  train(one); //! user.age user.email user.id
  train((await db("users").first("id"))?.email); //! none
  train(await db("users").pluck("email")); //! user.email
  train(await db("users").count("email as n").avg("score").sum({ total: "score" }).first()); //! none
  train(await db("users").select("id").count("email as n").groupBy("id")); //! user.id
  train(await db("users").countDistinct("email")); //! none
  train(await db("users").max("score as top").first()); //! user.age
  train(await db("users").min("score")); //! user.age
}
void main();`,
);
check(
  "a query runs when it is awaited",
  `async function main() {
  db("users").insert({ name: user.name });
  await db("users").insert({ email: user.email });
  train(await db("users").first("name")); //! none
  train(await db("users").first("email")); //! user.email
  const rows = db("users").select("email").where("id", 1).then((all) => all[0].email);
  train(await rows); //! user.email
  db("users").select("email").asCallback((err, all) => train(all)); //! user.email
  for await (const row of db("users").select("email").stream()) train(row.email); //! user.email
  train(await Promise.all([db("users").first("email"), db("users").first("name")])); //! user.email
}
void main();`,
);
check(
  "one builder, changed step by step",
  `const base = () => db("calls as c");
function page(query: Knex.QueryBuilder, full: boolean) { if (full) query.select("c.payload"); return query.limit(10); }
async function main() {
  await db("calls").insert({ id: user.id, payload: user.prompt });
  const q = base();
  q.select("c.id");
  q.where("id", ">", 1);
  train(await q); //! user.id
  train(await page(base().select("c.id"), true)); //! user.id user.prompt
  train(await page(base().select("c.id"), false)); //! user.id
  const other = base();
  if (Math.random() > 0.5) void other.select("c.id");
  train(await other); //! user.id user.prompt
  const kept = base().select("c.id");
  const more = kept.clone().select("c.payload");
  train(await kept); //! user.id
  train(await more); //! user.id user.prompt
  train(await kept.clone().clearSelect().select("c.payload")); //! user.prompt
  train(await base().modify((query, name) => query.select(name), "c.payload")); //! user.prompt
}
void main();`,
);
check(
  "joins, subqueries, CTEs and unions",
  `async function main() {
  await db("users").insert({ id: user.id, email: user.email });
  await db("notes").insert({ user_id: user.id, text: user.prompt, title: user.name });
  const rows = await db("users as u").leftJoin("notes as n", "n.user_id", "u.id").select("u.email", "n.text as body");
  train(rows[0].body); //! user.prompt
  train(rows[0].email); //! user.email
  train(rows[0].title); //! none
  train(await db("users").join("notes", function () { this.on("users.id", "=", "notes.user_id"); }).select("notes.*")); //! user.id user.name user.prompt
  train(await db.select("s.text").from(db("notes").select("text", "title").as("s"))); //! user.prompt
  train(await db.from(function () { this.select("title").from("notes").as("s"); })); //! user.name
  train(await db("users").select("id", db("notes").select("text").limit(1).as("latest"))); //! user.id user.prompt
  train(await db.with("recent", db("notes").select("text")).select("*").from("recent")); //! user.prompt
  train(await db.with("recent", (q) => q.select("title").from("notes")).from("recent")); //! user.name
  train(await db("users").select("email as t").union(function () { this.select("text as t").from("notes"); })); //! user.email user.prompt
  train(await db("users").select("id").whereIn("id", db("notes").select("text"))); //! user.id
}
void main();`,
);
check(
  "writes: returning, update, upsert, insert from a query, batches",
  `async function main() {
  const [made] = await db("users").insert({ id: user.id, email: user.email }).returning(["id"]);
  train(made.id); //! user.id
  train(made.email); //! none
  train(await db("users").insert({ email: user.email }, "*")); //! user.email
  train(await db("users").insert({ email: user.email })); //! none
  await db("users").where({ id: 1 }).update({ name: user.name });
  await db("users").where({ id: 1 }).update("bio", user.prompt);
  train(await db("users").first("name")); //! user.name
  train(await db("users").first("bio")); //! user.prompt
  await db("tags").insert({ id: 1 }).onConflict("id").merge({ label: user.name });
  train(await db("tags")); //! user.name
  await db("copies").insert(db("users").select("email"));
  train(await db("copies").select("email")); //! user.email
  await db.batchInsert("many", [{ a: user.email }, { a: "x" }], 30);
  train(await db("many")); //! user.email
  train(await db("many").where({ a: 1 }).del().returning("a")); //! user.email
  train(await db("many").where({ a: user.id }).del()); //! none
}
void main();`,
);
check(
  "raw SQL: statements, columns, tables, bindings",
  `async function main() {
  await db.raw("insert into users (id, email, name) values (?, :x)".replace(":x", "?, ?"), [user.id, user.email, user.name]);
  train((await db.raw("select email from users where name = ?", [user.prompt])).rows); //! user.email
  const [rows] = await db.raw("select name from users");
  train(rows); //! user.name
  train(await db("users").select(db.raw("upper(email) as mail, count(*) as n"))); //! user.email
  train(await db("users").select(db.raw("count(email) as n"), db.raw("md5(name) as h"))); //! none
  train(await db("users").select(db.raw("?? as x", ["name"]))); //! user.name
  train(await db("users").select(db.raw("lower(:col:) as x", { col: "users.email" }))); //! user.email
  train(await db("users").select(db.raw("coalesce(id, ?)", [user.prompt]).as("v"))); //! user.id user.prompt
  train(await db.select("u.name").from(db.raw("users as u"))); //! user.name
  train(await db("others").joinRaw("left join users u on u.id = others.id").select("u.email")); //! user.email
  train(await db("users").select(db.ref("users.email").as("mail"), db.fn.now())); //! user.email
  await db("logs").insert({ at: db.fn.now(), text: db.raw("concat(?, ' ')", [user.prompt]) });
  train(await db("logs").first()); //! user.prompt
  await db("visits").insert({ who: db("users").select("name").limit(1) });
  train(await db("visits").first("who")); //! user.name
}
void main();`,
);
check(
  "transactions and types are the same store",
  `async function main() {
  await db.transaction(async (trx) => {
    await trx("users").insert({ email: user.email });
    await trx.insert({ name: user.name }).into("users");
    await db("users").transacting(trx).insert({ id: user.id });
  });
  const trx = await db.transaction();
  await trx("logs").insert({ text: user.prompt });
  await trx.commit();
  train(await db("users").select("email")); //! user.email
  train(await db("users").select("name", "id")); //! user.id user.name
}
export class Repository {
  constructor(private readonly knex: Knex) {}
  async all() { train(await this.knex("logs").select("text")); } //! user.prompt
  async other(trx: Knex.Transaction) { train(await trx("users").select("email")); } //! user.email
  async typed(client: Knex<any, unknown[]>) { train(await client<User>("users").select("name").first()); } //! user.name
}
void main();`,
);
check(
  "one table with other libraries; JSON columns keep their parts",
  `async function main() {
  await db("dataset_entries").insert({ meta_data: { mail: user.email, name: user.name }, raw: JSON.stringify({ text: user.prompt }) });
  train((await prisma.datasetEntries.findFirst({ select: { metaData: true } })).metaData.mail); //! user.email
  train((await pool.query("select meta_data->>'name' as n from dataset_entries")).rows); //! user.name
  const [row] = await db("dataset_entries").select("raw", "meta_data");
  train(JSON.parse(row.raw).text); //! user.prompt
  train(row.meta_data.name); //! user.name
  train(await db("dataset_entries").jsonExtract("meta_data", "$.mail", "m")); //! user.email
  await pool.query("insert into events (user_email, kind) values ($1, $2)", [user.email, "k"]);
  train(await db("events").select("user_email as m")); //! user.email
  train(await db("events").select("kind")); //! none
}
void main();`,
);
check(
  "plug-ins of builders; type arguments",
  `(knex as any).QueryBuilder.extend("mine", function (this: Knex.QueryBuilder, name: string) { return this.select(name); });
async function main() {
  await db("users").insert({ email: user.email, name: user.name });
  train(await (db("users") as any).mine("name")); //! user.name
  train(await db<User>("users").select<User[]>("email")); //! user.email
}
void main();`,
);
it("says what a method that is not known may have done", () => {
  const { blindSpots } = run(`import knex from "knex";
const db = knex({});
const user = loadUser();
async function main() {
  await db("users").insert({ email: user.email });
  train(await db("users").select("email").paginate({ page: 1 }));
  train(await db("users").select("id").paginate({ page: 1 }));
}
void main();`);
  expect(blindSpots.map((b) => [b.line, b.kind, b.fields.join()])).toEqual([[8, "unmodelled-library", "user.email"]]);
});
