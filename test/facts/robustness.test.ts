/** Facts of any text: no crash, plain JSON, the same every time. */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import fc from "fast-check";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { extractFacts, parseFacts } from "../../src/facts/extract.js";
import type { FileFacts } from "../../src/facts/ir.js";
import { printFacts } from "../../src/facts/print.js";

const require = createRequire(import.meta.url);

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((e) => e.isFile() && /\.[cm]?[jt]sx?$/.test(e.name))
    .map((e) => join(e.parentPath, e.name))
    .sort();
}

/** Every index that the facts hold leads somewhere, and every variable is found at its level. */
function consistent(facts: FileFacts): void {
  const json = JSON.stringify(facts);
  expect(JSON.parse(json)).toStrictEqual(facts);
  for (const m of json.matchAll(/"(fn|cls|i|up|owner|parent|ctor)":(-?\d+)/g)) {
    const n = Number(m[2]);
    switch (m[1]) {
      case "fn":
      case "ctor":
        expect(n).toBeLessThan(facts.functions.length);
        break;
      case "cls":
      case "owner":
        expect(n).toBeLessThan(facts.classes.length);
        break;
      case "i":
        expect(n).toBeGreaterThanOrEqual(0);
        expect(n).toBeLessThan(facts.imports.length);
        break;
      case "up":
        expect(n).toBeGreaterThanOrEqual(0);
        break;
      case "parent":
        expect(n).toBeGreaterThanOrEqual(-1);
        expect(n).toBeLessThan(facts.functions.length);
        break;
      default:
        expect.unreachable(m[0]);
    }
  }
}

describe("real code", () => {
  it("reads every source file of zod", () => {
    for (const path of sources(join(dirname(require.resolve("zod/package.json")), "src"))) {
      const text = readFileSync(path, "utf8");
      const facts = parseFacts(path, text, ts);
      expect(facts.syntaxErrors, path).toEqual([]);
      expect(JSON.parse(JSON.stringify(facts)), path).toStrictEqual(facts);
      expect(printFacts(facts)).not.toContain("opaque");
    }
  });

  it("reads the sources of openai, with consistent indexes", () => {
    for (const path of sources(join(dirname(require.resolve("openai")), "src")))
      consistent(parseFacts(path, readFileSync(path, "utf8"), ts));
  });

  it("reads the compiler's own declaration files and bundled code", () => {
    const lib = dirname(require.resolve("typescript"));
    for (const name of ["lib.dom.d.ts", "lib.es5.d.ts", "typescript.d.ts", "typescript.js"]) {
      const facts = parseFacts(name, readFileSync(join(lib, name), "utf8"), ts);
      expect(facts.syntaxErrors, name).toEqual([]);
      if (name.endsWith(".d.ts")) expect(facts.functions[0]?.body, name).toEqual([]);
      else expect(facts.functions.length).toBeGreaterThan(15_000);
    }
  });
});

describe("hostile code", () => {
  it.each([
    ["binary", `x = ${"a + ".repeat(5000)}b;`],
    ["mixed binary", `x = ${"a + b - ".repeat(2500)}b;`],
    ["or", `x = ${"a || ".repeat(5000)}b;`],
    ["comma", `x = (${"a, ".repeat(5000)}b);`],
    ["else if", `${"if (a) { b(); } else ".repeat(1000)}c();`],
    ["member", `x = a${".b".repeat(3000)};`],
    ["call", `x = a${".b(1)".repeat(2000)};`],
    ["array", `x = [${"1, ".repeat(50_000)}];`],
    ["object", `x = {${Array.from({ length: 20_000 }, (_, i) => `k${i}: ${i}`).join(",")}};`],
    ["statements", "f();".repeat(50_000)],
    ["conditional", `x = ${"a ? b : ".repeat(1000)}c;`],
    ["nested arrays", `x = ${"[".repeat(300)}${"]".repeat(300)};`],
    ["nested functions", `${"f(() => ".repeat(450)}1${")".repeat(450)};`],
    ["nested blocks", `${"{".repeat(600)}let x = 1; x;${"}".repeat(600)}`],
    ["brackets beyond the parser", `x = ${"[".repeat(100_000)}`],
    ["parentheses beyond the parser", `x = ${"(".repeat(100_000)}1${")".repeat(100_000)}`],
  ])("%s", (_, text) => {
    const facts = parseFacts("a.ts", text, ts);
    expect(facts.functions[0]?.kind).toBe("module");
    // Shallow enough for later stages to walk without care.
    if (!["mixed binary", "member", "call", "conditional"].includes(_)) expect(() => JSON.stringify(facts)).not.toThrow();
  });

  it("gives up on functions nested too deeply, and says so", () => {
    const text = `${"f(() => ".repeat(450)}1${")".repeat(450)};`;
    expect(JSON.stringify(parseFacts("a.ts", text, ts))).toContain("nested too deeply");
  });

  it("says that a file beyond the parser cannot be read", () => {
    const facts = parseFacts("a.ts", `\n\nx = ${"[".repeat(100_000)}`, ts);
    expect(facts.syntaxErrors.map((e) => e.message)).toEqual(["The file cannot be read: nested too deeply."]);
    expect(facts.lineStarts).toEqual([0, 1, 2]);
  });

  it("survives any mutilation of a program", () => {
    const program = readFileSync(new URL("./kitchen-sink.txt", import.meta.url), "utf8");
    fc.assert(
      fc.property(
        fc.nat(program.length),
        fc.nat(30),
        fc.constantFrom("", "{", "}", "(", ")", "`", "'", "<", "=>", "class", "#", "...", "\n", "@", ";"),
        fc.constantFrom("a.ts", "a.tsx", "a.js", "a.d.ts"),
        (at, cut, put, name) => {
          const text = program.slice(0, at) + put + program.slice(at + cut);
          const facts = parseFacts(name, text, ts);
          expect(JSON.parse(JSON.stringify(facts))).toStrictEqual(facts);
          expect(facts.syntaxErrors.filter((e) => e.message.includes("report it"))).toEqual([]);
          printFacts(facts);
        },
      ),
      { numRuns: 1000, seed: 1 },
    );
  });

  it("reads any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const facts = parseFacts("a.tsx", text, ts);
        expect(JSON.parse(JSON.stringify(facts))).toStrictEqual(facts);
        expect(facts.syntaxErrors.filter((e) => e.message.includes("report it"))).toEqual([]);
      }),
      { numRuns: 300, seed: 2 },
    );
  });
});

describe("determinism", () => {
  it("gives the same facts with and without parents, from text or source file", () => {
    const text = readFileSync(new URL("./kitchen-sink.txt", import.meta.url), "utf8");
    const parsed = parseFacts("a.ts", text, ts);
    const withParents = ts.createSourceFile("other/name.ts", text, ts.ScriptTarget.Latest, true);
    expect(extractFacts(withParents, ts)).toStrictEqual(parsed);
    expect(JSON.stringify(parseFacts("a.ts", text, ts))).toBe(JSON.stringify(parsed));
    consistent(parsed);
  });
});
