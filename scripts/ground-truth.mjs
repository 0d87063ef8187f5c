/**
 * Holds what is reported of real projects against flows that were read by hand.
 *
 *     npm run ground-truth -- DIR --truth FILE [--manifests FOLDER]
 *
 * DIR has a checkout for each project, in a folder of the name of its manifest in fixtures/manifests (`DIR/lunary` for `lunary.yaml`); those
 * that are not there are left out. FILE has one hop of a flow a line, in order: `project|flow|file|line|token`, paths from the top of the
 * checkout; an `n` before a flow's number (`Ln1`) says that it is none. Nothing is written into a checkout but the manifest, while it is read.
 *
 * A flow is found where some reported way has its first hop, and either ends at one of its hops or goes through the file of the last. Of those
 * the one with the most hops is shown: a report tells the shortest way, which need not be the one that was read. Exit 1 where a flow that
 * `found.json`, beside the manifests, has for the project is not found; 2 where something is wrong.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const CLI = join(ROOT, "dist/src/cli/bin.js");
const USAGE = "npm run ground-truth -- DIR --truth FILE [--manifests FOLDER]";

const fail = (message) => {
  console.error(`ground-truth: ${message}`);
  process.exit(2);
};

/** The hops of each flow by project and flow. */
function readTruth(file) {
  const projects = new Map();
  for (const [index, line] of readFileSync(file, "utf8").split("\n").entries()) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const [project, flow, path, at] = line.split("|");
    if (!/^[1-9]\d*$/.test(at ?? "")) fail(`${file}:${index + 1}: not \`project|flow|file|line|token\``);
    const key = project.toLowerCase();
    const flows = projects.get(key) ?? projects.set(key, new Map()).get(key);
    (flows.get(flow) ?? flows.set(flow, []).get(flow)).push({ file: path, line: Number(at) });
  }
  return projects;
}

/** The report on a checkout. Its manifest has paths relative to the top, so it has to lie there. */
function report(checkout, manifest) {
  const placed = join(checkout, "purpose.ground-truth.yaml");
  const folder = mkdtempSync(join(tmpdir(), "ground-truth-"));
  const output = join(folder, "report.json");
  try {
    copyFileSync(manifest, placed);
    const args = [...process.execArgv, CLI, "check", checkout, "--manifest", placed, "--format", "json", "--output", output];
    const { status } = spawnSync(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
    if (!existsSync(output)) fail(`${checkout}: no report (exit ${status})`);
    return JSON.parse(readFileSync(output, "utf8"));
  } finally {
    rmSync(placed, { force: true });
    rmSync(folder, { recursive: true, force: true });
  }
}

const covers = (step, hop) => step.file === hop.file && step.line <= hop.line && hop.line <= step.endLine;
const isNone = (flow) => /^[A-Z]+n\d/.test(flow);

/** The reported way that has most of a flow: whether its ends are there, and which hops are not. */
function best(hops, findings) {
  const last = hops.at(-1);
  const ways = findings
    .filter((finding) => finding.path.length > 0)
    .map((finding) => ({
      finding,
      passed: hops.map((hop) => finding.path.some((step) => covers(step, hop))),
      source: finding.path.some((step) => covers(step, hops[0])),
      sink: hops.some((hop) => covers(finding.location, hop)) || finding.path.some((step) => step.file === last.file),
    }));
  const worth = ({ source, sink, passed }) => (source && sink ? 1000 : 0) + (source || sink ? 100 : 0) + passed.filter(Boolean).length;
  return ways.reduce((a, b) => (a === undefined || worth(b) > worth(a) ? b : a), undefined);
}

function table(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  for (const row of rows)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i]))
        .join("  ")
        .trimEnd(),
    );
}

/** Prints the table of a project; gives the flows that were found. */
function compare(flows, findings) {
  const found = [];
  const rows = [["flow", "source", "sink", "hops", "reported", "not on the way"]];
  for (const [flow, hops] of flows) {
    if (isNone(flow)) continue;
    const way = best(hops, findings);
    if (way?.source && way.sink) found.push(flow);
    const missed = hops.filter((_, i) => !way?.passed[i]).map((hop) => `${hop.file.split("/").at(-1)}:${hop.line}`);
    rows.push([
      flow,
      way?.source ? "yes" : "no",
      way?.sink ? "yes" : "no",
      `${hops.length - missed.length}/${hops.length}`,
      way?.source && way.sink ? `${way.finding.field} → ${way.finding.sink}` : "–",
      missed.join(" "),
    ]);
  }
  table(rows);
  return found;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { truth: { type: "string" }, manifests: { type: "string", default: join(ROOT, "fixtures/manifests") } },
});
if (positionals.length !== 1 || values.truth === undefined) fail(USAGE);
const record = join(values.manifests, "found.json");
const recorded = existsSync(record) ? JSON.parse(readFileSync(record, "utf8")) : {};
const truth = readTruth(values.truth);
let lost = 0;
let checked = 0;
for (const file of readdirSync(values.manifests)
  .filter((name) => name.endsWith(".yaml"))
  .sort()) {
  const name = file.slice(0, -".yaml".length);
  const checkout = resolve(positionals[0], name);
  const flows = truth.get(name);
  if (flows === undefined || !existsSync(checkout)) continue;
  checked++;
  console.log(`${name}:`);
  const { findings } = report(checkout, join(values.manifests, file));
  const found = compare(
    flows,
    findings.filter((finding) => finding.sink !== null),
  );
  const missing = (recorded[name] ?? []).filter((flow) => !found.includes(flow));
  console.log(
    `${found.length} found, ${(recorded[name] ?? []).length} recorded${missing.length > 0 ? `; lost: ${missing.join(", ")}` : ""}\n`,
  );
  lost += missing.length;
}
if (checked === 0) fail(`${positionals[0]} has no checkout of a project that has both a manifest and a line in ${values.truth}`);
process.exitCode = lost > 0 ? 1 : 0;
