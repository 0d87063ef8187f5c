/** Functions of `ix` that make sequences, and that take them as they are. */
import type { Site } from "../../domain/labels.js";
import { objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import { ANY_NUMBER, isBottom, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { anyItem, iterate, type Items } from "../../machine/iterate.js";
import { make, type Native, type NativeCall } from "../../machine/machine.js";
import type { NativeTable } from "../index.js";
import { argItems, NO_ITEMS, spot } from "../items.js";
import { repeat } from "../../machine/repeat.js";
import { promiseOf, rejectAll } from "../settle.js";
import { newStream } from "../stream-core.js";
import { alike, argOf, callable, callWith, nativeValue } from "../support.js";
import { OPERATORS } from "./ix-operators.js";
import { input, newSequence, reasonOf, settled, type Dialect } from "./observable.js";
import { making, through, type At } from "./operation.js";
import { asArray, combined, partsOf, zipped, type Part, type Shape } from "./sequence-combine.js";
import { flat, mapped } from "./sequence-operators.js";

export const ASYNC: Dialect = { module: "ix", owner: "AsyncIterableX", awaits: true, throws: true };
export const SYNC: Dialect = { module: "ix", owner: "IterableX", awaits: false, throws: true };

/** A call without its first argument. */
const shifted = (call: NativeCall): NativeCall => ({ ...call, args: argItems(call.args, 1) });

const elements = (call: NativeCall, dialect: Dialect, v: Value): Items => input(call.m, dialect, v, call.site, () => undefined);

/** What a terminal gives: promised by asynchronous sequences. */
function answer(call: NativeCall, dialect: Dialect, v: Value, from?: Value): Value {
  if (!dialect.awaits) return v;
  const promise = promiseOf(call.m, v, call.site);
  const reason = from === undefined ? null : reasonOf(call.m, from);
  if (reason !== null) rejectAll(call.m, promise, reason);
  return promise;
}

/** `toArray(source)`, `reduce(source, …)`: what the operator of this name gives. */
const terminal =
  (dialect: Dialect, name: string): Native =>
  (call) => {
    const out = through(call.m, dialect, OPERATORS[name]!(shifted(call), dialect), argOf(call, 0), call.site);
    const any = anyItem(iterate(call.m, out, call.site));
    return answer(call, dialect, isBottom(any) ? UNDEFINED : any, out);
  };

/** A set or map of the elements. */
const gathered =
  (dialect: Dialect, kind: "set" | "map"): Native =>
  (call) => {
    const { m, site } = call;
    const at: At = { m, site, out: UNDEFINED };
    const items = elements(call, dialect, argOf(call, 0));
    const obj = make(m, kind, spot(site, kind));
    const chosen = callable(m, argOf(call, 2)) ? mapped(at, dialect, items, argOf(call, 2)) : items;
    if (!isBottom(anyItem(chosen))) setSlot(m.heap, obj, S.rest, anyItem(chosen));
    if (kind === "map") setSlot(m.heap, obj, S.restKey, anyItem(mapped(at, dialect, items, argOf(call, 1))));
    return answer(call, dialect, ofRef(obj.id));
  };

const forEach =
  (dialect: Dialect): Native =>
  (call) => {
    const out = through(call.m, dialect, OPERATORS["tap"]!(shifted(call), dialect), argOf(call, 0), call.site);
    return answer(call, dialect, UNDEFINED, out);
  };

const from =
  (dialect: Dialect): Native =>
  (call) =>
    making(call, dialect, (at) => {
      const items = flat(at, dialect, { list: [argOf(call, 0)], rest: null });
      return callable(at.m, argOf(call, 1)) ? mapped(at, dialect, items, argOf(call, 1)) : items;
    });

/** The elements of all arguments. */
const all =
  (dialect: Dialect): Native =>
  (call) =>
    making(call, dialect, (at) => flat(at, dialect, argItems(call.args, 0)));

const tuples =
  (dialect: Dialect, run: (at: At, d: Dialect, parts: readonly Part[], shape: Shape) => Items): Native =>
  (call) =>
    making(call, dialect, (at) => {
      const { list } = call.args;
      const fn = list.find((v) => callable(at.m, v));
      return run(at, dialect, partsOf(list.filter((v) => !callable(at.m, v))), asArray(at, fn));
    });

/** `generate(seed, while, next, result)`. */
const generate =
  (dialect: Dialect): Native =>
  (call) =>
    making(call, dialect, (at) => {
      const states = repeat(at.m, (so) => callWith(at.m, argOf(call, 2), [so], at.site), argOf(call, 0));
      return mapped(at, dialect, { list: [], rest: states }, argOf(call, 3));
    });

/** A stream whose chunks are the elements. */
export function streamOf(call: NativeCall, dialect: Dialect, source: Value, owner: string, site: Site): Obj {
  const stream = newStream(call.m, owner, site);
  const chunks = anyItem(elements(call, dialect, source));
  if (!isBottom(chunks)) setSlot(call.m.heap, stream, S.rest, chunks);
  return stream;
}

/** `toNodeStream(source)`; without an argument, what makes one of a sequence. */
const toStream =
  (owner: string): Native =>
  (call) => {
    const { m, site } = call;
    const given = argOf(call, 0);
    const run = (inner: NativeCall, source: Value): Value => ofRef(streamOf(inner, ASYNC, source, owner, site).id);
    const options = given.refs.length === 0 || objectsOf(m.heap, given).every((o) => o.kind === "object" && o.props.has("objectMode"));
    return options ? nativeValue(m, site, "toStream", (inner) => run(inner, argOf(inner, 0))) : run(call, given);
  };

export const TERMINALS = [
  "toArray",
  "reduce",
  "first",
  "last",
  "single",
  "find",
  "elementAt",
  "min",
  "max",
  "count",
  "findIndex",
  "every",
  "some",
];

export const functions = (d: Dialect): NativeTable => ({
  ...Object.fromEntries(TERMINALS.map((name) => [name, terminal(d, name)])),
  ...alike(["sum", "average"], (call) => answer(call, d, ANY_NUMBER)),
  toSet: gathered(d, "set"),
  toMap: gathered(d, "map"),
  forEach: forEach(d),
  ...alike(["from", "as", "fromNodeStream", "fromDOMStream", "readFromNodeStream"], from(d)),
  of: (call) => making(call, d, (at) => (d.awaits ? settled(at.m, argItems(call.args, 0), at.site) : argItems(call.args, 0))),
  ...alike(["concat", "merge", "race", "onErrorResumeNext", "catchError"], all(d)),
  zip: tuples(d, zipped),
  ...alike(["combineLatest", "forkJoin"], tuples(d, combined)),
  defer: (call) => making(call, d, (at) => flat(at, d, mapped(at, d, { list: [UNDEFINED], rest: null }, argOf(call, 0)))),
  ...alike(["range", "interval"], (call) => making(call, d, () => ({ list: [], rest: ANY_NUMBER }))),
  ...alike(["empty", "never"], (call) => making(call, d, () => NO_ITEMS)),
  generate: generate(d),
  toNodeStream: toStream("Readable"),
  toDOMStream: toStream("ReadableStream"),
  AsyncSink: (call) => ofRef(newSequence(call.m, d, call.site, NO_ITEMS, "AsyncSink").id),
});
