/** federated-boundary (Art. 5(1)(c), 25): raw data leaves the device, where only declared updates may. */
import { isAtLeast } from "../manifest/status.js";
import type { Crossing } from "../trace/result.js";
import { within } from "./carrier.js";
import { at, list, type Context } from "./context.js";
import type { Draft } from "./finding.js";
import { told, worst } from "./passages.js";

export function federatedBoundary(ctx: Context): Draft[] {
  const crossings = (ctx.trace.crossings ?? []).filter(({ zone, status }) => !zone.maySend.some((may) => isAtLeast(status, may)));
  return worst(crossings, ({ field, zone, at: place }) => [field, zone.id, at(place), place.column].join("|")).map((one) =>
    draft(ctx, one),
  );
}

const WAYS: Readonly<Record<Crossing["by"], string>> = {
  network: "over the network",
  code: "into code outside its packages",
  zone: "into code of another zone",
};

function draft(ctx: Context, crossing: Crossing): Draft {
  const { field, status, zone, by, accessPath } = crossing;
  const may = zone.maySend.length > 0 ? `only ${list(zone.maySend)} may` : "nothing may";
  const known = ctx.manifest.transforms.filter(({ yields }) => zone.maySend.some((one) => isAtLeast(yields, one)));
  const through =
    known.length > 0
      ? `through ${list(
          known.map(({ locator }) => `\`${locator.text}\``),
          3,
          "or",
        )}`
      : `by a function declared under \`transforms\` that yields ${zone.maySend.length > 0 ? list(zone.maySend) : "what the zone may send"}`;
  return {
    ...told(crossing),
    rule: "federated-boundary",
    severity: "error",
    message: `${field} leaves zone ${zone.id} ${status}, ${WAYS[by]}${within([accessPath])}: ${may}`,
    remedies: [
      { kind: "de-identify", text: `Send what was learnt of ${field}, not ${field}: pass it ${through} before ${at(crossing.at)}.` },
      { kind: "drop", text: `Leave ${field} out of what goes to ${at(crossing.at)}.` },
      {
        kind: "correct",
        text: `If this code does not run on the device, take it out of \`zones.${zone.id}\` (${ctx.where(zone.place)}).`,
      },
    ],
    identity: [zone.id, by],
  };
}
