/** Functions as objects: `call`, `apply`, `bind`. */
import { objectsOf, S, setSlot } from "../domain/heap.js";
import { ANY_STRING, BOTTOM, isBottom, join, ofRef, type Value } from "../domain/value.js";
import { arg, callValue, NO_ARGS } from "../machine/call.js";
import { allocate } from "../machine/identity.js";
import { type Args, type Machine, type Native, type NativeCall } from "../machine/machine.js";
import type { NativeModule } from "./index.js";
import { newArray, spot } from "./items.js";
import { fromAnything } from "./array-make.js";

/** Arguments without the first `n`. */
export const argsFrom = (args: Args, n: number): Args => ({ list: args.list.slice(n), rest: args.rest });

/** Arguments out of an array (or what is like one); none out of `undefined`. */
export function argsOf(call: NativeCall, list: Value): Args {
  return list.refs.length === 0 && list.labels.length === 0 ? NO_ARGS : fromAnything(call.m, list, call, false);
}

const callNative: Native = (call) => callValue(call.m, call.self, arg(call.args, 0), argsFrom(call.args, 1), call.site);

const applyNative: Native = (call) => callValue(call.m, call.self, arg(call.args, 0), argsOf(call, arg(call.args, 1)), call.site);

/** A bound function for each that the receiver may be. */
export function bindTo(m: Machine, fn: Value, self: Value, args: Args, call: NativeCall): Value {
  let out: Value = BOTTOM;
  // Of arguments spread from a list of unknown length one stands for all.
  const given = args.rest === null ? args.list : [...args.list, args.rest];
  for (const target of objectsOf(m.heap, fn)) {
    const bound = allocate(m, "bound", spot(call.site, `bound ${target.key}`), { target: target.id });
    setSlot(m.heap, bound, S.value, self);
    if (given.length > 0)
      setSlot(m.heap, bound, "\0args", newArray(m, call.site, { list: given, rest: null }, `bound arguments ${target.key}`));
    out = join(out, ofRef(bound.id));
  }
  return isBottom(out) ? fn : out;
}

const bindNative: Native = (call) => bindTo(call.m, call.self, arg(call.args, 0), argsFrom(call.args, 1), call);

const ON_FUNCTIONS: ReadonlyMap<string, Native> = new Map([
  ["call", callNative],
  ["apply", applyNative],
  ["bind", bindNative],
]);

export const functions: NativeModule = {
  modules: ["global"],
  natives: {
    "Function.prototype.call": callNative,
    "Function.prototype.apply": applyNative,
    "Function.prototype.bind": bindNative,
    "Function.prototype.toString": () => ANY_STRING,
  },
  // `Array.prototype.slice.call(…)`, `console.log.bind(console)`: a native's own members are named by its path.
  // `Owner.prototype.call` itself would be a method of every object of that owner.
  match: (_module, path) =>
    path.length > 1 && !(path.length === 3 && path[1] === "prototype") ? ON_FUNCTIONS.get(path.at(-1)!) : undefined,
};
