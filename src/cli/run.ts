/**
 * cli: the command line, a thin adapter over `analyze`.
 *
 * Takes arguments and streams; gives an exit code. It may not judge: what it prints is the report's, what it exits with follows from it.
 */
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { FIDES_KEY } from "../fides/fides.js";
import { FORMATS } from "../report/format.js";
import { TOOL } from "../report/tool.js";
import { check, type Analyze, type CheckOptions } from "./check.js";
import { EXIT, type ExitCode } from "./exit-code.js";
import { exportProject, importFiles, LANGUAGES, type ExportOptions, type ImportOptions } from "./fides.js";
import { init, type InitOptions } from "./init.js";
import type { Io } from "./io.js";
import { internalErrorMessage } from "./messages.js";
import { missingCompilerMessage } from "./missing-compiler.js";

/** `argv` is without the interpreter and the script. `analyze` is loaded only when it is needed: `--help` answers at once. */
export async function run(argv: readonly string[], io: Io, analyze: () => Promise<Analyze> = loadAnalyze): Promise<ExitCode> {
  let code: ExitCode = EXIT.clean;
  const program = commandLine(
    io,
    async (dir, options) => {
      code = check(dir, options, io, await analyze());
    },
    async (dir, options) => {
      code = init(dir, options, io, (await import("../index.js")).draftManifest);
    },
    async (files, options) => {
      code = importFiles(files, options, io, (await import("../fides/index.js")).manifestOfFides);
    },
    async (dir, options) => {
      code = exportProject(dir, options, io, (await import("../fides/index.js")).fidesOfProject);
    },
  );
  try {
    await program.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    // Commander has printed help, the version, or what is wrong with the arguments.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.failure;
    io.stderr.write(missingCompilerMessage(error) ?? internalErrorMessage(error, Boolean(io.env["PURPOSE_LINT_DEBUG"])));
    return EXIT.failure;
  }
}

async function loadAnalyze(): Promise<Analyze> {
  return (await import("../index.js")).analyze;
}

function commandLine(
  io: Io,
  onCheck: (dir: string, options: CheckOptions) => Promise<void>,
  onInit: (dir: string, options: InitOptions) => Promise<void>,
  onImport: (files: readonly string[], options: ImportOptions) => Promise<void>,
  onExport: (dir: string, options: ExportOptions) => Promise<void>,
): Command {
  const program = new Command(TOOL.name)
    .description("May this field be trained on? Traces declared fields to training sinks and checks every flow against a purpose manifest.")
    .version(TOOL.version)
    .showSuggestionAfterError()
    .showHelpAfterError("(purpose-lint --help lists what there is)")
    .addHelpText("after", `\n${TOOL.name} check --help lists the options of check.`)
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) });

  program
    .command("check")
    .description("check a project against its purpose manifest")
    .argument("[dir]", "the project's folder, or one in it", ".")
    .option("--manifest <file>", "the purpose manifest (default: purpose.yaml in the folder or above)")
    .option("--project <tsconfig>", "a tsconfig to analyse; can be repeated (default: all of the folder and its workspaces)", collect)
    .addOption(new Option("--format <format>", "how to report").choices(FORMATS).default("pretty"))
    .option("--output <file>", "write the report to a file")
    .option("--timings", "tell how long each phase took; reports then differ from run to run")
    .option("--color", "colour the report (default: on a terminal, unless NO_COLOR is set)")
    .option("--no-color", "do not colour the report")
    .addHelpText("after", "\nExit codes: 0 no violation, 1 errors or warnings, 2 wrong input or a failure.")
    .action(onCheck);
  program
    .command("init")
    .description("write a manifest to begin with; what may be personal data, by the names in the code, stands in its comments")
    .argument("[dir]", "the project's folder", ".")
    .option("--print", "print it, and write nothing")
    .action(onInit);
  program
    .command("import")
    .description("make a manifest's purposes and fields of another language's files")
    .addArgument(new Argument("<language>", "what they are written in").choices(LANGUAGES))
    .argument("<files...>", "the files: Fides datasets and systems")
    .option("--output <file>", "write the manifest to a file")
    .action((_, files: readonly string[], options: ImportOptions) => onImport(files, options));
  program
    .command("export")
    .description("tell in another language what a project uses which data for")
    .addArgument(new Argument("<language>", "the language").choices(LANGUAGES))
    .argument("[dir]", "the project's folder", ".")
    .option("--manifest <file>", "the purpose manifest (default: purpose.yaml in the folder or above)")
    .option("--project <tsconfig>", "a tsconfig to analyse; can be repeated (default: all of the folder and its workspaces)", collect)
    .option("--declared", "tell what the manifest allows, not what the code does")
    .addOption(new Option("--key <fides_key>", "the system's key (default: the folder's name)").argParser(fidesKey))
    .option("--output <file>", "write to a file")
    .action((_, dir: string, options: ExportOptions) => onExport(dir, options));
  return program;
}

function fidesKey(value: string): string {
  if (!FIDES_KEY.test(value)) throw new InvalidArgumentError("It may have letters, digits, `_`, `.`, `<`, `>` and `-`.");
  return value;
}

function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}
