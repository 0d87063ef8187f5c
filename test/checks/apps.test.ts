/**
 * A realistic program for each check: its findings are those that its comments say (`//! text`, and `#! text` in the manifest), at their
 * lines, and no others. Notes count where they are the check's own.
 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { analyze } from "../../src/index.js";

const ROOT = new URL("../../fixtures/checks/", import.meta.url);

describe.each(readdirSync(ROOT))("fixtures/checks/%s", (name) => {
  const root = fileURLToPath(new URL(name, ROOT));
  const report = analyze({ root });
  const files = readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /\.(?:tsx?|yaml)$/.test(file) && !file.startsWith("node_modules"));
  const expected = files.flatMap((file) =>
    readFileSync(`${root}/${file}`, "utf8")
      .split("\n")
      .flatMap((line, index) =>
        (/(?:\/\/|#)! (.*)$/.exec(line)?.[1] ?? "")
          .split(" | ")
          .flatMap((text) => (text === "" ? [] : [{ place: `${file}:${index + 1}`, text }])),
      ),
  );
  const found = report.findings
    .filter(({ rule, severity }) => severity !== "note" || rule === name)
    .map(({ rule, location, message }) => ({ rule, place: `${location.file}:${location.line}`, message }));

  it("finds what its comments say", () => {
    const missing = expected.filter(({ place, text }) => !found.some((one) => one.place === place && one.message.includes(text)));
    expect(missing).toEqual([]);
  });

  it("finds nothing else, and by no other rule", () => {
    const others = found.filter(
      ({ rule, place, message }) => rule !== name || !expected.some((one) => one.place === place && message.includes(one.text)),
    );
    expect(others).toEqual([]);
    expect(found).toHaveLength(expected.length);
  });

  it("has nothing wrong beside", () => {
    expect(report.problems.map(({ message }) => message)).toEqual([]);
  });
});
