/**
 * What an entry point may spend, in steps, in objects, and in work over what those hold. The project has so many whole budgets; while there
 * is plenty left each entry point has a whole one, then less and less, and always a little: every project comes to an end, and no entry
 * point goes without. When that has been overdrawn, too, nothing runs again. What was cut is told.
 */
import { LIMITS, type Machine } from "./machine.js";

export interface Purse {
  /** What the project has left, in whole budgets of an entry point. */
  left: number;
  /** The part of a whole budget that the entry point at hand has. */
  share: number;
  /** It ends behind so many steps, and when the heap has come to these figures. */
  steps: number;
  objects: number;
  work: number;
}

export const newPurse = (): Purse => ({ left: LIMITS.project, share: 1, steps: 0, objects: 0, work: 0 });

/** An entry point begins. */
export function open(m: Machine): void {
  const { purse, heap } = m;
  purse.share = Math.min(1, Math.max(1 / LIMITS.least, purse.left / LIMITS.ample));
  purse.steps = LIMITS.steps * purse.share;
  purse.objects = heap.objects.length + LIMITS.objects * purse.share;
  purse.work = heap.work + LIMITS.work * purse.share;
  m.steps = 0;
  m.exhausted = false;
  m.spent.clear();
}

/** Has the entry point spent more than it may? */
export const isEmpty = ({ purse, heap, steps }: Machine): boolean =>
  steps > purse.steps || heap.objects.length > purse.objects || heap.work > purse.work;

/** May what has run before run again? What runs for the first time always may; that, too, is at the project's expense. */
export const maySpendMore = ({ purse }: Machine): boolean => purse.left > -LIMITS.ample;

/** The budget, for people. */
export const budgetOf = ({ purse: { share } }: Machine): string =>
  share === 1 ? "the budget" : `${Math.round(share * 100)} % of a budget, all that the project could spare,`;

/** An entry point has ended: what it has spent most of counts. */
export function close({ purse, heap, steps }: Machine): void {
  purse.left -= Math.max(
    steps / LIMITS.steps,
    purse.share - (purse.objects - heap.objects.length) / LIMITS.objects,
    purse.share - (purse.work - heap.work) / LIMITS.work,
  );
}
