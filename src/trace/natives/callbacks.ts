/** What methods with callbacks have in common, over elements in order: arrays, iterators, sets. */
import { NO_FACTS, type Facts } from "../domain/about.js";
import type { Site } from "../domain/labels.js";
import { objectsOf } from "../domain/heap.js";
import { ANY_NUMBER, BOTTOM, isBottom, join, ofConst, truthiness, truthyPart, UNDEFINED, type Value } from "../domain/value.js";
import { arg, callValue } from "../machine/call.js";
import { believe, guardsOf } from "../machine/declared.js";
import { externalName } from "../machine/external.js";
import { indexOf, ofEach, ofTurn } from "../machine/every.js";
import { forkAll } from "../machine/fork.js";
import { anyItem, type Items } from "../machine/iterate.js";
import { assumeFacts, sideOf, withHeld } from "../machine/gates.js";
import { inPath, type Machine, type NativeCall } from "../machine/machine.js";
import { oneOf } from "../machine/subjects.js";
import { alternatives, namesOf, Sequence } from "./items.js";
import { repeat } from "../machine/repeat.js";

/** A callback with what it is called with besides the element. */
export interface Callback {
  readonly m: Machine;
  readonly fn: Value;
  readonly thisArg: Value;
  /** The list itself, the last argument. */
  readonly self: Value;
  readonly site: Site;
  /** How many elements there are at most. */
  readonly most?: number;
}

/** The callback in a call's argument `at`, with `thisArg` behind it. */
export const callbackOf = (call: NativeCall, at = 0): Callback => ({
  m: call.m,
  fn: arg(call.args, at),
  thisArg: arg(call.args, at + 1),
  self: call.self,
  site: call.site,
  most: call.most ?? Infinity,
});

export const callWithElement = (cb: Callback, element: Value, index: Value): Value =>
  callValue(cb.m, cb.fn, cb.thisArg, { list: [element, index, cb.self], rest: null }, cb.site);

/** Calls for an element that is one of several: each object apart, so that what is made of it stays with it. */
export function callForAny(cb: Callback, elements: Value, index: Value): Value {
  const element = oneOf(cb.m, elements, cb.site);
  const parts = alternatives(cb.m, element, false);
  if (parts.length === 1) return callWithElement(cb, element, index);
  const names = namesOf(cb.m, parts);
  return forkAll(
    cb.m,
    parts.map((part, i) => () => inPath(cb.m, names[i]!, () => callWithElement(cb, part, index))),
  );
}

/** Calls for each element; results in the same order. */
export function mapItems(cb: Callback, items: Items): Items {
  const out = new Sequence();
  for (const [i, x] of items.list.entries()) {
    if (!cb.m.alive) return out;
    out.add(inPath(cb.m, i, () => callWithElement(cb, x, ofConst(i))));
  }
  if (items.rest !== null && cb.m.alive) {
    const rest = items.rest;
    let every: Facts = NO_FACTS;
    out.addMaybe(
      repeat(
        cb.m,
        () => {
          const gave = callForAny(cb, rest, indexOf(cb.m, cb.site));
          // What a promise has found out counts for who awaits it.
          every = objectsOf(cb.m.heap, gave).some((obj) => obj.kind === "promise") ? NO_FACTS : ofTurn(cb.m, rest, cb.site);
          return ofEach(cb.m, gave, rest, cb.site);
        },
        BOTTOM,
        cb.most,
      ),
    );
    assumeFacts(cb.m, every);
  }
  return out;
}

/** What of an element passes a test; whether it certainly does, and whether it certainly does not. */
export interface Tested {
  readonly passes: Value;
  readonly fails: Value;
  /** It may be that the test fails. */
  readonly no: boolean;
}

const isBooleanCast = (cb: Callback): boolean => {
  const objects = objectsOf(cb.m.heap, cb.fn);
  return objects.length === 1 && objects[0]!.kind === "external" && externalName(objects[0]!) === "Boolean";
};

/** What has passed the program's own type guard is of the type that it names. */
const guarded = (cb: Callback, element: Value): Value =>
  guardsOf(cb.m, cb.fn, false).reduce((v, g) => (g.at === 0 ? believe(cb.m, v, g.type, cb.site) : v), element);

/** Tests an element by the callback, alternative by alternative. */
export function test(cb: Callback, element: Value, index: Value): Tested {
  const { m } = cb;
  let passes: Value = BOTTOM;
  let fails: Value = BOTTOM;
  let no = false;
  const truthyOnly = isBooleanCast(cb);
  const one = (part: Value): Value => {
    const result = callWithElement(cb, part, index);
    if (!m.alive) return BOTTOM;
    const t = truthiness(result);
    const tested = truthyOnly ? part : result;
    if (t.yes) passes = join(passes, withHeld(m, truthyOnly ? truthyPart(part) : guarded(cb, part), sideOf(m, tested, "yes")));
    if (t.no) {
      fails = join(fails, withHeld(m, part, sideOf(m, tested, "no")));
      no = true;
    }
    return BOTTOM;
  };
  const parts = alternatives(m, element, true);
  const names = namesOf(m, parts);
  if (parts.length === 1) one(element);
  else
    forkAll(
      m,
      parts.map((part, i) => () => inPath(m, names[i]!, () => one(part))),
    );
  return { passes, fails, no };
}

