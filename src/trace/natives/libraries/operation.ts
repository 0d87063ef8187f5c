/** Operators: what they make of a sequence's elements, those that are there and those that come later. */
import type { Site } from "../../domain/labels.js";
import { joinSlot, objectsOf, setSlot } from "../../domain/heap.js";
import { isBottom, join, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { anyItem, type Items } from "../../machine/iterate.js";
import { make, type Machine, type Native, type NativeCall } from "../../machine/machine.js";
import { maybeThrow } from "../../machine/promise.js";
import { NO_ITEMS, Sequence, spot } from "../items.js";
import { guarded } from "../settle.js";
import { argOf, callWith, slotOf } from "../support.js";
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
  const sources = objectsOf(m.heap, source);
  if (sources.length > 0 && sources.every((o) => o.props.has(HOT))) setSlot(m.heap, made, HOT, UNDEFINED);
  const items = input(m, dialect, source, site, (at, x) => {
    for (const o of objectsOf(at.heap, out)) joinSlot(at.heap, o, SEEN, x);
    const all = { list: [], rest: slotOf(objectsOf(at.heap, out), SEEN) };
    const late = attempt(at, dialect, out, site, () => operation.later({ m: at, site, out }, { list: [x], rest: null }, all));
    for (const y of late.list) deliver(at, out, y, site);
    if (late.rest !== null) deliver(at, out, late.rest, site);
  });
  const seen = anyItem(items);
  if (!isBottom(seen)) setSlot(m.heap, made, SEEN, seen);
  hold(
    m,
    out,
    attempt(m, dialect, out, site, () => operation.first({ m, site, out }, items)),
  );
  const { failed } = operation;
  const reason = reasonOf(m, source);
  if (failed !== undefined)
    hold(
      m,
      out,
      attempt(m, dialect, out, site, () => failed({ m, site, out }, reason)),
    );
  const passOn = (at: Machine, why: Value): void => {
    operation.heard?.({ m: at, site, out }, why);
    fail(at, out, why, site);
  };
  if (failed === undefined && reason !== null) passOn(m, reason);
  hearFailures(m, source, site, (at, why) => {
    if (failed === undefined) passOn(at, why);
    else deliver(at, out, anyItem(attempt(at, dialect, out, site, () => failed({ m: at, site, out }, why))), site);
  });
  return out;
}

/** Runs an operator's callbacks; what they throw is the sequence's failure. */
export function attempt(m: Machine, dialect: Dialect, out: Value, site: Site, run: () => Items): Items {
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

/** A fresh sequence of what `run` gives, and of what that delivers to it. */
export function making(call: NativeCall, dialect: Dialect, run: (at: At) => Items): Value {
  const { m, site } = call;
  const out = ofRef(newSequence(m, dialect, site, NO_ITEMS).id);
  hold(
    m,
    out,
    attempt(m, dialect, out, site, () => run({ m, site, out })),
  );
  return out;
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
