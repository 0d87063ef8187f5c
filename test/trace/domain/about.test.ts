/** What must be: joins keep what both sides have, and a side on which a value cannot be takes nothing. */
import { describe, expect, it } from "vitest";
import { about, flipped, type Fact } from "../../../src/trace/domain/about.js";
import type { Step } from "../../../src/trace/domain/labels.js";
import { HOLE } from "../../../src/trace/domain/text-pattern.js";
import {
  ANY_BOOLEAN,
  FALSE,
  join,
  mapValue,
  same,
  stringOf,
  TRUE,
  UNDEFINED,
  withAbout,
  withPatterns,
} from "../../../src/trace/domain/value.js";

const fact: Fact = { id: 0, consent: "c", denied: false, of: [], base: "c|", turn: 0, life: "" };
const answer = withAbout(ANY_BOOLEAN, about("", [], [fact]));

describe("a join with what a check has answered", () => {
  it.each([
    ["false, which is never truthy", FALSE, [fact]],
    ["undefined", UNDEFINED, [fact]],
    ["true", TRUE, []],
    ["any boolean", ANY_BOOLEAN, []],
    ["the same", answer, [fact]],
  ])("%s", (_name, other, yes) => {
    expect(join(answer, other).about?.yes ?? []).toEqual(yes);
    expect(join(other, answer).about?.yes ?? []).toEqual(yes);
  });

  it("is turned round by a negation, and back", () => {
    expect(flipped(answer.about)?.no).toEqual([fact]);
    expect(flipped(flipped(answer.about))).toEqual(answer.about);
  });

  it("is another value than one that says nothing", () => {
    expect(same(answer, ANY_BOOLEAN)).toBe(false);
  });
});

it("labels with other ids are those of the same parts of a text", () => {
  const step = { length: 1 } as Step;
  const text = withPatterns(stringOf([{ id: 1, step }]), [{ text: `/users/${HOLE}/notes/${HOLE}`, holes: [[1], []], whole: [] }]);
  const mapped = mapValue(text, (id) => id + 4);
  expect(mapped.labels).toEqual([{ id: 5, step }]);
  expect(mapped.patterns[0]?.holes).toEqual([[5], []]);
});
