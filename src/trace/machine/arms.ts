/**
 * Ways of which one is taken: the two of an `if`, the cases of a `switch`. Every way is run, and what each does is told; who counts has to
 * know which of it cannot have happened together. Kept only where somebody counts ({@link Hooks.counts}).
 */
import type { Stmt } from "../../facts/ir.js";
import type { Arm } from "../result.js";
import { siteOf, type Machine } from "./machine.js";

/** Runs one way of several at a place of the code; `way` tells it from the others. */
export function onArm<Result>(m: Machine, at: { readonly at: number; readonly end: number }, way: number, run: () => Result): Result {
  if (!m.hooks.counts) return run();
  const { arms } = m;
  m.arms = [...arms, armOf(m, at, way)];
  const out = run();
  m.arms = arms;
  return out;
}

/**
 * What runs once, on whichever way something is left: each run of what this gives is on another way than the others, and as often as where
 * this is called, also out of a loop.
 */
export function onWaysOut(m: Machine, at: { readonly at: number; readonly end: number }): (run: () => void) => void {
  if (!m.hooks.counts)
    return (run) => {
      run();
    };
  const before = { arms: m.arms, turns: m.turns };
  const { choice } = armOf(m, at, 0);
  let ways = 0;
  return (run) => {
    const { arms, turns } = m;
    m.arms = [...before.arms, { choice, way: ways++ }];
    m.turns = before.turns;
    run();
    m.arms = arms;
    m.turns = turns;
  };
}

/** Whatever is on the way now, what is run here is on none: it may be run for others as well. */
export function onNoArm<Result>(m: Machine, run: () => Result): Result {
  const { arms } = m;
  m.arms = NO_ARMS;
  const out = run();
  m.arms = arms;
  return out;
}

export const NO_ARMS: readonly Arm[] = [];

export const THEN = 0;
export const ELSE = 1;

/** What stands behind an `if` that leaves, in its list of statements, is on the other way. Whoever runs the list restores the ways behind it. */
export function behind(m: Machine, s: Stmt): void {
  if (!m.hooks.counts || s.s !== "if") return;
  const way = leaves(s.then) ? ELSE : s.else !== undefined && leaves(s.else) ? THEN : undefined;
  if (way !== undefined) m.arms = [...m.arms, armOf(m, s, way)];
}

/** Does it never come to what stands behind it? */
export function leaves(body: readonly Stmt[]): boolean {
  const last = body.at(-1)?.s;
  return last === "return" || last === "throw" || last === "break" || last === "continue";
}

/** A choice is made anew in each activation and turn, which have paths of their own. */
function armOf(m: Machine, at: { readonly at: number; readonly end: number }, way: number): Arm {
  const { file } = siteOf(m, at);
  return { choice: `${m.path}|${file}:${at.at}-${at.end}`, way };
}
