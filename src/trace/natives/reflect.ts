/** `Reflect`: the operations of the language as functions. */
import { objectsOf, setSlot, type Obj } from "../domain/heap.js";
import { ANY_BOOLEAN, BOTTOM, join, ofRef, presentOrUndefined, TRUE, UNDEFINED, type Value } from "../domain/value.js";
import { arg, callValue, hasArg } from "../machine/call.js";
import { binary } from "../machine/operators.js";
import { deleteProp, getProp, keyNames, lookUp, setProp, symbolName } from "../machine/props.js";
import { argsOf } from "./function.js";
import type { NativeModule } from "./index.js";
import { defineProperty, descriptors } from "./object-define.js";
import { ownNames } from "./object-lists.js";
import { prototypeOf, setPrototype } from "./object.js";
import { make, type Machine, type NativeCall } from "../machine/machine.js";
import { spot } from "./items.js";
import { proxy } from "./proxy.js";
import { nativeValue } from "./support.js";

/** `Reflect.get(target, key, receiver)`: accessors see the receiver. */
function get(call: NativeCall): Value {
  const { m, args, site } = call;
  const target = arg(args, 0);
  const key = arg(args, 1);
  if (!hasArg(args, 2)) return getProp(m, target, key, site);
  const receiver = arg(args, 2);
  const symbol = symbolName(m, key);
  const { names, open } = symbol === undefined ? keyNames(key) : { names: [symbol], open: false };
  let out: Value = open ? getProp(m, target, { ...key, consts: [], refs: key.refs }, site) : BOTTOM;
  for (const name of names) for (const obj of objectsOf(m.heap, target)) out = join(out, readAs(m, obj, name, receiver, call));
  return out;
}

function readAs(m: Machine, obj: Obj, name: string, receiver: Value, call: NativeCall): Value {
  const v = lookUp(m, obj, name, receiver, call.site, 0);
  return v === undefined ? UNDEFINED : presentOrUndefined(v);
}

function construct(call: NativeCall): Value {
  const { m, args, site } = call;
  return callValue(m, arg(args, 0), UNDEFINED, argsOf(call, arg(args, 1)), site, true);
}

export const reflect: NativeModule = {
  modules: ["global"],
  natives: {
    "Reflect.get": get,
    "Reflect.set": (call) => {
      setProp(call.m, arg(call.args, 0), arg(call.args, 1), arg(call.args, 2), call.site);
      return TRUE;
    },
    "Reflect.has": (call) => binary(call.m, "in", arg(call.args, 1), arg(call.args, 0), call.site),
    "Reflect.apply": (call) => callValue(call.m, arg(call.args, 0), arg(call.args, 1), argsOf(call, arg(call.args, 2)), call.site),
    "Reflect.construct": construct,
    "Reflect.ownKeys": (call) => ownNames(call.m, arg(call.args, 0), call, false),
    "Reflect.deleteProperty": (call) => {
      deleteProp(call.m, arg(call.args, 0), arg(call.args, 1), call.site);
      return TRUE;
    },
    "Reflect.defineProperty": (call) => {
      defineProperty(call);
      return TRUE;
    },
    "Reflect.getOwnPropertyDescriptor": descriptors["Object.getOwnPropertyDescriptor"]!,
    "Reflect.getPrototypeOf": (call) => prototypeOf(call.m, arg(call.args, 0)),
    "Reflect.setPrototypeOf": (call) => {
      setPrototype(call.m, arg(call.args, 0), arg(call.args, 1));
      return TRUE;
    },
    "Reflect.isExtensible": () => ANY_BOOLEAN,
    "Reflect.preventExtensions": () => TRUE,
    Proxy: proxy,
    "Proxy.revocable": (call) => {
      const made = proxy(call);
      return revocable(call, made);
    },
  },
};

function revocable(call: NativeCall, made: Value): Value {
  const { m, site } = call;
  const obj = make(m, "object", spot(site, "revocable"));
  setSlot(m.heap, obj, "proxy", made);
  setSlot(
    m.heap,
    obj,
    "revoke",
    nativeValue(m, site, "revoke", () => UNDEFINED),
  );
  return ofRef(obj.id);
}
