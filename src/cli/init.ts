/** `purpose-lint init`: writes a manifest to begin with, in which what is possibly personal data stands in comments. */
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { MANIFEST_NAME } from "../manifest-file.js";
import { EXIT, type ExitCode } from "./exit-code.js";
import type { Io } from "./io.js";
import { problemMessage } from "./messages.js";
import { writeFileAtomically } from "./write-file.js";

export interface InitOptions {
  /** Print it, and write nothing. */
  readonly print?: boolean;
}

/** The text of the manifest for a project's folder. */
export type Draft = (root: string) => string;

/** A manifest that is there is never written over: it may have been signed off. */
export function init(dir: string, { print = false }: InitOptions, io: Io, draft: Draft): ExitCode {
  const root = path.resolve(io.cwd, dir);
  const file = path.join(root, MANIFEST_NAME);
  const fail = (at: string, message: string, fix: string): ExitCode => {
    io.stderr.write(problemMessage({ file: at, severity: "error", message, fix }, root, io.cwd));
    return EXIT.failure;
  };
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true)
    return fail(root, "there is no such folder", "name the folder of the project");
  if (!print && existsSync(file)) return fail(file, "there is a manifest already", "use --print to see what would be written");
  const text = draft(root);
  if (print) {
    io.stdout.write(text);
    return EXIT.clean;
  }
  try {
    writeFileAtomically(file, text);
  } catch (error) {
    return fail(file, `cannot be written: ${error instanceof Error ? error.message : String(error)}`, "use --print to see it");
  }
  io.stderr.write(`purpose-lint: ${MANIFEST_NAME} is written; say in it what is collected, and what for\n`);
  return EXIT.clean;
}
