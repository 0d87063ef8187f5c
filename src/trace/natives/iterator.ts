/** Generators and iterators: stepping by hand, and the iterator helpers. Their items are all known when they are made. */
import type { Site } from "../domain/labels.js";
import { joinSlot, objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { ANY_BOOLEAN, BOTTOM, exact, FALSE, isBottom, join, ofRef, TRUE, UNDEFINED, type Value } from "../domain/value.js";
import { arg, hasArg } from "../machine/call.js";
import {
  bringUpToDate,
  goneThrough,
  isAsyncGenerator,
  isAtEnd,
  isUnstarted,
  throwAsked,
  resume,
  RETURNED,
  type Resumption,
} from "../machine/generators.js";
import { anyItem, arrayItems, drain, hasNext, iterate, type Items } from "../machine/iterate.js";
import { runOut, readAgain } from "../machine/listed.js";
import { isStepper, leave, take, type Taken } from "../machine/taking.js";
import { loaded, make, type Machine, type Native, type NativeCall } from "../machine/machine.js";
import { lookUp } from "../machine/props.js";
import { throwValue } from "../machine/throw.js";
import { fromAnything } from "./array-make.js";
import { callbackOf, filterItems, mapItems, reduceItems, search } from "./callbacks.js";
import type { NativeModule, NativeTable } from "./index.js";
import { argItems, bounded, itemsOf, newArray, newIterator, replaceItems, Sequence, spot } from "./items.js";
import { unresolved } from "./receiver.js";
import { promiseOf } from "./settle.js";
import { instance, methods } from "./support.js";

const steppers = (call: NativeCall): readonly Obj[] => objectsOf(call.m.heap, call.self).filter(isStepper);

function stepResult(m: Machine, site: Site, value: Value, done: Value): Value {
  const obj = make(m, "object", spot(site, "step"));
  setSlot(m.heap, obj, "value", value);
  setSlot(m.heap, obj, "done", done);
  return ofRef(obj.id);
}

/** Asynchronous generators promise their steps; what their bodies throw rejects one. */
function settledStep(call: NativeCall, step: Value): Value {
  const { m, site } = call;
  const objects = steppers(call);
  if (!objects.some(isAsyncGenerator)) return step;
  const promise = promiseOf(m, step, site);
  for (const g of objects) {
    const reason = g.props.get(S.reason);
    if (reason !== undefined) for (const p of objectsOf(m.heap, promise)) joinSlot(m.heap, p, S.reason, reason);
  }
  return promise;
}

/** The next step: the first item where it is known which that is; else any, or the end. */
function step(call: NativeCall, how: Resumption, given: Value | undefined): Value {
  const { m, site } = call;
  const objects = steppers(call);
  const sole = objects.length === 1 && !objects[0]!.summary;
  let value: Value = BOTTOM;
  let done: Value = BOTTOM;
  for (const g of objects) {
    if (g.kind === "generator") bringUpToDate(m, g, sole);
    else readAgain(m, g, sole, site);
    const wasAtEnd = isAtEnd(g);
    const resumed = g.kind === "generator" ? resume(m, g, how, given, sole) : undefined;
    if (!wasAtEnd) throwAsked(m, [g], false);
    if (resumed !== undefined) replaceItems(m, { obj: g, strong: sole }, resumed);
    const items = arrayItems(g);
    const end = g.props.get(RETURNED) ?? UNDEFINED;
    const [first, ...others] = items.list;
    if (sole && first !== undefined) {
      replaceItems(m, { obj: g, strong: true }, { list: others, rest: items.rest });
      value = join(value, first);
      done = join(done, FALSE);
    } else if (sole && items.rest === null) {
      value = join(value, end);
      done = join(done, TRUE);
      // What a generator returns comes once, and then it is at its end.
      setSlot(m.heap, g, RETURNED, UNDEFINED);
      if (g.kind === "generator") goneThrough(m, g, true);
      else runOut(m, g, true);
    } else {
      value = join(value, join(anyItem(items), end));
      done = join(done, ANY_BOOLEAN);
    }
  }
  return settledStep(call, stepResult(m, site, loaded(m, value, call.self.via, site), done));
}

/** `next(sent)`. */
const next: Native = (call) =>
  steppers(call).length === 0 ? unresolved(call) : step(call, "sent", hasArg(call.args, 0) ? arg(call.args, 0) : undefined);

/** Is it one generator whose body waits at a `yield`? */
function isSuspended(call: NativeCall): boolean {
  const [g, ...others] = steppers(call);
  return g?.kind === "generator" && g.data !== undefined && others.length === 0 && !g.summary && !isUnstarted(g);
}

/** `return(v)`: ends it, by way of its `finally` blocks, which may yield. */
const close: Native = (call) => {
  const objects = steppers(call);
  if (objects.length === 0) return unresolved(call);
  if (isSuspended(call)) return step(call, "ended", arg(call.args, 0));
  const [g] = objects;
  if (objects.length === 1 && !g!.summary) replaceItems(call.m, { obj: g!, strong: true }, { list: [], rest: null });
  return settledStep(call, stepResult(call.m, call.site, arg(call.args, 0), TRUE));
};

/** `throw(e)`: a body that waits at a `yield` may catch it; others do not. */
const raise: Native = (call) => {
  if (isSuspended(call)) return step(call, "thrown", arg(call.args, 0));
  throwValue(call.m, arg(call.args, 0));
  call.m.alive = true;
  return settledStep(call, stepResult(call.m, call.site, UNDEFINED, ANY_BOOLEAN));
};

/** What the receiver still has, of which so much is taken. */
function remaining(call: NativeCall, taken: Taken): Items {
  const { m, self, site } = call;
  const left = steppers(call).length > 0 ? itemsOf(m, self, site) : iterate(m, self, site);
  leave(m, self, taken);
  return left;
}

const items = (call: NativeCall, taken: Taken): Items => bounded(remaining(call, taken));

const lazily = (call: NativeCall, result: Items): Value => (call.m.alive ? newIterator(call.m, call.site, result) : BOTTOM);

const count = (call: NativeCall): number | undefined => {
  const c = exact(arg(call.args, 0));
  return typeof c === "number" ? c : undefined;
};

const open = (all: Items): Items => {
  const any = anyItem(all);
  return { list: [], rest: isBottom(any) ? null : any };
};

/** `take(n)`: of items whose number is open the first ones that are certain stay in place. */
function firstOf(all: Items, n: number | undefined): Items {
  if (n === undefined) return open(all);
  return n <= all.list.length ? { list: all.list.slice(0, n), rest: null } : all;
}

function dropFirst(all: Items, n: number | undefined): Items {
  if (n === undefined) return open(all);
  return { list: all.list.slice(n), rest: all.rest };
}

const helpers: NativeTable = {
  next,
  return: close,
  throw: raise,
  map: (call) => lazily(call, mapItems(callbackOf(call), items(call, "all"))),
  filter: (call) => lazily(call, filterItems(callbackOf(call), items(call, "all"))),
  flatMap: (call) => {
    const mapped = mapItems(callbackOf(call), items(call, "all"));
    const out = new Sequence();
    for (const x of mapped.list) out.addAll(take(call.m, x, call.site));
    if (mapped.rest !== null) out.addMaybe(anyItem(iterate(call.m, mapped.rest, call.site)));
    return lazily(call, out);
  },
  take: (call) => newIterator(call.m, call.site, firstOf(remaining(call, "some"), count(call))),
  drop: (call) => newIterator(call.m, call.site, dropFirst(remaining(call, "all"), count(call))),
  toArray: (call) => newArray(call.m, call.site, remaining(call, "all")),
  forEach: (call) => {
    mapItems(callbackOf(call), items(call, "all"));
    return call.m.alive ? UNDEFINED : BOTTOM;
  },
  some: (call) => {
    const s = search(callbackOf(call), items(call, "some"));
    return !call.m.alive ? BOTTOM : isBottom(s.found) ? FALSE : s.missed ? ANY_BOOLEAN : TRUE;
  },
  every: (call) => {
    filterItems(callbackOf(call), items(call, "all"));
    return call.m.alive ? ANY_BOOLEAN : BOTTOM;
  },
  find: (call) => {
    const s = search(callbackOf(call), items(call, "some"));
    return !call.m.alive ? BOTTOM : s.missed ? join(s.found, UNDEFINED) : s.found;
  },
  reduce: (call) => reduceItems(callbackOf(call), items(call, "all"), hasArg(call.args, 1) ? arg(call.args, 1) : undefined, (i) => i),
  "@@iterator": (call) => call.self,
  "@@asyncIterator": (call) => call.self,
};

function owned(owner: string): NativeTable {
  return Object.fromEntries(Object.entries(helpers).map(([name, native]) => [`${owner}.prototype.${name}`, native]));
}

/** Items of something iterable, or of what has a `next`. */
function itemsFrom(call: NativeCall, v: Value): Items {
  const { m, site } = call;
  const [obj, ...others] = objectsOf(m.heap, v);
  const bare = others.length === 0 && obj?.kind === "object" && lookUp(m, obj, "@@iterator", v, site, 0) === undefined;
  return bare && hasNext(m, obj, site) ? drain(m, v, site, false) : fromAnything(m, v, call, false);
}

export const iterators: NativeModule = {
  modules: ["global"],
  natives: {
    ...owned("Generator"),
    ...methods("Iterator", helpers),
    // `class … extends Iterator`: has the helpers, and its own `next`.
    Iterator: (call) => ofRef(instance(call.m, "global", "Iterator", call.site).id),
    "Iterator.from": (call) => newIterator(call.m, call.site, itemsFrom(call, arg(call.args, 0))),
    "Iterator.concat": (call) => {
      const out = new Sequence();
      const all = argItems(call.args, 0);
      for (const x of all.list) out.addAll(take(call.m, x, call.site));
      if (all.rest !== null) out.addMaybe(anyItem(iterate(call.m, all.rest, call.site)));
      return newIterator(call.m, call.site, out);
    },
  },
};
