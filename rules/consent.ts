/** `purpose/consent`: no check of the consent guards the way (GDPR Art. 6(1)(a), 7). */
import { createRule } from "./lib/create-rule.js";
import { MESSAGES } from "./lib/messages.js";
import { OPTIONS_SCHEMA, type RuleOptions } from "./lib/options.js";
import { reportFindings } from "./lib/report-findings.js";

export default createRule({
  name: "consent",
  meta: {
    type: "problem",
    docs: { description: "Disallow passing data to a purpose that rests on consent on a way that no check of it guards" },
    messages: MESSAGES,
    schema: OPTIONS_SCHEMA,
    hasSuggestions: true,
    defaultOptions: [{}] as RuleOptions,
  },
  create: (context, [options]) => reportFindings(context, "consent", options),
});
