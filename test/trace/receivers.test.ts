/** A method is called on what has it, not on all that its receiver may be. */
import { expect, test } from "vitest";
import { annotated } from "./program.js";

const check = (name: string, code: string): void =>
  test(name, () => {
    const { found, expected } = annotated(code);
    expect(found).toEqual(expected);
  });

check(
  "what a rejected promise throws, beside what else may fail",
  `
class Failed extends Error {
  constructor(readonly url: string, readonly body: string) { super("failed"); }
  safe() { return { url: this.url }; }
  whole() { return { url: this.url, body: this.body }; }
}
const u = loadUser();
async function send() { throw new Failed(u.id, u.email); }
try {
  await send();
} catch (e) {
  if (e instanceof Failed) {
    train(e.safe()); //! user.id
    train(e.whole()); //! user.email user.id
  }
}
`,
);

check(
  "objects of two kinds that share a method's name",
  `
const u = loadUser();
class Mail { constructor(private readonly to: string) {} text() { return this.to; } }
const list = [u.name];
const either: { text(): string } = Math.random() < 0.5 ? new Mail(u.email) : { text: () => "none" };
train(either.text()); //! user.email
const words = Math.random() < 0.5 ? list : new Map([["a", u.id]]);
for (const k of words.keys()) train(k); //! none
for (const v of words.values()) train(v); //! user.id user.name
`,
);

check(
  "a function that nothing calls has a receiver: whoever calls it makes an instance, or calls it as a method",
  `
const u = loadUser();
export function Panel() {
  this.mail = u.email;
  this.size = u.name.length;
  window.addEventListener("click", () => {
    train(this.mail); //! user.email
    train(this.size); //! none
  });
}
`,
);
