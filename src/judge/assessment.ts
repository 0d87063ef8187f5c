/**
 * Art. 6(4): may a field be used for another purpose than it was collected for, because someone assessed that the two are compatible?
 * For exactly that field, from one of its purposes, to the sink's purpose or one above it, unexpired, and for data no closer to the
 * person than was assessed. It never rescues what was collected on consent: consent is for the purposes it was given for.
 */
import type { Assessment } from "../manifest/model.js";
import type { Flow } from "../trace/result.js";
import type { Context } from "./context.js";
import { statusInCompany } from "./rejoined.js";
import { covers } from "./status.js";

/** Why an assessment that is about this field and this purpose does not hold. */
export type Miss = "expired" | "consent" | "status";

export type Assessed =
  | { readonly kind: "covered"; readonly assessment: Assessment }
  /** Those that nearly hold, each with the reason it does not: what a remedy can build on. */
  | { readonly kind: "uncovered"; readonly near: readonly { readonly assessment: Assessment; readonly why: Miss }[] };

export function assess(ctx: Context, flow: Flow): Assessed {
  const purposes = ctx.fields.get(flow.field)?.purposes ?? [];
  const lineage = ctx.purposes.lineage(flow.sink.purpose);
  const near: { assessment: Assessment; why: Miss }[] = [];
  for (const assessment of ctx.manifest.assessments) {
    const { from, to, fields } = assessment;
    if (!purposes.includes(from) || !lineage.includes(to) || !fields.includes(flow.field)) continue;
    const why = miss(ctx, assessment, flow);
    if (why === undefined) return { kind: "covered", assessment };
    near.push({ assessment, why });
  }
  return { kind: "uncovered", near };
}

function miss(ctx: Context, assessment: Assessment, flow: Flow): Miss | undefined {
  if (restsOnConsent(ctx, assessment.from)) return "consent";
  if (assessment.expires < ctx.today) return "expired";
  if (!covers(assessment.status, statusInCompany(ctx, flow))) return "status";
  return undefined;
}

/** Is the purpose based on consent (its own or its parent's)? A declared consent says so as much as the basis does. */
export function restsOnConsent(ctx: Context, purpose: string): boolean {
  return ctx.purposes.inherited(purpose, "basis") === "consent";
}
