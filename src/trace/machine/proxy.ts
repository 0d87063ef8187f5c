/**
 * Proxies: objects whose properties are what traps make of a target's. A trap runs when its operation does, with the key that is asked
 * for; where a handler has none for an operation, the target is asked.
 */
import { objectsOf, S, type Obj, isRunnable } from "../domain/heap.js";
import { joinLabels, NO_LABELS, type Labels, type Site } from "../domain/labels.js";
import { ANY_BOOLEAN, ANY_STRING, BOTTOM, join, ofConst, ofRef, truthiness, UNDEFINED, type Value } from "../domain/value.js";
import { callValue } from "./call.js";
import { globalObject } from "./external.js";
import { perhaps } from "./fork.js";
import { iterate, type Items } from "./iterate.js";
import type { Args, Machine } from "./machine.js";
import { deleteProp, entries, getAny, getNamed, lookUp, setProp, type Entries, type Entry, type Reading } from "./props.js";

export type Trap = "get" | "set" | "has" | "deleteProperty" | "defineProperty" | "ownKeys" | "apply" | "construct";

export const isProxy = (obj: Obj): boolean => obj.props.has(S.target);

export const targetOf = (proxy: Obj): Value => proxy.props.get(S.target) ?? BOTTOM;

/** A handler's trap, when it has one. */
export function trapOf(m: Machine, handler: Value, name: Trap, site: Site): Value | undefined {
  const fns = objectsOf(m.heap, handler)
    .filter((h) => h.kind === "object")
    .map((h) => getNamed(m, ofRef(h.id), name, site))
    .filter((v) => objectsOf(m.heap, v).some((f) => isRunnable(f) || f.kind === "external"));
  return fns.length === 0 ? undefined : fns.reduce(join, BOTTOM);
}

/** Runs a trap with the target and what else it is given; undefined where there is none. */
export function runTrap(m: Machine, proxy: Obj, name: Trap, list: readonly Value[], site: Site): Value | undefined {
  const handler = proxy.props.get(S.handler) ?? BOTTOM;
  const trap = trapOf(m, handler, name, site);
  return trap && callValue(m, trap, handler, { list: [targetOf(proxy), ...list], rest: null }, site);
}

/** The key that a property's name in the heap stands for. */
function keyOf(m: Machine, name: string): Value {
  if (!name.startsWith("@@")) return ofConst(name);
  const id = Number(name.slice(2));
  return ofRef(Number.isNaN(id) ? globalObject(m, `Symbol.${name.slice(2)}`).id : id);
}

/** `proxy.name`; undefined where there is no such property. */
export function proxyGet(m: Machine, proxy: Obj, name: string, receiver: Value, site: Site): Value | undefined {
  const trapped = runTrap(m, proxy, "get", [keyOf(m, name), receiver], site);
  if (trapped !== undefined) return trapped;
  let out: Value | undefined;
  for (const obj of objectsOf(m.heap, targetOf(proxy))) {
    const v = lookUp(m, obj, name, receiver, site, 0) ?? UNDEFINED;
    out = out === undefined ? v : join(out, v);
  }
  return out;
}

/** `proxy[key]` for a key that is not known. */
export const proxyGetAny = (m: Machine, proxy: Obj, key: Value, site: Site): Value =>
  runTrap(m, proxy, "get", [key, ofRef(proxy.id)], site) ?? getAny(m, targetOf(proxy), site);

/** `proxy[key] = value`. */
export function proxySet(m: Machine, proxy: Obj, key: Value, value: Value, receiver: Value, site: Site): void {
  if (runTrap(m, proxy, "set", [key, value, receiver], site) === undefined) setProp(m, targetOf(proxy), key, value, site);
}

export const proxySetNamed = (m: Machine, proxy: Obj, name: string, value: Value, receiver: Value, site: Site): void => {
  proxySet(m, proxy, keyOf(m, name), value, receiver, site);
};

