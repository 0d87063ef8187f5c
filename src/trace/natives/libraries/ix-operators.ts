/** Operators of `ix`, over iterables, asynchronous and not. */
import { UNDEFINED } from "../../domain/value.js";
import { argItems, NO_ITEMS } from "../items.js";
import { argOf, callable, callWith } from "../support.js";
import { asArray, combined, partsOf } from "./sequence-combine.js";
import { FOLDS } from "./sequence-folds.js";
import { apart, flat, mapped, named, open, same, SHARED, some, type Maker, type Makers } from "./sequence-operators.js";

/** `catchError(handler)`: what the handler gives goes on. */
const catchError: Maker = (call, dialect) => ({
  ...same(call, dialect),
  failed: (at, reason) =>
    reason === null || !callable(at.m, argOf(call, 0))
      ? NO_ITEMS
      : open(flat(at, dialect, { list: [], rest: callWith(at.m, argOf(call, 0), [reason], at.site) })),
});

const others: Maker = (call, dialect) =>
  apart((at, items) =>
    combined(at, dialect, partsOf(argItems(call.args, 0).list), asArray(at), { part: { name: "self", v: UNDEFINED }, items }),
  );

const finalize: Maker = (call) => ({
  first: (at, items) => {
    callWith(at.m, argOf(call, 0), [], at.site);
    return items;
  },
  later: (_, one) => one,
});

export const OPERATORS: Makers = {
  ...SHARED,
  ...FOLDS,
  ...named(["catchError", "catch"], catchError),
  ...named(["zip", "zipWith", "withLatestFrom", "combineLatestWith"], others),
  ...named(["finalize", "finally"], finalize),
  ...named(["memoize", "publish", "share", "repeat", "retry", "delay", "delayEach", "timeout", "withAbort", "reverse", "slice"], same),
  ...named(["takeLast", "skipLast", "takeUntil", "skipUntil", "except", "intersect", "debounce", "throttle"], some),
  ...named(["orderBy", "orderByDescending", "thenBy", "thenByDescending"], (call, dialect) =>
    apart((at, items) => {
      mapped(at, dialect, items, argOf(call, 0));
      return open(items);
    }),
  ),
};
