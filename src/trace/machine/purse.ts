/**
 * What an entry point may spend, in steps, in objects, and in work over what those hold. The project has so many whole budgets; while there
 * is plenty left each entry point has a whole one, then less and less, and always a little. When the project has overdrawn them, nothing
 * runs again, and that little becomes less: every project comes to an end, and no entry point goes without. What was cut is told.
 *
 * The budget follows the fields: before an entry point comes across one it has a part of its budget only. Who is cut before and comes across
 * one after all begins anew with the whole, so that no field goes through what was not followed; who does not has what is left at the end.
 */
import { LIMITS, type Machine } from "./machine.js";

export interface Purse {
  /** What the project has left, in whole budgets of an entry point. */
  left: number;
  /** The part of a whole budget that the entry point at hand has. */
  share: number;
  /** Has it a part of that only, since it has not come across a declared field? */
  waiting: boolean;
  /** Has it come across one? */
  met: boolean;
  /** Was it cut before? */
  short: boolean;
  /** Objects and work at its beginning. */
  began: { readonly objects: number; readonly work: number };
  /** It ends behind so many steps, and when the heap has come to these figures. */
  steps: number;
  objects: number;
  work: number;
}

/** A field has come to where something before it was not followed. Whoever runs is to begin anew. */
export class MetTooLate extends Error {}

export const newPurse = (): Purse => ({
  left: LIMITS.project,
  share: 1,
  waiting: false,
  met: false,
  short: false,
  began: { objects: 0, work: 0 },
  steps: 0,
  objects: 0,
  work: 0,
});

/** An entry point begins. `waiting`: it has not come across a declared field. */
export function open(m: Machine, waiting = false): void {
  const { purse, heap } = m;
  purse.share = shareOf(purse.left);
  purse.began = { objects: heap.objects.length, work: heap.work };
  purse.waiting = waiting;
  purse.met = !waiting;
  purse.short = false;
  fill(purse, waiting ? purse.share / LIMITS.waiting : purse.share);
  m.steps = 0;
  m.exhausted = false;
  m.spent.clear();
}

/** The part of a whole budget that an entry point has, with so many left. When nothing runs again, the least part becomes less and less. */
function shareOf(left: number): number {
  const least = 1 / LIMITS.least;
  return left > -LIMITS.overdrawn ? Math.min(1, Math.max(least, left / LIMITS.ample)) : least * 2 ** (left / LIMITS.overdrawn + 1);
}

function fill(purse: Purse, part: number): void {
  purse.steps = LIMITS.steps * part;
  purse.objects = purse.began.objects + LIMITS.objects * part;
  purse.work = purse.began.work + LIMITS.work * part;
}

/** A declared field has come: now the entry point has all of its budget, from its beginning if it was cut before: {@link MetTooLate}. */
export function meetField(m: Machine): void {
  const { purse } = m;
  if (!purse.waiting) return;
  purse.waiting = false;
  purse.met = true;
  purse.short = m.exhausted;
  if (m.exhausted) throw new MetTooLate("a field has come after a cut");
  fill(purse, purse.share);
}

/** Has the entry point spent more than it may? */
export const isEmpty = ({ purse, heap, steps }: Machine): boolean =>
  steps > purse.steps || heap.objects.length > purse.objects || heap.work > purse.work;

/** May what has run before run again? What runs for the first time always may; that, too, is at the project's expense. */
export const maySpendMore = ({ purse }: Machine): boolean => purse.left > -LIMITS.overdrawn;

/** Is there enough left for those that were cut before they came across a field? */
export const hasLeft = ({ purse }: Machine): boolean => purse.left > 0;

/** The budget, for people. */
export const budgetOf = ({ purse: { share } }: Machine): string =>
  share === 1 ? "the budget" : `${share < 0.01 ? "less than 1" : Math.round(share * 100)} % of a budget, all that the project could spare,`;

/** An entry point has ended: what it has spent most of counts. */
export function close(m: Machine): void {
  const { purse, heap, steps } = m;
  if (purse.waiting) purse.short = m.exhausted;
  purse.waiting = false;
  const { objects, work } = purse.began;
  purse.left -= Math.max(steps / LIMITS.steps, (heap.objects.length - objects) / LIMITS.objects, (heap.work - work) / LIMITS.work);
}
