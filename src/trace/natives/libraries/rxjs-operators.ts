/** Operators of `rxjs` alone: combinations, failures, time. */
import { inPath } from "../../machine/machine.js";
import { objectsOf } from "../../domain/heap.js";
import { ANY_BOOLEAN, ANY_NUMBER, ofConst, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { allArgs } from "../../machine/call.js";
import { anyItem } from "../../machine/iterate.js";
import { leave } from "../../machine/jobs.js";
import { getNamed } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { NO_ITEMS, spot } from "../items.js";
import { perhaps } from "../../machine/fork.js";
import { argOf, callable, callWith, listOf, record } from "../support.js";
import { input, newSequence, type Dialect } from "./observable.js";
import { asArray, combined, partsOf, type Part } from "./sequence-combine.js";
import { FOLDS, folded } from "./sequence-folds.js";
import { apart, flat, named, ofAny, open, same, SHARED, some, whole, type Maker, type Makers } from "./sequence-operators.js";

export const RXJS: Dialect = { module: "rxjs", owner: "Observable", awaits: false, throws: false };

/** The elements of a sequence with those of others: `withLatestFrom(a, b, project?)`. */
const withOthers: Maker = (call) => {
  const list = [...allArgs(call.args)];
  const last = list.at(-1);
  const fn = last !== undefined && callable(call.m, last) ? list.pop() : undefined;
  const given = list.length === 1 && objectsOf(call.m.heap, list[0]!).every((o) => o.kind === "array");
  const others = given ? input(call.m, RXJS, list[0]!, call.site, () => undefined).list : list;
  const self: Part = { name: "self", v: UNDEFINED };
  const run = whole((at, items) => combined(at, RXJS, partsOf(others), asArray(at, fn), { part: self, items }));
  return {
    first: (at, items) => {
      // One by one, so that what is in different elements stays apart; where that is all, nothing comes later.
      const { list: known, rest } = items;
      if (rest !== null || known.length < 2) return run.first(at, items);
      return open({ list: known.map((x, i) => inPath(at.m, i, () => anyItem(run.first(at, { list: [x], rest: null })))), rest: null });
    },
    later: run.later,
  };
};

/** `catchError((error, caught) => instead)`. */
const catchError: Maker = (call) => ({
  ...same(call, RXJS),
  failed: (at, reason) => {
    const { m, site } = at;
    const why = reason ?? unknown(m, spot(site, "reason"));
    if (!callable(m, argOf(call, 0))) return NO_ITEMS;
    const instead = perhaps(m, () => callWith(m, argOf(call, 0), [why, at.out], site));
    return open(flat(at, RXJS, { list: [], rest: instead }));
  },
});

const finalize: Maker = (call) => ({
  first: (at, items) => {
    leave(at.m, { fn: argOf(call, 0), self: UNDEFINED, args: { list: [], rest: null }, site: at.site });
    return items;
  },
  later: (_, one) => one,
});

/** Each element in an object with something beside it. */
const wrapped =
  (beside: Readonly<Record<string, Value>>): Maker =>
  () =>
    apart((at, items) => {
      const one = (value: Value, i: number): Value => inPath(at.m, i, () => record(at.m, { value, ...beside }, spot(at.site, "wrapped")));
      return { list: items.list.map(one), rest: items.rest === null ? null : one(items.rest, -1) };
    });

/** Sequences of some of the elements. */
const windows: Maker = () =>
  whole((at, items) => ofAny(items, (any) => ofRef(newSequence(at.m, RXJS, at.site, { list: [], rest: any }, RXJS.owner, "window").id)));

const mergeScan: Maker = (call) =>
  whole((at, items) => {
    const inner = ofAny(items, (any) => folded(at, RXJS, { list: [], rest: any }, argOf(call, 0), argOf(call, 1)));
    return open(flat(at, RXJS, inner));
  });

export const OPERATORS: Makers = {
  ...SHARED,
  ...FOLDS,
  ...named(["withLatestFrom", "combineLatestWith", "zipWith", "combineLatest", "zip"], withOthers),
  ...named(["combineLatestAll", "combineAll", "zipAll"], () =>
    whole((at, items) => ofAny(flat(at, RXJS, items), (any) => listOf(at.m, any, at.site))),
  ),
  ...named(["catchError", "catch"], catchError),
  ...named(["finalize", "finally"], finalize),
  ...named(["mergeScan", "switchScan"], mergeScan),
  ...named(["window", "windowCount", "windowTime", "windowToggle", "windowWhen"], windows),
  timestamp: wrapped({ timestamp: ANY_NUMBER }),
  timeInterval: wrapped({ interval: ANY_NUMBER }),
  materialize: wrapped({ kind: ofConst("N"), hasValue: ANY_BOOLEAN }),
  dematerialize: () => apart((at, items) => ofAny(items, (any) => getNamed(at.m, any, "value", at.site))),
  sequenceEqual: () => apart(() => NO_ITEMS),
  ...named(
    [
      "share",
      "shareReplay",
      "publish",
      "publishReplay",
      "publishBehavior",
      "publishLast",
      "refCount",
      "connect",
      "multicast",
      "delay",
      "delayWhen",
      "retry",
      "retryWhen",
      "repeat",
      "repeatWhen",
      "observeOn",
      "subscribeOn",
      "timeout",
      "timeoutWith",
      "throwIfEmpty",
      "skipUntil",
      "takeUntil",
      "raceWith",
    ],
    same,
  ),
  ...named(["debounceTime", "throttleTime", "auditTime", "sampleTime", "takeLast", "skipLast"], some),
};
