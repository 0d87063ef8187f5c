/** Mongoose: what documents hold when they are kept comes out of queries, field by field. */
import { describe, expect, it } from "vitest";
import { annotated, run } from "../program.js";

const check = (name: string, code: string, options: Parameters<typeof annotated>[1] = {}): void => {
  it(name, () => {
    const { found, expected } = annotated(
      `import mongoose, { model, Schema, Types, type Model, type HydratedDocument } from "mongoose";\nconst user = loadUser();\n${code}`,
      options,
    );
    expect(found).toEqual(expected);
  });
};

describe("models", () => {
  check(
    "create, new and save, insertMany; what the schema does not name is dropped",
    `const User = model("User", new Schema({ email: { type: String, required: true }, profile: { name: String, bio: String }, tags: [String], note: { type: Schema.Types.Mixed } }));
async function main() {
  const made = await User.create({ email: user.email, nobody: user.age, profile: { name: user.name, other: user.id } });
  train(made.email); //! user.email
  train(made.nobody); //! none
  train(made.toObject()); //! user.email user.name
  const doc = new User({ tags: [user.tags] });
  doc.note = { said: user.prompt };
  await doc.save();
  const one = await User.findOne({ email: user.id });
  train(one!.email); //! user.email
  train(one!.profile); //! user.name
  train(one!.profile.other, one!.nobody); //! none
  train(one!.tags); //! user.tags
  train(one!.note.said); //! user.prompt
  train(await User.find()); //! user.email user.name user.prompt user.tags
  train((await User.find().lean()).map((x) => x.email)); //! user.email
  train(JSON.stringify(await User.findById("1"))); //! user.email user.name user.prompt user.tags
  train(await User.countDocuments({ email: user.email })); //! none
  train(await User.exists({ email: user.email })); //! none
  const Plain = model("Plain", new Schema({ a: String }, { strict: false }));
  await Plain.insertMany([{ b: user.name }, { a: user.age }]);
  const p = await Plain.findOne().exec();
  train(p.b); //! user.name
  train(p.a); //! user.age
}
void main();`,
  );

  check(
    "selections: texts, objects, lists, arguments, what the schema hides",
    `const schema = new Schema({ email: String, password: { type: String, select: false }, profile: new Schema({ name: String, bio: String }), note: String });
const User = mongoose.model("User", schema);
async function main() {
  await User.create({ email: user.email, password: user.prompt, profile: { name: user.name }, note: user.tags });
  train(await User.find()); //! user.email user.name user.tags
  train(await User.find().select("email")); //! user.email
  train(await User.find().select("email -_id").lean()); //! user.email
  train(await User.find().select("-email -profile.name")); //! user.tags
  train(await User.findOne().select("+password")); //! user.email user.name user.prompt user.tags
  train(await User.findOne().select("password")); //! user.prompt
  train(await User.findOne().select({ profile: 1 })); //! user.name
  train(await User.findOne().select(["note", "profile.bio"])); //! user.tags
  train(await User.findOne({}, "email")); //! user.email
  train(await User.findById("1", { note: 0, email: 0 })); //! user.name
  train(await User.find({}, null, { projection: { note: 1 }, lean: true })); //! user.tags
  train(await User.findOne().select(process.env.FIELDS)); //! user.email user.name user.tags
  const q = User.find({ email: user.id });
  q.select("note");
  q.sort({ note: 1 }).limit(3);
  train(await q); //! user.tags
  train(await User.distinct("email")); //! user.email
}
void main();`,
  );

  check(
    "updates, and what comes back of them",
    `const User = model("User", new Schema({ email: String, profile: { name: String }, said: [{ text: String }], age: Number, ref: String }));
async function main() {
  await User.updateOne({ ref: user.id }, { email: user.email, gone: user.id });
  const after = await User.findByIdAndUpdate("1", { $set: { "profile.name": user.name }, $push: { said: { text: user.prompt } }, $unset: { email: user.tags } }, { new: true });
  train(after!.profile.name); //! user.name
  train(after!.said[0].text); //! user.id user.prompt
  train(after!.ref); //! none
  train((await User.findOneAndUpdate({ ref: "x" }, { age: user.age }).select("age"))!.age); //! user.age
  await User.bulkWrite([{ updateOne: { filter: { ref: user.id }, update: { $set: { ref: "y" } } } }]);
  const one = await User.findOne();
  train(one!.ref); //! none
  train(one!.email); //! user.email
  one!.set("said.0.text", user.id);
  one!.email = "cut";
  train(one!.get("said"), one!.email); //! user.id user.prompt
  await one!.save();
  train(await User.findOne()); //! user.age user.email user.id user.name user.prompt
  const Up = model("Up", new Schema({ ref: String, n: Number }));
  await Up.findOneAndUpdate({ ref: user.id }, { $inc: { n: 1 } }, { upsert: true });
  train((await Up.findOne())!.ref); //! user.id
  train((await Up.findOne())!.n); //! none
}
void main();`,
  );

  check(
    "populate: by the schema, nested, selected, virtual; who does not ask gets no document",
    `const userSchema = new Schema({ name: String, email: String });
const User = model("User", userSchema);
const commentSchema = new Schema({ text: String, by: { type: Schema.Types.ObjectId, ref: "User" } });
const postSchema = new Schema({ title: String, author: { type: Schema.Types.ObjectId, ref: "User" }, editors: [{ type: Types.ObjectId, ref: User }], comments: [commentSchema] });
const Post = model("Post", postSchema);
userSchema.virtual("posts", { ref: "Post", localField: "_id", foreignField: "author" });
async function main() {
  await User.create({ name: user.name, email: user.email });
  await Post.create({ title: user.prompt, comments: [{ text: user.tags }] });
  train(await Post.find()); //! user.prompt user.tags
  train((await Post.find().populate("author"))[0].author.email); //! user.email
  train((await Post.findOne().populate("author", "name"))!.author); //! user.name
  train((await Post.findOne().populate({ path: "editors", select: "email" }))!.editors[0].email); //! user.email
  train((await Post.findOne().populate({ path: "editors", select: "email" }))!.editors[0].name); //! none
  train((await Post.findOne().populate("comments.by"))!.comments[0].by.name); //! user.name
  train((await Post.findOne().populate([{ path: "author", select: "name" }]).lean())!.author); //! user.name
  train((await User.findOne().populate({ path: "posts", populate: { path: "comments.by", select: "email" } }))!.posts[0].comments[0].by); //! user.email
  const p = await Post.findOne();
  await p!.populate("author");
  train(p!.author.email); //! user.email
}
void main();`,
  );

  check(
    "methods, statics, virtuals, hooks, transforms, classes of a schema",
    `const schema = new Schema({ first: String, secret: String, shown: String, slug: String }, { toJSON: { virtuals: true, transform(doc: unknown, ret: any) { delete ret.secret; return ret; } } });
schema.methods.label = function () { return this.first; };
schema.statics.byFirst = function (first: string) { return this.findOne({ first }); };
schema.virtual("full").get(function () { return "Dr " + this.first; });
schema.pre("save", async function (next) { this.secret = "hidden"; this.slug = this.shown; next(); });
class Extra { get twice() { return this.first + this.first; } hello() { return this.shown; } static any() { return this.findOne(); } }
schema.loadClass(Extra);
const User = model("User", schema);
async function main() {
  await User.create({ first: user.name, secret: user.prompt, shown: user.email });
  const u = await User.byFirst("x");
  train(u.label()); //! user.name
  train(u.full); //! user.name
  train(u.secret); //! user.id
  train(u.slug); //! user.email
  train(u.twice); //! user.name
  train((await User.any()).hello()); //! user.email
  await User.updateOne({}, { $set: { secret: user.id } });
  train((await User.findOne()).secret); //! user.id
  train(JSON.stringify(await User.findOne().select("secret"))); //! none
  train((await User.findOne()).toJSON()); //! user.email user.name
}
void main();`,
  );

  it("a plug-in's method, of which nobody knows what it reads, is a blind spot", () => {
    const { blindSpots, flows } = run(
      `import { model, Schema } from "mongoose";
const User = model("User", new Schema({ email: String }));
async function main() {
  await User.create(loadUser());
  train(await User.paginate({}));
  train(await User.find().where("email").gt(3).plugged());
}
void main();`,
    );
    const told = blindSpots.filter((one) => one.reason.startsWith("Mongoose's"));
    expect(told.map((one) => one.reason.slice(0, 22))).toEqual(["Mongoose's `paginate` ", "Mongoose's `plugged` i"]);
    expect(flows.map((flow) => flow.field)).toEqual(["user.email", "user.email"]);
  });

  check(
    "a schema that is part of itself",
    `const comment = new Schema({ text: String });
comment.add({ replies: [comment] });
const Post = model("Post", new Schema({ title: String, comments: [comment] }));
async function main() {
  await Post.create({ title: user.id, other: user.age, comments: [{ text: user.prompt, other: user.email, replies: [{ text: user.name }] }] });
  const p = await Post.findOne();
  train(p.comments[0].text); //! user.prompt
  train(p.comments[0].replies[0].text); //! user.name
  train(p.comments[0].other, p.other); //! none
}
void main();`,
  );

  check(
    "cursors, loops, callbacks, aggregation, counts",
    `const User = model("User", new Schema({ email: String, team: String, note: String }));
async function main() {
  await User.create({ email: user.email, team: user.name, note: user.prompt });
  for await (const u of User.find({}).select("email")) train(u); //! user.email
  for await (const u of User.find().lean().cursor()) train(u.team); //! user.name
  await User.find().cursor().eachAsync((u) => { train(u.email); }); //! user.email
  User.findOne({}, (err: unknown, u: any) => { train(u.email); }); //! user.email
  User.find({ team: user.id }).exec((err: unknown, all: any) => { train(all[0].note); }); //! user.prompt
  User.find().then((all) => { train(all[0].team); }); //! user.name
  const g = await User.aggregate([{ $match: { email: user.email } }, { $group: { _id: "$team", n: { $sum: 1 } } }]);
  train(g[0]._id); //! user.name
  train(g[0].n); //! none
  train(await User.aggregate().project({ note: 1, _id: 0 })); //! user.prompt
  for await (const x of User.aggregate([{ $project: { email: 1 } }])) train(x.email); //! user.email
  train(await User.aggregate([{ $count: "n" }])); //! none
}
void main();`,
  );
});

