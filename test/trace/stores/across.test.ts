/**
 * Every connector: one package writes a row, another reads it. A column that is read flows, one beside it does not, and what is counted is
 * none. The table is the list of what is followed: a connector of the manifest, or a library with places of its own, has its row here.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CONNECTORS } from "../../../src/manifest/connectors.js";
import { annotated } from "../program.js";

/** `db`: what both packages share. `write` has `row`; `read` tells a column with the field, one without, and a count. */
interface Case {
  readonly db: string;
  readonly write: string;
  readonly read: string;
  readonly schema?: string;
}

const json = (text: string): string => `JSON.parse(String(${text}))`;

const DECORATED = `export class Account { @PrimaryColumn() id!: string; @Column() email!: string; @Column() name!: string; @Column() kind!: string }`;

const SQL = (query: string, rows: (call: string) => string): Pick<Case, "write" | "read"> => ({
  write: `await ${query}("INSERT INTO accounts (email, kind, name) VALUES ($1, $2, $3)", [row.email, row.kind, row.name]);`,
  read: `const rows: any = ${rows(`await ${query}("SELECT email, kind FROM accounts")`)};
one(rows[0].email); other(rows[0].kind);
const counted: any = ${rows(`await ${query}("SELECT count(name) AS n FROM accounts")`)};
many(counted[0].n);`,
});

const BLOB = (get: string): string => `const row = ${json(`await ${get}`)}; one(row.email); other(row.kind); many(row.email.length);`;

const WORK = (start: string, data: string): string =>
  start.replace("WORK", `const row: any = ${data}; one(row.email); other(row.kind); many(row.email.length);`);

