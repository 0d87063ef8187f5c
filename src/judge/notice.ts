/**
 * notice (Art. 13, 14): code acts on a purpose that people were not told of, or not yet, or only after the field was collected. What the
 * manifest alone tells (a wording that the notice's text lacks, a field in `for` that is older than the disclosure) stops its loading.
 */
import type { Flow } from "../trace/result.js";
import { at, type Context } from "./context.js";
import type { Draft, Remedy, Severity } from "./finding.js";
import { arrivals } from "./group.js";
import { limitationVerdict } from "./limitation.js";
import { drop } from "./remedies.js";
import { isPersonal } from "./status.js";

export function notice(ctx: Context): Draft[] {
  const personal = ctx.trace.flows.filter(({ status }) => isPersonal(status));
  return [...untold(ctx, personal), ...tooOld(ctx, personal)];
}

/** One for each purpose, where it is acted on first: the notice is one text. */
function untold(ctx: Context, flows: readonly Flow[]): Draft[] {
  const first = new Map<string, Flow>();
  for (const flow of flows) if (!first.has(flow.sink.purpose)) first.set(flow.sink.purpose, flow);
  return [...first].flatMap(([purpose, flow]) => [...unworded(ctx, purpose, flow), ...early(ctx, purpose, flow)]);
}

/** Does the manifest tell how the notice words purposes? Else nobody claims that there is one. */
function hasNotice(ctx: Context): boolean {
  const { notice: text, purposes } = ctx.manifest;
  return text !== undefined || purposes.some(({ notice: wording, place }) => wording !== undefined && ctx.own(place));
}

function unworded(ctx: Context, purpose: string, flow: Flow): Draft[] {
  if (!hasNotice(ctx) || ctx.purposes.inherited(purpose, "notice") !== undefined) return [];
  const message = `${flow.sink.id} acts on ${purpose}, of which the notice has no wording`;
  const entry = where(ctx, purpose);
  const text =
    entry === undefined
      ? `Declare ${purpose} under \`purposes\` of ${ctx.file}, with the words of the notice as its \`notice\`.`
      : `Tell people of ${purpose} in the notice before collecting, and write its words into \`notice\` of ${entry}.`;
  return [draft(flow, "error", message, null, [{ kind: "declare", text }], ["unworded", purpose])];
}

function early(ctx: Context, purpose: string, flow: Flow): Draft[] {
  const disclosed = ctx.purposes.inherited(purpose, "disclosedSince");
  if (disclosed === undefined || disclosed <= ctx.today) return [];
  const message = `${flow.sink.id} acts on ${purpose}, and the notice says so only from ${disclosed} on`;
  const remedies: Remedy[] = [
    {
      kind: "correct",
      text: `Do not run ${at(flow.at)} before ${disclosed}, or correct \`disclosed-since\` of ${where(ctx, purpose) ?? purpose}.`,
    },
  ];
  return [draft(flow, "error", message, null, remedies, ["early", purpose])];
}

/**
 * A field that is older than the disclosure of a purpose it may be used for all the same: as one below a purpose that was disclosed earlier,
 * or as one that was assessed. What may not be used for it at all, `limitation` tells.
 */
function tooOld(ctx: Context, flows: readonly Flow[]): Draft[] {
  const late = flows.filter((flow) => isBefore(ctx, flow) && limitationVerdict(ctx, flow) !== "violation");
  return arrivals(late).map(({ flow }) => {
    const { field: id, sink } = flow;
    const field = ctx.fields.get(id)!;
    const disclosed = ctx.purposes.inherited(sink.purpose, "disclosedSince")!;
    const entry = `\`fields.${id}\` (${ctx.where(field.place)})`;
    if (field.since === undefined)
      return draft(
        flow,
        "note",
        `${id} reaches ${sink.id}, and the notice tells of ${sink.purpose} since ${disclosed}: it is not said since when ${id} is collected`,
        id,
        [{ kind: "declare", text: `Write \`since\`, the first day of its collection, into ${entry}.` }],
        ["undated"],
      );
    return draft(
      flow,
      "error",
      `${id} is collected since ${field.since}, and reaches ${sink.id}: the notice tells of ${sink.purpose} only since ${disclosed}`,
      id,
      [
        {
          kind: "collect",
          text: `Keep what was collected before ${disclosed} apart, under a field of its own, and do not use it for ${sink.purpose}.`,
        },
        drop(flow),
      ],
      ["before"],
    );
  });
}

/** Was the field certainly or perhaps collected before people were told of the sink's purpose? */
function isBefore(ctx: Context, { field, sink }: Flow): boolean {
  const disclosed = ctx.purposes.inherited(sink.purpose, "disclosedSince");
  const declared = ctx.fields.get(field);
  return disclosed !== undefined && declared !== undefined && (declared.since === undefined || declared.since < disclosed);
}

function where(ctx: Context, purpose: string): string | undefined {
  const entry = ctx.manifest.purposes.find(({ id }) => id === purpose);
  return entry && `\`purposes.${purpose}\` (${ctx.where(entry.place)})`;
}

function draft(
  flow: Flow,
  severity: Severity,
  message: string,
  field: string | null,
  remedies: readonly Remedy[],
  identity: readonly string[],
): Draft {
  return {
    rule: "notice",
    severity,
    message,
    field,
    sink: flow.sink.id,
    purpose: flow.sink.purpose,
    status: field === null ? null : flow.status,
    location: flow.at,
    source: field === null ? null : flow.source,
    // What is about the purpose is the same thing whatever field shows it.
    path: field === null ? [] : flow.path,
    remedies,
    identity,
  };
}
