/** Rows that are read by the keys of those who have consented: the query asks for whose they are. */
import { describe, expect, it } from "vitest";
import { expectedIn, gatesOf, kept } from "./program.js";

const PRISMA = `import { PrismaClient } from "@prisma/client";\nconst db = new PrismaClient();\n`;
const PG = `import { Pool } from "pg";\nconst db = new Pool();\n`;
const WILLING = `const us = await db.users.findMany({ where: { mayTrain: true } });`;

const cases: [string, string][] = [
  [
    "one by one",
    `${PRISMA}export async function f() { ${WILLING} for (const u of us) { const rows = await db.chats.findMany({ where: { userId: u.id } });
 train(rows.map((r: any) => r.text)); // ok
 } }
export async function g() { const us = await db.users.findMany(); for (const u of us) { const rows = await db.chats.findMany({ where: { userId: u.id } });
 train(rows.map((r: any) => r.text)); // never
 } }
export async function h() { ${WILLING} for (const u of us) { const rows = await db.chats.findMany({ where: { userId: u.managerId } });
 train(rows.map((r: any) => r.text)); // never
 } }
export async function k() { ${WILLING} for (const u of us) { const rows = await db.chats.findMany({ where: { NOT: { userId: u.id } } });
 train(rows.map((r: any) => r.text)); // never
 } }`,
  ],
  [
    "all at once",
    `${PRISMA}export async function f() { ${WILLING} const ids = us.map((u: any) => u.id);
 train(await db.chats.findMany({ where: { userId: { in: ids } } })); // ok
 train(await db.chats.findMany({ where: { userId: { notIn: ids } } })); // never
 train(await db.chats.findMany({ where: { OR: [{ userId: { in: ids } }, { open: true }] } })); // never
 train(await db.chats.findMany({ where: { teamId: { in: us.map((u: any) => u.teamId) } } })); // never
}
export async function g() { const us = (await db.users.findMany()).filter((u: any) => u.mayTrain);
 train(await db.chats.findMany({ where: { userId: { in: us.map((u: any) => u.id) } } })); // ok
}`,
  ],
  [
    "keys that a check was asked about",
    `${PRISMA}export async function f(ids: string[]) { const ok: string[] = []; for (const id of ids) if (await mayLearn(id)) ok.push(id);
 await learn(await db.chats.findMany({ where: { userId: { in: ok } } })); // ok
 await learn(await db.chats.findMany({ where: { userId: { in: ids } } })); // undecided
 await learn(await db.chats.findMany({ where: { userId: { in: [...ok, "me"] } } })); // undecided
}`,
  ],
  [
    "SQL",
    `${PG}export async function f() { const us = await db.query("select id from users where may_train"); const ids = us.rows.map((u) => u.id);
 train((await db.query("select text from chats where user_id = any($1)", [ids])).rows); // ok
 train((await db.query("select text from chats where open and user_id = any($1::uuid[])", [ids])).rows); // ok
 train((await db.query("select text from chats where user_id <> all($1)", [ids])).rows); // never
 train((await db.query("select text from chats where user_id = any($1) or open", [ids])).rows); // never
}`,
  ],
  [
    "Drizzle",
    `import { drizzle } from "drizzle-orm/node-postgres";\nimport { boolean, pgTable, text } from "drizzle-orm/pg-core";\nimport { and, eq, inArray, ne, notInArray } from "drizzle-orm";
const db = drizzle(process.env.URL!);
const users = pgTable("users", { id: text("id").notNull(), prompt: text("prompt"), mayTrain: boolean("may_train") });
const chats = pgTable("chats", { userId: text("user_id"), text: text("text") });
export async function f() { const us = await db.select({ id: users.id }).from(users).where(eq(users.mayTrain, true)); const ids = us.map((u) => u.id);
 train(await db.select().from(chats).where(inArray(chats.userId, ids))); // ok
 train(await db.select().from(chats).where(notInArray(chats.userId, ids))); // never
}
export async function h() { const willing = db.select({ id: users.id }).from(users).where(eq(users.mayTrain, true)); const others = db.select({ id: users.id }).from(users);
 train(await db.select().from(chats).where(inArray(chats.userId, willing))); // ok
 train(await db.select().from(chats).where(inArray(chats.userId, others))); // never
}
export async function g() {
 train(await db.select().from(users).where(ne(users.mayTrain, false))); // ok
 train(await db.select().from(users).where(ne(users.mayTrain, true))); // never
}`,
  ],
];

describe("rows are of those who have consented when they are read by their keys:", () => {
  it.each(cases)("%s", (_, code) => {
    expect(gatesOf(code, kept)).toEqual(expectedIn(code));
  });
});
