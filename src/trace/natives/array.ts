/** Arrays: construction, and the methods that read them. */
import {
  exact,
  ANY_BOOLEAN,
  ANY_NUMBER,
  BOTTOM,
  hasPrimitive,
  isBottom,
  join,
  K,
  ofConst,
  ofRef,
  TRUE,
  FALSE,
  UNDEFINED,
  NULLISH,
  stringOf,
  truthiness,
  withAbout,
  withKinds,
  type Value,
} from "../domain/value.js";
import { about, NO_FACTS, union } from "../domain/about.js";
import { objectsOf, type Obj } from "../domain/heap.js";
import { joinLabels } from "../domain/labels.js";
import { arg, hasArg } from "../machine/call.js";
import { allLabels } from "../machine/deep.js";
import { ofEvery, someOf } from "../machine/every.js";
import { ofMember } from "../machine/members.js";
import { anyItem, type Items } from "../machine/iterate.js";
import { loaded, type Machine, type Native, type NativeCall } from "../machine/machine.js";
import { forMany } from "../machine/convert.js";
import { passing } from "../machine/gates.js";
import { concatenate } from "../machine/operators.js";
import { fulfil, newPromise } from "../machine/promise.js";
import { isList, typeOf } from "../machine/unknown.js";
import { construct, elementsFrom, isArray } from "./array-make.js";
import { mutators } from "./array-mutators.js";
import { callbackOf, filterItems, mapItems, reduceItems, reversed, search, testAll, type Search } from "./callbacks.js";
import { mayEqual, mustEqual } from "./equality.js";
import type { NativeModule, NativeTable } from "./index.js";
import { argItems, eachItem, bounded, itemsOf, newArray, newIteratorOver, newPair, Sequence } from "./items.js";
import { listMethod, looseKeys, orString } from "./receiver.js";
import { copyOf, listOfClass } from "./species.js";
import { methods } from "./support.js";

/** The receiver's elements. */
const own = (call: NativeCall): Items => bounded(itemsOf(call.m, call.self, call.site), 256);
/** The same for a method that calls something for each. */
const few = (call: NativeCall): Items => bounded(itemsOf(call.m, call.self, call.site));

/** An exact integer argument: its value, `missing` when it is not given, undefined when it is open. */
function integer(call: NativeCall, i: number, missing: number): number | undefined {
  if (!hasArg(call.args, i)) return missing;
  const v = arg(call.args, i);
  if (v.refs.length === 0 && v.consts.length === 0 && v.kinds === K.Undefined) return missing;
  const c = exact(v);
  return typeof c === "number" ? c : undefined;
}

/** `slice`: exact where the bounds are, as far as the elements' places are known. */
export function sliceItems(items: Items, start: number | undefined, end: number | undefined): Items {
  if (items.rest === null && start !== undefined && end !== undefined) return { list: items.list.slice(start, end), rest: null };
  if (start !== undefined && start >= 0 && start <= items.list.length) {
    if (end !== undefined && end >= 0 && end <= items.list.length) return { list: items.list.slice(start, end), rest: null };
    if (end === Number.POSITIVE_INFINITY) return { list: items.list.slice(start), rest: items.rest };
  }
  const any = anyItem(items);
  return isBottom(any) ? { list: [], rest: null } : { list: [], rest: any };
}

/** Is it a list for certain? */
const flattens = (m: Machine, obj: Obj): boolean => obj.kind === "array" || (obj.kind === "unknown" && isList(m, typeOf(m, obj)));

