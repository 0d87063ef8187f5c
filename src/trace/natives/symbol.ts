/** Symbols: each its own object, whose identity names the properties under it. */
import { objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { ANY_STRING, BOTTOM, exact, isBottom, join, K, ofConst, ofKinds, ofRef, UNDEFINED, type Value } from "../domain/value.js";
import { arg, hasArg } from "../machine/call.js";
import { external } from "../machine/external.js";
import { make, type NativeCall } from "../machine/machine.js";
import { concatenate } from "../machine/operators.js";
import type { NativeModule } from "./index.js";

/** The slot with a symbol's description. */
const DESCRIPTION = "description";

const PROTOTYPE = ["Symbol", "prototype"] as const;

/** `Symbol(description)`: a symbol equal to no other. */
function symbol(call: NativeCall): Value {
  const { m, site } = call;
  const obj = make(m, "native", `${site.file}:${site.at}-${site.end}|symbol`, { run: () => UNDEFINED });
  setSlot(m.heap, obj, S.proto, ofRef(external(m, "global", [...PROTOTYPE]).id));
  setSlot(m.heap, obj, DESCRIPTION, hasArg(call.args, 0) ? arg(call.args, 0) : UNDEFINED);
  return ofRef(obj.id);
}

/** `Symbol.for(key)`: the same for the same key, wherever it is asked for. */
function symbolFor(call: NativeCall): Value {
  const key = exact(arg(call.args, 0));
  return key === undefined ? ofKinds(K.Symbol, arg(call.args, 0).labels) : ofRef(external(call.m, "global", ["Symbol", `for:${key}`]).id);
}

function descriptionOf(call: NativeCall, of: Value): Value {
  let out: Value = BOTTOM;
  for (const o of objectsOf(call.m.heap, of)) out = join(out, known(o));
  return isBottom(out) ? ANY_STRING : out;
}

function known(obj: Obj): Value {
  if (obj.kind !== "external") return obj.props.get(DESCRIPTION) ?? ANY_STRING;
  const name = (obj.data as { path: readonly string[] }).path.at(-1) ?? "";
  return ofConst(name.startsWith("for:") ? name.slice(4) : `Symbol.${name}`);
}

export const symbols: NativeModule = {
  modules: ["global"],
  natives: {
    Symbol: symbol,
    "Symbol.for": symbolFor,
    "Symbol.keyFor": (call) => descriptionOf(call, arg(call.args, 0)),
    "Symbol.prototype.toString": (call) => {
      const text = concatenate(call.m, ofConst("Symbol("), descriptionOf(call, call.self), call.site);
      return concatenate(call.m, text, ofConst(")"), call.site);
    },
    "Symbol.prototype.valueOf": (call) => call.self,
  },
};
