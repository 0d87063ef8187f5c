import { expect, it } from "vitest";
import { annotated, run } from "../program.js";

const ENTITIES = `@Entity("users")
class User {
  @PrimaryGeneratedColumn() id!: string;
  @Column({ name: "e_mail" }) email!: string;
  @Column("varchar") name!: string;
  @Column({ nullable: true, select: false }) secret?: string;
  @OneToMany(() => Photo, (photo) => photo.user, { cascade: true }) photos!: Photo[];
  notDeclared?: string;
  get label() { return "<" + this.name + ">"; }
}
@Entity()
class Photo {
  @PrimaryColumn() id!: string;
  @Column() caption!: string;
  @Column({ type: "jsonb" }) meta!: any;
  @ManyToOne(() => User, (user) => user.photos) @JoinColumn({ name: "owner_id" }) user!: User;
}
`;
const check = (name: string, code: string, options: Parameters<typeof annotated>[1] = {}): void => {
  it(name, () => {
    const { found, expected } = annotated(
      `import { BaseEntity, Column, DataSource, Entity, EntityManager, EntitySchema, JoinColumn, ManyToOne, OneToMany, PrimaryColumn, PrimaryGeneratedColumn, Repository, getRepository } from "typeorm";
import { PrismaClient } from "@prisma/client";
import pg from "pg";
const prisma = new PrismaClient();
const pool = new pg.Pool();
const user = loadUser();
const ds = new DataSource({ type: "postgres", entities: [] });
${ENTITIES}${code}`,
      options,
    );
    expect(found).toEqual(expected);
  });
};

