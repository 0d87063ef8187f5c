/** `purpose/limitation`: a field reaches a sink whose purpose it was not collected for (GDPR Art. 5(1)(b), 6(4)). */
import { createRule } from "./lib/create-rule.js";
import { MESSAGES } from "./lib/messages.js";
import { OPTIONS_SCHEMA, type RuleOptions } from "./lib/options.js";
import { reportFindings } from "./lib/report-findings.js";

export default createRule({
  name: "limitation",
  meta: {
    type: "problem",
    docs: { description: "Disallow the use of a field for a purpose that it was not collected for" },
    messages: MESSAGES,
    schema: OPTIONS_SCHEMA,
    hasSuggestions: true,
    defaultOptions: [{}] as RuleOptions,
  },
  create: (context, [options]) => reportFindings(context, "limitation", options),
});
