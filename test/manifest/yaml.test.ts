import { describe, expect, it } from "vitest";
import { fixes, load, right, wrong } from "./make.js";

describe("a file that is no manifest", () => {
  it("is missing", () => {
    expect(load("", {}).problems).toHaveLength(1);
    expect(wrong("")).toEqual(["1:1 unreadable: the manifest is empty"]);
    expect(wrong("# only words\n")).toEqual(["1:1 unreadable: the manifest is empty"]);
  });

  it("is a list or a text", () => {
    expect(wrong("- a\n- b\n")).toEqual(["1:1 type: a manifest must be a map, and is a list"]);
    expect(wrong("hello\n")).toEqual(["1:1 type: a manifest must be a map, and is `hello`"]);
  });

  it("is no text", () => {
    expect(wrong("version: 1\npur\u0000poses: {}\n")).toEqual(["2:4 yaml: the file is no UTF-8 text"]);
    expect(wrong("\ufffd\ufffdv\u0000e\u0000")).toEqual(["1:1 yaml: the file is no UTF-8 text"]);
    // Tabs, line ends and everything that is written somewhere are text.
    expect(wrong('version: 1\r\npurposes: { a: { notice: "日本\tgröße 🙂" } }\r\n')).toEqual([]);
  });

  it("has a version in quotes", () => {
    expect(wrong('version: "1"\n')).toEqual(['1:10 version: `version` must be the number 1, and is the text "1"']);
    expect(fixes('version: "1"\n')).toEqual(["write `version: 1`"]);
    expect(wrong('version: "2"\n')).toEqual(["1:10 version: this is version 2 of the format, which is not known"]);
  });

  it("is two documents", () => {
    expect(wrong("version: 1\n---\nversion: 1\n")).toEqual(["2:1 yaml: a second YAML document begins here"]);
    expect(wrong("---\nversion: 1\n")).toEqual([]);
  });

  it("is not YAML", () => {
    expect(wrong("version: 1\npurposes: { a: {}\n")[0]).toMatch(/^3:1 yaml: this is not YAML: /);
    expect(wrong("version: 1\nfields:\n  a: 'x\n")[0]).toMatch(/^\d+:\d+ yaml: this is not YAML: Missing closing 'quote/);
  });

  it("is indented with tabs", () => {
    expect(wrong("version: 1\npurposes:\n\tdeliver: {}\n")).toEqual(["3:1 yaml: the line is indented with a tab"]);
    expect(wrong("version: 1\npurposes:\n  deliver: {}\n")).toEqual([]);
  });

  it("is nested deeper than any manifest, or than the stack", () => {
    expect(wrong(`version: 1\nx: ${"[".repeat(100)}`)).not.toContainEqual(expect.stringContaining("nested"));
    expect(wrong(`version: 1\nx: ${"[".repeat(20_000)}`)).toEqual(["2:104 yaml: the file is nested too deeply to be read"]);
    expect(wrong(`version: 1\nx:\n  ${"- ".repeat(20_000)}a\n`)).toEqual(["3:203 yaml: the file is nested too deeply to be read"]);
  });
});

describe("the version", () => {
  it.each([
    ["purposes: {}\n", "1:1 version: the manifest does not say its version"],
    ["version: 2\n", "1:10 version: this is version 2 of the format, which is not known"],
    ["version: one\n", "1:10 version: this is version one of the format, which is not known"],
  ])("%j", (text, problem) => {
    expect(wrong(text)).toEqual([problem]);
    expect(fixes(text)[0]).toMatch(/`version: 1`/);
  });

  it("is 1", () => {
    expect(right("version: 1\n").purposes).toEqual([]);
  });
});

describe("aliases", () => {
  it("stand for what they name", () => {
    const manifest = right("version: 1\npurposes: { a: {}, b: {} }\nfields:\n  x: { for: &both [a, b] }\n  y: { for: *both }\n");
    expect(manifest.fields.map(({ purposes }) => purposes)).toEqual([
      ["a", "b"],
      ["a", "b"],
    ]);
  });

  it("must not expand without end", () => {
    const lines = ["version: 1", 'a: &a ["x","x","x","x","x","x","x","x","x","x"]'];
    for (let i = 1; i < 12; i++) {
      const [from, to] = ["abcdefghijkl"[i - 1]!, "abcdefghijkl"[i]!];
      lines.push(`${to}: &${to} [${Array(10).fill(`*${from}`).join(",")}]`);
    }
    expect(wrong(lines.join("\n"))).toEqual(["5:29 alias-bomb: aliases expand to more than 10000 values"]);
  });

  it("must not stand inside of what they name", () => {
    expect(wrong("version: 1\nsources: &a\n  - *a\n")).toEqual(["3:5 alias-bomb: `*a` stands inside of what it names"]);
  });

  it("must name an anchor", () => {
    expect(wrong("version: 1\nfields: *.x\n")[0]).toMatch(/^2:9 yaml: .*`?\*?\.x/);
    expect(fixes("version: 1\nfields: *.x\n")[0]).toMatch(/quote/);
  });
});

describe("keys", () => {
  it("occur once", () => {
    expect(wrong("version: 1\npurposes:\n  deliver: {}\n  deliver: {}\n")).toEqual([
      "4:3 duplicate: `deliver` occurs twice; first in line 3",
    ]);
    expect(wrong("version: 1\npurposes: {}\nfields: {}\npurposes: {}\n")).toEqual([
      "4:1 duplicate: `purposes` occurs twice; first in line 2",
    ]);
  });

  it("are text", () => {
    expect(wrong("version: 1\n? [a, b]\n: x\n")).toEqual(["2:3 yaml: a key must be text"]);
  });

  it("can be called like what every object has", () => {
    expect(right("version: 1\npurposes: { constructor: {} }\nfields: { toString: { for: [constructor] } }\n").fields[0]).toMatchObject({
      id: "toString",
      purposes: ["constructor"],
    });
    expect(wrong("version: 1\npurposes: { hasOwnProperty: {} }\nfields: { a: { for: [constructor] } }\n")).toEqual([
      "3:22 reference: unknown purpose `constructor`",
    ]);
  });

  it("cannot be __proto__", () => {
    expect(wrong("version: 1\npurposes:\n  __proto__: {}\n")).toEqual(["3:3 yaml: `__proto__` cannot be a key"]);
  });
});

describe("property paths in flow maps", () => {
  const source = (rest: string): string =>
    `version: 1\nfields: { a: { for: [] } }\nsources:\n  - { field: a, returns: "./a.ts:f", ${rest} }\n`;

  it.each([
    ["path: messages[*].content", [{ k: "prop", name: "messages" }, { k: "any" }, { k: "prop", name: "content" }]],
    ["path: rows[0][*]", [{ k: "prop", name: "rows" }, { k: "index", i: 0 }, { k: "any" }]],
    [
      'path: h["x-id"].v',
      [
        { k: "prop", name: "h" },
        { k: "prop", name: "x-id" },
        { k: "prop", name: "v" },
      ],
    ],
    ['path: "messages[*]"', [{ k: "prop", name: "messages" }, { k: "any" }]],
  ])("%s", (rest, path) => {
    expect(right(source(rest)).sources[0]!.at).toMatchObject({ path });
  });

  it("leave lists what they are", () => {
    expect(
      right("version: 1\npurposes: {a: {}, b: {}}\nfields: {x: {for: [a, b]}, y: {for: [a]}}\n").fields.map(({ purposes }) => purposes),
    ).toEqual([["a", "b"], ["a"]]);
  });

  it("do not hide a missing comma", () => {
    expect(wrong("version: 1\nfields: { a: { for: x [y] } }\n")[0]).toMatch(/^2:23 yaml:/);
  });
});

describe("places", () => {
  it("hold with Windows' line ends, and after a byte order mark", () => {
    expect(wrong("version: 1\r\nfields:\r\n  a: { for: [x] }\r\n")).toEqual(["3:14 reference: unknown purpose `x`"]);
    expect(wrong("\uFEFFversion: 1\nfields:\n  a: { for: [x] }\n")).toEqual(["3:14 reference: unknown purpose `x`"]);
  });

  it("count columns as editors do, in UTF-16", () => {
    expect(wrong("version: 1\nfields:\n  '😀': { for: [x] }\n")).toEqual(["3:17 reference: unknown purpose `x`"]);
  });
});
