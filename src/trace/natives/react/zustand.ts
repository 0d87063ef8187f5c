/**
 * Zustand: a store is what its initialiser gives, and whatever is put into it by `set`; hooks read it through selectors. All its states are one
 * object. API: https://zustand.docs.pmnd.rs/apis/create.
 */
import { joinSlot, objectsOf, type Obj } from "../../domain/heap.js";
import { BOTTOM, isBottom, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { perhaps } from "../../machine/fork.js";
import type { Native, NativeCall } from "../../machine/machine.js";
import { copyProps } from "../../machine/props.js";
import type { NativeModule } from "../index.js";
import { alike, argOf, at, callable, callWith, nativeValue, putSlot, record } from "../support.js";
import { kept } from "./desk.js";
import { applied, looks, watch, write } from "./state.js";

/** Slot of a store's cell. */
const LISTENERS = "\0listeners";

interface Store {
  /** The cell that drawings watch. */
  readonly key: string;
  readonly state: Obj;
}

/** Puts a part of the state, or what a function makes of the old, into all its states; who shows it is drawn again. */
function set(call: NativeCall, { key, state }: Store): Value {
  const { m, site } = call;
  const whole = ofRef(state.id);
  const before = looks(m, whole);
  const given = argOf(call, 0);
  // A function may change what it is given (`immer`), and may give a part.
  const part = callable(m, given) ? applied(call, given, whole) : given;
  for (const obj of objectsOf(m.heap, part)) {
    if (obj === state) continue;
    const slots = record(m, {}, at(call, "part"));
    for (const made of objectsOf(m.heap, slots)) {
      copyProps(m, made, ofRef(obj.id), site);
      for (const [slot, v] of made.props) if (slot.charCodeAt(0) !== 0) joinSlot(m.heap, state, slot, v);
    }
  }
  write(m, key, whole, before);
  const listeners = kept(m, key).props.get(LISTENERS) ?? BOTTOM;
  if (!isBottom(listeners)) perhaps(m, () => callWith(m, listeners, [whole, whole], site));
  return UNDEFINED;
}

/** `create(initialiser)`, `create<T>()(initialiser)`; `asHook`: of a store without React it is the store itself. */
const creates =
  (asHook: boolean): Native =>
  (call) => {
    const { m, site } = call;
    const initialiser = argOf(call, 0);
    if (isBottom(initialiser) || initialiser.refs.length === 0)
      return nativeValue(m, at(call, "create"), "create", (inner) => creates(asHook)(inner));
    const key = `zustand ${m.path}|${at(call)}`;
    const store: Store = { key, state: kept(m, `${key} state`, "object") };
    const whole = ofRef(store.state.id);
    const holds = [whole];
    const api = {
      getState: nativeValue(m, at(call, "get"), "getState", () => whole, holds),
      getInitialState: nativeValue(m, at(call, "initial"), "getInitialState", () => whole, holds),
      setState: nativeValue(m, at(call, "set"), "setState", (inner) => set(inner, store), holds),
      subscribe: nativeValue(
        m,
        at(call, "subscribe"),
        "subscribe",
        (inner) => {
          const listener = [argOf(inner, 1), argOf(inner, 0)].find((v) => callable(inner.m, v)) ?? BOTTOM;
          if (!isBottom(listener)) joinSlot(inner.m.heap, kept(inner.m, key), LISTENERS, listener);
          return nativeValue(inner.m, at(inner, "unsubscribe"), "unsubscribe", () => UNDEFINED);
        },
        holds,
      ),
    };
    const given = callable(m, initialiser)
      ? callWith(m, initialiser, [api.setState, api.getState, record(m, api, at(call, "api"))], site)
      : initialiser;
    copyProps(m, store.state, given, site);
    const hook = nativeValue(m, at(call, "hook"), "hook", (inner) => (asHook ? shown(inner, store, argOf(inner, 0)) : UNDEFINED), holds);
    for (const [name, v] of Object.entries(api)) putSlot(m, objectsOf(m.heap, hook), name, v);
    return hook;
  };

/** What a selector picks of the state; all of it without one. */
function shown(call: NativeCall, { key, state }: Store, selector: Value): Value {
  const { m, site } = call;
  watch(m, key);
  const whole = ofRef(state.id);
  return callable(m, selector) ? callWith(m, selector, [whole], site) : whole;
}

/** `useStore(store, selector?)`. */
const useStore: Native = (call) => {
  const { m, site } = call;
  const getState = objectsOf(m.heap, argOf(call, 0)).map((o) => o.props.get("getState") ?? BOTTOM);
  const states = getState.flatMap((get) => (isBottom(get) ? [] : objectsOf(m.heap, callWith(m, get, [], site))));
  for (const state of states) watch(m, state.key.replace(/^react (.*) state$/, "$1"));
  const whole = { ...BOTTOM, refs: states.map((o) => o.id).sort((a, b) => a - b) };
  return callable(m, argOf(call, 1)) ? callWith(m, argOf(call, 1), [whole], site) : whole;
};

/** Middleware gives an initialiser that does the same with something beside. */
const asGiven: Native = (call) => argOf(call, 0);

/** `combine(initial, (set, get) => actions)`. */
const combine: Native = (call) =>
  nativeValue(
    call.m,
    at(call, "combine"),
    "combine",
    (inner) => {
      const all = record(inner.m, {}, at(inner, "combined"));
      const actions = callWith(inner.m, argOf(call, 1), inner.args.list, inner.site);
      for (const obj of objectsOf(inner.m.heap, all))
        for (const part of [argOf(call, 0), actions]) copyProps(inner.m, obj, part, inner.site);
      return all;
    },
    call.args.list,
  );

const SHALLOW = { ...alike(["useShallow", "shallow"], asGiven) };
const MIDDLEWARE = { ...alike(["persist", "devtools", "subscribeWithSelector", "redux", "immer"], asGiven), combine };

/** Stores, with or without React. */
export const zustand: readonly NativeModule[] = [
  {
    modules: ["zustand"],
    natives: { create: creates(true), default: creates(true), createStore: creates(false), useStore, ...SHALLOW },
  },
  { modules: ["zustand/vanilla"], natives: { createStore: creates(false), default: creates(false) } },
  { modules: ["zustand/traditional"], natives: { createWithEqualityFn: creates(true), useStoreWithEqualityFn: useStore } },
  { modules: ["zustand/react/shallow", "zustand/shallow"], natives: SHALLOW },
  { modules: ["zustand/middleware"], natives: MIDDLEWARE },
  { modules: ["zustand/middleware/immer"], natives: MIDDLEWARE },
];
