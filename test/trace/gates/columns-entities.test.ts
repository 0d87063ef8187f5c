/** Entities and documents that are read on condition of the column in which a consent's answer is kept. */
import { describe, expect, it } from "vitest";
import { expectedIn, gatesOf, kept } from "./program.js";

const TYPEORM = `import { And, Column, DataSource, Entity, Equal, Like, ManyToOne, Not, OneToMany, PrimaryColumn } from "typeorm";
@Entity("users") class Person { @PrimaryColumn() id!: string; @Column() prompt!: string; @Column({ name: "may_train" }) agreed!: boolean; @Column() active!: boolean; @OneToMany(() => Talk, (t) => t.person) talks!: Talk[] }
@Entity("chats") class Talk { @PrimaryColumn() id!: string; @Column() text!: string; @Column() agreed!: boolean; @ManyToOne(() => Person) person!: Person }
const db = new DataSource({} as any); const people = db.getRepository(Person); const talks = db.getRepository(Talk);
`;

const SEQUELIZE = `import { DataTypes, Op, Sequelize } from "sequelize";
const db = new Sequelize("x");
const Person = db.define("Person", { prompt: DataTypes.STRING, agreed: { type: DataTypes.BOOLEAN, field: "may_train" }, active: DataTypes.BOOLEAN }, { tableName: "users" });
const Talk = db.define("Talk", { text: DataTypes.STRING, agreed: DataTypes.BOOLEAN }, { tableName: "chats" });
Talk.belongsTo(Person, { as: "person" }); Person.hasMany(Talk, { as: "talks" });
`;

const MIKRO = `import { Entity, ManyToOne, MikroORM, PrimaryKey, Property } from "@mikro-orm/core";
@Entity({ tableName: "users" }) class Person { @PrimaryKey() id!: string; @Property() prompt!: string; @Property({ fieldName: "may_train" }) agreed!: boolean; @Property() active!: boolean }
@Entity({ tableName: "chats" }) class Talk { @PrimaryKey() id!: string; @Property() text!: string; @Property() agreed!: boolean; @ManyToOne(() => Person) person!: Person }
`;

const SUPABASE = `import { createClient } from "@supabase/supabase-js";\nconst db = createClient("x", "y");\n`;
const FIRESTORE = `import { Filter, Firestore } from "@google-cloud/firestore";\nconst db = new Firestore();\n`;
const FIREBASE = `import { and, collection, getDocs, getFirestore, limit, or, query, where } from "firebase/firestore";\nconst db = getFirestore();\nconst users = collection(db, "users");\n`;

