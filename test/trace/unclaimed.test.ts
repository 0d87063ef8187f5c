/** What arrives at a sink under a name of its own and is of no declared field. */
import { expect, it } from "vitest";
import { run } from "./program.js";

const arriving = (code: string): readonly string[] =>
  (run(`const user = loadUser();\ndeclare function load(): any;\n${code}`).unclaimed ?? []).map(({ accessPath }) => accessPath);

it("is told by where it sits", () => {
  expect(arriving(`const id = String(Math.random());\ntrain({ rows: [{ owner: { email: id } }], text: id });`)).toEqual([
    "rows[0].owner.email",
    "text",
  ]);
});

it("is not what bears a field, nor a constant, nor a flag", () => {
  expect(arriving(`train({ email: user.email, role: "user", top: 3, isAdult: Math.random() > 0.5 });`)).toEqual([]);
});

it("is not what bears one in a later round only", () => {
  expect(
    arriving(`import fs from "node:fs";
export function send() { train({ note: fs.readFileSync("/tmp/a", "utf8") }); }
export function keep() { fs.writeFileSync("/tmp/a", user.email); }`),
  ).toEqual([]);
});

it("is not the whole of it, which has no name", () => {
  expect(arriving(`train(String(Math.random()));`)).toEqual([]);
});

it("is in JSON as well", () => {
  expect(arriving(`train(JSON.stringify({ email: String(Math.random()) }));`)).toEqual(["email"]);
});
