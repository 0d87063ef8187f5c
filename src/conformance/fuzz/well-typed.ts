/** Whether a program has types that fit: one that has not does things which nobody would write, and shows no defect. */
import path from "node:path";
import ts from "typescript";
import { analysedFiles } from "./frame.js";
import type { Program } from "./program.js";

/** What programs use beside the library of the language and of browsers. */
const AROUND = `
declare const process: { env: Record<string, string | undefined> };
declare module "node:events" {
  export class EventEmitter {
    on(name: string, listener: (...args: any[]) => void): this;
    once(name: string, listener: (...args: any[]) => void): this;
    off(name: string, listener: (...args: any[]) => void): this;
    emit(name: string, ...args: any[]): boolean;
  }
}
`;

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: [],
};
const LIBRARY = path.dirname(ts.getDefaultLibFilePath(OPTIONS));
const library = new Map<string, ts.SourceFile | undefined>();

function ofLibrary(name: string): ts.SourceFile | undefined {
  if (!library.has(name)) {
    const text = ts.sys.readFile(path.join(LIBRARY, path.basename(name)));
    library.set(name, text === undefined ? undefined : ts.createSourceFile(name, text, ts.ScriptTarget.ESNext));
  }
  return library.get(name);
}

/** What the compiler says against a program, with the file: empty when nothing. */
export function typeErrors(program: Program): readonly string[] {
  const files: Readonly<Record<string, string>> = { ...analysedFiles(program), "around.d.ts": AROUND };
  const own = new Map(
    Object.entries(files).map(([name, text]) => [`/${name}`, ts.createSourceFile(`/${name}`, text, ts.ScriptTarget.ESNext)]),
  );
  const host: ts.CompilerHost = {
    fileExists: (name) => own.has(name),
    readFile: (name) => files[name.slice(1)],
    getSourceFile: (name) => own.get(name) ?? ofLibrary(name),
    getDefaultLibFileName: () => ts.getDefaultLibFileName(OPTIONS),
    writeFile: () => undefined,
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
  };
  const compiled = ts.createProgram([...own.keys()], OPTIONS, host);
  return [...own.values()].flatMap((file) =>
    [...compiled.getSyntacticDiagnostics(file), ...compiled.getSemanticDiagnostics(file)].map(
      (d) => `${file.fileName.slice(1)}: ${ts.flattenDiagnosticMessageText(d.messageText, "\n")}`,
    ),
  );
}
