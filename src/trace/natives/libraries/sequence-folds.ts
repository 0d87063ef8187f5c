/** Operators that look at all the elements so far: folds, groups, chunks, searches. */
import { setSlot } from "../../domain/heap.js";
import { ANY_BOOLEAN, ANY_NUMBER, BOTTOM, exact, join, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { hasArg } from "../../machine/call.js";
import { anyItem, type Items } from "../../machine/iterate.js";
import type { NativeCall } from "../../machine/machine.js";
import { filterItems, reduceItems } from "../callbacks.js";
import { awaitValue } from "../../machine/promise.js";
import { groupInto } from "../group.js";
import { newArray, Sequence } from "../items.js";
import { argOf, callable, listOf, option } from "../support.js";
import { input, newSequence, type Dialect } from "./observable.js";
import type { At } from "./operation.js";
import { callbackFor, mapped, named, ofAny, whole, type Maker, type Makers } from "./sequence-operators.js";

/** The callback and the seed of a fold: as arguments, or as options. */
function folding(call: NativeCall): { readonly fn: Value; readonly seed: Value | undefined } {
  const given = argOf(call, 0);
  if (callable(call.m, given)) return { fn: given, seed: hasArg(call.args, 1) ? argOf(call, 1) : undefined };
  const seed = option(call, given, "seed");
  return { fn: option(call, given, "callback"), seed: seed === UNDEFINED ? undefined : seed };
}

/** What a fold comes to. */
export function folded(at: At, dialect: Dialect, items: Items, fn: Value, seed: Value | undefined): Value {
  const out = reduceItems(callbackFor(at, fn), items, seed, (i) => i);
  return dialect.awaits ? awaitValue(at.m, out, at.site) : out;
}

export const reduce: Maker = (call, dialect) => {
  const { fn, seed } = folding(call);
  return whole((at, items) => ({ list: [folded(at, dialect, items, fn, seed)], rest: null }));
};

/** Each state of a fold. */
const scan: Maker = (call, dialect) => {
  const { fn, seed } = folding(call);
  return whole((at, items) => {
    const out = new Sequence();
    let so = seed;
    for (const x of items.list) {
      so = so === undefined ? x : folded(at, dialect, { list: [x], rest: null }, fn, so);
      out.add(so);
    }
    if (items.rest !== null) out.addMaybe(folded(at, dialect, { list: [], rest: items.rest }, fn, so));
    return out;
  });
};

/** Any number of arrays of some of the elements. */
const chunks: Maker = () => whole((at, items) => ofAny(items, (any) => listOf(at.m, any, at.site)));

const pairwise: Maker = () =>
  whole((at, items) => {
    const out = new Sequence();
    if (items.rest === null)
      items.list.slice(1).forEach((x, i) => out.add(newArray(at.m, at.site, { list: [items.list[i]!, x], rest: null }, `pair ${i}`)));
    else out.addMaybe(newArray(at.m, at.site, { list: [anyItem(items), anyItem(items)], rest: null }, "pair"));
    return out;
  });

const groupBy: Maker = (call, dialect) =>
  whole((at, items) => {
    const out = new Sequence();
    groupInto({ ...call, m: at.m, args: { list: [UNDEFINED, argOf(call, 0)], rest: null } }, items, (key, group, sure) => {
      const inside = input(at.m, dialect, group, at.site, () => undefined);
      const chosen = callable(at.m, argOf(call, 1)) ? mapped(at, dialect, inside, argOf(call, 1)) : inside;
      const sequence = newSequence(at.m, dialect, at.site, chosen, dialect.owner, `group ${String(exact(key))}`);
      setSlot(at.m.heap, sequence, "key", key);
      if (sure) out.add(ofRef(sequence.id));
      else out.addMaybe(ofRef(sequence.id));
    });
    return out;
  });

/** Counts, tests: nothing of the elements comes out, but a callback sees them. */
const told =
  (result: Value): Maker =>
  (call, dialect) =>
    whole((at, items) => {
      if (callable(at.m, argOf(call, 0))) mapped(at, dialect, items, argOf(call, 0));
      return { list: [result], rest: null };
    });

/** The first or last one, or the first that a callback wants. */
const picked =
  (end: 0 | -1): Maker =>
  (call, dialect) => ({
    first: (at, items) => {
      const fn = callable(at.m, argOf(call, 0)) ? argOf(call, 0) : option(call, argOf(call, 0), "predicate");
      const fallback = hasArg(call.args, 1) ? argOf(call, 1) : BOTTOM;
      const out = new Sequence();
      if (callable(at.m, fn)) {
        if (dialect.awaits) mapped(at, dialect, items, fn);
        out.addMaybe(join(anyItem(dialect.awaits ? items : filterItems(callbackFor(at, fn), items)), fallback));
      } else if (items.list.length > 0 && (end === 0 || items.rest === null)) out.add(items.list.at(end)!);
      else out.addMaybe(join(anyItem(items), fallback));
      return out;
    },
    later: (at, one) => {
      if (callable(at.m, argOf(call, 0))) mapped(at, dialect, one, argOf(call, 0));
      return one;
    },
  });

export const FOLDS: Makers = {
  ...named(["buffer", "bufferCount", "bufferTime", "bufferCountOrTime", "bufferToggle", "bufferWhen"], chunks),
  ...named(["first", "find"], picked(0)),
  ...named(["last", "single"], picked(-1)),
  ...named(["count", "findIndex"], told(ANY_NUMBER)),
  ...named(["every", "some", "isEmpty"], told(ANY_BOOLEAN)),
  toArray: () => whole((at, items) => ({ list: [newArray(at.m, at.site, items)], rest: null })),
  reduce,
  scan,
  pairwise,
  groupBy,
};
