/** The examples of the rules' pages are whole programs: the failing one is found by its rule, the passing one is not. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lint } from "../rules/lint.js";
import { makeProject } from "../rules/project.js";

/** Pages that show whole programs: the manifest, and files that begin with their name (`// src/train.ts`). */
const PAGES = [
  "manifest",
  "blind-spot",

  "limitation",
  "minimization",
  "consent",
  "opt-out",
  "withdrawal",
  "consent-surface",
  "special-category",
  "retention",
  "notice",
];

const TSCONFIG = JSON.stringify({
  compilerOptions: {
    target: "ES2022",
    module: "NodeNext",
    moduleResolution: "NodeNext",
    jsx: "preserve",
    strict: true,
    noEmit: true,
    types: [],
  },
  include: ["src"],
});

/** The files in a section: `purpose.yaml`, and each that says what it is called. */
function files(page: string, heading: string): Record<string, string> {
  const section = page.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  const blocks = [...section.matchAll(/^```(\w+)\n([^]*?)^```$/gm)];
  return Object.fromEntries(
    blocks.map(([, language, text = ""]) => [
      language === "yaml" ? "purpose.yaml" : (/^(?:\/\/|<!--|#) (\S+)/.exec(text)?.[1] ?? `unnamed.${language}`),
      text,
    ]),
  );
}

/** Nothing of the usual project: the page says all there is. */
const NOTHING = { "src/model.ts": null, "src/sink.ts": null, "src/serve.ts": null, "src/example.ts": null };

async function found(rule: string, program: Record<string, string>): Promise<string[]> {
  const root = makeProject({ ...NOTHING, "tsconfig.json": TSCONFIG, ...program });
  const messages = await lint(root, ["src"], { config: "strict" });
  const fatal = messages.filter((message) => !message.includes(" purpose/") || message.includes("is no manifest"));
  expect(fatal).toEqual([]);
  return messages.filter((message) => message.includes(` purpose/${rule} `));
}

describe.each(PAGES)("docs/rules/%s.md", (rule) => {
  const page = readFileSync(new URL(`../../docs/rules/${rule}.md`, import.meta.url), "utf8");
  const failing = files(page, "Failing");

  it("has a failing example that fails", { timeout: 60_000 }, async () => {
    expect(await found(rule, failing)).not.toEqual([]);
  });

  it("has a passing example that passes, with what it leaves as it was", { timeout: 60_000 }, async () => {
    const passing = files(page, "Passing");
    expect(Object.keys(passing)).not.toEqual([]);
    expect(await found(rule, { ...failing, ...passing })).toEqual([]);
  });
});
