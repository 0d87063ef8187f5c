/**
 * The manifest as it is written: one definition. Its TypeScript types, the validation of a file's shape, the nearest known key of an
 * unknown one, and `schema/manifest.schema.json` for editors all come from here; `docs/manifest.md` is tested against it.
 * What the parts mean to each other (names, dates, consent) is checked after, in `checks/`.
 */
import { z } from "zod";
import { CONNECTORS, type ConnectorName } from "./connectors.js";
import * as v from "./schema-values.js";
import { EXEMPTIONS } from "./special.js";

/** Art. 6(1)(a) to (f). */
export const BASES = ["consent", "contract", "legal-obligation", "vital-interests", "public-task", "legitimate-interest"] as const;

/** Art. 6(4)(a) to (e): what has to be taken into account before a further purpose counts as compatible. */
export const CRITERIA = {
  link: "the link between the purposes (Art. 6(4)(a))",
  context: "the context of collection, and what people expect from it (Art. 6(4)(b))",
  nature: "the nature of the data, special categories above all (Art. 6(4)(c))",
  consequences: "the possible consequences for people (Art. 6(4)(d))",
  safeguards: "the safeguards, such as pseudonymisation (Art. 6(4)(e))",
} as const;

/** Exactly one of these says where a field enters; beside it, the keys that go with it, and those that must. */
export const SOURCE_PLACES = {
  property: { may: [], must: [] },
  returns: { may: ["path"], must: [] },
  parameter: { may: ["argument"], must: ["argument"] },
  call: { may: ["argument"], must: ["argument"] },
  route: { may: ["path"], must: [] },
} as const;

/** Exactly one of these says where a purpose is acted on. */
export const SINK_PLACES = {
  call: { may: ["argument", "when"], must: [] },
  returns: { may: [], must: [] },
  route: { may: [], must: [] },
} as const;

export const WRAPPER_KEYS = ["write", "read", "key", "value"] as const;

function exactlyOne(keys: readonly string[]): { oneOf: { required: string[] }[] } {
  return { oneOf: keys.map((key) => ({ required: [key] })) };
}

const noticeSchema = z
  .strictObject({
    url: v.text("Where the notice is published.").optional(),
    file: v.text("Checked-in text of the notice, relative to the manifest: every purpose's wording must occur in it.").optional(),
    version: v.loose("Its version, often its date.").optional(),
  })
  .describe("The privacy notice that this manifest implements.");

const purposeSchema = z
  .strictObject({
    basis: z.enum(BASES).describe("Lawful basis, Art. 6(1). A child without one has its parent's.").optional(),
    notice: v.text("The wording of the notice.").optional(),
    "same-as": v
      .oneOrList(v.text("The same purpose in a taxonomy: `fides:functional.service.improve`."))
      .describe("The same purpose in a taxonomy, or in several: `fides:functional.service.improve`, `dpv:Marketing`, `tcf:3`.")
      .optional(),
    consent: v.text("The entry of `consent` that gates it; a purpose with basis consent needs one.").optional(),
    "disclosed-since": v.day("Since when the notice says so: fields collected before were not collected for it.").optional(),
    "automated-decision": v
      .text(
        "The words that tell people beforehand that significant decisions are made automatically for it (CPRA): some page must say them.",
      )
      .optional(),
    parent: v.text("The wider purpose it belongs to: what is allowed for the parent is allowed for it.").optional(),
  })
  .describe("What data is used for.");

const fieldSchema = z
  .strictObject({
    category: v
      .oneOrList(v.text("Category in a taxonomy: `user.contact.email`."))
      .describe("Its category in a taxonomy, or several: `user.contact.email`, `pd:EmailAddress`, `tcf:3`.")
      .optional(),
    for: z.array(z.string()).describe("The purposes it is collected for."),
    retention: v.duration("How long it may be kept.").optional(),
    identifier: z
      .enum(["direct", "quasi", "none"])
      .describe(
        "Does it single a person out: alone (`direct`), only together with others (`quasi`: postcode, year of birth), or never (`none`: a rating, a topic; no free text)?",
      )
      .optional(),
    since: v.day("Since when it is collected.").optional(),
    special: z
      .enum(EXEMPTIONS)
      .describe("Exemption of Art. 9(2) that a special category is processed under, for the purposes of `for`.")
      .optional(),
    consent: v.text("The entry of `consent` that asks for its explicit consent, where that is not the consent of the purpose.").optional(),
  })
  .describe("A piece of personal data, by the path of its name.");

const sourceSchema = z
  .strictObject({
    field: v.fieldPattern.describe("The field; `chat.*` gives each property to the field of its name."),
    property: v.locator("A property of a class, interface or type: every read of it is the field.").optional(),
    returns: v.locator("A function whose result is, or holds, the field.").optional(),
    parameter: v.locator("A function that is given the field; `argument` says where.").optional(),
    call: v.locator("A call that collects the field; `argument` says where.").optional(),
    route: v.route.describe("A request to this route carries the field; `path` says where.").optional(),
    path: v.path("Property path in the result or request: `body.messages[*].content`.").optional(),
    argument: v.argument("Position of the argument, counted from 0, and a property path: `0.rating`.").optional(),
  })
  .meta(exactlyOne(Object.keys(SOURCE_PLACES)))
  .describe("Where a field enters the program.");

