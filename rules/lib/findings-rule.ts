import { createRule } from "./create-rule.js";
import type { RuleId } from "../../src/judge/finding.js";
import { MESSAGES } from "./messages.js";
import { OPTIONS_SCHEMA, type RuleOptions } from "./options.js";
import { reportFindings } from "./report-findings.js";

/** A rule that reports what the check of its name has found. `suggests`: its findings can offer to drop the field from the code. */
export const findingsRule = (
  name: RuleId,
  description: string,
  { type = "problem", suggests = false }: { readonly type?: "problem" | "suggestion"; readonly suggests?: boolean } = {},
) =>
  createRule({
    name,
    meta: {
      type,
      docs: { description },
      messages: MESSAGES,
      schema: OPTIONS_SCHEMA,
      ...(suggests && { hasSuggestions: true }),
      defaultOptions: [{}] as RuleOptions,
    },
    create: (context, [options]) => reportFindings(context, name, options),
  });
