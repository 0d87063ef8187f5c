/** `purpose/minimization`: more arrives than the purpose needs, or more is collected than is declared (GDPR Art. 5(1)(c), 25). */
import { createRule } from "./lib/create-rule.js";
import { MESSAGES } from "./lib/messages.js";
import { OPTIONS_SCHEMA, type RuleOptions } from "./lib/options.js";
import { reportFindings } from "./lib/report-findings.js";

export default createRule({
  name: "minimization",
  meta: {
    type: "problem",
    docs: { description: "Disallow passing fields that a purpose does not need, and collecting fields that are not declared" },
    messages: MESSAGES,
    schema: OPTIONS_SCHEMA,
    hasSuggestions: true,
    defaultOptions: [{}] as RuleOptions,
  },
  create: (context, [options]) => reportFindings(context, "minimization", options),
});