const sinkSchema = z
  .strictObject({
    id: v.id.describe("Its name in findings."),
    purpose: v.text("The purpose acted on there."),
    call: v.locator("A call that acts on the purpose.").optional(),
    returns: v.locator("A function whose result is used for the purpose.").optional(),
    route: v.route.describe("A route whose response is used for the purpose.").optional(),
    argument: v.argument("Which argument, and what of it; all of them when left out.").optional(),
    when: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .describe("Literal arguments that must hold: `{ 0.purpose: fine-tune }`.")
      .optional(),
    needs: z.array(v.fieldPattern).describe("The fields it needs; every other that arrives is excess, Art. 5(1)(c).").optional(),
    requires: v
      .oneOrList(v.writtenStatus)
      .describe("The least de-identification that may arrive, or a list of those that are enough.")
      .optional(),
    consumes: v.text("The store that it reads by reference: all that is in it flows here.").optional(),
    within: v.locator("Only calls in this code count: `./src/evals/**:*`.").optional(),
  })
  .meta(exactlyOne(Object.keys(SINK_PLACES)))
  .describe("Where a purpose is acted on.");

const storeSchema = z
  .strictObject({
    id: v.id.describe("Its name in findings and in `consumes`."),
    ...(Object.fromEntries(Object.entries(CONNECTORS).map(([key, { names }]) => [key, v.text(names).optional()])) as Record<
      ConnectorName,
      z.ZodOptional<z.ZodString>
    >),
    write: v.locator("The project's own function that writes.").optional(),
    read: v.locator("The project's own function that reads.").optional(),
    key: v.argument("The argument of `write` and `read` that names the place.").optional(),
    value: v.argument("The argument of `write` that is kept.").optional(),
    retention: v.duration("How long an entry is kept.").optional(),
    "retention-from": z
      .enum(["entry", "collection"])
      .describe("When `retention` begins: when the entry was written (the default), or when the data in it was collected.")
      .optional(),
    columns: z
      .record(z.string(), z.string())
      .describe("Columns that are fields, whatever they are called: `{ input: chat.prompt }`.")
      .optional(),
  })
  .meta({ anyOf: [...Object.keys(CONNECTORS), "write", "read"].map((key) => ({ required: [key] })) })
  .describe("Where data rests: a write here reappears at every read of the same place.");

const transformSchema = z
  .strictObject({
    call: v.locator("The function whose result has the status."),
    yields: v.writtenStatus.describe("What its result is."),
    budget: v.text("The entry of `budgets` that it spends from.").optional(),
    mechanism: z
      .enum(["laplace", "gaussian", "discrete-laplace", "discrete-gaussian", "exponential", "randomised-response"])
      .describe("Where the noise comes from.")
      .optional(),
    epsilon: z.union([v.epsilon, z.string()]).describe("ε it spends: a number, or the argument that holds it: `1.epsilon`.").optional(),
    delta: z.union([v.delta, z.string()]).describe("δ it spends: a number, or the argument that holds it: `1.delta`.").optional(),
    scale: z
      .union([v.positive("the scale"), z.string()])
      .describe("Instead of ε, the scale of the noise (b of Laplace, σ of Gaussian): a number, or the argument that holds it.")
      .optional(),
    sensitivity: z
      .union([v.positive("the sensitivity"), z.string()])
      .describe("Beside `scale`, how much one person changes at most: a number, or the argument; 1 when left out.")
      .optional(),
    evidence: v.text("Why the result is anonymous: a document or an address. `anonymised` needs one.").optional(),
    expires: v.day("Until when the evidence holds.").optional(),
  })
  .describe("What changes a field's status on its way.");

const consentSchema = z
  .strictObject({
    mode: z.enum(["opt-in", "opt-out"]).describe("Opt-in: nothing without a yes. Opt-out: everything without a no."),
    check: v.locator("The function that tells whether it was given (opt-in), or refused (opt-out).").optional(),
    column: v.column
      .describe("The column of a table that says so: a read of rows of which it must be true (opt-in), or false (opt-out), is gated.")
      .optional(),
    grant: v.locator("The function that gives it.").optional(),
    withdraw: v.locator("The function that takes it back.").optional(),
    "on-withdraw": v.locator("What must happen then; it must be reachable from `withdraw`.").optional(),
    signals: z
      .array(z.enum(["gpc"]))
      .describe("Signals that count as an opt-out: `gpc`, Global Privacy Control.")
      .optional(),
  })
  .describe("A choice of the person, and the code that asks for it.");

const safeguardsSchema = z.strictObject({
  status: v.status.describe("What the data must be when it arrives.").optional(),
  text: v.text("The safeguards in words."),
});

