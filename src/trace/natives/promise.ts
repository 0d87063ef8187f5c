/** `Promise`: construction, combinators with their elements apart, reactions. */
import { NO_FACTS, union } from "../domain/about.js";
import { objectsOf, S, setSlot } from "../domain/heap.js";
import { ANY_STRING, BOTTOM, isBottom, join, joinAll, ofConst, ofRef, ofRefs, UNDEFINED, type Value } from "../domain/value.js";
import { callValue } from "../machine/call.js";
import { awaitedAll } from "../machine/every.js";
import { reacts } from "../machine/floating.js";
import { LATE, waitsToo } from "../machine/late.js";
import { forkAll } from "../machine/fork.js";
import { factsOfWay, isOfTurn, underFacts } from "../machine/gates.js";
import { take } from "../machine/taking.js";
import { make, type Machine, type Native, type NativeCall } from "../machine/machine.js";
import { newPromise, resolver, settle, type Settled } from "../machine/promise.js";
import { unknown } from "../machine/unknown.js";
import { newError } from "./errors.js";
import type { NativeModule } from "./index.js";
import { spot } from "./items.js";
import { argOf, arrayOf, callable, callWith, listOf, record, selves } from "./support.js";
import { fulfilAll, isSure, markSure, promiseOf, rejectAll, rejectedWith, settleBy, whenComplete, whenSettled } from "./settle.js";

/** `new Promise(executor)`: the executor runs at once. */
const construct: Native = (call) => {
  const { m, site } = call;
  const promise = newPromise(m, site);
  const self = markSure(m, ofRef(promise.id));
  const resolve = resolver(m, promise, site);
  const reject = resolver(m, promise, site, S.reason);
  settleThrown(m, self, call, () => callWith(m, argOf(call, 0), [resolve, reject], site));
  return self;
};

/** Runs something whose result does not count, but whose exceptions reject. */
function settleThrown(m: Machine, promise: Value, call: NativeCall, run: () => Value): void {
  // Not of the promise's own place: folded into one in a loop, its result would fulfil the promise.
  const scratch = make(m, "promise", spot(call.site, "thrown"));
  settleBy(m, ofRef(scratch.id), call.site, run);
  const reason = scratch.props.get(S.reason);
  if (reason !== undefined) rejectAll(m, promise, reason);
}

const withResolvers: Native = (call) => {
  const { m, site } = call;
  const promise = newPromise(m, site);
  return record(
    m,
    { promise: markSure(m, ofRef(promise.id)), resolve: resolver(m, promise, site), reject: resolver(m, promise, site, S.reason) },
    site,
  );
};

const attempt: Native = (call) => {
  const { m, site } = call;
  const promise = ofRef(newPromise(m, site).id);
  settleBy(m, promise, site, () => callValue(m, argOf(call, 0), UNDEFINED, { list: call.args.list.slice(1), rest: call.args.rest }, site));
  return promise;
};

/** `then`, `catch` and `finally`: what the receiver has come to goes to the callbacks, what they give to a new promise. */
function reaction(call: NativeCall, onValue: Value, onReason: Value): Value {
  const { m, site } = call;
  const result = ofRef(newPromise(m, site).id);
  const receiver = ofRefs(
    selves(call).map((o) => o.id),
    call.self.via,
  );
  const handles = callable(m, onValue);
  const catches = callable(m, onReason);
  // Whatever a library or the world does may fail, for reasons that are not known.
  const sure = isSure(m, receiver);
  if (sure) markSure(m, result);
  const react = (at: Machine, s: Settled): void => {
    const ways: (() => Value)[] = [];
    if (!isBottom(s.value)) {
      ways.push(() => {
        if (!handles) fulfilAll(at, result, s.value, site);
        else
          onValueOf(at, s.value, () => {
            settleBy(at, result, site, () => callWith(at, onValue, [s.value], site));
          });
        return BOTTOM;
      });
    }
    const reason = s.reason ?? (sure || !catches ? null : unknown(at, spot(site, "reason")));
    if (reason !== null) {
      ways.push(() => {
        if (catches) settleBy(at, result, site, () => callWith(at, onReason, [reason], site));
        else rejectAll(at, result, reason);
        return BOTTOM;
      });
    }
    if (ways.length === 1) ways[0]!();
    else forkAll(at, ways);
  };
  reacts(m, receiver, result, [onValue, onReason], site, (at) => {
    whenSettled(at, receiver, site, react);
  });
  return result;
}

/** Runs what a promise's value is awaited for: there it has come by all that holds of it, which says nothing of the code around. */
function onValueOf(m: Machine, v: Value, run: () => void): void {
  const held = m.gates === null ? NO_FACTS : (v.about?.held ?? NO_FACTS).filter((fact) => isOfTurn(m, fact));
  if (held.length === 0) run();
  else underFacts(m, union(factsOfWay(m), held), run);
}

const then: Native = (call) => reaction(call, argOf(call, 0), argOf(call, 1));
const caught: Native = (call) => reaction(call, UNDEFINED, argOf(call, 0));

