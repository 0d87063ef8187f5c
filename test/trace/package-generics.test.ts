/** Generic types of known packages that are installed nowhere: what comes of their calls has the fields of its type, and no others. */
import { describe, expect, it } from "vitest";
import { annotated } from "./program.js";

const PROPERTIES = ["email", "name"].map((f) => `  - { field: user.${f}, property: ./source.ts:User.${f} }\n`).join("");

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(`import type { User } from "./source.js";\n${code}`, { sources: PROPERTIES });
    expect(found).toEqual(expected);
  });
};

describe("object mappers", () => {
  check(
    "typeorm: repositories, managers, builders",
    `import { Repository, DataSource, EntityManager, In } from "typeorm";
class Account { id!: string; owner!: User; }
export class Service {
  constructor(private readonly users: Repository<User>, private readonly ds: DataSource) {}
  async one() {
    const u = await this.users.findOneBy({ id: "1" });
    train(u?.id); //! none
    train(u?.email); //! user.email
    const [all, count] = await this.users.findAndCount();
    train(count); //! none
    train(all.map((x) => x.name)); //! user.name
    train(await this.users.count()); //! none
  }
  async builder() {
    const query = this.users.createQueryBuilder("u").where("u.id = 1").orderBy("u.id");
    train((await query.getMany())[0].email); //! user.email
    train((await query.getMany())[0].id); //! none
    train(await query.getCount()); //! none
  }
  async accounts() {
    const [a] = await this.ds.getRepository(Account).findBy({ id: In(["1"]) });
    train(a.id); //! none
    train(a.owner.email); //! user.email
    await this.ds.transaction(async (manager) => {
      const b = await manager.findOneBy(Account, { id: "1" });
      train(b!.owner.name); //! user.name
      train(b!.id); //! none
    });
  }
}
export async function given(manager: EntityManager) {
  train((await manager.find(Account))[0].owner.email); //! user.email
  train((await manager.find(Account))[0].id); //! none
}
export async function saved(users: Repository<User>, u: User) {
  const s = await users.save(users.create(u));
  train(s.id); //! none
  train(s.email); //! user.email
  train((await users.findOneBy({ email: u.email }))!.id); //! none
  train((await users.findOneBy({ email: u.email }))!.email); //! user.email
}
export class Store<T extends { id: string }> {
  constructor(protected readonly rows: Repository<T>) {}
  async get(id: string): Promise<T | null> { return this.rows.findOneBy({ id }); }
}
export class UserStore extends Store<User> {
  async go() {
    const u = await this.get("1");
    train(u!.email); //! user.email
    train(u!.id); //! none
  }
}
export class Users extends Repository<User> {
  byMail(mail: string) { return this.findOneBy({ mail }); }
  async go() {
    train((await this.byMail("x"))!.email); //! user.email
    train((await this.byMail("x"))!.id); //! none
  }
}`,
  );
  check(
    "typeorm: active records",
    `import { BaseEntity } from "typeorm";
class Account extends BaseEntity { id!: string; owner!: User; }
export async function main() {
  const a = await Account.findOneBy({ id: "1" });
  train(a!.owner.email); //! user.email
  train(a!.id); //! none
}`,
  );
  check(
    "mongoose: models, queries, documents",
    `import mongoose, { model, Schema, type Model, type HydratedDocument } from "mongoose";
const Users = model<User>("User", new Schema<User>({}));
export async function main() {
  const u = await Users.findById("1");
  train(u?.id); //! none
  train(u?.email); //! user.email
  const all = await Users.find({}).sort({ id: 1 }).lean();
  train(all.map((x) => x.id)); //! none
  train(all.map((x) => x.email)); //! user.email
  train(await Users.countDocuments()); //! none
}
export async function given(users: Model<User>, doc: HydratedDocument<User>) {
  train((await users.findOne({}).exec())!.email); //! user.email
  train((await users.findOne({}).exec())!.id); //! none
  for await (const x of users.find().cursor()) train(x.name); //! user.name
  train(doc.email); //! user.email
  train(doc.id); //! none
  train(doc.toObject().id); //! none
  train(doc.toObject().name); //! user.name
}
const told = mongoose.model("User", new Schema<User>({}));
export async function inferred() {
  train((await told.findOne({}))!.email); //! user.email
  train((await told.findOne({}))!.id); //! none
}`,
  );
  check(
    "knex: tables with a row type",
    `import knexOf, { type Knex } from "knex";
const knex = knexOf({ client: "pg" });
export async function main(db: Knex) {
  const u = await knex<User>("users").where({ id: "1" }).first();
  train(u?.id); //! none
  train(u?.email); //! user.email
  train((await db<User>("users").orderBy("id"))[0].name); //! user.name
  const rows: User[] = await knex("users").select("*");
  train(rows[0].id); //! none
  train(rows[0].email); //! user.email
  train(await knex<User>("users").select("id", "age")); //! none
  train(await knex<User>("users").where({ id: "1" }).select(["id", "name"])); //! user.name
  train((await knex<User>("users").select("users.email"))[0].email); //! user.email
  train(await knex<{ id: string }>("users").first()); //! none
}`,
  );
  check(
    "kysely: databases with declared tables, their transactions",
    `import { Kysely, type Selectable, type Transaction } from "kysely";
interface Tables { users: User; notes: { id: string; email: string } }
const own = new Kysely<Tables>({});
export async function main(db: Kysely<Tables>, row: Selectable<User>) {
  const all = await db.selectFrom("users").selectAll().execute();
  train(all[0].email); //! user.email
  train(all[0].id); //! none
  train(await db.selectFrom("users").select(["id"]).execute()); //! none
  train(await own.selectFrom("users").select(["id", "email as mail"]).executeTakeFirst()); //! user.email
  train(await db.selectFrom("notes").select(["email"]).execute()); //! none
  train(row.email); //! user.email
  train(row.id); //! none
}
export async function inside(trx: Transaction<Tables>) {
  train(await trx.selectFrom("users as u").select("u.name").execute()); //! user.name
  await own.transaction().execute(async (t) => {
    train(await t.selectFrom("users").select("email").executeTakeFirst()); //! user.email
  });
}`,
  );
});

