/** `purpose/withdrawal`: a consent cannot be taken back, or not as easily as it is given (GDPR Art. 7(3)). */
import { createRule } from "./lib/create-rule.js";
import { MESSAGES } from "./lib/messages.js";
import { OPTIONS_SCHEMA, type RuleOptions } from "./lib/options.js";
import { reportFindings } from "./lib/report-findings.js";

export default createRule({
  name: "withdrawal",
  meta: {
    type: "problem",
    docs: { description: "Disallow consent that cannot be taken back as easily as it is given" },
    messages: MESSAGES,
    schema: OPTIONS_SCHEMA,
    defaultOptions: [{}] as RuleOptions,
  },
  create: (context, [options]) => reportFindings(context, "withdrawal", options),
});
