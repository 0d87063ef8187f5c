/** Verifies one case: run it, then hold what arrived against what is stated. */
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Annotation } from "../annotations.js";
import type { Case } from "../discover.js";
import { attribute } from "../match.js";
import { caseAnnotations } from "../run.js";
import { compileCase, type Compiled } from "./compile.js";
import type { Job, Run } from "./job.js";
import { marksFor, type Marks } from "./marks.js";
import { placeArrivals, type PlacedArrival } from "./place.js";
import { readSpec, type CaseSpec } from "./spec.js";

export interface OracleProblem {
  /** Relative to the case. */
  readonly file: string;
  readonly line: number;
  readonly message: string;
  /** A field is stated that no run shows. */
  readonly misses?: boolean;
}

export interface Verdict {
  readonly case: string;
  readonly problems: readonly OracleProblem[];
  /** Annotated lines, (field, line) pairs stated, and lines with `none` where no run came by (dead code). */
  readonly lines: number;
  readonly pairs: number;
  readonly unreached: number;
}

const TIME_LIMIT = 60_000;
const CHILD = fileURLToPath(new URL("./child.js", import.meta.url));

/** Runs a case and checks every annotation in it. Never rejects: what goes wrong is a problem of the case. */
export async function verifyCase(input: Case): Promise<Verdict> {
  const { annotations, failures } = caseAnnotations(input);
  const unreadable = failures.map(({ file, line, reason }) => ({ file, line, message: reason ?? "" }));
  const stated = [...annotations.values()].flat();
  let problems: OracleProblem[];
  let unreached = 0;
  try {
    const spec = readSpec(input.manifest);
    const marks = marksFor(spec.fields);
    const compiled = compileCase(input, spec, marks);
    const run = await execute(input, spec, marks, compiled);
    const arrivals = placeArrivals(compiled, run.arrivals);
    const checked = input.files.map((file) =>
      check(
        file,
        annotations.get(file) ?? [],
        arrivals.filter((arrival) => arrival.file === file),
      ),
    );
    unreached = checked.reduce((total, result) => total + result.unreached, 0);
    problems = [
      ...run.errors.map((message) => ({ file: mainOf(input), line: 0, message })),
      ...unknownFields(annotations, spec),
      ...arrivals
        .filter((arrival) => arrival.file === "")
        .map(() => ({ file: mainOf(input), line: 0, message: "a sink was called from no line of the case" })),
      ...checked.flatMap((result) => result.problems),
    ];
  } catch (error) {
    problems = [{ file: "", line: 0, message: error instanceof Error ? error.message : String(error) }];
  }
  const pairs = stated.reduce((total, annotation) => total + annotation.expected.length, 0);
  return { case: input.id, problems: [...unreadable, ...problems], lines: stated.length, pairs, unreached };
}

/** Holds one file's arrivals against its annotations. */
export function check(
  file: string,
  annotations: readonly Annotation[],
  arrivals: readonly PlacedArrival[],
): { problems: OracleProblem[]; unreached: number } {
  const problems: OracleProblem[] = [];
  const spans = new Map(
    arrivals.map((arrival) => [`${arrival.line}:${arrival.endLine}`, { line: arrival.line, endLine: arrival.endLine }]),
  );
  const lineOf = attribute(
    [...spans.values()],
    annotations.map((annotation) => annotation.line),
  );
  const arrived = new Map<number, Set<string>>();
  for (const arrival of arrivals) {
    const span = spans.get(`${arrival.line}:${arrival.endLine}`);
    const line = (span === undefined ? undefined : lineOf.get(span)) ?? arrival.line;
    const fields = arrived.get(line) ?? new Set<string>();
    arrival.fields.forEach((field) => fields.add(field));
    arrived.set(line, fields);
  }
  let unreached = 0;
  for (const annotation of annotations) {
    const got = arrived.get(annotation.line);
    const stated = [...annotation.expected, ...annotation.dynamicOnly].sort();
    if (got === undefined && stated.length === 0) unreached++;
    else if (got === undefined) problems.push({ file, line: annotation.line, message: "no sink was called here" });
    else if ([...got].sort().join(" ") !== stated.join(" ")) {
      const misses = stated.some((field) => !got.has(field));
      problems.push({ file, line: annotation.line, message: `states ${show(stated)}, the run shows ${show([...got].sort())}`, misses });
    }
  }
  for (const [line, fields] of arrived) {
    if (!annotations.some((annotation) => annotation.line === line))
      problems.push({ file, line, message: `a sink call without an annotation; the run shows ${show([...fields].sort())}` });
  }
  return { problems: problems.sort((a, b) => a.line - b.line), unreached };
}

function unknownFields(annotations: ReadonlyMap<string, readonly Annotation[]>, spec: CaseSpec): OracleProblem[] {
  return [...annotations].flatMap(([file, list]) =>
    list.flatMap(({ line, expected, staticOnly, dynamicOnly }) =>
      [...expected, ...staticOnly, ...dynamicOnly]
        .filter((field) => !spec.fields.includes(field))
        .map((field) => ({ file, line, message: `the manifest declares no field ${field}` })),
    ),
  );
}

/** Runs the case in a child process, on a copy, so that what it writes is gone afterwards. */
async function execute(input: Case, spec: CaseSpec, marks: Marks, compiled: Compiled): Promise<Run> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "conformance-")));
  try {
    const root = path.join(folder, "case");
    cpSync(input.folder, root, { recursive: true, filter: (file) => path.basename(file) !== "node_modules" });
    const result = path.join(folder, "result.json");
    const { files, packages, paths } = compiled;
    const job: Job = {
      root,
      origin: path.resolve(input.folder),
      main: mainOf(input),
      files: strip(files),
      packages,
      paths,
      marks,
      sinks: spec.sinks,
      ambient: spec.ambient,
      result,
    };
    const jobFile = path.join(folder, "job.json");
    writeFileSync(jobFile, JSON.stringify(job));
    const ended = await child(jobFile, root);
    if (!existsSync(result)) return { arrivals: [], errors: [`the program did not come to an end: ${ended}`] };
    return JSON.parse(readFileSync(result, "utf8")) as Run;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function strip(files: Compiled["files"]): Job["files"] {
  return Object.fromEntries(Object.entries(files).map(([name, { code, format }]) => [name, { code, format }]));
}

function child(jobFile: string, cwd: string): Promise<string> {
  return new Promise((resolve) => {
    const args = ["--experimental-vm-modules", "--no-warnings", CHILD, jobFile];
    execFile(process.execPath, args, { cwd, timeout: TIME_LIMIT }, (error, _stdout, stderr) =>
      resolve(`${error?.message ?? ""} ${stderr}`.trim()),
    );
  });
}

/** Where the program begins: `main.*` at the top, or the first one below. */
function mainOf(input: Case): string {
  const mains = input.files.filter((file) => /(?:^|\/)main\.\w+$/u.test(file));
  const main = mains.sort((a, b) => a.split("/").length - b.split("/").length)[0];
  if (main === undefined) throw new Error("no main.* to run");
  return main;
}

function show(fields: readonly string[]): string {
  return fields.length === 0 ? "none" : fields.join(" ");
}
