/** Hooks. State is whatever any setter gave; effects run after the drawing. */
import { objectsOf, S, setSlot, isRunnable } from "../../domain/heap.js";
import {
  ANY_BOOLEAN,
  ANY_NUMBER,
  ANY_STRING,
  BOTTOM,
  FALSE,
  hasPrimitive,
  isBottom,
  join,
  ofRef,
  truthiness,
  UNDEFINED,
  type Value,
} from "../../domain/value.js";
import { boundAt } from "../../../link/statements.js";
import { hasArg } from "../../machine/call.js";
import { awaitValue } from "../../machine/promise.js";
import { make, type Native, type NativeCall } from "../../machine/machine.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeTable } from "../index.js";
import { argOf, arrayOf, callable, callWith, constant, nativeValue } from "../support.js";
import { spot } from "../items.js";
import { contextOf, givenTo, useContext } from "./context.js";
import { currentRoot, kept } from "./desk.js";
import { afterwards } from "./draw.js";
import { applied, cellOf, cellValue, changer } from "./state.js";

const pair = (call: NativeCall, ...parts: Value[]): Value => arrayOf(call.m, parts, spot(call.site, "hook"));

/** Gives a cell its initial value, which it may have had at any time. */
function begin(call: NativeCall, key: string, initial: Value): Value {
  const cell = kept(call.m, key);
  setSlot(call.m.heap, cell, S.value, join(cellValue(call.m, key), initial));
  return cellValue(call.m, key);
}

/**
 * A component that nothing draws is called once, before its effects and handlers: state that begins empty may by then be something, and a
 * text, a number or a flag another one, by itself or in an object. Labels that they put there are seen when it runs again.
 */
function orSet(call: NativeCall, initial: Value): Value {
  if (currentRoot(call.m) !== undefined || isBottom(initial)) return initial;
  if (!truthiness(initial).yes) return join(initial, unknown(call.m, spot(call.site, "set before")));
  return hasNoSetter(call) ? initial : orOthers(call, orOther(initial));
}

/** A primitive, or another of its kind. */
const orOther = (v: Value): Value =>
  hasPrimitive(v) ? [ANY_STRING, ANY_NUMBER, ANY_BOOLEAN].reduce((all, any) => (isOneOf(v, any) ? join(all, any) : all), v) : v;

/** An object, or one in its place with other primitives. */
function orOthers(call: NativeCall, v: Value): Value {
  const { heap } = call.m;
  const plain = objectsOf(heap, v).filter(({ kind }) => kind === "object");
  return plain.reduce((all, obj, i) => {
    const other = make(call.m, "object", spot(call.site, `set before ${String(i)}`));
    for (const [slot, x] of obj.props) setSlot(heap, other, slot, slot.charCodeAt(0) === 0 ? x : orOther(x));
    return join(all, ofRef(other.id));
  }, v);
}

/** `const [step] = useState("first")`. */
function hasNoSetter({ m, site }: NativeCall): boolean {
  const { fn, file } = m.frame.code;
  const target = file.index === site.file ? boundAt(fn.body, site.at) : undefined;
  return target?.p === "array" && target.elems.length < 2 && target.rest === undefined;
}

/** Is it, or may it be, a primitive of this kind? */
const isOneOf = ({ kinds, consts }: Value, any: Value): boolean =>
  (kinds & any.kinds) !== 0 ||
  consts.some((c) => (any === ANY_STRING ? typeof c === "string" : any === ANY_NUMBER && typeof c === "number"));

const isUpdater = (call: NativeCall, v: Value): boolean => objectsOf(call.m.heap, v).some(isRunnable);

const useState: Native = (call) => {
  const key = cellOf(call, "state");
  const given = argOf(call, 0);
  const value = begin(call, key, orSet(call, isUpdater(call, given) ? callWith(call.m, given, [], call.site) : given));
  return pair(
    call,
    value,
    changer(call, key, (inner, old) => applied(inner, argOf(inner, 0), old)),
  );
};

const useReducer: Native = (call) => {
  const key = cellOf(call, "reducer");
  const reducer = argOf(call, 0);
  const value = begin(
    call,
    key,
    hasArg(call.args, 2) && isUpdater(call, argOf(call, 2))
      ? callWith(call.m, argOf(call, 2), [argOf(call, 1)], call.site)
      : argOf(call, 1),
  );
  return pair(
    call,
    value,
    changer(call, key, (inner, old) => callWith(inner.m, reducer, [old, argOf(inner, 0)], inner.site)),
  );
};

