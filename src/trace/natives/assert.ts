/** `assert`: what it is given it keeps only in the error that it may throw. */
import { objectsOf, S, setSlot } from "../domain/heap.js";
import { ANY_BOOLEAN, ANY_STRING, BOTTOM, NULLISH, ofRef, UNDEFINED, withAbout, type Value } from "../domain/value.js";
import { external } from "../machine/external.js";
import { assume, ofComparison } from "../machine/gates.js";
import type { Native, NativeCall } from "../machine/machine.js";
import { concatenate } from "../machine/operators.js";
import { maybeThrow } from "../machine/promise.js";
import { throwValue } from "../machine/throw.js";
import { newError } from "./errors.js";
import type { NativeModule, NativeTable } from "./index.js";
import { guarded, promiseOf } from "./settle.js";
import { alike, argOf, asText, callWith } from "./support.js";

/** The error of an assertion: the message that was given (an error is thrown as it is), or a text that shows both sides. */
function failure(call: NativeCall, message: Value, sides: { readonly actual?: Value; readonly expected?: Value }): Value {
  const { m, site } = call;
  const given = objectsOf(m.heap, message).filter((o) => o.kind === "error");
  if (given.length > 0) return message;
  const shown = [sides.actual, sides.expected].reduce(
    (text: Value, v) => (v === undefined ? text : concatenate(m, text, v, site)),
    ANY_STRING,
  );
  const own = (message.kinds & ~NULLISH) !== 0 || message.consts.length > 0 || message.refs.length > 0;
  const error = newError(m, "AssertionError", own ? asText(m, message, site) : shown, site);
  for (const obj of objectsOf(m.heap, error)) {
    setSlot(m.heap, obj, S.proto, ofRef(external(m, "assert", ["AssertionError"]).id));
    for (const [name, v] of Object.entries(sides)) setSlot(m.heap, obj, name, v);
  }
  return error;
}

const ofOne: Native = (call) => {
  maybeThrow(call.m, failure(call, argOf(call, 1), { actual: argOf(call, 0) }));
  assume(call.m, argOf(call, 0), true);
  return UNDEFINED;
};

const ofTwo: Native = (call) => {
  maybeThrow(call.m, failure(call, argOf(call, 2), { actual: argOf(call, 0), expected: argOf(call, 1) }));
  return UNDEFINED;
};

/** Both are the same, or not: what that says of either holds from here on. */
const compares =
  (equal: boolean): Native =>
  (call) => {
    const out = ofTwo(call);
    const [actual, expected] = [argOf(call, 0), argOf(call, 1)];
    if (actual.about !== null || expected.about !== null)
      assume(call.m, withAbout(ANY_BOOLEAN, ofComparison(actual, expected, equal, false)), true);
    return out;
  };

const fail: Native = (call) => {
  throwValue(call.m, failure(call, argOf(call, 0), {}));
  return BOTTOM;
};

/** `throws(fn)` and its kin run the function; what it throws goes no further. */
const runs: Native = (call) => {
  guarded(call.m, () => {
    callWith(call.m, argOf(call, 0), [], call.site);
  });
  return UNDEFINED;
};

const EQUAL = ["Equal", "StrictEqual", "DeepEqual", "DeepStrictEqual"];

const table: NativeTable = {
  ...alike(["", "default", "ok"], ofOne),
  ...alike(
    EQUAL.map((n) => n.charAt(0).toLowerCase() + n.slice(1)),
    compares(true),
  ),
  ...alike(
    EQUAL.map((n) => `not${n}`),
    compares(false),
  ),
  ...alike(["partialDeepStrictEqual", "match", "doesNotMatch"], ofTwo),
  fail,
  ifError: (call) => {
    const error = argOf(call, 0);
    if (error.refs.length > 0) maybeThrow(call.m, error);
    return UNDEFINED;
  },
  ...alike(["throws", "doesNotThrow"], runs),
  ...alike(["rejects", "doesNotReject"], (call) => promiseOf(call.m, runs(call), call.site)),
};

export const assertions: NativeModule = {
  modules: ["assert", "assert/strict"],
  natives: {
    ...table,
    ...Object.fromEntries(["strict", "default"].flatMap((p) => Object.entries(table).map(([k, v]) => [k === "" ? p : `${p}.${k}`, v]))),
  },
};
