/** The texts are made from the report, so the templates only have a place for them. */
export const MESSAGES = {
  finding: "{{text}}",
  setup: "{{text}}",
  unexplained:
    "{{rules}} is switched off here without a reason. Say why behind two dashes (`-- …`), or have an exception approved in the manifest",
  dropProperty: "Leave `{{property}}` out, so that {{field}} stays here",
} as const;

export type MessageId = keyof typeof MESSAGES;
