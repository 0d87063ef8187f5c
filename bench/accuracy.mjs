/** Measures the corpus and writes recall and precision by category into docs/analysis.md, between its two markers. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = new URL("../docs/analysis.md", import.meta.url);
const MARKERS = /(<!-- accuracy -->\n)[^]*?(<!-- \/accuracy -->)/;

const { stdout, stderr } = spawnSync(process.execPath, ["dist/src/conformance/cli.js", "fixtures/corpus", "--json"], {
  cwd: root,
  encoding: "utf8",
  maxBuffer: 256 * 1024 * 1024,
});
if (stdout === "") throw new Error(stderr);
const report = JSON.parse(stdout);

const percent = (ratio) => `${(100 * ratio).toFixed(1)} %`;
const cells = (name, { cases, expected, missed, unexpected, recall, precision }) =>
  [name, cases, expected, missed, unexpected, percent(recall), percent(precision)].map(String);
const rows = [
  ["category", "cases", "flows", "missed", "unexpected", "recall", "precision"],
  ...Object.entries(report.categories).map(([name, score]) => cells(name, score)),
  cells("**all**", report),
];
const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
const line = (row) => `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(" | ")} |`;
const rule = `| ${widths.map((width, i) => (i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
const table = [line(rows[0]), rule, ...rows.slice(1).map(line)].join("\n");

const text = readFileSync(page, "utf8");
if (!MARKERS.test(text)) throw new Error("docs/analysis.md has lost its markers");
writeFileSync(
  page,
  text.replace(MARKERS, (_, before, after) => `${before}\n${table}\n\n${after}`),
);
console.log(`docs/analysis.md: ${report.cases} cases, recall ${percent(report.recall)}, precision ${percent(report.precision)}`);
