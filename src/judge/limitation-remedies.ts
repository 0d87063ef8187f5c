/** What would make a drift of purpose lawful, concretely: the manifest's key and line, the field, the place in the code. */
import type { Flow } from "../trace/result.js";
import { assess, restsOnConsent } from "./assessment.js";
import { at, list, type Context } from "./context.js";
import type { Remedy } from "./finding.js";
import { deidentify, drop } from "./remedies.js";

export function limitationRemedies(ctx: Context, flow: Flow): Remedy[] {
  return [collect(ctx, flow), compatibility(ctx, flow), gate(ctx, flow), drop(flow), deidentify(ctx, flow)].filter(
    (remedy) => remedy !== undefined,
  );
}

function collect(ctx: Context, flow: Flow): Remedy {
  const { purpose } = flow.sink;
  const field = ctx.fields.get(flow.field);
  const key = `fields.${flow.field}.for`;
  const where = field?.inCode
    ? `declare it under \`fields\` with \`for: [${[...field.purposes, purpose].join(", ")}]\``
    : field
      ? `add ${purpose} to \`${key}\` (${ctx.where(field.place)})`
      : `declare it under \`fields\` with \`for: [${purpose}]\``;
  const consent = restsOnConsent(ctx, purpose) ? `, on the consent ${ctx.purposes.inherited(purpose, "consent") ?? purpose}` : "";
  return { kind: "collect", text: `Collect ${flow.field} for ${purpose}${consent}, and say so in the notice before collecting: ${where}.` };
}

function compatibility(ctx: Context, flow: Flow): Remedy | undefined {
  const { purpose } = flow.sink;
  const answer = assess(ctx, flow);
  const near = answer.kind === "uncovered" ? answer.near : [];
  for (const { assessment, why } of near) {
    const entry = `the assessment of ${assessment.from} to ${assessment.to} (\`compatibility\`, ${ctx.where(assessment.place)})`;
    switch (why) {
      case "expired":
        return { kind: "assess", text: `Renew ${entry}: it expired on ${assessment.expires}.` };
      case "status":
        return {
          kind: "assess",
          text: `Make ${flow.field} ${assessment.status} before ${at(flow.at)}: ${entry} covers no more; it arrives ${flow.status}.`,
        };
      case "consent":
        continue; // No renewal helps: another basis, or consent for the new purpose, which `collect` asks for.
    }
  }
  const from = (ctx.fields.get(flow.field)?.purposes ?? []).filter((id) => !restsOnConsent(ctx, id));
  if (from.length === 0) return undefined;
  return {
    kind: "assess",
    text: `Assess under Art. 6(4) whether ${purpose} is compatible with ${list(from)}: an entry ${compatibilityKey(ctx)} for exactly ${flow.field}${ctx.fields.get(flow.field)?.inCode ? ", which `fields` must have, too" : ""}.`,
  };
}

/** Where to put a new assessment: beside the first one, or under a key that the manifest does not have yet. */
function compatibilityKey(ctx: Context): string {
  const first = ctx.manifest.assessments.find(({ place }) => ctx.own(place));
  return first === undefined ? `under a new key \`compatibility\` of ${ctx.file}` : `in \`compatibility\` (${ctx.where(first.place)})`;
}

/** Only where the sink's purpose rests on an opt-in that nothing on the path proves: collecting for it then needs the gate as well. */
function gate(ctx: Context, flow: Flow): Remedy | undefined {
  const id = ctx.purposes.inherited(flow.sink.purpose, "consent");
  const consent = id === undefined ? undefined : ctx.consents.get(id);
  if (consent?.check === undefined || consent.mode !== "opt-in" || flow.gates.includes(consent.id)) return undefined;
  return {
    kind: "gate",
    text: `When it is collected for ${flow.sink.purpose}: guard ${at(flow.at)} with \`${consent.check.text}\` (\`consent.${consent.id}.check\`, ${ctx.where(consent.place)}).`,
  };
}
