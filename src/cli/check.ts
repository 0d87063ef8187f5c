/** `purpose-lint check`: analyses, prints the report, tells the exit code. */
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { AnalyzeOptions } from "../index.js";
import { MANIFEST_NAME, nearestManifest } from "../manifest-file.js";
import { escapeLine } from "../report/escape.js";
import { format, type Format } from "../report/format.js";
import { InputError } from "../report/input-error.js";
import { verdictLine } from "../report/pretty-summary.js";
import type { Report } from "../report/schema.js";
import { wantsColour } from "./colour.js";
import { EXIT, exitCode, manifestErrors, type ExitCode } from "./exit-code.js";
import type { Io } from "./io.js";
import { problemMessage } from "./messages.js";
import { writeFileAtomically } from "./write-file.js";

export interface CheckOptions {
  readonly manifest?: string;
  readonly project?: readonly string[];
  readonly format: Format;
  readonly output?: string;
  readonly timings?: boolean;
  readonly color?: boolean;
}

export type Analyze = (options: AnalyzeOptions) => Report;

/** Columns where there is no terminal to ask. */
const COLUMNS = 120;

/** Everything but bugs is answered here: bad input is told on stderr. */
export function check(dir: string, options: CheckOptions, io: Io, analyze: Analyze): ExitCode {
  const folder = path.resolve(io.cwd, dir);
  const root = options.manifest === undefined ? projectOf(folder) : folder;
  if (root !== folder)
    io.stderr.write(
      `purpose-lint: checks all of ${shown(root, io.cwd)}, where ${MANIFEST_NAME} is; paths in the report are relative to it\n`,
    );
  let report: Report;
  try {
    report = analyze({
      root,
      ...(options.manifest !== undefined && { manifest: path.resolve(io.cwd, options.manifest) }),
      ...(options.project !== undefined && { project: options.project.map((file) => path.resolve(io.cwd, file)) }),
      timings: options.timings ?? false,
    });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    for (const problem of error.problems) io.stderr.write(problemMessage(problem, root, io.cwd));
    return EXIT.failure;
  }

  const text = format(report, options.format, {
    colour: wantsColour(io, options.color, options.output !== undefined),
    columns: Math.min(io.stdout.columns ?? COLUMNS, COLUMNS),
    source: (file) => readText(path.resolve(root, file)),
    withoutManifestErrors: options.output === undefined,
  });
  for (const problem of report.problems)
    // What people read on the terminal says it in its summary.
    if (problem.kind !== "unsupported" || options.format !== "pretty" || options.output !== undefined)
      io.stderr.write(problemMessage(problem, root, io.cwd));
  for (const finding of manifestErrors(report)) {
    io.stderr.write(
      problemMessage({ ...finding.location, severity: "error", message: finding.message, fix: finding.remedies[0]?.text }, root, io.cwd),
    );
  }
  if (manifestErrors(report).length > 0 && report.manifest.file.startsWith("../"))
    io.stderr.write(
      `purpose-lint: only ${shown(root, io.cwd)} was checked; run it on ${shown(path.dirname(path.resolve(root, report.manifest.file)), io.cwd)}, where the manifest is, if that is about more\n`,
    );
  if (options.output === undefined) io.stdout.write(text);
  else if (!writeOutput(path.resolve(io.cwd, options.output), text, io)) return EXIT.failure;
  else io.stderr.write(`purpose-lint: ${verdictLine(report)}; written to ${options.output}\n`);
  return exitCode(report);
}

/** The project that a folder is part of: a manifest is about all that is below it, and a part of that does not tell whether it is true. */
function projectOf(folder: string): string {
  const manifest = isFolder(folder) ? nearestManifest(folder) : undefined;
  return manifest === undefined ? folder : path.dirname(manifest);
}

const isFolder = (folder: string): boolean => statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;

const shown = (folder: string, cwd: string): string => escapeLine(path.relative(cwd, folder).replaceAll(path.sep, "/") || ".");

function writeOutput(file: string, text: string, io: Io): boolean {
  try {
    writeFileAtomically(file, text);
    return true;
  } catch (error) {
    const message = `cannot be written: ${error instanceof Error ? error.message : String(error)}`;
    io.stderr.write(
      problemMessage({ file, severity: "error", message, fix: "name a file with --output that can be written" }, io.cwd, io.cwd),
    );
    return false;
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
