/** `purpose/federated-boundary`: raw data leaves a device zone, where only declared updates may (GDPR Art. 5(1)(c), 25). */
import { createRule } from "./lib/create-rule.js";
import { MESSAGES } from "./lib/messages.js";
import { OPTIONS_SCHEMA, type RuleOptions } from "./lib/options.js";
import { reportFindings } from "./lib/report-findings.js";

export default createRule({
  name: "federated-boundary",
  meta: {
    type: "problem",
    docs: { description: "Disallow sending raw data out of device zones" },
    messages: MESSAGES,
    schema: OPTIONS_SCHEMA,
    defaultOptions: [{}] as RuleOptions,
  },
  create: (context, [options]) => reportFindings(context, "federated-boundary", options),
});
