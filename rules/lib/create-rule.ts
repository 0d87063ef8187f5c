import { ESLintUtils } from "@typescript-eslint/utils";
import { rulePage } from "../../src/report/tool.js";

/** Makes a rule; its page is in the package as well, under `docs/rules/`. */
export const createRule = ESLintUtils.RuleCreator(rulePage);
