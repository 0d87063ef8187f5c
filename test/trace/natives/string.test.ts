import { check } from "./check.js";

check(
  "parts and other spellings of a text keep it, questions about it do not",
  `const u = loadUser();
train(u.email.toLowerCase()); //! user.email
train(u.email.slice(0, 3)); //! user.email
train(u.email.slice(0, 0), u.email.substring(2, 2), u.email.slice(5, 5)); //! none
train(u.email.slice(-1, 2)); //! user.email
train(u.email.split("@")[0]); //! user.email
train(u.email.trim().padEnd(40, ".")); //! user.email
train(u.email.normalize("NFC").charAt(0)); //! user.email
train([...u.email].reverse().join("")); //! user.email
train("".concat(u.email, u.name)); //! user.email user.name
train("x".padStart(10, u.name)); //! user.name
train(u.email.charCodeAt(0)); //! user.email
train(String.fromCharCode(u.email.charCodeAt(0))); //! user.email
train(u.email.length); //! none
train(u.email.includes("@")); //! none
train(u.email.indexOf("@")); //! none
train(u.email.startsWith(u.name)); //! none
train(u.email.localeCompare(u.name)); //! none
train(u.email.search(/@/)); //! none
train("*".repeat(u.email.length)); //! none
train(u.email === u.name ? "same" : "other"); //! none
train(String(u.age)); //! user.age
train(u.age.toFixed(1)); //! user.age
train(\`\${u.id}\`); //! user.id
train(String.raw\`a\${u.name}\\n\`); //! user.name
`,
);

check(
  "replacement keeps what is left, unless nothing is",
  `const u = loadUser();
train(u.prompt.replace(u.email, "[email]")); //! user.prompt
train(u.prompt.replaceAll(/[a-z]+@[a-z]+/g, "[email]")); //! user.prompt
train(u.prompt.replace("NAME", u.name)); //! user.name user.prompt
train(u.prompt.replace(/[\\s\\S]*/, "[gone]")); //! none
train(u.prompt.replace(/\\d/g, "0")); //! user.prompt
train("Hello NAME".replace("NAME", u.name)); //! user.name
train("Hello {name}, {mail}".replace(/\\{(\\w+)\\}/g, (_, key) => (key === "name" ? u.name : "?"))); //! user.name
train(u.prompt.replace(/(\\w+)/g, (w) => w.toUpperCase())); //! user.prompt
const seen: string[] = [];
u.prompt.replace(/\\w+/g, (w) => { seen.push(w); return w; });
train(seen); //! user.prompt
`,
);

check(
  "matches spell out, tests do not",
  `const u = loadUser();
const m = u.email.match(/^(\\w+)@(?<host>.+)$/);
if (m) {
  train(m[1]); //! user.email
  train(m.groups?.host); //! user.email
  train(m.index); //! none
}
for (const x of u.prompt.matchAll(/\\w+/g)) train(x[0]); //! user.prompt
train(/@/.test(u.email)); //! none
train(/(.)@/.exec(u.email)?.[1]); //! user.email
const re = new RegExp(u.name);
train(re.source); //! user.name
train("a-b".match(/(\\w)-(\\w)/)?.[2] === "b" ? u.id : u.name); //! user.id
`,
);

check(
  "exact text is computed",
  `const u = loadUser() as unknown as Record<string, string>;
const keys = "id,name".split(",");
train(u[keys[0]!]); //! user.id
train(u["EMAIL".toLowerCase()]); //! user.email
train(u["user.name".slice(5)]); //! user.name
train(u["nome".replace("o", "a")]); //! user.name
train("abc".includes("b") ? u.id : u.name); //! user.id
train(keys.map((k) => u[k])); //! user.id user.name
`,
);

check(
  "structured text stays structured under the methods of strings",
  `const u = loadUser();
const text = JSON.stringify({ id: u.id, email: u.email });
train(JSON.parse(text.trim()).id); //! user.id
train(JSON.parse(text.concat("\\n").slice(0, -1)).email); //! user.email
train(JSON.parse(\`\${text}\\n\`).id); //! user.id
train(text.toUpperCase()); //! user.email user.id
train(text.includes("x")); //! none
train(JSON.parse(text.toString()).id); //! user.id
train(text.split("").length); //! none
`,
);

// Needs the flags of regular expression literals on their objects.
check.later(
  "a replacement of everything removes, whatever the flags say",
  `const u = loadUser();
train(u.prompt.replace(/./gs, "*")); //! none
train(u.prompt.replace(/.*/s, u.name)); //! user.name
train(u.prompt.replace(/./gs, "$&")); //! user.prompt
train(u.prompt.replace(/./gs, () => "*")); //! none
`,
);

check(
  "a replacing function is given the named groups last",
  `const u = loadUser();
train(u.email.replace(/(?<who>.+)@/, (...all: any[]) => all.at(-1).who)); //! user.email
train("a-b".replace(/(?<l>\\w)-/, (...all: any[]) => all.at(-1).l)); //! none
`,
);

check(
  "the length of what has no type is a number",
  `const u: any = (globalThis as any).told;
const tell = (x: any): void => { train(x.length); train(x); }; //! user.email
tell((JSON as any).unknown(loadUser().email));
const measured = (JSON as any).unknown(loadUser().email).length;
train(measured); //! none
train({ length: loadUser().id }.length); //! user.id
`,
);

check(
  "known text stays exact where a function replaces parts of it",
  `const u = loadUser();
const camel = (item: any): any => {
  if (Array.isArray(item)) return item.map((x) => camel(x));
  if (item !== Object(item)) return item;
  return Object.fromEntries(
    Object.entries(item).map(([key, value]) => [key.replace(/_([a-z])/g, (_all, letter) => letter.toUpperCase()), camel(value)]),
  );
};
const out = camel({ e_mail: u.email, tags: [u.name], deep: { id: u.id, user_prompt: u.prompt } });
train(out.eMail); //! user.email
train(out.tags[0]); //! user.name
train(out.deep.id); //! user.id
train(out.deep.userPrompt); //! user.prompt
train("x.y".replace(".", () => u.id)); //! user.id
let seen = "";
"a-b".replace(/-/, () => (seen = u.email));
train(seen); //! user.email
"ab".replace(/-/, () => (seen = u.name));
train(seen); //! user.email
`,
);
