/** The kinds of values in a manifest, for `schema.ts`: each with what editors show, and what to say when it is wrong. */
import { z } from "zod";
import { DAY_PATTERN, parseDay } from "./date.js";
import { DURATION_PATTERN, parseDuration } from "./duration.js";
import type { ProblemCode } from "./model.js";
import { PRIVATE_WITH_PARAMETERS, STATUSES } from "./status.js";

/** What a refinement hands to `shape.ts` through zod's `params`. */
export interface Wrong {
  readonly code: ProblemCode;
  readonly fix: string;
}

/** Nothing YAML's own notation or a path uses; what is left may be any script. */
const SEGMENT = "[^\\s.*,:{}\\[\\]\"'`]+";

function checked(test: (text: string) => boolean, wrong: Wrong & { readonly message: string }, meta: Record<string, unknown> = {}) {
  const { message, ...params } = wrong;
  return z
    .string()
    .refine(test, { error: (issue) => `${JSON.stringify(issue.input)} ${message}`, params })
    .meta(meta);
}

/** Text that says something: `...` and `-` are places left to fill. */
export function text(describe: string) {
  return z
    .string()
    .refine((value) => /[\p{L}\p{N}]/u.test(value), {
      error: "nothing is written here yet",
      params: { code: "value", fix: `write here: ${describe}` } satisfies Wrong,
    })
    .meta({ minLength: 1 })
    .describe(describe);
}

/** Text that YAML may take for a number, `argument: 0`: what was written is read from the source. */
export function loose(describe: string) {
  return z.union([z.string(), z.number()]).describe(describe);
}

export const id = checked(
  (value) => new RegExp(`^${SEGMENT}(?:\\.${SEGMENT})*$`).test(value) && value !== "__proto__",
  {
    code: "value",
    message: "cannot be a name",
    fix: "use letters, digits, `-` and `_`, in parts divided by dots",
  },
  { pattern: `^${SEGMENT}(\\.${SEGMENT})*$` },
);

/** A table, perhaps of a schema, and one of its columns. */
export const column = checked(
  (value) => new RegExp(`^${SEGMENT}(?:\\.${SEGMENT})+$`).test(value),
  { code: "value", message: "is no column of a table", fix: "write `table.column`: `users.may_train`" },
  { pattern: `^${SEGMENT}(\\.${SEGMENT})+$` },
);

export const fieldPattern = checked(
  (value) => new RegExp(`^${SEGMENT}(?:\\.${SEGMENT})*(?:\\.\\*)?$`).test(value),
  {
    code: "pattern",
    message: "is neither a field nor a pattern of fields",
    fix: "write a field's name, `chat.prompt`, or `chat.*` for every field below `chat`",
  },
  { pattern: `^${SEGMENT}(\\.${SEGMENT})*(\\.\\*)?$` },
);

/** How the values are written that numbers are taken for. */
export const DAY_FIX = "write it as 2026-03-01";
export const DURATION_FIX = "write a whole number and a unit: 24h, 30d, 2w, 12mo or 1y; at most 1000 years";

export function day(describe: string) {
  return checked(
    (value) => parseDay(value) !== undefined,
    { code: "date", message: "is no day of the calendar", fix: DAY_FIX },
    {
      pattern: DAY_PATTERN,
      examples: ["2026-03-01"],
    },
  ).describe(describe);
}

export function duration(describe: string) {
  return checked(
    (value) => parseDuration(value) !== undefined,
    { code: "duration", message: "is no duration", fix: DURATION_FIX },
    { pattern: DURATION_PATTERN, examples: ["24h", "30d", "12mo", "1y"] },
  ).describe(describe);
}

export function locator(describe: string) {
  return z
    .string()
    .meta({ pattern: ":.", examples: ["./src/chat.ts:loadChat", "openai:OpenAI.files.create", "global:fetch"] })
    .describe(describe);
}

export function argument(describe: string) {
  return z
    .union([z.string(), z.number()])
    .meta({ examples: ["0", "0.messages[*].content", "*.id"] })
    .describe(describe);
}

export function path(describe: string) {
  return z
    .union([z.string(), z.number()])
    .meta({ examples: ["messages[*].content"] })
    .describe(describe);
}

export const route = checked(
  (value) => /^(?:[A-Z]+|\*) \/\S*$/.test(value),
  {
    code: "value",
    message: "is no route",
    fix: "write the method in capitals and the path: `POST /v1/chat`; `*` stands for every method",
  },
  { pattern: "^([A-Z]+|\\*) /\\S*$", examples: ["POST /v1/chat"] },
);

/** Above 100, e^ε exceeds any odds there are: whoever writes it means something else. */
export const MAX_EPSILON = 100;

export function isEpsilon(value: number): boolean {
  return value > 0 && value <= MAX_EPSILON;
}

export function isDelta(value: number): boolean {
  return value >= 0 && value < 1;
}

/** How a status is written that promises some. */
export const NO_PRIVACY = "write an ε above 0 and a δ below 1: `differentially-private(1, 1e-6)`";

export const epsilon = z
  .number()
  .refine(isEpsilon, {
    error: (issue) => `ε cannot be ${String(issue.input)}`,
    params: { code: "number", fix: `write a number above 0 and up to ${MAX_EPSILON}; common budgets are below 10` } satisfies Wrong,
  })
  .meta({ exclusiveMinimum: 0, maximum: MAX_EPSILON });

export const delta = z
  .number()
  .refine(isDelta, {
    error: (issue) => `δ cannot be ${String(issue.input)}`,
    params: { code: "number", fix: "write a probability from 0 up to, but not, 1; below one in the number of people" } satisfies Wrong,
  })
  .meta({ minimum: 0, exclusiveMaximum: 1 });

/** A number above 0 that is no probability: the scale of noise, a sensitivity, ρ. */
export function positive(name: string) {
  return z
    .number()
    .refine((value) => value > 0 && Number.isFinite(value), {
      error: (issue) => `${name} cannot be ${String(issue.input)}`,
      params: { code: "number", fix: "write a number above 0" } satisfies Wrong,
    })
    .meta({ exclusiveMinimum: 0 });
}

export const status = z.enum(STATUSES);

export const writtenStatus = z.union([
  status,
  z.string().regex(PRIVATE_WITH_PARAMETERS).describe("With its parameters: `differentially-private(1, 1e-6)`."),
]);

export function oneOrList<Item extends z.ZodType>(item: Item) {
  return z.union([item, z.array(item)]);
}
