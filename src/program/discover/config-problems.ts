/** What is wrong with a tsconfig, each with its line and column and a fix. */
import type ts from "typescript";
import { fileProblem, problemAt, type Ts } from "../problems.js";
import type { FileSystem } from "../fs/file-system.js";
import { dirname, isAbsolute, join, relative } from "../fs/paths.js";
import type { InputProblem } from "../project.js";
import { isJson, textsOf } from "./json.js";
import { property, rootObject } from "./json-source.js";

/** "No inputs were found" and "the files list is empty": a solution-style tsconfig is no mistake; an empty project is said once, elsewhere. */
const NO_INPUTS = new Set([18002, 18003]);
/** "File not found" and "cannot read file", by which the reader means the target of `extends`. */
const NOT_FOUND = new Set([6053, 5083, 5012]);

export interface ConfigProblems {
  readonly problems: readonly InputProblem[];
  /** tsconfigs that it references and that exist. */
  readonly references: readonly string[];
}

export function configProblems(json: ts.TsConfigSourceFile, parsed: ts.ParsedCommandLine, fs: FileSystem, ts: Ts): ConfigProblems {
  const problems: InputProblem[] = [];
  const syntax: readonly ts.Diagnostic[] =
    (json as unknown as { readonly parseDiagnostics?: readonly ts.Diagnostic[] }).parseDiagnostics ?? [];
  for (const diagnostic of [...syntax, ...parsed.errors]) {
    if (NO_INPUTS.has(diagnostic.code)) continue;
    const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, " ");
    if (NOT_FOUND.has(diagnostic.code)) {
      problems.push(missingBase(diagnostic, message, json, fs, ts));
      continue;
    }
    const isSyntax = diagnostic.code < 2000;
    const severity = isSyntax || saysWhichFiles(diagnostic, json, ts) ? "error" : "warning";
    const fix = isSyntax ? "correct the JSON" : "correct or remove this setting";
    problems.push(
      diagnostic.file === undefined
        ? fileProblem(json.fileName, severity, message, fix)
        : problemAt(diagnostic.file, diagnostic.start ?? 0, severity, message, fix),
    );
  }
  const references: string[] = [];
  for (const reference of parsed.projectReferences ?? []) {
    const target = ts.resolveProjectReferencePath(reference);
    if (fs.isFile(target)) references.push(target);
    else problems.push(missingReference(reference, target, json, ts));
  }
  problems.push(...missingFiles(json, parsed, fs, ts));
  return { problems, references };
}

/** What, when it is wrong, makes the project another one than was meant. A wrong compiler option costs some types at most. */
const FILE_KEYS: ReadonlySet<string> = new Set(["extends", "files", "include", "exclude", "references"]);
const CIRCULAR = 18000;

function saysWhichFiles({ code, file, start }: ts.Diagnostic, json: ts.TsConfigSourceFile, ts: Ts): boolean {
  if (code === CIRCULAR) return true;
  if (file !== json || start === undefined) return false;
  return (rootObject(json, ts)?.properties ?? []).some(
    (p) => p.name !== undefined && "text" in p.name && FILE_KEYS.has(p.name.text) && p.getStart(json) <= start && start < p.end,
  );
}

/** `files` names what must be there, unlike `include`. The reader takes it on trust; it is the compiler that fails on it. */
function missingFiles(json: ts.TsConfigSourceFile, parsed: ts.ParsedCommandLine, fs: FileSystem, ts: Ts): readonly InputProblem[] {
  const raw: unknown = parsed.raw;
  const fix = "correct the path, or remove it from `files`";
  const literals = arrayLiterals(property(rootObject(json, ts), "files", ts), ts);
  // Inherited ones are relative to this tsconfig by now, and have no place in it.
  return textsOf(isJson(raw) ? raw["files"] : undefined).flatMap((name) => {
    if (fs.isFile(join(dirname(json.fileName), name.replace(/^\$\{configDir\}\//i, "")))) return [];
    const message = `\`files\` names ${JSON.stringify(name)}, which does not exist`;
    const literal = literals.find(({ text }) => text === name);
    return [
      literal === undefined
        ? fileProblem(json.fileName, "error", message, fix)
        : problemAt(json, literal.getStart(json), "error", message, fix),
    ];
  });
}

function missingBase(diagnostic: ts.Diagnostic, message: string, json: ts.TsConfigSourceFile, fs: FileSystem, ts: Ts): InputProblem {
  if (diagnostic.file !== undefined && diagnostic.start !== undefined) {
    const written = diagnostic.file.text.slice(diagnostic.start + 1, diagnostic.start + (diagnostic.length ?? 2) - 1);
    return baseProblem(diagnostic.file, diagnostic.start, written);
  }
  // The compiler gives no place for `extends: "./missing.json"`: look for the literal in this file and in those that it extends.
  for (const name of [json.fileName, ...(json.extendedSourceFiles ?? [])]) {
    if (!fs.isFile(name)) continue;
    const source = name === json.fileName ? json : ts.readJsonConfigFile(name, fs.read);
    for (const literal of extendsLiterals(source, ts)) {
      const local = literal.text.startsWith(".") || isAbsolute(literal.text);
      if (local && !fs.isFile(join(dirname(name), literal.text)) && !fs.isFile(join(dirname(name), `${literal.text}.json`)))
        return baseProblem(source, literal.getStart(source), literal.text);
    }
  }
  return fileProblem(json.fileName, "error", message, "correct `extends`");
}

/** A base of the project's own is a mistake in the tsconfig; one from a package that is not installed costs a few options only. */
function baseProblem(file: ts.SourceFile, at: number, written: string): InputProblem {
  const local = written.startsWith(".") || isAbsolute(written) || written === "";
  return local
    ? problemAt(
        file,
        at,
        "error",
        `this tsconfig extends ${JSON.stringify(written)}, which does not exist`,
        "correct the path, or create the file",
      )
    : problemAt(
        file,
        at,
        "warning",
        `this tsconfig extends ${JSON.stringify(written)}, which is not installed`,
        "install the project's dependencies",
      );
}

function extendsLiterals(json: ts.TsConfigSourceFile, ts: Ts): readonly ts.StringLiteral[] {
  const value = property(rootObject(json, ts), "extends", ts);
  return value !== undefined && ts.isStringLiteral(value) ? [value] : arrayLiterals(value, ts);
}

function arrayLiterals(value: ts.Expression | undefined, ts: Ts): readonly ts.StringLiteral[] {
  if (value === undefined || !ts.isArrayLiteralExpression(value)) return [];
  return value.elements.filter((v): v is ts.StringLiteral => ts.isStringLiteral(v));
}

function missingReference(reference: ts.ProjectReference, target: string, json: ts.TsConfigSourceFile, ts: Ts): InputProblem {
  const message = `this tsconfig references ${JSON.stringify(reference.originalPath ?? reference.path)}, but there is no ${relative(dirname(json.fileName), target)}`;
  const fix = "correct the path, or remove the reference";
  const list = property(rootObject(json, ts), "references", ts);
  if (list !== undefined && ts.isArrayLiteralExpression(list)) {
    for (const element of list.elements) {
      const path = ts.isObjectLiteralExpression(element) ? property(element, "path", ts) : undefined;
      if (path !== undefined && ts.isStringLiteral(path) && path.text === reference.originalPath)
        return problemAt(json, path.getStart(json), "error", message, fix);
    }
  }
  return fileProblem(json.fileName, "error", message, fix);
}
