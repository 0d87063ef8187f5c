/**
 * special-category (Art. 9): processing special categories is forbidden, unless an exemption of 9(2) lifts that. The lawful basis of a
 * purpose (Art. 6) is none of them, and no assessment of compatibility (Art. 6(4)) makes one.
 */
import type { Consent, Field } from "../manifest/model.js";
import { isSpecialName } from "../taxonomy/names.js";
import type { Flow } from "../trace/result.js";
import { within } from "./carrier.js";
import { at, list, type Context } from "./context.js";
import type { Draft, Remedy } from "./finding.js";
import { arrivals, type Arrival } from "./group.js";
import { onWay } from "./on-way.js";
import { deidentify, drop } from "./remedies.js";
import { isPersonal } from "./status.js";

/** What is missing. `unproved` is no violation: a consent is claimed that no code is declared to ask for. */
type Fault =
  | { readonly k: "no-exemption"; readonly field: Field }
  /** The exemption is for the purposes that the field was collected for. */
  | { readonly k: "other-purpose"; readonly field: Field }
  /** Explicit consent is a yes, and must be given: one that waits for a no is none. */
  | { readonly k: "opt-out"; readonly field: Field; readonly consent: Consent }
  | { readonly k: "ungated"; readonly field: Field; readonly consent: Consent }
  | { readonly k: "unproved"; readonly field: Field };

/** Is the flow one that Art. 9 forbids? */
export function isForbidden(ctx: Context, flow: Flow): boolean {
  const fault = faultOf(ctx, flow);
  return fault !== undefined && fault.k !== "unproved";
}

/** The category of it that is special by itself. */
const specialOf = ({ categories = [] }: Field): string | undefined => categories.find(isSpecialName)?.replace(/^fides:/, "");

/** One finding per field, place of the sink and fault. */
export function specialCategory(ctx: Context): Draft[] {
  const faulty = new Map<Fault["k"], Flow[]>();
  for (const flow of ctx.trace.flows) {
    const fault = faultOf(ctx, flow);
    if (fault !== undefined) faulty.set(fault.k, [...(faulty.get(fault.k) ?? []), flow]);
  }
  return [...faulty.values()].flatMap((flows) => arrivals(flows).map((arrival) => draft(ctx, arrival, faultOf(ctx, arrival.flow)!)));
}

function faultOf(ctx: Context, flow: Flow): Fault | undefined {
  const field = ctx.fields.get(flow.field);
  if (field === undefined || !isPersonal(flow.status)) return undefined;
  if (field.special === undefined) return specialOf(field) === undefined ? undefined : { k: "no-exemption", field };
  const collectedFor = ctx.purposes.isAllowed(field, flow.sink.purpose);
  if (field.special !== "explicit-consent") return collectedFor ? undefined : { k: "other-purpose", field };

  const consent = ctx.consents.get(field.consent ?? ctx.purposes.inherited(flow.sink.purpose, "consent") ?? "");
  const given = consent?.mode === "opt-in" && flow.gates.includes(consent.id);
  // The consent of the sink's own purpose is consent to just this; that of the field is to the purposes in `for`.
  if (!collectedFor) return given && field.consent === undefined ? undefined : { k: "other-purpose", field };
  if (given) return undefined;
  if (consent === undefined) return { k: "unproved", field };
  return { k: consent.mode === "opt-out" ? "opt-out" : "ungated", field, consent };
}

function draft(ctx: Context, { flow, accessPaths }: Arrival, fault: Fault): Draft {
  const { field, sink } = flow;
  return onWay(flow, {
    rule: "special-category",
    severity: fault.k === "unproved" ? "note" : "error",
    message: `${field} is data of a special category (Art. 9), and reaches ${sink.id}${within(accessPaths)}, which is for ${sink.purpose}, ${reason(fault)}`,
    remedies: remedies(ctx, flow, fault),
    identity: [fault.k],
  });
}

function reason(fault: Fault): string {
  switch (fault.k) {
    case "no-exemption":
      return `without an exemption of Art. 9(2): its category is ${specialOf(fault.field)}`;
    case "other-purpose":
      return `and ${fault.field.special} lifts the prohibition only for ${list(fault.field.purposes) || "no purpose"}`;
    case "opt-out":
      return `on the consent ${fault.consent.id}, which is an opt-out: explicit consent is a yes`;
    case "ungated":
      return `and no check of the consent ${fault.consent.id} guards it`;
    case "unproved":
      return "on explicit consent that no declared check asks for";
  }
}

function remedies(ctx: Context, flow: Flow, fault: Fault): Remedy[] {
  const away = [drop(flow), deidentify(ctx, flow)];
  const entry = `\`fields.${fault.field.id}\` (${ctx.where(fault.field.place)})`;
  switch (fault.k) {
    case "no-exemption":
      return [
        ...away,
        {
          kind: "declare",
          text: `If an exemption of Art. 9(2) holds, say which: \`special\` of ${entry}, such as \`special: explicit-consent\`.`,
        },
      ];
    case "other-purpose": {
      const text =
        fault.field.special === "explicit-consent"
          ? `Ask for explicit consent to ${flow.sink.purpose}, guard ${at(flow.at)} with its check, and add ${flow.sink.purpose} to \`for\` of ${entry}.`
          : `If ${fault.field.special} holds for ${flow.sink.purpose} as well, add it to \`for\` of ${entry}.`;
      return [...away, { kind: "collect", text }];
    }
    case "opt-out":
      return [
        ...away,
        { kind: "gate", text: `Ask before: an opt-in consent as \`consent\` of ${entry}, whose check guards ${at(flow.at)}.` },
      ];
    case "ungated":
      return [{ kind: "gate", text: guard(ctx, flow, fault.consent) }, ...away];
    case "unproved":
      return [
        {
          kind: "declare",
          text: `Declare the consent under \`consent\`, name it in \`consent\` of ${entry}, and guard ${at(flow.at)} with its check.`,
        },
      ];
  }
}

function guard(ctx: Context, flow: Flow, { id, check, column, place }: Consent): string {
  if (check === undefined && column !== undefined)
    return `Read only rows where \`${column.table}.${column.name}\` is true (\`consent.${id}\`, ${ctx.where(place)}).`;
  const how = check === undefined ? "a `check` that it declares" : `\`${check.text}\``;
  return `Guard ${at(flow.at)} with ${how} (\`consent.${id}\`, ${ctx.where(place)}).`;
}
