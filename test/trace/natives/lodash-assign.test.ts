/** lodash's assigners: what comes out of sources that are one thing or another, and what a customizer makes of it. */
import { expect, it } from "vitest";
import { run } from "../program.js";
import { check } from "./check.js";

check(
  "what either of two sources has arrives, and what the target had where neither may have it",
  `import { assign, defaults, merge } from "lodash";
const user = loadUser();
const odd = Math.random() > 0.5;
const either = odd ? { x: user.email, y: "" } : { x: user.id };
train(merge({}, either).x); //! user.email user.id
train(assign({}, either).x); //! user.email user.id
train(merge({ y: user.name }, either).y); //! user.name
train(assign({ x: user.name }, either).x); //! user.email user.id
train(assign({ x: user.name }, odd ? either : undefined).x); //! user.email user.id user.name
train(defaults({ x: "own" }, either).x); //! none
train(defaults({ x: odd ? "own" : undefined }, either).x); //! user.email user.id
train(merge({}, either).y); //! none`,
);

check(
  "of two targets each has it perhaps",
  `import { merge } from "lodash";
const user = loadUser();
const a = { x: user.id };
const b = { x: user.name };
merge(Math.random() > 0.5 ? a : b, { x: user.email });
train(a.x); //! user.email user.id
train(b.x); //! user.email user.name
const c = { x: user.id };
merge(c, { x: user.email });
train(c.x); //! user.email`,
);

check(
  "objects are merged into each other, texts take their place",
  `import { merge, defaultsDeep } from "lodash";
const user = loadUser();
const odd = Math.random() > 0.5;
train(merge({ a: { x: user.id } }, { a: odd ? { y: user.email } : user.name }).a); //! user.email user.id user.name
train(merge({ a: { x: user.id } }, { a: { y: user.email } }).a.y); //! user.email
train(merge({ a: { x: user.id } }, { a: { x: user.email } }).a.x); //! user.email
train(defaultsDeep({ a: { x: user.id } }, { a: { x: user.email, y: user.name } }).a.x); //! user.id
train(merge(undefined, { x: user.email, y: user.id })?.x); //! user.email`,
);

check(
  "a customizer says what becomes of a property; where it says nothing, lodash does",
  `import { assignWith, mergeWith } from "lodash";
const user = loadUser();
train(mergeWith({ x: user.id }, { x: user.email }, (old, given) => old).x); //! user.id
train(mergeWith({ x: user.id }, { x: user.email }, () => undefined).x); //! user.email
train(mergeWith({ x: user.id }, { x: user.email }, (old, given) => (given === "" ? old : given)).x); //! user.email user.id
train(mergeWith({ x: user.id }, { x: user.email }, () => user.name).x); //! user.name
train(mergeWith({ x: user.id }, { x: user.email }, (old, given, key) => (key === "x" ? old : given)).x); //! user.id
train(assignWith({}, { x: user.id, y: user.email }, (old, given, key) => (key === "y" ? undefined : "")).x); //! none`,
);

it("what may be many objects is merged into what may be many in no more steps than there are of both", () => {
  const rows = Array.from({ length: 50 }, (_, i) => `{ a: { b: { c: { n: "${i}", mail: u.email } } } }`).join(", ");
  const start = performance.now();
  const { flows, blindSpots } = run(`import { merge } from "lodash";
const u = loadUser();
const rows = [${rows}];
const pick = () => rows[Math.floor(Math.random() * rows.length)]!;
train(merge(pick(), pick()).a.b.c.mail);
train(merge(pick(), pick()).a.b.c.n);
`);
  expect(flows.map((f) => f.field)).toEqual(["user.email"]);
  expect(blindSpots).toEqual([]);
  expect(performance.now() - start).toBeLessThan(3000);
});

check(
  "what a source has twice is copied twice, and what is in a target already is merged each time",
  `import { merge } from "lodash";
const user = loadUser();
const shared = { mail: user.email };
const out = merge({}, { a: shared, b: shared });
out.a.mail = "";
train(out.a.mail); //! none
train(out.b.mail); //! user.email
const into = { a: { id: "", mail: "" }, b: { id: "", mail: "" } };
merge(into, { a: shared, b: shared });
train(into.a.mail); //! user.email
train(into.b.mail); //! user.email
train(into.b.id); //! none`,
);

it("objects that lead to each other on many ways are merged once a pair", () => {
  const names = ["a", "b", "c", "d", "e", "f"];
  const start = process.cpuUsage().user;
  const { flows } = run(`import { merge } from "lodash";
const u = loadUser();
const node = () => { const made: any = { mail: "" }; ${names.map((n) => `made.${n} = made;`).join(" ")} return made; };
const grown = node();
const given = node();
given.mail = u.email;
merge(grown, given);
train(grown.a.b.c.mail);
train(grown.a.b.c.x);
`);
  expect(flows.map((f) => f.field)).toEqual(["user.email"]);
  expect(process.cpuUsage().user - start).toBeLessThan(3_000_000);
});
