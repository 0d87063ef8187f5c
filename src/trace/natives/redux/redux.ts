/** `redux`, Redux Toolkit, `reselect`, and the hooks of `react-redux`. */
import { objectsOf } from "../../domain/heap.js";
import { BOTTOM, join, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { clone } from "../../machine/clone.js";
import { make, type Native, type NativeCall } from "../../machine/machine.js";
import { typeIn } from "../../machine/declared.js";
import { unknown } from "../../machine/unknown.js";
import { copyProps, getNamed } from "../../machine/props.js";
import { iterate } from "../../machine/iterate.js";
import type { NativeModule } from "../index.js";
import { argItems } from "../items.js";
import { createElement } from "../react/draw.js";
import { argOf, at, callWith, nativeValue, record } from "../support.js";
import { createAction, isAnyOf } from "./actions.js";
import { createReducer, createSlice } from "./slices.js";
import {
  api,
  applyMiddleware,
  combineReducers,
  configureStore,
  createStore,
  currentState,
  dispatcher,
  isFunction,
  withExtraArgument,
} from "./store.js";
import { createAsyncThunk } from "./thunks.js";

/** `useSelector(select)`. */
const useSelector: Native = (call) => callWith(call.m, argOf(call, 0), [currentState(call)], call.site);

/** `createSelector([a, b], make)`, `createSelector(a, b, make)`: `make` gets what the others select. */
const createSelector: Native = (call) => {
  const { m, site } = call;
  const all = argItems(call.args, 0).list.flatMap((v) =>
    isFunction(m, v) ? [v] : objectsOf(m.heap, v).some((o) => o.kind === "array") ? iterate(m, v, site).list : [],
  );
  const make = all.at(-1) ?? BOTTOM;
  return nativeValue(
    m,
    at(call, "selector"),
    "selector",
    (inner) => {
      const given = argItems(inner.args, 0).list;
      const parts = all.slice(0, -1).map((select) => callWith(m, select, given, inner.site));
      return callWith(m, make, parts, inner.site);
    },
    all,
  );
};

/** `bindActionCreators({ save }, dispatch)`: calling one dispatches what it makes. */
const bindActionCreators: Native = (call) => boundAll(call, argOf(call, 0), argOf(call, 1));

function boundAll(call: NativeCall, creators: Value, send: Value): Value {
  const { m, site } = call;
  const bound = (creator: Value, name: string): Value =>
    nativeValue(
      m,
      at(call, `bound ${name}`),
      name,
      (inner) => callWith(m, send, [callWith(m, creator, argItems(inner.args, 0).list, inner.site)], inner.site),
      [creator, send],
    );
  if (isFunction(m, creators)) return bound(creators, "one");
  const out: Record<string, Value> = {};
  for (const obj of objectsOf(m.heap, creators))
    for (const name of obj.props.keys())
      if (name.charCodeAt(0) !== 0) out[name] = join(out[name] ?? BOTTOM, bound(getNamed(m, ofRef(obj.id), name, site), name));
  return record(m, out, at(call, "bound"));
}

/** `connect(state => props, { save } | dispatch => props)(Component)`: props from the state and creators that dispatch, beside its own. */
const connect: Native = (call) => {
  const [select, actions] = [argOf(call, 0), argOf(call, 1)];
  return nativeValue(
    call.m,
    at(call, "connect"),
    "connect",
    (outer) => {
      const component = argOf(outer, 0);
      return nativeValue(
        call.m,
        at(outer, "connected"),
        "connected",
        (inner) => {
          const { m, site } = inner;
          const own = argOf(inner, 0);
          const send = dispatcher(inner);
          const parts = [own];
          if (isFunction(m, select)) parts.push(callWith(m, select, [currentState(inner), own], site));
          if (isFunction(m, actions)) parts.push(callWith(m, actions, [send, own], site));
          else if (actions.refs.length > 0) parts.push(boundAll(inner, actions, send));
          else parts.push(record(m, { dispatch: send }, at(inner, "send")));
          const props = make(m, "object", at(inner, "props"));
          for (const part of parts) copyProps(m, props, part, site);
          return createElement(m, component, ofRef(props.id), site);
        },
        [select, actions, component],
      );
    },
    [select, actions],
  );
};

/** `useSelector.withTypes<State>()`: the same; where no store is known, its state is of that type. */
const typedSelector: Native = (call) => {
  const [state] = call.types ?? [];
  const type = state && typeIn(call.m, call.m.frame.code, state);
  const select: Native = (inner) => callWith(inner.m, argOf(inner, 0), [currentState(inner, type)], inner.site);
  return nativeValue(call.m, at(call, "useSelector"), "useSelector", select, []);
};

/** `useDispatch.withTypes<Dispatch>()` gives the same. */
const itself =
  (native: Native, name: string): Native =>
  (call) =>
    nativeValue(call.m, at(call, name), name, native, []);

const draftFree: Native = (call) => clone(call.m, argOf(call, 0), call.site, "structured");

export const redux: readonly NativeModule[] = [
  {
    modules: ["redux", "@reduxjs/toolkit", "reselect"],
    natives: {
      createStore,
      legacy_createStore: createStore,
      configureStore,
      combineReducers,
      applyMiddleware,
      bindActionCreators,
      createAction,
      createReducer,
      createSlice,
      createAsyncThunk,
      "createAsyncThunk.withTypes": itself(createAsyncThunk, "createAsyncThunk"),
      createSelector,
      "createSelector.withTypes": itself(createSelector, "createSelector"),
      createDraftSafeSelector: createSelector,
      current: draftFree,
      original: draftFree,
      isAnyOf,
    },
  },
  {
    modules: ["redux-thunk"],
    natives: { withExtraArgument, "thunk.withExtraArgument": withExtraArgument, "default.withExtraArgument": withExtraArgument },
  },
  {
    // What has been stored of a state is a state of the same store.
    modules: ["redux-persist"],
    natives: {
      persistReducer: (call) => argOf(call, 1),
      persistStore: (call) => unknown(call.m, at(call, "persistor")),
      persistCombineReducers: (call) => combineReducers({ ...call, args: { list: [argOf(call, 1)], rest: null } }),
    },
  },
  {
    modules: ["react-redux"],
    natives: {
      connect,
      useSelector,
      useDispatch: dispatcher,
      useStore: api,
      "useSelector.withTypes": typedSelector,
      "useDispatch.withTypes": itself(dispatcher, "useDispatch"),
      "useStore.withTypes": itself(api, "useStore"),
      shallowEqual: () => UNDEFINED,
    },
  },
];
