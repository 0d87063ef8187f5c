/** `purpose/notice`: code acts on a purpose that people were not told of in time (GDPR Art. 13, 14). */
import { createRule } from "./lib/create-rule.js";
import { MESSAGES } from "./lib/messages.js";
import { OPTIONS_SCHEMA, type RuleOptions } from "./lib/options.js";
import { reportFindings } from "./lib/report-findings.js";

export default createRule({
  name: "notice",
  meta: {
    type: "problem",
    docs: { description: "Disallow acting on a purpose that the notice does not tell of" },
    messages: MESSAGES,
    schema: OPTIONS_SCHEMA,
    defaultOptions: [{}] as RuleOptions,
  },
  create: (context, [options]) => reportFindings(context, "notice", options),
});
