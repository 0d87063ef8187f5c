/** Rows that a store gives are of whom they name, and of whom the query names: a consent of anybody else is not theirs. */
import { expect, it } from "vitest";
import { expectedIn, gatesOf, kept } from "./program.js";
const PRISMA = `import { PrismaClient } from "@prisma/client";\nconst db = new PrismaClient();\n`;
const PG = `import { Pool } from "pg";\nconst pg = new Pool();\n`;
it("rows of Prisma", () => {
  const code = `${PRISMA}export async function f(id: string, otherId: string) { const me = await db.users.findUnique({ where: { id } }); if (!me.mayTrain) return;
 train(await db.users.findMany()); // other
 train((await db.users.findUnique({ where: { id: otherId } })).prompt); // other
 train(await db.chats.findMany()); // other
 train(await db.chats.findMany({ where: { userId: otherId } })); // other
 train(await db.chats.findMany({ where: { userId: me.id } })); // ok
 train(await db.chats.findMany({ where: { userId: id } })); // ok
}
export async function g(id: string, other: string) { if (!(await mayLearn(id))) return;
 learn(await db.chats.findMany()); // other
 learn(await db.chats.findMany({ where: { active: true } })); // other
 learn(await db.chats.findMany({ where: { userId: other } })); // other
 learn(await db.chats.findMany({ where: { userId: id } })); // ok
 learn(await db.chats.findMany({ where: { userId: { in: [id] } } })); // ok
}
export async function h(id: string) { const chat = await db.chats.findUnique({ where: { id } }); if (!(await mayLearn(chat.userId))) return;
 learn(chat.text); // ok
 learn(await db.chats.findMany({ where: { userId: chat.userId } })); // ok
 learn(await db.chats.findMany()); // other
}
export async function k(req: any) { const user = await db.users.findUnique({ where: { id: req.session.userId } }); if (!(await mayLearn(user.id))) return;
 learn(user.prompt); // ok
 learn(await db.chats.findMany({ where: { userId: req.session.userId } })); // ok
 learn(await db.chats.findMany({ where: { userId: req.body.userId } })); // other
 learn(await db.chats.findMany()); // other
}
export async function l(req: any) { const chats = await db.chats.findMany(); for (const c of chats) if (await mayLearn(c.userId)) learn(c.text); // ok
}`;
  expect(gatesOf(code, kept)).toEqual(expectedIn(code));
});
it("rows of SQL", () => {
  const code = `${PG}export async function f(id: string, otherId: string) { const { rows: [me] } = await pg.query("select id, may_train from users where id = $1", [id]); if (!me.may_train) return;
 train((await pg.query("select text from chats")).rows); // other
 train((await pg.query("select text from chats where user_id = $1", [otherId])).rows); // other
 train((await pg.query("select text from chats where user_id = $1", [id])).rows); // ok
 train((await pg.query("select text from chats where user_id = $1", [me.id])).rows); // ok
}
export async function g(id: string, other: string) { if (!(await mayLearn(id))) return;
 learn((await pg.query("select text from chats")).rows); // other
 learn((await pg.query("select text from chats where user_id = $1", [other])).rows); // other
 learn((await pg.query("select text from chats where user_id = $1", [id])).rows); // ok
}`;
  expect(gatesOf(code, kept)).toEqual(expectedIn(code));
});
