/** Files in an order in which importers come before what they import. */
import { expect, test } from "vitest";
import type { FileFacts } from "../../src/facts/ir.js";
import type { LinkedFile, Modules } from "../../src/link/modules.js";
import { importersFirst } from "../../src/link/order.js";
import { programsOf } from "../../src/link/programs.js";

/** Modules by what each file imports. */
function modulesOf(imports: Readonly<Record<string, readonly string[]>>): Modules {
  const files = Object.keys(imports).map((name, index) => ({
    index,
    path: name,
    name,
    facts: {
      imports: imports[name]!.map((from) => ({ from, typeOnly: from.startsWith("type ") })),
      exports: [],
      requested: [],
    } as unknown as FileFacts,
  }));
  const resolve = (_: LinkedFile, specifier: string): unknown => {
    const file = files.find((f) => f.name === specifier.replace("type ", ""));
    return file === undefined ? { k: "unresolved", specifier } : { k: "file", file };
  };
  return { files, resolve } as unknown as Modules;
}

const ordered = (imports: Readonly<Record<string, readonly string[]>>): string[] => {
  const places = importersFirst(modulesOf(imports));
  const names = Object.keys(imports);
  return names.toSorted((a, b) => places[names.indexOf(a)]! - places[names.indexOf(b)]!);
};

test("importers come before what they import, whatever the files are called", () => {
  expect(ordered({ a: [], b: ["a"], c: ["b", "a"] })).toEqual(["c", "b", "a"]);
  expect(ordered({ a: ["b", "c"], b: ["c"], c: [] })).toEqual(["a", "b", "c"]);
});

test("a cycle has some order, and what is imported for its types only counts for nothing", () => {
  expect([...ordered({ a: ["b"], b: ["a"] })].sort()).toEqual(["a", "b"]);
  expect(ordered({ a: [], b: ["type a"] })).toEqual(["b", "a"]);
  expect(ordered({ a: ["type b"], b: ["a"] })).toEqual(["b", "a"]);
});

test("long chains do not go too deep", () => {
  const chain = Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`f${i}`, i === 0 ? [] : [`f${i - 1}`]]));
  expect(importersFirst(modulesOf({ ...chain, missing: ["nowhere"] })).length).toBe(2_001);
});

test("programs start from files that no other imports, and share what several of them import", () => {
  const imports = { main: ["app", "log"], app: ["log"], log: [], tool: ["log"], x: ["y"], y: ["x", "log"], alone: ["type log"] };
  const modules = modulesOf(imports);
  const at = (name: string): number => Object.keys(imports).indexOf(name);
  const programs = programsOf(modules, () => true);
  const always = (file: number, of: number): boolean => programs.always(file, of);
  expect(always(at("main"), at("app"))).toBe(true);
  expect(always(at("main"), at("log"))).toBe(false);
  expect(always(at("log"), at("main"))).toBe(true);
  expect(always(at("log"), at("alone"))).toBe(false);
  expect([always(at("x"), at("y")), always(at("y"), at("x"))]).toEqual([true, true]);
  const without = programsOf(modules, ({ name }) => name === "main");
  expect(without.always(at("app"), at("log"))).toBe(true);
});
