import { describe, expect, it } from "vitest";
import { bare, facts, lines } from "./helpers.js";

describe("scopes", () => {
  it("gives shadowing block variables slots of their own in the function's record", () => {
    expect(lines("let x = 1; { let x = 2; f(x); } { let x = 3; f(x); } f(x);")).toEqual([
      "fn#0 module -() [in -1] {",
      "  let x = 1",
      "  {",
      "    let x$1 = 2",
      "    global f(x$1)",
      "  }",
      "  {",
      "    let x$2 = 3",
      "    global f(x$2)",
      "  }",
      "  global f(x)",
      "}",
    ]);
  });

  it("makes a record for a loop only where closures capture", () => {
    expect(bare(facts("for (const x of xs) f(x);").functions[0]?.body)).toMatchObject([{ s: "for-of", scoped: false }]);
    expect(bare(facts("for (const x of xs) f(() => x);").functions[0]?.body)).toMatchObject([
      { s: "for-of", scoped: true, target: { slot: "x", up: 0 }, iter: { e: "global" }, body: [{ s: "expr" }] },
    ]);
    expect(facts("for (const x of xs) f(() => x);").functions[1]?.body[0]).toMatchObject({ e: { slot: "x", up: 1 } });
  });

  it("puts the head and body of a `for…of` into one record, and counts it in `up`", () => {
    expect(lines("const a = 0; for (const x in xs) { const y = a; f(() => x + y + a); }")).toEqual([
      "fn#0 module -() [in -1] {",
      "  const a = 0",
      "  for scoped x in global xs {",
      "    const y = a^1",
      "    global f(fn#1)",
      "  }",
      "}",
      "fn#1 arrow -() [in 0] {",
      "  return ((x^1 + y^1) + a^2)",
      "}",
    ]);
  });

  it("wraps a captured `for` head in a scope, with a further one for the body", () => {
    expect(lines("for (let i = 0; i < 2; i++) { let j = i; f(() => i + j); }").slice(0, 12)).toEqual([
      "fn#0 module -() [in -1] {",
      "  scope {",
      "    for scoped init {",
      "      let i = 0",
      "    } test (i < 2) update i++ {",
      "      scope {",
      "        let j = i^1",
      "        global f(fn#1)",
      "      }",
      "    }",
      "  }",
      "}",
    ]);
  });

  it("binds functions of a block with the block's record", () => {
    expect(lines("while (a) { const v = 1; function g() { return v; } f(g, () => g); }").slice(0, 8)).toEqual([
      "fn#0 module -() [in -1] {",
      "  while test global a {",
      "    scope {",
      "      hoist g = fn#1",
      "      const v = 1",
      "      global f(g, fn#2)",
      "    }",
      "  }",
    ]);
  });

  it("does not make records outside loops", () => {
    expect(JSON.stringify(facts("if (a) { const v = 1; f(() => v); }"))).not.toContain('"scope"');
  });

  it("knows `arguments`, own names and nested arrows", () => {
    const f = facts("const f = function g() { return () => [arguments, g]; };").functions;
    expect(f[1]).toMatchObject({ kind: "function", name: "g", selfName: "g", usesArguments: true });
    expect(bare(f[2]?.body)).toEqual([
      {
        s: "return",
        e: {
          e: "array",
          elems: [
            { e: "var", slot: "arguments", up: 1 },
            { e: "var", slot: "g", up: 1 },
          ],
        },
      },
    ]);
  });

  it("assigns the function's variable from a block's function in sloppy code only", () => {
    expect(lines("if (a) { function f() {} } f();", "a.cjs").slice(0, 6)).toEqual([
      "fn#0 module -() [in -1] {",
      "  hoist f$1 = fn#1",
      "  if global a {",
      "    (f = f$1)",
      "  }",
      "  f()",
    ]);
    expect(lines("if (a) { function f() {} } f(); export {}", "a.js")).toContain("  global f()");
  });

  it("keeps the kinds of declarations", () => {
    expect(lines("var a, b = 1; let c; const d = 2; using e = f();").slice(1, 5)).toEqual([
      "  var b = 1",
      "  let c",
      "  const d = 2",
      "  using e = global f()",
    ]);
  });

  it("disposes of what `using` declares behind the rest of its block, last first", () => {
    const disposed = (name: string): string => `${name}?.[global Symbol.dispose]?.()`;
    expect(lines("{ using a = f(), b = g(); h(); }").map((line) => line.trim())).toEqual([
      "fn#0 module -() [in -1] {",
      "{",
      "using a = global f()",
      "try {",
      "using b = global g()",
      "try {",
      "global h()",
      "} finally {",
      disposed("b"),
      "}",
      "} finally {",
      disposed("a"),
      "}",
      "}",
      "}",
    ]);
    expect(lines("for (using i of j) k();").map((line) => line.trim())).toContain(disposed("i"));
    expect(lines("for (using i = f(); i;) k();").map((line) => line.trim())).toContain(disposed("i"));
    expect(lines("for (const i of j) k();").join()).not.toContain("dispose");
  });

  it("awaits the disposal of `await using`, by its own method if there is one", () => {
    expect(lines("await using a = f(); g();").map((line) => line.trim())).toContain(
      "await (a?.[global Symbol.asyncDispose] ? a?.[global Symbol.asyncDispose]?.() : a?.[global Symbol.dispose]?.())",
    );
  });
});
