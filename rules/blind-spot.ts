/** `purpose/blind-spot`: a declared field enters code that the analysis cannot follow. No violation, but no verdict either. */
import { createRule } from "./lib/create-rule.js";
import { MESSAGES } from "./lib/messages.js";
import { OPTIONS_SCHEMA, type RuleOptions } from "./lib/options.js";
import { reportFindings } from "./lib/report-findings.js";

export default createRule({
  name: "blind-spot",
  meta: {
    type: "suggestion",
    docs: { description: "Disallow passing declared fields into code that the analysis cannot follow" },
    messages: MESSAGES,
    schema: OPTIONS_SCHEMA,
    defaultOptions: [{}] as RuleOptions,
  },
  create: (context, [options]) => reportFindings(context, "blind-spot", options),
});
