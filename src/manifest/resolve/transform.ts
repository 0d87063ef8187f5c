/** An entry of `transforms`: what changes a field's status. */
import type { ArgumentPath, Transform } from "../model.js";
import type { EntryInput } from "../schema.js";
import { parseStatus } from "../status.js";
import { dayOf } from "./declarations.js";
import { isDelta, isEpsilon, NO_PRIVACY } from "../schema-values.js";
import { argumentAt, compact, locatorAt, type Entry } from "./entry.js";

export function resolveTransform(entry: Entry<EntryInput<"transforms">>): Transform | undefined {
  const { input } = entry;
  entry.refer("budget", input.budget, "budget");
  const { status, privacy } = parseStatus(input.yields)!;
  const locator = locatorAt(entry, "call");
  if (privacy !== undefined && !(isEpsilon(privacy.epsilon) && isDelta(privacy.delta)))
    entry.fail("number", entry.at("yields"), `\`${input.yields}\` is no privacy`, NO_PRIVACY);
  checkNoise(entry);
  return (
    locator &&
    compact({
      locator,
      yields: status,
      budget: input.budget,
      mechanism: input.mechanism,
      epsilon: spent(entry, "epsilon") ?? privacy?.epsilon,
      delta: spent(entry, "delta") ?? privacy?.delta,
      scale: spent(entry, "scale"),
      sensitivity: spent(entry, "sensitivity"),
      evidence: input.evidence,
      expires: dayOf(input.expires),
      place: entry.place,
      keys: entry.keys,
    })
  );
}

/** A number is the amount itself; text names the argument that holds it, `"1"` and `1.epsilon` alike. */
function spent(
  entry: Entry<EntryInput<"transforms">>,
  key: "epsilon" | "delta" | "scale" | "sensitivity",
): ArgumentPath | number | undefined {
  const value = entry.input[key];
  return typeof value === "number" ? value : argumentAt(entry, key);
}

/** The mechanisms whose cost follows from the scale of their noise. */
const SCALED = ["laplace", "discrete-laplace", "gaussian", "discrete-gaussian"];

/** `scale` stands instead of ε, and says something of Laplace and Gaussian noise only; `sensitivity` stands beside it. */
function checkNoise({ input, keyAt, fail }: Entry<EntryInput<"transforms">>): void {
  if (input.scale === undefined) {
    if (input.sensitivity !== undefined)
      fail("conflict", keyAt("sensitivity"), "`sensitivity` means nothing without `scale`", "it goes with `scale`; ε says it all alone");
    return;
  }
  if (input.epsilon !== undefined)
    fail("conflict", keyAt("scale"), "`epsilon` and `scale` exclude each other", "keep the one that the code sets");
  if (input.mechanism === undefined)
    fail("missing-key", keyAt("scale"), "`scale` needs a `mechanism`", `add \`mechanism\`: ${SCALED.join(", ")}`);
  else if (!SCALED.includes(input.mechanism))
    fail("conflict", keyAt("scale"), `\`scale\` means nothing beside \`mechanism: ${input.mechanism}\``, "write the `epsilon` instead");
}
