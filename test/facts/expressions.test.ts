import { describe, expect, it } from "vitest";
import { bare, facts, top } from "./helpers.js";

describe("expressions", () => {
  it("has exact positions: a node's first token to its last", () => {
    expect(facts("// c\n  f( a.b );").functions[0]?.body).toEqual([
      {
        s: "expr",
        e: {
          e: "call",
          f: { e: "global", name: "f", at: 7, end: 8 },
          args: [
            { e: "member", o: { e: "global", name: "a", at: 10, end: 11 }, key: { e: "const", v: "b", at: 12, end: 13 }, at: 10, end: 13 },
          ],
          at: 7,
          end: 15,
        },
        at: 7,
        end: 16,
      },
    ]);
  });

  it("has no key with an undefined value, and `undefined` is a constant without value", () => {
    expect(bare(facts("x = undefined;").functions[0]?.body)).toEqual([
      { s: "expr", e: { e: "assign", target: { p: "global", name: "x" }, v: { e: "const" } } },
    ]);
    expect(facts("x = undefined;").functions[0]?.body[0]).not.toHaveProperty("e.v.v");
  });

  it("takes `undefined` for a variable where it is declared", () => {
    expect(top("function f(undefined) {} const undefined = 1; g(undefined);")).toEqual(["const undefined = 1", "global g(undefined)"]);
  });

  it.each([
    ["a?.b.c?.(d)?.[e]", "global a?.b.c?.(global d)?.[global e]"],
    ["(a!.b as T)!.c", "<T>global a.b.c"],
    ["a satisfies T", "<satisfies T>global a"],
    ["[1] as const", "<const>[1]"],
    ["f<string, T[]>(x)", "global f<string, T[]>(global x)"],
    ["new A", "new global A()"],
    ["new (f())(1, ...x)", "new global f()(1, ...global x)"],
    ["import('m')", 'import("m")'],
    ["require('m').x", 'require("m").x'],
    ["require(name)", "require(global name)"],
    ["delete a.b", "delete global a.b"],
    ["delete a?.[k]", "delete global a[global k]"],
    ["a ??= b", "(global a ??= global b)"],
    ["a.b **= 2", "(global a.b **= 2)"],
    ["a++, --b.c", "(global a++, --global b.c)"],
    ["a || b && c ?? d", "((global a || (global b && global c)) ?? global d)"],
    ["typeof a === 'x' ? void 0 : !b", '((typeof global a === "x") ? void 0 : !global b)'],
    ["`a${b}\\n`", "`a${global b}\n`"],
    ["`plain`", '"plain"'],
    ["tag`a${b}`", "global tag`a${global b}`"],
    ["0xffn + 1_000n", "(255n + 1000n)"],
    ["0xff + 1e3 + 1e999", "((255 + 1000) + global Infinity)"],
    ["/a\\/[/]b/giu", "/a\\/[/]b/giu"],
    ["[, a, , ...b]", "[, global a, , ...global b]"],
    ["({ a, 'b-c': 1, 2: 3, [d]: 4, ...e })", '{a: global a, "b-c": 1, [2]: 3, [global d]: 4, ...global e}'],
    ["import.meta.url", "import.meta.url"],
    ["({ a: b.c = 1, ...d[0] } = [e, f] = g)", "({a: global b.c = 1, ...global d[0]} = ([global e, global f] = global g))"],
    ["a = b = c", "(global a = (global b = global c))"],
    ["f<string>", "global f"],
  ])("%s", (code, printed) => {
    expect(top(`${code};`)).toEqual([printed]);
  });

  it("takes what `createRequire` gives for `require`, by whatever name, and nothing else", () => {
    const made = (code: string): unknown => facts(`import { createRequire } from "node:module"; ${code}`).requested;
    expect(made("const require = createRequire(import.meta.url); require('m');")).toEqual(["m"]);
    expect(made("const load = createRequire(import.meta.url); const f = () => load('m');")).toEqual(["m"]);
    expect(made("const load = createRequire(import.meta.url); const f = (load) => load('m');")).toEqual([]);
    expect(made("const load = createOther(import.meta.url); load('m');")).toEqual([]);
    expect(facts("import m from 'module'; m.createRequire(import.meta.url); const r = m.createRequire(''); r('m');").requested).toEqual([
      "m",
    ]);
  });

  it("leaves `require` alone where it is shadowed", () => {
    expect(facts("function f(require) { require('m'); }").format).toBe("script");
    expect(bare(facts("function f(require) { require('m'); }").functions[1]?.body)).toEqual([
      { s: "expr", e: { e: "call", f: { e: "var", slot: "require", up: 0 }, args: [{ e: "const", v: "m" }] } },
    ]);
  });

  it("lowers JSX", () => {
    expect(top("x = <A.B a b='c' d={e} {...f}>t {g}{/* no */}{...h}<i/></A.B>;", "a.tsx")).toEqual([
      '(global x = <global A.B {a: true, b: "c", d: global e, ...global f, children: ["t ", global g, ...global h, <"i" {}>]}>)',
    ]);
    expect(top("x = <>\n  one\n  two\n</>;", "a.jsx")).toEqual(['(global x = < {children: "one two"}>)']);
    expect(top("const T = 1; x = <T><my-el a:b='1'/></T>;", "a.tsx")).toEqual([
      "const T = 1",
      '(global x = <T {children: <"my-el" {"a:b": "1"}>}>)',
    ]);
  });
});
