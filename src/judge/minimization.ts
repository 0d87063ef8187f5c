/** minimization (Art. 5(1)(c), 25): more arrives than a sink needs, more is collected than is declared or used. */
import type { Flow } from "../trace/result.js";
import { carrier, within } from "./carrier.js";
import { list, namesField, type Context } from "./context.js";
import type { Draft, Remedy } from "./finding.js";
import { arrivals } from "./group.js";
import { limitationVerdict } from "./limitation.js";
import { onWay } from "./on-way.js";
import { possible } from "./possible.js";
import { deidentify, drop } from "./remedies.js";
import { isPersonal } from "./status.js";
import { undeclared } from "./undeclared.js";
import { unused } from "./unused.js";

export function minimization(ctx: Context): Draft[] {
  return [...excess(ctx), ...undeclared(ctx), ...possible(ctx), ...unused(ctx)];
}

/** Does the sink say what it needs, and not name this field? Anonymous data is nobody's. */
export function isExcess(flow: Flow): boolean {
  return flow.sink.needs !== undefined && isPersonal(flow.status) && !flow.sink.needs.some((need) => namesField(need, flow.field));
}

function need(ctx: Context, { field, sink }: Flow): Remedy {
  const where = `\`needs\` of ${sink.id} (\`sinks\`, ${ctx.where(sink.place)})`;
  return { kind: "need", text: `If ${sink.purpose} cannot do without ${field}, add it to ${where}.` };
}

function excess(ctx: Context): Draft[] {
  return arrivals(ctx.trace.flows.filter(isExcess)).map(({ flow, accessPaths }): Draft => {
    const { sink, field } = flow;
    const needs = sink.needs ?? [];
    return onWay(flow, {
      rule: "minimization",
      severity: "error",
      message: `${field} reaches ${sink.id}${within(accessPaths)}, which needs ${needs.length > 0 ? `only ${list(needs)}` : "no field"}: ${carrier(flow)}`,
      remedies: [
        drop(flow),
        // What the purpose may not have at all is not made legal by needing it: limitation says what else there is.
        ...(limitationVerdict(ctx, flow) === "violation" ? [] : [need(ctx, flow)]),
        deidentify(ctx, flow),
      ],
      identity: ["excess"],
    });
  });
}
