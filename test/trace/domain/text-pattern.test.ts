import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  alternatives,
  append,
  covers,
  cut,
  exactPattern,
  HOLE,
  holeOf,
  idsOf,
  joinPatterns,
  MAX_PATTERNS,
  meets,
  NAME_HOLE,
  samePatterns,
  type TextPattern,
} from "../../../src/trace/domain/text-pattern.js";

const letters = fc.constantFrom("a", "b", ":");
const words = fc.string({ unit: letters, maxLength: 3 });

/** `a*:b` as a pattern; holes spell out 0, 1, 2 … */
function pattern(text: string): TextPattern {
  let next = 0;
  return text
    .split(/(\*)/)
    .map((part) => (part === "*" ? holeOf([next++]) : exactPattern(part)))
    .reduce(append, exactPattern(""));
}

const patterns = fc.array(fc.oneof(words, fc.constant("*")), { maxLength: 5 }).map((parts) => pattern(parts.join("")));
const fillings = fc.array(words, { minLength: 8, maxLength: 8 });

/** One of the texts that a pattern is. */
function text(p: TextPattern, fills: readonly string[]): string {
  let next = 0;
  return p.text.replaceAll(HOLE, () => fills[next++] ?? "");
}

const texts = (all: readonly TextPattern[]): string[] => all.map((p) => p.text);

describe("patterns of text", () => {
  it("are exact parts and holes in order, each hole with what it spells out", () => {
    const p = pattern("user:*:profile:*");
    expect(p).toEqual({ text: `user:${HOLE}:profile:${HOLE}`, holes: [[0], [1]], whole: [] });
    expect(append(p, holeOf([7])).holes).toEqual([[0], [1, 7]]);
    expect(cut(p, 5, 6)).toEqual({ text: HOLE, holes: [[0]], whole: [] });
    expect(cut(p, 7).holes).toEqual([[1]]);
  });

  it("keep their ends, and all they spell out, when they grow long", () => {
    const long = Array.from({ length: 20 }, (_, i) => append(exactPattern("-"), holeOf([i]))).reduce(append, exactPattern("begin"));
    const p = append(long, exactPattern("end"));
    expect(p.text.startsWith("begin-")).toBe(true);
    expect(p.text.endsWith("end")).toBe(true);
    expect(idsOf(p)).toHaveLength(20);
    expect(append(exactPattern("x".repeat(400)), exactPattern("y".repeat(400))).text).toHaveLength(129);
  });

  it.each([
    ["user:*:profile", "user:1:profile", true],
    ["user:*:profile", "user:*", true],
    ["user:*:profile", "order:*", false],
    ["*.jsonl", "a.jsonl", true],
    ["*.jsonl", "a.json", false],
    ["a*b", "ab", true],
    ["ab*ba", "aba", false],
    ["a*c*e", "abcde", true],
    ["a*c*e", "abde", false],
  ])("%s meets %s: %s", (a, b, expected) => {
    const [p, q] = [a, b].map((t) => t.replaceAll("*", HOLE)) as [string, string];
    expect(meets(p, q)).toBe(expected);
    expect(meets(q, p)).toBe(expected);
  });

  it.each([
    ["/users/$", "/users/1", true],
    ["/users/$", "/users/1/posts", false],
    ["/users/$", "/users/*", true],
    ["/users/$/posts", "*/posts", true],
    ["/users/$/posts", "/users/*", true],
    ["/users/$", "/orders/*", false],
    ["/$/a", "/$/b", false],
  ])("a route %s meets %s: %s", (a, b, expected) => {
    const [p, q] = [a, b].map((t) => t.replaceAll("*", HOLE).replaceAll("$", NAME_HOLE)) as [string, string];
    expect(meets(p, q)).toBe(expected);
    expect(meets(q, p)).toBe(expected);
  });

  it("cover what they are", () => {
    fc.assert(fc.property(patterns, fillings, (p, fills) => covers(p.text, text(p, fills))));
  });

  it("meet where they have a text in common, whoever asks", () => {
    fc.assert(
      fc.property(patterns, patterns, fillings, (p, q, fills) => {
        if (covers(q.text, text(p, fills))) expect(meets(p.text, q.text)).toBe(true);
        expect(meets(p.text, q.text)).toBe(meets(q.text, p.text));
      }),
    );
  });

  it("meet only where they have a text in common", () => {
    fc.assert(
      fc.property(patterns, patterns, (p, q) => {
        fc.pre(meets(p.text, q.text) && p.holes.length > 0 && q.holes.length > 0);
        // Either's middle fits into a hole of the other.
        const middle = (t: string): string => t.slice(t.indexOf(HOLE), t.lastIndexOf(HOLE) + 1).replaceAll(HOLE, "");
        const longer = (a: string, b: string): string => (a.length > b.length ? a : b);
        const ends = (t: string): [string, string] => [t.slice(0, t.indexOf(HOLE)), t.slice(t.lastIndexOf(HOLE) + 1)];
        const [a, b] = [ends(p.text), ends(q.text)];
        const common = longer(a[0], b[0]) + middle(p.text) + middle(q.text) + longer(a[1], b[1]);
        expect([covers(p.text, common), covers(q.text, common)]).toEqual([true, true]);
      }),
    );
  });
});

describe("alternatives", () => {
  const lists = fc.array(patterns, { minLength: 1, maxLength: 4 }).map((all) => alternatives(all));

  it("are the same whichever way they are found", () => {
    fc.assert(
      fc.property(lists, lists, (a, b) => {
        fc.pre(a.length > 0 && b.length > 0);
        const found = joinPatterns(a, b);
        expect(samePatterns(found, alternatives([...a, ...b]))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it("join in any order, as long as they are few", () => {
    fc.assert(
      fc.property(lists, lists, lists, (a, b, c) => {
        fc.pre(a.length > 0 && b.length > 0 && c.length > 0 && a.length + b.length + c.length <= MAX_PATTERNS);
        expect(joinPatterns(a, b)).toEqual(joinPatterns(b, a));
        const left = joinPatterns(a, b);
        const right = joinPatterns(b, c);
        fc.pre(left.length > 0 && right.length > 0);
        expect(texts(joinPatterns(left, c))).toEqual(texts(joinPatterns(a, right)));
        expect(joinPatterns(a, a)).toBe(a);
      }),
    );
  });

  it("lose no text and nothing that is spelled out, however many they are", () => {
    fc.assert(
      fc.property(fc.array(patterns, { minLength: 1, maxLength: 14 }), fillings, (all, fills) => {
        const out = alternatives(all);
        if (out.length === 0) return;
        expect(out.length).toBeLessThanOrEqual(MAX_PATTERNS);
        for (const p of all) {
          const there = out.filter((q) => covers(q.text, text(p, fills)));
          expect(there.length).toBeGreaterThan(0);
          for (const id of idsOf(p)) expect(there.some((q) => idsOf(q).includes(id))).toBe(true);
        }
      }),
    );
  });

  it("end, whatever a loop puts behind or before", () => {
    fc.assert(
      fc.property(patterns, patterns, fc.boolean(), (start, more, before) => {
        let all = alternatives([start]);
        for (let turn = 0; turn < 40; turn++) {
          const next = alternatives(all.map((p) => (before ? append(more, p) : append(p, more))));
          if (all.length === 0 || next.length === 0) return;
          const joined = joinPatterns(all, next);
          if (joined === all) return;
          all = joined;
        }
        throw new Error(`still growing: ${texts(all).join(" | ")}`);
      }),
    );
  });
});
