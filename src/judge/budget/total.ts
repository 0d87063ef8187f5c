/** What is spent of a budget in all, by this version and by earlier releases, against what there is. */
import type { Budget, Spent as Release } from "../../manifest/model.js";
import type { MechanismCall } from "../../trace/result.js";
import { bounds, least, type Accounting, type Bound } from "../accounting/compose.js";
import type { Loss } from "../accounting/loss.js";
import { aside } from "../aside.js";
import { list, type Context } from "../context.js";
import type { Draft, Remedy } from "../finding.js";
import { dearest, type Spending } from "./exclusive.js";
import { event, number, release } from "./say.js";

/** Calls at one place, on one way, of which the cost is known. */
export interface Spent extends Spending {
  readonly call: MechanismCall;
}

/** A call, and what it costs as often as it is made on the dearest way through the program. */
interface Event {
  readonly call: MechanismCall;
  readonly cost: Loss;
}

/** What is spent on the dearest way, by one theorem or, where there is one that needs less, another. */
interface Total {
  readonly events: readonly Event[];
  readonly bound: Bound | undefined;
}

function totalOf(budget: Budget, spending: readonly Spent[]): Total {
  const before = (budget.spent ?? []).map(lossOf);
  const totals = BY.map((by): Total => {
    const counted = new Set(dearest(spending, by));
    const events = together(spending.filter((one) => counted.has(one)));
    const losses = [...before, ...events.map(({ cost }) => cost)];
    return { events, bound: least(bounds(losses, budget.delta, budget.accounting).filter((one) => one.by === by)) };
  });
  return totals.reduce((best, one) => (isLess(one.bound, best.bound) ? one : best));
}

const BY: readonly Accounting[] = ["basic", "advanced", "zcdp"];

const isLess = (a: Bound | undefined, b: Bound | undefined): boolean => a !== undefined && (b === undefined || a.epsilon < b.epsilon);

/** What one place spends on several ways is one event. */
function together(spending: readonly Spent[]): Event[] {
  const times = new Map<MechanismCall, Loss>();
  for (const { call, loss } of spending) times.set(call, { ...loss, times: loss.times + (times.get(call)?.times ?? 0) });
  return [...times].map(([call, cost]) => ({ call, cost }));
}

/** Events that a message names; more are counted. */
const MOST_EVENTS = 12;

/** Two numbers by which they can be told apart: `0.5000001 of 0.5`. */
const apart = (of: number, budget: number): string =>
  number(of) === number(budget) ? `${String(Number(of.toPrecision(12)))} of ${String(budget)}` : `${number(of)} of ${number(budget)}`;

/** Nothing where the budget holds. `spending` is that of the budget. */
export function overdrawn(ctx: Context, budget: Budget, spending: readonly Spent[]): Draft[] {
  const spent = budget.spent ?? [];
  const { events, bound } = totalOf(budget, spending);
  const parts = list([...events.map(({ call, cost }) => event(call, cost)), ...spent.map(release)], MOST_EVENTS);
  const what =
    bound === undefined
      ? `what is spent of budget ${budget.id} has no ε: Gaussian noise needs a δ, and the budget has ${budget.delta === 0 ? "none" : "none left"}`
      : bound.delta > budget.delta
        ? `budget ${budget.id} is overdrawn: δ ${apart(bound.delta, budget.delta)} is spent, by ${bound.method}`
        : bound.epsilon > budget.epsilon * (1 + ROUNDING)
          ? `budget ${budget.id} is overdrawn: ε ${apart(bound.epsilon, budget.epsilon)} is spent, by ${bound.method}${bound.delta > 0 ? ` at δ ${number(bound.delta)}` : ""}`
          : undefined;
  if (what === undefined) return [];
  const most = [...events].sort((a, b) => weight(b.cost) - weight(a.cost))[0]?.call;
  const remedies: Remedy[] = [
    {
      kind: "correct",
      text: `Draw more noise, or less often, until the sum is within \`budgets.${budget.id}\` (${ctx.where(budget.place)}).`,
    },
  ];
  if (budget.accounting === "basic" || budget.accounting === "advanced")
    remedies.push({
      kind: "declare",
      text: `Leave out \`accounting: ${budget.accounting}\`: the best theorem that holds is used then.`,
    });
  const identity = ["overdrawn", budget.id, ...events.flatMap(({ call }) => [call.symbol, call.text])];
  const at = most ?? ctx.place(budget.place);
  return [aside(at, { rule: "privacy-budget", severity: "error", message: `${what}: ${parts}`, identity, remedies })];
}

/** Sums of decimal fractions end some digits behind where they should. */
const ROUNDING = 1e-9;

function lossOf(spent: Release): Loss {
  return "rho" in spent ? { k: "rho", rho: spent.rho, times: 1 } : { k: "epsilon", epsilon: spent.epsilon, delta: spent.delta, times: 1 };
}

/** Where to show it: the call that costs most, in ε as if it were alone. */
function weight(cost: Loss): number {
  return cost.times * (cost.k === "epsilon" ? cost.epsilon : Math.sqrt(2 * cost.rho));
}
