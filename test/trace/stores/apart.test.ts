/** Jobs by their names, lists of Redis, streams of objects, rows in bulk, changes as they happen. */
import { writtenAndRead } from "./written-and-read.js";

writtenAndRead(
  "bull name case",
  {
    "write.ts": `import { Queue } from "bullmq";
const queue = new Queue("jobs");
const user = loadUser();
await queue.add("a", { text: user.prompt, kind: "x" });
await queue.add("b", { text: user.name });`,
  },
  `import { Worker } from "bullmq";
new Worker("jobs", async (job) => {
  switch (job.name) {
    case "a":
      train(job.data.text); //! user.prompt
      break;
    case "b":
      train(job.data.text); //! user.name
      break;
    case "c":
      train(job.data.text); //! none
      break;
  }
});`,
);

writtenAndRead(
  "bull name table",
  {
    "write.ts": `import { Queue } from "bullmq";
const queue = new Queue("jobs");
const user = loadUser();
await queue.add("a", { text: user.prompt });
await queue.add("b", { text: user.name });`,
  },
  `import { Worker } from "bullmq";
const handlers: Record<string, (data: any) => void> = {
  a: (data) => {
    train(data.text); //! user.prompt
  },
  b: (data) => {
    train(data.text); //! user.name
  },
};
new Worker("jobs", async (job) => handlers[job.name](job.data));`,
);

writtenAndRead(
  "redis lists apart",
  {
    "write.ts": `import Redis from "ioredis";
const redis = new Redis();
const user = loadUser();
await redis.lpush("prompts", user.prompt);
await redis.rpush("names", JSON.stringify({ name: user.name, kind: "x" }));`,
  },
  `import Redis from "ioredis";
const redis = new Redis();
train(await redis.lrange("prompts", 0, -1)); //! user.prompt
const names = (await redis.lrange("names", 0, -1)).map((x) => JSON.parse(x));
train(names[0].name); //! user.name
train(names[0].kind); //! none
train(await redis.llen("names")); //! none
const popped = await redis.lpop("names");
if (popped) train(JSON.parse(popped).kind); //! none`,
);

writtenAndRead(
  "redis list json node",
  {
    "write.ts": `import { createClient } from "redis";
const client = createClient();
const user = loadUser();
await client.lPush("q", JSON.stringify({ prompt: user.prompt, at: Date.now() }));
await client.lPush("q", [JSON.stringify({ name: user.name })]);`,
  },
  `import { createClient } from "redis";
const client = createClient();
const items = await client.lRange("q", 0, -1);
for (const item of items) {
  const row = JSON.parse(item);
  train(row.prompt); //! user.prompt
  train(row.at); //! none
  train(row.name); //! user.name
}
const b = await client.blPop("q", 0);
train(JSON.parse(b!.element).at); //! none`,
);

writtenAndRead(
  "redis multi list",
  {
    "write.ts": `import Redis from "ioredis";
const redis = new Redis();
const user = loadUser();
await redis.multi().rpush("a", JSON.stringify({ p: user.prompt, k: 1 })).ltrim("a", 0, 99).set("b", user.name).exec();`,
  },
  `import Redis from "ioredis";
const redis = new Redis();
const results = await redis.pipeline().lrange("a", 0, -1).get("b").exec();
const [[, list], [, b]] = results as any;
train(list.map((x: string) => JSON.parse(x).p)); //! user.prompt
train(list.map((x: string) => JSON.parse(x).k)); //! none
train(b); //! user.name`,
);

writtenAndRead(
  "pipeline object transform",
  {
    "write.ts": `import { pipeline } from "node:stream/promises";
import { Readable, Transform } from "node:stream";
import { createWriteStream } from "node:fs";
const user = loadUser();
const slim = new Transform({
  objectMode: true,
  transform(row, _enc, cb) {
    cb(null, JSON.stringify({ prompt: row.prompt, n: row.name.length }) + "\\n");
  },
});
await pipeline(Readable.from([{ prompt: user.prompt, name: user.name, email: user.email }]), slim, createWriteStream("out.jsonl"));`,
  },
  `import { readFile } from "node:fs/promises";
const lines = (await readFile("out.jsonl", "utf8")).trim().split("\\n");
for (const line of lines) {
  const row = JSON.parse(line);
  train(row.prompt); //! user.prompt
  train(row.n); //! none
  train(row.email); //! none
}
train(lines); //! user.prompt`,
);

writtenAndRead(
  "pipeline class transform",
  {},
  `import { pipeline } from "node:stream";
import { Readable, Transform, type TransformCallback } from "node:stream";
class Redact extends Transform {
  constructor() {
    super({ objectMode: true });
  }
  _transform(row: any, _enc: BufferEncoding, cb: TransformCallback) {
    const { email, ...rest } = row;
    cb(null, rest);
  }
}
const user = loadUser();
const redact = new Redact();
pipeline(Readable.from([{ prompt: user.prompt, email: user.email }]), redact, (err) => {});
redact.on("data", (row) => {
  train(row.prompt); //! user.prompt
  train(row.email); //! none
  train(row); //! user.prompt
});`,
);

