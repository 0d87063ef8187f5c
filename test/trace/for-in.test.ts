/** `for…in` goes through what an object inherits as well. */
import { expect, test } from "vitest";
import { annotated } from "./program.js";

test("inherited properties", () => {
  const { found, expected } = annotated(`
const u = loadUser();
class Base { get mail() { return u.email; } shared = u.name; method() { return u.email; } }
const child = Object.create(new Base());
child.own = "x";
for (const k in child) train(child[k]); //! user.name
const p = { __proto__: { inherited: u.id }, own: 1 } as any;
const copy: any = {};
for (const k in p) copy[k] = p[k];
train(copy); //! user.id
for (const k in p) if (Object.hasOwn(p, k)) train(p[k]); //! none
for (const k in p) if (!Object.hasOwn(p, k)) train(p[k]); //! user.id
for (const k of Object.keys(p)) train(p[k]); //! none
const over = Object.create({ a: u.email, b: u.id });
over.a = "x";
for (const k in over) train(over[k]); //! user.id
function Old(this: any) { this.own = "x"; }
Old.prototype.shared = u.prompt;
for (const k in new (Old as any)()) train(new (Old as any)()[k]); //! user.prompt
`);
  expect(found).toEqual(expected);
});
