/** `purpose/retention`: a field is kept longer than it may be, or nothing says how long (GDPR Art. 5(1)(e)). */
import { createRule } from "./lib/create-rule.js";
import { MESSAGES } from "./lib/messages.js";
import { OPTIONS_SCHEMA, type RuleOptions } from "./lib/options.js";
import { reportFindings } from "./lib/report-findings.js";

export default createRule({
  name: "retention",
  meta: {
    type: "problem",
    docs: { description: "Disallow keeping a field for longer than it may be kept" },
    messages: MESSAGES,
    schema: OPTIONS_SCHEMA,
    defaultOptions: [{}] as RuleOptions,
  },
  create: (context, [options]) => reportFindings(context, "retention", options),
});
