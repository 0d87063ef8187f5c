/**
 * Times `purpose-lint check` beside `tsc --noEmit` of the same project: whole processes, wall clock and peak memory, in pairs
 * (A B A B …), so that what else the machine does falls on both. What counts is the median of the pairs' ratios.
 *
 *   npm run bench -- [DIR …] [--manifest FILE] [--runs N] [--json]
 *
 * Without a folder it is `fixtures/app`. `--manifest` is for all folders given. PERFORMANCE.md says how to read the numbers.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));
const PEAK = path.join(root, "bench/peak.cjs");
const CHECK = path.join(root, "dist/src/cli/bin.js");
const TSC = path.join(root, "node_modules/typescript/lib/tsc.js");
const MB = 1024 * 1024;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { manifest: { type: "string" }, runs: { type: "string", default: "5" }, json: { type: "boolean", default: false } },
});
const runs = Math.max(1, Number.parseInt(values.runs, 10) || 1);
const folders = positionals.length > 0 ? positionals.map((dir) => path.resolve(dir)) : [path.join(root, "fixtures/app")];
const manifest = values.manifest === undefined ? [] : ["--manifest", path.resolve(values.manifest)];

/** One whole process. `ok` are the exit codes that mean it did its work. */
function measure(script, args, cwd, ok) {
  const start = process.hrtime.bigint();
  const { status, output, error } = spawnSync(process.execPath, ["--require", PEAK, script, ...args], {
    cwd,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    maxBuffer: 1024 * MB,
    encoding: "utf8",
  });
  const wall = Number(process.hrtime.bigint() - start) / 1e6;
  if (error !== undefined) throw error;
  if (!ok.includes(status))
    throw new Error(`${path.basename(script)} ended with ${status} in ${cwd}:\n${output[2].slice(0, 2000) || output[1].slice(0, 2000)}`);
  return { wall, ...JSON.parse(output[3]), status, stdout: output[1] };
}

// Exit code 2 is an input with errors, a locator that matches nothing say; the analysis ran if it printed a report.
const check = (dir) => measure(CHECK, ["check", ".", ...manifest, "--format", "json", "--timings"], dir, [0, 1, 2]);
// Type errors (1, 2) are the project's own; the whole program was checked all the same. Nothing may be left over from earlier runs.
const TSC_FLAGS = ["--noEmit", "--pretty", "false", "--incremental", "false", "--composite", "false"];
/** Options that TypeScript 6 no longer likes stop it before it has checked anything (TS5101, TS5107), unless it is told not to mind. */
const DEPRECATED = /error TS510[17]:/;
function tsc(dir) {
  const plain = measure(TSC, [...TSC_FLAGS, "-p", dir], dir, [0, 1, 2]);
  return DEPRECATED.test(plain.stdout) ? measure(TSC, [...TSC_FLAGS, "--ignoreDeprecations", "6.0", "-p", dir], dir, [0, 1, 2]) : plain;
}

const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
function median(numbers) {
  const s = sorted(numbers);
  const mid = s.length >> 1;
  return s.length % 2 === 1 ? s[mid] : (s[mid - 1] + s[mid]) / 2;
}
const spread = (numbers) => ({ median: median(numbers), min: Math.min(...numbers), max: Math.max(...numbers) });
const side = (measured) => ({
  wall: spread(measured.map(({ wall }) => wall)),
  cpu: spread(measured.map(({ cpu }) => cpu)),
  peak: spread(measured.map(({ peak }) => peak)),
});

function bench(dir) {
  const typed = existsSync(path.join(dir, "tsconfig.json"));
  const first = check(dir); // Warms the disk's cache; not counted.
  if (first.stdout === "") throw new Error(`nothing was analysed in ${dir}: run \`purpose-lint check\` there to see why`);
  const report = JSON.parse(first.stdout);
  const typeErrors = typed ? (tsc(dir).stdout.match(/error TS\d+/g) ?? []).length : null;
  const a = [];
  const b = [];
  for (let pair = 0; pair < runs; pair++) {
    a.push(check(dir));
    if (typed) b.push(tsc(dir));
  }
  return {
    project: path.relative(root, dir).startsWith("..") ? path.basename(dir) : path.relative(root, dir),
    files: report.stats.files,
    lines: report.stats.lines,
    flows: report.flows.length,
    findings: report.findings.length,
    blindSpots: report.blindSpots.length,
    phases: Object.fromEntries(report.stats.phases.map(({ name, ms }) => [name, ms])),
    check: side(a),
    ...(typed && {
      tsc: { ...side(b), typeErrors },
      ratio: { wall: spread(a.map((x, i) => x.wall / b[i].wall)), peak: spread(a.map((x, i) => x.peak / b[i].peak)) },
    }),
  };
}

const typescript = JSON.parse(readFileSync(path.join(root, "node_modules/typescript/package.json"), "utf8")).version;
const machine = {
  cpu: os.cpus()[0]?.model.trim() ?? "?",
  cores: os.availableParallelism(),
  node: process.version,
  typescript,
  platform: `${os.platform()} ${os.arch()}`,
  runs,
};

const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
const mb = (bytes) => `${Math.round(bytes / MB)} MB`;
const range = ({ median: m, min, max }, as) => `${as(m)} (${as(min)} to ${as(max)})`;
const times = (x) => `${x.toFixed(2)}×`;

function print(r) {
  const lines = [
    `${r.project}: ${r.files} files, ${r.lines} lines; ${r.flows} flows, ${r.findings} findings, ${r.blindSpots} blind spots`,
    `  purpose-lint check   ${range(r.check.wall, seconds)}, peak ${range(r.check.peak, mb)}`,
    `    phases             ${Object.entries(r.phases)
      .map(([name, ms]) => `${name} ${seconds(ms)}`)
      .join(", ")}`,
  ];
  if (r.tsc === undefined) lines.push("  tsc --noEmit         not run: the folder has no tsconfig.json");
  else
    lines.push(
      `  tsc --noEmit         ${range(r.tsc.wall, seconds)}, peak ${range(r.tsc.peak, mb)}${r.tsc.typeErrors > 0 ? `; ${r.tsc.typeErrors} type errors` : ""}`,
      `  check ÷ tsc          ${range(r.ratio.wall, times)} of its time, ${range(r.ratio.peak, times)} of its memory`,
    );
  console.log(lines.join("\n"));
}

const results = [];
if (!values.json)
  console.log(
    `${runs} pairs; Node ${machine.node}, TypeScript ${machine.typescript}, ${machine.cores} × ${machine.cpu}, ${machine.platform}\n`,
  );
for (const dir of folders) {
  const result = bench(dir);
  results.push(result);
  if (!values.json) print(result);
}
if (values.json) console.log(JSON.stringify({ machine, results }, null, 2));
