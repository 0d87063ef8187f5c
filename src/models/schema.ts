/**
 * A library model as it is written: one definition. The validation of a file's shape, its TypeScript types and
 * `schema/models.schema.json` for editors come from here; `docs/models.md` is tested against it.
 */
import { z } from "zod";
import * as v from "../manifest/schema-values.js";

/** What a function can give beside the library's own types: TypeScript's words. */
export const RESULTS = ["string", "number", "boolean", "null", "undefined", "unknown", "array", "object", "Map", "Set", "Date"] as const;

export const HOWS = [
  "value",
  "copy",
  "plain",
  "parsed",
  "stringified",
  "derived",
  "pseudonymised",
  "enciphered",
  "deciphered",
  "reference",
  "dereferenced",
] as const;

const flowSchema = z
  .strictObject({
    from: v.oneOrList(z.string().min(1)).describe("Where it comes from: `argument 0[*].email`, `receiver`, `callback 1 result`."),
    to: v.oneOrList(z.string().min(1)).describe("Where it goes: `result[*]`, `argument 0.cache`, `callback 1 parameter 0`."),
    how: z
      .enum(HOWS)
      .describe(
        "`value`, the same value (if left out); `copy`, a deep copy; `plain`, one of plain data; `parsed`, what JSON text stands for; `stringified`, such text; `derived`, something that spells it out; `pseudonymised`, a hash of it; `enciphered`, a cipher of it, and `deciphered`, what that was made of; `reference`, an id that leads back to it; `dereferenced`, what such an id leads back to.",
      )
      .optional(),
    when: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .describe("Only where this holds, or may: `{ argument 0: completed }`.")
      .optional(),
  })
  .describe("What flows where.");

const functionSchema = z
  .strictObject({
    call: v.oneOrList(z.string().min(1)).describe("The function, by its export and members, or several that are alike: `pick`, `default`."),
    of: v.oneOrList(z.string().min(1)).describe("The types whose methods they are.").optional(),
    result: v
      .oneOrList(z.string().min(1))
      .describe(`What it gives where no flow says so: ${RESULTS.join(", ")} or a type of the library; one, or all that it can be.`)
      .optional(),
    gives: v.oneOrList(z.string().min(1)).describe("It gives a function, and that gives this.").optional(),
    async: z.boolean().describe("Promises that go in are waited for, and its result is a promise.").optional(),
    later: z.boolean().describe("Its callbacks are handlers, each called on its own whenever there is something for it.").optional(),
    curried: z.int().min(2).max(9).describe("It takes its arguments bit by bit, until there are so many.").optional(),
    like: v.locator("It does what this function of the language or of Node does: `global:JSON.parse`.").optional(),
    undeclared: z.boolean().describe("The package's types do not have it: it is of an older version, or of a plug-in.").optional(),
    flows: z.array(flowSchema).describe("What flows where in a call, in this order; nothing when left out.").optional(),
    fetches: z
      .array(flowSchema)
      .describe("What the library gets by itself where an argument names it: a sink that takes the argument takes this.")
      .optional(),
  })
  .describe("Functions that are alike.");

const typeSchema = z
  .strictObject({
    like: v.locator("A class of the language or of Node that it is like, where nothing else is said: `global:Map`.").optional(),
    gathers: z
      .string()
      .min(1)
      .describe("It has the methods of this type, but each gives itself; what they would give is in its `gathered`, in order.")
      .optional(),
    namespace: z
      .boolean()
      .describe("It keeps nothing: an object that only holds methods. What is not described of it has no model.")
      .optional(),
    exported: v.oneOrList(z.string().min(1)).describe("The exports that are the class, for `new`; its own name when left out.").optional(),
  })
  .describe("A class or interface of the library.");

export const modelSchema = z
  .strictObject({
    version: z.literal(1).describe("The version of this format."),
    package: v.oneOrList(z.string().min(1)).describe("The package, or several with the same functions."),
    split: v.oneOrList(z.string().min(1)).describe("Modules that export one function each, under its name: `date-fns/*`.").optional(),
    types: z.record(z.string(), typeSchema).describe("Classes and interfaces whose instances the functions give and take.").optional(),
    functions: z.array(functionSchema).describe("The functions, and what flows where in their calls.").optional(),
  })
  .meta({ title: "purpose-lint library model", description: "What flows where in the functions of a library." });

/** A model file that passed validation. */
export type ModelInput = z.infer<typeof modelSchema>;

/** The published JSON Schema. Draft 7, which every editor reads. */
export function modelJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(modelSchema, { target: "draft-7", io: "input" }) };
}
