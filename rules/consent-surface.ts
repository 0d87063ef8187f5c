/** `purpose/consent-surface`: consent is asked for in a way that makes it none (GDPR Art. 4(11), 7, 25). */
import { createRule } from "./lib/create-rule.js";
import { MESSAGES } from "./lib/messages.js";
import { OPTIONS_SCHEMA, type RuleOptions } from "./lib/options.js";
import { reportFindings } from "./lib/report-findings.js";

export default createRule({
  name: "consent-surface",
  meta: {
    type: "problem",
    docs: { description: "Disallow consent that is preset, bundled, or cannot be refused as easily as given" },
    messages: MESSAGES,
    schema: OPTIONS_SCHEMA,
    defaultOptions: [{}] as RuleOptions,
  },
  create: (context, [options]) => reportFindings(context, "consent-surface", options),
});
