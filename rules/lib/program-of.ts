/** The linter's program, which is what the analysis begins from. */
import type ts from "typescript";
import { tellSetup, type Context } from "./manifest-of.js";

const SCRIPT = /\.[cm]?jsx?$/;

/**
 * Undefined when the file was parsed without one. TypeScript without type information is a mistake of the configuration, and told.
 * JavaScript without it is not: scripts and configuration files (`eslint.config.js` itself) stand beside every project, and no tsconfig
 * need cover them. They are left alone here; what flows through those that are part of the project is seen all the same, because the
 * analysis reads the whole folder.
 */
export function programOf(context: Context): ts.Program | undefined {
  const program = context.sourceCode.parserServices?.program;
  if (program != null) return program;
  if (!SCRIPT.test(context.filename))
    tellSetup(
      context,
      "purpose-lint needs type information: lint this file with @typescript-eslint/parser and `languageOptions: { parserOptions: { projectService: true } }`",
    );
  return undefined;
}
