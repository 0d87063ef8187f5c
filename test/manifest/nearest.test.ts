import { describe, expect, it } from "vitest";
import { nearest } from "../../src/manifest/nearest.js";

describe("the nearest name", () => {
  const known = ["sources", "sinks", "stores", "fields", "for"];

  it.each([
    ["souces", "sources"],
    ["sikns", "sinks"],
    ["Fields", "fields"],
    ["fro", "for"],
    ["stroes", "stores"],
  ])("to %s is %s", (name, near) => {
    expect(nearest(name, known)).toBe(near);
  });

  it.each(["frobnicate", "x", "budgets", ""])("to %j is none", (name) => {
    expect(nearest(name, known)).toBeUndefined();
  });

  it("is the first of those equally near", () => {
    expect(nearest("cat", ["car", "bat", "can"])).toBe("car");
  });
});
