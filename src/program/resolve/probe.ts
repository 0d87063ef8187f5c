/** From a path as imports write it (`./a`, `./a.js`, `./folder`) to the file that is there. */
import type { FileSystem } from "../fs/file-system.js";
import { isDeclarationName, SOURCE_EXTENSIONS, stem } from "../fs/source-file-name.js";

/** What an import of a JavaScript file may mean: its source first, as the compiler has it. */
const SOURCES_OF: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx", ".js", ".jsx"],
  ".jsx": [".tsx", ".ts", ".jsx", ".js"],
  ".mjs": [".mts", ".mjs"],
  ".cjs": [".cts", ".cjs"],
};

const DECLARATIONS_OF: Readonly<Record<string, readonly string[]>> = { ".mjs": [".d.mts"], ".cjs": [".d.cts"] };

export interface Probe {
  /** The source file that the path stands for; no folders, no declaration files. */
  file(path: string, suffixes?: readonly string[]): string | undefined;
  /** The same, or the folder's `index`. */
  module(path: string, suffixes?: readonly string[]): string | undefined;
  /** The declaration file of a module whose code is not there, or is none that can be read: `native.d.ts` for `./native`. */
  declaration(path: string): string | undefined;
}

/** `suffixes` are `moduleSuffixes`: `[".native", ""]` tries `a.native.ts` before `a.ts`. */
export function prober(fs: FileSystem, canonical: (file: string) => string): Probe {
  const first = (stem: string, extensions: readonly string[], suffixes: readonly string[]): string | undefined => {
    for (const suffix of suffixes)
      for (const extension of extensions) {
        const path = `${stem}${suffix}${extension}`;
        if (fs.isFile(path)) return canonical(path);
      }
    return undefined;
  };
  const file = (path: string, suffixes: readonly string[] = [""]): string | undefined => {
    const extension = /\.(?:[mc]?[jt]s|[jt]sx)$/.exec(path)?.[0];
    if (extension !== undefined && !/\.d\.[mc]?ts$/.test(path)) {
      const found = first(path.slice(0, -extension.length), SOURCES_OF[extension] ?? [extension], suffixes);
      if (found !== undefined) return found;
    }
    return first(path, SOURCE_EXTENSIONS, suffixes);
  };
  const declaration = (path: string): string | undefined =>
    isDeclarationName(path) && fs.isFile(path)
      ? canonical(path)
      : (first(stem(path), DECLARATIONS_OF[/\.[mc]js$/.exec(path)?.[0] ?? ""] ?? [".d.ts"], [""]) ??
        first(`${path}/index`, [".d.ts"], [""]));
  return {
    file,
    declaration,
    module: (path, suffixes) => file(path, suffixes) ?? (fs.isFolder(path) ? file(`${path}/index`, suffixes) : undefined),
  };
}
