/** Finds of the fuzzer: programs in which something arrived that was not reported. */
import { expect, test } from "vitest";
import { annotated } from "./program.js";

const check = (name: string, code: string): void =>
  test(name, () => {
    const { found, expected } = annotated(code);
    expect(found).toEqual(expected);
  });

check(
  "behind an entry that may not be there, no place is certain",
  `
const u = loadUser();
const set = new Set(["a"]);
if (Math.random() < 0.5) set.delete("a");
set.add(u.email);
train([...set][0]); //! user.email
train(Array.from(set)[0]); //! user.email
const map = new Map([["a", "x"]]);
if (Math.random() < 0.5) map.delete("a");
map.set("b", u.email);
train([...map][0]); //! user.email
train([...map.values()][0]); //! user.email
const whole = new Map([["a", "x"], ["b", u.email]]);
train([...whole][0]); //! none
train([...whole.values()][1]); //! user.email
`,
);

check(
  "a spread takes an accessor's place",
  `
const u = loadUser();
const over = { get email(): string { return "k"; }, ...{ email: u.email } };
train(over.email); //! user.email
const hidden = { get email(): string { return u.email; }, ...{ email: "k" } };
train(hidden.email); //! none
const maybe = { get email(): string { return u.email; }, ...(Math.random() < 0.5 ? { email: u.id } : {}) };
train(maybe.email); //! user.email user.id
`,
);

check(
  "Object.assign calls setters",
  `
const u = loadUser();
class Box {
  kept = "";
  set email(v: string) { this.kept = v; }
  get email(): string { return "k"; }
}
const box = Object.assign(new Box(), { email: u.email });
train(box.kept); //! user.email
train(box.email); //! none
`,
);

check(
  "arrays that a value may be keep their places apart",
  `
const u = loadUser();
const [a, b, c] = Math.random() < 0.5 ? [u.email, "x"] : [u.id, "y", u.name];
train(a); //! user.email user.id
train(b); //! none
train(c); //! user.name
`,
);

check(
  "an await waits for a promise in a promise",
  `
async function main(): Promise<void> {
  const late = await Promise.resolve().then(() => new Promise<string>((done) => { setTimeout(() => done(loadUser().email), 0); }));
  train(late); //! user.email
}
void main();
`,
);

check(
  "the object that is assigned to is known before the value",
  `
const u = loadUser();
const box = { part: { city: "" } };
const renewed = (): string => { box.part = { city: u.email }; return "x"; };
box.part.city = renewed();
train(box.part.city); //! user.email
`,
);

check(
  "microtasks run at the next await, whatever is waited for",
  `
async function main(): Promise<void> {
  let seen = "";
  queueMicrotask(() => { seen = loadUser().email; });
  train(seen); //! none
  await null;
  train(seen); //! user.email
}
void main();
`,
);

check(
  "a generator's body runs as far as somebody asks it to",
  `
let kept = loadUser().email;
function* clear(): Generator<number> { yield 1; kept = ""; }
const steps = clear();
train(kept); //! user.email
steps.next();
train(kept); //! user.email
`,
);

check(
  "functions in a try see the scopes that its catch has around it in a loop",
  `
const u = loadUser();
while (Math.random() < 0.5) {
  try {
    train((() => u.email)()); //! user.email
  } catch (error) {
    const later = () => error;
    void later;
  } finally {
    train((() => u.id)()); //! user.id
  }
  switch ((() => u.name)()) {
    case "x": {
      break;
    }
    default:
      const held = u.prompt;
      const late = () => held;
      train(late()); //! user.prompt
  }
  switch (((v: string) => { train(v + u.age); return v; })(u.name)) { //! user.age user.name
    default:
      const name = u.id;
      const read = () => name;
      train(read()); //! user.id
  }
}
`,
);

check(
  "loops of every kind are left and continued by their labels",
  `
const u = loadUser();
let seen = "";
names: for (const name in { a: 1, b: 2 }) {
  for (const other of ["x", "y"]) {
    if (Math.random() < 0.5) continue names;
    seen = other;
  }
  seen = u.email;
}
train(seen); //! user.email
outer: for (const name in u) {
  if (name === "email") break outer;
}
train(u.name); //! user.name
`,
);

