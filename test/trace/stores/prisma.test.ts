import { expect, it } from "vitest";
import { annotated } from "../program.js";

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(
      `import { PrismaClient, Prisma } from "@prisma/client";\nconst prisma = new PrismaClient();\nconst user = loadUser();\n${code}`,
    );
    expect(found).toEqual(expected);
  });
};

check(
  "a row comes back column by column, from its own model",
  `async function main() {
  await prisma.account.create({ data: { id: user.id, mail: user.email } });
  await prisma.other.create({ data: { name: user.name } });
  const one = await prisma.account.findUnique({ where: { id: user.id } });
  train(one?.mail); //! user.email
  train(one); //! user.email user.id
  const all = await prisma.account.findMany({ select: { mail: true } });
  train(all); //! user.email
  train(all[0].mail); //! user.email
  train(await prisma.account.findMany({ select: { createdAt: true } })); //! none
  train(await prisma.account.findFirst({ omit: { mail: true } })); //! user.id
  train(await prisma.other.findFirstOrThrow()); //! user.name
  train(await prisma.account.count()); //! none
}
void main();`,
);

check(
  "a read before the write, in another function",
  `export async function read() {
  const rows = await prisma.entry.findMany();
  for (const r of rows) train(r.text); //! user.prompt
  train(rows.length); //! none
}
export async function write() {
  await prisma.entry.createMany({ data: [{ text: user.prompt }, { text: "x" }] });
}`,
);

check(
  "a relation read before its table is written, in another function",
  `export async function read() {
  const set = await prisma.dataset.findFirst({ include: { datasetEntries: true } });
  for (const e of set.datasetEntries) train(e.text); //! user.prompt
  train(set.title); //! none
}
export async function write() {
  await prisma.datasetEntry.create({ data: { text: user.prompt } });
}`,
);

check(
  "update, upsert, what writes give back, aggregates",
  `async function main() {
  const made = await prisma.note.create({ data: { text: user.prompt, owner: user.id }, select: { text: true } });
  train(made); //! user.prompt
  train(await prisma.note.update({ where: { id: 1 }, data: { owner: user.email } })); //! user.email user.prompt
  await prisma.tag.upsert({ where: { id: 1 }, create: { a: user.name }, update: { b: { set: user.email } } });
  train((await prisma.tag.findFirst())?.a); //! user.name
  train((await prisma.tag.findFirst())?.b); //! user.email
  train(await prisma.tag.groupBy({ by: ["a"], _count: true })); //! user.name
  train(await prisma.tag.aggregate({ _max: { b: true }, _count: true })); //! user.email
  train(await prisma.tag.aggregate({ _count: { b: true } })); //! none
  train(await prisma.tag.updateMany({ data: { c: user.id } })); //! none
}
void main();`,
);

check(
  "relations: nested writes and includes",
  `async function main() {
  await prisma.post.create({ data: { title: user.name, comments: { create: [{ text: user.prompt }] } } });
  await prisma.comment.create({ data: { author: user.email } });
  const p = await prisma.post.findFirst({ include: { comments: { select: { text: true } } } });
  train(p?.comments); //! user.prompt
  train(p?.comments[0].text); //! user.prompt
  train(p?.title); //! user.name
  train(await prisma.comment.findMany({ select: { author: true } })); //! user.email
  train(await prisma.post.findFirst({ select: { comments: true } })); //! user.email user.prompt
}
void main();`,
);

check(
  "transactions, extensions, subclasses, parameters",
  `class Db extends PrismaClient { ping() { return 1; } }
const extended = prisma.$extends({ name: "x" }).$extends({});
async function main(tx: Prisma.TransactionClient) {
  await prisma.$transaction(async (t) => { await t.a.create({ data: { x: user.id } }); });
  const [first, second] = await prisma.$transaction([prisma.b.create({ data: { x: user.email } }), prisma.a.findFirst()]);
  train(first); //! user.email
  train(second); //! user.id
  train(await extended.b.findMany()); //! user.email
  train(await new Db().a.findFirst()); //! user.id
  train(await tx.b.findFirst()); //! user.email
}
void main(prisma);
export const entry = main;`,
);

check(
  "raw queries",
  `async function main() {
  await prisma.$executeRaw\`INSERT INTO "Log_Line" (text, who) VALUES (\${user.prompt}, \${user.email})\`;
  train(await prisma.$queryRaw\`select text as t from log_line where who = \${user.id}\`); //! user.prompt
  train(await prisma.logLine.findMany({ select: { who: true } })); //! user.email
  train(await prisma.$queryRaw\`select count(*) from log_line\`); //! none
  train(await prisma.$queryRawUnsafe("select l.* from log_line l")); //! user.email user.prompt
}
void main();`,
);

check(
  "JSON in a column: parsed by the program, or given back by the database",
  `async function main() {
  await prisma.text.create({ data: { json: JSON.stringify({ mail: user.email, name: user.name }), list: JSON.stringify([{ id: user.id, name: user.name }]) } });
  const row = await prisma.text.findFirst();
  train(JSON.parse(row.json).mail); //! user.email
  train(JSON.parse(row.json).other); //! none
  train(JSON.parse(row.list)[0].id); //! user.id
  train(row.json.mail); //! user.email
  train(row.json); //! user.email user.name
  train(JSON.parse(JSON.stringify(row)).json.mail); //! user.email
}
void main();`,
);

check(
  "query extensions run around their operations, of their models",
  `const extended = prisma.$extends({
  query: {
    account: {
      async create({ args, query }) {
        train(args.data.mail); //! user.email
        args.data.tag = user.prompt;
        const row = await query(args);
        train(row.name); //! user.name
        return row;
      },
      findFirst: async () => null,
    },
    $allModels: {
      async findMany({ model, args, query }) {
        const rows = await query(args);
        if (model === "Account") train(rows[0].mail); //! user.email
        return rows.map(({ name }) => ({ name }));
      },
    },
  },
});
async function main() {
  await extended.account.create({ data: { mail: user.email, name: user.name } });
  await extended.other.create({ data: { mail: user.id } });
  train(await extended.account.findMany()); //! user.name
  train(await extended.account.findFirst()); //! none
  train(await prisma.account.findFirst()); //! user.email user.name user.prompt
  train(await extended.$transaction((tx) => tx.account.findFirst())); //! none
}
void main();
const logged = Prisma.defineExtension((client) => client.$extends({ query: { $allOperations({ args, query }) {
  train(args); //! user.age
  return query(args);
} } }));
await prisma.$extends(logged).thing.create({ data: { years: user.age } });
await prisma.thing.create({ data: { other: user.tags } });`,
);

check(
  "result extensions compute properties of rows, model and client extensions add methods",
  `const extended = prisma.$extends({
  result: { account: { label: { needs: { mail: true }, compute: (row) => "<" + row.mail + ">" } } },
  model: {
    account: { async byName(name: string) { train(name); return extended.account.findFirst({ where: { name } }); } }, //! user.name
    $allModels: { async exists(what: unknown) { train(what); return true; } }, //! user.tags
  },
  client: { $log(text: string) { train(text); } }, //! user.id
});
async function main() {
  await prisma.account.create({ data: { mail: user.email } });
  await prisma.other.create({ data: { mail: user.prompt } });
  train((await extended.account.findMany())[0].label); //! user.email
  train((await extended.account.findFirst({ select: { label: true } })).other); //! none
  train((await extended.other.findFirst()).label); //! none
  train((await prisma.account.findFirst()).label); //! none
  train((await extended.account.byName(user.name)).label); //! user.email
  await extended.other.exists(user.tags);
  extended.$log(user.id);
}
void main();`,
);
