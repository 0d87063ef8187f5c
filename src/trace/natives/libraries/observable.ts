/**
 * Sequences that others listen to, as `rxjs` and `ix` have them: iterators whose elements stand in the usual slots, so that loops and
 * streams go through them. An operator runs when it is piped, whether or not anybody subscribes then; what arrives later goes through
 * it as it comes.
 */
import type { Site } from "../../domain/labels.js";
import { joinSlot, objectsOf, S, setSlot, type Obj, type Origin } from "../../domain/heap.js";
import { BOTTOM, exact, hasPrimitive, isBottom, join, K, ofConst, ofRef, stringOf, UNDEFINED, type Value } from "../../domain/value.js";
import { external } from "../../machine/external.js";
import { anyItem, arrayItems, iterate, type Items } from "../../machine/iterate.js";
import { loaded, make, type Machine } from "../../machine/machine.js";
import { awaitValue, maybeThrow, pushItem, settle } from "../../machine/promise.js";
import { throwValue } from "../../machine/throw.js";
import { listen } from "../events.js";
import { bounded, eachItem, NO_ITEMS, Sequence, spot } from "../items.js";
import { whenSettled } from "../settle.js";
import { isStream, pull } from "../stream-core.js";
import { argOf, callWith, nativeValue, slotOf } from "../support.js";

/** What a library's sequences are called, and how its callbacks are called. */
export interface Dialect {
  readonly module: string;
  readonly owner: string;
  /** What callbacks promise is waited for. */
  readonly awaits: boolean;
  /** What fails in an operator is thrown to whoever goes through the sequence, and not told to those who listen. */
  readonly throws: boolean;
}

const LISTENERS = "\0listeners";
const ON_ERROR = "\0onError";
const REASON = "\0failed";
const BUSY = "\0busy";
/** Runs what makes the elements. */
export const START = "\0start";
/** Keeps nothing for those who come later. */
export const HOT = "\0hot";
/** What it has passed on nevertheless, by the root that ran: those of other roots may have listened before. */
const PAST = "\0past:";
/** Marks sequences; instances of classes that extend them have it too. */
const SEQUENCE = "\0sequence";
/** Keeps the newest element only. */
export const NEWEST = "\0newest";

/** Deliveries of one sequence that may be under way within each other. */
const NESTED = 3;

const isSequence = (obj: Obj): boolean => obj.props.has(SEQUENCE);

const rootId = (m: Machine): number => m.roots.running[0]?.id ?? -1;

/** What others than the root that runs have passed on. */
function pastOf(m: Machine, obj: Obj): Value {
  let out: Value = BOTTOM;
  for (const [slot, v] of obj.props) if (slot.startsWith(PAST) && slot !== `${PAST}${rootId(m)}`) out = join(out, v);
  return out;
}

/** A fresh sequence of these elements. */
export const newSequence = (m: Machine, dialect: Dialect, site: Site, items: Items, owner = dialect.owner, tag = owner): Obj =>
  sequenceAt(m, dialect, spot(site, tag), items, owner);

/** The same, wherever it was made. */
export function sequenceAt(m: Machine, dialect: Dialect, origin: Origin, items: Items, owner: string): Obj {
  const obj = make(m, "iterator", origin);
  setSlot(m.heap, obj, S.proto, ofRef(external(m, dialect.module, [owner]).id));
  setSlot(m.heap, obj, SEQUENCE, UNDEFINED);
  setSlot(m.heap, obj, S.length, ofConst(0));
  hold(m, ofRef(obj.id), items);
  return obj;
}

/** Adds elements; in order where they are the first. */
export function hold(m: Machine, to: Value, items: Items): void {
  for (const obj of objectsOf(m.heap, to)) {
    const empty = exact(obj.props.get(S.length) ?? BOTTOM) === 0;
    if (!empty) {
      const any = anyItem(items);
      if (!isBottom(any)) pushItem(m, obj, any, false);
      continue;
    }
    items.list.forEach((v, i) => setSlot(m.heap, obj, String(i), v));
    setSlot(m.heap, obj, S.length, items.rest === null ? ofConst(items.list.length) : undefined);
    if (items.rest !== null) joinSlot(m.heap, obj, S.rest, items.rest);
  }
}

/** An element arrives: it is kept and goes to all who listen. */
export function deliver(m: Machine, to: Value, x: Value, site: Site): void {
  if (isBottom(x)) return;
  const objects = objectsOf(m.heap, to);
  for (const obj of objects) {
    if (obj.props.has(NEWEST)) {
      const put = objects.length === 1 && !obj.summary ? setSlot : joinSlot;
      put(m.heap, obj, "0", x);
      put(m.heap, obj, "value", x);
    } else if (obj.props.has(HOT)) joinSlot(m.heap, obj, `${PAST}${rootId(m)}`, x);
    else pushItem(m, obj, x, false);
    notify(m, obj, LISTENERS, x, site);
  }
}

