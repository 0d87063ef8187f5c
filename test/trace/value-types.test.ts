import { expect, it } from "vitest";
import { annotated } from "./program.js";

const DB = `import { PrismaClient } from "@prisma/client";
export const prisma = new PrismaClient().$extends({ name: "x" });
export type Db = typeof prisma;
export const settings = { name: "x" };
`;

const check = (name: string, parameter: string, expected: "user.prompt" | "none"): void => {
  it(name, () => {
    const { found, expected: wanted } = annotated(
      `import { prisma, settings, type Db } from "./db.js";
type Tx = Omit<typeof prisma, "$connect">;
export async function write() { await prisma.note.create({ data: { text: loadUser().prompt } }); }
export async function read(${parameter}) {
  train(await db.note.findFirst()); //! ${expected}
}`,
      { files: { "db.ts": DB } },
    );
    expect(found).toEqual(wanted);
  });
};

check("a parameter of the type of a package's value is that value", "db: typeof prisma", "user.prompt");
check("under another name, from another module", "db: Db", "user.prompt");
check("with some of its members", "db: Tx", "user.prompt");
check("inside of another parameter", "{ db }: { db: Db; done: boolean }", "user.prompt");
check("not one of the type of a value of the program's own", "db: typeof settings", "none");
check("not one of no type", "db", "none");
