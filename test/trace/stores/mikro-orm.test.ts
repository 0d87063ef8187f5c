import { expect, it } from "vitest";
import { annotated } from "../program.js";

const check = (name: string, code: string, options: Parameters<typeof annotated>[1] = {}): void => {
  it(name, () => {
    const { found, expected } = annotated(
      `import { MikroORM, Collection, Entity, EntityManager, EntityRepository, EntitySchema, ManyToOne, OneToMany, PrimaryKey, Property } from "@mikro-orm/postgresql";
import pg from "pg";
const pool = new pg.Pool();
const user = loadUser();
@Entity({ tableName: "users" })
class User {
  @PrimaryKey() id!: string;
  @Property({ fieldName: "e_mail" }) email!: string;
  @Property() name!: string;
  @OneToMany(() => Note, (note) => note.author) notes = new Collection<Note>(this);
  plain?: string;
}
@Entity() class Note {
  @PrimaryKey() id!: string;
  @Property({ type: "json" }) meta!: any;
  @Property() text!: string;
  @ManyToOne(() => User) author!: User;
}
const init = () => MikroORM.init({ dbName: "x" });
${code}`,
      options,
    );
    expect(found).toEqual(expected);
  });
};

check(
  "what is managed is written when it is flushed",
  `async function main() {
  const orm = await init();
  const em = orm.em.fork();
  const u = new User();
  u.email = user.email;
  u.plain = user.age as any;
  em.persist(u);
  const made = em.create(User, { name: user.name });
  train((await em.findOne(Note, { id: "1" }))!.text); //! user.prompt
  await em.flush();
  train((await em.findOne(User, { name: user.age }))!.email); //! user.email
  train((await em.findOneOrFail(User, "1")).name); //! user.name
  train((await em.find(User, {}))[0].id); //! none
  train((await em.find(User, {}))[0].plain); //! none
  train(await em.find(User, {}, { fields: ["name"] })); //! user.name
  train(await em.count(User, { email: user.email })); //! none
  const n = new Note();
  n.text = user.prompt;
  n.meta = { tag: user.tags, kind: 1 };
  await em.persistAndFlush(n);
  train((await em.findOneOrFail(Note, "1")).meta.tag); //! user.tags
  train((await em.findOneOrFail(Note, "1")).meta.kind); //! none
  train((await em.findOneOrFail(User, "1", { populate: ["notes"] })).notes[0].text); //! user.prompt
  train((await pool.query("select e_mail from users")).rows); //! user.email
}
void main();`,
);
check(
  "never flushed, never written",
  `async function main() {
  const { em } = await init();
  em.persist(em.create(User, { name: user.name }));
  train(await em.findOne(User, "1")); //! none
}
void main();`,
);
check(
  "writes at once, transactions, SQL text, repositories",
  `const Tag = new EntitySchema({ name: "Tag", tableName: "all_tags", properties: { id: { type: "string", primary: true }, label: { type: "string", fieldName: "title" } } });
async function main() {
  const { em } = await init();
  await em.nativeInsert(User, { email: user.email });
  await em.nativeUpdate(User, { id: "1" }, { name: user.name });
  await em.transactional(async (tx) => {
    const note = await tx.findOneOrFail(Note, "1");
    note.text = user.prompt;
  });
  await em.getRepository(Tag).insert({ label: user.tags });
  train(await em.getConnection().execute("select title from all_tags where id = ?", [user.id])); //! user.tags
  train((await em.find("Tag", {}))[0].label); //! user.tags
  await pool.query("insert into note (meta) values ($1)", [user.age]);
  train((await em.find(Note, {}, { fields: ["meta"] }))); //! user.age
}
export class Service {
  constructor(private readonly users: EntityRepository<User>, private readonly em: EntityManager) {}
  async emails() { train((await this.users.findAll())[0].email); } //! user.email
  async ids() { train((await this.users.findAll())[0].id); } //! none
  async notes() { train((await this.em.find(Note, {}))[0].text); } //! user.prompt
}
void main();`,
);
