/** `purpose/special-category`: data of a special category is used without an exemption that lifts the prohibition (GDPR Art. 9). */
import { createRule } from "./lib/create-rule.js";
import { MESSAGES } from "./lib/messages.js";
import { OPTIONS_SCHEMA, type RuleOptions } from "./lib/options.js";
import { reportFindings } from "./lib/report-findings.js";

export default createRule({
  name: "special-category",
  meta: {
    type: "problem",
    docs: { description: "Disallow the use of special categories of data without an exemption of Art. 9(2)" },
    messages: MESSAGES,
    schema: OPTIONS_SCHEMA,
    hasSuggestions: true,
    defaultOptions: [{}] as RuleOptions,
  },
  create: (context, [options]) => reportFindings(context, "special-category", options),
});
