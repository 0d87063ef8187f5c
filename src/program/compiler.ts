/** Is the compiler that was handed in one that can answer at all? */
import { fileProblem, type Ts } from "./problems.js";
import type { InputProblem } from "./project.js";

/**
 * A problem when the compiler is TypeScript 7 or later: the native compiler offers no programming interface of this kind.
 * `root` is the folder to blame.
 */
export function checkCompiler(ts: Ts, root: string): InputProblem | undefined {
  const given: { readonly version?: unknown; readonly createProgram?: unknown } = ts;
  const version = typeof given.version === "string" ? given.version : "of an unknown version";
  const major = Number.parseInt(version, 10);
  if (!(major >= 7) && typeof given.createProgram === "function") return undefined;
  return fileProblem(
    root,
    "error",
    `TypeScript ${version} has no JavaScript compiler API, which this analysis needs`,
    "npm install --save-dev typescript@6 (TypeScript 7 can stay under another name: typescript7@npm:typescript@7)",
  );
}
