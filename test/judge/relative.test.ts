import { expect, it } from "vitest";
import { relativeTo } from "../../src/judge/relative.js";

it.each([
  ["/repo", "/repo/src/a.ts", "src/a.ts"],
  ["/repo/", "/repo/a.ts", "a.ts"],
  ["/repo/app", "/repo/purpose.yaml", "../purpose.yaml"],
  ["/repo/app", "/repo/apple/a.ts", "../apple/a.ts"],
  ["/repo", "src/a.ts", "src/a.ts"],
  ["C:/repo", "C:/repo/a.ts", "a.ts"],
  ["C:/repo", "D:/other/a.ts", "D:/other/a.ts"],
  ["/", "/a.ts", "a.ts"],
])("from %s, %s is %s", (root, file, expected) => {
  expect(relativeTo(root, file)).toBe(expected);
});
