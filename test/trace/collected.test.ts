/** Where a field is said to have been collected, and by which way it came. */
import { expect, it } from "vitest";
import { run } from "./program.js";

const sources = '  - { field: user.email, property: "./source.ts:User.email" }\n';
const HEAD = 'import type { User } from "./source.js";\n';

/** For each flow: the line of the sink, and the text of each hop. */
const ways = (code: string): string[] =>
  run(HEAD + code, { sources }).flows.map((f) => `${f.at.line - 3}: ${f.path.map((hop) => `${hop.line - 3} ${hop.text}`).join(" → ")}`);

it("each read of a property begins a way of its own", () => {
  expect(
    ways(`export function go(users: User[]) {
  const all = users.map((u) => u.email);
  train(all.length);
  train(users[0]!.email);
  train(all);
}
`),
  ).toEqual(["4: 4 users[0]!.email → 4 train(users[0]!.email)", "5: 2 u.email → 5 train(all)"]);
});

it("what was read before and kept comes by the way that it has gone", () => {
  expect(
    ways(`export function go(u: User) {
  const mail = u.email;
  if (u.email === "") return;
  train(mail);
}
`),
  ).toEqual(["4: 2 u.email → 4 train(mail)"]);
});

it("what was written there is no read of the field", () => {
  expect(
    ways(`export function go(u: User, other: User) {
  other.email;
  u.email = other.email;
  train(u.email);
  u.email = "none";
  train(u.email);
}
`),
  ).toEqual(["4: 3 other.email → 4 u.email → 4 train(u.email)"]);
});
