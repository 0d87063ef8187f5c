/**
 * ESLint lints code, and nobody lints the YAML: what is wrong with the manifest has to be told in a linted file. In each would be noise, in
 * a file of our choice might be in one that is not linted at all (a hook, an editor with one file open). So it is told where it is
 * met first, and there again each time that file is linted.
 */
import type ts from "typescript";

interface Home {
  readonly file: string;
  /** Programs that files under the manifest were linted with, and their tsconfigs. */
  readonly programs: WeakSet<ts.Program>;
  readonly configs: Set<string>;
}

const homes = new WeakMap<object, Home>();

/**
 * Is `file` where to tell what is about `subject` (a loaded manifest, which is another object when its file has changed)? The first one
 * that is linted is. When the program of a tsconfig was made anew, somebody has edited code: then it is the file that brought it, which is
 * the one that they have before them.
 */
export function isHome(subject: object, file: string, program?: ts.Program): boolean {
  const known = homes.get(subject);
  const config = configOf(program);
  const isNew = program !== undefined && known !== undefined && known.configs.has(config) && !known.programs.has(program);
  const home =
    known === undefined || isNew
      ? { file, programs: known?.programs ?? new WeakSet(), configs: known?.configs ?? new Set<string>() }
      : known;
  homes.set(subject, home);
  if (program !== undefined) {
    home.programs.add(program);
    home.configs.add(config);
  }
  return home.file === file;
}

function configOf(program: ts.Program | undefined): string {
  const options = program?.getCompilerOptions() as { readonly configFilePath?: unknown } | undefined;
  return typeof options?.configFilePath === "string" ? options.configFilePath : "";
}
