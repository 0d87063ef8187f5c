/**
 * How many turns a loop has left, or may have at most: `for (let i = 0; i < 1000; i++)`, with the numbers as they are when the loop runs; `i < Math.min(n, 5)`;
 * `for (const row of rows.slice(0, 3))`, `rows.slice(0, 3).forEach(…)`.
 */
import type { Expr, Stmt } from "../../facts/ir.js";
import { objectsOf } from "../domain/heap.js";
import { exact, type Value } from "../domain/value.js";
import { evaluate } from "./eval.js";
import { arrayItems } from "./iterate.js";
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
  const number = (e: Expr): number | undefined => numberAt(m, e);
  const limit = (): number | undefined => (test.op === "<" || test.op === "<=" ? atMost(m, test.r) : number(test.r));
  let count = Infinity;
  let pass = 0;
  let from: number | undefined;
  let to: number | undefined;
  return {
    begins: () => {
      if (++pass > 1) return;
      from = number(test.l);
      to = limit();
    },
    updates: () => {
      if (pass === 1 && (number(test.l) !== from || limit() !== to)) from = undefined;
    },
    ends: () => {
      const next = pass === 1 ? number(test.l) : undefined;
      if (from !== undefined && to !== undefined && next !== undefined) count = LEFT[test.op as keyof typeof LEFT](from, to, next - from);
    },
    count: () => count,
  };
}

function numberAt(m: Machine, e: Expr): number | undefined {
  const value = exact(evaluate(m, e));
  return typeof value === "number" ? value : undefined;
}

/** A number that the expression is never above. */
function atMost(m: Machine, e: Expr): number | undefined {
  const known = smallest(e).flatMap((arg) => numberAt(m, arg) ?? []);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** The arguments of `Math.min`; else the expression itself. */
const smallest = (e: Expr): readonly Expr[] =>
  e.e === "call" && nameOf(e.f, "min") && e.f.e === "member" && e.f.o.e === "global" && e.f.o.name === "Math"
    ? e.args.flatMap((arg) => (arg.e === "spread" ? [] : smallest(arg)))
    : [e];

const nameOf = (e: Expr, name: string): boolean => e.e === "member" && e.key.e === "const" && e.key.v === name;

/** Can it be looked at again without doing anything? */
const isPlain = (e: Expr): boolean =>
  e.e === "const" ||
  e.e === "var" ||
  e.e === "import" ||
  (e.e === "member" && e.key.e === "const" && isPlain(e.o)) ||
  (e.e === "call" && smallest(e)[0] !== e && smallest(e).every(isPlain));

/** What these give is a new list, with no more elements than the one that they are called on. */
const NO_LONGER = ["map", "filter", "toSorted", "toReversed", "entries", "keys", "values", "slice"];

/**
 * How many elements a list has at most that an expression has just made and nothing else holds, so that nobody adds to it: as many as it has,
 * `Array.from({ length: 100 })`, or as many as there are in a part of another, `rows.slice(0, 3)`.
 */
export function elementsAtMost(m: Machine, e: Expr, list: Value): number {
  if (!isMade(e)) return Infinity;
  const [obj, ...others] = objectsOf(m.heap, list);
  const items = obj?.kind === "array" && others.length === 0 && !obj.summary ? arrayItems(obj) : undefined;
  return Math.min(items?.rest === null ? items.list.length : Infinity, partAtMost(m, e));
}

const isMade = (e: Expr): boolean =>
  e.e === "array" || ((e.e === "call" || e.e === "new") && (isArrayOf(e.f) || NO_LONGER.some((name) => nameOf(e.f, name))));

/** `Array`, and its functions. */
const isArrayOf = (e: Expr): boolean => (e.e === "global" && e.name === "Array") || (e.e === "member" && isArrayOf(e.o));

function partAtMost(m: Machine, e: Expr): number {
  if (e.e !== "call" || e.f.e !== "member" || !NO_LONGER.some((name) => nameOf(e.f, name))) return Infinity;
  const [from, to] = e.args;
  const whole = partAtMost(m, e.f.o);
  if (!nameOf(e.f, "slice") || from?.e !== "const" || to === undefined || to.e === "spread" || !isPlain(to)) return whole;
  const [first, end] = [numberAt(m, from), atMost(m, to)];
  return first === undefined || end === undefined || first < 0 || end < 0 ? whole : Math.min(whole, Math.max(0, end - first));
}

/** Turns with the counter at `from`, `from + step` … as long as the test holds. */
const LEFT = {
  "<": (from: number, to: number, step: number): number => turns(Math.ceil((to - from) / step), step > 0),
  "<=": (from: number, to: number, step: number): number => turns(Math.floor((to - from) / step) + 1, step > 0),
  ">": (from: number, to: number, step: number): number => turns(Math.ceil((to - from) / step), step < 0),
  ">=": (from: number, to: number, step: number): number => turns(Math.floor((to - from) / step) + 1, step < 0),
} as const;

const turns = (count: number, ends: boolean): number => (ends ? Math.max(0, count) : Infinity);
