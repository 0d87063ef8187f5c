import { check } from "./check.js";

check(
  "files are told apart by their paths",
  `import fs, { readFileSync, writeFileSync } from "node:fs";
import { appendFile, readFile } from "node:fs/promises";
import path from "node:path";
const u = loadUser();
writeFileSync("out/a.json", JSON.stringify({ id: u.id, email: u.email }));
train(JSON.parse(readFileSync("./out/a.json", "utf8")).id); //! user.id
train(readFileSync(path.join("out", "b.json"), "utf8")); //! none
fs.appendFileSync(path.join("out", "rows.jsonl"), JSON.stringify({ name: u.name, age: u.age }) + "\\n");
train(fs.readFileSync("out/rows.jsonl", "utf8").split("\\n").filter(Boolean).map((l) => JSON.parse(l).name)); //! user.name
void (async () => {
  await appendFile("log.txt", u.prompt);
  train(await readFile("log.txt", "utf8")); //! user.prompt
  train((await fs.promises.readFile("log.txt")).toString()); //! user.prompt
})();
fs.writeFile("cb.txt", u.email, () => fs.readFile("cb.txt", "utf8", (_e, text) => train(text))); //! user.email
fs.copyFileSync("cb.txt", "copy.txt");
train(fs.readFileSync("copy.txt").toString("utf8")); //! user.email
train(fs.existsSync("cb.txt")); //! none
`,
);

check(
  "streams",
  `import fs from "node:fs";
import { Readable, Transform, PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
import readline from "node:readline";
import { createGzip, gzipSync, gunzipSync } from "node:zlib";
const u = loadUser();
const out = fs.createWriteStream("s.jsonl");
out.write(JSON.stringify({ id: u.id, email: u.email }) + "\\n");
out.end();
void (async () => {
  for await (const line of readline.createInterface({ input: fs.createReadStream("s.jsonl") })) train(JSON.parse(line).id); //! user.id
  for await (const c of Readable.from([u.name])) train(c); //! user.name
  const upper = new Transform({ transform(chunk, _enc, cb) { cb(null, String(chunk).toUpperCase()); } });
  upper.on("data", (d) => train(d)); //! user.prompt
  await pipeline(Readable.from([u.prompt]), upper, new PassThrough());
  const drop = new Transform({ transform(chunk, _enc, cb) { cb(null, String(chunk.length)); } });
  drop.on("data", (d) => train(d)); //! none
  Readable.from([u.prompt]).pipe(drop);
  await pipeline(Readable.from([u.email]), createGzip(), fs.createWriteStream("z.gz"));
  train(fs.readFileSync("z.gz")); //! user.email
  train(gunzipSync(gzipSync(u.name)).toString()); //! user.name
  await pipeline(async function* () { yield u.age; }, async function* (src: AsyncIterable<number>) { for await (const x of src) yield x; }, async (src: AsyncIterable<number>) => { for await (const x of src) train(x); }); //! user.age
})();
class Lines extends Transform { override _transform(chunk: unknown, _e: string, cb: () => void) { this.push(chunk); cb(); } }
const lines = new Lines();
lines.on("data", (d) => train(d)); //! user.id
lines.write(u.id);
`,
);

check(
  "addresses, forms, headers",
  `const u = loadUser();
const p = new URLSearchParams({ q: u.prompt, page: "1" });
train(p.get("q")); //! user.prompt
train(p.get("page")); //! none
train(p.toString()); //! user.prompt
train(new URLSearchParams(p.toString()).get("page")); //! none
train(new URLSearchParams(p.toString()).get("q")); //! user.prompt
const url = new URL("https://x.test/a?b=c");
url.searchParams.set("mail", u.email);
train(url.href); //! user.email
train(url.pathname); //! none
train(String(url)); //! user.email
train(url.searchParams.get("b")); //! none
train(new URL("/u/" + u.id, "https://x.test").pathname); //! user.id
const form = new FormData();
form.append("name", u.name);
form.append("n", "1");
train(form.get("name")); //! user.name
train(form.get("n")); //! none
train(Object.fromEntries(form)); //! user.name
const h = new Headers({ "X-User": u.id });
train(h.get("x-user")); //! user.id
train(h.get("accept")); //! none
train([...p.keys()]); //! none
p.delete("q");
train(p.toString()); //! none
`,
);

