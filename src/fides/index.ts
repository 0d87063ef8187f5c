/**
 * fides: manifests to and from Fides, Ethyca's language of privacy declarations (https://ethyca.github.io/fideslang/).
 *
 * Takes the texts of Fides files and gives a manifest to begin with; takes a project or its manifest, and gives a Fides file. Prints and
 * writes nothing. Judges nothing: what a field may be used for is what the files, or the manifest, say.
 */
import { stringify } from "yaml";
import { withCode } from "../declared/in-code.js";
import type { AnalyzeOptions } from "../index.js";
import { isPersonal } from "../judge/status.js";
import { collectProblems } from "../manifest/problems.js";
import type { ManifestProblem } from "../manifest/model.js";
import { dayOf, openManifest, openSources, projectFolder } from "../open-input.js";
import type { Problem } from "../report/build.js";
import { InputError } from "../report/input-error.js";
import { trace } from "../trace/index.js";
import { exportFides } from "./export.js";
import { importFides } from "./import.js";
import { manifestText } from "./manifest-text.js";
import { readFides } from "./read.js";

export interface Conversion {
  /** Of the file that was made. */
  readonly text: string;
  /** What could not be said in it. */
  readonly problems: readonly Problem[];
}

/** The text of a manifest. @throws {InputError} when a file says what Fides, or a manifest, cannot mean. */
export function manifestOfFides(files: readonly { readonly file: string; readonly text: string }[]): Conversion {
  const problems = collectProblems(new Set());
  const read = files.flatMap(({ file, text }) => readFides(file, text, problems.in(file)) ?? []);
  const imported = importFides(read, (word, message, fix, severity) => {
    problems.in(word.file)("reference", word, message, fix, severity);
  });
  const all = inOrder(problems.all);
  if (all.some(({ severity }) => severity === "error")) throw new InputError(all);
  return { text: manifestText(imported), problems: all };
}

export interface FidesOptions extends Pick<AnalyzeOptions, "root" | "manifest" | "project" | "ts" | "today"> {
  /** The `fides_key` of the system that the project is. */
  readonly key: string;
  /** What the manifest allows, instead of what the code does. */
  readonly declared?: boolean;
}

/** The text of a Fides file. @throws {InputError} as `analyze` does, and where the manifest names what the code does not have. */
export function fidesOfProject(options: FidesOptions): Conversion {
  const root = projectFolder(options);
  // What is allowed can be told before there is code that asks for consent.
  const disabled = options.declared === true ? (["consent-gate"] as const) : [];
  const { manifest: said, problems } = openManifest(options, root, options.today ?? dayOf(new Date()), disabled);
  const about = (severity: Problem["severity"], message: string, fix: string): Problem => ({
    file: said.file,
    line: 1,
    column: 1,
    severity,
    message,
    fix,
  });
  const exported = options.declared === true ? exportFides(said, options.key) : fromCode();
  const notes = exported.notes.map((note) => about("warning", note, "a category of its own would tell them apart"));
  return { text: stringify(exported.resources, { lineWidth: 0 }), problems: [...problems, ...notes] };

  function fromCode(): ReturnType<typeof exportFides> {
    const project = openSources(options, root);
    const result = trace(project, said, { ...(options.ts && { compiler: options.ts }) });
    const lost = result.unmatched
      .filter(({ unsure }) => unsure !== true)
      .map(({ text, entry }) =>
        about(
          "error",
          `\`${text}\` (${entry}) matches nothing: what flows there cannot be told`,
          "run `purpose-lint check`, and correct it",
        ),
      );
    const wrong = [...project.problems, ...(result.inCode?.problems ?? []), ...lost].filter(({ severity }) => severity === "error");
    if (wrong.length > 0) throw new InputError(wrong);
    const manifest = result.inCode === undefined ? said : withCode(said, result.inCode);
    const uses = result.flows.filter(({ status }) => isPersonal(status)).map(({ field, sink }) => ({ field, purpose: sink.purpose }));
    const found = exportFides(manifest, options.key, uses);
    const { length } = result.blindSpots;
    const unseen =
      length === 0
        ? []
        : [`${length} ${length === 1 ? "place" : "places"} in the code could not be seen: \`purpose-lint check\` names them`];
    return { ...found, notes: [...found.notes, ...unseen] };
  }
}

function inOrder(problems: readonly ManifestProblem[]): ManifestProblem[] {
  const unique = new Map(problems.map((one) => [`${one.file}:${one.line}:${one.column} ${one.message}`, one]));
  return [...unique.values()].sort((a, b) => (a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1));
}
