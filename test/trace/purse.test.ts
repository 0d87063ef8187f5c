/** The project's budget: entry points have less and less of one, and always a little; what is cut is told. */
import { expect, it } from "vitest";
import { run } from "./program.js";
import { newSearches } from "../../src/trace/domain/searches.js";
import { LIMITS, type Machine } from "../../src/trace/machine/machine.js";
import {
  budgetOf,
  close,
  goOnBehind,
  isEmpty,
  mayRunAgain,
  maySpendMore,
  meetField,
  MetTooLate,
  newPurse,
  open,
  spending,
} from "../../src/trace/machine/purse.js";

/** Of the machine only what a purse looks at. */
const machine = (): Machine =>
  ({
    purse: newPurse(),
    heap: { objects: [], work: 0, searches: newSearches() },
    steps: 0,
    exhausted: false,
    spent: new Map(),
  }) as unknown as Machine;

it("an entry point has a whole budget while there is plenty, then its part of what is left, at last the least", () => {
  const m = machine();
  const shares: number[] = [];
  for (let i = 0; i < LIMITS.project * 4; i++) {
    open(m);
    shares.push(m.purse.share);
    m.steps = m.purse.steps;
    expect(isEmpty(m)).toBe(false);
    m.steps++;
    expect(isEmpty(m)).toBe(true);
    close(m);
  }
  expect(shares.slice(0, LIMITS.project - LIMITS.ample)).toEqual(Array.from({ length: LIMITS.project - LIMITS.ample }, () => 1));
  expect(shares.every((share, i) => i === 0 || share <= shares[i - 1]!)).toBe(true);
  expect(shares.at(-1)).toBe(1 / LIMITS.least);
  expect(budgetOf(m)).toContain("2 % of a budget");
});

it("objects and work bound an entry point as steps do; objects cost the project less, and only what has been spent is gone", () => {
  const m = machine();
  open(m);
  m.heap.work += LIMITS.work + 1;
  expect(isEmpty(m)).toBe(true);
  close(m);
  expect(m.purse.left).toBeCloseTo(LIMITS.project - 1, 3);
  open(m);
  m.heap.objects.length = LIMITS.objects / 2;
  m.steps = 10;
  expect(isEmpty(m)).toBe(false);
  m.heap.objects.length = LIMITS.objects + 1;
  expect(isEmpty(m)).toBe(true);
  close(m);
  expect(m.purse.left).toBeCloseTo(LIMITS.project - 1 - LIMITS.objects / LIMITS.objectsOfProject, 3);
});

it("what has run before may run again until the project has overdrawn its budget", () => {
  const m = machine();
  expect(maySpendMore(m)).toBe(true);
  m.purse.left = 1 - LIMITS.overdrawn;
  expect(maySpendMore(m)).toBe(true);
  m.purse.left = -LIMITS.overdrawn;
  expect(maySpendMore(m)).toBe(false);
});

it("before an entry point has come across a field it has a part of its budget, then all of it", () => {
  const m = machine();
  open(m, true);
  m.steps = LIMITS.steps / LIMITS.waiting + 1;
  expect(isEmpty(m)).toBe(true);
  meetField(m);
  expect(isEmpty(m)).toBe(false);
  expect(m.purse.short).toBe(false);
  m.steps = LIMITS.steps + 1;
  expect(isEmpty(m)).toBe(true);
});

it("who is cut before is known: he begins anew when a field comes after all", () => {
  const m = machine();
  open(m, true);
  m.exhausted = true;
  expect(() => {
    meetField(m);
  }).toThrow(MetTooLate);
  close(m);
  expect(m.purse).toMatchObject({ short: true, met: true });
  open(m, true);
  m.exhausted = true;
  close(m);
  expect(m.purse).toMatchObject({ short: true, met: false });
  open(m);
  m.exhausted = true;
  close(m);
  expect(m.purse).toMatchObject({ short: false, met: true });
});

