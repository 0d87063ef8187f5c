/** `purpose/unexplained-disable`: a comment switches a rule of this plugin off and does not say why. */
import { createRule } from "./lib/create-rule.js";
import { MESSAGES } from "./lib/messages.js";
import { OPTIONS_SCHEMA, type RuleOptions } from "./lib/options.js";

/** As ESLint reads directives: what stands behind two dashes is their reason. */
const DIRECTIVE = /^\s*eslint(?<disables>-disable(?:-next-line|-line)?)?\s+(?<rules>[^]*?)(?:\s-{2,}\s(?<reason>[^]*))?$/;
const NAMED = /\bpurpose\/[\w-]+/g;
/** `eslint purpose/limitation: off` */
const OFF = /\bpurpose\/[\w-]+(?=["']?\s*:\s*\[?\s*(?:["']off["']|off\b|0\b))/g;

export default createRule({
  name: "unexplained-disable",
  meta: {
    type: "suggestion",
    docs: { description: "Require a reason where a comment switches a rule of this plugin off" },
    messages: MESSAGES,
    schema: OPTIONS_SCHEMA,
    defaultOptions: [{}] as RuleOptions,
  },
  create: (context) => ({
    Program(): void {
      for (const comment of context.sourceCode.getAllComments()) {
        const { disables, rules = "", reason = "" } = DIRECTIVE.exec(comment.value)?.groups ?? {};
        const names = rules.match(disables === undefined ? OFF : NAMED) ?? [];
        if (names.length === 0 || /[\p{L}\p{N}]/u.test(reason)) continue;
        context.report({ loc: comment.loc, messageId: "unexplained", data: { rules: names.join(", ") } });
      }
    },
  }),
});
