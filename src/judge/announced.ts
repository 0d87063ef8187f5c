/** A notice that is said to have told people since a day that is yet to come. Where code acts on the purpose already, `notice` tells that. */
import { aside } from "./aside.js";
import type { Context } from "./context.js";
import type { Draft } from "./finding.js";

export function announced(ctx: Context): Draft[] {
  return ctx.manifest.purposes.flatMap(({ id, disclosedSince, place }) => {
    if (disclosedSince === undefined || disclosedSince <= ctx.today) return [];
    if (ctx.trace.flows.some(({ sink }) => ctx.purposes.inherited(sink.purpose, "disclosedSince") === disclosedSince)) return [];
    const message = `the notice is said to tell of ${id} since ${disclosedSince}, which is yet to come`;
    const text =
      "Write the day on which it first told of it; a purpose of which people are not told yet comes into the manifest on that day.";
    return [
      aside(ctx.place(place), {
        rule: "manifest",
        severity: "error",
        message,
        remedies: [{ kind: "correct", text }],
        identity: ["announced", id],
      }),
    ];
  });
}
