/** deidentification (Recital 26, Art. 4(5)): what arrives is closer to the person than the sink requires, or than somebody says it is. */
import { isAtLeast } from "../manifest/status.js";
import type { Status } from "../manifest/model.js";
import type { Flow } from "../trace/result.js";
import { tightEpsilon } from "./accounting/zcdp.js";
import { anonymisers } from "./anonymisers.js";
import { costOf, isLoss } from "./budget/cost.js";
import { number } from "./budget/say.js";
import { within } from "./carrier.js";
import { at, list, type Context } from "./context.js";
import type { Draft, Remedy } from "./finding.js";
import { arrivals, type Arrival } from "./group.js";
import { isDirect, isQuasi } from "./identifiers.js";
import { onWay } from "./on-way.js";
import { isBeside, statusInCompany } from "./rejoined.js";
import { drop, undeclare } from "./remedies.js";

export function deidentification(ctx: Context): Draft[] {
  const below = ctx.trace.flows.filter((flow) => isBelow(ctx, flow));
  const together = crowds(ctx, below);
  const told = new Set(together.flatMap(({ flows }) => flows));
  const alone = below.filter((flow) => !told.has(flow) && !isOnlyByCompany(ctx, flow));
  return [
    ...arrivals(alone).map((arrival) => ofArrival(ctx, arrival)),
    ...together.map((crowd) => ofCrowd(ctx, crowd)),
    ...anonymisers(ctx),
  ];
}

/** Does the sink require more than was done to the field? */
export function isBelow(ctx: Context, flow: Flow): boolean {
  const { requires } = flow.sink;
  return requires !== undefined && !requires.some((asked) => isAtLeast(statusInCompany(ctx, flow), asked) && isPrivateEnough(flow, asked));
}

/** It singles nobody out, and others in its record do: these are told, and need go. */
function isOnlyByCompany(ctx: Context, { field, sink }: Flow): boolean {
  return ctx.fields.get(field)?.identifier === "none" && sink.requires?.some((asked) => isAtLeast("pseudonymised", asked)) === true;
}

/** Is the noise as strong as `differentially-private(ε, δ)` asks for? One whose numbers are not known is not. */
function isPrivateEnough({ status, noise, sink }: Flow, asked: Status): boolean {
  const { requiresPrivacy } = sink;
  if (asked !== "differentially-private" || status !== asked || requiresPrivacy === undefined) return true;
  const cost = noise && costOf(noise);
  if (cost === undefined || !isLoss(cost)) return false;
  const { epsilon, delta } = requiresPrivacy;
  if (cost.k === "epsilon") return cost.epsilon <= epsilon && cost.delta <= delta;
  return delta > 0 && tightEpsilon(cost.rho, delta) <= epsilon;
}

function ofArrival(ctx: Context, { flow, accessPaths }: Arrival): Draft {
  return draft(
    flow,
    `${flow.field} arrives ${arrives(ctx, flow)} at ${flow.sink.id}${within(accessPaths)}, which requires ${required(flow)}`,
    ["below", flow.status],
    [raise(ctx, flow, [flow.field]), ...undeclare(ctx, flow), ...nameless(ctx, flow), drop(flow)],
  );
}

/** `identified`, or as what it was meant to be, and why it is not. */
function arrives(ctx: Context, flow: Flow): string {
  const beside = ctx.company.rejoined.get(flow);
  if (beside !== undefined) {
    const what = beside.field === flow.field ? "what it stands for" : beside.field;
    return `pseudonymised, and identified again by ${what} in the same record (${at(beside.at)})`;
  }
  const cost = flow.noise && costOf(flow.noise);
  switch (flow.status) {
    case "pseudonymised":
      return "pseudonymised (a hash, a cipher, a token or a mask of it)";
    case "differentially-private":
      if (flow.sink.requiresPrivacy === undefined || cost === undefined) return flow.status;
      return isLoss(cost)
        ? `differentially-private with ${cost.k === "rho" ? `ρ ${number(cost.rho)}` : `ε ${number(cost.epsilon)} and δ ${number(cost.delta)}`}`
        : "differentially-private with an ε that is not known";
    default:
      return flow.status;
  }
}

