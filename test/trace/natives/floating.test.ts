import { check } from "./check.js";

const SLEEP = 'import { setTimeout as sleep } from "node:timers/promises";\n';

check(
  "what a call that nobody waits for does later has not been done",
  `${SLEEP}type User = ReturnType<typeof loadUser>;
async function redact(u: User) { await sleep(1); u.email = ""; }
async function redactAtOnce(u: User) { u.email = ""; await sleep(1); }
async function main() {
  const a = loadUser();
  void redact(a);
  train(a.email); //! user.email
  const b = loadUser();
  await redact(b);
  train(b.email); //! none
  const c = loadUser();
  void redactAtOnce(c);
  train(c.email); //! none
  const d = loadUser();
  void redact(d).then(() => train([d.email, d.name])); //! user.name
  const e = [loadUser(), loadUser()];
  e.forEach(async (u) => { await redact(u); });
  train(e[0].email); //! user.email
}
main();
`,
);

check(
  "whoever awaits the promise later has what it did",
  `${SLEEP}type User = ReturnType<typeof loadUser>;
async function redact(u: User) { await sleep(1); u.email = ""; }
async function main() {
  const a = loadUser();
  const redacting = redact(a);
  train(a.email); //! user.email
  await sleep(5);
  await redacting;
  train(a.email); //! none
  const users = [loadUser(), loadUser()];
  const tasks = users.map(redact);
  await Promise.all(tasks);
  train(users.map((u) => [u.email, u.name])); //! user.name
  let text = "";
  const loading = Promise.resolve(loadUser()).then((u) => { text = u.name; });
  train(text); //! none
  await loading;
  train(text); //! user.name
}
main();
`,
);

check(
  "what a task reads that others write meanwhile",
  `${SLEEP}async function main() {
  const box = { text: "" };
  const other = { text: "" };
  async function later() { await sleep(1); train(box.text); train(other.text.length); } //! user.email
  void later();
  box.text = loadUser().email;
  other.text = loadUser().name;
}
main();
`,
);

check(
  "lists that several tasks append to",
  `${SLEEP}async function main() {
  const out: string[] = [];
  const add = async (text: string) => { await sleep(1); out.push(text); };
  const adding = [add(loadUser().email), add(loadUser().name)];
  train(out); //! none
  await Promise.all(adding);
  train(out); //! user.email user.name
  const never: string[] = [];
  [loadUser()].forEach(async (u) => { await sleep(1); never.push(u.prompt); });
  train(never); //! none
}
main();
`,
);

check(
  "where it is not known which is waited for, one that is kept counts as waited for at once, and one that is not does not",
  `${SLEEP}type User = ReturnType<typeof loadUser>;
declare const many: { next(): boolean };
async function redact(u: User) { await sleep(1); u.email = ""; }
async function main() {
  const kept: Promise<void>[] = [];
  const a = loadUser();
  while (many.next()) kept.push(redact(a));
  await Promise.all(kept);
  train(a.name); //! user.name
  const b = loadUser();
  for (const _ of JSON.parse("[]") as string[]) void redact(b);
  train(b.email); //! user.email
}
main();
`,
);

check(
  "an error without a message has none",
  `const u = loadUser();
declare const maybe: string | undefined;
if (new Error(undefined).message) train(u.email); else train(u.name); //! user.name
if (new Error(maybe).message) train(u.id); else train(u.prompt); //! user.id user.prompt
train(new Error(u.email).message); //! user.email
`,
);
