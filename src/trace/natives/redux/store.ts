/**
 * The store of `redux`: reducers make the next state of the last one and an action. A program's stores are one: its hooks ask for the state
 * without naming a store. What one dispatches reaches whoever asks for the state, before or after.
 * API: https://redux.js.org/api/store.
 */
import type { TypeRef } from "../../../link/types.js";
import { foldInto } from "../../domain/fold.js";
import { isFresh, isPlain, joinSlot, objectsOf, S, isRunnable } from "../../domain/heap.js";
import { NO_LABELS } from "../../domain/labels.js";
import { BOTTOM, isBottom, join, K, ofConst, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { perhaps } from "../../machine/fork.js";
import { iterate } from "../../machine/iterate.js";
import type { Machine, Native, NativeCall } from "../../machine/machine.js";
import { getNamed } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { argItems, newArray, NO_ITEMS } from "../items.js";
import { kept } from "../react/desk.js";
import { cellValue, looks, watch, write } from "../react/state.js";
import { argOf, at, callWith, nativeValue, option, record } from "../support.js";

/** Cells: the state, and what is told of actions and of changes. */
const STATE = "redux state";
const REDUCERS = "redux reducers";
const MIDDLEWARE = "redux middleware";
const LISTENERS = "redux listeners";
const EXTRA = "redux extra";

export const isFunction = (m: Machine, v: Value): boolean => objectsOf(m.heap, v).some(isRunnable);

const add = (m: Machine, key: string, v: Value): void => {
  joinSlot(m.heap, kept(m, key), S.value, v);
};

/** The state as it may be now; nothing is known of it where no store is seen. */
export function currentState(call: NativeCall, type?: TypeRef): Value {
  const { m } = call;
  watch(m, STATE);
  const state = cellValue(m, STATE);
  return isBottom(state) && isBottom(cellValue(m, REDUCERS)) ? unknown(m, at(call, "state"), NO_LABELS, type) : state;
}

/** How many of a store's reductions are running. */
const reducing = new WeakMap<Machine, number>();

/**
 * Does a store's reducer run? The state that it gets stands for all states of the store, also for that which it makes: recipes write to it
 * in place. With a copy for each action a state of some size would be there thousands of times.
 */
export const isReducing = (m: Machine): boolean => (reducing.get(m) ?? 0) > 0;

/** The reducers take an action; who listens hears of it. */
function reduce(call: NativeCall, action: Value): void {
  const { m, site } = call;
  const state = cellValue(m, STATE);
  const before = looks(m, state);
  reducing.set(m, (reducing.get(m) ?? 0) + 1);
  let next: Value;
  try {
    next = perhaps(m, () => callWith(m, cellValue(m, REDUCERS), [state, action], site));
  } finally {
    reducing.set(m, reducing.get(m)! - 1);
  }
  foldAlike(m, state, next);
  write(m, STATE, { ...next, kinds: next.kinds & ~K.Undefined }, before);
  const listeners = cellValue(m, LISTENERS);
  if (!isBottom(listeners)) perhaps(m, () => callWith(m, listeners, [], site));
}

/** What is made where a state before was made becomes that: each action makes one. */
function foldAlike(m: Machine, before: Value, next: Value): void {
  const known = new Map(objectsOf(m.heap, before).map((obj) => [obj.place, obj]));
  for (const obj of objectsOf(m.heap, next)) {
    const into = known.get(obj.place);
    if (into !== undefined && into !== obj && into.kind === obj.kind && isPlain(obj) && isFresh(m.heap, obj)) foldInto(m.heap, into, obj);
  }
}

/** `dispatch(action)`: middleware sees it first; a function is called with `dispatch` and `getState` instead. */
export const dispatch: Native = (call) => {
  const { m, site } = call;
  const action = argOf(call, 0);
  if (isFunction(m, action)) return callWith(m, action, [dispatcher(call), reader(call), extraArgument(call)], site);
  const middleware = cellValue(m, MIDDLEWARE);
  if (!isBottom(middleware)) {
    const next = nativeValue(m, at(call, "next"), "next", (inner) => (reduce(inner, argOf(inner, 0)), argOf(inner, 0)), []);
    perhaps(m, () => callWith(m, callWith(m, callWith(m, middleware, [api(call)], site), [next], site), [action], site));
  }
  reduce(call, action);
  return action;
};

export const dispatcher = (call: NativeCall): Value => nativeValue(call.m, at(call, "dispatch"), "dispatch", dispatch, []);
export const reader = (call: NativeCall): Value => nativeValue(call.m, at(call, "getState"), "getState", currentState, []);

/** What a store gives its thunks beside `dispatch` and `getState`; unknown where none is seen that says so. */
export function extraArgument(call: NativeCall): Value {
  const extra = cellValue(call.m, EXTRA);
  return isBottom(extra) ? unknown(call.m, at(call, "extra")) : extra;
}

/** `thunk.withExtraArgument(extra)`. */
export const withExtraArgument: Native = (call) => {
  add(call.m, EXTRA, argOf(call, 0));
  return UNDEFINED;
};

/** `getDefaultMiddleware({ thunk: { extraArgument } })`: middleware that does nothing else with the program's data. */
const defaultMiddleware: Native = (call) => {
  const extra = option(call, option(call, argOf(call, 0), "thunk"), "extraArgument");
  if (!isBottom(extra)) add(call.m, EXTRA, extra);
  return newArray(call.m, call.site, NO_ITEMS);
};

const subscribe: Native = (call) => {
  add(call.m, LISTENERS, argOf(call, 0));
  return nativeValue(call.m, at(call, "unsubscribe"), "unsubscribe", () => UNDEFINED, []);
};

/** What has the methods of a store. */
export const api = (call: NativeCall): Value =>
  record(
    call.m,
    {
      dispatch: dispatcher(call),
      getState: reader(call),
      subscribe: nativeValue(call.m, at(call, "subscribe"), "subscribe", subscribe, []),
      replaceReducer: nativeValue(
        call.m,
        at(call, "replace"),
        "replaceReducer",
        (inner) => (begin(inner, argOf(inner, 0), BOTTOM), UNDEFINED),
        [],
      ),
    },
    at(call, "store"),
  );

/** A store begins with what its reducers make of nothing. */
function begin(call: NativeCall, reducer: Value, preloaded: Value): void {
  const { m, site } = call;
  // A library that is given a store has nothing to put in its reducer's place.
  if (!isFunction(m, reducer) && !isBottom(cellValue(m, REDUCERS))) return;
  add(m, REDUCERS, reducer);
  const before = isBottom(preloaded) ? UNDEFINED : preloaded;
  const action = record(m, { type: ofConst("@@redux/INIT") }, at(call, "init"));
  write(m, STATE, callWith(m, reducer, [before, action], site));
}

/** `createStore(reducer, preloaded?, enhancer?)`. */
export const createStore: Native = (call) => {
  const more = [argOf(call, 1), argOf(call, 2)];
  for (const v of more) if (isFunction(call.m, v)) callWith(call.m, v, [], call.site);
  begin(call, argOf(call, 0), isFunction(call.m, more[0]!) ? BOTTOM : more[0]!);
  return api(call);
};

/** `applyMiddleware(…)`: an enhancer that says what it is made of. */
export const applyMiddleware: Native = (call) => {
  for (const v of argItems(call.args, 0).list) add(call.m, MIDDLEWARE, v);
  return nativeValue(call.m, at(call, "enhancer"), "enhancer", () => UNDEFINED, []);
};

/** `configureStore({ reducer, preloadedState, middleware })`. */
export const configureStore: Native = (call) => {
  const { m, site } = call;
  const options = argOf(call, 0);
  const reducer = option(call, options, "reducer");
  const chosen = option(call, options, "middleware");
  const own = isFunction(m, chosen)
    ? callWith(m, chosen, [nativeValue(m, at(call, "default"), "getDefaultMiddleware", defaultMiddleware, [])], site)
    : chosen;
  const { list, rest } = iterate(m, own, site);
  for (const v of rest === null ? list : [...list, rest]) if (isFunction(m, v)) add(m, MIDDLEWARE, v);
  begin(call, isFunction(m, reducer) ? reducer : combined(call, reducer), option(call, options, "preloadedState"));
  return api(call);
};

/** `combineReducers({ part: reducer })`: each makes its part of the state. */
export const combineReducers: Native = (call) => combined(call, argOf(call, 0));

function combined(call: NativeCall, reducers: Value): Value {
  return nativeValue(
    call.m,
    at(call, "combined"),
    "combined",
    (inner) => {
      const { m, site } = inner;
      const [state, action] = [argOf(inner, 0), argOf(inner, 1)];
      const parts: Record<string, Value> = {};
      for (const obj of objectsOf(m.heap, reducers))
        for (const name of obj.props.keys())
          if (name.charCodeAt(0) !== 0) {
            const before = state.refs.length === 0 ? UNDEFINED : getNamed(m, state, name, site);
            parts[name] = join(parts[name] ?? BOTTOM, callWith(m, getNamed(m, ofRef(obj.id), name, site), [before, action], site));
          }
      // Made in one place, whoever dispatches: see `foldAlike`.
      return record(m, parts, at(call, "parts"));
    },
    [reducers],
  );
}
