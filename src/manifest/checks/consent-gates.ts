/** A purpose that rests on consent (Art. 6(1)(a)) needs code that asks whether it was given. */
import { isAsked } from "../model.js";
import type { Merged } from "../merge.js";
import type { PurposeHierarchy } from "../purposes.js";

export function checkConsentGates({ purposes, consent }: Merged, hierarchy: PurposeHierarchy): void {
  const consents = new Map(consent.map((one) => [one.value.id, one]));
  const used = new Set<string>();
  for (const { value, entry } of purposes) {
    if (hierarchy.inherited(value.id, "basis") !== "consent") continue;
    const gate = hierarchy.inherited(value.id, "consent");
    if (gate !== undefined) used.add(gate);
    // A child is told by the parent that it has its basis from.
    else if (value.basis !== undefined)
      entry.fail(
        "consent-gate",
        entry.at("basis"),
        `\`${value.id}\` rests on consent, and no consent gates it`,
        "add `consent: NAME`, and declare NAME under `consent` with the function that checks it",
      );
  }
  for (const id of used) {
    const gate = consents.get(id);
    if (gate === undefined || isAsked(gate.value)) continue;
    const { entry } = gate;
    entry.fail(
      "consent-gate",
      entry.place,
      `the consent \`${id}\` has no \`check\`: no code can prove that it was given`,
      "add `check: ./path.ts:function`, or `column: table.column`",
    );
  }
}
