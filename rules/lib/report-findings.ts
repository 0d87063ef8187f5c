/** What the rules that have findings do: at the end of a file, report those of their check that lie in the file. */
import type { RuleListener } from "@typescript-eslint/utils/ts-eslint";
import path from "node:path";
import type { RuleId } from "../../src/judge/finding.js";
import type { ReportPlace } from "../../src/report/schema.js";
import { analysisOf } from "./analysis.js";
import { dropSuggestion } from "./drop-suggestion.js";
import { manifestOf, type Context } from "./manifest-of.js";
import { findingText } from "./message.js";
import type { Options } from "./options.js";
import { programOf } from "./program-of.js";

export function reportFindings(context: Context, rule: RuleId, options: Options): RuleListener {
  return {
    "Program:exit"(): void {
      const { sourceCode } = context;
      const program = programOf(context);
      if (program === undefined) return;
      const inForce = manifestOf(context, options);
      if (inForce === undefined) return;
      const analysis = analysisOf(program, inForce.manifest, inForce.today);
      const name = path.relative(analysis.root, context.filename).replaceAll("\\", "/");
      for (const finding of analysis.report.findings) {
        if (finding.rule !== rule || finding.location.file !== name) continue;
        const suggestion = dropSuggestion(finding, analysis, sourceCode);
        context.report({
          loc: eslintLocation(finding.location),
          messageId: "finding",
          data: { text: findingText(finding) },
          ...(suggestion === undefined ? {} : { suggest: [suggestion] }),
        });
      }
    },
  };
}

/** ESLint counts columns from 0. */
function eslintLocation({ line, column, endLine, endColumn }: ReportPlace) {
  return { start: { line, column: column - 1 }, end: { line: endLine, column: endColumn - 1 } };
}
