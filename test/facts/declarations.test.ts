import { describe, expect, it } from "vitest";
import { bare, facts, lines, top } from "./helpers.js";

describe("modules", () => {
  it("collects imports of every form", () => {
    const code =
      'import "a"; import d, * as n from "b"; import { x as y, type T } from "c"; import type U from "d"; import r = require("e"); f(d, n, y, r);';
    expect(bare(facts(code).imports)).toEqual([
      { from: "a", name: "*", local: "", typeOnly: false },
      { from: "b", name: "default", local: "d", typeOnly: false },
      { from: "b", name: "*", local: "n", typeOnly: false },
      { from: "c", name: "x", local: "y", typeOnly: false },
      { from: "c", name: "T", local: "T", typeOnly: true },
      { from: "d", name: "default", local: "U", typeOnly: true },
      { from: "e", name: "=", local: "r", typeOnly: false },
    ]);
  });

  it("notes imports that nothing uses as a value", () => {
    const elidable = (code: string, name?: string): string[] =>
      facts(code, name).imports.flatMap((i) => (i.elidable === true ? [i.local || i.from] : []));
    const code =
      'import {} from "a"; import { b, c, d, e, F, G } from "m"; let x: b; let y: typeof c; d; export { e }; <F />; type H = { G: G };';
    expect(elidable(code, "/f.tsx")).toEqual(["a", "b", "c", "G"]);
    expect(elidable('import "a"; import type { b } from "b";')).toEqual([]);
    expect(elidable('import { b } from "b";', "/f.js")).toEqual([]);
    // A parameter's type may be metadata then.
    expect(elidable('import { B } from "b"; @Injectable() class A { constructor(b: B) {} }')).toEqual([]);
  });

  it("collects exports of every form", () => {
    const code = `import { i } from "m"; const v = 1, { w } = v; interface I {} declare const amb: I;
      export { v as a, i as b, I, type I as J, amb }; export const c = 1, [d] = []; export function f(): void; export function f() {} export class K {}
      export enum E { A } export type T = 1; export * from "s"; export * as ns from "s"; export { x as default, type y } from "t"; export namespace N { export const z = 1 }`;
    expect(bare(facts(code).exports)).toEqual([
      { k: "local", name: "a", slot: "v" },
      { k: "import", name: "b", import: 0 },
      { k: "type", name: "I", type: "I" },
      { k: "type", name: "J", type: "I" },
      { k: "local", name: "amb", slot: "amb", ambient: true },
      { k: "local", name: "c", slot: "c" },
      { k: "local", name: "d", slot: "d" },
      { k: "local", name: "f", slot: "f" },
      { k: "local", name: "K", slot: "K" },
      { k: "local", name: "E", slot: "E" },
      { k: "type", name: "E", type: "E" },
      { k: "type", name: "T", type: "T" },
      { k: "star", from: "s", typeOnly: false },
      { k: "from", name: "ns", from: "s", imported: "*", typeOnly: false },
      { k: "from", name: "default", from: "t", imported: "x", typeOnly: false },
      { k: "from", name: "y", from: "t", imported: "y", typeOnly: true },
      { k: "local", name: "N", slot: "N" },
    ]);
  });

  it.each([
    ["export default function f() {}", "export default = f", "hoist f = fn#1"],
    ["export default function () {}", "export default = *default*", "hoist *default* = fn#1"],
    ["export default () => 1;", "export default = *default*", "const *default* = fn#1"],
    ["export default class A {}", "export default = A", "const A = class#0"],
    ["export default class {}", "export default = *default*", "const *default* = class#0"],
    ["const x = 1; export = x;", "export = = *export=", "const *export= = x"],
  ])("%s", (code, exported, lowered) => {
    expect(lines(code)).toContain(exported);
    expect(lines(code)).toContain(`  ${lowered}`);
  });

  it.each([
    ["import 'x';", "a.ts", "esm"],
    ["export {};", "a.cjs", "esm"],
    ["import.meta.url;", "a.js", "esm"],
    ["f();", "a.mjs", "esm"],
    ["f();", "a.cts", "cjs"],
    ["exports.x = 1;", "a.js", "cjs"],
    ["module.exports = 1;", "a.ts", "cjs"],
    ["const x = require('y');", "a.js", "cjs"],
    ["import x = require('y'); export = x;", "a.ts", "cjs"],
    ["const module = {}; module.exports = 1;", "a.js", "script"],
    ["f();", "a.ts", "script"],
  ])("%s in %s is %s", (code, path, format) => {
    expect(facts(code, path).format).toBe(format);
  });

  it("reads JSON as a module", () => {
    expect(lines('{"a": [1, -2]}', "a.json")).toEqual([
      "fn#0 module -() [in -1] {",
      "  const *export= = {a: [1, -2]}",
      "}",
      "export = = *export=",
      "export default = *export=",
    ]);
  });
});

