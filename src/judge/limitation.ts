/** limitation: a field reaches a sink whose purpose it was not collected for (Art. 5(1)(b)), and no assessment covers it (Art. 6(4)). */
import type { Flow } from "../trace/result.js";
import { assess } from "./assessment.js";
import { within } from "./carrier.js";
import { list, type Context } from "./context.js";
import type { Draft, Verdict } from "./finding.js";
import { arrivals, type Arrival } from "./group.js";
import { limitationRemedies } from "./limitation-remedies.js";
import { onWay } from "./on-way.js";
import { isPersonal } from "./status.js";

/** What purpose limitation says of one flow. */
export function limitationVerdict(ctx: Context, flow: Flow): Verdict {
  if (!isPersonal(flow.status)) return "allowed";
  const purposes = ctx.fields.get(flow.field)?.purposes ?? [];
  if (ctx.purposes.isAllowed({ purposes }, flow.sink.purpose)) return "allowed";
  return assess(ctx, flow).kind === "covered" ? "assessed" : "violation";
}

/** One finding per field and place of the sink. */
export function limitation(ctx: Context): Draft[] {
  const violations = ctx.trace.flows.filter((flow) => limitationVerdict(ctx, flow) === "violation");
  return arrivals(violations).map((arrival) => draft(ctx, arrival));
}

function draft(ctx: Context, { flow, accessPaths }: Arrival): Draft {
  const purposes = ctx.fields.get(flow.field)?.purposes ?? [];
  const collected = purposes.length > 0 ? `was collected for ${list(purposes)}` : "is collected for no declared purpose";
  return onWay(flow, {
    rule: "limitation",
    severity: "error",
    message: `${flow.field} ${collected}, and reaches ${flow.sink.id}${within(accessPaths)}, which is for ${flow.sink.purpose}`,
    remedies: limitationRemedies(ctx, flow),
    identity: [],
  });
}
