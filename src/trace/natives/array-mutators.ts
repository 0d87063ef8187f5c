/** The array methods that change their receiver, and those that do the same to a copy. */
import { objectsOf, S } from "../domain/heap.js";
import { ANY_NUMBER, BOTTOM, exact, isBottom, join, ofRef, UNDEFINED, type Value } from "../domain/value.js";
import { arg, callValue, hasArg } from "../machine/call.js";
import { anyItem, type Items } from "../machine/iterate.js";
import { hop, loaded, type Native, type NativeCall } from "../machine/machine.js";
import { putAway } from "../machine/members.js";
import { elementOf } from "../machine/unknown.js";
import { append, argItems, bounded, itemsOf, newArray, replaceItems, Sequence, targetsOf, weakenLast, type Target } from "./items.js";
import { listMethod } from "./receiver.js";
import { repeat } from "../machine/repeat.js";
import type { NativeTable } from "./index.js";

const LIMIT = 256;

const elements = (call: NativeCall, target: Target): Items => {
  if (target.obj.kind === "unknown") elementOf(call.m, target.obj, call.site);
  return bounded(itemsOf(call.m, ofRef(target.obj.id), call.site), LIMIT);
};

const mixed = (items: Items): Items => {
  const any = anyItem(items);
  return isBottom(any) ? { list: [], rest: null } : { list: [], rest: any };
};

const exactArg = (call: NativeCall, i: number, missing: number): number | undefined => {
  if (!hasArg(call.args, i)) return missing;
  const c = exact(arg(call.args, i));
  return typeof c === "number" ? c : undefined;
};

const stored = (call: NativeCall, v: Value): Value => hop(call.m, v, "store", call.site);

/** An element that leaves its list. */
const taken = (call: NativeCall, v: Value): Value => loaded(call.m, v, call.self.via, call.site);

/** A method that computes new elements, in place and as a copy (`sort`, `toSorted`). */
function inPlace(change: (call: NativeCall, items: Items) => Items): Native {
  return (call) => {
    for (const target of targetsOf(call)) {
      const next = change(call, elements(call, target));
      if (!call.m.alive) return BOTTOM;
      replaceItems(call.m, target, next);
    }
    return call.self;
  };
}

function copied(change: (call: NativeCall, items: Items) => Items): Native {
  return (call) => {
    const next = change(call, bounded(itemsOf(call.m, call.self, call.site), LIMIT));
    return call.m.alive ? newArray(call.m, call.site, next) : BOTTOM;
  };
}

const reverse = (_call: NativeCall, items: Items): Items =>
  items.rest === null ? { list: [...items.list].reverse(), rest: null } : mixed(items);

/** Sorted where every comparison is decided; else the elements lose their places, not their number. */
function sort(call: NativeCall, items: Items): Items {
  if (items.rest === null && items.list.length <= 1) return items;
  const { m } = call;
  const by = arg(call.args, 0);
  const custom = objectsOf(m.heap, by).length > 0;
  if (items.rest === null && !custom) {
    const keys = items.list.map(exact);
    if (keys.every((k) => k !== undefined)) {
      const order = keys
        .map((_, i) => i)
        .sort((a, b) => (String(keys[a]) < String(keys[b]) ? -1 : String(keys[a]) > String(keys[b]) ? 1 : a - b));
      return { list: order.map((i) => items.list[i]!), rest: null };
    }
  }
  if (items.rest === null && custom && items.list.length <= 16) {
    const sorted = insertion(call, items.list, by);
    if (sorted !== undefined || !m.alive) return { list: sorted ?? [], rest: null };
  }
  if (custom) {
    const any = anyItem(items);
    repeat(m, () => callValue(m, by, UNDEFINED, { list: [any, any], rest: null }, call.site));
  }
  const any = anyItem(items);
  return items.rest === null ? { list: items.list.map(() => any), rest: null } : { list: [], rest: any };
}

/** Insertion sort: as in V8, the comparison gets the later element first. */
function insertion(call: NativeCall, list: readonly Value[], by: Value): Value[] | undefined {
  const out: Value[] = [];
  for (const x of list) {
    let at = out.length;
    while (at > 0) {
      const c = exact(callValue(call.m, by, UNDEFINED, { list: [x, out[at - 1]!], rest: null }, call.site));
      if (typeof c !== "number") return undefined;
      if (c >= 0) break;
      at--;
    }
    out.splice(at, 0, x);
  }
  return out;
}

/** What `splice` takes out and what it leaves. */
function spliced(call: NativeCall, items: Items): { readonly removed: Items; readonly left: Items } {
  const start = exactArg(call, 0, 0);
  const count = exactArg(call, 1, Number.POSITIVE_INFINITY);
  const inserted = argItems(call.args, 2);
  const more = inserted.list.map((v) => stored(call, v));
  if (start !== undefined && count !== undefined && inserted.rest === null && call.args.list.length > 0) {
    const { list } = items;
    const from = start < 0 ? Math.max(0, list.length + start) : Math.min(start, list.length);
    if (items.rest === null) {
      const left = [...list];
      const removed = left.splice(from, count, ...more);
      return { removed: { list: removed, rest: null }, left: { list: left, rest: null } };
    }
    // Among the elements whose place is known, places stay known.
    if (start >= 0 && start + count <= list.length) {
      const left = [...list];
      const removed = left.splice(start, count, ...more);
      return { removed: { list: removed, rest: null }, left: { list: left, rest: items.rest } };
    }
    if (start >= 0 && start <= list.length && count === Number.POSITIVE_INFINITY)
      return { removed: { list: list.slice(start), rest: items.rest }, left: { list: [...list.slice(0, start), ...more], rest: null } };
  }
  const left = new Sequence();
  left.addMaybe(anyItem(items));
  for (const v of more) left.addMaybe(v);
  if (inserted.rest !== null) left.addMaybe(stored(call, inserted.rest));
  return { removed: mixed(items), left };
}

