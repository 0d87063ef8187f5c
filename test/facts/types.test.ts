import { describe, expect, it } from "vitest";
import { bare, facts } from "./helpers.js";

function type(code: string): unknown {
  return bare(facts(`type T = ${code};`).types[0]?.type);
}
const string = { t: "primitive", name: "string" };
const ref = (name: string) => ({ t: "ref", name: [name] });

describe("types", () => {
  it.each([
    ["A.B<C, string>", { t: "ref", name: ["A", "B"], args: [ref("C"), string] }],
    ["readonly string[]", { t: "array", of: string }],
    ["[a: A, b?: string, ...rest: string[]]", { t: "tuple", of: [ref("A"), string], rest: { t: "array", of: string } }],
    [
      "A & ('x' | -1 | true | null)",
      {
        t: "intersection",
        of: [
          ref("A"),
          {
            t: "union",
            of: [
              { t: "const", v: "x" },
              { t: "const", v: -1 },
              { t: "const", v: true },
              { t: "primitive", name: "null" },
            ],
          },
        ],
      },
    ],
    [
      "(this: X, a: A, ...b: string[]) => void",
      {
        t: "function",
        params: [
          { name: "a", type: ref("A") },
          { name: "b", type: { t: "array", of: string }, rest: true },
        ],
        returns: { t: "primitive", name: "void" },
        self: ref("X"),
      },
    ],
    [
      "{ a?: A; readonly 'b-c': B; m(x: A): void; [k: string]: A; (x: A): B }",
      {
        t: "literal",
        props: [
          { name: "a", type: ref("A"), optional: true },
          { name: "b-c", type: ref("B") },
          {
            name: "m",
            type: { t: "function", params: [{ name: "x", type: ref("A") }], returns: { t: "primitive", name: "void" } },
            method: true,
          },
        ],
        index: ref("A"),
        call: { t: "function", params: [{ name: "x", type: ref("A") }], returns: ref("B") },
      },
    ],
    ["new (x: A) => B", { t: "literal", props: [], made: ref("B") }],
    ["{ new (x: A): B; new (): A; b: B }", { t: "literal", props: [{ name: "b", type: ref("B") }], made: ref("B") }],
    ["typeof a.b", { t: "typeof", name: ["a", "b"] }],
    ["keyof A", { t: "keyof", of: ref("A") }],
    ["A['k']", { t: "indexed", of: ref("A"), key: { t: "const", v: "k" } }],
    ["A extends B ? C : D", { t: "conditional", then: { t: "ref", name: ["C"] }, else: { t: "ref", name: ["D"] } }],
    ["{ [K in A]?: B }", { t: "mapped", param: "K", keys: { t: "ref", name: ["A"] }, value: { t: "ref", name: ["B"] }, optional: true }],
    ["{ [K in A]-?: B }", { t: "mapped", param: "K", keys: { t: "ref", name: ["A"] }, value: { t: "ref", name: ["B"] } }],
    ["{ [K in A as `x${K}`]: B }", { t: "complex", text: "{ [K in A as `x${K}`]: B }" }],
    ["import('m').X", ref('import("m").X')],
    ["typeof import('m')", { t: "typeof", name: ['import("m")'] }],
    ["import(m).X", { t: "complex", text: "import(m).X" }],
    ["`a${string}`", { t: "complex", text: "`a${string}`" }],
  ])("%s", (code, expected) => {
    expect(type(code)).toEqual(expected);
  });

  it("keeps annotations of variables, parameters, results, properties and predicates", () => {
    const f = facts("const { a }: A = b; function g<T extends A = B>(x?: T, ...y: A[]): x is A { try {} catch (e: unknown) {} }");
    expect(bare(f.functions[0]?.body[0])).toMatchObject({ type: ref("A"), target: { p: "object", type: ref("A") } });
    expect(bare(f.functions[1])).toMatchObject({
      typeParams: [{ name: "T", constraint: ref("A"), default: ref("B") }],
      params: [
        { optional: true, rest: false, type: ref("T"), target: { type: ref("T") } },
        { optional: false, rest: true },
      ],
      returnType: { t: "primitive", name: "boolean" },
      predicate: { param: "x", asserts: false, type: ref("A") },
      body: [{ s: "try", param: { slot: "e", type: { name: "unknown" } } }],
    });
  });

  it("merges the declarations of an interface", () => {
    expect(bare(facts("interface A extends B<C> { x: 1 } interface A { y: 2 }").types)).toEqual([
      {
        k: "interface",
        name: "A",
        extends: [{ t: "ref", name: ["B"], args: [ref("C")] }],
        type: {
          t: "literal",
          props: [
            { name: "x", type: { t: "const", v: 1 } },
            { name: "y", type: { t: "const", v: 2 } },
          ],
        },
      },
    ]);
  });
});