describe("classes", () => {
  it("lowers members, parameter properties after super, and the self slot", () => {
    const code = `class A extends B<T> implements I { static s = 1; #p?: string; constructor(private x: string, y = 1) { log(); super(x); log(y); } get g() { return this.#p } abstract m(): void; declare d: D; o(a: string): void; o(a: any) {} static {} }`;
    expect(lines(code).filter((l) => !l.startsWith("}"))).toEqual([
      "fn#0 module -() [in -1] {",
      "  const A = class#0",
      "fn#1 field s() [in 0 of class#0] {",
      "  return 1",
      "fn#2 constructor constructor(x: string, y = 1) [in 0 of class#0] {",
      "  global log()",
      "  super(x)",
      "  (this.x = x)",
      "  global log(y)",
      "fn#3 getter g() [in 0 of class#0] {",
      "  return this.#p",
      "fn#4 method o(a: any) [in 0 of class#0] {}",
      "fn#5 static-block -() [in 0 of class#0] {}",
      "class#0 A self A extends global B {",
      "  ctor fn#2",
      '  static field "s" fn#1',
      '  field "#p"',
      '  get "g" fn#3',
      '  method "m" ambient',
      '  field "d" ambient',
      '  method "o" fn#4',
      '  static static-block "" fn#5',
    ]);
    expect(bare(facts(code).classes[0])).toMatchObject({
      implements: [{ t: "ref", name: ["I"] }],
      superTypeArgs: [{ t: "ref", name: ["T"] }],
      types: [
        { name: "\0#p", optional: true, type: { t: "primitive", name: "string" } },
        { name: "x", type: { t: "primitive", name: "string" } },
        { name: "g" },
        { name: "m", method: true },
        { name: "d", type: { t: "ref", name: ["D"] } },
        { name: "o", method: true, type: { t: "function", params: [{ name: "a", type: { t: "primitive", name: "string" } }] } },
        { name: "s", static: true },
      ],
    });
  });

  it("evaluates decorators where the class is", () => {
    const c = facts("const k = 1; @A(k) class B { @C(k) m(@D(k) x) {} }");
    expect(bare(c.classes[0]?.decorators)).toMatchObject([{ e: "call", args: [{ slot: "k", up: 0 }] }]);
    expect(bare(c.classes[0]?.members[0]?.decorators)).toMatchObject([{ e: "call", args: [{ slot: "k", up: 0 }] }]);
    expect(bare(c.functions[1]?.params[0]?.decorators)).toMatchObject([{ e: "call", args: [{ slot: "k", up: 0 }] }]);
  });
});

describe("enums and namespaces", () => {
  it("lowers enums to objects with the reverse mapping", () => {
    expect(top('enum E { A, B = 1 << 2, C, D = "d", F = A | C }')).toEqual([
      'const E = {A: 0, "0": "A", B: 4, "4": "B", C: 5, "5": "C", D: "d", F: 5, "5": "F"}'.replace(/"(\d)":/g, "$1:"),
    ]);
    expect(bare(facts('enum E { A, D = "d" }').types)).toEqual([
      {
        k: "enum",
        name: "E",
        type: {
          t: "union",
          of: [
            { t: "const", v: 0 },
            { t: "const", v: "d" },
          ],
        },
      },
    ]);
  });

  it("lowers namespaces to functions that fill an object, and names their types with a dot", () => {
    expect(lines("namespace N { export const a = 1; export let b = a; export type T = U; type U = 1; }")).toEqual([
      "fn#0 module -() [in -1] {",
      "  const N = {}",
      "  fn#1(N)",
      "}",
      "fn#1 arrow N(N) [in 0] {",
      "  const a = 1",
      "  (N.a = a)",
      "  let N.b = a",
      "}",
      "alias N.T = N.U",
      "alias N.U = 1",
    ]);
  });
});