/** Costs more than an entry point has before it comes across a field, and less than it has then. */
const work = `
  let sum = 0;
  for (const a of many) for (const b of many) { sum = sum + a * b - (a - b) * (a + b) + a * a - b * b + (a + 1) * (b + 1) - a * 2; }`;
const many = `const many = [${Array.from({ length: 60 }, (_, i) => i).join(", ")}];`;
const chooser = "const chooser = () => (user) => user.id;";

it("what was not followed before a field came is followed then, and what was left to run later runs once", () => {
  const main = `
import { loadUser } from "./source.js";
import { train } from "./sink.js";
${many}
${chooser}
export function handle() {${work}${work.replaceAll("sum", "total")}
  const choose = chooser();
  const user = loadUser();
  train(choose(user), sum + total);
}`;
  const { flows, blindSpots } = run(main);
  expect(flows.map((f) => f.field)).toEqual(["user.id"]);
  expect(blindSpots).toEqual([]);
});

it("who never comes across a field has what is left", () => {
  const { flows, blindSpots } = run(`
${many}
export function handle() {${work}${work.replaceAll("sum", "total")}
  return sum + total;
}`);
  expect(flows).toEqual([]);
  expect(blindSpots).toEqual([]);
});

it("when nothing runs again, what runs for the first time has less and less", () => {
  const m = machine();
  m.purse.left = -LIMITS.overdrawn;
  open(m);
  expect(m.purse.share).toBe(1 / LIMITS.least);
  m.purse.left = -2 * LIMITS.overdrawn;
  open(m);
  expect(m.purse.share).toBe(1 / LIMITS.least / 2);
});

/** A call, since what is in between changes it, which the compiler does not see. */
const isExhausted = (m: Machine): boolean => m.exhausted;

it("when a budget is spent, the innermost call that has spent most of it is given up, and those behind it have a part more", () => {
  const m = machine();
  open(m);
  m.steps = LIMITS.steps * 0.1;
  const costly = spending(m);
  m.steps = LIMITS.steps * 0.8;
  const cheap = spending(m);
  m.steps = LIMITS.steps + 1;
  m.exhausted = isEmpty(m);
  goOnBehind(m, cheap);
  expect(m).toMatchObject({ exhausted: true, purse: { gaveUp: false } });
  goOnBehind(m, costly);
  expect(m).toMatchObject({ exhausted: false, purse: { gaveUp: true, steps: LIMITS.steps + 1 + LIMITS.steps / LIMITS.behind } });
});

it("so it goes a few times over, by what was spent since, and not before a field has come", () => {
  const m = machine();
  open(m);
  const first = spending(m);
  const spendAll = (): void => {
    m.steps = m.purse.steps + 1;
    m.exhausted = isEmpty(m);
  };
  let turns = 0;
  for (; ; turns++) {
    spendAll();
    goOnBehind(m, first);
    if (isExhausted(m)) break;
    // Those that ended before have nothing to do with what is spent now.
    spendAll();
    goOnBehind(m, spending(m));
    expect(m.exhausted).toBe(true);
  }
  expect(turns).toBe(LIMITS.turns);
  open(m, true);
  m.steps = LIMITS.steps;
  m.exhausted = true;
  goOnBehind(m, first);
  expect(m.exhausted).toBe(true);
});

it("what costs little runs again for longer, from what is kept for it, with the least part in any case", () => {
  const m = machine();
  m.purse.left = -LIMITS.overdrawn * 4;
  expect([0.5, 1.1, 1].map((cost) => mayRunAgain(m, cost / LIMITS.least))).toEqual([true, false, true]);
  open(m, false, 1 / LIMITS.least);
  expect(m.purse.share).toBe(1 / LIMITS.least);
  m.steps = m.purse.steps;
  expect(close(m)).toBeCloseTo(1 / LIMITS.least);
  m.purse.reserve = 0;
  expect(mayRunAgain(m, 0)).toBe(false);
  m.purse.left = 0;
  expect(mayRunAgain(m, 1)).toBe(true);
});
