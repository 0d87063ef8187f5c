import { expect, it } from "vitest";
import { annotated } from "../program.js";

const check = (name: string, code: string, options: Parameters<typeof annotated>[1] = {}): void => {
  it(name, () => {
    const { found, expected } = annotated(
      `import { Sequelize, DataTypes, Model, QueryTypes, fn, col, literal, type ModelStatic } from "sequelize";
import pg from "pg";
const pool = new pg.Pool();
const sequelize = new Sequelize("postgres://localhost/db");
const user = loadUser();
${code}`,
      options,
    );
    expect(found).toEqual(expected);
  });
};

const MODELS = `const User = sequelize.define("User", { email: { type: DataTypes.STRING, field: "e_mail" }, name: DataTypes.STRING, bio: DataTypes.TEXT });
class Post extends Model { declare text: string; declare title: string; label() { return "<" + this.text + ">"; } }
Post.init({ text: DataTypes.TEXT, title: DataTypes.STRING, meta: { type: DataTypes.JSONB } }, { sequelize, tableName: "all_posts", modelName: "Post" });
User.hasMany(Post, { as: "posts", foreignKey: "author_id" });
Post.belongsTo(User, { as: "author", foreignKey: "author_id" });
`;

check(
  "define: columns stay apart; attributes",
  `${MODELS}async function main() {
  const made = await User.create({ email: user.email, name: user.name, unknown: user.age });
  train(made.email); //! user.email
  train(made.get("name")); //! user.name
  const u = User.build({ bio: user.prompt });
  await u.save();
  train((await User.findOne({ where: { name: user.age } })).email); //! user.email
  train((await User.findOne()).id); //! none
  train(await User.findAll()); //! user.email user.name user.prompt
  train(await User.findAll({ attributes: ["id", "name"] })); //! user.name
  train(await User.findAll({ attributes: { exclude: ["bio"] } })); //! user.email user.name
  train((await User.findAll({ attributes: [["e_mail", "mail"]], raw: true }))[0].mail); //! user.email
  train(await User.findAll({ attributes: ["id", [fn("COUNT", col("email")), "n"]] })); //! none
  train(await User.findAll({ attributes: [[fn("LOWER", col("name")), "n"], [literal("MAX(bio)"), "b"]] })); //! user.name user.prompt
  train((await User.findByPk(1, { attributes: ["email"] }))); //! user.email
  const { rows, count } = await User.findAndCountAll();
  train(rows[0].name); //! user.name
  train(count); //! none
  train(await User.count({ where: { email: user.email } }), await User.sum("name")); //! none
  train(await User.max("name")); //! user.name
  train((await User.findOne()).toJSON().name); //! user.name
  train((await User.findOne()).dataValues.bio); //! user.prompt
  train((await User.findOne()).unknown); //! none
}
void main();`,
);
check(
  "init: instances, setters, static writes",
  `${MODELS}async function main() {
  const p = new Post({ title: user.name });
  p.text = user.prompt;
  await p.save();
  train((await Post.findOne())!.text); //! user.prompt
  train((await Post.findOne())!.label()); //! user.prompt
  train((await Post.findOne())!.title); //! user.email user.name
  await Post.update({ title: user.email }, { where: { id: 1 } });
  const q = await Post.findOne();
  await q.update({ meta: { tag: user.tags, n: 1 } });
  train((await Post.findOne())!.get("meta").tag); //! user.tags
  train((await Post.findOne())!.get("meta").n); //! none
  const [found, isNew] = await User.findOrCreate({ where: { email: user.email }, defaults: { name: user.name } });
  train(found.name); //! user.name
  train(isNew); //! none
  await User.bulkCreate([{ bio: user.prompt }]);
  train((await User.findAll())[0].bio); //! user.prompt
  await User.upsert({ bio: user.prompt });
  await sequelize.transaction(async (transaction) => { await User.create({ name: user.name }, { transaction }); });
  train((await sequelize.models.User.findOne()).name); //! user.name
  train((await sequelize.model("User").findOne()).email); //! user.email
  train(await User.destroy({ where: { email: user.email } })); //! none
}
void main();`,
);
check(
  "includes and methods of associations",
  `${MODELS}async function main() {
  await User.create({ email: user.email, name: user.name, posts: [{ text: user.prompt, title: "t" }] }, { include: ["posts"] });
  const u = await User.findOne({ include: [{ model: Post, as: "posts", attributes: ["title", "text"] }] });
  train(u.posts[0].text); //! user.prompt
  train(u.posts[0].title); //! user.age
  train(u.posts[0].id); //! none
  train((await User.findOne({ include: [Post], attributes: ["id"] })).posts[0].text); //! user.prompt
  train(await User.findAll({ attributes: ["id"] })); //! none
  train((await Post.findOne({ include: { association: "author", include: ["posts"] } }))!.author.posts[0].text); //! user.prompt
  train((await Post.findOne({ include: { all: true } }))!.author.email); //! user.email
  train((await u.getPosts())[0].text); //! user.prompt
  train(await u.countPosts()); //! none
  await u.createPost({ title: user.age });
  train((await Post.findAll({ attributes: ["title"] }))); //! user.age
}
void main();`,
);
check(
  "names of tables, SQL text, one table with other libraries",
  `const Person = sequelize.define("person", { email: DataTypes.STRING });
const Frozen = sequelize.define("Thing", { name: DataTypes.STRING }, { freezeTableName: true });
const Category = sequelize.define("Category", { label: DataTypes.STRING }, { underscored: true });
async function main() {
  await Person.create({ email: user.email });
  train((await pool.query("select email from people")).rows); //! user.email
  train((await pool.query("select email from persons")).rows); //! none
  await Frozen.create({ name: user.name });
  train((await pool.query("select name from thing")).rows); //! user.name user.tags
  await pool.query("insert into categories (label) values ($1)", [user.prompt]);
  train((await Category.findOne()).label); //! user.prompt
  const [rows] = await sequelize.query("select email from people where email = :e", { replacements: { e: user.age } });
  train(rows); //! user.email
  train(await sequelize.query("select label from categories where label = ?", { replacements: [user.age], type: QueryTypes.SELECT })); //! user.prompt
  await sequelize.query("insert into thing (name) values ($1)", { bind: [user.tags] });
  train((await Frozen.findOne()).name); //! user.name user.tags
}
export class Service {
  constructor(private readonly people: typeof Member, private readonly other: ModelStatic<Member>) {}
  async write() { await this.people.create({ email: user.email }); }
  async read() { train((await this.other.findAll())[0].email); } //! user.email
  async more() { train((await this.people.findAll())[0].name); } //! none
}
class Member extends Model { declare email: string; declare name: string; }
Member.init({ email: DataTypes.STRING, name: DataTypes.STRING }, { sequelize });
void main();`,
);
check(
  "sequelize-typescript: decorators",
  `async function main() {
  await Account.create({ email: user.email, name: user.name });
  const a = new Account({ bio: user.prompt });
  await a.save();
  train((await Account.findOne())!.email); //! user.email
  train((await Account.findOne({ attributes: ["name"] }))); //! user.name
  train((await pool.query("select e_mail from accounts")).rows); //! user.email
  train((await Account.findOne())!.bio); //! user.prompt
  await Note.create({ text: user.prompt, accountId: user.id });
  train((await Account.findOne({ include: [Note] }))!.notes[0].text); //! user.prompt
  train((await Note.findOne({ include: [{ model: Account }] }))!.account.name); //! user.name
  train((await Note.findAll())[0].accountId); //! user.id
}
void main();`.replace(
    /^/,
    `import { Table, Column, Model as Base, HasMany, BelongsTo, ForeignKey, DataType } from "sequelize-typescript";
@Table({ tableName: "accounts" }) class Account extends Base {
  @Column({ field: "e_mail", type: DataType.STRING }) email!: string;
  @Column(DataType.TEXT) name!: string;
  @Column bio!: string;
  @HasMany(() => Note) notes!: Note[];
}
@Table class Note extends Base {
  @Column text!: string;
  @ForeignKey(() => Account) @Column accountId!: string;
  @BelongsTo(() => Account) account!: Account;
}
`,
  ),
);