/** Puts a value into a list as `flat(depth)` and `concat` do: arrays by their elements. */
export function flattenInto(m: Machine, out: Sequence, v: Value, depth: number, call: NativeCall, seen = 0): void {
  const objects = objectsOf(m.heap, v);
  const open = (o: Obj): boolean =>
    o.kind === "external" || (o.kind === "unknown" && ["any", "union", "external"].includes(m.types.view(typeOf(m, o)).v));
  if (depth < 1 || seen > 8 || !objects.some((o) => flattens(m, o) || open(o))) {
    out.add(v);
    return;
  }
  if (objects.length === 1 && flattens(m, objects[0]!) && !hasPrimitive(v)) {
    const items = itemsOf(m, v, call.site);
    for (const x of items.list) flattenInto(m, out, x, depth - 1, call, seen + 1);
    if (items.rest !== null) {
      const inner = new Sequence();
      flattenInto(m, inner, items.rest, depth - 1, call, seen + 1);
      out.addMaybe(anyItem(inner));
    }
    return;
  }
  if (hasPrimitive(v)) out.addMaybe({ ...v, refs: [] });
  for (const o of objects) {
    const single = ofRef(o.id, v.via);
    const inner = new Sequence();
    if (flattens(m, o)) flattenInto(m, inner, single, depth, call, seen + 1);
    else {
      inner.add(single);
      if (open(o)) inner.add(loaded(m, anyItem(itemsOf(m, single, call.site)), v.via, call.site));
    }
    out.addMaybe(anyItem(inner));
  }
}

function flat(call: NativeCall, items: Items, depth: number): Items {
  const out = new Sequence();
  for (const x of items.list) flattenInto(call.m, out, x, depth, call);
  if (items.rest !== null) {
    const inner = new Sequence();
    flattenInto(call.m, inner, items.rest, depth, call);
    out.addMaybe(anyItem(inner));
  }
  return out;
}

/** `join` and `toString`: the elements' text, exact where all is; structured text stays structured. */
function joined(call: NativeCall, separator: Value): Value {
  const { m, site } = call;
  const items = own(call);
  const text = (v: Value): Value => ((v.kinds & NULLISH) === 0 ? v : join(withKinds(v, v.kinds & ~NULLISH), ofConst("")));
  let out = ofConst("");
  items.list.forEach((x, i) => {
    if (i > 0) out = concatenate(m, out, separator, site);
    out = concatenate(m, out, text(x), site);
  });
  if (items.rest === null || !m.alive) return m.alive ? out : BOTTOM;
  const element = text(items.rest);
  const next = items.list.length === 0 ? out : concatenate(m, out, separator, site);
  let one: Value = BOTTOM;
  forMany(m, element, site, () => (one = concatenate(m, next, element, site)));
  if (isBottom(one)) return out;
  const between = stringOf(joinLabels(allLabels(m, element), allLabels(m, separator)));
  const many =
    element.refs.length > 0 ? concatenate(m, one, separator, site) : concatenate(m, concatenate(m, one, between, site), element, site);
  return join(out, join(one, many));
}

/** Is the argument among the elements? */
function includes(call: NativeCall): Value {
  const items = own(call);
  const wanted = arg(call.args, 0);
  const is = isAmong(call, items, wanted);
  return is === ANY_BOOLEAN ? withAbout(is, ofMember(call.m, items, wanted)) : is;
}

/** Decided where constants (or the very object) decide it. */
function isAmong(call: NativeCall, items: Items, wanted: Value): Value {
  if (items.list.some((x) => mustEqual(call.m, x, wanted))) return TRUE;
  const { consts } = wanted;
  if (consts.length > 1 && wanted.kinds === 0 && wanted.refs.length === 0 && consts.every((c) => items.list.some((x) => exact(x) === c)))
    return TRUE;
  const unclear = items.list.some((x) => mayEqual(call.m, x, wanted)) || (items.rest !== null && mayEqual(call.m, items.rest, wanted));
  const known = objectsOf(call.m.heap, call.self).every((o) => o.kind === "array");
  return unclear || !known || isBottom(wanted) ? ANY_BOOLEAN : FALSE;
}

