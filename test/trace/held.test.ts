/** What many entry points make at one place and keep under one name is one object; what they keep apart stays apart. */
import { expect, it } from "vitest";
import { run } from "./program.js";

const many = (n: number, one: (i: number) => string): string => Array.from({ length: n }, (_, i) => one(i)).join("\n");
const fields = (program: string): readonly string[] =>
  run(program)
    .flows.map((f) => f.field)
    .sort();

/** A client that whoever comes first makes. */
const SINGLETON = `class Pool {
  private static instance: Pool | undefined;
  private clients = new Map<string, { put(x: unknown): void }>();
  static get(): Pool { if (!Pool.instance) Pool.instance = new Pool(); return Pool.instance; }
  client(key: string): { put(x: unknown): void } {
    if (!this.clients.has(key)) this.clients.set(key, { put(x: unknown) { train(x); } });
    return this.clients.get(key)!;
  }
}
`;

it("a singleton that forty entry points may have made first is one", () => {
  const { flows, blindSpots } = run(
    SINGLETON +
      many(40, (i) => `export function f${i}(): void { Pool.get().client("a").put(loadUser().${i % 2 === 0 ? "email" : "name"}); }`),
  );
  expect(flows.map((f) => f.field).sort()).toEqual(["user.email", "user.name"]);
  expect(blindSpots).toEqual([]);
});

it("what one of them puts into it, others find", () => {
  const held = `let box: { text: string } | undefined;
const get = (): { text: string } => (box ??= { text: "" });
`;
  const fillers = many(9, (i) => `export function f${i}(): void { get().text = "${i}"; }`);
  const filled = `export function last(): void { get().text = loadUser().email; }`;
  const reader = `export function read(): void { train(get().text); }`;
  expect(fields([held, reader, fillers, filled].join("\n"))).toEqual(["user.email"]);
  expect(fields([held, fillers, filled, reader].join("\n"))).toEqual(["user.email"]);
  expect(fields([held, fillers, reader].join("\n"))).toEqual([]);
});

it("what is kept under names of its own stays apart", () => {
  const make = `const make = (): { text: string } => ({ text: "" });\n`;
  const held = many(9, (i) => `let box${i} = make(); export function f${i}(): void { box${i} = make(); box${i}.text = "${i}"; }`);
  const filled = `let other = make(); export function fill(): void { other = make(); other.text = loadUser().email; }`;
  expect(fields(`${make}${held}\n${filled}\nexport function read(): void { train(box3.text); }`)).toEqual([]);
  expect(fields(`${make}${held}\n${filled}\nexport function read(): void { train(other.text); }`)).toEqual(["user.email"]);
});

it("entries of a registry that a few entry points fill stay apart", () => {
  const registry = `const registry: { id: string; run: (u: User) => string }[] = [];\n`;
  const register = `\nfunction register(id: string, run: (u: User) => string): void { registry.push({ id, run }); }`;
  const fill = many(9, (i) => `export function f${i}(): void { register("r${i}", (u) => u.${i === 4 ? "email" : "name"}); }`);
  const read = (id: string): string => `export function read(): void { train(registry.find((r) => r.id === "${id}")?.run(loadUser())); }`;
  expect(fields(registry + fill + read("r4") + register)).toEqual(["user.email"]);
  expect(fields(registry + fill + read("r5") + register)).toEqual(["user.name"]);
});
