/** The documents say what the code does: each list that stands in both is compared. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import plugin from "../../rules/index.js";
import { run } from "../../src/cli/run.js";
import { RULE_IDS } from "../../src/judge/finding.js";
import { analyze, type Report } from "../../src/index.js";
import { sortedProblems } from "../../src/report/build.js";
import { FORMATS } from "../../src/report/format.js";
import { reportJsonSchema, reportSchema } from "../../src/report/schema.js";
import { LIMITS } from "../../src/trace/machine/machine.js";

const root = new URL("../../", import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, root), "utf8");
const sorted = (items: Iterable<string>): string[] => [...new Set(items)].sort();
/** First groups of all matches. */
const all = (text: string, pattern: RegExp): string[] => sorted([...text.matchAll(pattern)].map((match) => match[1]!));
/** Its code blocks of one language. */
const blocks = (text: string, language: string): string[] => all(text, new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "gm"));
const MARKDOWN = sorted([
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...readdirSync(new URL("docs", root), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name.replaceAll("\\", "/")}`),
]);

describe("docs/rules", () => {
  it("has a page for each rule, and no other", () => {
    const pages = readdirSync(new URL("docs/rules", root)).map((name) => name.replace(/\.md$/, ""));
    expect(pages.sort()).toEqual(sorted([...RULE_IDS, ...Object.keys(plugin.rules)]));
  });

  it("has a page for each rule of the plugin", () => {
    const without = Object.keys(plugin.rules).filter((rule) => !existsSync(new URL(`docs/rules/${rule}.md`, root)));
    expect(without).toEqual([]);
  });

  it.each(RULE_IDS)("%s: has its title, a failing and a passing example", (rule) => {
    const page = read(`docs/rules/${rule}.md`);
    expect(page.split("\n")[0]).toBe(`# ${rule}`);
    for (const heading of ["## Failing", "## Passing", "## What it cannot know"]) expect(page).toContain(`\n${heading}\n`);
  });
});