/** `delete proxy[key]`. */
export function proxyDelete(m: Machine, proxy: Obj, key: Value, site: Site): void {
  if (runTrap(m, proxy, "deleteProperty", [key], site) === undefined) deleteProp(m, targetOf(proxy), key, site);
}

/** `key in proxy`, when there is a trap for it. */
export function proxyHas(m: Machine, proxy: Obj, key: Value, site: Site): Value | undefined {
  const answer = runTrap(m, proxy, "has", [key], site);
  if (answer === undefined) return undefined;
  const t = truthiness(answer);
  return t.yes && t.no ? ANY_BOOLEAN : ofConst(t.yes);
}

/** Own enumerable properties: the target's, or those of them that the trap names, with what the proxy gives for each. */
export function proxyEntries(m: Machine, proxy: Obj, site: Site, reading: Reading): Entries {
  const self = ofRef(proxy.id);
  const named = runTrap(m, proxy, "ownKeys", [], site);
  const items = named === undefined ? undefined : iterate(m, named, site);
  const listed = items && new Set(items.list.flatMap((v) => v.consts.map(String)));
  const closed = items?.rest === null && items.list.every((v) => v.kinds === 0);
  const known = new Map<string, Entry>();
  let rest: Value | null = null;
  let restKey: Labels = NO_LABELS;
  const objects = objectsOf(m.heap, targetOf(proxy));
  for (const obj of objects) {
    const e = entries(m, obj, site, reading);
    for (const x of e.known) {
      if (known.has(x.name) || (closed && listed?.has(x.name) !== true)) continue;
      const read = (): Value => lookUp(m, proxy, x.name, self, site, 0) ?? UNDEFINED;
      // What is not there for certain is perhaps never asked for.
      const value = x.maybe ? perhaps(m, read) : reading(m, read);
      known.set(x.name, { name: x.name, value, maybe: x.maybe || objects.length > 1 || (items !== undefined && !closed) });
    }
    if (e.rest === null) continue;
    rest = join(
      rest ?? BOTTOM,
      perhaps(m, () => proxyGetAny(m, proxy, ANY_STRING, site)),
    );
    restKey = joinLabels(restKey, e.restKey);
  }
  return { known: [...known.values()], rest, restKey };
}

/** What going through a proxied list yields. */
export function proxyItems(m: Machine, proxy: Obj, site: Site): Items {
  const items = iterate(m, targetOf(proxy), site);
  const self = ofRef(proxy.id);
  return {
    list: items.list.map((_, i) => lookUp(m, proxy, String(i), self, site, 0) ?? UNDEFINED),
    rest: items.rest === null ? null : proxyGetAny(m, proxy, ANY_STRING, site),
  };
}

const isListLike = (obj: Obj): boolean => obj.kind === "array" || obj.kind === "map" || obj.kind === "set";

/** Is it a proxy of a list, a map or a set? */
export const isListProxy = (m: Machine, proxy: Obj): boolean => isProxy(proxy) && objectsOf(m.heap, targetOf(proxy)).some(isListLike);

/** Functions of the language look into lists themselves: they are given the target. */
export function withoutListProxies(m: Machine, v: Value): Value {
  if (v.refs.length === 0) return v;
  const objects = objectsOf(m.heap, v);
  if (!objects.some((o) => isListProxy(m, o))) return v;
  const own = objects.filter((o) => !isListProxy(m, o)).map((o) => o.id);
  const targets = objects.filter((o) => isListProxy(m, o)).map((o) => withoutListProxies(m, targetOf(o)));
  return targets.reduce((out, t) => join(out, { ...t, via: v.via }), { ...v, refs: own });
}

export const argsWithoutListProxies = (m: Machine, args: Args): Args => ({
  list: args.list.map((v) => withoutListProxies(m, v)),
  rest: args.rest === null ? null : withoutListProxies(m, args.rest),
});
