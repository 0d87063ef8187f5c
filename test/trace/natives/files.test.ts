import { check } from "./check.js";

check(
  "paths that are computed, handles, descriptors, temporary directories",
  `import * as fs from "fs";
import path from "path";
import { fileURLToPath } from "url";
import { readFile, open, mkdtemp } from "fs/promises";
import os from "os";
const u = loadUser();
const here = path.dirname(fileURLToPath(import.meta.url));
fs.writeFileSync(path.join(here, "data", "a.txt"), u.email);
train(fs.readFileSync(path.join(here, "data", "a.txt"), "utf8")); //! user.email
train(fs.readFileSync(path.join(here, "data", "b.txt"), "utf8")); //! none
const { writeFile } = fs.promises;
export async function main(dir: string, other: string) {
  await writeFile(path.join(dir, "x.jsonl"), JSON.stringify({ id: u.id, name: u.name }));
  train(JSON.parse(await readFile(path.join(dir, "x.jsonl"), "utf8")).name); //! user.name
  const tmp = await mkdtemp(path.join(os.tmpdir(), "run-"));
  const file = path.join(tmp, "out.json");
  await fs.promises.writeFile(file, u.prompt);
  train(await fs.promises.readFile(file, "utf8")); //! user.prompt
  const fh = await open("h.txt", "a+");
  await fh.appendFile(u.id);
  await fh.write(u.name);
  train(await fh.readFile("utf8")); //! user.id user.name
  for await (const line of fh.readLines()) train(line); //! user.id user.name
  await fh.close();
  const fd = fs.openSync("fd.txt", "w");
  fs.writeSync(fd, u.email);
  train(fs.readFileSync("fd.txt")); //! user.email
  for (const name of fs.readdirSync("dir")) train(name); //! none
  const s = fs.createWriteStream(path.join(here, "s.txt"), { flags: "a" });
  s.on("finish", () => train("done")); //! none
  s.write(u.prompt, () => {});
  s.end();
  let text = "";
  const r = fs.createReadStream(path.join(here, "s.txt"), "utf8");
  r.on("data", (c) => { text += c; }).on("end", () => { train(text); }); //! user.prompt
  await new Promise((res) => r.on("close", res));
}
void main("a", "b");
`,
);
