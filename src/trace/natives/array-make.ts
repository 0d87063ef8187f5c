/** Making arrays: `Array(…)`, `Array.from`, and telling whether something is one. */
import { objectsOf } from "../domain/heap.js";
import { ANY_BOOLEAN, BOTTOM, exact, FALSE, hasPrimitive, join, K, TRUE, UNDEFINED, type Value } from "../domain/value.js";
import { arg, hasArg } from "../machine/call.js";
import { anyItem, type Items } from "../machine/iterate.js";
import { take } from "../machine/taking.js";
import type { Machine, NativeCall } from "../machine/machine.js";
import { awaitValue } from "../machine/promise.js";
import { getNamed } from "../machine/props.js";
import { typeOf, unknownData } from "../machine/unknown.js";
import { mapItems } from "./callbacks.js";
import { argItems, bounded, itemsOf, newArray } from "./items.js";

/** `Array(n)` and `Array(a, b, …)`. */
export function construct(call: NativeCall): Value {
  const { args } = call;
  if (args.list.length !== 1 || args.rest !== null) return newArray(call.m, call.site, argItems(args, 0));
  const n = args.list[0]!;
  const c = exact(n);
  if (typeof c === "number")
    return newArray(
      call.m,
      call.site,
      c <= 512 ? { list: Array.from({ length: c }, () => UNDEFINED), rest: null } : { list: [], rest: UNDEFINED },
    );
  const numeric = (n.kinds & K.Number) !== 0 || n.consts.some((x) => typeof x === "number");
  return newArray(call.m, call.site, numeric ? { list: [], rest: join(UNDEFINED, n.refs.length > 0 ? n : BOTTOM) } : argItems(args, 0));
}

/** The elements of something iterable, or of something with a `length`. */
export function fromAnything(m: Machine, v: Value, call: NativeCall, async: boolean): Items {
  const objects = objectsOf(m.heap, v);
  const like = objects.length === 1 && objects[0]!.kind === "object" && objects[0]!.props.has("length");
  if (!like) return take(m, v, call.site, "all", async);
  const n = exact(getNamed(m, v, "length", call.site));
  if (typeof n !== "number" || n > 256) return { list: [], rest: join(anyItem(itemsOf(m, v, call.site)), UNDEFINED) };
  return { list: Array.from({ length: n }, (_, i) => getNamed(m, v, String(i), call.site)), rest: null };
}

/** The elements that `Array.from(source, callback)` gives. */
export function elementsFrom(call: NativeCall, async: boolean): Items {
  const { m, args } = call;
  let items = fromAnything(m, arg(args, 0), call, async);
  if (async)
    items = {
      list: items.list.map((x) => awaitValue(m, x, call.site)),
      rest: items.rest === null ? null : awaitValue(m, items.rest, call.site),
    };
  if (!hasArg(args, 1) || objectsOf(m.heap, arg(args, 1)).length === 0) return items;
  const few = bounded(items);
  const given = mapItems({ m, fn: arg(args, 1), thisArg: arg(args, 2), self: UNDEFINED, site: call.site }, few);
  // Too many to be made one by one: each is any of them, and there are still as many.
  const any = anyItem(given);
  return few === items || items.rest !== null ? given : { list: items.list.map(() => any), rest: null };
}

/** `Array.isArray(v)`: decided where all that it can be is known. */
export function isArray(call: NativeCall): Value {
  const v = arg(call.args, 0);
  let yes = false;
  let no = hasPrimitive(v);
  for (const o of objectsOf(call.m.heap, v)) {
    if (o.kind === "unknown" || o.kind === "external") {
      const view = o.kind === "unknown" ? call.m.types.view(typeOf(call.m, o)).v : "any";
      if (view === "class" || view === "function") no = true;
      else {
        if (o.kind === "unknown") unknownData(o).list ??= true;
        return ANY_BOOLEAN;
      }
    } else if (o.kind === "array") yes = true;
    else no = true;
  }
  return yes && no ? ANY_BOOLEAN : yes ? TRUE : no ? FALSE : ANY_BOOLEAN;
}
