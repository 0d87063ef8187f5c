/** `purpose/manifest`: the manifest is no longer true of the code (GDPR Art. 5(2), 30). */
import { createRule } from "./lib/create-rule.js";
import { MESSAGES } from "./lib/messages.js";
import { OPTIONS_SCHEMA, type RuleOptions } from "./lib/options.js";
import { reportFindings } from "./lib/report-findings.js";

export default createRule({
  name: "manifest",
  meta: {
    type: "problem",
    docs: { description: "Disallow a manifest that is not true of the code" },
    messages: MESSAGES,
    schema: OPTIONS_SCHEMA,
    defaultOptions: [{}] as RuleOptions,
  },
  create: (context, [options]) => reportFindings(context, "manifest", options),
});