function required({ sink }: Flow): string {
  const { requires = [], requiresPrivacy } = sink;
  const names = requires.map((status) =>
    status === "differentially-private" && requiresPrivacy !== undefined
      ? `${status}(${number(requiresPrivacy.epsilon)}, ${number(requiresPrivacy.delta)})`
      : status,
  );
  return names.length === 1 ? names[0]! : `one of ${list(names)}`;
}

/** Quasi-identifiers that arrive in one record, where nothing in it names the person. */
interface Crowd {
  readonly flows: readonly Flow[];
}

function crowds(ctx: Context, below: readonly Flow[]): Crowd[] {
  const out: Flow[][] = [];
  for (const flow of below) {
    if (flow.status !== "identified" || !isQuasi(ctx.fields.get(flow.field)) || hasName(ctx, flow)) continue;
    const crowd = out.find(([first]) => isBeside(first!, flow));
    if (crowd === undefined) out.push([flow]);
    else crowd.push(flow);
  }
  return out.filter((flows) => new Set(flows.map(({ field }) => field)).size > 1).map((flows) => ({ flows }));
}

function hasName(ctx: Context, flow: Flow): boolean {
  return ctx.trace.flows.some(
    (one) => one.status === "identified" && isDirect(ctx.fields.get(one.field), one.field) && isBeside(one, flow),
  );
}

function ofCrowd(ctx: Context, { flows }: Crowd): Draft {
  const fields = [...new Set(flows.map(({ field }) => field))].sort();
  const message = `${list(fields)} arrive together at ${flows[0]!.sink.id}, which requires ${required(flows[0]!)}: without a name they still single people out`;
  const { sink, at: place } = flows[0]!;
  const pseudonyms = sink.requires!.some((asked) => isAtLeast("pseudonymised", asked));
  const text = `Leave ${pseudonyms ? "all but one of them" : list(fields)} out of what goes to ${at(place)}${pseudonyms ? `: ${list(fields)}` : ""}.`;
  return draft(flows[0]!, message, ["together", ...fields], [raise(ctx, flows[0]!, fields), { kind: "drop", text }]);
}

function draft(flow: Flow, message: string, identity: readonly string[], remedies: readonly Remedy[]): Draft {
  return onWay(flow, { rule: "deidentification", severity: "error", message, remedies, identity });
}

/** Where pseudonyms are enough, a field that nobody is known by need not change: the manifest may say that it is one. */
function nameless(ctx: Context, { field: id, sink, status }: Flow): Remedy[] {
  const field = ctx.fields.get(id);
  const enough = sink.requires?.some((asked) => isAtLeast("pseudonymised", asked)) === true;
  if (field === undefined || field.identifier !== undefined || status !== "identified" || !enough || isDirect(field, id)) return [];
  const text = `If ${id} never tells who somebody is (a rating, a topic; no free text), say so: \`identifier: none\` in \`fields.${id}\` (${ctx.where(field.place)}).`;
  return [{ kind: "declare", text }];
}

/** The transforms of the manifest that would do, or the need of one. */
function raise(ctx: Context, flow: Flow, fields: readonly string[]): Remedy {
  const beside = ctx.company.rejoined.get(flow);
  if (beside !== undefined)
    return {
      kind: "de-identify",
      text: `Leave ${beside.field} out of the record, or keep the pseudonym's table where ${flow.sink.id} cannot get at it.`,
    };
  const { requires = [], requiresPrivacy } = flow.sink;
  // It has gone through one already: what is missing is noise.
  if (flow.status === "differentially-private" && flow.noise !== undefined && requiresPrivacy !== undefined) {
    const { epsilon, delta } = requiresPrivacy;
    const text = `Call \`${flow.noise.transform.locator.text}\` with an ε of at most ${number(epsilon)}${delta > 0 ? ` and a δ of at most ${number(delta)}` : ""}, as constants of the program.`;
    return { kind: "de-identify", text };
  }
  const known = ctx.manifest.transforms.filter(({ yields, place }) => ctx.own(place) && requires.some((asked) => isAtLeast(yields, asked)));
  const how =
    known.length > 0
      ? `through ${list(
          known.map(({ locator }) => `\`${locator.text}\``),
          3,
          "or",
        )}`
      : `by a function declared under \`transforms\` with \`yields: ${requires[0] ?? "anonymised"}\``;
  return { kind: "de-identify", text: `Pass ${list(fields)} ${how} before ${at(flow.at)}.` };
}
