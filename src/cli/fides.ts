/** `purpose-lint import` and `export`: a manifest from Fides files, and a Fides file from a project. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Conversion, FidesOptions } from "../fides/index.js";
import type { Problem } from "../report/build.js";
import { InputError } from "../report/input-error.js";
import { EXIT, type ExitCode } from "./exit-code.js";
import type { Io } from "./io.js";
import { problemMessage } from "./messages.js";
import { writeFileAtomically } from "./write-file.js";

/** What is imported and exported. */
export const LANGUAGES = ["fides"] as const;

export interface ImportOptions {
  readonly output?: string;
}

export interface ExportOptions {
  readonly manifest?: string;
  readonly project?: readonly string[];
  readonly declared?: boolean;
  readonly key?: string;
  readonly output?: string;
}

export type ImportFides = (files: readonly { readonly file: string; readonly text: string }[]) => Conversion;
export type ExportFides = (options: FidesOptions) => Conversion;

export function importFiles(names: readonly string[], options: ImportOptions, io: Io, convert: ImportFides): ExitCode {
  return converted(io.cwd, options, io, () => {
    const unreadable: Problem[] = [];
    const files = names.map((name) => {
      const file = path.resolve(io.cwd, name);
      try {
        return { file, text: readFileSync(file, "utf8") };
      } catch {
        unreadable.push({ file, line: 1, column: 1, severity: "error", message: "the file cannot be read", fix: "correct its path" });
        return { file, text: "" };
      }
    });
    if (unreadable.length > 0) throw new InputError(unreadable);
    return convert(files);
  });
}

export function exportProject(dir: string, options: ExportOptions, io: Io, convert: ExportFides): ExitCode {
  const root = path.resolve(io.cwd, dir);
  return converted(root, options, io, () =>
    convert({
      root,
      key: options.key ?? (path.basename(root).replaceAll(/[^A-Za-z0-9_.<>-]/g, "_") || "project"),
      ...(options.manifest !== undefined && { manifest: path.resolve(io.cwd, options.manifest) }),
      ...(options.project !== undefined && { project: options.project.map((file) => path.resolve(io.cwd, file)) }),
      ...(options.declared === true && { declared: true }),
    }),
  );
}

/** Writes what was made, to the output or to stdout; of wrong input nothing is written. */
function converted(base: string, { output }: ImportOptions, io: Io, convert: () => Conversion): ExitCode {
  const tell = (problem: Problem): void => void io.stderr.write(problemMessage(problem, base, io.cwd));
  try {
    const { text, problems } = convert();
    for (const problem of problems) tell(problem);
    if (output === undefined) io.stdout.write(text);
    else write(path.resolve(io.cwd, output), text);
    return EXIT.clean;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    for (const problem of error.problems) tell(problem);
    return EXIT.failure;
  }
}

function write(file: string, text: string): void {
  try {
    writeFileAtomically(file, text);
  } catch (error) {
    const message = `cannot be written: ${error instanceof Error ? error.message : String(error)}`;
    throw new InputError([{ file, line: 1, column: 1, severity: "error", message, fix: "name a file with --output that can be written" }]);
  }
}
