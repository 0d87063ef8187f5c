import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeLine, escapeMarkdown, escapeSarifText, markdownCode } from "../../src/report/escape.js";
import { counted, thousands } from "../../src/report/counts.js";
import { fit, width, wrap } from "../../src/report/width.js";

describe("escaping", () => {
  it.each([
    ["plain text, ünïcödé 日本 🙂", "plain text, ünïcödé 日本 🙂"],
    ["\u001b[31mred", "\\u{1b}[31mred"],
    ["a\nb\tc\r", "a\\nb c\\u{d}"],
    ["\u202eevil\u2066", "\\u{202e}evil\\u{2066}"],
    ["\u009b0m \u200b \ufeff", "\\u{9b}0m \\u{200b} \\u{feff}"],
    ["lone \ud800", "lone \\u{d800}"],
  ])("%j in a line is %j", (text, escaped) => {
    expect(escapeLine(text)).toBe(escaped);
  });

  it("leaves no control character in a line, whatever comes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(escapeLine(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/);
      }),
    );
  });

  it("shows Markdown and HTML as text", () => {
    expect(escapeMarkdown("[a](http://x) <img> *b* `c` @you | #1")).toBe(
      "\\[a\\]\\(http&#58;//x\\) &lt;img&gt; \\*b\\* \\`c\\` &#64;you \\| \\#1",
    );
  });

  it("fences code by more backticks than are in it", () => {
    expect([markdownCode("a"), markdownCode("`a`"), markdownCode("a ``b`` c")]).toEqual(["`a`", "`` `a` ``", "```a ``b`` c```"]);
  });

  it("makes no links in SARIF's text", () => {
    expect(escapeSarifText("[a](1) \\")).toBe("\\[a\\](1) \\\\");
  });
});

describe("measures", () => {
  it("count wide characters twice and combining marks not", () => {
    expect([width("abc"), width("日本"), width("e\u0301"), width("🙂")]).toEqual([3, 4, 1, 2]);
  });

  it("cut and wrap", () => {
    expect([fit("abcdef", 6), fit("abcdef", 4), fit("日本語", 4)]).toEqual(["abcdef", "abc…", "日…"]);
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrap("unbreakable", 3)).toEqual(["unbreakable"]);
  });

  it("write numbers the same in every locale", () => {
    expect([thousands(1234567), thousands(12), counted(1, "error"), counted(2000, "error")]).toEqual([
      "1,234,567",
      "12",
      "1 error",
      "2,000 errors",
    ]);
  });
});