/** Something fails: those who listen to failures are told. */
export function fail(m: Machine, to: Value, reason: Value, site: Site): void {
  for (const obj of objectsOf(m.heap, to)) {
    joinSlot(m.heap, obj, REASON, reason);
    notify(m, obj, ON_ERROR, reason, site);
  }
}

function notify(m: Machine, obj: Obj, slot: string, x: Value, site: Site): void {
  const busy = Number(exact(obj.props.get(BUSY) ?? BOTTOM) ?? 0);
  if (busy >= NESTED) return;
  setSlot(m.heap, obj, BUSY, ofConst(busy + 1));
  for (const fn of objectsOf(m.heap, obj.props.get(slot) ?? BOTTOM)) callWith(m, ofRef(fn.id), [x], site);
  setSlot(m.heap, obj, BUSY, ofConst(busy));
}

/** Something that is done with whatever arrives later. */
export type Later = (m: Machine, x: Value) => void;

/** A function that does this with its first argument. */
export const listener = (m: Machine, site: Site, name: string, run: Later): Value =>
  nativeValue(m, site, name, (call) => {
    run(call.m, argOf(call, 0));
    return UNDEFINED;
  });

/** What is known to have gone wrong in some sequences. */
export function reasonOf(m: Machine, v: Value): Value | null {
  const reason = slotOf(objectsOf(m.heap, v), REASON);
  return isBottom(reason) ? null : reason;
}

/** Hears the failures that come later; those of promises that are rejected by now are thrown where their elements are taken. */
export function hearFailures(m: Machine, v: Value, site: Site, run: Later): void {
  for (const obj of objectsOf(m.heap, v)) {
    if (isSequence(obj)) joinSlot(m.heap, obj, ON_ERROR, listener(m, site, "failed", run));
    const promise = ofRef(obj.id, v.via);
    if (obj.kind === "promise" && settle(m, promise, site).pending)
      whenSettled(m, promise, site, (at, done) => {
        if (done.reason !== null) run(at, done.reason);
      });
  }
}

/** All elements of whatever can be taken as a sequence; `later` is done with those that come when this is over. */
export function input(m: Machine, dialect: Dialect, v: Value, site: Site, later: Later): Items {
  const out = new Sequence();
  const objects = objectsOf(m.heap, v);
  const sole = objects.length === 1 && !hasPrimitive(v);
  for (const obj of objects) {
    const items = inputOf(m, dialect, obj, ofRef(obj.id, v.via), site, later);
    if (sole) out.addAll(items);
    else out.addMaybe(anyItem(items));
  }
  if ((v.kinds & K.String) !== 0 || v.consts.some((c) => typeof c === "string")) out.addMaybe(stringOf(v.labels));
  return bounded(out);
}

function inputOf(m: Machine, dialect: Dialect, obj: Obj, v: Value, site: Site, later: Later): Items {
  if (obj.kind === "promise") {
    const s = settle(m, v, site);
    if (s.pending) {
      whenSettled(m, v, site, (at, done) => later(at, done.value));
      return NO_ITEMS;
    }
    if (s.reason !== null) {
      if (isBottom(s.value)) throwValue(m, s.reason);
      else maybeThrow(m, s.reason);
    }
    return isBottom(s.value) ? NO_ITEMS : { list: [s.value], rest: null };
  }
  if (isSequence(obj)) {
    const start = obj.props.get(START);
    if (start !== undefined) callWith(m, start, [v], site);
    joinSlot(m.heap, obj, LISTENERS, listener(m, site, "later", later));
    const out = new Sequence();
    out.addAll(arrayItems(obj));
    out.addMaybe(pastOf(m, obj));
    const items = eachItem(out, (x) => loaded(m, x, v.via, site));
    return dialect.awaits ? settled(m, items, site) : items;
  }
  if (isStream(m, obj, site)) {
    pull(m, obj, site);
    listen(m, [obj], ofConst("data"), listener(m, site, "data", later));
  }
  const items = iterate(m, v, site, true);
  return dialect.awaits ? settled(m, items, site) : items;
}

/** The elements, those that are promised waited for. */
export function settled(m: Machine, items: Items, site: Site): Items {
  const out = new Sequence();
  for (const x of items.list) out.add(awaitValue(m, x, site));
  if (items.rest !== null) out.addMaybe(awaitValue(m, items.rest, site));
  return out;
}
