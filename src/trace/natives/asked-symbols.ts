/**
 * `text.replace(x, …)`, `split`, `match` …: what an object has for `Symbol.replace`, `Symbol.split` … is called instead, with the text and
 * the other arguments. Only the program's own methods are; regular expressions stay with the natives.
 */
import { isFunction, objectsOf } from "../domain/heap.js";
import { ofRef, UNDEFINED, type Value } from "../domain/value.js";
import { callValue } from "../machine/call.js";
import { forkAll } from "../machine/fork.js";
import type { Native, NativeCall } from "../machine/machine.js";
import { lookUp } from "../machine/props.js";
import type { NativeTable } from "./index.js";
import { argOf } from "./support.js";

/** The methods that ask their first argument, and for which symbol. */
const ASKED = { split: "split", match: "match", matchAll: "matchAll", replace: "replace", replaceAll: "replace", search: "search" };

/** Ways on which a method of the argument answers; empty where the native does for all it may be. */
function answers(call: NativeCall, symbol: string): readonly (() => Value)[] {
  const { m, self, args, site } = call;
  return objectsOf(m.heap, argOf(call, 0)).flatMap((obj) => {
    if (obj.kind !== "object") return [];
    const method = lookUp(m, obj, `@@${symbol}`, ofRef(obj.id), site, 0) ?? UNDEFINED;
    if (!objectsOf(m.heap, method).some(isFunction)) return [];
    const given = { list: [self, ...args.list.slice(1)], rest: args.rest };
    return [() => callValue(m, method, ofRef(obj.id), given, site)];
  });
}

/** String methods that leave their work to an argument's own method. */
export function askingFirst(methods: NativeTable): NativeTable {
  const asking = Object.entries(ASKED).flatMap(([name, symbol]) => {
    const native = methods[name];
    if (native === undefined) return [];
    const asks: Native = (call) => {
      const ways = answers(call, symbol);
      if (ways.length === 0) return native(call);
      const others = objectsOf(call.m.heap, argOf(call, 0)).length > ways.length;
      return forkAll(call.m, others ? [...ways, () => native(call)] : ways);
    };
    return [[name, asks] as const];
  });
  return { ...methods, ...Object.fromEntries(asking) };
}
