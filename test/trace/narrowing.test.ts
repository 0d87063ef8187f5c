/** What a test says of a place, where the program goes on behind it. */
import { expect, test } from "vitest";
import { annotated } from "./program.js";

const check = (name: string, code: string): void =>
  test(name, () => {
    const { found, expected } = annotated(code);
    expect(found).toEqual(expected);
  });

check(
  "assignments that ask first",
  `
const u = loadUser();
let y: string | null = u.name;
y &&= "z";
train(y); //! none
let z: string = u.name;
z ||= "none";
train(z); //! user.name
const o: { a: string } = { a: u.id };
o.a &&= "x";
train(o.a); //! none
const p: { a: string | null } = { a: Math.random() < 0.5 ? u.id : null };
p.a ??= u.email;
train(p.a); //! user.email user.id
let n: string | undefined = Math.random() < 0.5 ? u.prompt : undefined;
n ??= "x";
train(n); //! user.prompt
`,
);

check(
  "comparisons with a number",
  `
const u = loadUser();
const list = ["x", u.email];
const i = Math.random() < 0.5 ? -1 : 0;
if (i >= 0) train(list[i]); //! none
const j = Math.random() < 0.5 ? -1 : 1;
if (j < 0) train(list[j]); //! none
else train(list[j]); //! user.email
`,
);

check(
  "a class that says itself what its instances are",
  `
const u = loadUser();
class Named { static [Symbol.hasInstance](x: unknown): boolean { return typeof (x as { name?: unknown }).name === "string"; } }
class Plain {}
if ({ name: "x" } instanceof Named) train(u.email); //! user.email
if ({} instanceof Plain) train(u.email); //! none
`,
);