check(
  "requests leave the program, responses made here come back",
  `const u = loadUser();
void (async () => {
  const r = await fetch("https://x.test", { method: "POST", body: JSON.stringify(u) });
  train(await r.json()); //! none
  train(r.ok, r.status); //! none
  train((await new Response(JSON.stringify({ id: u.id, email: u.email })).json()).id); //! user.id
  train(await new Response(u.name).text()); //! user.name
  train(await Response.json({ name: u.name }).json()); //! user.name
  const q = new Request("https://x.test", { method: "POST", body: JSON.stringify({ id: u.id, email: u.email }) });
  train((await q.json()).email); //! user.email
})();
`,
);

check(
  "utilities",
  `import util from "node:util";
import path from "node:path";
import os from "node:os";
import { createHash, randomUUID } from "node:crypto";
const u = loadUser();
train(util.inspect({ e: u.email })); //! user.email
train(util.format("%s", u.name)); //! user.name
train(path.join("/a", u.id)); //! user.id
train(path.basename(u.prompt)); //! user.prompt
train(os.hostname(), os.tmpdir()); //! none
train(randomUUID()); //! none
train(createHash("sha256").update(u.email).digest("hex")); //! user.email
train(createHash("sha256").update("x").digest("hex")); //! none
train(console.log(u.email)); //! none
train(process.env.HOME, process.argv); //! none
train(util.isDeepStrictEqual(u.id, u.name)); //! none
`,
);

check(
  "assertions keep what they are given in their error only",
  `import assert from "node:assert";
import { strictEqual, AssertionError } from "node:assert/strict";
const u = loadUser();
try { assert.strictEqual(u.id, "x"); } catch (e) {
  train((e as AssertionError).actual); //! user.id
  train((e as AssertionError).expected); //! none
  train((e as Error).message); //! user.id
}
try { strictEqual(u.id, "x", "differs"); } catch (e) { train((e as Error).message); } //! none
try { assert(u.name, new Error(u.email)); } catch (e) { train((e as Error).message); } //! user.email
train(assert.ok(u.prompt)); //! none
let ran = "";
assert.throws(() => { ran = u.name; throw new Error("x"); });
train(ran); //! user.name
`,
);

check(
  "diagnostics channels by name",
  `import dc from "node:diagnostics_channel";
const u = loadUser();
const got: unknown[] = [], others: unknown[] = [];
dc.channel("signup").subscribe((message) => got.push((message as { who: string }).who));
dc.subscribe("other", (message) => others.push(message));
dc.channel("signup").publish({ who: u.name, x: u.id });
train(got); //! user.name
train(others); //! none
dc.channel("other").publish(u.email);
train(others); //! user.email
`,
);

check(
  "a stream of a library without a model gives what it makes of what is piped into it, to each pipe its own",
  `import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import csv from "some-csv-reader";
const u = loadUser();
const rows: any[] = [];
Readable.from(u.prompt).pipe(csv({ headers: false })).on("data", (row) => rows.push(row)).on("error", (e) => train(e.size));
train(rows[0]["0"]); //! user.prompt
train(rows.length); //! none
Readable.from("a;b").pipe(csv()).on("data", (row) => train(row)); //! none
void (async () => {
  for await (const row of Readable.from(u.email).pipe(csv())) train(row.name); //! user.email
  const source = new Readable({ read() {} });
  const late = source.pipe(csv());
  source.push(u.id);
  late.on("data", (row) => train(row.id)); //! user.id
  await pipeline(Readable.from(u.name), csv(), async function* (parsed: any) { for await (const row of parsed) train(row); }); //! user.name
})();
`,
);
