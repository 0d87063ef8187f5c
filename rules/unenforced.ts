/** `purpose/unenforced`: the manifest asks for what this version does not check, so that silence is not taken for a verdict. */
import { createRule } from "./lib/create-rule.js";
import { MESSAGES } from "./lib/messages.js";
import { OPTIONS_SCHEMA, type RuleOptions } from "./lib/options.js";
import { reportUnenforced } from "./lib/report-unenforced.js";

export default createRule({
  name: "unenforced",
  meta: {
    type: "suggestion",
    docs: { description: "Disallow keys of the manifest that ask for a check which there is not" },
    messages: MESSAGES,
    schema: OPTIONS_SCHEMA,
    defaultOptions: [{}] as RuleOptions,
  },
  create: (context, [options]) => reportUnenforced(context, options),
});
