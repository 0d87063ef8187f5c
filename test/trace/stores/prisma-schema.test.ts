import { expect, it } from "vitest";
import { annotated, run } from "../program.js";

const PRELUDE = `import { PrismaClient, Prisma } from "@prisma/client";
const prisma = new PrismaClient();
const user = loadUser();
`;

const SCHEMA = `
model DatasetEntry {
  id Int @id
  inputText String @map("input_text")
  who String
  madeBy Account @relation(fields: [madeById], references: [id])
  madeById Int @map("made_by_id")
  notes DatasetComment[]
  @@map("entries")
}
model Account {
  id Int @id
  mail String @map("e-mail")
  @@map("accounts")
}
model DatasetComment {
  said String @map("text")
  entry DatasetEntry @relation(fields: [x], references: [id])
  @@map("comments")
}`;

const check = (name: string, code: string, schema?: string): void => {
  it(name, () => {
    const assets: Record<string, string> = schema === undefined ? {} : { "/app/prisma/schema.prisma": schema };
    const { found, expected } = annotated(PRELUDE + code, { assets });
    expect(found).toEqual(expected);
  });
};

check(
  "a model and the table it is mapped to are one, each under its own names",
  `import { Kysely } from "kysely";
const db = new Kysely<any>({} as any);
async function main() {
  await prisma.datasetEntry.create({ data: { inputText: user.prompt, who: user.id, madeBy: { create: { mail: user.email } }, notes: { create: [{ said: user.name }] } } });
  train(await prisma.$queryRaw\`select input_text from entries\`); //! user.prompt
  const [row] = await prisma.$queryRaw\`select * from entries\`;
  train(row.input_text); //! user.prompt
  train(row.inputText); //! none
  train(row.who); //! user.id
  train((await prisma.datasetEntry.findFirst())?.inputText); //! user.prompt
  train((await prisma.datasetEntry.findFirst())?.input_text); //! none
  train((await db.selectFrom("entries").select("input_text").execute())[0].input_text); //! user.prompt
  train((await db.selectFrom("entries").selectAll().execute())[0].input_text); //! user.prompt
  const e = await prisma.datasetEntry.findFirst({ include: { madeBy: true, notes: true } });
  train(e.madeBy.mail); //! user.email user.tags
  train(e.notes[0].said); //! user.name
  train(await prisma.account.findFirst({ select: { mail: true } })); //! user.email user.tags
  train(await prisma.$queryRaw\`select "e-mail" as m from accounts\`); //! user.email user.tags
  await prisma.$executeRaw\`insert into accounts ("e-mail") values (\${user.tags})\`;
  train((await prisma.account.findFirst({ select: { mail: true } }))?.mail); //! user.email user.tags
  train(await prisma.$queryRaw\`select text from comments\`); //! user.name
  train(await prisma.$queryRaw\`select text from entries\`); //! none
}
void main();`,
  SCHEMA,
);

it("columns that the manifest declares are known by the names of the model and of the database", () => {
  const at = (sources: string, code: string): string[] =>
    run(`${PRELUDE}${code}`, {
      assets: { "/app/schema.prisma": SCHEMA },
      sources: `stores:\n  - { id: entries, ${sources} }\n`,
    }).flows.map((f) => f.field);
  const sql = "prisma.$queryRaw`select input_text from entries`.then((rows) => train(rows[0]));";
  const model = "prisma.datasetEntry.findFirst().then((row) => train(row?.inputText));";
  for (const store of ["prisma: DatasetEntry, columns: { inputText: user.prompt }", "sql: entries, columns: { input_text: user.prompt }"]) {
    expect(at(store, sql)).toEqual(["user.prompt"]);
    expect(at(store, model)).toEqual(["user.prompt"]);
    expect(at(store, "prisma.datasetEntry.findFirst().then((row) => train(row?.who));")).toEqual([]);
  }
});

check(
  "raw SQL: parts put into others, lists, names, whole tuples",
  `async function main() {
  await prisma.person.create({ data: { name: user.name, mail: user.email } });
  const where = Prisma.sql\`where name = \${user.id}\`;
  train(await prisma.$queryRaw\`select mail from "Person" \${where}\`); //! user.email
  train(await prisma.$queryRaw(Prisma.sql\`select p.mail, p.name from "Person" p \${Prisma.empty} \${where}\`)); //! user.email user.name
  train(await prisma.$queryRaw<{ mail: string }[]>\`select mail from "Person" where id in (\${Prisma.join([1, 2])})\`); //! user.email
  train(await prisma.$queryRaw\`select \${Prisma.raw("mail")} from "Person"\`); //! user.email
  await prisma.$executeRaw\`insert into "Log" (text) values \${Prisma.join([user.prompt].map((t) => Prisma.sql\`(\${t})\`))}\`;
  train(await prisma.log.findFirst()); //! user.prompt
}
void main();`,
);

check(
  "relations without a schema: connectOrCreate, createMany, plurals; transactions as a list; upsert",
  `async function main() {
  await prisma.post.create({ data: { title: user.name, author: { connectOrCreate: { where: { id: 1 }, create: { mail: user.email } } }, tags: { createMany: { data: [{ label: user.tags }] } } } });
  const p = await prisma.post.findMany({ include: { author: true, tags: { select: { label: true } } } });
  train(p[0].author.mail); //! user.email
  train(p[0].tags[0].label); //! user.tags
  train(p[0].title); //! user.name
  train(await prisma.author.findFirst()); //! user.email
  const [x, y] = await prisma.$transaction([prisma.post.findFirst(), prisma.tag.count()]);
  train(x); //! user.name user.prompt
  train(y); //! none
  await prisma.post.upsert({ where: { id: 1 }, create: { body: user.prompt }, update: { body: { set: "" } } });
  train((await prisma.post.findFirst({ select: { body: true } }))?.body); //! user.prompt
}
void main();`,
);
