/** Where observables of `rxjs` come from, and what they come to as promises. */
import { objectsOf, setSlot } from "../../domain/heap.js";
import { ANY_NUMBER, BOTTOM, exact, isBottom, join, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { allArgs, hasArg } from "../../machine/call.js";
import { anyItem, type Items } from "../../machine/iterate.js";
import type { Native, NativeCall } from "../../machine/machine.js";
import { newPromise } from "../../machine/promise.js";
import { entries } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { listen } from "../events.js";
import type { NativeTable } from "../index.js";
import { argItems, NO_ITEMS, Sequence, spot } from "../items.js";
import { fulfilAll, rejectAll } from "../settle.js";
import { chunksOf, isStream, pull } from "../stream-core.js";
import { alike, argOf, callable, callWith, nativeValue, option } from "../support.js";
import { deliver, fail, hearFailures, input, listener, newSequence, reasonOf, START } from "./observable.js";
import { attempt, making, withFailures, type At } from "./operation.js";
import { RXJS } from "./rxjs-operators.js";
import { asArray, asRecord, combined, partsOf, zipped, type Part, type Shape } from "./sequence-combine.js";
import { flat, open } from "./sequence-operators.js";

const made = (call: NativeCall, run: (at: At) => Items): Value => making(call, RXJS, run);

const elements = (at: At, v: Value): Items => flat(at, RXJS, { list: [v], rest: null });

const of: Native = (call) => made(call, () => argItems(call.args, 0));
const from: Native = (call) => made(call, (at) => elements(at, argOf(call, 0)));

/** The observables given: as arguments, or as one list. */
function given(call: NativeCall): { readonly list: readonly Value[]; readonly fn: Value | undefined } {
  const list = [...allArgs(call.args)];
  const fn = list.length > 1 && callable(call.m, list.at(-1)!) ? list.pop() : undefined;
  if (list.length !== 1 || !objectsOf(call.m.heap, list[0]!).some((o) => o.kind === "array")) return { list, fn };
  const items = input(call.m, RXJS, list[0]!, call.site, () => undefined);
  return { list: items.rest === null ? items.list : [...items.list, items.rest], fn };
}

/** The elements of all of them. */
const merge: Native = (call) =>
  made(call, (at) => {
    const out = new Sequence();
    for (const v of given(call).list) if (v.refs.length > 0) out.addAll(elements(at, v));
    return out;
  });

const tuples =
  (run: (at: At, parts: readonly Part[], shape: Shape) => Items): Native =>
  (call) =>
    made(call, (at) => {
      const { list, fn } = given(call);
      for (const v of list) withFailures(at, v);
      const sole = list.length === 1 ? objectsOf(at.m.heap, list[0]!)[0] : undefined;
      if (sole?.kind !== "object") return run(at, partsOf(list), asArray(at, fn));
      const parts = entries(at.m, sole, at.site).known.map(({ name, value }) => ({ name, v: value }));
      for (const p of parts) withFailures(at, p.v);
      const names = parts.map((p) => p.name);
      return run(at, parts, asRecord(at, names));
    });

/** `defer(() => …)`: whoever pipes or subscribes has it made. */
const defer: Native = (call) =>
  lazily(call, (at) => {
    const v = callWith(at.m, argOf(call, 0), [], at.site);
    deliver(at.m, at.out, anyItem(elements(at, v)), at.site);
  });

/** An observable that is made when somebody wants its elements. */
export function lazily(call: NativeCall, run: (at: At) => void): Value {
  const { m, site } = call;
  const obj = newSequence(m, RXJS, site, NO_ITEMS);
  const out = ofRef(obj.id);
  setSlot(
    m.heap,
    obj,
    START,
    nativeValue(m, site, "start", (inner) => {
      const at: At = { m: inner.m, site, out };
      attempt(at, RXJS, () => {
        run(at);
        return NO_ITEMS;
      });
      return UNDEFINED;
    }),
  );
  return out;
}

/** `fromEvent(target, name)`: what is emitted from now on; of targets that are not known, anything. */
const fromEvent: Native = (call) => {
  const { m, site } = call;
  const target = argOf(call, 0);
  const project = [argOf(call, 2), argOf(call, 3)].find((v) => callable(m, v));
  return made(call, (at) => {
    const objects = objectsOf(m.heap, target);
    const said = (x: Value): Value => (project === undefined ? x : callWith(m, project, [x], site));
    listen(
      m,
      objects.filter((o) => o.kind !== "external" && o.kind !== "unknown"),
      argOf(call, 1),
      nativeValue(m, site, "event", (inner) => {
        const heard = inner.args.list.length > 1 ? asArray(at)(inner.m, inner.args.list) : argOf(inner, 0);
        deliver(inner.m, at.out, said(heard), site);
        return UNDEFINED;
      }),
    );
    let rest: Value = BOTTOM;
    for (const o of objects)
      if (o.kind === "external" || o.kind === "unknown") rest = join(rest, said(unknown(m, spot(site, "event"))));
      else if (isStream(m, o, site) && exact(argOf(call, 1)) === "data") {
        pull(m, o, site);
        rest = join(rest, chunksOf(m, o, target.via, site));
      }
    return { list: [], rest: isBottom(rest) ? null : rest };
  });
};

/** `fromEventPattern(add)`: the handler is an argument of what is called. */
const fromPattern: Native = (call) =>
  made(call, (at) => {
    const handler = listener(at.m, at.site, "handler", (m, x) => {
      deliver(m, at.out, x, at.site);
    });
    callWith(at.m, argOf(call, 0), [handler], at.site);
    return NO_ITEMS;
  });

/** `throwError(() => error)`. */
const throwError: Native = (call) =>
  made(call, (at) => {
    const error = callable(at.m, argOf(call, 0)) ? callWith(at.m, argOf(call, 0), [], at.site) : argOf(call, 0);
    fail(at.m, at.out, error, at.site);
    return NO_ITEMS;
  });

const numbers: Native = (call) => made(call, () => ({ list: [], rest: ANY_NUMBER }));

/** A promise of the first or the last element. */
export function promised(call: NativeCall, source: Value, end: 0 | -1, fallback: Value): Value {
  const { m, site } = call;
  const promise = ofRef(newPromise(m, site).id);
  const items = input(m, RXJS, source, site, (at, x) => {
    fulfilAll(at, promise, x, site);
  });
  const known = items.list.at(end);
  const value =
    known !== undefined && (end === 0 || items.rest === null)
      ? known
      : isBottom(anyItem(items))
        ? fallback
        : join(anyItem(items), fallback);
  if (!isBottom(value)) fulfilAll(m, promise, value, site);
  const reason = reasonOf(m, source);
  if (reason !== null) rejectAll(m, promise, reason);
  hearFailures(m, source, site, (at, why) => {
    rejectAll(at, promise, why);
  });
  return promise;
}

const valueFrom =
  (end: 0 | -1): Native =>
  (call) =>
    promised(call, argOf(call, 0), end, hasArg(call.args, 1) ? option(call, argOf(call, 1), "defaultValue") : BOTTOM);

export const CREATION: NativeTable = {
  of,
  from,
  ...alike(["merge", "concat", "race", "onErrorResumeNext"], merge),
  combineLatest: tuples((at, parts, shape) => combined(at, RXJS, parts, shape)),
  forkJoin: tuples((at, parts, shape) => combined(at, RXJS, parts, shape)),
  zip: tuples((at, parts, shape) => zipped(at, RXJS, parts, shape)),
  defer,
  iif: (call) =>
    made(call, (at) => open({ list: [anyItem(elements(at, argOf(call, 1))), anyItem(elements(at, argOf(call, 2)))], rest: null })),
  using: (call) => made(call, (at) => elements(at, callWith(at.m, argOf(call, 1), [callWith(at.m, argOf(call, 0), [], at.site)], at.site))),
  fromEvent,
  fromEventPattern: fromPattern,
  throwError,
  ...alike(["interval", "timer", "range"], numbers),
  ...alike(["empty", "never"], (call) => made(call, () => NO_ITEMS)),
  firstValueFrom: valueFrom(0),
  lastValueFrom: valueFrom(-1),
};
