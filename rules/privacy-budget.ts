/** `purpose/privacy-budget`: more differential privacy is spent than the model's budget has, or nobody can count it (GDPR Art. 25(1), 32(1)). */
import { createRule } from "./lib/create-rule.js";
import { MESSAGES } from "./lib/messages.js";
import { OPTIONS_SCHEMA, type RuleOptions } from "./lib/options.js";
import { reportFindings } from "./lib/report-findings.js";

export default createRule({
  name: "privacy-budget",
  meta: {
    type: "problem",
    docs: { description: "Disallow spending more differential privacy than a budget has, and noise that nobody can account for" },
    messages: MESSAGES,
    schema: OPTIONS_SCHEMA,
    defaultOptions: [{}] as RuleOptions,
  },
  create: (context, [options]) => reportFindings(context, "privacy-budget", options),
});
