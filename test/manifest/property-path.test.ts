import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PathStep } from "../../src/manifest/model.js";
import { parseArgument, parsePath, printArgument, printPath } from "../../src/manifest/property-path.js";

const prop = (name: string): PathStep => ({ k: "prop", name });
const any: PathStep = { k: "any" };
const index = (i: number): PathStep => ({ k: "index", i });

describe("a property path", () => {
  it.each<[string, PathStep[]]>([
    ["", []],
    ["content", [prop("content")]],
    ["body.messages[*].content", [prop("body"), prop("messages"), any, prop("content")]],
    ["messages[0]", [prop("messages"), index(0)]],
    ["[*]", [any]],
    ["[*][2].x", [any, index(2), prop("x")]],
    ["rows.0", [prop("rows"), index(0)]],
    ['headers["x-user.id"]', [prop("headers"), prop("x-user.id")]],
    ["user-agent.$ref.größe", [prop("user-agent"), prop("$ref"), prop("größe")]],
  ])("%s", (text, steps) => {
    expect(parsePath(text)).toEqual({ ok: true, value: steps });
  });

  it.each(["a..b", ".a", "a.", "a[", "a[]", "a[x]", "a[*]b", "a b", "*.x", "a['b']", 'a["b]'])("is not %s", (text) => {
    expect(parsePath(text).ok).toBe(false);
  });

  it("says from where on it cannot be read", () => {
    expect(parsePath("messages[x].content")).toMatchObject({
      message: "`messages[x].content` is no property path: it cannot be read from `[x].content` on",
    });
  });
});

describe("an argument", () => {
  it.each<[string, number | "*", PathStep[]]>([
    ["0", 0, []],
    ["0.messages[*].content", 0, [prop("messages"), any, prop("content")]],
    ["*.x", "*", [prop("x")]],
    ["*", "*", []],
    ["1.epsilon", 1, [prop("epsilon")]],
    ["0[*]", 0, [any]],
    ["12[0].a", 12, [index(0), prop("a")]],
  ])("%s", (text, position, path) => {
    expect(parseArgument(text)).toEqual({ ok: true, value: { text, position, path } });
  });

  it.each(["", "x", "messages", "-1", "0.", "0..a", "0.[0]", "1e3", "0x", "**"])("is not `%s`", (text) => {
    expect(parseArgument(text).ok).toBe(false);
  });
});

describe("printing", () => {
  const step: fc.Arbitrary<PathStep> = fc.oneof(
    fc.constant(any),
    fc.nat(99).map(index),
    fc.string().map(prop),
    fc.stringMatching(/^[a-z$_][\w-]*$/).map(prop),
  );
  const path = fc.array(step, { maxLength: 6 });

  it("gives a path that is read as the same steps", () => {
    fc.assert(
      fc.property(path, (steps) => {
        expect(parsePath(printPath(steps))).toEqual({ ok: true, value: steps });
      }),
    );
  });

  it("gives an argument that is read as the same", () => {
    fc.assert(
      fc.property(fc.oneof(fc.nat(99), fc.constant("*" as const)), path, (position, steps) => {
        const text = printArgument({ position, path: steps });
        expect(parseArgument(text)).toEqual({ ok: true, value: { text, position, path: steps } });
      }),
    );
  });

  it("keeps what is canonical already", () => {
    for (const text of ["0", "*.x", "0.messages[*].content", "1[0].a"]) {
      const result = parseArgument(text);
      expect(result.ok && printArgument(result.value)).toBe(text);
    }
  });
});
