/** Bounds: what is beyond them is told, what is within is not. */
import { describe, expect, it } from "vitest";
import { run } from "./program.js";

/** A value moves on by one variable each turn. */
const chain = (length: number): string => `const xs = JSON.parse(load()) as string[];
const u = loadUser();
${Array.from({ length }, (_, i) => `let v${i} = "";`).join("\n")}
for (const x of xs) {
${Array.from({ length: length - 1 }, (_, i) => `  v${length - 1 - i} = v${length - 2 - i};`).join("\n")}
  v0 = x + u.email;
}
train(v${length - 1});
`;

it("a loop whose values take many turns to arrive is run until they do", () => {
  const { flows, blindSpots } = run(chain(30));
  expect(flows.map((f) => f.field)).toEqual(["user.email"]);
  expect(blindSpots).toEqual([]);
});

it("one that takes more turns than are run is told", () => {
  const { flows, blindSpots } = run(chain(60));
  expect(flows).toEqual([]);
  expect(blindSpots.map((b) => [b.kind, b.fields, b.reason])).toEqual([
    ["budget-limit", ["user.email"], "something repeated in here was still growing after 40 passes"],
  ]);
});

it("many calls one on the other's result are followed", () => {
  const { flows } = run(`const u = loadUser();\nconst text = u.email${".trim()".repeat(6000)};\ntrain(text);\n`);
  expect(flows.map((f) => f.field)).toEqual(["user.email"]);
});

it("code nested more deeply than the stack is told, and the rest is followed", () => {
  const { flows, blindSpots } = run(`export function deep(): unknown { return f${"()".repeat(20000)}; }
declare const f: any;
export function near(): void { train(loadUser().email); }
`);
  expect(flows.map((f) => f.field)).toEqual(["user.email"]);
  expect(blindSpots.map((b) => [b.kind, b.line])).toEqual([["depth-limit", 3]]);
});

/** A function whose calls cost thousands of steps each, called often, each time with something else: no summary holds. */
const heavy = (
  calls: number,
  last: string,
): string => `const heavy = (u: User, note: string, nth?: number): { name: string; mail: string; note: string } => {
  let n = 0;
  for (const t of [${Array.from({ length: 60 }, (_, i) => i).join(", ")}]) {
${"    n = n + t * 2 + (t - 1);\n".repeat(8)}  }
  return { name: u.name, mail: u.email, note: note + n };
};
const u = loadUser();
${Array.from({ length: calls }, (_, i) => `heavy(u, u.id, ${i});\n`).join("")}${last}
`;

it("what is too costly to be followed again gives what it gave before, field by field", () => {
  const { flows, blindSpots } = run(heavy(30, "train(heavy(u, u.id).mail);"));
  expect(flows.map((f) => f.field)).toEqual(["user.email"]);
  expect([...new Set(blindSpots.map((b) => b.kind))]).toEqual(["budget-limit"]);
});

it("but not where something goes in at a place where it never went in before: then all comes out", () => {
  const { flows } = run(heavy(30, "train(heavy(u, u.prompt).mail);"));
  expect(flows.map((f) => f.field)).toContain("user.prompt");
});

it("the text of lists that share what they hold is worked out once for each, not for each way to it", () => {
  const shared = Array.from({ length: 24 }, (_, i) => `const l${i + 1}: unknown[] = [l${i}, l${i}];`).join("\n");
  const { flows } = run(`const l0: unknown[] = [loadUser().email];\n${shared}\ntrain(l24.join());\n`);
  expect(flows.map((f) => f.field)).toEqual(["user.email"]);
});

/** So many objects, one of which is meant. */
const oneOf = (count: number, what: string): string => `const u = loadUser();
const rows = [${Array.from({ length: count }, (_, i) => `{ n: "${i}", mail: u.email, by: { name: u.name, at: "${i}" } }`).join(", ")}];
const row = rows[Math.floor(Math.random() * rows.length)]!;
train(${what});
`;

it.each([
  ["row.mail", ["user.email"]],
  ["row.by.name", ["user.name"]],
  ["row.n", []],
  ["row.by.at", []],
  ["row", ["user.email", "user.name"]],
])("of more objects than are told apart the properties still are: %s", (what, fields) => {
  const { flows, blindSpots } = run(oneOf(80, what));
  expect(flows.map((f) => f.field).sort()).toEqual(fields);
  expect(blindSpots).toEqual([]);
});

const defers = (text: string, times: number): string =>
  `const defer = (text: string) => { setTimeout(() => { train(text); }, 10); };\n` + `defer(${text});\n`.repeat(times);

it("a callback that holds a field is run behind any number of others of its function", () => {
  const { flows, blindSpots } = run(`${defers('"words"', 60)}defer(loadUser().email);`);
  expect(flows.map((f) => f.field)).toEqual(["user.email"]);
  expect(blindSpots).toEqual([]);
});

it("callbacks beyond the bound are told if they hold a field", () => {
  const { blindSpots } = run(defers("loadUser().email", 60));
  expect(new Set(blindSpots.map((b) => `${b.kind} ${b.fields.join()}`))).toEqual(new Set(["budget-limit user.email"]));
});

describe("names that are repeated below something unknown", () => {
  const body = (code: string): readonly string[] => {
    const { flows, blindSpots } = run(`const u = loadUser();\nconst any = JSON.parse(load()) as any;\n${code}\n`);
    expect(blindSpots).toEqual([]);
    return flows.map((f) => f.field);
  };

  it("lead to the same object: what is written below is found there", () => {
    expect(body("any.a.b.a.b.a.mail = u.email; train(any.a.b.a.b.a.mail);")).toEqual(["user.email"]);
  });

  it("a later write by one of its names does not undo an earlier one by another", () => {
    expect(body('any.a.b.a.mail = u.email; any.a.b.mail = ""; train(any.a.b.a.mail);')).toEqual(["user.email"]);
  });

  it("are told apart at the top, where answers have data in their data", () => {
    expect(body("any.data.data.mail = u.email; train(any.data.mail);")).toEqual([]);
  });

  it("other names are told apart further below", () => {
    expect(body("any.a.b.c.d.e.mail = u.email; train(any.a.b.c.d.e.name); train(any.a.b.c.d.mail);")).toEqual([]);
  });
});