function splice(call: NativeCall): Value {
  const removed = new Sequence();
  const targets = targetsOf(call);
  for (const target of targets) {
    const s = spliced(call, elements(call, target));
    replaceItems(call.m, target, s.left);
    if (targets.length === 1) removed.addAll(s.removed);
    else removed.addMaybe(anyItem(s.removed));
  }
  return newArray(
    call.m,
    call.site,
    { list: removed.list.map((v) => taken(call, v)), rest: removed.rest === null ? null : taken(call, removed.rest) },
    "removed",
  );
}

function push(call: NativeCall): Value {
  const targets = targetsOf(call);
  const { list, rest } = argItems(call.args, 0);
  const more = call.m.gates === null ? { list, rest } : { list: list.map((v) => putAway(call.m, v)), rest };
  for (const target of targets) append(call.m, target, more, call.site);
  const only = targets.length === 1 ? targets[0]!.obj.props.get(S.length) : undefined;
  return only ?? ANY_NUMBER;
}

function pop(call: NativeCall): Value {
  let out: Value = BOTTOM;
  for (const target of targetsOf(call)) {
    const items = elements(call, target);
    if (items.rest === null) {
      out = join(out, items.list.at(-1) ?? UNDEFINED);
      if (target.strong) replaceItems(call.m, target, { list: items.list.slice(0, -1), rest: null });
      else if (target.obj.kind !== "unknown") weakenLast(call.m, target.obj, items.list.length);
      continue;
    }
    out = join(out, join(anyItem({ list: items.list.slice(-1), rest: items.rest }), UNDEFINED));
    weakenLast(call.m, target.obj, items.list.length);
  }
  return isBottom(out) ? UNDEFINED : taken(call, out);
}

function shift(call: NativeCall): Value {
  let out: Value = BOTTOM;
  for (const target of targetsOf(call)) {
    const items = elements(call, target);
    const first = items.list[0];
    out = join(out, first ?? (items.rest === null ? UNDEFINED : join(items.rest, UNDEFINED)));
    if (target.strong) replaceItems(call.m, target, { list: items.list.slice(1), rest: items.rest });
    else if (target.obj.kind !== "unknown") replaceItems(call.m, target, { list: [], rest: anyItem(items) });
  }
  return isBottom(out) ? UNDEFINED : taken(call, out);
}

function unshift(call: NativeCall): Value {
  for (const target of targetsOf(call)) {
    const out = new Sequence();
    const added = argItems(call.args, 0);
    out.addAll({ list: added.list.map((v) => stored(call, v)), rest: added.rest === null ? null : stored(call, added.rest) });
    out.addAll(elements(call, target));
    replaceItems(call.m, target, out);
  }
  return ANY_NUMBER;
}

/** `fill(value, start, end)`. */
function filled(call: NativeCall, items: Items): Items {
  const v = stored(call, arg(call.args, 0));
  const start = exactArg(call, 1, 0);
  const end = exactArg(call, 2, Number.POSITIVE_INFINITY);
  if (items.rest === null && start !== undefined && end !== undefined) return { list: [...items.list].fill(v, start, end), rest: null };
  if (start === 0 && end === Number.POSITIVE_INFINITY) return { list: items.list.map(() => v), rest: v };
  return { list: items.list.map((x) => join(x, v)), rest: items.rest === null ? null : join(items.rest, v) };
}

/** `with(index, value)`. */
function replaced(call: NativeCall, items: Items): Items {
  const i = exactArg(call, 0, 0);
  const v = stored(call, arg(call.args, 1));
  if (i !== undefined && (items.rest === null || (i >= 0 && i < items.list.length))) {
    const list = [...items.list];
    const at = i < 0 ? list.length + i : i;
    if (at >= 0 && at < list.length) list[at] = v;
    return { list, rest: items.rest };
  }
  return { list: items.list.map((x) => join(x, v)), rest: items.rest === null ? null : join(items.rest, v) };
}

function copyWithin(call: NativeCall, items: Items): Items {
  const to = exactArg(call, 0, 0);
  const start = exactArg(call, 1, 0);
  const end = exactArg(call, 2, Number.POSITIVE_INFINITY);
  if (items.rest === null && to !== undefined && start !== undefined && end !== undefined)
    return { list: [...items.list].copyWithin(to, start, end), rest: null };
  const any = anyItem(items);
  return { list: items.list.map(() => any), rest: items.rest === null ? null : any };
}

/** By method name, for `Array.prototype`. */
export const mutators: NativeTable = {
  push: listMethod(push),
  pop: listMethod(pop),
  shift: listMethod(shift),
  unshift: listMethod(unshift),
  splice: listMethod(splice),
  sort: listMethod(inPlace(sort)),
  reverse: listMethod(inPlace(reverse)),
  fill: listMethod(inPlace(filled)),
  copyWithin: listMethod(inPlace(copyWithin)),
  toSorted: listMethod(copied(sort)),
  toReversed: listMethod(copied(reverse)),
  toSpliced: listMethod(copied((call, items) => spliced(call, items).left)),
  with: listMethod(copied(replaced)),
};