/** Tests any number of elements like this one. */
export function testMany(cb: Callback, element: Value): Tested {
  let tested: Tested = { passes: BOTTOM, fails: BOTTOM, no: false };
  repeat(
    cb.m,
    () => {
      const t = test(cb, oneOf(cb.m, element, cb.site), indexOf(cb.m, cb.site));
      tested = { passes: join(tested.passes, t.passes), fails: join(tested.fails, t.fails), no: tested.no || t.no };
      return BOTTOM;
    },
    BOTTOM,
    cb.most,
  );
  return tested;
}

/** Those that pass: certainly kept, certainly dropped, or (from the first open one on) any number. */
export function filterItems(cb: Callback, items: Items): Items {
  const out = new Sequence();
  for (const [i, { passes, no }] of testAll(cb, items).entries()) {
    const isRest = i === items.list.length;
    if (isRest || (no && !isBottom(passes))) out.addMaybe(passes);
    else if (!isBottom(passes)) out.add(passes);
  }
  return out;
}

/** The test of each element, of those that are any number as one. */
export function testAll(cb: Callback, items: Items): readonly Tested[] {
  const out: Tested[] = [];
  for (const [i, x] of items.list.entries()) if (cb.m.alive) out.push(inPath(cb.m, i, () => test(cb, x, ofConst(i))));
  if (items.rest !== null && cb.m.alive) out.push(testMany(cb, items.rest));
  return out;
}

/** How a search that stops at the first match can end. */
export interface Search {
  readonly found: Value;
  /** Indices at which it can be found; undefined when that is open. */
  readonly at: readonly number[] | undefined;
  /** It may end without a match. */
  readonly missed: boolean;
  /** Those that did not match. */
  readonly failed: readonly Value[];
}

/** Goes through the elements until one matches. */
export function search(cb: Callback, items: Items): Search {
  const { m } = cb;
  let found: Value = BOTTOM;
  const at: number[] = [];
  const failed: Value[] = [];
  let open = false;
  for (const [i, x] of items.list.entries()) {
    if (!m.alive) return { found, at, missed: false, failed };
    let t: Tested = { passes: BOTTOM, fails: BOTTOM, no: false };
    const run = (): Value => {
      t = inPath(m, i, () => test(cb, x, ofConst(i)));
      return BOTTOM;
    };
    // Behind an open match it is not certain that this one is looked at.
    if (open) forkAll(m, [() => BOTTOM, run]);
    else run();
    if (t.no) failed.push(t.fails);
    if (!isBottom(t.passes)) {
      found = join(found, t.passes);
      at.push(i);
      if (!t.no) return { found, at, missed: false, failed };
      open = true;
    }
  }
  if (items.rest === null || !m.alive) return { found, at, missed: m.alive, failed };
  const t = testMany(cb, items.rest);
  if (t.no) failed.push(t.fails);
  return { found: join(found, t.passes), at: isBottom(t.passes) ? at : undefined, missed: true, failed };
}

/** The elements from the end; where their number is open the known ones lose their place. */
export function reversed(items: Items): Items {
  if (items.rest === null) return { list: [...items.list].reverse(), rest: null };
  return { list: [], rest: anyItem(items) };
}

/** Folds the elements: exactly and in order where they are known, to a fixpoint where not. `initial`: undefined when there is none. */
export function reduceItems(cb: Callback, items: Items, initial: Value | undefined, index: (i: number) => number): Value {
  const { m } = cb;
  let acc = initial;
  const turn = (so: Value, x: Value, i: Value): Value => callValue(m, cb.fn, UNDEFINED, { list: [so, x, i, cb.self], rest: null }, cb.site);
  for (const [i, x] of items.list.entries()) {
    if (!m.alive) return BOTTOM;
    const before = acc;
    acc = before === undefined ? x : inPath(m, i, () => turn(before, x, ofConst(index(i))));
  }
  if (items.rest === null) return acc ?? UNDEFINED;
  const rest = items.rest;
  // Without an initial value the first element is it; there may be no other.
  const start = acc ?? rest;
  return repeat(
    m,
    (so) => {
      const parts = alternatives(m, rest, false);
      const names = namesOf(m, parts);
      if (parts.length === 1) return turn(so, rest, ANY_NUMBER);
      return forkAll(
        m,
        parts.map((part, i) => () => inPath(m, names[i]!, () => turn(so, part, ANY_NUMBER))),
      );
    },
    start,
    cb.most,
  );
}
