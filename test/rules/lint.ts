/** Lints files of a project with the plugin, in this process. */
import { ESLint, type Linter } from "eslint";
import { parser } from "typescript-eslint";
import plugin from "../../rules/index.js";

export interface LintOptions {
  readonly typed?: boolean;
  readonly settings?: Linter.Config["settings"];
  readonly config?: "recommended" | "strict";
  readonly rules?: Linter.RulesRecord;
}

/** `file:line:column rule message`, in order, files relative to the project. */
export async function lint(root: string, files: readonly string[], options: LintOptions = {}): Promise<string[]> {
  const { typed = true, settings, config = "recommended", rules } = options;
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: [
      plugin.configs[config],
      {
        files: ["**/*.ts", "**/*.tsx"],
        languageOptions: {
          parser: parser,
          ...(typed && { parserOptions: { projectService: true, tsconfigRootDir: root } }),
        },
        ...(settings && { settings }),
        ...(rules && { rules }),
      },
    ],
  });
  const results = await eslint.lintFiles([...files]);
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, column, ruleId, message }) => `${filePath.slice(root.length + 1)}:${line}:${column} ${ruleId} ${message}`),
  );
}