/** The callback gets nothing and changes nothing, unless it throws. */
const lastly: Native = (call) => {
  const { m, site } = call;
  const result = ofRef(newPromise(m, site).id);
  const callback = argOf(call, 0);
  const receiver = ofRefs(
    selves(call).map((o) => o.id),
    call.self.via,
  );
  reacts(m, receiver, result, [callback], site, (now) => {
    whenSettled(now, receiver, site, (at, s) => {
      settleThrown(at, result, call, () => (callable(at, callback) ? callWith(at, callback, [], site) : UNDEFINED));
      if (!isBottom(s.value)) fulfilAll(at, result, s.value, site);
      if (s.reason !== null) rejectAll(at, result, s.reason);
    });
  });
  return result;
};

/** Elements that settle one by one, gathered in the order of the input. */
function gather(call: NativeCall, element: (m: Machine, s: Settled, v: Value) => Value, rejects: boolean): Value {
  const { m, site } = call;
  const items = take(m, argOf(call, 0), site);
  const result = ofRef(newPromise(m, site).id);
  const all = items.rest === null ? items.list : [...items.list, items.rest];
  const complete = (at: Machine): void => {
    const settled = all.map((v) => settle(at, v, site));
    if (rejects) for (const s of settled) if (s.reason !== null) rejectAll(at, result, s.reason);
    const values = settled.map((s, i) => element(at, s, all[i]!));
    // One that can only be rejected: there is no array.
    if (rejects && settled.some((s) => isBottom(s.value) && s.reason !== null)) return;
    const list = items.rest === null ? arrayOf(at, values, site) : listOf(at, joinAll(values), site);
    fulfilAll(at, result, rejects ? awaitedAll(at, list, values, items.rest !== null) : list, site);
  };
  whenComplete(m, all, site, complete);
  // Of a list of unknown length it is not known which are in it.
  if (items.rest === null) for (const p of objectsOf(m.heap, result)) for (const v of items.list) waitsToo(m, p, v);
  if (all.every((v) => isSure(m, v))) markSure(m, result);
  return result;
}

const all: Native = (call) => gather(call, (_, s) => (isBottom(s.value) ? UNDEFINED : s.value), true);

const isFromOutside = (m: Machine, v: Value): boolean => objectsOf(m.heap, v).some(({ kind }) => kind === "unknown" || kind === "external");

const allSettled: Native = (call) =>
  gather(
    call,
    (m, s, v) => {
      // Whatever a library or the world does may fail, for reasons that are not known.
      const reason = s.reason ?? (isSure(m, v) && !isFromOutside(m, v) ? null : unknown(m, spot(call.site, "reason")));
      const fulfilled =
        isBottom(s.value) && s.reason !== null
          ? BOTTOM
          : record(
              m,
              { status: ofConst("fulfilled"), value: isBottom(s.value) ? UNDEFINED : s.value },
              `${call.site.file}:${call.site.at}:fulfilled`,
            );
      return reason === null
        ? fulfilled
        : join(fulfilled, record(m, { status: ofConst("rejected"), reason }, `${call.site.file}:${call.site.at}:rejected`));
    },
    false,
  );

/** `Promise.race`: the first one to settle, any of them. While one of them is pending, so is what it may come to. */
const race: Native = (call) => {
  const { m, site } = call;
  const items = take(m, argOf(call, 0), site);
  const result = ofRef(newPromise(m, site).id);
  for (const v of items.rest === null ? items.list : [...items.list, items.rest]) fulfilAll(m, result, v, site);
  // Which one it was is not known.
  for (const p of objectsOf(m.heap, result)) setSlot(m.heap, p, LATE, undefined);
  return result;
};

/** `Promise.any`: the first one to be fulfilled. */
const any: Native = (call) => {
  const { m, site } = call;
  const items = take(m, argOf(call, 0), site);
  const result = ofRef(newPromise(m, site).id);
  for (const [i, v] of (items.rest === null ? items.list : [...items.list, items.rest]).entries()) {
    const own = ofRef(make(m, "promise", spot(site, `any ${String(i)}`)).id);
    whenSettled(m, v, site, (at, s) => {
      if (!isBottom(s.value)) fulfilAll(at, own, s.value, site);
      if (s.reason === null) return;
      const error = newError(at, "AggregateError", ANY_STRING, site);
      for (const id of error.refs) at.heap.objects[id]!.props.set("errors", listOf(at, s.reason, site));
      rejectAll(at, own, error);
    });
    fulfilAll(m, result, own, site);
  }
  return result;
};

export const promises: NativeModule = {
  modules: ["global"],
  natives: {
    Promise: construct,
    "Promise.resolve": (call) => markSure(call.m, promiseOf(call.m, argOf(call, 0), call.site)),
    "Promise.reject": (call) => markSure(call.m, rejectedWith(call.m, argOf(call, 0), call.site)),
    "Promise.all": all,
    "Promise.allSettled": allSettled,
    "Promise.race": race,
    "Promise.any": any,
    "Promise.withResolvers": withResolvers,
    "Promise.try": attempt,
    "Promise.prototype.then": then,
    "Promise.prototype.catch": caught,
    "Promise.prototype.finally": lastly,
  },
};