describe("contextual types", () => {
  check(
    "functions under a package's function type",
    `import express, { Router, type RequestHandler } from "express";
export const one: RequestHandler<{ id: string }, unknown, User> = (req, res) => {
  train(req.params.id); //! none
  train(req.body.id); //! none
  train(req.body.email); //! user.email
};
export const table: Record<string, RequestHandler<{}, {}, User>> = { a: (req) => train(req.body.name) }; //! user.name
const app = express();
app.put("/one", one);
app.post<{}, {}, User>("/x", (req, res) => {
  train(req.body.id); //! none
  train(req.body.email); //! user.email
});
Router().post<{}, {}, User>("/y", (req, res) => {
  train(req.body.email); //! user.email
});
app.post("/z", (req, res) => { train(req.body.email); }); //! none`,
  );
  check(
    "redux: a typed hook",
    `import { useSelector, type TypedUseSelectorHook } from "react-redux";
interface State { auth: { user: User; count: number } }
export const useAppSelector: TypedUseSelectorHook<State> = useSelector;
export const useOther = useSelector.withTypes<State>();
export function a() {
  const u = useAppSelector((s) => s.auth.user);
  train(u.email); //! user.email
  train(u.id); //! none
  train(useAppSelector((s) => s.auth.count)); //! none
  train(useOther((s) => s.auth.user.name)); //! user.name
  train(useOther((s) => s.auth.user.id)); //! none
}`,
  );
  check(
    "zod: a schema that is declared to be of a type",
    `import { z, type ZodType } from "zod";
const own: z.ZodType<User> = z.object({ id: z.string(), email: z.string() });
export function a(schema: ZodType<User>, x: unknown) {
  train(schema.parse(x).email); //! user.email
  train(schema.parse(x).id); //! none
  const r = schema.safeParse(x);
  if (r.success) train(r.data.name); //! user.name
  train(own.parse(x).email); //! user.email
  train(own.parse(x).id); //! none
}`,
  );
  check(
    "trpc: the declared context",
    `import { initTRPC } from "@trpc/server";
interface Context { user: User | null; users: { find(id: string): Promise<User> } }
const t = initTRPC.context<Context>().create();
const authed = t.procedure.use(({ ctx, next }) => next({ ctx: { user: ctx.user! } }));
export const router = t.router({
  a: authed.query(async ({ ctx }) => {
    train(ctx.user.email); //! user.email
    train(ctx.user.id); //! none
    train((await ctx.users.find("1")).name); //! user.name
  }),
});`,
  );
  check(
    "trpc: the context that a function makes",
    `import { initTRPC } from "@trpc/server";
export async function createContext() {
  const user = (await (await fetch("x")).json()) as User;
  return { user, count: 1 };
}
const t = initTRPC.context<typeof createContext>().create();
export const router = t.router({
  a: t.procedure.query(({ ctx }) => {
    train(ctx.user.email); //! user.email
    train(ctx.user.id); //! none
    train(ctx.count); //! none
  }),
});`,
  );
});

describe("sequences", () => {
  check(
    "rxjs: observables of a type that others make",
    `import { BehaviorSubject, firstValueFrom, map, Observable } from "rxjs";
export async function a(o: Observable<User>, many: Observable<User[]>, current: BehaviorSubject<User>) {
  o.subscribe((u) => {
    train(u.email); //! user.email
    train(u.id); //! none
  });
  o.pipe(map((u) => u.name)).subscribe((x) => train(x)); //! user.name
  o.pipe(map((u) => u.id)).subscribe((x) => train(x)); //! none
  train((await firstValueFrom(many))[0].email); //! user.email
  train(current.getValue().email); //! user.email
  train(current.value.id); //! none
}
export class Service {
  constructor(private readonly http: { get<T>(url: string): Observable<T> }) {}
  load() {
    this.http.get<User>("x").subscribe((u) => train(u.email)); //! user.email
    this.http.get<User>("x").subscribe((u) => train(u.id)); //! none
    this.http.get<{ email: string }>("x").subscribe((u) => train(u.email)); //! none
  }
}`,
  );
  check(
    "what a generator is declared to yield",
    `export async function* users(text: string): AsyncGenerator<User> { for (const line of text.split(" ")) yield JSON.parse(line); }
export async function main(text: string) {
  for await (const u of users(text)) {
    train(u.email); //! user.email
    train(u.id); //! none
  }
}`,
  );
});
