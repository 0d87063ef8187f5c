/** Redux Toolkit's creators of actions, and what tells their actions: https://redux-toolkit.js.org/api/createAction. */
import { objectsOf, setSlot } from "../../domain/heap.js";
import { ANY_BOOLEAN, BOTTOM, exact, FALSE, join, TRUE, type Value } from "../../domain/value.js";
import type { Native, NativeCall } from "../../machine/machine.js";
import { getNamed } from "../../machine/props.js";
import { argItems } from "../items.js";
import { argOf, at, callWith, nativeValue, option, record } from "../support.js";
import { isFunction } from "./store.js";

const typeOfAction = (call: NativeCall, action: Value): Value =>
  action.refs.length === 0 ? BOTTOM : getNamed(call.m, action, "type", call.site);

/** Is an action of a type? */
export function isOfType(call: NativeCall, action: Value, type: Value): Value {
  const [is, wanted] = [exact(typeOfAction(call, action)), exact(type)];
  return is === undefined || wanted === undefined ? ANY_BOOLEAN : is === wanted ? TRUE : FALSE;
}

/** A creator of actions: `{ type, payload }`, with the type as a property. */
export function creatorOf(call: NativeCall, name: string, type: Value, prepare: Value): Value {
  const { m } = call;
  const creator = nativeValue(
    m,
    at(call, `creator ${name}`),
    name,
    (inner) => {
      if (!isFunction(m, prepare)) return record(m, { type, payload: argOf(inner, 0) }, at(inner, `action ${name}`));
      const prepared = callWith(m, prepare, argItems(inner.args, 0).list, inner.site);
      const parts = Object.fromEntries(["payload", "meta", "error"].map((part) => [part, option(inner, prepared, part)]));
      return record(m, { type, ...parts }, at(inner, `action ${name}`));
    },
    [type, prepare],
  );
  for (const obj of objectsOf(m.heap, creator)) {
    setSlot(m.heap, obj, "type", type);
    setSlot(
      m.heap,
      obj,
      "match",
      nativeValue(m, at(call, `match ${name}`), "match", (inner) => isOfType(inner, argOf(inner, 0), type), [type]),
    );
  }
  return creator;
}

/** `createAction(type, prepare?)`. */
export const createAction: Native = (call) => creatorOf(call, "action", argOf(call, 0), argOf(call, 1));

/** `isAnyOf(a, b)(action)`. */
export const isAnyOf: Native = (call) => {
  const matchers = argItems(call.args, 0).list;
  return nativeValue(call.m, at(call, "any of"), "any of", (inner) =>
    matchers
      .map((v) => (isFunction(call.m, v) ? getNamed(call.m, v, "match", inner.site) : v))
      .map((match, i) => callWith(call.m, isFunction(call.m, match) ? match : matchers[i]!, [argOf(inner, 0)], inner.site))
      .reduce(join, FALSE),
  );
};
