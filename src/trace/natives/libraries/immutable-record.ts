/** `Record` of Immutable.js: factories of records with the keys of their defaults, and no others: https://immutable-js.com/docs/v5/Record/. */
import { objectsOf, S, setSlot } from "../../domain/heap.js";
import { ANY_BOOLEAN, ANY_NUMBER, exact, join, K, ofConst, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { callValue } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import type { Native, NativeCall } from "../../machine/machine.js";
import { copyProps, entries, getNamed, getProp, setProp } from "../../machine/props.js";
import type { NativeModule, NativeTable } from "../index.js";
import { argItems } from "../items.js";
import { alike, argOf, arrayOf, at, callWith, constant, instance, methods, nativeValue, record } from "../support.js";
import { atPath, pathKeys } from "./lodash-support.js";

const LIB = "immutable";

/** On a record that a callback of `withMutations` is given: what changes it changes it in place. */
const MUTABLE = "\0mutable";

/** A record that has what another has, of the same class; what may be changed in place is that one. */
function copyOf(call: NativeCall, of: Value): Value {
  const { heap } = call.m;
  const objects = objectsOf(heap, of);
  if (objects.some((obj) => obj.props.has(MUTABLE))) return of;
  const copy = instance(call.m, LIB, "Record", call.site);
  const proto = objects[0]?.props.get(S.proto);
  if (proto !== undefined) setSlot(heap, copy, S.proto, proto);
  copyProps(call.m, copy, of, call.site);
  return ofRef(copy.id);
}

function withMutations(call: NativeCall): Value {
  const { m } = call;
  const copy = copyOf(call, call.self);
  const mark = (v: Value | undefined): void => {
    for (const obj of objectsOf(m.heap, copy)) setSlot(m.heap, obj, MUTABLE, v);
  };
  mark(UNDEFINED);
  callWith(m, argOf(call, 0), [copy], call.site);
  mark(undefined);
  return copy;
}

/** The keys that a record or its defaults have. */
const keysOf = (call: NativeCall, of: Value): readonly string[] => [
  ...new Set(objectsOf(call.m.heap, of).flatMap((obj) => entries(call.m, obj, call.site).known.map(({ name }) => name))),
];

/** Puts those values into a record for which it has keys; what is not given stays as it is. */
function take(call: NativeCall, into: Value, values: Value): Value {
  const { m, site } = call;
  if (values.refs.length > 0)
    for (const key of keysOf(call, into)) {
      const isMap = objectsOf(m.heap, values).some(({ kind }) => kind === "map");
      const v = isMap ? callWithMethod(call, values, "get", [ofConst(key)]) : getNamed(m, values, key, site);
      const isGiven = (v.kinds & (K.Undefined | K.Absent)) === 0;
      if (!isGiven && (v.kinds & ~(K.Undefined | K.Absent)) === 0 && v.refs.length === 0 && v.consts.length === 0) continue;
      setProp(m, into, ofConst(key), isGiven ? v : join(getNamed(m, into, key, site), v), site);
    }
  return into;
}

const callWithMethod = (call: NativeCall, self: Value, name: string, args: readonly Value[]): Value =>
  callValue(call.m, getNamed(call.m, self, name, call.site), self, { list: args, rest: null }, call.site);

/** `Record(defaults)`: a factory, with and without `new`, that classes extend. */
const recordFactory: Native = (call) => {
  const { m } = call;
  const defaults = argOf(call, 0);
  const factory = nativeValue(m, at(call, "Record"), "Record", (inner) => made(inner, defaults, argOf(inner, 0)), [defaults]);
  for (const obj of objectsOf(m.heap, factory)) setSlot(m.heap, obj, "prototype", ofRef(external(m, LIB, ["Record"]).id));
  return factory;
};

function made(call: NativeCall, defaults: Value, values: Value): Value {
  const obj = instance(call.m, LIB, "Record", call.site);
  copyProps(call.m, obj, defaults, call.site);
  return take(call, ofRef(obj.id), values);
}

const set: Native = (call) => {
  const copy = copyOf(call, call.self);
  setProp(call.m, copy, argOf(call, 0), argOf(call, 1), call.site);
  return copy;
};

/** `setIn(["a", "b"], v)`, `updateIn(path, fn)`: the same of what stands under the first key, with what is left of the path. */
const changeIn =
  (name: string, change: (call: NativeCall) => Value): Native =>
  (call) => {
    const { m, site } = call;
    const [first, ...deeper] = pathKeys(call, argOf(call, 0)) ?? [];
    const copy = copyOf(call, call.self);
    if (first === undefined) {
      for (const key of keysOf(call, copy)) setProp(m, copy, ofConst(key), join(getNamed(m, copy, key, site), change(call)), site);
      return copy;
    }
    const path = arrayOf(
      m,
      deeper.map((key) => ofConst(key)),
      at(call, "path"),
    );
    const v = deeper.length === 0 ? change(call) : callWithMethod(call, getNamed(m, copy, first, site), name, [path, argOf(call, 1)]);
    setProp(m, copy, ofConst(first), v, site);
    return copy;
  };

const plain: Native = (call) => {
  const out = record(call.m, {}, call.site);
  for (const obj of objectsOf(call.m.heap, out)) copyProps(call.m, obj, call.self, call.site);
  return out;
};

const merge: Native = (call) => argItems(call.args, 0).list.reduce((into, values) => take(call, into, values), copyOf(call, call.self));

const same: Native = (call) => call.self;

const TABLE: NativeTable = {
  get: (call) => {
    const key = exact(argOf(call, 0));
    return typeof key === "string" ? getNamed(call.m, call.self, key, call.site) : getProp(call.m, call.self, argOf(call, 0), call.site);
  },
  getIn: (call) => atPath(call, call.self, argOf(call, 0)),
  ...alike(["has", "hasIn", "equals", "wasAltered"], constant(ANY_BOOLEAN)),
  hashCode: constant(ANY_NUMBER),
  set,
  update: (call) => {
    const [key, fn] = [argOf(call, 0), argOf(call, 1)];
    const copy = copyOf(call, call.self);
    if (fn === UNDEFINED) return callWith(call.m, key, [copy], call.site);
    setProp(call.m, copy, key, callWith(call.m, fn, [getProp(call.m, copy, key, call.site)], call.site), call.site);
    return copy;
  },
  setIn: changeIn("setIn", (call) => argOf(call, 1)),
  updateIn: changeIn("updateIn", (call) => callWith(call.m, argOf(call, 1), [atPath(call, call.self, argOf(call, 0))], call.site)),
  ...alike(["merge", "mergeDeep"], merge),
  withMutations,
  ...alike(["asMutable", "asImmutable"], same),
  ...alike(["toJS", "toObject", "toJSON"], plain),
};

export const immutableRecord: NativeModule = {
  modules: [LIB],
  natives: { Record: recordFactory, ...methods("Record", TABLE) },
};
