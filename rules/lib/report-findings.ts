/** What every rule does: at the end of a file, report the findings of its check that lie in the file. */
import type { RuleContext, RuleListener } from "@typescript-eslint/utils/ts-eslint";
import path from "node:path";
import type { RuleId } from "../../src/judge/finding.js";
import type { ReportPlace } from "../../src/report/schema.js";
import { analysisOf } from "./analysis.js";
import { dropSuggestion } from "./drop-suggestion.js";
import { cachedManifest, findManifest, MANIFEST_NAME } from "./manifest-cache.js";
import { findingText } from "./message.js";
import type { MessageId } from "./messages.js";
import { configuredManifest, type Options, type RuleOptions } from "./options.js";

type Context = Readonly<RuleContext<MessageId, RuleOptions>>;

/** Files on which it was already said, in this pass, that nothing can be checked: one message will do for all rules. */
const told = new WeakSet<object>();

export function reportFindings(context: Context, rule: RuleId, options: Options): RuleListener {
  return {
    "Program:exit"(): void {
      const { sourceCode } = context;
      const { program } = sourceCode.parserServices ?? {};
      if (program == null) {
        tellSetup(
          context,
          `purpose-lint needs type information: lint this file with @typescript-eslint/parser and \`languageOptions: { parserOptions: { projectService: true } }\``,
        );
        return;
      }
      const file = configuredManifest(options, context.settings, context.cwd) ?? findManifest(context.filename);
      if (file === undefined) {
        tellSetup(
          context,
          `There is no ${MANIFEST_NAME} in the folder of this file or above it. Create one, or name it in \`settings.purpose.manifest\``,
        );
        return;
      }
      const today = new Date().toISOString().slice(0, 10);
      const { manifest, problems } = cachedManifest(file, today);
      const errors = problems.filter(({ severity }) => severity === "error");
      if (manifest === undefined || errors.length > 0) {
        tellSetup(context, manifestText(file, errors, context.cwd));
        return;
      }
      const analysis = analysisOf(program, manifest, today);
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

function tellSetup(context: Context, text: string): void {
  if (told.has(context.sourceCode)) return;
  told.add(context.sourceCode);
  context.report({ loc: { line: 1, column: 0 }, messageId: "setup", data: { text: `${text}.` } });
}

interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly fix?: string;
}

/** The first thing that is wrong with the manifest, where it is wrong. */
function manifestText(file: string, errors: readonly Problem[], cwd: string): string {
  const shown = (absolute: string): string => path.relative(cwd, absolute).replaceAll("\\", "/");
  const [first] = errors;
  if (first === undefined) return `The manifest ${shown(file)} cannot be read`;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more in the manifest)` : "";
  const fix = first.fix === undefined ? "" : `. ${first.fix.replace(/\.$/, "")}`;
  return `The manifest is wrong, so nothing was checked: ${shown(first.file)}:${first.line}:${first.column} ${first.message.replace(/\.$/, "")}${fix}${more}`;
}

/** ESLint counts columns from 0. */
function eslintLocation({ line, column, endLine, endColumn }: ReportPlace) {
  return { start: { line, column: column - 1 }, end: { line: endLine, column: endColumn - 1 } };
}
