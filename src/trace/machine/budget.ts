/**
 * Budgets. An activation is analysed for each call, so that helpers keep their callers apart; functions that call each other in loops
 * and on many ways would be run more often than there is time for. What is beyond its budget is taken for a library's function: what goes
 * in comes out.
 */
import type { FunctionFacts } from "../../facts/ir.js";
import { lastingly } from "../domain/heap.js";
import { joinLabels, NO_LABELS, type Site } from "../domain/labels.js";
import type { Value } from "../domain/value.js";
import { argLabels, callBack } from "./call.js";
import { typeIn } from "./declared.js";
import { allLabels, labelDeep, stepLabels } from "./deep.js";
import { LIMITS, type Args, type Code, type Machine } from "./machine.js";
import { isEmpty, NOTHING, spending, type Spending } from "./purse.js";
import { promiseOf } from "./promise.js";
import { recalled, withCall, type Remembered } from "./remembered.js";
import { unknown } from "./unknown.js";

/** What one function has cost the root that runs. */
export interface Spent {
  calls: number;
  /** Recursions that it was the outermost head of. */
  heads: number;
  /** Steps of its finished outermost activations, and their work. */
  steps: number;
  work: number;
  /** Its activations on the stack, and what had been spent when the outermost began. */
  active: number;
  began: Spending;
  /** What its calls give that are not followed any more: one value for all that the same labels go into. */
  readonly results: Map<string, Value>;
  /** Calls since it has cost much. */
  costly: number;
  /** What those that were followed gave, once it has cost much. */
  remembered: Remembered | null;
}

/** A function that has cost this share of its budget may well be beyond it soon. */
const MUCH = 1 / 4;

export const spentBy = (m: Machine, fn: FunctionFacts): Spent => {
  let spent = m.spent.get(fn);
  if (spent === undefined)
    m.spent.set(
      fn,
      (spent = { calls: 0, heads: 0, steps: 0, work: 0, active: 0, began: NOTHING, costly: 0, results: new Map(), remembered: null }),
    );
  return spent;
};

/** Runs an activation at the function's expense. */
export function charged<T>(m: Machine, fn: FunctionFacts, run: () => T): T {
  const spent = spentBy(m, fn);
  spent.calls++;
  if (spent.active++ === 0) spent.began = spending(m);
  const out = run();
  if (--spent.active === 0) {
    spent.steps += m.steps - spent.began.steps;
    spent.work += m.heap.work - spent.began.work;
  }
  return out;
}

/** So many calls of a function that costs much are all remembered, and one in so many of those behind them: to search what goes in costs more than a small call. */
const ALL_REMEMBERED = 64;
const ONE_IN = 16;

/** Keeps what a call gave, if its function costs much and the call was none of its own. */
export function remember(m: Machine, fn: FunctionFacts, self: Value, args: Args, gave: Value, site: Site): void {
  const spent = spentBy(m, fn);
  if (spent.active > 0 || (spent.steps < LIMITS.functionSteps * MUCH && spent.work < LIMITS.functionWork * MUCH)) return;
  const count = spent.costly++;
  if (count >= ALL_REMEMBERED && count % ONE_IN !== 0) return;
  spent.remembered = withCall(m, spent.remembered, self, args, gave, site);
}

function isSpent(m: Machine, fn: FunctionFacts): boolean {
  const spent = m.spent.get(fn);
  if (spent === undefined || spent.calls < LIMITS.functionCalls) return false;
  const { steps, work } = spent.active > 0 ? spent.began : spending(m);
  return spent.steps + m.steps - steps > LIMITS.functionSteps || spent.work + m.heap.work - work > LIMITS.functionWork;
}

/** Why a call is not followed, if it is not. */
export function beyond(
  m: Machine,
  fn: FunctionFacts,
): { readonly kind: "budget-limit" | "depth-limit"; readonly reason: string } | undefined {
  if (isEmpty(m)) m.exhausted = true;
  if (m.exhausted) return { kind: "budget-limit", reason: "the budget of this entry point was spent before this call" };
  if (m.stack.length >= LIMITS.callDepth) return { kind: "depth-limit", reason: `calls nested more than ${LIMITS.callDepth} deep` };
  if (!isSpent(m, fn)) return undefined;
  const name = fn.name === "" ? "this function" : `\`${fn.name}\``;
  return { kind: "budget-limit", reason: `${name} has been followed many times from here, and costs too much to be followed again` };
}

/** A call that is not followed: its result is of its declared type and bears what goes in. */
export function notFollowed(
  m: Machine,
  code: Code,
  self: Value,
  args: Args,
  site: Site,
  why: NonNullable<ReturnType<typeof beyond>>,
): Value {
  m.cut++;
  const labels = joinLabels(argLabels(m, args), allLabels(m, self));
  if (labels.length > 0) m.blind(why.kind, site, why.reason, labels);
  if (!m.exhausted) callBack(m, args, labels, site);
  const spent = spentBy(m, code.fn);
  const gave = spent.remembered && recalled(m, spent.remembered, self, args, site);
  if (gave !== null) return code.fn.async ? promiseOf(m, gave, site) : gave;
  const type = code.fn.returnType && typeIn(m, code, code.fn.returnType);
  const made = (): Value => lastingly(m.heap, () => unknown(m, site, NO_LABELS, type));
  const key = labels.map((l) => l.id).join(",");
  const result = spent.results.get(key) ?? made();
  spent.results.set(key, result);
  return labelDeep(m, result, stepLabels(m, labels, site, "library"));
}
