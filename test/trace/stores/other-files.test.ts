/** Files beyond Node's own library: fs-extra, Bun, Deno. */
import { writtenAndRead } from "./written-and-read.js";

writtenAndRead(
  "fs extra json",
  {
    "write.ts": `import fse from "fs-extra";
const user = loadUser();
await fse.outputJson("data/a.json", { prompt: user.prompt, kind: "chat" });
await fse.writeJson("data/b.json", { name: user.name, kind: "chat" }, { spaces: 2 });
fse.outputJsonSync("data/c.json", { email: user.email });
fse.writeJSONSync("data/d.json", { id: user.id });`,
  },
  `import fse from "fs-extra";
const a = await fse.readJson("data/a.json");
train(a.prompt); //! user.prompt
train(a.kind); //! none
train(a.prompt.length); //! none
const b = fse.readJsonSync("data/b.json");
train(b.name); //! user.name
train(fse.readJSONSync("data/c.json").email); //! user.email
train(await fse.readJSON("data/d.json")); //! user.id`,
);

writtenAndRead(
  "fs extra files",
  {
    "write.ts": `import { outputFile, ensureFile, ensureDir, move, copy, writeFile, appendFile, copySync, moveSync, outputFileSync } from "fs-extra";
const user = loadUser();
await ensureDir("data");
await ensureFile("data/log.txt");
await appendFile("data/log.txt", user.prompt);
await outputFile("data/n.txt", user.name);
await move("data/n.txt", "data/moved.txt");
await copy("data/log.txt", "data/copy.txt", { overwrite: true });
outputFileSync("data/e.txt", user.email);
copySync("data/e.txt", "data/e2.txt");
await writeFile("data/other.txt", "x");`,
  },
  `import * as fs from "fs-extra";
train(await fs.readFile("data/log.txt", "utf8")); //! user.prompt
train(await fs.readFile("data/moved.txt", "utf8")); //! user.name
train(await fs.readFile("data/copy.txt", "utf8")); //! user.prompt
train(fs.readFileSync("data/e2.txt", "utf8")); //! user.email
train(fs.readFileSync("data/other.txt", "utf8")); //! none
if (await fs.pathExists("data/log.txt")) train((await fs.stat("data/log.txt")).size); //! none`,
);

writtenAndRead(
  "bun files",
  {
    "write.ts": `const user = loadUser();
await Bun.write("out.json", JSON.stringify({ prompt: user.prompt, kind: "chat" }));
await Bun.write(Bun.file("n.txt"), user.name);`,
  },
  `const file = Bun.file("out.json");
const row = await file.json();
train(row.prompt); //! user.prompt
train(row.kind); //! none
train(file.size); //! none
train(await Bun.file("n.txt").text()); //! user.name
if (await file.exists()) train(JSON.parse(await file.text()).prompt); //! user.prompt`,
);

writtenAndRead(
  "bun writer",
  {
    "write.ts": `const user = loadUser();
const writer = Bun.file("log.jsonl").writer();
writer.write(JSON.stringify({ prompt: user.prompt, kind: "x" }) + "\\n");
await writer.end();`,
  },
  `const text = await Bun.file("log.jsonl").text();
for (const line of text.split("\\n").filter(Boolean)) {
  const row = JSON.parse(line);
  train(row.prompt); //! user.prompt
  train(row.kind); //! none
}`,
);

writtenAndRead(
  "bun sqlite",
  {
    "write.ts": `import { Database } from "bun:sqlite";
const db = new Database("app.db");
const user = loadUser();
db.query("INSERT INTO logs (prompt, kind) VALUES ($prompt, $kind)").run({ $prompt: user.prompt, $kind: "x" });`,
  },
  `import { Database } from "bun:sqlite";
const db = new Database("app.db");
const rows = db.query("SELECT prompt, kind FROM logs").all() as any[];
train(rows[0].prompt); //! user.prompt
train(rows[0].kind); //! none`,
);

writtenAndRead(
  "deno files",
  {
    "write.ts": `const user = loadUser();
await Deno.writeTextFile("out.json", JSON.stringify({ prompt: user.prompt, kind: "chat" }));
Deno.writeTextFileSync("n.txt", user.name);
await Deno.writeFile("b.bin", new TextEncoder().encode(user.email));`,
  },
  `const row = JSON.parse(await Deno.readTextFile("out.json"));
train(row.prompt); //! user.prompt
train(row.kind); //! none
train(Deno.readTextFileSync("n.txt")); //! user.name
train(new TextDecoder().decode(await Deno.readFile("b.bin"))); //! user.email`,
);

writtenAndRead(
  "deno kv",
  {
    "write.ts": `const kv = await Deno.openKv();
const user = loadUser();
await kv.set(["prompts", "last"], { prompt: user.prompt, kind: "chat" });
await kv.set(["names", "last"], { name: user.name });`,
  },
  `const kv = await Deno.openKv();
const entry = await kv.get<{ prompt: string; kind: string }>(["prompts", "last"]);
train(entry.value?.prompt); //! user.prompt
train(entry.value?.kind); //! none
for await (const e of kv.list({ prefix: ["names"] })) train(e.value); //! user.name`,
);

writtenAndRead(
  "drain readline",
  {
    "write.ts": `import fs from "node:fs";
import { once } from "node:events";
const user = loadUser();
const ws = fs.createWriteStream("log.jsonl");
for (const text of [user.prompt, "other"]) {
  if (!ws.write(JSON.stringify({ text, kind: "x" }) + "\\n")) await once(ws, "drain");
}
ws.end();
await once(ws, "finish");`,
  },
  `import fs from "node:fs";
import readline from "node:readline";
const rl = readline.createInterface({ input: fs.createReadStream("log.jsonl"), crlfDelay: Infinity });
for await (const line of rl) {
  const row = JSON.parse(line);
  train(row.text); //! user.prompt
  train(row.kind); //! none
}`,
);

writtenAndRead(
  "drain same function",
  {},
  `import fs from "node:fs";
import { once } from "node:events";
import readline from "node:readline";
export async function main() {
  const user = loadUser();
  const ws = fs.createWriteStream("/tmp/log.jsonl");
  if (!ws.write(JSON.stringify({ text: user.prompt, kind: "x" }) + "\\n")) await once(ws, "drain");
  ws.end();
  await once(ws, "close");
  const rl = readline.createInterface({ input: fs.createReadStream("/tmp/log.jsonl") });
  for await (const line of rl) {
    const row = JSON.parse(line);
    train(row.text); //! user.prompt
    train(row.kind); //! none
  }
}
await main();`,
);

writtenAndRead(
  "drain chunk",
  {
    "job.ts": `import fs from "node:fs";
import { once } from "node:events";
import readline from "node:readline";
async function* rows() { const u = loadUser(); yield u.prompt + "\\n"; }
export async function save() {
  const ws = fs.createWriteStream("/tmp/log.txt");
  for await (const chunk of rows()) {
    if (!ws.write(chunk)) await once(ws, "drain");
  }
  ws.end();
}
await save();`,
  },
  `import fs from "node:fs";
import readline from "node:readline";
const rl = readline.createInterface({ input: fs.createReadStream("/tmp/log.txt") });
rl.on("line", (line) => {
  train(line); //! user.prompt
});
rl.on("close", () => {});`,
);
