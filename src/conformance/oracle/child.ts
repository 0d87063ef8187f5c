/** Runs one case: `node --experimental-vm-modules child.js JOB.json`. The only part that executes a case's code. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL, fileURLToPath } from "node:url";
import { HARNESS, type Job, type Run } from "./job.js";
import { makeLoader } from "./loader.js";
import { markText, type Marks } from "./marks.js";
import { makeRecorder } from "./recorder.js";

const job = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as Job;
const errors: string[] = [];
const recorder = makeRecorder(job, (url) => {
  if (url.startsWith("file:")) url = fileURLToPath(url);
  const file = path.relative(job.root, url).replaceAll("\\", "/");
  return file in job.files ? file : undefined;
});

Object.assign(globalThis, { [HARNESS]: recorder.harness, ...ambient(job) });
process.on("uncaughtException", (error) => errors.push(`uncaught: ${describe(error)}`));
process.on("unhandledRejection", (error) => errors.push(`unhandled rejection: ${describe(error)}`));
process.on("beforeExit", () => void finish());
// A program's own chatter is of no interest, and could be large.
console.log = console.info = console.warn = console.error = console.debug = () => undefined;

try {
  const loader = await makeLoader(job, recorder.harness);
  await loader.run(job.main);
} catch (error) {
  errors.push(`threw: ${describe(error)}`);
}

let finished = false;
async function finish(): Promise<void> {
  if (finished) return;
  finished = true;
  const run: Run = { arrivals: await recorder.settle(), errors };
  writeFileSync(job.result, JSON.stringify(run));
}

/** Globals that the manifest names: sinks that report, sources that give marks. */
function ambient({ sinks, ambient: sources, marks }: Job): Record<string, unknown> {
  const globals: Record<string, unknown> = {};
  for (const sink of sinks) {
    if (sink.locator.module !== "global" || sink.kind !== "call") continue;
    place(globals, sink.locator.path, (...args: unknown[]) => recorder.harness.outside(sink.id, args));
  }
  for (const source of sources) {
    const value = valueFor(marks, source.field);
    place(globals, source.path, source.kind === "returns" ? () => structuredClone(value) : value);
  }
  return globals;
}

function place(globals: Record<string, unknown>, names: readonly string[], value: unknown): void {
  const last = names.at(-1) ?? "";
  const holder = names.slice(0, -1).reduce<Record<string, unknown>>((at, name) => (at[name] ??= {}) as Record<string, unknown>, globals);
  holder[last] = value;
}

/** The mark of a field; for `user.*` an object with all of its fields. */
function valueFor(marks: Marks, field: string): unknown {
  if (!field.endsWith(".*")) return markText(marks, field);
  const prefix = field.slice(0, -1);
  const value: Record<string, unknown> = {};
  for (const id of marks.fields.filter((candidate) => candidate.startsWith(prefix)))
    place(value, id.slice(prefix.length).split("."), markText(marks, id));
  return value;
}

function describe(error: unknown): string {
  return error instanceof Error
    ? `${error.message}\n${(error.stack ?? "").replaceAll(pathToFileURL(job.root).href, "").replaceAll(job.root, "")}`
    : String(error);
}
