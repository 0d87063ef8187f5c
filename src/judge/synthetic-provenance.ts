/** synthetic-provenance (Recital 26): what is called synthetic still has real people in it. */
import type { Generation } from "../trace/result.js";
import { within } from "./carrier.js";
import { at, list, type Context } from "./context.js";
import type { Draft, Remedy } from "./finding.js";
import { told, worst } from "./passages.js";

export function syntheticProvenance(ctx: Context): Draft[] {
  const generations = ctx.trace.generations ?? [];
  const each = worst(
    generations.filter(({ how }) => how !== "given"),
    ({ field, how, transform, at: place }) => [field, how, transform.locator.text, at(place), place.column].join("|"),
  );
  return [...each.map((one) => ofReal(ctx, one)), ...unaccounted(ctx, generations)];
}

/** Real records in a prompt, or in what comes out. */
function ofReal(ctx: Context, generation: Generation): Draft {
  const { field, status, transform, how, accessPath } = generation;
  const name = `\`${transform.locator.text}\``;
  const place = within([accessPath]);
  const message =
    how === "prompt"
      ? `${field} reaches the prompt of ${name} ${status}${place}: what a model is shown, it can repeat`
      : `${field} comes out of ${name} as it went in${place}, ${status}: that is no synthetic data`;
  const show: Remedy = {
    kind: "de-identify",
    text: "Show the model what was learnt of the data (aggregates, or statistics with accounted noise), a schema, or examples that somebody made up.",
  };
  const leave: Remedy = { kind: "drop", text: `Leave ${field} out of what ${name} gives: build each record from generated values alone.` };
  return {
    ...told(generation),
    rule: "synthetic-provenance",
    severity: "error",
    message,
    remedies: [
      how === "prompt" ? show : leave,
      {
        kind: "correct",
        text: `Declare that ${name} yields less (\`transforms\`, ${ctx.where(transform.place)}): its result is personal data then.`,
      },
    ],
    identity: [how, transform.locator.text],
  };
}

/** Generators without a mechanism that are given real data: one finding for each call. */
function unaccounted(ctx: Context, generations: readonly Generation[]): Draft[] {
  const calls = new Map<string, Generation[]>();
  for (const one of generations) {
    const { transform, how, at: place } = one;
    if (how !== "given" || transform.mechanism !== undefined || transform.epsilon !== undefined || transform.budget !== undefined) continue;
    const key = [transform.locator.text, at(place), place.column].join("|");
    calls.set(key, [...(calls.get(key) ?? []), one]);
  }
  return [...calls.values()].map((all): Draft => {
    const [first] = worst(all, () => "") as readonly [Generation];
    const fields = [...new Set(all.map(({ field }) => field))].sort();
    const name = `\`${first.transform.locator.text}\``;
    return {
      ...told(first),
      rule: "synthetic-provenance",
      severity: "error",
      message: `${name} is taken to de-identify ${list(fields)}, and declares no mechanism: a generator repeats what it was made of, unless noise keeps it from that`,
      remedies: [
        {
          kind: "declare",
          text: `Declare its \`mechanism\`, \`budget\` and \`epsilon\` (\`transforms\`, ${ctx.where(first.transform.place)}), if it is differentially private.`,
        },
        { kind: "de-identify", text: `Give it aggregates of ${list(fields)} instead of records.` },
      ],
      identity: ["unaccounted", first.transform.locator.text],
    };
  });
}
