/** Iterators made by hand: their steps stay in order while it is certain that there is another. */
import { expect, test } from "vitest";
import { annotated } from "./program.js";

const check = (name: string, code: string): void =>
  test(name, () => {
    const { found, expected } = annotated(code);
    expect(found).toEqual(expected);
  });

check(
  "one that ends",
  `
const u = loadUser();
const two = { from: 0, [Symbol.iterator]() { let i = this.from; return { next: () => (i < 2 ? { value: \`\${u.id}-\${i++}\`, done: false } : { value: undefined, done: true }) }; } };
const [first = "none", , third = u.prompt] = two;
train(first); //! user.id
train(third); //! user.prompt
train([...two].length === 2 ? "x" : u.email); //! none
const pair = { [Symbol.iterator]() { const all = [u.email, "b"]; let i = 0; return { next: () => (i < all.length ? { value: all[i++], done: false } : { value: "r", done: true }) }; } };
const [a, b] = pair;
train(a); //! user.email
train(b); //! none
for await (const x of { [Symbol.asyncIterator]() { let n = 0; return { next: async () => (n++ === 0 ? { value: u.name, done: false } : { value: u.id, done: true }) }; } }) train(x); //! user.name
`,
);

check(
  "one that may end, and one that never does",
  `
const u = loadUser();
const some = { [Symbol.iterator]: () => ({ next: () => (Math.random() < 0.5 ? { value: u.id, done: false } : { value: undefined, done: true }) }) };
const [x = u.prompt] = some;
train(x); //! user.id user.prompt
for (const v of some) train(v); //! user.id
const endless = { [Symbol.iterator]: () => { let i = 0; return { next: () => ({ value: i++ > 40 ? u.email : "x", done: false }) }; } };
for (const v of endless as Iterable<string>) { train(v); if (v.length > 1) break; } //! user.email
`,
);

check(
  "one over a list or a collection gives what is put in before it gets there",
  `
const u = loadUser();
const list: string[] = [];
const values = list.values();
list.push(u.email);
train(values.next().value); //! user.email
train(values.next().value); //! none
list.push(u.id);
train(values.next().value); //! none
const map = new Map<string, string>([["a", "x"]]);
const entries = map.entries();
entries.next();
map.set("b", u.id);
const [key, value] = entries.next().value!;
train(key); //! none
train(value); //! user.id
const set = new Set<string>();
const walk = set[Symbol.iterator]();
set.add(u.email);
for (const x of walk) train(x); //! user.email
const over = ["x", u.email];
const kept = over[Symbol.iterator]();
over[1] = "y";
train([...kept]); //! none
`,
);

check(
  "one that a turn leaves, by a jump or by what it throws, is closed",
  `
const u = loadUser();
const seen = { left: "", thrown: "", ended: "" };
const over = (slot: keyof typeof seen, text: string, length = Infinity) => ({
  [Symbol.iterator]() {
    let i = 0;
    return {
      next: () => ({ done: i++ >= length, value: u.id }),
      return: () => { seen[slot] = text; return { done: true as const, value: undefined }; },
    };
  },
});
for (const x of over("left", u.email)) { if (x) break; }
train(seen.left); //! user.email
try { for (const x of over("thrown", u.name)) throw new Error(x); } catch (e) { train((e as Error).message); } //! user.id
train(seen.thrown); //! user.name
for (const x of over("ended", u.prompt, 2)) train(x.length); //! none
train(seen.ended); //! none
`,
);