const cases: [string, string][] = [
  [
    "TypeORM's find options",
    `${TYPEORM}export async function f() {
 train(await people.find({ where: { agreed: true } })); // ok
 train((await people.find({ where: { id: Like("a%"), agreed: Equal(true) }, select: { prompt: true } }))[0]!.prompt); // ok
 train(await people.findBy({ agreed: true })); // ok
 train((await people.findOneByOrFail({ id: "1", agreed: true })).prompt); // ok
 train(await db.manager.find(Person, { where: { agreed: true } })); // ok
 train(await talks.find({ where: { person: { agreed: true } } })); // ok
}
export async function g(all: boolean) {
 train(await people.find()); // never
 train(await people.find({ where: { agreed: false } })); // never
 train(await people.find({ where: { agreed: Not(true) } })); // never
 train(await people.find({ where: { agreed: Not(Equal(true)) } })); // never
 train(await people.find({ where: [{ agreed: true }, { active: true }] })); // never
 train(await people.find({ where: { active: true } })); // never
 train(await people.find({ where: all ? {} : { agreed: true } })); // never
 train(await people.find({ where: { talks: { agreed: true } } })); // never
 train(await talks.find({ where: { agreed: true } })); // never
}`,
  ],
  [
    "TypeORM's query builder",
    `${TYPEORM}export async function f() {
 train(await people.createQueryBuilder("u").where("u.agreed = :is", { is: true }).getMany()); // ok
 train(await people.createQueryBuilder("u").where("u.id > :id AND u.agreed = true", { id: 3 }).orderBy("u.id").getRawMany()); // ok
 train(await people.createQueryBuilder("u").where("u.active").andWhere({ agreed: true }).getMany()); // ok
 train((await people.createQueryBuilder("u").where("u.agreed = :is").setParameter("is", true).getOneOrFail()).prompt); // ok
 train(await talks.createQueryBuilder("t").innerJoin("t.person", "p").where("p.agreed = :is", { is: true }).getMany()); // ok
}
export async function g(all: boolean, is: boolean) {
 train(await people.createQueryBuilder("u").getMany()); // never
 train(await people.createQueryBuilder("u").where("u.agreed = :is", { is: false }).getMany()); // never
 train(await people.createQueryBuilder("u").where("u.agreed = :is", { is }).getMany()); // never
 train(await people.createQueryBuilder("u").where("u.agreed <> :is", { is: true }).getMany()); // never
 train(await people.createQueryBuilder("u").where("u.active = :is", { is: true }).getMany()); // never
 train(await people.createQueryBuilder("u").where("u.agreed = :is OR u.active", { is: true }).getMany()); // never
 train(await people.createQueryBuilder("u").where("u.agreed").orWhere("u.active").getMany()); // never
 train(await people.createQueryBuilder("u").where("u.agreed").where("u.active").getMany()); // never
 train(await talks.createQueryBuilder("t").where("t.agreed").getMany()); // never
 const q = people.createQueryBuilder("u");
 if (!all) q.where("u.agreed");
 train(await q.getMany()); // never
}`,
  ],
  [
    "Sequelize",
    `${SEQUELIZE}export async function f() {
 train(await Person.findAll({ where: { agreed: true } })); // ok
 train(await Person.findAll({ where: { id: { [Op.gt]: 3 }, agreed: { [Op.eq]: true } } })); // ok
 train((await Person.findOne({ where: { [Op.and]: [{ agreed: true }, { active: true }] } }))!.get("prompt")); // ok
 train((await Person.findAndCountAll({ where: { agreed: true }, attributes: ["prompt"] })).rows); // ok
 train((await Talk.findAll({ include: [{ model: Person, as: "person", where: { agreed: true } }] })).map((t) => t.get("text"))); // ok
}
export async function g(all: boolean) {
 train(await Person.findAll()); // never
 train(await Person.findAll({ where: { agreed: false } })); // never
 train(await Person.findAll({ where: { agreed: { [Op.ne]: true } } })); // never
 train(await Person.findAll({ where: { agreed: { [Op.not]: true } } })); // never
 train(await Person.findAll({ where: { [Op.or]: [{ agreed: true }, { active: true }] } })); // never
 train(await Person.findAll({ where: { active: true } })); // never
 train(await Person.findAll(all ? {} : { where: { agreed: true } })); // never
 train(await Talk.findAll({ where: { agreed: true } })); // never
 train((await Talk.findAll({ include: [{ model: Person, as: "person", where: { agreed: true }, required: false }] })).map((t) => t.get("text"))); // never
 train((await Person.findAll({ include: [{ model: Talk, as: "talks", where: { agreed: true } }] })).map((p) => p.get("prompt"))); // never
}`,
  ],
  [
    "MikroORM",
    `${MIKRO}export async function f(orm: MikroORM) {
 train(await orm.em.find(Person, { agreed: true })); // ok
 train((await orm.em.findOneOrFail(Person, { id: "1", agreed: { $eq: true } })).prompt); // ok
 train(await orm.em.getRepository(Person).findAll({ where: { $and: [{ agreed: true }, { active: true }] } })); // ok
 train(await orm.em.find(Talk, { person: { agreed: true } })); // ok
}
export async function g(orm: MikroORM) {
 train(await orm.em.find(Person, {})); // never
 train(await orm.em.find(Person, { agreed: false })); // never
 train(await orm.em.find(Person, { agreed: { $ne: true } })); // never
 train(await orm.em.find(Person, { $or: [{ agreed: true }, { active: true }] })); // never
 train(await orm.em.find(Person, { $not: { agreed: true } })); // never
 train(await orm.em.find(Person, { active: true })); // never
 train(await orm.em.find(Talk, { agreed: true })); // never
}`,
  ],
  [
    "Supabase",
    `${SUPABASE}export async function f() {
 train((await db.from("users").select("prompt").eq("may_train", true)).data); // ok
 train((await db.from("users").select().gt("id", 3).is("may_train", true).limit(3)).data); // ok
 train((await db.from("users").select().match({ may_train: true }).single()).data); // ok
 train((await db.from("users").select().filter("may_train", "eq", true)).data); // ok
 train((await db.from("users").select().eq("may_train", true).or("active.eq.true,id.gt.3")).data); // ok
 train((await db.from("chats").select("text, users!inner(may_train)").eq("users.may_train", true)).data); // ok
}
export async function g(all: boolean) {
 train((await db.from("users").select("prompt")).data); // never
 train((await db.from("users").select("prompt").eq("may_train", false)).data); // never
 train((await db.from("users").select("prompt").neq("may_train", true)).data); // never
 train((await db.from("users").select("prompt").not("may_train", "is", true)).data); // never
 train((await db.from("users").select("prompt").filter("may_train", "neq", true)).data); // never
 train((await db.from("users").select("prompt").eq("active", true)).data); // never
 train((await db.from("users").select("prompt").or("may_train.eq.true,active.eq.true")).data); // never
 train((await db.from("chats").select("text").eq("may_train", true)).data); // never
 train((await db.from("chats").select("text, users(may_train)").eq("users.may_train", true)).data); // never
 let q = db.from("users").select("prompt");
 if (!all) q = q.eq("may_train", true);
 train((await q).data); // never
}`,
  ],
  [
    "Firestore's server library",
    `${FIRESTORE}export async function f() {
 train((await db.collection("users").where("may_train", "==", true).get()).docs.map((d) => d.data())); // ok
 for (const d of (await db.collection("users").where("id", ">", 3).where("may_train", "==", true).limit(3).get()).docs) train(d.data().prompt); // ok
 train((await db.collection("users").where(Filter.and(Filter.where("may_train", "==", true), Filter.where("id", ">", 3))).get()).docs[0]!.get("prompt")); // ok
 train((await db.collection("users").where("may_train", "==", true).select("prompt").get()).docs.map((d) => d.data())); // ok
}
export async function g(all: boolean) {
 train((await db.collection("users").get()).docs.map((d) => d.data())); // never
 train((await db.collection("users").where("may_train", "==", false).get()).docs.map((d) => d.data())); // never
 train((await db.collection("users").where("may_train", "!=", true).get()).docs.map((d) => d.data())); // never
 train((await db.collection("users").where("active", "==", true).get()).docs.map((d) => d.data())); // never
 train((await db.collection("users").where(Filter.or(Filter.where("may_train", "==", true), Filter.where("active", "==", true))).get()).docs.map((d) => d.data())); // never
 train((await db.collection("chats").where("may_train", "==", true).get()).docs.map((d) => d.data())); // never
 train((await db.collection("users").where("may_train", "==", all).get()).docs.map((d) => d.data())); // never
 const some = db.collection("users"); some.where("may_train", "==", true);
 train((await some.get()).docs.map((d) => d.data())); // never
}`,
  ],
  [
    "Firestore's web library",
    `${FIREBASE}export async function f() {
 train((await getDocs(query(users, where("may_train", "==", true), limit(3)))).docs.map((d) => d.data())); // ok
 train((await getDocs(query(users, and(where("may_train", "==", true), where("id", ">", 3))))).docs.map((d) => d.data())); // ok
 train((await getDocs(query(query(users, where("may_train", "==", true)), limit(3)))).docs.map((d) => d.data())); // ok
}
export async function g() {
 train((await getDocs(users)).docs.map((d) => d.data())); // never
 train((await getDocs(query(users, where("may_train", "==", false)))).docs.map((d) => d.data())); // never
 train((await getDocs(query(users, where("may_train", "!=", true)))).docs.map((d) => d.data())); // never
 train((await getDocs(query(users, or(where("may_train", "==", true), where("active", "==", true))))).docs.map((d) => d.data())); // never
 train((await getDocs(query(collection(db, "chats"), where("may_train", "==", true)))).docs.map((d) => d.data())); // never
}`,
  ],
];

describe("consents in columns of entities and documents", () => {
  it.each(cases)("%s", (_, code) => {
    expect(gatesOf(code, kept)).toEqual(expectedIn(code));
  });
});
