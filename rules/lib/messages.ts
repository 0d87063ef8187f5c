/** The texts are made from the report, so the templates only have a place for them. */
export const MESSAGES = {
  finding: "{{text}}",
  setup: "{{text}}",
  dropProperty: "Leave `{{property}}` out, so that {{field}} stays here",
} as const;

export type MessageId = keyof typeof MESSAGES;
