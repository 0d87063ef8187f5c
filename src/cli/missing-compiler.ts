/** TypeScript is a peer: the project brings its own, or has none. */
import { problemText } from "./messages.js";

const CODES: readonly unknown[] = ["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND", "ERR_PACKAGE_PATH_NOT_EXPORTED"];

/** What to say when loading the analysis failed for want of TypeScript; undefined when it failed for another reason. */
export function missingCompilerMessage(error: unknown): string | undefined {
  if (!(error instanceof Error) || !CODES.includes((error as NodeJS.ErrnoException).code)) return undefined;
  if (!/'(?:[^']*[\\/]node_modules[\\/])?typescript(?:[\\/][^']*)?'/.test(error.message)) return undefined;
  return problemText("error", "TypeScript is not installed, and nothing can be read without it", "npm install --save-dev typescript@6");
}
