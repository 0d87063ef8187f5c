/** What a manifest asks for and no check enforces. The report knows: some of it is asked for in code. */
import type { RuleListener } from "@typescript-eslint/utils/ts-eslint";
import { analysisOf } from "./analysis.js";
import { isHome } from "./home.js";
import { manifestOf, problemText, tell, type Context } from "./manifest-of.js";
import type { Options } from "./options.js";

export function reportUnenforced(context: Context, options: Options): RuleListener {
  return {
    "Program:exit"(): void {
      // What keeps everything from being checked is for the rules to tell that are errors.
      const program = context.sourceCode.parserServices?.program;
      const inForce = program == null ? undefined : manifestOf(context, options, true);
      if (program == null || inForce === undefined || !isHome(inForce.manifest, context.filename, program)) return;
      const { report, root } = analysisOf(program, inForce.manifest, inForce.today);
      for (const problem of report.problems)
        if (problem.kind === "unsupported") tell(context, problemText({ ...problem, file: `${root}/${problem.file}` }, context.cwd));
    },
  };
}