describe("names", () => {
  check(
    "a model's collection is the driver's: by its plural, an option, an argument; and another is another",
    `import { MongoClient } from "mongodb";
const db = new MongoClient("").db();
const any = { strict: false };
const Person = model("Person", new Schema({ email: String }));
const Log = model("Log", new Schema({ text: String }, { collection: "audit_trail" }));
const Old = model("Old", new Schema({ name: String }), "legacy");
async function main() {
  await Person.create({ email: user.email });
  await db.collection("audit_trail").insertOne({ text: user.prompt });
  await Old.create({ name: user.name });
  train(await db.collection("people").findOne({})); //! user.email user.id
  train(await db.collection("persons").findOne({})); //! none
  train(await Log.findOne()); //! user.prompt
  train(await db.collection("legacy").findOne({})); //! user.name
  train(await mongoose.connection.collection("legacy").findOne({})); //! user.name
  train(await mongoose.model("Person").findOne({}, "email")); //! user.email
  train(await (mongoose.models.Person || model("Person", new Schema({ email: String }))).findOne()); //! user.email user.id
  train(await mongoose.models.Old.findOne()); //! user.name
  const Admin = Person.discriminator("Admin", new Schema({ level: String }));
  await Admin.create({ level: user.id, other: user.age });
  train(await Person.findOne({}, "level")); //! user.id
  train(await Admin.findOne()); //! user.email user.id
}
void main();`,
  );

  check(
    "models by their types alone",
    `import { User } from "./user.js";
export class Service {
  constructor(private readonly users: Model<HydratedDocument<IUser>>, private readonly others: Model<Other>) {}
  async add() { await this.others.create({ name: user.name }); }
  async one() {
    train(await this.users.findOne()); //! user.email
    train(await this.others.findOne()); //! user.name
  }
}
interface IUser { email: string }
interface Other { name: string }
async function main() { await User.create({ email: user.email }); }
void main();`,
    {
      files: {
        "user.ts": `import { model, Schema } from "mongoose";\nexport const User = model("User", new Schema({ email: String }), "accounts");\n`,
      },
    },
  );

  check(
    "columns that the manifest declares, of a model that says where it is kept",
    `const Chat = model("Chat", new Schema({ text: String, split: String }, { collection: "conversations" }));
async function main() {
  train(await Chat.find().select("split")); //! none
  train((await Chat.findOne())!.text); //! user.prompt
  train(await mongoose.connection.collection("conversations").findOne({})); //! user.prompt
  train((await mongoose.connection.collection("events").findOne({}))!.who); //! user.email
}
void main();`,
    {
      sources: `stores:\n  - { id: chats, mongoose: Chat, columns: { text: user.prompt } }\n  - { id: events, mongodb: events, columns: { who: user.email } }\n`,
    },
  );
});
