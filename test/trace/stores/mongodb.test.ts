/** MongoDB's driver: what is written to a collection comes out of it, field by field. */
import { describe, expect, it } from "vitest";
import { annotated } from "../program.js";

const check = (name: string, code: string, files: Readonly<Record<string, string>> = {}): void => {
  it(name, () => {
    const { found, expected } = annotated(
      `import { MongoClient, type Collection, type Db } from "mongodb";\nconst client = new MongoClient("mongodb://localhost");\nconst db = client.db("app");\nconst user = loadUser();\n${code}`,
      { files },
    );
    expect(found).toEqual(expected);
  });
};

describe("documents", () => {
  check(
    "inserts, reads with cursors and without, projections, counts",
    `const people = db.collection("people");
async function main() {
  await people.insertOne({ _id: user.id, email: user.email, profile: { name: user.name, bio: "x" }, tags: [user.tags] });
  await people.insertMany([{ note: user.prompt }, { note: "x" }]);
  const one = await people.findOne({ email: user.age });
  train(one!.email); //! user.email
  train(one!.profile.name); //! user.name
  train(one!.profile.bio); //! none
  train(one!.tags[0]); //! user.tags
  train(one!.note); //! user.prompt
  train(one!.other); //! none
  train(await people.find({}).toArray()); //! user.email user.id user.name user.prompt user.tags
  for await (const p of people.find({}).sort({ email: 1 }).limit(3)) train(p.note); //! user.prompt
  train(await people.find({}, { projection: { "profile.name": 1, _id: 0 } }).toArray()); //! user.name
  train(await people.find({}).project({ profile: { bio: 1 } }).next()); //! user.id
  train(await people.findOne({}, { projection: { email: 0, "profile.name": false } })); //! user.id user.prompt user.tags
  train(await people.find({}).project({ mail: { $toUpper: "$email" }, _id: 0 }).toArray()); //! user.email
  train(await people.find({}).map((p) => p.note).toArray()); //! user.prompt
  await people.find({}).forEach((p) => { train(p.email); }); //! user.email
  const cursor = people.find({});
  while (await cursor.hasNext()) train((await cursor.next())!.tags); //! user.tags
  train(await people.countDocuments({ email: user.email })); //! none
  train(await people.find({ email: user.email }).count()); //! none
  train(await people.distinct("email")); //! user.email
  train(await people.distinct("profile.name")); //! user.name
  train(await db.collection("others").findOne({})); //! none
}
void main();`,
  );

  check(
    "updates: operators, dotted names, upserts, what is taken away",
    `const people = db.collection("people");
async function main() {
  await people.updateOne({ ref: user.id }, { $set: { "profile.email": user.email }, $unset: { gone: user.name }, $inc: { age: user.age } });
  await people.updateMany({}, { $push: { said: user.prompt, list: { $each: [{ text: user.tags }], $slice: 5 } }, $pull: { taken: user.name } });
  const p = await people.findOne({});
  train(p!.profile.email); //! user.email
  train(p!.profile); //! user.email
  train(p!.age); //! user.age
  train(p!.said[0]); //! user.prompt
  train(p!.list[0].text); //! user.tags
  train(p!.gone, p!.taken, p!.ref); //! none
  await db.collection("made").updateOne({ email: user.email, seen: { $gt: user.age }, name: { $eq: user.name } }, { $setOnInsert: { note: user.prompt } }, { upsert: true });
  const made = await db.collection("made").findOne({});
  train(made!.email); //! user.email
  train(made!.seen); //! none
  train(made!.name); //! user.name
  train(made!.note); //! user.prompt
  await db.collection("lists").updateOne({}, { $set: { "messages.$.content": user.prompt, "messages.0.role": user.name } });
  const l = await db.collection("lists").findOne({});
  train(l!.messages[0].content); //! user.prompt
  train(l!.messages.map((x) => x.role)); //! user.name
  await people.updateMany({}, { $rename: { age: "years" } });
  train((await people.findOne({}))!.years); //! user.age
  await db.collection("copied").updateMany({}, [{ $set: { both: { $concat: ["$first", " ", user.name] } } }]);
  train((await db.collection("copied").findOne({}))!.both); //! user.name
}
void main();`,
  );

  check(
    "what comes back of a write, bulks, sessions",
    `const people = db.collection("people");
async function main() {
  const r = await people.findOneAndUpdate({}, { $set: { email: user.email } }, { returnDocument: "after", projection: { email: 1 } });
  train(r!.email); //! user.email
  train(r!.value!.email); //! user.email
  train(r!.name); //! none
  await people.replaceOne({}, { name: user.name }, { upsert: true });
  await db.collection("gone").insertOne({ email: user.email, name: user.name });
  train(await db.collection("gone").findOneAndDelete({ x: user.id })); //! user.email user.name
  await people.bulkWrite([{ insertOne: { document: { a: user.id } } }, { updateOne: { filter: { z: 1 }, update: { $set: { b: user.prompt } }, upsert: true } }, { deleteOne: { filter: { c: user.age } } }]);
  const bulk = people.initializeUnorderedBulkOp();
  bulk.insert({ d: user.tags });
  bulk.find({ q: user.age }).updateOne({ $set: { e: user.age } });
  await bulk.execute();
  const p = await people.findOne({});
  train(p!.a); //! user.id
  train(p!.b); //! user.prompt
  train(p!.c, p!.q); //! none
  train(p!.d); //! user.tags
  train(p!.e); //! user.age
  const session = client.startSession();
  await session.withTransaction(async () => { await db.collection("tx").insertOne({ v: user.email }, { session }); });
  await client.withSession(async (s) => s.withTransaction(async () => { await db.collection("tx").insertOne({ w: user.name }, { session: s }); }));
  train(await db.collection("tx").findOne({})); //! user.email user.name
  const inserted = await db.collection("ids").insertOne({ _id: user.id, email: user.email });
  train(inserted.insertedId); //! user.id
  train(inserted.acknowledged, inserted.insertedCount); //! none
}
void main();`,
  );

  check(
    "pipelines: projections, groups, counts, joins of collections, copies",
    `const orders = db.collection("orders");
const all = async (stages: object[], name = "orders") => (await db.collection(name).aggregate(stages).toArray())[0];
async function main() {
  await orders.insertOne({ buyer: user.email, items: [{ name: user.name, price: user.age }], note: user.prompt, ref: user.id });
  await db.collection("notes").insertOne({ text: user.tags });
  const one = (await orders.aggregate([{ $match: { note: user.prompt } }, { $project: { buyer: 1, said: { $substrCP: ["$note", 0, 3] }, long: { $strLenCP: "$note" }, _id: 0 } }]).toArray())[0];
  train(one.buyer); //! user.email
  train(one.said); //! user.prompt
  train(one.long, one.note, one.ref); //! none
  const g = (await orders.aggregate([{ $group: { _id: "$ref", many: { $sum: 1 }, spent: { $sum: "$items.price" }, last: { $last: "$note" }, buyers: { $addToSet: "$buyer" }, whole: { $push: "$$ROOT" } } }]).toArray())[0];
  train(g._id); //! user.id
  train(g.many, g.spent, g.note); //! none
  train(g.last); //! user.prompt
  train(g.buyers[0]); //! user.email
  train(g.whole[0].items[0].name); //! user.name
  for await (const x of orders.aggregate([{ $unwind: "$items" }, { $replaceRoot: { newRoot: "$items" } }])) train(x.name); //! user.name
  train((await orders.aggregate([{ $unwind: { path: "$items" } }]).toArray())[0].items.price); //! user.age
  const joined = (await orders.aggregate([{ $lookup: { from: "notes", localField: "ref", foreignField: "ref", as: "notes" } }, { $project: { texts: "$notes.text", first: { $arrayElemAt: ["$notes", 0] } } }]).toArray())[0];
  train(joined.texts); //! user.tags
  train(joined.first.text); //! user.tags
  train(joined.buyer); //! none
  const let_ = (await orders.aggregate([{ $lookup: { from: "notes", let: { who: "$buyer" }, pipeline: [{ $project: { mail: "$$who", t: "$text" } }], as: "n" } }]).toArray())[0];
  train(let_.n[0].mail); //! user.email
  train(let_.n[0].t); //! user.tags
  train(await orders.aggregate([{ $count: "n" }]).toArray()); //! none
  train(await orders.aggregate([{ $sortByCount: "$buyer" }]).toArray()); //! user.email
  const f = (await orders.aggregate([{ $facet: { a: [{ $project: { note: 1 } }], n: [{ $count: "n" }] } }]).toArray())[0];
  train(f.a[0].note); //! user.prompt
  train(f.n); //! none
  await orders.aggregate([{ $addFields: { "meta.who": { $cond: { if: { $eq: ["$note", user.tags] }, then: "$buyer", else: null } } } }, { $unset: ["buyer", "items", "note", "ref"] }, { $out: "copies" }]).toArray();
  const c = await db.collection("copies").findOne({});
  train(c!.meta.who); //! user.email
  train(c!.note, c!.ref, c!.buyer); //! none
  await orders.aggregate([{ $project: { note: 1 } }, { $merge: { into: "merged", whenMatched: "merge" } }]).toArray();
  train(await db.collection("merged").find().toArray()); //! user.prompt
  train((await orders.aggregate([{ $project: { m: { $map: { input: "$items", as: "i", in: { who: "$$i.name" } } }, r: { $reduce: { input: "$items", initialValue: "", in: { $concat: ["$$value", "$$this.name"] } } } } }]).toArray())[0].m[0].who); //! user.name
  const stages = [{ $match: {} }, ...(user.age > 3 ? [{ $project: { note: 1 } }] : [])];
  train((await orders.aggregate(stages).toArray())[0].note); //! user.prompt
  train((await orders.aggregate([{ $bucket: { groupBy: "$items.price", boundaries: [0, 1], output: { n: { $sum: 1 }, who: { $push: "$buyer" } } } }]).toArray())[0].who); //! user.email
  train((await orders.aggregate([{ $unionWith: { coll: "notes", pipeline: [{ $project: { text: 1 } }] } }, { $project: { text: 1, _id: 0 } }]).toArray())[0]); //! user.tags
  train((await orders.aggregate().group({ _id: "$note" }).toArray())[0]._id); //! user.prompt
}
void main();`,
  );

  check(
    "collections by type, callbacks",
    `import { save } from "./save.js";
class People {
  constructor(private readonly people: Collection<{ email: string }>) {}
  all() { return this.people.find().toArray(); }
}
export async function handler(given: Db) {
  train((await given.collection("people").findOne({}))!.email); //! user.email
}
async function main() {
  await save(db, user);
  train(await new People(db.collection("people")).all()); //! user.email
  db.collection("people").findOne({}, (err: unknown, doc: any) => { train(doc.email); }); //! user.email
  db.collection("people").find({}).toArray((err: unknown, docs: any) => { train(docs[0].email); train(err); }); //! user.email
}
void main();`,
    {
      "save.ts": `import type { Db } from "mongodb";\nimport type { User } from "./source.js";\nexport const save = async (db: Db, user: User) => { const { email } = user; await db.collection("people").insertOne({ email }); };\n`,
    },
  );

  check(
    "pipelines and projections that are part of themselves come to an end",
    `async function main(parts: string[]) {
  await db.collection("notes").insertOne({ text: user.prompt, who: user.email });
  let expression: any = "$text";
  const shown: any = { text: 1 };
  for (const part of parts) {
    expression = { $cond: [part, expression, { $concat: [expression, part] }] };
    shown[part] = shown;
  }
  train((await db.collection("notes").aggregate([{ $project: { said: expression } }]).toArray())[0].said); //! user.email user.prompt
  train((await db.collection("notes").find({}).project(shown).toArray())[0].text); //! user.prompt
  const list: any[] = [{ text: user.name }];
  list.push(list);
  await db.collection("lists").insertOne({ list });
  train((await db.collection("lists").findOne({}, { projection: { "list.text": 1 } })).list); //! user.name
}
void main(process.argv);`,
  );

  check(
    "names from the environment are any",
    `async function main() {
  await db.collection(process.env.NAME!).insertOne({ anywhere: user.name });
  train((await db.collection("elsewhere").findOne({}))!.anywhere); //! user.name
  train((await db.collection("elsewhere").findOne({}))!.other); //! none
}
void main();`,
  );
});

it("follows a document from one package to another, through the driver and Mongoose", () => {
  const { found, expected } = annotated(
    `import { save } from "@acme/api";
import { MongoClient } from "mongodb";
async function main() {
  await save(loadUser());
  const people = new MongoClient("").db().collection("accounts");
  train((await people.findOne({}))!.email); //! user.email
  train((await people.findOne({}))!.name); //! none
  train((await people.findOne({}, { projection: { name: 1 } }))); //! none
  train(await people.countDocuments({ prompt: { $exists: true } })); //! none
  train((await people.aggregate([{ $group: { _id: "$name", prompts: { $sum: 1 } } }]).toArray())[0]); //! none
}
void main();`,
    {
      files: {
        "api.ts": `import { Account } from "./model.js";
import type { User } from "./source.js";
export async function save(user: User) {
  const account = new Account({ email: user.email, name: user.name, prompt: user.prompt });
  account.name = "withheld";
  await account.save();
}
`,
        "model.ts": `import { Schema, model } from "mongoose";
export const Account = model("Account", new Schema({ email: String, name: String, prompt: String }));
`,
      },
      packages: { "@acme/api": "api.ts" },
    },
  );
  expect(found).toEqual(expected);
});