/** `useActionState(action, initial)`: what the action comes to is the next state. */
const useActionState: Native = (call) => {
  const key = cellOf(call, "action");
  const action = argOf(call, 0);
  const value = begin(call, key, argOf(call, 1));
  const dispatch = changer(call, key, (inner, old) =>
    awaitValue(inner.m, callWith(inner.m, action, [old, argOf(inner, 0)], inner.site), inner.site),
  );
  return pair(call, value, dispatch, ANY_BOOLEAN);
};

const useOptimistic: Native = (call) => {
  const key = cellOf(call, "optimistic");
  const update = argOf(call, 1);
  const value = begin(call, key, argOf(call, 0));
  return pair(
    call,
    value,
    changer(call, key, (inner, old) =>
      isUpdater(inner, update) ? callWith(inner.m, update, [old, argOf(inner, 0)], inner.site) : applied(inner, argOf(inner, 0), old),
    ),
  );
};

const useRef: Native = (call) => {
  const ref = kept(call.m, `ref ${call.m.path}|${spot(call.site, "ref")}`, "object");
  if (!ref.props.has("current")) setSlot(call.m.heap, ref, "current", argOf(call, 0));
  return ofRef(ref.id);
};

const useImperativeHandle: Native = (call) => {
  const handle = callWith(call.m, argOf(call, 1), [], call.site);
  for (const ref of objectsOf(call.m.heap, argOf(call, 0)))
    if (ref.kind === "object") setSlot(call.m.heap, ref, "current", join(ref.props.get("current") ?? BOTTOM, handle));
  return UNDEFINED;
};

/** The callback runs when everything is drawn; what it gives back, when that is over. */
const useEffect: Native = (call) => {
  const effect = argOf(call, 0);
  const run = nativeValue(
    call.m,
    spot(call.site, "effect"),
    "run",
    (inner) => {
      const cleanup = callWith(inner.m, effect, [], inner.site);
      if (inner.m.alive && isUpdater(inner, cleanup)) afterwards(inner.m, cleanup, UNDEFINED, inner.site);
      return UNDEFINED;
    },
    [effect],
  );
  afterwards(call.m, run, UNDEFINED, call.site);
  return UNDEFINED;
};

const useTransition: Native = (call) =>
  pair(
    call,
    ANY_BOOLEAN,
    nativeValue(call.m, spot(call.site, "start"), "start", (inner) => callWith(inner.m, argOf(inner, 0), [], inner.site), []),
  );

/** What the store has now; its subscribers draw again. */
const useSyncExternalStore: Native = (call) => {
  const { m, site } = call;
  const key = cellOf(call, "store");
  const snapshot = argOf(call, 1);
  const changed = changer(call, key, (inner) => callWith(inner.m, snapshot, [], inner.site));
  const subscribe = nativeValue(
    m,
    spot(site, "subscribe"),
    "run",
    (inner) => {
      callWith(inner.m, argOf(call, 0), [changed], site);
      return UNDEFINED;
    },
    [argOf(call, 0), changed],
  );
  afterwards(m, subscribe, UNDEFINED, site);
  return begin(call, key, callWith(m, snapshot, [], site));
};

/** `use(context)` or `use(promise)`. */
const use: Native = (call) => {
  const { m, site } = call;
  const v = argOf(call, 0);
  return objectsOf(m.heap, v).some((o) => contextOf(o) !== undefined) ? givenTo(m, v) : awaitValue(m, v, site);
};

/** Gives its argument back. */
export const first: Native = (call) => argOf(call, 0);
/** Calls its argument at once. */
export const calls: Native = (call) => (callable(call.m, argOf(call, 0)) ? callWith(call.m, argOf(call, 0), [], call.site) : UNDEFINED);

/** The hooks by name. */
export const HOOKS: NativeTable = {
  useState,
  useReducer,
  useActionState,
  useFormState: useActionState,
  useOptimistic,
  useRef,
  useMemo: calls,
  useCallback: first,
  useEffectEvent: first,
  useDeferredValue: first,
  useEffect,
  useLayoutEffect: useEffect,
  useInsertionEffect: useEffect,
  useImperativeHandle,
  useTransition,
  startTransition: calls,
  useSyncExternalStore,
  useContext,
  use,
  useId: constant(ANY_STRING),
  useDebugValue: constant(UNDEFINED),
  useFormStatus: constant(FALSE),
};
