/** `Proxy`: what is made where no trap is modelled is the target itself. */
import { objectsOf, S, setSlot } from "../domain/heap.js";
import { ofRef, type Value } from "../domain/value.js";
import { arg, callValue } from "../machine/call.js";
import { make, type Native, type NativeCall } from "../machine/machine.js";
import { isListProxy, trapOf, type Trap } from "../machine/proxy.js";
import { argItems, newArray, spot } from "./items.js";
import { nativeValue } from "./support.js";

const FUNCTIONS = new Set(["function", "class", "bound", "native", "external"]);

const OF_PROPERTIES: readonly Trap[] = ["get", "set", "has", "deleteProperty", "defineProperty", "ownKeys"];
const OF_CALLS: readonly Trap[] = ["apply", "construct"];

/** `new Proxy(target, handler)`. */
export const proxy: Native = (call) => {
  const { m, site } = call;
  const target = arg(call.args, 0);
  const handler = arg(call.args, 1);
  const objects = objectsOf(m.heap, target);
  const callable = objects.some((o) => FUNCTIONS.has(o.kind));
  const traps = callable ? [...OF_PROPERTIES, ...OF_CALLS] : OF_PROPERTIES;
  if (objects.length === 0 || traps.every((trap) => trapOf(m, handler, trap, site) === undefined)) return target;
  const made = callable ? callableProxy(call, target, handler) : ofRef(make(m, "object", spot(site, "proxy")).id);
  for (const obj of objectsOf(m.heap, made)) {
    setSlot(m.heap, obj, S.proto, target);
    setSlot(m.heap, obj, S.target, target);
    setSlot(m.heap, obj, S.handler, handler);
    if (isListProxy(m, obj)) m.listProxies = true;
  }
  return made;
};

/** What is called instead of a function: the traps, or the function itself. */
function callableProxy(call: NativeCall, target: Value, handler: Value): Value {
  return nativeValue(call.m, spot(call.site, "proxy"), "proxy", (inner) => {
    const { m, site } = inner;
    const trap = trapOf(m, handler, inner.isNew ? "construct" : "apply", site);
    if (trap === undefined) return callValue(m, target, inner.self, inner.args, site, inner.isNew);
    const list = newArray(m, site, argItems(inner.args, 0), "trap arguments");
    return callValue(m, trap, handler, { list: inner.isNew ? [target, list] : [target, inner.self, list], rest: null }, site);
  });
}