check(
  "columns stay apart; select and relations",
  `const users = ds.getRepository(User);
async function main() {
  const made = new User();
  made.email = user.email;
  made.name = user.name;
  made.secret = user.prompt;
  made.notDeclared = user.age as any;
  await users.save(made);
  await ds.getRepository(Photo).save({ id: user.id, caption: user.prompt, meta: { tag: user.tags } });
  train((await users.findOneBy({ id: "1" }))!.email); //! user.email
  train((await users.findOneBy({ name: user.age }))!.id); //! none
  train(await users.find()); //! user.email user.name
  train(await users.find({ select: ["id", "email"] })); //! user.email
  train(await users.find({ select: { name: true } })); //! user.name
  train(await users.findOne({ where: { id: "1" }, select: ["secret"] })); //! user.prompt
  train((await users.findOneOrFail({ where: { id: "1" } })).label); //! user.name
  train((await users.find()).map((u) => u.notDeclared)); //! none
  const [all, count] = await users.findAndCount();
  train(count); //! none
  train(all[0].name); //! user.name
  train(await users.count({ where: { email: user.email } })); //! none
  train(await users.sum("email"), await users.exists()); //! none
  train(await users.maximum("email")); //! user.email
  const one = await users.findOne({ relations: { photos: true } });
  train(one!.photos[0].caption); //! user.prompt
  train(one!.photos[0].meta.tag); //! user.tags
  train(one!.photos[0].id); //! user.id
  train(await users.find({ relations: ["photos"], select: { id: true, photos: { caption: true } } })); //! user.prompt
  train((await ds.getRepository(Photo).find({ relations: ["user.photos"] }))[0].user.photos[0].caption); //! user.prompt
}
void main();`,
);
check(
  "writes: create, insert, update, upsert, cascades, keys",
  `async function main() {
  const users = ds.getRepository(User);
  const u = users.create({ email: user.email });
  train(await users.findOneBy({ id: "0" })); //! user.age user.email user.name user.tags
  const saved = await users.save(u);
  train(saved.email); //! user.email
  train(saved.name); //! none
  await users.update({ id: "1" }, { name: user.name });
  await users.upsert([{ name: user.age as any }], ["id"]);
  train(await users.insert({ name: user.tags as any })); //! none
  const photos = ds.getRepository(Photo);
  const p = new Photo();
  p.user = { id: user.id } as User;
  await photos.save(p);
  train((await pool.query("select owner_id from photo")).rows); //! user.id
  await users.save({ id: "1", photos: [{ caption: user.prompt }] });
  train((await photos.find())[0].caption); //! user.prompt
  await photos.save({ id: "1", user: { id: "2", email: user.prompt } });
  train((await users.find())[0].email); //! user.email
}
void main();`,
);
check(
  "managers, transactions, names, older functions",
  `async function main() {
  await ds.transaction(async (manager) => { await manager.save(User, { email: user.email }); });
  await ds.transaction("SERIALIZABLE", async (manager) => {
    const u = new User();
    u.name = user.name;
    await manager.save(u);
    await manager.getRepository(Photo).insert({ caption: user.prompt });
  });
  const runner = ds.createQueryRunner();
  await runner.connect();
  await runner.manager.insert("Photo", { meta: { x: user.tags } });
  train((await ds.manager.findOneBy(User, { id: "1" }))!.email); //! user.email
  train((await ds.manager.find("User", { select: ["name"] }))); //! user.name
  train((await getRepository(Photo).findOne("1"))!.caption); //! user.prompt
  train((await getRepository("Photo").findOne("1", { select: ["meta"] }))); //! user.tags
}
export async function given(manager: EntityManager, photos: Repository<Photo>) {
  train((await manager.find(User))[0].email); //! user.email
  train(await photos.find({ select: ["caption"] })); //! user.prompt
  train(await photos.manager.findOne(User, { select: ["name"] })); //! user.name
}
export class Service {
  constructor(private readonly users: Repository<User>) {}
  async all() { train((await this.users.find())[0].email); } //! user.email
  async other() { train((await this.users.find())[0].id); } //! none
}
export class Users extends Repository<User> { byMail(email: string) { return this.findOneBy({ email }); } }
const custom = ds.getRepository(User).extend({ named(name: string) { return this.findOneBy({ name }); } });
export class Uses {
  constructor(private readonly users: Users) {}
  async one() { train((await this.users.byMail("x"))!.name); } //! user.name
  async two() { train((await custom.named("x"))!.email); } //! user.email
}
void main();`,
);
check(
  "active records",
  `@Entity({ name: "members" }) class Member extends BaseEntity {
  @PrimaryColumn() id!: string;
  @Column() email!: string;
  @Column() name!: string;
  static named(name: string) { return this.createQueryBuilder("m").where("m.name = :name", { name }).getMany(); }
}
async function main() {
  const m = new Member();
  m.email = user.email;
  await m.save();
  await Member.create({ name: user.name }).save();
  await Member.insert({ id: user.id });
  train((await Member.findOneBy({ id: "1" }))!.email); //! user.email
  train((await Member.find({ select: ["name"] }))); //! user.name
  train((await Member.named(user.prompt))[0]); //! user.email user.id user.name
  train(await Member.count()); //! none
  const one = await Member.findOneOrFail({ where: { id: "1" } });
  one.name = user.prompt;
  train((await Member.getRepository().find())[0].name); //! user.name
}
void main();`,
);
check(
  "query builders: entities and rows of SQL",
  `async function main() {
  const users = ds.getRepository(User);
  await users.save({ id: user.id, email: user.email, name: user.name, photos: [{ caption: user.prompt, meta: { tag: user.tags } }] });
  train(await users.createQueryBuilder("u").where("u.email = :e", { e: user.age }).getMany()); //! user.email user.id user.name
  train(await users.createQueryBuilder("u").select(["u.id", "u.email"]).getOne()); //! user.email user.id
  train(await users.createQueryBuilder("u").select("u.name").addSelect("u.id").orderBy("u.email").getMany()); //! user.id user.name
  const [row] = await users.createQueryBuilder("u").leftJoinAndSelect("u.photos", "p").getMany();
  train(row.photos[0].caption); //! user.prompt
  train(row.photos[0].meta.tag); //! user.tags
  train(await users.createQueryBuilder("u").leftJoin("u.photos", "p").select("u.id").getMany()); //! user.id
  train(await users.createQueryBuilder("u").leftJoin("u.photos", "p").select(["u.id", "p.caption"]).getMany()); //! user.id user.prompt
  train((await users.createQueryBuilder("u").leftJoinAndMapOne("u.cover", "u.photos", "p").getOne())!.cover.caption); //! user.prompt
  train((await users.createQueryBuilder("u").getRawOne()).u_e_mail); //! user.email
  train((await users.createQueryBuilder("u").getRawOne()).u_name); //! user.name
  train(await users.createQueryBuilder("u").select("u.email", "mail").getRawMany()); //! user.email
  train((await users.createQueryBuilder("u").select("u.email", "mail").getRawMany())[0].u_name); //! none
  train(await users.createQueryBuilder("u").select("COUNT(u.email)", "n").addSelect("u.id", "id").groupBy("u.id").getRawMany()); //! user.id
  train(await users.createQueryBuilder("u").select("LOWER(u.e_mail)", "m").getRawOne()); //! user.email
  train(await users.createQueryBuilder("u").innerJoin("u.photos", "p").select("p.caption", "c").getRawMany()); //! user.prompt
  train(await users.createQueryBuilder("u").getCount()); //! none
  const [list, total] = await users.createQueryBuilder("u").getManyAndCount();
  train(list[0].name); //! user.name
  train(total); //! none
  train(await ds.createQueryBuilder().select("u").from(User, "u").getMany()); //! user.email user.id user.name
  train(await users.createQueryBuilder("u").delete().where("id = :id", { id: user.id }).execute()); //! none
}
void main();`,
);
check(
  "query builders that write",
  `async function main() {
  const users = ds.getRepository(User);
  await ds.createQueryBuilder().insert().into(User).values([{ name: user.age }]).execute();
  await ds.createQueryBuilder().update(User).set({ email: user.tags }).where("id = 1").execute();
  await users.createQueryBuilder().update().set({ secret: user.prompt }).execute();
  train((await users.findOneBy({}))!.name); //! user.age
  train((await users.findOneBy({}))!.email); //! user.tags
  train(await users.createQueryBuilder("u").select("u.secret").getMany()); //! user.prompt
  const photos = ds.getRepository(Photo).createQueryBuilder();
  train((await photos.insert().values({ caption: user.name }).returning("*").execute()).raw[0].caption); //! user.name
  train((await ds.getRepository(Photo).createQueryBuilder().insert().values({ caption: user.name }).execute()).raw); //! none
}
void main();`,
);
check(
  "schemas, embedded columns, transformers, inheritance",
  `class Name { @Column() first!: string; @Column({ name: "family" }) last!: string; }
abstract class Base { @PrimaryColumn() id!: string; @Column() created!: string; }
@Entity("people") class Person extends Base {
  @Column(() => Name) name!: Name;
  @Column({ transformer: { to: (v: string) => v.length, from: (v: number) => "x" } }) size!: string;
  @Column({ type: "text", transformer: { to: (v: string[]) => v.join(), from: (v: string) => v.split(",") } }) tags!: string[];
}
const Note = new EntitySchema({
  name: "Note", tableName: "all_notes",
  columns: { id: { primary: true, type: "int" }, text: { type: "text", name: "body" }, kind: { type: "text" } },
  relations: { author: { type: "many-to-one", target: "Person" } },
});
async function main() {
  const p = new Person();
  p.created = user.id;
  p.name = { first: user.name, last: user.email };
  p.size = user.prompt;
  p.tags = user.tags;
  await ds.getRepository(Person).save(p);
  const [one] = await ds.getRepository(Person).find();
  train(one.created); //! user.id
  train(one.name.last); //! user.email
  train(one.name.first); //! user.name
  train(one.size); //! none
  train(one.tags[0]); //! user.tags
  train((await pool.query("select name_family from people")).rows); //! user.email
  await ds.getRepository(Note).save({ text: user.prompt, kind: "k" });
  await ds.getRepository("Note").insert({ id: user.age });
  train((await ds.getRepository(Note).find())[0].text); //! user.prompt
  train((await ds.getRepository(Note).find())[0].kind); //! none
  train((await ds.getRepository("Note").findOne({ relations: ["author"] }))!.author.name.last); //! user.email
  train((await pool.query("select body from all_notes")).rows); //! user.prompt
}
void main();`,
);
check(
  "SQL text, and one table with other libraries",
  `async function main() {
  await ds.getRepository(User).save({ email: user.email, name: user.name });
  train(await ds.query("select e_mail from users where name = $1", [user.prompt])); //! user.email
  await ds.manager.query("insert into photo (caption) values ($1)", [user.prompt]);
  train((await ds.getRepository(Photo).find())[0].caption); //! user.prompt
  train(await prisma.users.findMany({ select: { e_mail: true } })); //! user.email
  await pool.query("insert into users (name) values ($1)", [user.tags]);
  train((await ds.getRepository(User).find())[0].name); //! user.name user.tags
  train((await ds.getRepository(User).find())[0].email); //! user.email
}
void main();`,
);
it("says what methods that are not known may have done", () => {
  const { blindSpots } = run(`import { Column, DataSource, Entity } from "typeorm";
@Entity() class User { @Column() email!: string; @Column() kind!: string }
const users = new DataSource({ type: "postgres" }).getRepository(User);
async function main() {
  await users.save({ email: loadUser().email });
  train(await users.paginate({ page: 1 }));
  train(await users.createQueryBuilder("u").paged(1).getMany());
  train(await users.createQueryBuilder("u").select("u.kind").paged(1).getMany());
}
void main();`);
  expect(blindSpots.map((b) => [b.line, b.kind, b.fields.join()])).toEqual([
    [8, "unmodelled-library", "user.email"],
    [9, "unmodelled-library", "user.email"],
  ]);
});
