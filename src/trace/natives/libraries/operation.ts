/** Operators: what they make of a sequence's elements, those that are there and those that come later. */
import type { Site } from "../../domain/labels.js";
import { objectsOf, setSlot } from "../../domain/heap.js";
import { isBottom, join, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { anyItem, type Items } from "../../machine/iterate.js";
import { make, type Machine, type Native, type NativeCall } from "../../machine/machine.js";
import { maybeThrow } from "../../machine/promise.js";
import { NO_ITEMS, Sequence, spot } from "../items.js";
import { guarded } from "../settle.js";
import { addSlot, argOf, callWith, slotOf } from "../support.js";
import { deliver, fail, hearFailures, hold, HOT, input, newSequence, reasonOf, type Dialect } from "./observable.js";

/** All that has come to an operator so far. */
const SEEN = "\0seen";

/** Where an operator works. */
export interface At {
  readonly m: Machine;
  readonly site: Site;
  readonly out: Value;
}

export interface Operation {
  /** What becomes of the elements that are there. */
  readonly first: (at: At, items: Items) => Items;
  /** What becomes of one that comes later; `all` are those so far, this one among them. */
  readonly later: (at: At, one: Items, all: Items) => Items;
  /** What comes instead of a failure; null where nothing is known to have failed. */
  readonly failed?: (at: At, reason: Value | null) => Items;
  /** Hears of a failure that goes on. */
  readonly heard?: (at: At, reason: Value) => void;
}

/** A sequence made of another one. */
export function through(m: Machine, dialect: Dialect, operation: Operation, source: Value, site: Site): Value {
  const made = newSequence(m, dialect, site, NO_ITEMS);
  const out = ofRef(made.id);
  const at = (now: Machine): At => ({ m: now, site, out });
  const sources = objectsOf(m.heap, source);
  if (sources.length > 0 && sources.every((o) => o.props.has(HOT))) setSlot(m.heap, made, HOT, UNDEFINED);
  const items = input(m, dialect, source, site, (now, x) => {
    const self = objectsOf(now.heap, out);
    addSlot(now, self, SEEN, x);
    const all = { list: [], rest: slotOf(self, SEEN) };
    const late = attempt(at(now), dialect, () => operation.later(at(now), { list: [x], rest: null }, all));
    for (const y of late.list) deliver(now, out, y, site);
    if (late.rest !== null) deliver(now, out, late.rest, site);
  });
  const seen = anyItem(items);
  if (!isBottom(seen)) setSlot(m.heap, made, SEEN, seen);
  holdWhat(at(m), dialect, () => operation.first(at(m), items));
  const { failed } = operation;
  const reason = reasonOf(m, source);
  if (failed !== undefined) holdWhat(at(m), dialect, () => failed(at(m), reason));
  const passOn = (now: Machine, why: Value): void => {
    operation.heard?.(at(now), why);
    fail(now, out, why, site);
  };
  if (failed === undefined && reason !== null) passOn(m, reason);
  hearFailures(m, source, site, (now, why) => {
    if (failed === undefined) passOn(now, why);
    else deliver(now, out, anyItem(attempt(at(now), dialect, () => failed(at(now), why))), site);
  });
  return out;
}

/** Runs an operator's callbacks; what they throw is the sequence's failure. */
export function attempt({ m, site, out }: At, dialect: Dialect, run: () => Items): Items {
  const done = new Sequence();
  const reason = guarded(m, () => {
    const items = run();
    for (const x of items.list) if (!isBottom(x)) done.add(x);
    if (items.rest !== null) done.addMaybe(items.rest);
  });
  if (reason !== null) {
    fail(m, out, reason, site);
    if (dialect.throws) maybeThrow(m, reason);
  }
  return done;
}

/** Runs an operator's callbacks; its sequence has what they give. */
const holdWhat = (at: At, dialect: Dialect, run: () => Items): void => {
  hold(at.m, at.out, attempt(at, dialect, run));
};

/** The failures of what a sequence is made of are its own. */
export function withFailures({ m, site, out }: At, v: Value): void {
  const reason = reasonOf(m, v);
  if (reason !== null) fail(m, out, reason, site);
  hearFailures(m, v, site, (now, why) => {
    fail(now, out, why, site);
  });
}

/** A fresh sequence of what `run` gives, and of what that delivers to it. */
export function making(call: NativeCall, dialect: Dialect, run: (at: At) => Items): Value {
  const { m, site } = call;
  const at: At = { m, site, out: ofRef(newSequence(m, dialect, site, NO_ITEMS).id) };
  holdWhat(at, dialect, () => run(at));
  return at.out;
}

/** The function that an operator is: from a sequence to a sequence. It can be called back by libraries that are not known. */
export function operator(call: NativeCall, dialect: Dialect, operation: Operation): Value {
  const { m, site } = call;
  const run: Native = (inner) => through(inner.m, dialect, operation, argOf(inner, 0), site);
  const target = make(m, "native", spot(site, "operator"), { run });
  return ofRef(make(m, "bound", spot(site, "operation"), { target: target.id }).id);
}

/** `pipe(a, b, …)`: each with what the one before gives. */
export function piped(call: NativeCall, source: Value, operators = call.args): Value {
  const { m, site } = call;
  let at = source;
  for (const f of operators.list) at = callWith(m, f, [at], site);
  return operators.rest === null ? at : join(at, callWith(m, operators.rest, [at], site));
}
