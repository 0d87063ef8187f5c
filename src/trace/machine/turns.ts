/** How many turns a loop that counts has left: `for (let i = 0; i < 1000; i++)`, with the numbers as they are when the loop runs. */
import type { Expr, Stmt } from "../../facts/ir.js";
import { exact } from "../domain/value.js";
import { evaluate } from "./eval.js";
import type { Machine } from "./machine.js";

/** Told as a turn goes along; `count` gives the number of turns from that one on, infinite while it is not known. */
export interface Counting {
  begins(): void;
  updates(): void;
  ends(): void;
  count(): number;
}

/**
 * The first turn of a fixpoint begins with the exact state of the last turn that was run for itself. If its body leaves the counter and
 * its limit alone, and the update moves the counter by a step, so do the other turns.
 */
export function countTurns(m: Machine, s: Stmt & { s: "loop" }): Counting | null {
  const { test } = s;
  if (s.update === undefined || test?.e !== "binary" || !(test.op in LEFT) || test.l.e !== "var" || !isPlain(test.r)) return null;
  const number = (e: Expr): number | undefined => {
    const value = exact(evaluate(m, e));
    return typeof value === "number" ? value : undefined;
  };
  let count = Infinity;
  let pass = 0;
  let from: number | undefined;
  let to: number | undefined;
  return {
    begins: () => {
      if (++pass > 1) return;
      from = number(test.l);
      to = number(test.r);
    },
    updates: () => {
      if (pass === 1 && (number(test.l) !== from || number(test.r) !== to)) from = undefined;
    },
    ends: () => {
      const next = pass === 1 ? number(test.l) : undefined;
      if (from !== undefined && to !== undefined && next !== undefined) count = LEFT[test.op as keyof typeof LEFT](from, to, next - from);
    },
    count: () => count,
  };
}

/** Can it be looked at again without doing anything? */
const isPlain = (e: Expr): boolean =>
  e.e === "const" || e.e === "var" || e.e === "import" || (e.e === "member" && e.key.e === "const" && isPlain(e.o));

/** Turns with the counter at `from`, `from + step` … as long as the test holds. */
const LEFT = {
  "<": (from: number, to: number, step: number): number => turns(Math.ceil((to - from) / step), step > 0),
  "<=": (from: number, to: number, step: number): number => turns(Math.floor((to - from) / step) + 1, step > 0),
  ">": (from: number, to: number, step: number): number => turns(Math.ceil((to - from) / step), step < 0),
  ">=": (from: number, to: number, step: number): number => turns(Math.floor((to - from) / step) + 1, step < 0),
} as const;

const turns = (count: number, ends: boolean): number => (ends ? Math.max(0, count) : Infinity);
