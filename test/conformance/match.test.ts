import { describe, expect, it } from "vitest";
import { attribute, type SinkSpan } from "../../src/conformance/match.js";

function lineOf(span: SinkSpan, annotated: number[], ...others: SinkSpan[]): number | undefined {
  return attribute([span, ...others], annotated).get(span);
}

describe("which annotation a sink belongs to", () => {
  it("is the one on its first line", () => {
    expect(lineOf({ line: 3, endLine: 6 }, [3, 5])).toBe(3);
  });

  it("is otherwise the last one within its lines", () => {
    expect(lineOf({ line: 3, endLine: 6 }, [2, 4, 6, 7])).toBe(6);
  });

  it("is none when no line of it is annotated: it stands for its first line", () => {
    expect(lineOf({ line: 3, endLine: 6 }, [2, 7])).toBe(3);
  });

  it("is not the annotation of a sink within it", () => {
    const inner = { line: 4, endLine: 4 };
    expect(lineOf({ line: 3, endLine: 6 }, [4], inner)).toBe(3);
    expect(lineOf({ line: 3, endLine: 6 }, [4, 6], inner)).toBe(6);
    const broken = { line: 4, endLine: 5 };
    expect(lineOf(broken, [5], { line: 3, endLine: 6 })).toBe(5);
    expect(lineOf({ line: 3, endLine: 6 }, [5], broken)).toBe(3);
  });
});