check(
  "what a turn makes and takes out of a loop that is run several times",
  `
const u = loadUser();
function found(list: readonly string[]): { v: string; n: number } | undefined {
  const all: string[] = [];
  let last = "";
  for (const x of list) {
    all.push(last);
    last = x;
    const made = { v: u.email, n: all.length };
    if (all.length > 3) return made;
    made.v = "k";
  }
  return undefined;
}
const out = found([u.id, "b"].concat(readLines()));
train(out?.v); //! user.email
train(out?.n); //! none
declare function readLines(): string[];
`,
);

check(
  "a way that has been left keeps what it has made",
  `
const u = loadUser();
const box = (full: boolean): { v: string } => {
  const made = { v: "" };
  made.v = u.email;
  if (full) return made;
  made.v = "k";
  return made;
};
train(box(Math.random() < 0.5).v); //! user.email
train(box(false).v); //! none
let kept: { v: string } | undefined;
try {
  kept = { v: u.email };
  if (Math.random() < 0.5) throw new Error("stop");
  kept.v = "k";
  train(kept.v); //! none
} catch {
  train(kept?.v); //! user.email
}
const later: (() => string)[] = [];
function leave(): void {
  const scope = { v: u.prompt };
  later.push(() => scope.v);
  if (Math.random() < 0.5) return;
  scope.v = "k";
}
leave();
train(later[0]?.()); //! user.prompt
`,
);

check(
  "behind a property that may not be there, no place is certain; a key and its value stay together",
  `
const u = loadUser();
const o: Record<string, string> = Object.fromEntries([[["k", "j"][Math.round(Math.random())]!, u.email], ["k", "x"]]);
train(Object.values(o)[0]); //! user.email
const late: Record<string, string> = { k: u.id };
if (Math.random() < 0.5) late.j = u.email;
train(Object.values(late)[0]); //! user.id
const all: Record<string, any> = { id: u.id, ...(Math.random() < 0.5 ? { name: u.name } : {}), email: u.email };
const some: Record<string, any> = {};
for (const [key, v] of Object.entries(all)) if (key !== "email") some[key] = v;
train(some); //! user.id user.name
train(some.id); //! user.id
`,
);

check(
  "what may be frozen may be written to",
  `
const u = loadUser();
const a = { x: u.id };
if (Math.random() < 0.5) Object.freeze(a);
try { a.x = u.email; } catch {}
train(a.x); //! user.email user.id
const b = Object.freeze({ x: u.id }) as { x: string };
try { b.x = u.email; } catch {}
train(b.x); //! user.id
`,
);

check(
  "of several accessors one is called",
  `
const u = loadUser();
const log = { last: "" };
class A { constructor(readonly v: string) {} get x(): string { log.last = this.v; return this.v; } set y(v: string) { log.last = v; } }
const first = new A(u.email);
const second = new A("x");
const one = Math.random() < 0.5 ? first : second;
train(one.x); //! user.email
train(log.last); //! user.email
log.last = "";
train(second.x); //! none
train(log.last); //! none
log.last = u.id;
(Math.random() < 0.5 ? first : { y: "" } as { y: string }).y = "x";
train(log.last); //! user.id
first.y = "x";
train(log.last); //! none
`,
);

check(
  "what is written to an element of a list that only a type tells of is one of its elements",
  `
const tags = JSON.parse(process.env["TAGS"]!) as string[];
tags[0] = loadUser().email;
const [first] = tags;
train(first); //! user.email
for (const tag of tags) train(tag); //! user.email
train(tags.length); //! none
`,
);

check(
  "where an element may not be there, one that is pushed may stand",
  `
const u = loadUser();
const list: (string | undefined)[] = [];
if (Math.random() < 0.5) list[0] = list[0];
list.push(u.email);
train(list[0]); //! user.email
const full = ["x"];
full.push(u.email);
train(full[0]); //! none
train(full[1]); //! user.email
`,
);

check(
  "a loop over properties of which nobody knows the order may end at any of them",
  `
const u = loadUser();
const o: Record<string, string> = Object.fromEntries([[["k", "j"][Math.round(Math.random())]!, u.email], ["k", "x"]]);
try {
  for (const v of Object.values(o)) {
    train(v); //! user.email
    throw new Error(v);
  }
} catch (e) {
  train((e as Error).message); //! user.email
}
for (const v of Object.values({ a: "x", b: u.email })) {
  train(v); //! none
  break;
}
`,
);
