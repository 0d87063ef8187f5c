import { check } from "./check.js";

check(
  "a round trip through text keeps fields apart",
  `const u = loadUser();
const back = JSON.parse(JSON.stringify({ id: u.id, mail: { address: u.email } }));
train(back.id); //! user.id
train(back.mail); //! user.email
train(back); //! user.email user.id
train(JSON.stringify(u.name)); //! user.name
train(JSON.stringify({ n: u.name }).length); //! none
`,
);

check(
  "allow-lists and replacers leave out",
  `const u = loadUser();
train(JSON.stringify({ id: u.id, email: u.email }, ["id"])); //! user.id
train(JSON.stringify({ id: u.id, in: { id: u.name, email: u.email } }, ["id", "in"], 2)); //! user.id user.name
train(JSON.stringify({ id: u.id, email: u.email }, (k, v) => (k === "email" ? undefined : v))); //! user.id
train(JSON.stringify({ id: u.id, email: u.email }, (k, v) => (k === "email" ? "[x]" : v))); //! user.id
train(JSON.stringify({ list: [{ email: u.email }] }, (k, v) => v)); //! user.email
train(JSON.stringify({ id: u.id, email: u.email }, null, 2)); //! user.email user.id
const keys = ["id", u.age > 18 ? "email" : "name"];
train(JSON.stringify({ id: u.id, email: u.email, name: u.name, prompt: u.prompt }, keys)); //! user.email user.id user.name
`,
);

check(
  "toJSON and what JSON leaves out",
  `const u = loadUser();
class Account { constructor(readonly email: string, readonly id: string) {} toJSON() { return { id: this.id }; } }
train(JSON.stringify(new Account(u.email, u.id))); //! user.id
train(JSON.stringify({ f: () => u.email, m: new Map([["a", u.name]]), n: u.id })); //! user.id
class Plain { #secret: string; constructor(secret: string, readonly id: string) { this.#secret = secret; } get secret() { return this.#secret; } }
train(JSON.stringify(new Plain(u.email, u.id))); //! user.id
`,
);

check(
  "revivers",
  `const u = loadUser();
const text = JSON.stringify({ id: u.id, email: u.email, n: 1 });
train(JSON.parse(text, (k, v) => (k === "email" ? undefined : v))); //! user.id
train(JSON.parse(text, (k, v) => v)); //! user.email user.id
`,
);

check(
  "JSON lines keep their fields apart",
  `const users = [loadUser(), loadUser()];
const lines = users.map((u) => JSON.stringify({ id: u.id, email: u.email })).join("\\n");
const rows = lines.split("\\n").filter(Boolean).map((l) => JSON.parse(l));
train(rows.map((r) => r.id)); //! user.id
train(rows.map((r) => r.email)); //! user.email
let all = "";
for (const u of users) all += JSON.stringify({ name: u.name, age: u.age }) + "\\n";
train(all.trim().split("\\n").map((l) => JSON.parse(l).name)); //! user.name
train(all.split("\\n").length); //! none
`,
);

check(
  "text that nobody knows, constants, clones",
  `const u = loadUser();
train(JSON.parse(u.prompt)); //! user.prompt
train(JSON.parse(u.prompt).some.thing); //! user.prompt
train(JSON.parse('{"a":[1,2]}').a); //! none
const c = structuredClone({ id: u.id, email: u.email });
c.email = "";
train(c); //! user.id
try { JSON.parse(u.prompt); } catch (e) { train((e as Error).message); } //! user.prompt
try { JSON.parse("{"); } catch (e) { train((e as Error).message); } //! none
`,
);

check(
  "the characters of JSON text bear what is in it, however deep",
  `
    train([...JSON.stringify({ b: { k: loadUser().email } })].join()); //! user.email
    train([...JSON.stringify({ b: { k: "plain" } })].join()); //! none
  `,
);

check(
  "JSON text as the name of a property spells out what is in it",
  `const user = loadUser();
const read: any = {};
read[JSON.stringify({ a: user.email })] = 1;
train(Object.keys(read)); //! user.email
train(Object.values(read)); //! none
train(read); //! user.email
const listed: any = Object.fromEntries([[JSON.stringify({ a: user.email }), 1]]);
train(Object.keys(listed)); //! user.email
const defined: any = {};
Object.defineProperty(defined, JSON.stringify({ a: user.email }), { value: 1, enumerable: true });
train(defined); //! user.email
const counted: any = {};
counted[JSON.stringify({ a: 1 })] = user.id;
train(Object.keys(counted)); //! none`,
);