describe("ambient declarations", () => {
  it("are globals at run time, with their types and tags kept", () => {
    const code =
      "/** @trains */ declare function train(x: unknown): void; declare const user: User; declare class C { static s: 1; m(): void } train(user);";
    expect(top(code)).toEqual(["global train(global user)"]);
    expect(bare(facts(code).ambient)).toEqual([
      {
        name: "train",
        type: {
          t: "function",
          params: [{ name: "x", type: { t: "primitive", name: "unknown" } }],
          returns: { t: "primitive", name: "void" },
        },
        tags: [{ tag: "trains", text: "" }],
      },
      { name: "user", type: { t: "ref", name: ["User"] } },
      { name: "C", type: { t: "typeof", name: ["C"] } },
    ]);
    expect(facts(code).types.map((t) => t.name)).toEqual(["C"]);
  });

  it("are all there is in a declaration file", () => {
    const f = facts(
      "export function f(x: string): void; export default class D {} export interface I {} declare namespace N { const a: I }",
      "a.d.ts",
    );
    expect(f.functions[0]?.body).toEqual([]);
    expect(f.ambient?.map((a) => a.name)).toEqual(["f", "D", "N.a"]);
    expect(bare(f.exports)).toMatchObject([
      { k: "local", name: "f", ambient: true },
      { k: "local", name: "default", slot: "D", ambient: true },
      { k: "type", name: "default", type: "D" },
      { k: "type", name: "I" },
    ]);
  });
});

describe("tags", () => {
  it("reads our tags from the comment before a declaration, with exact places", () => {
    const code = "/**\n * Text.\n * @collects user.email and\n *   more\n * @param x no\n * @yields pseudonymised\n */\nfunction f(x) {}";
    expect(facts(code).functions[1]?.tags).toEqual([
      { tag: "collects", text: "user.email and more", at: 16, end: 50 },
      { tag: "yields", text: "pseudonymised", at: 69, end: 90 },
    ]);
    expect(code.slice(16, 25)).toBe("@collects");
    expect(code.slice(69, 90)).toBe("@yields pseudonymised");
  });

  it("reads them on variables (and their functions), classes, members, properties of types and of objects", () => {
    const c = "/** @trains */";
    const f = facts(
      `${c} const f = () => 1; ${c} class A { ${c} m() {} ${c} p = 1 } interface I { ${c} x: 1 } const o = { ${c} k: () => 1 };`,
    );
    const tag = [expect.objectContaining({ tag: "trains", text: "" })];
    expect(f.functions[0]?.body[0]).toMatchObject({ tags: tag });
    expect(f.functions.map((x) => `${x.name}${x.tags === undefined ? "" : "!"}`)).toEqual(["", "f!", "m!", "p", "k!"]);
    expect(f.classes[0]).toMatchObject({ tags: tag, members: [{ tags: tag }, { tags: tag }] });
    expect(f.types[0]).toMatchObject({ type: { props: [{ name: "x", tags: tag }] } });
  });

  it("takes no tags from ordinary comments or an earlier one", () => {
    expect(facts("/** @trains */\n/** Nothing. */\nfunction f() {}").functions[1]).not.toHaveProperty("tags");
    expect(facts("f(); /** @trains */\nfunction g() {}").functions[1]).not.toHaveProperty("tags");
    expect(facts("// @trains\n/* @trains */ function f() {} /** @collects x */").functions[1]).not.toHaveProperty("tags");
  });
});
