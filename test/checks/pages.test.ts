/** The examples of the rules' pages are programs: linted, the failing one fails by its rule alone, and the passing one passes. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lint } from "../rules/lint.js";
import { makeProject, SOURCES } from "../rules/project.js";

const PAGES = ["deidentification", "privacy-budget", "federated-boundary", "synthetic-provenance"];

const NONE = Object.fromEntries(Object.keys(SOURCES).flatMap((name) => (name.startsWith("src/") ? [[name, null]] : [])));

/** The files of a section: the manifest, and code that begins with its name. */
function filesOf(page: string, section: string): Record<string, string> {
  const text = page.split(`\n## ${section}\n`)[1]!.split("\n## ")[0]!;
  return Object.fromEntries(
    [...text.matchAll(/^```(yaml|ts)\n([^]*?)^```$/gm)].map(([, language, code]) => {
      const [first] = code!.split("\n");
      return language === "yaml" ? ["purpose.yaml", code!] : [first!.replace("// ", ""), code!];
    }),
  );
}

describe.each(PAGES)("docs/rules/%s.md", (rule) => {
  const page = readFileSync(new URL(`../../docs/rules/${rule}.md`, import.meta.url), "utf8");
  const failing = filesOf(page, "Failing");
  const passing = { ...failing, ...filesOf(page, "Passing") };
  const messages = async (files: Record<string, string>): Promise<string[]> =>
    lint(
      makeProject({ ...NONE, ...files }),
      Object.keys(files).filter((name) => name.endsWith(".ts")),
    );

  it("fails as it says", async () => {
    const found = await messages(failing);
    const told = Object.entries(failing).flatMap(([name, code]) =>
      code.split("\n").flatMap((line, index) => {
        const [, message] = /^ *\/\/ +\^ (.*)$/.exec(line) ?? [];
        return message === undefined ? [] : [`${name}:${index} ${message}`];
      }),
    );
    expect(told.length).toBeGreaterThan(0);
    expect(
      found.map((text) =>
        text
          .replace(/^([^:]+:\d+):\d+ \S+ /, "$1 ")
          .split(". GDPR")[0]!
          .replace(/\. Path:.*$/, ""),
      ),
    ).toEqual(told);
    expect(found.every((text) => text.includes(` purpose/${rule} `))).toBe(true);
  });

  it("passes as it says", async () => {
    expect(await messages(passing)).toEqual([]);
  });
});
