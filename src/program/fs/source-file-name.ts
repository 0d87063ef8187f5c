/** What a file's name says: source, declaration, asset. */

/** Extensions of source files, in the order in which they are tried for an import without one. */
export const SOURCE_EXTENSIONS = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"] as const;

const SOURCE = /\.(?:ts|tsx|mts|cts|js|jsx|mjs|cjs)$/;
/** `x.d.ts`, `x.d.mts`, and `x.d.css.ts` (arbitrary extensions). */
const DECLARATION = /\.d\.(?:[^./]+\.)?[mc]?ts$/;
const SCRIPT = /\.(?:js|jsx|mjs|cjs)$/;

export const isDeclarationName = (file: string): boolean => DECLARATION.test(file);
export const isSourceName = (file: string): boolean => SOURCE.test(file) && !DECLARATION.test(file);
export const isScriptName = (file: string): boolean => SCRIPT.test(file);

/** `src/a.d.ts` and `src/a.js` → `src/a`; the path itself when it has no such extension. */
export function stem(file: string): string {
  return file.replace(/(?:\.d\.[mc]?ts|\.[mc]?[jt]s|\.[jt]sx)$/, "");
}
