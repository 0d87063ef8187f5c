/** `purposes` and `fields`: what is declared, and everything else refers to. */
import { parseDay } from "../date.js";
import type { Field, Purpose } from "../model.js";
import type { EntryInput } from "../schema.js";
import { compact, noDuplicates, type Entry } from "./entry.js";
import { termsAt } from "./terms.js";

export function resolvePurpose(entry: Entry<EntryInput<"purposes">>): Purpose {
  const { input } = entry;
  entry.refer("purpose", input.parent, "parent");
  entry.refer("consent", input.consent, "consent");
  return compact({
    id: entry.key,
    basis: input.basis,
    notice: input.notice,
    sameAs: termsAt(entry, "same-as", "purposes", input["same-as"]),
    consent: input.consent,
    disclosedSince: dayOf(input["disclosed-since"]),
    automatedDecision: input["automated-decision"],
    parent: input.parent,
    place: entry.place,
  });
}

export function resolveField(entry: Entry<EntryInput<"fields">>): Field {
  const { input } = entry;
  for (const [index, purpose] of input.for.entries()) entry.refer("purpose", purpose, "for", index);
  noDuplicates(entry, "for", input.for);
  entry.refer("consent", input.consent, "consent");
  if (input.consent !== undefined && input.special !== "explicit-consent")
    entry.fail(
      "conflict",
      entry.keyAt("consent"),
      `the consent of a field is its explicit consent (Art. 9(2)(a)), and \`${entry.key}\` ${input.special === undefined ? "has no `special`" : `rests on \`${input.special}\``}`,
      "add `special: explicit-consent`, or give the consent to the purpose",
    );
  return compact({
    id: entry.key,
    categories: termsAt(entry, "category", "categories", input.category),
    purposes: input.for,
    retention: input.retention,
    since: dayOf(input.since),
    special: input.special,
    identifier: input.identifier,
    consent: input.consent,
    place: entry.place,
  });
}

/** The day of a date or timestamp that the schema let pass. */
export function dayOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : parseDay(text);
}
