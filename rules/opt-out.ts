/** `purpose/opt-out`: those who opted out are not excluded (GDPR Art. 21, CPRA). */
import { createRule } from "./lib/create-rule.js";
import { MESSAGES } from "./lib/messages.js";
import { OPTIONS_SCHEMA, type RuleOptions } from "./lib/options.js";
import { reportFindings } from "./lib/report-findings.js";

export default createRule({
  name: "opt-out",
  meta: {
    type: "problem",
    docs: { description: "Disallow passing data to a purpose that people can opt out of on a way that does not exclude those who have" },
    messages: MESSAGES,
    schema: OPTIONS_SCHEMA,
    hasSuggestions: true,
    defaultOptions: [{}] as RuleOptions,
  },
  create: (context, [options]) => reportFindings(context, "opt-out", options),
});
