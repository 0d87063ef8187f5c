/** Operators that `rxjs` and `ix` share, over elements in order. */
import { objectsOf } from "../../domain/heap.js";
import { BOTTOM, exact, isBottom, join, joinAll, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { anyItem, type Items } from "../../machine/iterate.js";
import type { NativeCall } from "../../machine/machine.js";
import { getNamed } from "../../machine/props.js";
import { mapItems, type Callback } from "../callbacks.js";
import { argItems, NO_ITEMS, Sequence } from "../items.js";
import { repeat } from "../repeat.js";
import { argOf, callable, callWith } from "../support.js";
import { deliver, input, settled, type Dialect } from "./observable.js";
import type { At, Operation } from "./operation.js";

/** An operator's operation, from the call that makes it. */
export type Maker = (call: NativeCall, dialect: Dialect) => Operation;
export type Makers = Readonly<Record<string, Maker>>;

/** One maker under several names. */
export const named = (names: readonly string[], maker: Maker): Makers => Object.fromEntries(names.map((n) => [n, maker]));

/** One that looks at each element alone. */
export const apart = (run: (at: At, items: Items) => Items): Operation => ({ first: run, later: (at, one) => run(at, one) });
/** One that looks at all so far. */
export const whole = (run: (at: At, items: Items) => Items): Operation => ({ first: run, later: (at, _, all) => run(at, all) });

/** Any number of them, in any order. */
export function open(items: Items): Items {
  const any = anyItem(items);
  return { list: [], rest: isBottom(any) ? null : any };
}

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

/** A function, or the method of an observer. */
export function handlers(call: NativeCall, name: string, i: number): { readonly fn: Value; readonly self: Value }[] {
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
  const one = (v: Value): Items =>
    input(at.m, dialect, v, at.site, (m, x) => {
      deliver(m, at.out, x, at.site);
    });
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

const count = (call: NativeCall): number | undefined => {
  const c = exact(argOf(call, 0));
  return typeof c === "number" ? c : undefined;
};

const take: Maker = (call) => ({
  first: (_, items) => {
    const n = count(call);
    return n === undefined ? open(items) : n <= items.list.length ? { list: items.list.slice(0, n), rest: null } : items;
  },
  later: (_, one) => (count(call) === 0 ? NO_ITEMS : one),
});

const skip: Maker = (call) => ({
  first: (_, items) => (count(call) === undefined ? open(items) : { list: items.list.slice(count(call)), rest: items.rest }),
  later: (_, one) => one,
});

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
    return { list: items.list.map(one), rest: items.rest === null ? null : one(items.rest) };
  });

const mapTo: Maker = (call) =>
  apart((_, items) => ({ list: items.list.map(() => argOf(call, 0)), rest: items.rest === null ? null : argOf(call, 0) }));

/** What comes out goes in again. */
const expand: Maker = (call, dialect) =>
  apart((at, items) => {
    const start = anyItem(items);
    if (isBottom(start)) return NO_ITEMS;
    const turn = (so: Value): Value => anyItem(flat(at, dialect, mapped(at, dialect, { list: [], rest: so }, argOf(call, 0))));
    return { list: [], rest: repeat(at.m, turn, start) };
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
