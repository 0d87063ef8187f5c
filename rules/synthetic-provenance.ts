/** `purpose/synthetic-provenance`: what is called synthetic still has real people in it (GDPR Recital 26). */
import { createRule } from "./lib/create-rule.js";
import { MESSAGES } from "./lib/messages.js";
import { OPTIONS_SCHEMA, type RuleOptions } from "./lib/options.js";
import { reportFindings } from "./lib/report-findings.js";

export default createRule({
  name: "synthetic-provenance",
  meta: {
    type: "problem",
    docs: { description: "Disallow real records in the prompts and results of generators of synthetic data" },
    messages: MESSAGES,
    schema: OPTIONS_SCHEMA,
    defaultOptions: [{}] as RuleOptions,
  },
  create: (context, [options]) => reportFindings(context, "synthetic-provenance", options),
});
