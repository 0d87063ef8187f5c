import { ESLintUtils } from "@typescript-eslint/utils";

/** Makes a rule; its page is in the package, under `docs/rules/`. */
export const createRule = ESLintUtils.RuleCreator((name) => `docs/rules/${name}.md`);
