import { describe, expect, it } from "vitest";
import { readAnnotations } from "../../src/conformance/annotations.js";

function read(text: string, name = "main.ts") {
  return readAnnotations(name, text).annotations;
}
const problems = (text: string) => readAnnotations("main.ts", text).problems;

describe("annotations", () => {
  it("reads fields, sorted and once each, on the comment's line", () => {
    expect(read("\ntrain(a); //! user.prompt user.id user.id\n")).toEqual([
      { line: 2, expected: ["user.id", "user.prompt"], staticOnly: [], dynamicOnly: [] },
    ]);
  });

  it("reads none as no fields", () => {
    expect(read("train(1); //! none")).toEqual([{ line: 1, expected: [], staticOnly: [], dynamicOnly: [] }]);
  });

  it("reads both kinds of exemption on one line", () => {
    expect(read("train(a); //! user.email static-only: user.id user.name dynamic-only: chat.prompt")).toEqual([
      { line: 1, expected: ["user.email"], staticOnly: ["user.id", "user.name"], dynamicOnly: ["chat.prompt"] },
    ]);
  });

  it("takes none and an exemption together, and an exemption alone", () => {
    expect(read("f(); //! none static-only: user.id\ng(); //! dynamic-only: user.id")).toEqual([
      { line: 1, expected: [], staticOnly: ["user.id"], dynamicOnly: [] },
      { line: 2, expected: [], staticOnly: [], dynamicOnly: ["user.id"] },
    ]);
  });

  it("reads block comments, also in JSX", () => {
    expect(read("train(a); /*! user.id */")).toHaveLength(1);
    expect(read("const a = (\n  <p>\n    {train(b)} {/*! user.id */}\n  </p>\n);", "main.tsx").map(({ line }) => line)).toEqual([3]);
    expect(read("const a = <Row save={() => train(b)} /*! user.id */ />;", "main.tsx").map(({ line }) => line)).toEqual([1]);
  });

  it("leaves ordinary comments, strings, regular expressions and JSX text alone", () => {
    expect(read('// user.id\n/* user.id */\nconst a = "//! user.id", b = `//! user.id`, c = /\\/\\/! x/;')).toEqual([]);
    expect(read("const a = <p>//! user.id</p>;", "main.tsx")).toEqual([]);
  });

  it("takes a licence banner for what it is", () => {
    expect(readAnnotations("main.js", "/*!\n * Copyright (c) Acme, MIT.\n */\n")).toEqual({ annotations: [], problems: [] });
  });

  it("says what cannot be read", () => {
    expect(problems("f(); //! user.id and more!")).toEqual([
      { line: 1, message: "`more!` is neither a field id, `none`, `static-only:` nor `dynamic-only:`" },
    ]);
    expect(problems("f(); //! none user.id")).toEqual([{ line: 1, message: "`none` stands beside fields" }]);
    expect(problems("f(); //!")).toEqual([{ line: 1, message: "an empty annotation: write the fields, or `none`" }]);
  });
});