/** `indexOf` and `lastIndexOf`: where it may be found, up to where it certainly is. */
function indexOf(call: NativeCall, last: boolean): Value {
  const { list, rest } = own(call);
  const wanted = arg(call.args, 0);
  if (call.args.list.length !== 1 || (last && rest !== null) || isBottom(wanted)) return ANY_NUMBER;
  let out: Value = BOTTOM;
  for (let n = 0; n < list.length; n++) {
    const i = last ? list.length - 1 - n : n;
    if (mayEqual(call.m, list[i]!, wanted)) out = join(out, ofConst(i));
    if (mustEqual(call.m, list[i]!, wanted)) return out;
  }
  return rest === null ? join(out, ofConst(-1)) : ANY_NUMBER;
}

/** `at(i)`. */
function at(call: NativeCall): Value {
  const items = own(call);
  const i = integer(call, 0, 0);
  if (i !== undefined) {
    if (items.rest === null) return items.list.at(i) ?? UNDEFINED;
    if (i >= 0 && i < items.list.length) return items.list[i]!;
  }
  return join(anyItem(items), UNDEFINED);
}

const indexed = (items: Items): readonly Value[] => items.list.map((_, i) => ofConst(i));

function keysOf(call: NativeCall, items: Items): Items {
  const loose = looseKeys(call.m, call.self);
  return { list: indexed(items), rest: items.rest === null ? null : join(ANY_NUMBER, loose) };
}

function entriesOf(call: NativeCall, items: Items): Items {
  const { m, site } = call;
  const rest = items.rest === null ? null : newPair(m, site, join(ANY_NUMBER, looseKeys(m, call.self)), items.rest, "any");
  return { list: items.list.map((x, i) => newPair(m, site, ofConst(i), x, String(i))), rest };
}

/** The element that a search has found, or none: then all have failed. */
function noneFound(call: NativeCall, items: Items, { found, failed }: Search): Value {
  const v = join(found, UNDEFINED);
  const all = ofEvery(call.m, items.rest, failed, call.site);
  return all === null || truthiness(found).no
    ? v
    : withAbout(v, about(v.about?.key ?? "", v.about?.held ?? NO_FACTS, v.about?.yes, union(v.about?.no ?? NO_FACTS, all.yes)));
}

const find =
  (fromEnd: boolean, what: "element" | "index"): Native =>
  (call) => {
    const items = few(call);
    const s = search(callbackOf(call), fromEnd ? reversed(items) : items);
    if (!call.m.alive) return BOTTOM;
    if (what === "element") return s.missed ? noneFound(call, items, s) : s.found;
    if (s.at === undefined || (fromEnd && items.rest !== null)) return ANY_NUMBER;
    const out = s.at.reduce((v: Value, i) => join(v, ofConst(fromEnd ? items.list.length - 1 - i : i)), BOTTOM);
    return s.missed ? join(out, ofConst(-1)) : out;
  };

/** `some` and `every`: decided where each callback's answer is. */
const quantifier =
  (every: boolean): Native =>
  (call) => {
    const items = few(call);
    const cb = callbackOf(call);
    if (!every) {
      const s = search(cb, items);
      if (!call.m.alive) return BOTTOM;
      if (isBottom(s.found)) return FALSE;
      if (!s.missed) return TRUE;
      const none = ofEvery(call.m, items.rest, s.failed, call.site);
      return withAbout(ANY_BOOLEAN, none === null ? null : about("", NO_FACTS, s.found.about?.held, none.yes));
    }
    const tested = testAll(cb, items);
    if (!call.m.alive) return BOTTOM;
    if (items.rest === null && tested.every(({ passes, no }) => isBottom(passes) || !no)) return ofConst(!tested.some(({ no }) => no));
    const passed = tested.flatMap(({ passes }) => (isBottom(passes) ? [] : [passes]));
    return withAbout(ANY_BOOLEAN, ofEvery(call.m, items.rest, passed, call.site));
  };

const reduce =
  (fromEnd: boolean): Native =>
  (call) => {
    const items = few(call);
    const n = items.list.length;
    return reduceItems(callbackOf(call), fromEnd ? reversed(items) : items, hasArg(call.args, 1) ? arg(call.args, 1) : undefined, (i) =>
      fromEnd ? n - 1 - i : i,
    );
  };

