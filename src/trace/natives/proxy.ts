/**
 * `Proxy`. Where no trap changes what is read, written or called, a proxy is its target. Else it is an object with an accessor for
 * each property that the target is known to have, which asks the traps; what else is read comes from the target, as inherited.
 */
import type { Site } from "../domain/labels.js";
import { joinSlot, objectsOf, S, setSlot, type Obj, isRunnable } from "../domain/heap.js";
import { ANY_STRING, BOTTOM, isBottom, join, ofConst, ofRef, UNDEFINED, type Value } from "../domain/value.js";
import { arg, callValue } from "../machine/call.js";
import { make, type Machine, type Native, type NativeCall } from "../machine/machine.js";
import { defineAccessor, entries, getNamed, hide, setProp } from "../machine/props.js";
import { argItems, newArray, spot } from "./items.js";
import { nativeValue, perhaps } from "./support.js";

type Trap = "get" | "set" | "apply" | "construct";

/** A handler's trap, when it has one. */
function trapOf(m: Machine, handler: Value, name: Trap, site: Site): Value | undefined {
  const fns = objectsOf(m.heap, handler)
    .filter((h) => h.kind === "object")
    .map((h) => getNamed(m, ofRef(h.id), name, site))
    .filter((v) => objectsOf(m.heap, v).some((f) => isRunnable(f) || f.kind === "external"));
  return fns.length === 0 ? undefined : fns.reduce(join, BOTTOM);
}

/** Names that reading a target can ask for: its own, then those of its classes. */
function namesOf(
  m: Machine,
  target: Value,
  site: Site,
): { readonly own: ReadonlySet<string>; readonly inherited: ReadonlySet<string>; readonly open: boolean } {
  const own = new Set<string>();
  const inherited = new Set<string>();
  let open = false;
  for (const obj of objectsOf(m.heap, target)) {
    const e = entries(m, obj, site);
    for (const x of e.known) own.add(x.name);
    if (e.rest !== null || obj.kind === "external") open = true;
    let protos = objectsOf(m.heap, obj.props.get(S.proto) ?? BOTTOM);
    for (let depth = 0; protos.length > 0 && depth < 12; depth++) {
      for (const p of protos)
        for (const slot of p.props.keys()) {
          const name = slot.startsWith(S.getter) ? slot.slice(S.getter.length) : slot;
          if (name.charCodeAt(0) !== 0 && name !== "constructor" && !own.has(name)) inherited.add(name);
        }
      protos = protos.flatMap((p) => objectsOf(m.heap, p.props.get(S.proto) ?? BOTTOM));
    }
  }
  return { own, inherited, open: open || own.size + inherited.size === 0 };
}

const FUNCTIONS = new Set<Obj["kind"]>(["function", "class", "bound", "native", "external"]);

/** `new Proxy(target, handler)`. */
export const proxy: Native = (call) => {
  const { m, site } = call;
  const target = arg(call.args, 0);
  const handler = arg(call.args, 1);
  const trap = (name: Trap): Value | undefined => trapOf(m, handler, name, site);
  const objects = objectsOf(m.heap, target);
  const callable = objects.some((o) => FUNCTIONS.has(o.kind));
  const get = trap("get");
  const set = trap("set");
  const onCall = callable && (trap("apply") !== undefined || trap("construct") !== undefined);
  const listLike = objects.some((o) => o.kind === "array" || o.kind === "map" || o.kind === "set");
  if ((get === undefined && set === undefined && !onCall) || listLike || objects.length === 0) return target;
  const made = callable ? callableProxy(call, target, handler) : ofRef(make(m, "object", spot(site, "proxy")).id);
  for (const obj of objectsOf(m.heap, made)) {
    setSlot(m.heap, obj, S.proto, target);
    if (get !== undefined || set !== undefined) addAccessors(call, obj, target, handler, get, set);
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

function addAccessors(call: NativeCall, obj: Obj, target: Value, handler: Value, get: Value | undefined, set: Value | undefined): void {
  const { m, site } = call;
  const self = ofRef(obj.id);
  const { own, inherited, open } = namesOf(m, target, site);
  for (const name of [...own, ...inherited]) {
    const key = ofConst(name);
    const read: Native = (c) =>
      get === undefined
        ? getNamed(c.m, target, name, c.site)
        : callValue(c.m, get, handler, { list: [target, key, c.self], rest: null }, c.site);
    const write: Native = (c) => {
      const v = arg(c.args, 0);
      if (set === undefined) setProp(c.m, target, key, v, c.site);
      else callValue(c.m, set, handler, { list: [target, key, v, c.self], rest: null }, c.site);
      return UNDEFINED;
    };
    defineAccessor(m, obj, name, "get", nativeValue(m, spot(site, `get ${name}`), name, read));
    defineAccessor(m, obj, name, "set", nativeValue(m, spot(site, `set ${name}`), name, write));
    if (inherited.has(name)) hide(m, obj, name);
  }
  if (!open || get === undefined) return;
  // Any other name: what the trap gives for a name that nobody knows.
  const any = perhaps(m, () => callValue(m, get, handler, { list: [target, ANY_STRING, self], rest: null }, site));
  if (!isBottom(any)) joinSlot(m.heap, obj, S.rest, any);
}