describe.each(MARKDOWN)("%s", (file) => {
  const text = read(file);

  it("runs only npm scripts that there are", () => {
    expect(all(text, /npm run (?:-s )?([\w:]+)/g).filter((script) => !(script in packageJson.scripts))).toEqual([]);
  });

  it("links only to files that there are", () => {
    const links = all(text.replace(/```[^]*?```/g, ""), /\]\(([^)#\s]+)(?:#[^)]*)?\)/g).filter((link) => !/^[a-z]+:/.test(link));
    expect(links.filter((link) => !existsSync(new URL(link, new URL(file, root))))).toEqual([]);
  });
});

describe("README.md", () => {
  const readme = read("README.md");

  it("lists the plugin's rules", () => {
    expect(all(readme, /`purpose\/([\w-]+)`/g)).toEqual(sorted(Object.keys(plugin.rules)));
  });

  it("links only to what is published with it", () => {
    const links = all(readme, /\]\((?!https?:)([^)#\s]+)/g);
    const published = ["LICENSE", ...packageJson.files];
    expect(links.filter((link) => !published.some((file) => link === file || link.startsWith(`${file}/`)))).toEqual([]);
  });

  it("imports only what the package exports", () => {
    const entries = Object.keys(packageJson.exports).map((entry) => entry.replace(/^\./, packageJson.name));
    expect(all(readme, /from "(purpose-lint[^"]*)"/g).filter((specifier) => !entries.includes(specifier))).toEqual([]);
  });
});

describe("docs/api.md", () => {
  const page = read("docs/api.md");

  it("imports only what the package has", async () => {
    const names = blocks(page, "js")
      .flatMap((block) => all(block, /import \{([^}]*)\} from "purpose-lint"/g))
      .flatMap((list) => list.split(", "));
    const index: object = await import("../../src/index.js");
    expect(names.length).toBeGreaterThan(3);
    expect(names.map((name) => name.trim()).filter((name) => !(name in index))).toEqual([]);
  });

  it("names each option of `analyze`, and no other", () => {
    const [, options = ""] = /export interface AnalyzeOptions \{([^]*?)^\}/m.exec(read("src/index.ts")) ?? [];
    expect(all(page, /^\| `(\w+)`/gm)).toEqual(all(options, /^  readonly (\w+)/gm));
  });
});

describe("docs/analysis.md", () => {
  it.each(Object.entries(LIMITS))("says what the bound %s is (%i)", (name, value) => {
    const row = read("docs/analysis.md")
      .split("\n")
      .find((line) => line.startsWith(`| \`${name}\``));
    expect(row?.split("|")[2]?.trim()).toBe(value.toLocaleString("en-US"));
  });

  it("has no bound that is gone", () => {
    const bounds = read("docs/analysis.md").split("## Bounds")[1]!.split("\n## ")[0]!;
    expect(all(bounds, /^\| `(\w+)`/gm)).toEqual(Object.keys(LIMITS).sort());
  });
});

describe("ARCHITECTURE.md", () => {
  const folders = (of: string): string[] =>
    readdirSync(new URL(of, root), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);

  it("names every folder of src", () => {
    const page = read("ARCHITECTURE.md");
    expect(folders("src").filter((name) => !page.includes(`(src/${name})`))).toEqual([]);
  });

  it("names every folder of the trace", () => {
    const page = read("ARCHITECTURE.md");
    expect(folders("src/trace").filter((name) => !page.includes(`\`${name}/\``))).toEqual([]);
  });
});

describe("docs/cli.md", () => {
  let help = "";
  beforeAll(async () => {
    const io = { cwd: fileURLToPath(root), env: {}, stdout: { write: (text: string) => (help += text) }, stderr: { write: () => true } };
    expect(await run(["check", "--help"], io)).toBe(0);
  });

  it("has the options that the command has", () => {
    const table = read("docs/cli.md")
      .split("\n")
      .filter((line) => line.startsWith("| `--"));
    const documented = table.flatMap((line) => all(line.split("|")[1]!, /(--[\w-]+)/g));
    const options = all(help, /^ +(?:-\w, )?(--[\w-]+)/gm);
    // `--version` is the program's, not the command's.
    expect(sorted(documented.filter((option) => option !== "--version"))).toEqual(options);
  });

  it("names every format", () => {
    const row = read("docs/cli.md")
      .split("\n")
      .find((line) => line.startsWith("| `--format"))!;
    expect(FORMATS.filter((format) => !row.includes(`\`${format}\``))).toEqual([]);
  });
});

describe("docs/json.md", () => {
  /** Names of all properties anywhere in a JSON Schema. */
  function keys(schema: unknown): string[] {
    if (typeof schema !== "object" || schema === null) return [];
    return Object.entries(schema).flatMap(([name, value]) =>
      name === "properties" ? Object.entries(value as object).flatMap(([key, inner]) => [key, ...keys(inner)]) : keys(value),
    );
  }

  it("shows the keys that the schema has", () => {
    const example = blocks(read("docs/json.md"), "jsonc")[0]!;
    expect(all(example, /"(\w+)":/g)).toEqual(sorted(keys(reportJsonSchema())));
  });

  it("is a report as they are: of the schema, with the keys in their order, the tool and the phases of a real one", () => {
    const { config, error } = ts.parseConfigFileTextToJson("sample.jsonc", blocks(read("docs/json.md"), "jsonc")[0]!) as {
      readonly config: Report;
      readonly error?: unknown;
    };
    expect(error).toBeUndefined();
    // What is abbreviated: `…`.
    const full = JSON.parse(
      JSON.stringify(config)
        .replaceAll('"hash":"…"', `"hash":"${"0".repeat(64)}"`)
        .replaceAll('"fingerprint":"…"', '"fingerprint":"0000000000000000"'),
    ) as Report;
    expect(reportSchema.safeParse(full).error?.issues ?? []).toEqual([]);
    const real = analyze({ root: fileURLToPath(new URL("fixtures/app", root)) });
    expect([config.schemaVersion, config.tool, config.stats.phases]).toEqual([real.schemaVersion, real.tool, real.stats.phases]);
    const hop = (report: Report): unknown => report.findings.find(({ path }) => path.length > 0)!.path[0];
    const parts: readonly ((report: Report) => unknown)[] = [
      (r) => r,
      (r) => r.stats,
      (r) => r.manifest,
      (r) => r.findings[0],
      (r) => r.findings[0]!.location,
      (r) => r.findings[0]!.remedies[0],
      hop,
      (r) => r.flows[0],
      (r) => r.flows[0]!.sink,
    ];
    for (const part of parts) expect(Object.keys(part(config) as object)).toEqual(Object.keys(part(real) as object));
    const [problem] = sortedProblems("/", [{ file: "/purpose.yaml", line: 1, column: 1, message: "wrong", severity: "warning" }]);
    expect(Object.keys(config.problems[0]!)).toEqual(Object.keys(problem!));
  });

  it("says what each kind of hop is", () => {
    const [, list = ""] = /"kind":\{"type":"string","enum":(\["source"[^\]]*\])/.exec(JSON.stringify(reportJsonSchema())) ?? [];
    const table = read("docs/json.md").split("\n## Paths\n")[1]!.split("\n## ")[0]!;
    const rows = all(table, /^\| (`.*?) +\|/gm).flatMap((names) => all(names, /`(\w+)`/g));
    expect(sorted(rows)).toEqual(sorted(JSON.parse(list) as string[]));
  });
});