const assessmentSchema = z
  .strictObject({
    from: v.text("The purpose the fields were collected for."),
    to: v.text("The purpose they are to be used for."),
    fields: z.array(z.string()).describe("Exactly these fields, one by one."),
    link: v.text(CRITERIA.link),
    context: v.text(CRITERIA.context),
    nature: v.text(CRITERIA.nature),
    consequences: v.text(CRITERIA.consequences),
    safeguards: safeguardsSchema.describe(CRITERIA.safeguards),
    approver: v.text("Who approved it."),
    date: v.day("When it was approved."),
    expires: v.day("The last day on which it holds."),
  })
  .describe("One assessment of compatibility, Art. 6(4).");

/** What one change of the data is: who or what differential privacy protects. */
export const UNITS = ["user", "household", "device", "session", "record", "event"] as const;

const spentSchema = z
  .strictObject({
    release: v.loose("Which release: its version, its day."),
    epsilon: v.epsilon.describe("ε it used up.").optional(),
    delta: v.delta.describe("δ it used up; 0 when left out.").optional(),
    rho: v.positive("ρ").describe("Instead of both, ρ: what Gaussian noise costs (zCDP).").optional(),
  })
  .describe("What one release used up.");

const budgetSchema = z
  .strictObject({
    epsilon: v.epsilon.describe("ε over the model's whole life."),
    delta: v.delta.describe("δ over the model's whole life; 0 when left out.").optional(),
    unit: z.enum(UNITS).describe("What one change of the data is: who or what is protected.").optional(),
    accounting: z
      .enum(["basic", "advanced", "zcdp"])
      .describe("The theorem of composition to hold to, beside the basic one; the best of all when left out.")
      .optional(),
    spent: z.array(spentSchema).describe("What earlier releases of the model have used up.").optional(),
  })
  .describe("Differential privacy over one model's life.");

const zoneSchema = z
  .strictObject({
    files: v
      .oneOrList(z.string().min(1))
      .describe("The code that runs on the device: paths relative to the manifest, with globs.")
      .optional(),
    packages: v
      .oneOrList(z.string().min(1))
      .describe("Packages of the project that run on the device, by name: a call of code outside leaves it, too.")
      .optional(),
    "may-send": z.array(v.status).describe("What may leave the device.").optional(),
  })
  .describe("Code that runs on the device: raw fields must not leave it.");

const exceptionSchema = z
  .strictObject({
    finding: v.loose("The fingerprint of the finding, or at least its first 6 characters."),
    reason: v.text("Why it is accepted."),
    owner: v.text("Who resolves it."),
    approver: v.text("Who approved it."),
    expires: v.day("The last day on which it holds."),
  })
  .describe("A finding that someone approved until a day.");

export const manifestSchema = z
  .strictObject({
    version: z.literal(1).describe("The version of this format."),
    extends: v
      .oneOrList(z.string().min(1))
      .describe("Packs of entries to start from: `purpose-lint/recommended`, a path or a package.")
      .optional(),
    models: v
      .oneOrList(z.string().min(1))
      .describe("Files that describe libraries, relative to this one; `purpose.models.yaml` when left out, if there is one.")
      .optional(),
    "warn-before": v
      .duration("How long before an assessment, an exception or evidence expires this is told; 30 days when left out.")
      .optional(),
    notice: noticeSchema.optional(),
    purposes: z.record(v.id, purposeSchema).describe("What data is used for.").optional(),
    fields: z.record(v.id, fieldSchema).describe("The personal data there is, and the purposes it is collected for.").optional(),
    sources: z.array(sourceSchema).describe("Where fields enter the program.").optional(),
    sinks: z.array(sinkSchema).describe("Where purposes are acted on.").optional(),
    stores: z.array(storeSchema).describe("Where data rests, beyond what is found in the code.").optional(),
    transforms: z.array(transformSchema).describe("What changes a field's status on its way.").optional(),
    consent: z.record(v.id, consentSchema).describe("What people are asked, and the code that asks.").optional(),
    compatibility: z.array(assessmentSchema).describe("Assessments of compatible purposes, Art. 6(4).").optional(),
    budgets: z.record(v.id, budgetSchema).describe("Budgets of differential privacy.").optional(),
    zones: z.record(v.id, zoneSchema).describe("Code that runs on the device.").optional(),
    exceptions: z.array(exceptionSchema).describe("Findings accepted until a day.").optional(),
  })
  .meta({ title: "purpose-lint manifest", description: "What may be done with which personal data, and where the code does it." });

/** A manifest file that passed validation. */
export type ManifestInput = z.infer<typeof manifestSchema>;

/** The sections that hold entries, by name or in a list. */
export type Section = Exclude<keyof ManifestInput, "version" | "extends" | "models" | "warn-before" | "notice">;

/** One entry of a section: `EntryInput<"sinks">`. */
export type EntryInput<Name extends Section> =
  NonNullable<ManifestInput[Name]> extends readonly (infer Item)[]
    ? Item
    : NonNullable<ManifestInput[Name]> extends Readonly<Record<string, infer Item>>
      ? Item
      : never;

/** The published JSON Schema. Draft 7, which every editor reads. */
export function manifestJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(manifestSchema, { target: "draft-7", io: "input" }) };
}
