/**
 * facts: what one file says about the flow of values, from its syntax alone.
 *
 * Takes a parsed file (or its text); gives {@link FileFacts}, plain data that can be cached by content. Two passes: `bind-scopes`
 * finds out what every name means, the lowerings turn syntax into the intermediate representation of `ir.ts`. No program, no
 * checker, no other file, no I/O; nothing here throws on any input.
 */
import type * as tsc from "typescript";
import { bindScopes } from "./bind-scopes.js";
import { type Context, type Place, span } from "./context.js";
import { createdRequires } from "./create-require.js";
import { declareInside } from "./declarations.js";
import { FACTS_VERSION, type ClassFacts, type FileFacts, type FunctionFacts, type Stmt, type SyntaxErrorFact } from "./ir.js";
import { declareDocTypes, hasDocTypes, mayHaveDocTypes } from "./jsdoc.js";
import { lowerJson } from "./json.js";
import { collectExports, collectImports, noteElidable } from "./modules.js";
import { lowerStatements } from "./statements.js";
import { type Compiler, directivesOf, isModuleSyntax } from "./syntax.js";
import { mayHaveTags } from "./tags.js";

/** Facts of a parsed file. Parent pointers are not needed. Never throws: errors are part of the facts. */
export function extractFacts(sourceFile: tsc.SourceFile, ts: Compiler): FileFacts {
  try {
    return extract(sourceFile, ts);
  } catch (error) {
    return unreadable(sourceFile.text, [...sourceFile.getLineStarts()], reasonFor(error), syntaxErrors(sourceFile, ts));
  }
}

/** Facts of a file's text. The extension of `path` tells the language; the path goes nowhere else. */
export function parseFacts(path: string, text: string, ts: Compiler): FileFacts {
  let file: tsc.SourceFile;
  const kind = scriptKind(path, ts);
  const docs = kind === ts.ScriptKind.JSX && mayHaveDocTypes(text);
  try {
    file = ts.createSourceFile(
      path,
      text,
      {
        languageVersion: ts.ScriptTarget.Latest,
        jsDocParsingMode: docs ? ts.JSDocParsingMode.ParseAll : ts.JSDocParsingMode.ParseNone,
      },
      docs,
      kind,
    );
  } catch (error) {
    return unreadable(text, lineStarts(text), reasonFor(error), []);
  }
  return extractFacts(file, ts);
}

/** The compiler's parser is recursive and overflows on thousands of nested brackets. Anything else is a bug, here or there. */
function reasonFor(error: unknown): string {
  return error instanceof RangeError ? "nested too deeply" : `internal error, please report it (${String(error)})`;
}

function scriptKind(path: string, ts: Compiler): tsc.ScriptKind {
  const extension = /\.[^./\\]*$/.exec(path)?.[0].toLowerCase();
  switch (extension) {
    case ".js":
    case ".cjs":
    case ".mjs":
    case ".jsx":
      // JavaScript may hold JSX whatever its extension.
      return ts.ScriptKind.JSX;
    case ".tsx":
      return ts.ScriptKind.TSX;
    case ".json":
      return ts.ScriptKind.JSON;
    default:
      return ts.ScriptKind.TS;
  }
}

function extract(file: tsc.SourceFile, ts: Compiler): FileFacts {
  const bound = bindScopes(ts, file);
  const cx: Context = {
    ts,
    file,
    text: file.text,
    bound,
    functions: [undefined],
    classes: [],
    imports: [],
    exports: [],
    requested: [],
    types: [],
    ambient: [],
    hasTags: mayHaveTags(file.text),
    docTypes: hasDocTypes(ts, file),
    typeScopes: [],
    begun: new Set(),
    requires: new Set(),
    commonjs: false,
    augments: false,
    esm: false,
    nesting: 0,
  };
  const at: Place = { scope: bound.module, record: bound.module.record, fn: 0 };
  const directives = directivesOf(ts, file.statements);
  let body: Stmt[] = [];
  const json = /\.json$/i.test(file.fileName);
  if (json) body = lowerJson(cx, at);
  else {
    collectImports(cx);
    cx.requires = createdRequires(cx);
    declareDocTypes(cx);
    if (file.isDeclarationFile) for (const s of file.statements) declareInside(cx, s);
    else body = lowerStatements(cx, file.statements.slice(directives.length), at);
    collectExports(cx);
    noteElidable(cx);
  }
  cx.functions[0] = {
    kind: "module",
    name: "",
    async: false,
    generator: false,
    params: [],
    body,
    hoisted: bound.module.record.hoisted,
    parent: -1,
    ...(directives.length > 0 && { directives }),
    ...span(cx, file),
    at: 0,
  };
  return {
    version: FACTS_VERSION,
    lineStarts: [...file.getLineStarts()],
    functions: cx.functions.filter((f): f is FunctionFacts => f !== undefined),
    classes: cx.classes.filter((c): c is ClassFacts => c !== undefined),
    imports: cx.imports,
    exports: cx.exports,
    requested: cx.requested,
    types: cx.types,
    format: json ? "cjs" : format(cx),
    ...(cx.augments && { augments: true as const }),
    syntaxErrors: syntaxErrors(file, ts),
    ...(cx.ambient.length > 0 && { ambient: cx.ambient }),
  };
}

function format(cx: Context): FileFacts["format"] {
  if (cx.esm || /\.m[jt]s$/.test(cx.file.fileName) || cx.file.statements.some((s) => isModuleSyntax(cx.ts, s))) return "esm";
  const K = cx.ts.SyntaxKind;
  // What is left of module syntax: `export =` and `import x = require()`.
  const typescriptCommonJs = cx.file.statements.some(
    (s) => s.kind === K.ExportAssignment || (s.kind === K.ImportEqualsDeclaration && cx.imports.length > 0),
  );
  return cx.commonjs || typescriptCommonJs || /\.c[jt]s$/.test(cx.file.fileName) ? "cjs" : "script";
}

function syntaxErrors(file: tsc.SourceFile, ts: Compiler): SyntaxErrorFact[] {
  // Not part of the public type, but there since the first version; a program's own list would need the program.
  const diagnostics = (file as { parseDiagnostics?: readonly tsc.DiagnosticWithLocation[] }).parseDiagnostics ?? [];
  return diagnostics.map((d) => ({ message: ts.flattenDiagnosticMessageText(d.messageText, "\n"), at: d.start, end: d.start + d.length }));
}

/** Facts of a file of which nothing is known. */
function unreadable(text: string, starts: number[], reason: string, known: SyntaxErrorFact[]): FileFacts {
  const s = { at: 0, end: text.length };
  const body: Stmt[] = [{ s: "opaque", reason, ...s }];
  const module: FunctionFacts = {
    kind: "module",
    name: "",
    async: false,
    generator: false,
    params: [],
    body,
    hoisted: [],
    parent: -1,
    ...s,
  };
  const errors = [...known, { message: `The file cannot be read: ${reason}.`, ...s }];
  return {
    version: FACTS_VERSION,
    lineStarts: starts,
    functions: [module],
    classes: [],
    imports: [],
    exports: [],
    requested: [],
    types: [],
    format: "script",
    syntaxErrors: errors,
  };
}

function lineStarts(text: string): number[] {
  const out = [0];
  for (const m of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) out.push(m.index + m[0].length);
  return out;
}
