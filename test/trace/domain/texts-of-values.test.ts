import fc from "fast-check";
import { expect, it } from "vitest";
import type { Label, Labels } from "../../../src/trace/domain/labels.js";
import { append, exactPattern, HOLE, holeOf, idsOf } from "../../../src/trace/domain/text-pattern.js";
import {
  addLabels,
  exact,
  join,
  K,
  ofConst,
  same,
  spelledBy,
  spelledPatterns,
  stringOf,
  truthiness,
  UNDEFINED,
  withLabels,
  withPatterns,
  type Value,
} from "../../../src/trace/domain/value.js";

const step: Label["step"] = { site: { file: 0, at: 0, end: 0, fn: 0 }, kind: "call", prev: null, via: null, length: 1, time: 0 };
const labels = (...ids: number[]): Labels => ids.map((id) => ({ id, step }));

/** A template: text, and holes that spell out a label each. */
const template = (...parts: (string | number)[]): Value => {
  const ids = parts.filter((part) => typeof part === "number");
  const pattern = parts.map((part) => (typeof part === "number" ? holeOf([part]) : exactPattern(part))).reduce(append, exactPattern(""));
  return withPatterns(stringOf(labels(...[...new Set(ids)].sort())), [pattern]);
};

const texts = (v: Value): string[] => spelledPatterns(v).map((p) => p.text.replaceAll(HOLE, "*"));

const values = fc.oneof(
  fc
    .array(fc.oneof(fc.constantFrom("a", "b:"), fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 4 })
    .map((parts) => template("k", ...parts)),
  fc.constantFrom(ofConst("ka"), ofConst("kb:a"), UNDEFINED, stringOf(labels(2)), addLabels(ofConst("kb"), labels(1))),
);

it("alternatives stay apart, beside other kinds and exact texts", () => {
  const v = join(join(template("user:", 1), UNDEFINED), ofConst("all"));
  expect(texts(v)).toEqual(["all", "user:*"]);
  expect(v.kinds).toBe(K.String | K.Undefined);
  expect(texts(join(v, stringOf([])))).toEqual([]);
  expect(truthiness(template("user:", 1))).toEqual({ yes: true, no: false });
  expect(truthiness(template(1, "")).no).toBe(true);
});

it("a label that is put on the whole is in every part; one that is changed may be in any", () => {
  const mine = addLabels(template("user:", 1), labels(2));
  expect(spelledPatterns(mine)[0]).toEqual({ text: `user:${HOLE}`, holes: [[1]], whole: [2] });
  const [changed] = spelledPatterns(withLabels(mine, labels(3)));
  expect(changed).toEqual({ text: `user:${HOLE}`, holes: [[]], whole: [3] });
  // Joined with a text in which a hole spells the same out, it is still in all of the first.
  const both = join(mine, template("order:", 2));
  expect(spelledPatterns(both).map((p) => p.whole)).toEqual([[], [2]]);
});

it("a part bears its own labels", () => {
  const v = template("user:", 1, "/", 2);
  expect(spelledBy(v, holeOf([2])).labels.map((l) => l.id)).toEqual([2]);
  expect(exact(spelledBy(v, exactPattern("user")))).toBe("user");
});

it("join loses no label and no text, in whatever order", () => {
  fc.assert(
    fc.property(values, values, values, (a, b, c) => {
      const one = join(join(a, b), c);
      const other = join(c, join(b, a));
      expect(texts(one)).toEqual(texts(other));
      expect(one.kinds).toBe(other.kinds);
      const spelled = spelledPatterns(one).flatMap((p) => [...idsOf(p)]);
      if (spelledPatterns(one).length > 0) for (const l of one.labels) expect(spelled).toContain(l.id);
      expect(same(join(one, a), one)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
