/** Which packages a project's files declare themselves: `declare module "untyped" { … }`. */
const DECLARED = /\bmodule\s+(["'])([^"'\n]+)\1/g;

/** Looks through the texts at the first question. `declare module "*.svg"` patterns are files' and don't count. */
export function ambientNames(files: () => Iterable<string>, read: (file: string) => string | undefined): (name: string) => boolean {
  let names: Set<string> | undefined;
  return (name) => {
    if (names === undefined) {
      names = new Set();
      for (const file of files())
        for (const match of (read(file) ?? "").matchAll(DECLARED)) if (match[2] !== undefined) names.add(match[2]);
    }
    return names.has(name);
  };
}
