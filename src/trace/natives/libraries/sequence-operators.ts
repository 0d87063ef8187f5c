/** Operators that `rxjs` and `ix` share, over elements in order. */
import { objectsOf } from "../../domain/heap.js";
import { BOTTOM, isBottom, join, joinAll, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { anyItem, type Items } from "../../machine/iterate.js";
import type { NativeCall } from "../../machine/machine.js";
import { getNamed } from "../../machine/props.js";
import type { NativeTable } from "../index.js";
import { mapItems, type Callback } from "../callbacks.js";
import { argItems, eachItem, NO_ITEMS, Sequence } from "../items.js";
import { repeat } from "../../machine/repeat.js";
import { argOf, callable, callWith, exactNumber } from "../support.js";
import { deliver, input, settled, type Dialect } from "./observable.js";
import { operator, withFailures, type At, type Operation } from "./operation.js";

/** An operator's operation, from the call that makes it. */
export type Maker = (call: NativeCall, dialect: Dialect) => Operation;
export type Makers = Readonly<Record<string, Maker>>;

/** Functions that give operators, by name. */
export const operatorTable = (makers: Makers, dialect: Dialect): NativeTable =>
  Object.fromEntries(Object.entries(makers).map(([name, maker]) => [name, (call) => operator(call, dialect, maker(call, dialect))]));

/** One maker under several names. */
export const named = (names: readonly string[], maker: Maker): Makers => Object.fromEntries(names.map((n) => [n, maker]));

/** One that looks at each element alone. */
export const apart = (run: (at: At, items: Items) => Items): Operation => ({ first: run, later: run });
/** One that looks at all so far. */
export const whole = (run: (at: At, items: Items) => Items): Operation => ({ first: run, later: (at, _, all) => run(at, all) });

/** Any number of what is made of any of them, if there is one. */
export function ofAny(items: Items, make: (any: Value) => Value): Items {
  const any = anyItem(items);
  return isBottom(any) ? NO_ITEMS : { list: [], rest: make(any) };
}

/** Any number of them, in any order. */
export const open = (items: Items): Items => ofAny(items, (any) => any);

export const same: Maker = () => apart((_, items) => items);
/** Those that are dropped depend on time, or on what a callback says: any may be kept. */
export const some: Maker = () => apart((_, items) => open(items));

export const callbackFor = (at: At, fn: Value, thisArg: Value = UNDEFINED): Callback => ({
  m: at.m,
  fn,
  thisArg,
  self: UNDEFINED,
  site: at.site,
});

/** What a callback gives for each element. */
export function mapped(at: At, dialect: Dialect, items: Items, fn: Value, thisArg?: Value): Items {
  const out = mapItems(callbackFor(at, fn, thisArg), items);
  return dialect.awaits ? settled(at.m, out, at.site) : out;
}

export const map: Maker = (call, dialect) => apart((at, items) => mapped(at, dialect, items, argOf(call, 0), argOf(call, 1)));

/** A callback is called with each; whatever it says, all may pass. */
const watched: Maker = (call, dialect) =>
  apart((at, items) => {
    if (callable(at.m, argOf(call, 0))) mapped(at, dialect, items, argOf(call, 0), argOf(call, 1));
    return open(items);
  });

/** A function to be called with this as its receiver. */
export interface Handler {
  readonly fn: Value;
  readonly self: Value;
}

/** A function, or the method of an observer. */
export function handlers(call: NativeCall, name: string, i: number): readonly Handler[] {
  const { m } = call;
  const given = argOf(call, i);
  if (callable(m, given)) return [{ fn: given, self: UNDEFINED }];
  const observer = argOf(call, 0);
  return observer.refs.length === 0
    ? []
    : objectsOf(m.heap, observer)
        .filter((o) => o.kind === "object" || o.kind === "iterator")
        .map((o) => ({ fn: getNamed(m, ofRef(o.id), name, call.site), self: ofRef(o.id) }))
        .filter((h) => callable(m, h.fn));
}

const tap: Maker = (call, dialect) => {
  const next = handlers(call, "next", 0);
  const error = handlers(call, "error", 1);
  const complete = handlers(call, "complete", 2);
  const watch = apart((at, items) => {
    for (const h of next) mapped(at, dialect, items, h.fn, h.self);
    return items;
  });
  return {
    first: (at, items) => {
      watch.first(at, items);
      for (const h of complete) repeat(at.m, () => callWith(at.m, h.fn, [], at.site, h.self));
      return items;
    },
    later: watch.later,
    ...(error.length === 0
      ? {}
      : {
          heard: (at: At, reason: Value) => {
            for (const h of error) callWith(at.m, h.fn, [reason], at.site, h.self);
          },
        }),
  };
};

/** The elements of everything that some elements are. */
export function flat(at: At, dialect: Dialect, items: Items): Items {
  const out = new Sequence();
  const one = (v: Value): Items => {
    if (!dialect.throws) withFailures(at, v);
    return input(at.m, dialect, v, at.site, (m, x) => {
      deliver(m, at.out, x, at.site);
    });
  };
  for (const v of items.list) out.addAll(one(v));
  if (items.rest !== null) out.addMaybe(anyItem(one(items.rest)));
  return out;
}

/** A callback gives a promise, a list or a sequence: what is in it comes out. */
const flatMap =
  (ordered: boolean): Maker =>
  (call, dialect) =>
    apart((at, items) => {
      const out = flat(at, dialect, mapped(at, dialect, items, argOf(call, 0), argOf(call, 1)));
      return ordered || out.list.length < 2 ? out : open(out);
    });

const take: Maker = (call) => {
  const n = exactNumber(argOf(call, 0));
  return {
    first: (_, items) => (n === undefined ? open(items) : n <= items.list.length ? { list: items.list.slice(0, n), rest: null } : items),
    later: (_, one) => (n === 0 ? NO_ITEMS : one),
  };
};

const skip: Maker = (call) => {
  const n = exactNumber(argOf(call, 0));
  return {
    first: (_, items) => (n === undefined ? open(items) : { list: items.list.slice(n), rest: items.rest }),
    later: (_, one) => one,
  };
};

/** Several lists of elements one after the other; what comes later passes. */
const chained = (parts: (at: At, items: Items) => readonly Items[]): Operation => ({
  first: (at, items) => {
    const out = new Sequence();
    for (const part of parts(at, items)) out.addAll(part);
    return out;
  },
  later: (_, one) => one,
});

const startWith: Maker = (call) => chained((_, items) => [argItems(call.args, 0), items]);
const endWith: Maker = (call) => chained((_, items) => [items, argItems(call.args, 0)]);

/** Further sequences beside the one it is piped after. */
const beside: Maker = (call, dialect) => chained((at, items) => [items, flat(at, dialect, argItems(call.args, 0))]);

const pluck: Maker = (call) =>
  apart((at, items) => {
    const one = (v: Value): Value =>
      call.args.list.reduce((x: Value, name) => joinAll(name.consts.map((c) => getNamed(at.m, x, String(c), at.site))), v);
    return eachItem(items, one);
  });

const mapTo: Maker = (call) => apart((_, items) => eachItem(items, () => argOf(call, 0)));

/** What comes out goes in again. */
const expand: Maker = (call, dialect) =>
  apart((at, items) => {
    const turn = (so: Value): Value => anyItem(flat(at, dialect, mapped(at, dialect, { list: [], rest: so }, argOf(call, 0))));
    return ofAny(items, (start) => repeat(at.m, turn, start));
  });

export const SHARED: Makers = {
  map,
  tap,
  do: tap,
  take,
  skip,
  startWith,
  endWith,
  pluck,
  mapTo,
  expand,
  ...named(
    ["filter", "takeWhile", "skipWhile", "distinctUntilChanged", "distinct", "distinctUntilKeyChanged", "min", "max", "elementAt"],
    watched,
  ),
  ...named(["debounce", "throttle", "audit", "sample"], some),
  ...named(["mergeMap", "flatMap", "switchMap", "exhaustMap", "mergeMapTo", "switchMapTo"], flatMap(false)),
  ...named(["concatMap"], flatMap(true)),
  ...named(["mergeAll", "concatAll", "switchAll", "exhaustAll", "switch", "exhaust"], (_, dialect) =>
    apart((at, items) => flat(at, dialect, items)),
  ),
  ignoreElements: () => apart(() => NO_ITEMS),
  defaultIfEmpty: (call) => ({
    first: (_, items) => (items.list.length > 0 ? items : { list: [], rest: join(items.rest ?? BOTTOM, argOf(call, 0)) }),
    later: (_, one) => one,
  }),
  ...named(["mergeWith", "concatWith", "merge", "concat", "onErrorResumeNext", "union"], beside),
};