const readers: NativeTable = {
  map: listMethod((call) => copyOf(call, mapItems(callbackOf(call), few(call))), true),
  flatMap: listMethod((call) => {
    const mapped = mapItems(callbackOf(call), few(call));
    return call.m.alive ? copyOf(call, flat(call, mapped, 1)) : BOTTOM;
  }, true),
  filter: listMethod((call) => copyOf(call, filterItems(callbackOf(call), few(call))), true),
  forEach: listMethod((call) => {
    mapItems(callbackOf(call), few(call));
    return call.m.alive ? UNDEFINED : BOTTOM;
  }, true),
  find: listMethod(find(false, "element"), true),
  findLast: listMethod(find(true, "element"), true),
  findIndex: listMethod(find(false, "index"), true),
  findLastIndex: listMethod(find(true, "index"), true),
  some: listMethod(quantifier(false), true),
  every: listMethod(quantifier(true), true),
  reduce: listMethod(reduce(false), true),
  reduceRight: listMethod(reduce(true), true),
  flat: listMethod((call) => copyOf(call, flat(call, own(call), integer(call, 0, 1) ?? 3))),
  slice: listMethod(
    orString((call) => {
      const [start, end] = [integer(call, 0, 0), integer(call, 1, Number.POSITIVE_INFINITY)];
      const part = sliceItems(own(call), start, end);
      const isWhole = start === 0 && end === Number.POSITIVE_INFINITY;
      return copyOf(call, part.rest === null || isWhole ? part : { ...part, rest: someOf(call.m, part.rest, call.site) });
    }),
  ),
  concat: listMethod(
    orString((call) => {
      const out = new Sequence();
      out.addAll(own(call));
      const more = eachItem(argItems(call.args, 0), (x) => passing(call.m, x));
      for (const x of more.list) flattenInto(call.m, out, x, 1, call);
      if (more.rest !== null) {
        const inner = new Sequence();
        flattenInto(call.m, inner, more.rest, 1, call);
        out.addMaybe(anyItem(inner));
      }
      return copyOf(call, out);
    }),
  ),
  join: listMethod((call) =>
    joined(call, hasArg(call.args, 0) && arg(call.args, 0).kinds !== K.Undefined ? arg(call.args, 0) : ofConst(",")),
  ),
  toString: listMethod((call) => joined(call, ofConst(","))),
  toLocaleString: listMethod((call) => joined(call, ofConst(","))),
  at: listMethod(at),
  includes: listMethod(includes),
  indexOf: listMethod((call) => indexOf(call, false)),
  lastIndexOf: listMethod((call) => indexOf(call, true)),
  keys: listMethod((call) => newIteratorOver(call, ["Array", "prototype", "keys"], keysOf(call, own(call)))),
  values: listMethod((call) => newIteratorOver(call, ["Array", "prototype", "values"], own(call))),
  entries: listMethod((call) => newIteratorOver(call, ["Array", "prototype", "entries"], entriesOf(call, own(call)))),
  "@@iterator": listMethod((call) => newIteratorOver(call, ["Array", "prototype", "@@iterator"], own(call))),
};

export const array: NativeModule = {
  modules: ["global"],
  natives: {
    ...methods("Array", { ...readers, ...mutators }),
    Array: construct,
    "Array.of": (call) => listOfClass(call, call.self, argItems(call.args, 0)),
    "Array.from": (call) => {
      const items = elementsFrom(call, false);
      return call.m.alive ? listOfClass(call, call.self, items) : BOTTOM;
    },
    "Array.fromAsync": (call) => {
      const items = elementsFrom(call, true);
      if (!call.m.alive) return BOTTOM;
      const promise = newPromise(call.m, call.site);
      fulfil(call.m, promise, newArray(call.m, call.site, items), call.site);
      return ofRef(promise.id);
    },
    "Array.isArray": isArray,
  },
};