const CASES: Readonly<Record<string, Case>> = {
  prisma: {
    db: `import { PrismaClient } from "@prisma/client";\nexport const db = new PrismaClient();`,
    write: `await db.account.create({ data: row });`,
    read: `const found = await db.account.findFirst({ select: { email: true, kind: true } });
one(found!.email); other(found!.kind); many(await db.account.count());`,
    schema: `model Account {\n  id Int @id\n  email String\n  kind String\n  name String\n}\n`,
  },
  drizzle: {
    db: `import { drizzle } from "drizzle-orm/node-postgres";\nimport { pgTable, text } from "drizzle-orm/pg-core";
export const accounts = pgTable("accounts", { email: text("email"), kind: text("kind"), name: text("name") });\nexport const db = drizzle("url");`,
    write: `await db.insert(accounts).values(row);`,
    read: `const rows = await db.select({ email: accounts.email, kind: accounts.kind }).from(accounts);
one(rows[0].email); other(rows[0].kind); many(await db.$count(accounts));`,
  },
  kysely: {
    db: `import { Kysely } from "kysely";\nexport const db = new Kysely<any>({} as any);`,
    write: `await db.insertInto("accounts").values(row).execute();`,
    read: `const rows = await db.selectFrom("accounts").select(["email", "kind"]).execute();
one(rows[0].email); other(rows[0].kind);
const counted = await db.selectFrom("accounts").select((eb) => eb.fn.count("name").as("n")).executeTakeFirst(); many(counted!.n);`,
  },
  knex: {
    db: `import knex from "knex";\nexport const db = knex({ client: "pg" });`,
    write: `await db("accounts").insert(row);`,
    read: `one(await db("accounts").pluck("email")); other(await db("accounts").select("kind")); many(await db("accounts").count("name as n").first());`,
  },
  typeorm: {
    db: `import { Column, DataSource, Entity, PrimaryColumn } from "typeorm";\n@Entity("accounts") ${DECORATED}\nexport const db = new DataSource({ type: "postgres" });`,
    write: `await db.getRepository(Account).save(row);`,
    read: `const rows = await db.getRepository(Account).find(); one(rows[0].email); other(rows[0].kind);
many(await db.getRepository(Account).createQueryBuilder("a").select("COUNT(a.name)", "n").getRawOne());`,
  },
  sequelize: {
    db: `import { DataTypes, Sequelize } from "sequelize";\nexport const db = new Sequelize("sqlite::memory:");
export const Account: any = db.define("Account", { email: DataTypes.STRING, kind: DataTypes.STRING, name: DataTypes.STRING });`,
    write: `await Account.create(row);`,
    read: `const rows = await Account.findAll(); one(rows[0].email); other(rows[0].kind); many(await Account.count({ col: "name" }));`,
  },
  mikroorm: {
    db: `import { Entity as Entities, MikroORM, PrimaryKey as PrimaryColumn, Property as Column } from "@mikro-orm/core";\n@Entities() ${DECORATED}\nexport const db = () => MikroORM.init({});`,
    write: `await (await db()).em.insert(Account, row);`,
    read: `const { em } = await db(); const rows = await em.find(Account, {}); one(rows[0].email); other(rows[0].kind); many(await em.count(Account, { name: "x" }));`,
  },
  mongoose: {
    db: `import mongoose from "mongoose";\nexport const Account = mongoose.model("Account", new mongoose.Schema({ email: String, kind: String, name: String }));\nexport const db = mongoose;`,
    write: `await Account.create(row);`,
    read: `const found = await Account.findOne({}).lean(); one(found!.email); other(found!.kind); many(await Account.countDocuments({ name: "x" }));`,
  },
  mongodb: {
    db: `import { MongoClient } from "mongodb";\nexport const db = new MongoClient("url").db("app");`,
    write: `await db.collection("accounts").insertOne(row);`,
    read: `const found = await db.collection("accounts").findOne({}); one(found!.email); other(found!.kind); many(await db.collection("accounts").countDocuments());`,
  },
  firestore: {
    db: `import { getFirestore } from "firebase-admin/firestore";\nexport const db = getFirestore();`,
    write: `await db.collection("accounts").add(row);`,
    read: `const found = await db.collection("accounts").get(); one(found.docs[0].data().email); other(found.docs[0].data().kind);
many((await db.collection("accounts").count().get()).data().count);`,
  },
  "sql: pg": { db: `import { Pool } from "pg";\nexport const db = new Pool();`, ...SQL("db.query", (call) => `(${call}).rows`) },
  "sql: mysql2": {
    db: `import mysql from "mysql2/promise";\nexport const db = mysql.createPool({});`,
    ...SQL("db.execute", (call) => `(${call})[0]`),
  },
  "sql: better-sqlite3": {
    db: `import Database from "better-sqlite3";\nexport const db = new Database("app.db");`,
    write: `db.prepare("INSERT INTO accounts (email, kind, name) VALUES (?, ?, ?)").run(row.email, row.kind, row.name);`,
    read: `const found: any = db.prepare("SELECT email, kind FROM accounts").get(); one(found.email); other(found.kind);
many(db.prepare("SELECT count(name) AS n FROM accounts").get());`,
  },
  "sql: node:sqlite": {
    db: `import { DatabaseSync } from "node:sqlite";\nexport const db = new DatabaseSync("app.db");`,
    write: `db.prepare("INSERT INTO accounts (email, kind, name) VALUES (?, ?, ?)").run(row.email, row.kind, row.name);`,
    read: `const rows: any = db.prepare("SELECT email, kind FROM accounts").all(); one(rows[0].email); other(rows[0].kind);
many(db.prepare("SELECT count(name) AS n FROM accounts").get());`,
  },
  "sql: PGlite": {
    db: `import { PGlite } from "@electric-sql/pglite";\nexport const db = () => PGlite.create();`,
    ...SQL("(await db()).query", (call) => `(${call}).rows`),
  },
  "sql: postgres": {
    db: `import postgres from "postgres";\nexport const db = postgres("url");`,
    write: "await db`INSERT INTO accounts ${db(row)}`;",
    read: "const rows = await db`SELECT email, kind FROM accounts`; one(rows[0].email); other(rows[0].kind); many((await db`SELECT count(name) AS n FROM accounts`)[0].n);",
  },
  "sql: slonik": {
    db: `import { createPool, sql } from "slonik";\nexport const db = createPool("url");\nexport { sql };`,
    write:
      "const s: any = sql; const pool: any = await db; await pool.query(s.unsafe`INSERT INTO accounts (email, kind, name) VALUES (${row.email}, ${row.kind}, ${row.name})`);",
    read: "const s: any = sql; const pool: any = await db; const rows = await pool.any(s.unsafe`SELECT email, kind FROM accounts`); one(rows[0].email); other(rows[0].kind); many(await pool.oneFirst(s.unsafe`SELECT count(name) AS n FROM accounts`));",
  },
  supabase: {
    db: `import { createClient } from "@supabase/supabase-js";\nexport const db = createClient("url", "key");`,
    write: `await db.from("accounts").insert(row);`,
    read: `const { data } = await db.from("accounts").select("email, kind").single(); one(data!.email); other(data!.kind);
many((await db.from("accounts").select("name", { count: "exact", head: true })).count);`,
  },
  clickhouse: {
    db: `import { createClient } from "@clickhouse/client";\nexport const db = createClient({ url: "x" });`,
    write: `await db.insert({ table: "accounts", values: [row], format: "JSONEachRow" });`,
    read: `const rows: any = await (await db.query({ query: "SELECT email, kind, count() AS n FROM accounts", format: "JSONEachRow" })).json();
one(rows[0].email); other(rows[0].kind); many(rows[0].n);`,
  },
  redis: {
    db: `import Redis from "ioredis";\nexport const db = new Redis("url");`,
    write: `await db.hset("account:1", { email: row.email, kind: row.kind }); await db.incr("accounts");`,
    read: `one(await db.hget("account:1", "email")); other(await db.hget("account:1", "kind")); many(await db.get("accounts"));`,
  },
  bullmq: {
    db: `import { Queue, Worker } from "bullmq";\nexport const db = new Queue("accounts");\nexport { Worker };`,
    write: `await db.add("new", row);`,
    read: WORK(`new Worker("accounts", async (job: any) => { WORK });`, "job.data"),
  },
  bull: {
    db: `import Queue from "bull";\nexport const db = new Queue("accounts");`,
    write: `await db.add(row);`,
    read: WORK(`db.process(async (job: any) => { WORK });`, "job.data"),
  },
  "bee-queue": {
    db: `import Queue from "bee-queue";\nexport const db = new Queue("accounts");`,
    write: `await db.createJob(row).save();`,
    read: WORK(`db.process(async (job: any) => { WORK });`, "job.data"),
  },
  "graphile-worker": {
    db: `import { makeWorkerUtils, run } from "graphile-worker";\nexport const db = () => makeWorkerUtils({});\nexport { run };`,
    write: `await (await db()).addJob("accounts", row);`,
    read: WORK(`await run({ taskList: { accounts: async (payload: any) => { WORK } } });`, "payload"),
  },
  "pg-boss": {
    db: `import PgBoss from "pg-boss";\nexport const db = new PgBoss("url");`,
    write: `await db.send("accounts", row);`,
    read: WORK(`await db.work("accounts", async (jobs: any) => { for (const job of jobs) { WORK } });`, "job.data"),
  },
  agenda: {
    db: `import { Agenda } from "agenda";\nexport const db = new Agenda();`,
    write: `await db.now("accounts", row);`,
    read: WORK(`db.define("accounts", async (job: any) => { WORK });`, "job.attrs.data"),
  },
  kafkajs: {
    db: `import { Kafka } from "kafkajs";\nexport const db = new Kafka({ brokers: [] });`,
    write: `await db.producer().send({ topic: "accounts", messages: [{ value: JSON.stringify(row) }] });`,
    read: WORK(
      `const consumer = db.consumer({ groupId: "a" }); await consumer.subscribe({ topic: "accounts" }); await consumer.run({ eachMessage: async ({ message }: any) => { WORK } });`,
      json("message.value"),
    ),
  },
  amqplib: {
    db: `import amqp from "amqplib";\nexport const db = async () => (await amqp.connect("url")).createChannel();`,
    write: `(await db()).sendToQueue("accounts", Buffer.from(JSON.stringify(row)));`,
    read: WORK(`await (await db()).consume("accounts", (message: any) => { WORK });`, json("message.content")),
  },
  nats: {
    db: `import { connect, JSONCodec } from "nats";\nexport const db = () => connect({});\nexport const codec = JSONCodec();`,
    write: `(await db()).publish("accounts", codec.encode(row));`,
    read: WORK(`for await (const message of (await db()).subscribe("accounts")) { WORK }`, "codec.decode(message.data)"),
  },
  "aws-messages": {
    db: `import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";\nexport const db = new SQSClient({});\nexport { ReceiveMessageCommand, SendMessageCommand };`,
    write: `await db.send(new SendMessageCommand({ QueueUrl: "accounts", MessageBody: JSON.stringify(row) }));`,
    read: WORK(
      `const got = await db.send(new ReceiveMessageCommand({ QueueUrl: "accounts" })); for (const message of got.Messages!) { WORK }`,
      json("message.Body"),
    ),
  },
  "sqs-consumer": {
    db: `import { Consumer } from "sqs-consumer";\nimport { Producer } from "sqs-producer";\nexport const db = Producer.create({ queueUrl: "accounts" });\nexport { Consumer };`,
    write: `await db.send({ id: "1", body: JSON.stringify(row) });`,
    read: WORK(`Consumer.create({ queueUrl: "accounts", handleMessage: async (message: any) => { WORK } }).start();`, json("message.Body")),
  },
  pubsub: {
    db: `import { PubSub } from "@google-cloud/pubsub";\nexport const db = new PubSub();`,
    write: `await db.topic("accounts").publishMessage({ json: row });`,
    read: WORK(`db.subscription("accounts").on("message", (message: any) => { WORK });`, json("message.data")),
  },
  s3: {
    db: `import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";\nexport const db = new S3Client({});\nexport { GetObjectCommand, PutObjectCommand };`,
    write: `await db.send(new PutObjectCommand({ Bucket: "b", Key: "account.json", Body: JSON.stringify(row) }));`,
    read: BLOB(`(await db.send(new GetObjectCommand({ Bucket: "b", Key: "account.json" }))).Body!.transformToString()`),
  },
  "s3: Google Cloud Storage": {
    db: `import { Storage } from "@google-cloud/storage";\nexport const db = new Storage().bucket("b");`,
    write: `await db.file("account.json").save(JSON.stringify(row));`,
    read: BLOB(`(await db.file("account.json").download())[0]`),
  },
  "s3: Azure": {
    db: `import { ContainerClient } from "@azure/storage-blob";\nexport const db = new ContainerClient("url");`,
    write: `const text = JSON.stringify(row); await db.getBlockBlobClient("account.json").upload(text, text.length);`,
    read: BLOB(`db.getBlobClient("account.json").downloadToBuffer()`),
  },
  "s3: MinIO": {
    db: `import { Client } from "minio";\nexport const db = new Client({});`,
    write: `await db.putObject("b", "account.json", JSON.stringify(row));`,
    read: `const chunks: any[] = []; for await (const chunk of await db.getObject("b", "account.json")) chunks.push(chunk);\n${BLOB(`Buffer.concat(chunks)`)}`,
  },
  file: {
    db: `import * as fs from "node:fs";\nexport const db = fs;\nexport const FILE = "/data/account.json";`,
    write: `db.writeFileSync(FILE, JSON.stringify(row));`,
    read: BLOB(`db.readFileSync(FILE, "utf8")`),
  },
  storage: {
    db: `export const db = localStorage;`,
    write: `db.setItem("account", JSON.stringify(row));`,
    read: BLOB(`db.getItem("account")`),
  },
  "js-cookie": {
    db: `import Cookies from "js-cookie";\nexport const db = Cookies;`,
    write: `db.set("account", JSON.stringify(row));`,
    read: BLOB(`db.get("account")`),
  },
};

