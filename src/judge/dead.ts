/** Entries of the manifest that nothing in it or in the code uses: they promise what does not happen. */
import { list, namesField, type Context } from "./context.js";
import type { Draft } from "./finding.js";
import { assess } from "./assessment.js";
import { limitationVerdict } from "./limitation.js";
import { manifestDraft } from "./manifest-draft.js";

export function dead(ctx: Context): Draft[] {
  return [...deadFields(ctx), ...deadPurposes(ctx), ...deadConsents(ctx), ...deadBudgets(ctx), ...deadStores(ctx), ...deadAssessments(ctx)];
}

/** No source gives the field, in the manifest or (by a tag) in the code. */
function deadFields(ctx: Context): Draft[] {
  const collected = new Set(ctx.trace.collected);
  // A source that matches nothing is reported as such; its fields are not dead, their locator is wrong.
  const drifted = ctx.trace.unmatched.flatMap(({ entry }) => {
    const index = /^sources\[(\d+)\]/.exec(entry)?.[1];
    const source = index === undefined ? undefined : ctx.manifest.sources[Number(index)];
    return source ? [source.field] : [];
  });
  return ctx.manifest.fields
    .filter(({ id, place }) => ctx.own(place) && !collected.has(id) && !drifted.some((pattern) => namesField(pattern, id)))
    .map(({ id, place }) =>
      manifestDraft(
        ctx,
        place,
        "warning",
        `field ${id} is declared, and nothing collects it`,
        ["dead-field", id],
        [
          {
            kind: "correct",
            text: `Declare under \`sources\` where ${id} is collected, or remove \`fields.${id}\` (${ctx.where(place)}).`,
          },
        ],
        id,
      ),
    );
}

/** No field is collected for it or for one above or below it, no sink acts on it, no assessment names it. */
function deadPurposes(ctx: Context): Draft[] {
  const named = [
    ...ctx.manifest.fields.flatMap(({ purposes }) => purposes),
    ...ctx.manifest.sinks.map(({ purpose }) => purpose),
    ...ctx.manifest.assessments.flatMap(({ from, to }) => [from, to]),
  ];
  const used = new Set(named.flatMap((id) => ctx.purposes.lineage(id)));
  return ctx.manifest.purposes
    .filter(({ id, place }) => ctx.own(place) && !used.has(id))
    .map(({ id, place }) =>
      manifestDraft(
        ctx,
        place,
        "warning",
        `purpose ${id} is declared, and no field, sink or assessment names it`,
        ["dead-purpose", id],
        [{ kind: "correct", text: `Remove \`purposes.${id}\` (${ctx.where(place)}), or declare what is collected and used for it.` }],
      ),
    );
}

function deadConsents(ctx: Context): Draft[] {
  const used = new Set([
    ...ctx.manifest.purposes.map(({ id }) => ctx.purposes.inherited(id, "consent")),
    ...ctx.manifest.fields.map(({ consent }) => consent),
  ]);
  return ctx.manifest.consents
    .filter(({ id, place, mode }) => mode === "opt-in" && ctx.own(place) && !used.has(id))
    .map(({ id, place }) =>
      manifestDraft(
        ctx,
        place,
        "warning",
        `consent ${id} is declared, and no purpose rests on it`,
        ["dead-consent", id],
        [
          {
            kind: "correct",
            text: `Name it as \`consent\` of the purpose it is asked for, or remove \`consent.${id}\` (${ctx.where(place)}).`,
          },
        ],
      ),
    );
}

function deadBudgets(ctx: Context): Draft[] {
  const used = new Set(ctx.manifest.transforms.map(({ budget }) => budget));
  return ctx.manifest.budgets
    .filter(({ id, place }) => ctx.own(place) && !used.has(id))
    .map(({ id, place }) =>
      manifestDraft(
        ctx,
        place,
        "warning",
        `budget ${id} is declared, and no transform spends from it`,
        ["dead-budget", id],
        [
          {
            kind: "correct",
            text: `Name it as \`budget\` of the transforms that spend from it, or remove \`budgets.${id}\` (${ctx.where(place)}).`,
          },
        ],
      ),
    );
}

/** What is written where nothing reads it, or read where nothing declared is, goes nowhere: half a wrapper is as good as none. */
function deadStores(ctx: Context): Draft[] {
  const consumed = new Set(ctx.manifest.sinks.map(({ consumes }) => consumes));
  return ctx.manifest.stores.flatMap(({ id, at, columns, place }): Draft[] => {
    if (at.kind !== "wrapper" || !ctx.own(place)) return [];
    const half = ((): { readonly message: string; readonly fix: string } | undefined => {
      if (at.read === undefined && !consumed.has(id))
        return {
          message: `store ${id} has a \`write\`, and neither a \`read\` nor a sink that consumes it: what goes in there does not come out`,
          fix: "Declare the function that reads it as its `read`",
        };
      if (at.write === undefined && Object.keys(columns).length === 0)
        return {
          message: `store ${id} has a \`read\`, and neither a \`write\` nor \`columns\`: no field comes from there`,
          fix: "Declare the function that fills it as its `write`, or the fields in it as its `columns`",
        };
      return undefined;
    })();
    if (half === undefined) return [];
    const text = `${half.fix}, or remove it from \`stores\` (${ctx.where(place)}).`;
    return [manifestDraft(ctx, place, "warning", half.message, ["dead-store", id], [{ kind: "correct", text }])];
  });
}

/** An assessment that no flow needs may be kept for a feature to come, so this is but a note. */
function deadAssessments(ctx: Context): Draft[] {
  const used = new Set(
    ctx.trace.flows
      .filter((flow) => limitationVerdict(ctx, flow) !== "allowed")
      .flatMap((flow) => {
        const answer = assess(ctx, flow);
        return answer.kind === "covered" ? [answer.assessment] : answer.near.map(({ assessment }) => assessment);
      }),
  );
  return ctx.manifest.assessments
    .filter((assessment) => ctx.own(assessment.place) && !used.has(assessment))
    .map(({ from, to, fields, place }) =>
      manifestDraft(
        ctx,
        place,
        "note",
        `the assessment of ${from} to ${to} for ${list(fields)} covers no flow of the program`,
        ["dead-assessment", from, to, ...fields],
        [{ kind: "correct", text: `Remove it from \`compatibility\` (${ctx.where(place)}) if the use it allowed is gone.` }],
      ),
    );
}
