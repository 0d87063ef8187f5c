/** Every check has its cases, which say themselves that they are enough, and its realistic app. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import plugin from "../../rules/index.js";

/** Rules of ESLint alone, about the manifest and comments: no check of the code. */
const NO_CHECKS = new Set(["unenforced", "unexplained-disable"]);

const here = new URL("./", import.meta.url);
const checks = Object.keys(plugin.rules).filter((name) => !NO_CHECKS.has(name));
const tests = readdirSync(here)
  .filter((file) => file.endsWith(".test.ts"))
  .map((file) => readFileSync(new URL(file, here), "utf8"));

it.each(checks)("%s has cases", (name) => {
  expect(tests.some((text) => new RegExp(String.raw`run(?:Cases|Rule)\(\s*"${name}"`).test(text))).toBe(true);
});

it("there is an app for each", () => {
  expect(readdirSync(new URL("../../fixtures/checks/", here)).sort()).toEqual(checks.sort());
});