/**
 * Those whose tests are of requests or of one page: what is written in one answer is read in the next request. And those from whose places
 * no program reads, but the library itself when it is given a name: see `models/references.test.ts`.
 */
const ELSEWHERE = [
  "cookies-next",
  "remix-sessions",
  "universal-cookie",
  "bedrock",
  "huggingface-hub",
  "langfuse",
  "langfuse-tracing",
  "langsmith",
  "together-ai",
];

const MAIN = `import { write } from "@acme/writer";
import { read } from "@acme/reader";
const user = loadUser();
void write({ email: user.email, kind: "k", name: user.name });
void read((v: unknown) => {
  train(v); //! user.email
}, (v: unknown) => {
  train(v); //! none
}, (v: unknown) => {
  train(v); //! none
});`;

describe("one package writes, another reads", () => {
  it.each(Object.entries(CASES))("%s", (_name, { db, write, read, schema }) => {
    const exported = [...db.matchAll(/export (?:const|class|\{) ?([\w, ]+)/g), ...db.matchAll(/\) (?:export )?class (\w+)/g)].flatMap(
      ([, names]) => names!.split(",").map((name) => name.trim()),
    );
    const shared = `import { ${[...new Set(exported)].filter((name) => name !== "").join(", ")} } from "@acme/db";\n`;
    const { found, expected } = annotated(MAIN, {
      packages: { "@acme/db": "db.ts", "@acme/writer": "writer.ts", "@acme/reader": "reader.ts" },
      files: {
        "db.ts": db,
        "writer.ts": `${shared}export async function write(row: any) {\n${write}\n}\n`,
        "reader.ts": `${shared}type Told = (v: unknown) => void;\nexport async function read(one: Told, other: Told, many: Told) {\n${read}\n}\n`,
      },
      ...(schema !== undefined && { assets: { "schema.prisma": schema } }),
    });
    expect(found).toEqual(expected);
  });
});

describe("the table", () => {
  const has = (connector: string): boolean => Object.keys(CASES).some((name) => name === connector || name.startsWith(`${connector}: `));

  it("has every connector of the manifest", () => {
    expect(Object.keys(CONNECTORS).filter((name) => !has(name))).toEqual([]);
  });

  it("has every library whose model has places", () => {
    const models = readdirSync("models").filter((file) => /\bplace \w/.test(readFileSync(`models/${file}`, "utf8")));
    expect(models.map((file) => file.replace(".yaml", "")).filter((name) => !has(name) && !ELSEWHERE.includes(name))).toEqual([]);
  });
});
