/** What JavaScript says of types in JSDoc counts as declared types do. */
import { describe, expect, it } from "vitest";
import { run } from "./program.js";

const TYPES = {
  "user.js": `/**
 * @typedef {Object} User
 * @property {string} email
 * @property {string} [nick]
 * @property {number} age
 */
/** @typedef {{ members: User[] }} Team */
/** @callback Visitor
 * @param {User} user
 * @returns {void}
 */
export class Account {
  /** @param {string} mail */
  constructor(mail) {
    this.mail = mail;
    this.size = mail.length;
  }
}
`,
  "person.ts": "export interface Person { mail: string; age: number }\n",
};
const SOURCES = `  - { field: user.email, property: "./user.js:User.email" }
  - { field: user.name, property: "./user.js:Account.mail" }
  - { field: user.prompt, property: "./person.ts:Person.mail" }
`;

/** What arrives at each line of \`app.js\` that has a comment, held against that comment. */
function expectLines(code: string, name = "app.js"): void {
  const files = { ...TYPES, [name]: code };
  const { flows } = run("", { files, sources: SOURCES });
  const lines = code.split("\n");
  const found = lines.map((text, i) =>
    text.includes("//!") ? [...new Set(flows.filter((f) => f.at.file === name && f.at.line === i + 1).map((f) => f.field))].join(" ") : "",
  );
  expect(found).toEqual(lines.map((text) => (/\/\/!\s*(.*)$/.exec(text)?.[1] ?? "").replace("none", "")));
}

describe("a type in JSDoc", () => {
  it("is that of a parameter", () => {
    expectLines(`import { train } from "./sink.js";
/** @typedef {import("./user.js").User} User */
/** @param {User} u */
export function one(u) { train(u.email); } //! user.email
/** @param {import("./user.js").User} u */
export const two = (u) => train(u.email); //! user.email
/** @param {import("./user.js").User} [u] */
export const three = (u) => train(u?.age); //! none
/** @param {string} u */
export function four(u) { train(u.email); } //! none
export function five(/** @type {User} */ u) { train(u.email); } //! user.email
/**
 * @param {object} options
 * @param {User} options.user
 * @param {string} options.note
 */
export function six({ user, note }) {
  train(user.email); //! user.email
  train(note); //! none
}
/** @param {...User} all */
export function seven(...all) { train(all[0].email); } //! user.email
/** @param {Array.<User>} all @param {Object<string, User>} table */
export function eight(all, table) {
  for (const u of all) train(u.email); //! user.email
  train(table["x"].email); //! user.email
}
/** @param {?User} u @param {User=} v */
export function nine(u, v) {
  train(u.email); //! user.email
  train(v.age); //! none
}
/** @param {import("./user.js").Team} t */
export function ten(t) { t.members.forEach((m) => train(m.email)); } //! user.email
/** @param {import("./person.js").Person} p */
export function eleven(p) { train(p.mail); } //! user.prompt
`);
  });

  it("of what a function gives, of a variable, of a cast", () => {
    expectLines(`import { train } from "./sink.js";
import { load } from "some-library";
/** @import { User } from "./user.js" */
/** @returns {User} */
function one() { return load(); }
train(one().email); //! user.email
train(one().age); //! none
/** @returns {Promise<User>} */
async function two() { return load(); }
train((await two()).email); //! user.email
/** @type {User} */
const u = load();
train(u.email); //! user.email
train(/** @type {User} */ (load()).email); //! user.email
train((/** @type {User} */ (load())).email); //! user.email
train((load()).email); //! none
const box = {
  /** @type {User} */
  user: load(),
  other: load(),
};
train(box.user.email); //! user.email
train(box.other.email); //! none
class Store {
  /** @type {User} */
  first = load();
  constructor() {
    /** @type {User} */
    this.second = load();
    this.third = load();
  }
}
const store = new Store();
train(store.first.email); //! user.email
train(store.second.email); //! user.email
train(store.third.email); //! none
/**
 * @template T
 * @param {T[]} list
 * @returns {T}
 */
function head(list) { return load(list); }
/** @type {import("./user.js").Visitor} */
export const visit = (user) => { train(user.email); }; //! user.email
`);
  });

  it("of a class, whose constructor says what it has", () => {
    expectLines(`import { train } from "./sink.js";
/** @param {import("./user.js").Account} a */
export function one(a) {
  train(a.mail); //! user.name
  train(a.size); //! none
}
`);
  });

  it("in a CommonJS module", () => {
    expectLines(
      `const { train } = require("./sink.js");
const { Account } = require("./user.js");
const types = require("./person.js");
/** @param {Account} a @param {types.Person} p */
module.exports.one = function (a, p) {
  train(a.mail); //! user.name
  train(p.mail); //! user.prompt
  train(p.age); //! none
};
`,
      "app.cjs",
    );
  });

  it("says nothing in TypeScript", () => {
    expectLines(
      `import { train } from "./sink.js";
/** @param {import("./user.js").User} u */
export function one(u: any) { train(u.email); } //! none
export function two(u: import("./user.js").User) { train(u.email); } //! user.email
`,
      "app.ts",
    );
  });
});
