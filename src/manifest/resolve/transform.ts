/** An entry of `transforms`: what changes a field's status. */
import type { ArgumentPath, Transform } from "../model.js";
import type { EntryInput } from "../schema.js";
import { parseStatus } from "../status.js";
import { dayOf } from "./declarations.js";
import { argumentAt, compact, locatorAt, type Entry } from "./entry.js";

export function resolveTransform(entry: Entry<EntryInput<"transforms">>): Transform | undefined {
  const { input } = entry;
  entry.refer("budget", input.budget, "budget");
  const { status, privacy } = parseStatus(input.yields)!;
  const locator = locatorAt(entry, "call");
  return (
    locator &&
    compact({
      locator,
      yields: status,
      budget: input.budget,
      mechanism: input.mechanism,
      epsilon: spent(entry, "epsilon") ?? privacy?.epsilon,
      delta: spent(entry, "delta") ?? privacy?.delta,
      evidence: input.evidence,
      expires: dayOf(input.expires),
      place: entry.place,
      keys: entry.keys,
    })
  );
}

/** A number is the amount itself; text names the argument that holds it, `"1"` and `1.epsilon` alike. */
function spent(entry: Entry<EntryInput<"transforms">>, key: "epsilon" | "delta"): ArgumentPath | number | undefined {
  const value = entry.input[key];
  return typeof value === "number" ? value : argumentAt(entry, key);
}
