import { expect, it } from "vitest";
import { codeFrame, linesOf } from "../../src/report/frame.js";
import { painter } from "../../src/report/paint.js";

function frame(source: string, line: number, column: number, endLine: number, endColumn: number, columns = 80): string[] {
  return codeFrame(linesOf(source), { file: "a.ts", line, column, endLine, endColumn }, columns, painter(false));
}

it("puts the carets under what is meant, past tabs and wide characters", () => {
  expect(frame("\t\ttrain(x)", 1, 3, 1, 8)).toEqual(["  ▸ 1 │     train(x)", "      │     ^^^^^"]);
  expect(frame('f("日本", train(x))', 1, 9, 1, 14)).toEqual(['  ▸ 1 │ f("日本", train(x))', "      │           ^^^^^"]);
});

it("shows at most three lines, and how many more there are", () => {
  expect(frame("a(\nb,\nc,\nd,\n)", 1, 1, 5, 2)).toEqual([
    "  ▸ 1 │ a(",
    "      │ ^^",
    "  ▸ 2 │ b,",
    "  ▸ 3 │ c,",
    "      │ … 2 more lines",
  ]);
});

it("shows a minified line from near the place on", () => {
  const lines = frame(`${"x".repeat(5000)};train(user);${"y".repeat(5000)}`, 1, 5002, 1, 5007, 60);
  expect(lines).toEqual(["  ▸ 1 │ …xxxxxxxxx;train(user);yyyyyyyyyyyyyyyyyyyyyyyyyyyy…", "      │            ^^^^^"]);
});

it("marks one column when the place is empty", () => {
  expect(frame("a: 1\nb: 2", 2, 1, 2, 1)).toEqual(["    1 │ a: 1", "  ▸ 2 │ b: 2", "      │ ^^^^"]);
});
