/** Texts with exact parts and holes: what is cut out of them bears the labels of its own part. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { append, covers, exactPattern, HOLE, holeOf, idsOf, type TextPattern } from "../../../src/trace/domain/text-pattern.js";
import { cutOf, literalOf, splitAt, tellOf } from "../../../src/trace/natives/text-holes.js";
import { check } from "./check.js";

const words = fc.string({ unit: fc.constantFrom("a", "B", ":", " "), maxLength: 3 });
const patterns = fc
  .array(fc.oneof(words, fc.constant(null)), { maxLength: 5 })
  .map((parts) => parts.map((part, i) => (part === null ? holeOf([i]) : exactPattern(part))).reduce(append, exactPattern("")));
const fillings = fc.array(words, { minLength: 6, maxLength: 6 });
const numbers = fc.option(fc.integer({ min: -4, max: 4 }), { nil: undefined });

function text(p: TextPattern, fills: readonly string[]): string {
  let next = 0;
  return p.text.replaceAll(HOLE, () => fills[next++] ?? "");
}

it("what a method cuts out of a text is what it cuts out of its pattern", () => {
  const names = fc.constantFrom("trim", "trimStart", "trimEnd", "slice", "substring", "substr", "toLowerCase", "toUpperCase");
  fc.assert(
    fc.property(names, patterns, fillings, numbers, numbers, (name, p, fills, from, to) => {
      const args = name.startsWith("s") ? (to === undefined ? (from === undefined ? [] : [from]) : [from, to]) : [];
      const cut = cutOf(name, p, args);
      if (cut === undefined) return;
      const method = (String.prototype as unknown as Record<string, (...a: unknown[]) => string>)[name]!;
      expect(covers(cut.text, method.apply(text(p, fills), args))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

it("what a test tells of a pattern holds for each of its texts", () => {
  fc.assert(
    fc.property(fc.constantFrom("startsWith", "endsWith", "includes"), patterns, fillings, words, (name, p, fills, what) => {
      const told = tellOf(name, p, [what]);
      const method = (String.prototype as unknown as Record<string, (...a: unknown[]) => boolean>)[name]!;
      if (told !== undefined) expect(method.apply(text(p, fills), [what])).toBe(told);
    }),
    { numRuns: 1000 },
  );
});

it("the parts of a split text stand where they are said to be, and spell out no other part", () => {
  fc.assert(
    fc.property(patterns, fillings, (p, fills) => {
      // Each hole's text has a mark of its own.
      const marked = fills.map((fill, i) => fill.replace(/[aB]/g, String(i)));
      const { parts, rest } = splitAt(p, ":");
      const found = text(p, marked).split(":");
      const holes = p.holes.map((ids) => ids[0]!);
      const spells = (part: string, of: TextPattern): boolean =>
        [...part.matchAll(/\d/g)].every(([n]) => idsOf(of).includes(holes[Number(n)]!));
      for (const [i, part] of parts.entries()) {
        expect(covers(part.text, found[i]!)).toBe(true);
        expect(spells(found[i]!, part)).toBe(true);
      }
      if (rest === null) expect(found).toHaveLength(parts.length);
      else for (const other of found.slice(parts.length)) expect(spells(other, rest)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

it("expressions of exact text are tests", () => {
  expect(literalOf(/^\/api\//)).toEqual({ name: "startsWith", text: "/api/" });
  expect(literalOf(/\.jsonl$/)).toEqual({ name: "endsWith", text: ".jsonl" });
  expect(literalOf(/draft/)).toEqual({ name: "includes", text: "draft" });
  for (const re of [/^a$/, /a+/, /a|b/, /draft/i, /.jsonl$/, /\d$/, /\bx/]) expect(literalOf(re)).toBeUndefined();
});

check(
  "parts of a text bear their own labels, as far as they are certain",
  `const user = loadUser();
const key = "user:" + user.id + ":" + user.email;
const [kind, id, mail] = key.split(":");
train(kind); //! none
train(id); //! user.id
train(mail); //! user.email user.id
train(key.slice(0, 4), key.slice(0, 5)); //! none
train(key.slice(5)); //! user.email user.id
train(key.trim()); //! user.email user.id
if (key.startsWith("user:")) train("constant"); else train(user.name); //! none
if (key.startsWith("order:")) train(user.name); //! none
if (/^order:/.test(key)) train(user.name); //! none
if (key.endsWith(":x")) train(user.name); //! user.name
const file = \`export-\${user.id}.jsonl\`;
if (file.endsWith(".json")) train(user.name); //! none
if (file.includes("export-")) train(user.prompt); //! user.prompt
train(file.toUpperCase()); //! user.id
train(file.slice(-6)); //! none`,
);

check(
  "texts that grow in a loop keep their beginning",
  `const user = loadUser();
const whole = \`to:\${user.id}\`;
const hashed = whole.split(":");
train(hashed[0]); //! none
let line = "";
for (const part of [user.id, user.email]) line += part + ",";
train(line.split(",")[0]); //! user.id
let growing = "x";
while (Math.random() < 0.5) growing = growing + ":" + user.name;
train(growing); //! user.name
train(growing.slice(0, 1)); //! none`,
);
