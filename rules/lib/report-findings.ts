/** What the rules that have findings do: at the end of a file, report those of their check that lie in the file, or in the manifest. */
import type { RuleListener } from "@typescript-eslint/utils/ts-eslint";
import path from "node:path";
import type { RuleId } from "../../src/judge/finding.js";
import { escapeLine } from "../../src/report/escape.js";
import type { ReportPlace } from "../../src/report/schema.js";
import { analysisOf } from "./analysis.js";
import { dropSuggestion } from "./drop-suggestion.js";
import { isHome } from "./home.js";
import { manifestOf, shown, tell, type Context } from "./manifest-of.js";
import { findingText } from "./message.js";
import type { Options } from "./options.js";
import { programOf } from "./program-of.js";

export function reportFindings(context: Context, rule: RuleId, options: Options): RuleListener {
  return {
    "Program:exit"(): void {
      const program = programOf(context);
      if (program === undefined) return;
      const inForce = manifestOf(context, options);
      if (inForce === undefined) return;
      const { manifest, today } = inForce;
      const analysis = analysisOf(program, manifest, today);
      const name = path.relative(analysis.root, context.filename).replaceAll("\\", "/");
      const home = isHome(manifest, context.filename, program);
      for (const finding of analysis.report.findings) {
        // A note fails no check, and would be an error here; blind spots are notes all, and reported by who asks for them.
        if (finding.rule !== rule || (finding.severity === "note" && rule !== "blind-spot")) continue;
        const { file, line, column } = finding.location;
        if (file === name) {
          const suggestion = dropSuggestion(finding, analysis, context.sourceCode);
          context.report({
            loc: eslintLocation(finding.location),
            messageId: "finding",
            data: { text: escapeLine(findingText(finding)) },
            ...(suggestion === undefined ? {} : { suggest: [suggestion] }),
          });
        } else if (home && file === analysis.report.manifest.file)
          tell(context, `${shown(manifest.file, context.cwd)}:${line}:${column} ${findingText(finding)}`);
      }
    },
  };
}

/** ESLint counts columns from 0. */
function eslintLocation({ line, column, endLine, endColumn }: ReportPlace) {
  return { start: { line, column: column - 1 }, end: { line: endLine, column: endColumn - 1 } };
}
