/** `purpose/deidentification`: what arrives is closer to the person than the sink requires, or than somebody says it is (GDPR Recital 26). */
import { createRule } from "./lib/create-rule.js";
import { MESSAGES } from "./lib/messages.js";
import { OPTIONS_SCHEMA, type RuleOptions } from "./lib/options.js";
import { reportFindings } from "./lib/report-findings.js";

export default createRule({
  name: "deidentification",
  meta: {
    type: "problem",
    docs: { description: "Disallow passing data that is closer to the person than required, and calling pseudonyms anonymous" },
    messages: MESSAGES,
    schema: OPTIONS_SCHEMA,
    hasSuggestions: true,
    defaultOptions: [{}] as RuleOptions,
  },
  create: (context, [options]) => reportFindings(context, "deidentification", options),
});
