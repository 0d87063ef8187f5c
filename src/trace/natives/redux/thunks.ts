/** Redux Toolkit's asynchronous thunks: https://redux-toolkit.js.org/api/createAsyncThunk. */
import { objectsOf, setSlot } from "../../domain/heap.js";
import { ANY_STRING, BOTTOM, join, ofConst, UNDEFINED, type Value } from "../../domain/value.js";
import { perhaps } from "../../machine/fork.js";
import type { Native, NativeCall } from "../../machine/machine.js";
import { concatenate } from "../../machine/operators.js";
import { awaitValue, settle } from "../../machine/promise.js";
import { unknown } from "../../machine/unknown.js";
import { promised } from "../settle.js";
import { argOf, at, callWith, nativeValue, record } from "../support.js";
import { creatorOf } from "./actions.js";
import { dispatch, dispatcher, extraArgument, reader } from "./store.js";

/** `createAsyncThunk(prefix, load)`: its actions are dispatched when it begins and when its promise has settled. */
export const createAsyncThunk: Native = (call) => {
  const { m, site } = call;
  const [prefix, load] = [argOf(call, 0), argOf(call, 1)];
  const types = Object.fromEntries(
    ["pending", "fulfilled", "rejected"].map((name) => [name, concatenate(m, prefix, ofConst(`/${name}`), site)]),
  );
  const tell = (inner: NativeCall, name: string, parts: Readonly<Record<string, Value>>): Value => {
    const action = record(m, { type: types[name]!, ...parts }, at(inner, name));
    dispatch({ ...inner, args: { list: [action], rest: null } });
    return action;
  };
  const creator = nativeValue(m, at(call, "thunk"), "thunk", (made) => {
    const given = argOf(made, 0);
    return nativeValue(m, at(made, "thunk run"), "thunk run", (inner) => {
      const meta = record(m, { arg: given }, at(inner, "meta"));
      tell(inner, "pending", { meta });
      const refuse = nativeValue(
        m,
        at(inner, "refuse"),
        "rejectWithValue",
        (r) => (tell(r, "rejected", { payload: argOf(r, 0), meta }), BOTTOM),
        [meta],
      );
      const tools = record(
        m,
        {
          dispatch: dispatcher(inner),
          getState: reader(inner),
          extra: extraArgument(inner),
          requestId: ANY_STRING,
          signal: unknown(m, at(inner, "signal")),
          abort: nativeValue(m, at(inner, "abort"), "abort", () => UNDEFINED, []),
          rejectWithValue: refuse,
          fulfillWithValue: nativeValue(m, at(inner, "fulfil"), "fulfillWithValue", (r) => argOf(r, 0), []),
        },
        at(inner, "tools"),
      );
      const result = perhaps(m, () => callWith(m, load, [given, tools], inner.site));
      const { reason } = settle(m, result, inner.site);
      const payload = awaitValue(m, result, inner.site);
      const done = tell(inner, "fulfilled", { payload, meta });
      const failed = reason === null ? BOTTOM : tell(inner, "rejected", { error: reason, meta });
      const promise = promised(inner, join(done, failed));
      for (const obj of objectsOf(m.heap, promise))
        setSlot(
          m.heap,
          obj,
          "unwrap",
          nativeValue(m, at(inner, "unwrap"), "unwrap", (u) => promised(u, payload), [payload]),
        );
      return promise;
    });
  });
  for (const obj of objectsOf(m.heap, creator))
    for (const [name, type] of Object.entries(types)) setSlot(m.heap, obj, name, creatorOf(call, name, type, UNDEFINED));
  return creator;
};
