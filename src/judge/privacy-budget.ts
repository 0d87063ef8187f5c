/** privacy-budget (Art. 25, 32): what mechanisms of differential privacy spend on a model's life, against its budget. */
import type { Budget } from "../manifest/model.js";
import type { MechanismCall } from "../trace/result.js";
import { aside } from "./aside.js";
import { isLoss, costOf } from "./budget/cost.js";
import { flaw, mechanism, number } from "./budget/say.js";
import { overdrawn, type Spent } from "./budget/total.js";
import type { Context } from "./context.js";
import type { Draft, Remedy, Severity } from "./finding.js";

/** Below, what comes out is mostly noise: odds ratios begin to invert; above, e^ε leaves little of the promise. */
export const SENSIBLE = { least: 0.1, most: 10 } as const;

/** A δ of one in so many lets a mechanism give away all of one of so many people; it belongs below one in the number of people (Dwork and Roth 2014, 2.3). */
const MOST_DELTA = 1e-3;

export function privacyBudget(ctx: Context): Draft[] {
  const calls = ctx.trace.privacy?.calls ?? [];
  return [
    ...calls.flatMap((call) => ofCall(ctx, call)),
    ...ctx.manifest.budgets.flatMap((budget) => [...overdrawn(ctx, budget, spendingOf(calls, budget)), ...generous(ctx, budget)]),
    ...unsafe(ctx),
  ];
}

/** Calls whose cost is known, by the ways that they are on. */
function spendingOf(calls: readonly MechanismCall[], budget: Budget): Spent[] {
  return calls.flatMap((call) => {
    const cost = costOf(call);
    if (call.transform.budget !== budget.id || !isLoss(cost) || typeof call.times === "string") return [];
    return call.parts.map(({ arms, times }) => ({ call, arms, loss: { ...cost, times } }));
  });
}

/** What can be said of one call, whatever the others do. */
function ofCall(ctx: Context, call: MechanismCall): Draft[] {
  const { transform, times } = call;
  const cost = costOf(call);
  const out: Draft[] = [];
  const add = (kind: string, severity: Severity, message: string, remedy: Remedy): void => {
    const identity = [kind, transform.locator.text, call.symbol, call.text];
    out.push(aside(call, { rule: "privacy-budget", severity, message, identity, remedies: [remedy] }));
  };
  const entry = `\`transforms\` (${ctx.where(transform.place)})`;
  if (!isLoss(cost)) {
    const isDeclared = cost.k === "unreadable" || cost.k === "impossible";
    // A claim without a budget promises nothing that can be held against it.
    if (cost.k !== "undeclared" || transform.budget !== undefined)
      add(
        cost.k,
        cost.k === "unreadable" || cost.k === "undeclared" ? "warning" : "error",
        flaw(call, cost),
        isDeclared
          ? { kind: "correct", text: "Give it a constant of the program: a literal, a `const`, a property of a checked-in configuration." }
          : { kind: "declare", text: `Say in ${entry} what it spends: \`epsilon\` (and \`delta\`), or \`mechanism\` and \`scale\`.` },
      );
  } else if (cost.k === "epsilon" && (cost.epsilon < SENSIBLE.least || cost.epsilon > SENSIBLE.most))
    add("range", "warning", `${mechanism(call)} is called with ε ${number(cost.epsilon)}, ${outside(cost.epsilon)}`, {
      kind: "correct",
      text: `Choose an ε from ${SENSIBLE.least} to ${SENSIBLE.most}; most products use 1 to 10 for all releases of a model together.`,
    });
  if (isLoss(cost) && cost.k === "epsilon" && cost.delta > MOST_DELTA)
    add("delta", "warning", `${mechanism(call)} is called with δ ${number(cost.delta)}, ${large(cost.delta)}`, {
      kind: "correct",
      text: LESS,
    });
  if (typeof times === "string")
    add("unbounded", "error", `${mechanism(call)} draws noise ${WHERE[times]}: what it spends has no bound`, {
      kind: "correct",
      text: "Draw it a number of times that the code fixes, or once, and use the result again: what is drawn once can be read any number of times.",
    });
  if (transform.budget === undefined && ctx.manifest.budgets.length > 0)
    add("no-budget", "warning", `${mechanism(call)} spends from no budget: what it costs is not counted`, {
      kind: "declare",
      text: `Name its \`budget\` in ${entry}.`,
    });
  return out;
}

const WHERE: Readonly<Record<Exclude<MechanismCall["times"], number>, string>> = {
  loop: "in a loop of which nobody knows how often it turns",
  handler: "each time somebody outside asks for it (a request, a message, an interval)",
  recursion: "in a recursion of which nobody knows how deep it goes",
};

function outside(epsilon: number): string {
  return epsilon < SENSIBLE.least
    ? `below ${SENSIBLE.least}: results become unreliable, what comes out is mostly noise`
    : `above ${SENSIBLE.most}: that protects little, an attacker's odds may change by a factor of e^${number(epsilon)}`;
}

const large = (delta: number): string =>
  `above ${MOST_DELTA}: that allows to give away all of one in ${number(Math.max(2, Math.floor(1 / delta)))} people`;

const LESS = "Choose a δ well below one in the number of people: 1e-6 for a million.";

function generous(ctx: Context, { id, epsilon, delta, place }: Budget): Draft[] {
  const warn = (kind: string, message: string, text: string): Draft =>
    aside(ctx.place(place), {
      rule: "privacy-budget",
      severity: "warning",
      message: `budget ${id} has ${message}`,
      identity: [kind, id],
      remedies: [{ kind: "correct", text }],
    });
  const isSensible = epsilon >= SENSIBLE.least && epsilon <= SENSIBLE.most;
  return [
    ...(isSensible
      ? []
      : [
          warn(
            "range",
            `ε ${number(epsilon)}, ${outside(epsilon)}`,
            `Choose a budget from ${SENSIBLE.least} to ${SENSIBLE.most} (${ctx.where(place)}).`,
          ),
        ]),
    ...(delta > MOST_DELTA ? [warn("delta", `δ ${number(delta)}, ${large(delta)}`, LESS)] : []),
  ];
}

/** `Math.random` can be predicted from what it has given: who predicts the noise takes it away again. */
function unsafe(ctx: Context): Draft[] {
  return (ctx.trace.privacy?.unsafeNoise ?? []).map((noise) =>
    aside(noise, {
      rule: "privacy-budget",
      severity: "error",
      message: `noise of ${mechanism(noise)} comes from \`Math.random\`, which can be predicted: it protects nobody`,
      identity: ["random", noise.transform.locator.text, noise.symbol, noise.text],
      remedies: [{ kind: "correct", text: "Draw it from `crypto.getRandomValues` or `crypto.randomInt`, or use a reviewed library." }],
    }),
  );
}