writtenAndRead(
  "mysql2 bulk",
  {
    "write.ts": `import mysql from "mysql2/promise";
const pool = mysql.createPool({});
const user = loadUser();
const rows = [[user.prompt, "x", user.name.length]];
await pool.query("INSERT INTO logs (prompt, kind, len) VALUES ?", [rows]);`,
  },
  `import mysql from "mysql2/promise";
const pool = mysql.createPool({});
const [rows] = await pool.query<any[]>("SELECT prompt, kind, len FROM logs");
train(rows[0].prompt); //! user.prompt
train(rows[0].kind); //! none
train(rows[0].len); //! none`,
);

writtenAndRead(
  "mysql2 bulk map",
  {
    "write.ts": `import mysql from "mysql2/promise";
const pool = mysql.createPool({});
const users = [loadUser()];
await pool.query("INSERT INTO logs (prompt, kind) VALUES ?", [users.map((u) => [u.prompt, "x"])]);`,
  },
  `import mysql from "mysql2/promise";
const pool = mysql.createPool({});
const [rows] = await pool.execute<any[]>("SELECT * FROM logs WHERE id > ?", [3]);
for (const row of rows) {
  train(row.prompt); //! user.prompt
  train(row.kind); //! none
}`,
);

writtenAndRead(
  "mysql2 set",
  {
    "write.ts": `import mysql from "mysql2";
const connection = mysql.createConnection({});
const user = loadUser();
connection.query("INSERT INTO logs SET ?", { prompt: user.prompt, kind: "x" }, (err, result) => {});
connection.query("UPDATE people SET ? WHERE id = ?", [{ name: user.name, role: "a" }, 1]);`,
  },
  `import mysql from "mysql2";
const connection = mysql.createConnection({});
connection.query("SELECT prompt, kind FROM logs", (err, rows: any) => {
  train(rows[0].prompt); //! user.prompt
  train(rows[0].kind); //! none
});
connection.promise().query("SELECT name, role FROM people").then(([rows]: any) => {
  train(rows[0].name); //! user.name
  train(rows[0].role); //! none
});`,
);

writtenAndRead(
  "mongo watch",
  {
    "write.ts": `import { MongoClient } from "mongodb";
const db = new MongoClient("x").db("a");
const user = loadUser();
await db.collection("logs").insertOne({ prompt: user.prompt, kind: "x" });`,
  },
  `import { MongoClient } from "mongodb";
const db = new MongoClient("x").db("a");
const stream = db.collection("logs").watch([], { fullDocument: "updateLookup" });
for await (const change of stream) {
  if (change.operationType !== "insert") continue;
  train(change.fullDocument.prompt); //! user.prompt
  train(change.fullDocument.kind); //! none
}`,
);

writtenAndRead(
  "mongoose watch",
  {
    "write.ts": `import { Log } from "./model.js";
const user = loadUser();
await Log.create({ prompt: user.prompt, kind: "x" });`,
    "model.ts": `import mongoose from "mongoose";
export const Log = mongoose.model("Log", new mongoose.Schema({ prompt: String, kind: String }));`,
  },
  `import { Log } from "./model.js";
Log.watch([{ $match: { operationType: "insert" } }]).on("change", (change) => {
  train(change.fullDocument.prompt); //! user.prompt
  train(change.fullDocument.kind); //! none
  train(change.operationType); //! none
});`,
);

writtenAndRead(
  "drain param",
  {
    "save.ts": `import fs from "node:fs";
import { once } from "node:events";
export async function save(path: string, rows: AsyncIterable<string> | string[]) {
  const ws = fs.createWriteStream(path, { flags: "a" });
  for await (const chunk of rows) {
    if (!ws.write(chunk)) await once(ws, "drain");
  }
  ws.end();
  await once(ws, "finish");
}`,
    "write.ts": `import { save } from "./save.js";
const u = loadUser();
await save("/data/a.jsonl", [JSON.stringify({ p: u.prompt, k: 1 }) + "\\n"]);`,
  },
  `import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
async function* lines(path: string) {
  const rl = createInterface({ input: createReadStream(path, { encoding: "utf8" }), crlfDelay: Infinity });
  for await (const line of rl) if (line.trim()) yield JSON.parse(line);
}
for await (const row of lines("/data/a.jsonl")) {
  train(row.p); //! user.prompt
  train(row.k); //! none
}`,
);

writtenAndRead(
  "drain promise",
  {
    "save.ts": `import fs from "node:fs";
import { once } from "node:events";
import { finished } from "node:stream/promises";
async function* rows() {
  const u = loadUser();
  yield \`\${u.prompt}\\n\`;
}
export async function exportRows() {
  const ws = fs.createWriteStream("exp.txt");
  try {
    for await (const chunk of rows()) {
      if (!ws.write(chunk)) {
        await new Promise<void>((resolve) => ws.once("drain", resolve));
      }
    }
  } finally {
    ws.end();
  }
  await finished(ws);
}`,
  },
  `import fs from "node:fs";
import readline from "node:readline";
import { once } from "node:events";
export async function load() {
  const rl = readline.createInterface({ input: fs.createReadStream("exp.txt") });
  const out: string[] = [];
  rl.on("line", (line) => out.push(line));
  await once(rl, "close");
  train(out); //! user.prompt
  train(out.length); //! none
}`,
);
