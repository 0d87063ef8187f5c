/**
 * consent (Art. 6(1)(a), 7) and opt-out (Art. 21; CPRA): a field reaches a sink whose purpose rests on a consent, and no check of it guards
 * the way. Both are one law with the sign turned round: an opt-in must have said yes, an opt-out must not have said no.
 */
import { isAsked, type Consent } from "../manifest/model.js";
import type { Flow, MissingGate } from "../trace/result.js";
import { restsOnConsent } from "./assessment.js";
import { within } from "./carrier.js";
import { at, list, type Context } from "./context.js";
import type { Draft, Remedy, RuleId } from "./finding.js";
import { arrivals, type Arrival } from "./group.js";
import { limitationVerdict } from "./limitation.js";
import { isExcess } from "./minimization.js";
import { onWay } from "./on-way.js";
import { deidentify, drop, undeclare } from "./remedies.js";
import { isForbidden } from "./special-category.js";
import { isPersonal } from "./status.js";

export const consent = (ctx: Context): Draft[] => ungated(ctx, "opt-in", "consent");

export const optOut = (ctx: Context): Draft[] => ungated(ctx, "opt-out", "opt-out");

/** Does the flow lack the consent that its sink's purpose rests on? */
export const isUngated = (ctx: Context, flow: Flow): boolean => neededBy(ctx, flow) !== undefined;

/** The consent that the flow needs and does not have. */
function neededBy(ctx: Context, flow: Flow): Consent | undefined {
  const id = ctx.purposes.inherited(flow.sink.purpose, "consent");
  const needed = id === undefined ? undefined : ctx.consents.get(id);
  if (needed === undefined || !isPersonal(flow.status) || flow.gates.includes(needed.id)) return undefined;
  if (needed.mode === "opt-in") return isAsked(needed) && restsOnConsent(ctx, flow.sink.purpose) ? needed : undefined;
  return isAsked(needed) || needed.signals.length > 0 ? needed : undefined;
}

/** One finding per field and place of the sink; none for what may not arrive at all, whoever consents: that is told once. */
function ungated(ctx: Context, mode: Consent["mode"], rule: RuleId): Draft[] {
  const flows = ctx.trace.flows.filter(
    (flow) =>
      neededBy(ctx, flow)?.mode === mode && limitationVerdict(ctx, flow) !== "violation" && !isExcess(flow) && !isForbidden(ctx, flow),
  );
  return arrivals(flows).map((arrival) => draft(ctx, arrival, neededBy(ctx, arrival.flow)!, rule));
}

function draft(ctx: Context, { flow, accessPaths }: Arrival, needed: Consent, rule: RuleId): Draft {
  const { field, sink } = flow;
  const rests = needed.mode === "opt-in" ? `rests on the consent ${needed.id}` : `is only for who has not opted out (${needed.id})`;
  return onWay(flow, {
    rule,
    severity: "error",
    message: `${field} reaches ${sink.id}${within(accessPaths)}, which is for ${sink.purpose}: that ${rests}, and ${reason(needed, flow.missing)}`,
    remedies: [gate(ctx, flow, needed), ...undeclare(ctx, flow), drop(flow), deidentify(ctx, flow)],
    identity: [needed.id],
  });
}

function reason({ check, column, mode, signals }: Consent, missing: MissingGate | undefined): string {
  const name = check !== undefined ? `\`${check.text}\`` : column !== undefined ? `for \`${column.table}.${column.name}\`` : "its check";
  if (missing === undefined || missing.why === "never") return `nothing on the way asks ${name}`;
  const asked = missing.at === null ? name : `${name} at ${at(missing.at)}`;
  switch (missing.why) {
    case "ignored":
      return `what ${asked} answers does not decide it`;
    case "promise":
      return `${asked} gives a promise, which is no answer until it is awaited`;
    case "denied":
      return mode === "opt-in" ? `it gets there where ${asked} says no` : `it gets there where ${asked} says that they have opted out`;
    case "other":
      return `${asked} asks about somebody else, or somebody before`;
    case "after":
      return `${asked} is asked only afterwards`;
    case "cached":
      return `the answer of ${asked} is kept from an earlier time`;
    case "default":
      return `a default stands in for the answer of ${asked}`;
    case "or":
      return `another condition is enough beside ${asked}`;
    case "catch":
      return `what refuses at ${at(missing.at!)} is caught, and the way goes on`;
    case "signal":
      return `the signal ${list(signals)} is not asked for`;
    case "undecided":
      return `it also gets there without ${asked} in favour`;
  }
}

/** What stands in the way of an answer that is asked for already: another question beside it would meet the same. */
function first(missing: MissingGate | undefined, mode: Consent["mode"]): string {
  switch (missing?.why) {
    case "default":
      return `Let no answer be ${mode === "opt-in" ? "a no" : "no leave"}: without the default in its favour. `;
    case "or":
      return "Ask for the other condition as well (`&&`), not instead. ";
    case "catch":
      return "Leave the way where the refusal is caught. ";
    case "cached":
      return "Ask anew each time, without keeping the answer. ";
    case "promise":
      return "Await the answer. ";
    default:
      return "";
  }
}

function gate(ctx: Context, flow: Flow, needed: Consent): Remedy {
  const { check, column, mode, id, place } = needed;
  const entry = `\`consent.${id}\`, ${ctx.where(place)}`;
  if (check === undefined && column !== undefined)
    return {
      kind: "gate",
      text: `Read only rows where \`${column.table}.${column.name}\` is ${mode === "opt-in" ? "true" : "false"}: as a condition of the query that must hold (${entry}).`,
    };
  if (check === undefined) return { kind: "gate", text: `Ask for the signal ${list(needed.signals)} before ${at(flow.at)} (${entry}).` };
  const call = `${check.path.at(-1) ?? check.text}(…)`;
  const leave = mode === "opt-in" ? `if (!${call}) return` : `if (${call}) return`;
  const signal = needed.signals.length > 0 ? `, and ask for the signal ${list(needed.signals)}` : "";
  return {
    kind: "gate",
    text: `${first(flow.missing, mode)}Guard ${at(flow.at)} with \`${check.text}\` for the person whose data it is${signal}: \`${leave}\` before it, on every way, with \`await\` if it gives a promise (${entry}).`,
  };
}
