/**
 * What an entry point may spend, in steps, in objects, and in work over what those hold. The project has so many whole budgets; while there
 * is plenty left each entry point has a whole one, then less and less, and always a little. When the project has overdrawn them, nothing
 * runs again, and that little becomes less: every project comes to an end, and no entry point goes without. What was cut is told.
 *
 * The budget follows the fields: before an entry point comes across one it has a part of its budget only. Who is cut before and comes across
 * one after all begins anew with the whole, so that no field goes through what was not followed; who does not has what is left at the end.
 *
 * One call may cost more than all else: an activation that reads its configuration before it registers its handlers. When the budget is
 * spent, the innermost call that has spent most of it is given up, and what comes behind that call has a further part.
 */
import { LIMITS, type Machine } from "./machine.js";

export interface Purse {
  /** What the project has left, in whole budgets of an entry point. */
  left: number;
  /** The same of what is kept for those that cost little, when nothing else runs again. */
  reserve: number;
  /** The part of a whole budget that the entry point at hand has. */
  share: number;
  /** Has it a part of that only, since it has not come across a declared field? */
  waiting: boolean;
  /** Has it come across one? */
  met: boolean;
  /** Was it cut before? */
  short: boolean;
  /** Was a call given up, so that what comes behind it could be followed? */
  gaveUp: boolean;
  /** How many budgets it has had one after the other, the part of a whole one that the last was, and what was spent before that. */
  turns: number;
  part: number;
  before: Spending;
  /** At its beginning. */
  began: Spending;
  /** It ends behind so many steps, and when the heap has come to these figures. */
  steps: number;
  objects: number;
  work: number;
}

/** Steps, objects and work at a moment. */
export interface Spending {
  readonly steps: number;
  readonly objects: number;
  readonly work: number;
}

export const NOTHING: Spending = { steps: 0, objects: 0, work: 0 };

/** What has been spent by now. */
export const spending = ({ steps, heap }: Machine): Spending => ({ steps, objects: heap.objects.length, work: heap.work });

/** What has been spent since, in whole budgets; `objects` is how many of them one budget has. */
const spentSince = (m: Machine, since: Spending, objects: number = LIMITS.objects): number =>
  Math.max(
    (m.steps - since.steps) / LIMITS.steps,
    (m.heap.objects.length - since.objects) / objects,
    (m.heap.work - since.work) / LIMITS.work,
  );

/** A field has come to where something before it was not followed. Whoever runs is to begin anew. */
export class MetTooLate extends Error {}

export const newPurse = (): Purse => ({
  left: LIMITS.project,
  reserve: LIMITS.reserve,
  share: 1,
  waiting: false,
  met: false,
  short: false,
  gaveUp: false,
  turns: 0,
  part: 1,
  before: NOTHING,
  began: NOTHING,
  steps: 0,
  objects: 0,
  work: 0,
});

/** An entry point begins. `waiting`: it has not come across a declared field. `atLeast`: the part of a whole budget that it has in any case. */
export function open(m: Machine, waiting = false, atLeast = 0): void {
  const { purse } = m;
  m.steps = 0;
  m.exhausted = false;
  purse.share = Math.max(shareOf(purse.left), atLeast);
  purse.began = spending(m);
  purse.waiting = waiting;
  purse.met = !waiting;
  purse.short = false;
  purse.gaveUp = false;
  purse.turns = 0;
  fill(purse, waiting ? purse.share / LIMITS.waiting : purse.share, purse.began);
  m.spent.clear();
  m.heap.searches.laden.clear();
}

/** The part of a whole budget that an entry point has, with so many left. When nothing runs again, the least part becomes less and less. */
function shareOf(left: number): number {
  return left > -LIMITS.overdrawn
    ? Math.min(1, Math.max(leastPart(), left / LIMITS.ample))
    : leastPart() * 2 ** (left / LIMITS.overdrawn + 1);
}

function fill(purse: Purse, part: number, from: Spending): void {
  purse.part = part;
  purse.before = from;
  purse.steps = from.steps + LIMITS.steps * part;
  purse.objects = from.objects + LIMITS.objects * part;
  purse.work = from.work + LIMITS.work * part;
}

/** A call ends that began with so much spent: if it has spent most of the last budget, and that is spent, those behind it have another one. */
export function goOnBehind(m: Machine, began: Spending): void {
  const { purse } = m;
  if (!m.exhausted || purse.waiting || purse.turns >= LIMITS.turns) return;
  const since = began.steps > purse.before.steps ? began : purse.before;
  if (spentSince(m, since) < purse.part / 2) return;
  purse.turns++;
  purse.gaveUp = true;
  m.exhausted = false;
  fill(purse, purse.part / LIMITS.behind, spending(m));
}

/** A declared field has come: now the entry point has all of its budget, from its beginning if it was cut before: {@link MetTooLate}. */
export function meetField(m: Machine): void {
  const { purse } = m;
  if (!purse.waiting) return;
  purse.waiting = false;
  purse.met = true;
  purse.short = m.exhausted;
  if (m.exhausted) throw new MetTooLate("a field has come after a cut");
  fill(purse, purse.share, purse.began);
}

/** Has the entry point spent more than it may? */
export const isEmpty = ({ purse, heap, steps }: Machine): boolean =>
  steps > purse.steps || heap.objects.length > purse.objects || heap.work > purse.work;

/** The least part of a whole budget, as long as there is plenty. */
export const leastPart = (): number => 1 / LIMITS.least;

/** Is there enough left for whatever has run before to run again? What runs for the first time always may; that, too, is at the project's expense. */
export const maySpendMore = ({ purse }: Machine): boolean => purse.left > -LIMITS.overdrawn;

/** May what cost so much, in whole budgets, run again? What costs no more than the least part may for longer, from what is kept for it. */
export const mayRunAgain = (m: Machine, cost: number): boolean => maySpendMore(m) || (cost <= leastPart() && m.purse.reserve > 0);

/** Is there enough left for those that were cut before they came across a field? */
export const hasLeft = ({ purse }: Machine): boolean => purse.left > 0;

/** The budget, for people. */
export const budgetOf = ({ purse: { share } }: Machine): string =>
  share === 1 ? "the budget" : `${share < 0.01 ? "less than 1" : Math.round(share * 100)} % of a budget, all that the project could spare,`;

/** An entry point has ended: what it has spent most of counts. Gives what it cost, in whole budgets. */
export function close(m: Machine): number {
  const { purse } = m;
  if (purse.waiting) purse.short = m.exhausted;
  purse.waiting = false;
  const cost = spentSince(m, purse.began, LIMITS.objectsOfProject);
  purse.left -= cost;
  return cost;
}
