/** Property descriptors: defining by them, and reading them. */
import type { Site } from "../domain/labels.js";
import { isFrozen, isRunnable, joinSlot, objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import {
  ANY_BOOLEAN,
  BOTTOM,
  exact,
  isBottom,
  join,
  joinAll,
  K,
  ofConst,
  ofRef,
  ofRefs,
  stringOf,
  truthiness,
  UNDEFINED,
  withoutAbsent,
  type Value,
} from "../domain/value.js";
import { arg } from "../machine/call.js";
import { hop, make, type Machine, type NativeCall } from "../machine/machine.js";
import {
  ACCESSORS,
  defineAccessor,
  entries,
  hide,
  keyNames,
  lookUp,
  noteKey,
  readObject,
  setAny,
  setNamed,
  symbolName,
} from "../machine/props.js";
import { isProxy, runTrap, targetOf } from "../machine/proxy.js";
import { spot, type Target } from "./items.js";
import type { NativeTable } from "./index.js";
import { labelsOfKey } from "../machine/deep.js";

/** Only its own properties count in a descriptor, but a class instance may well be one. */
const field = (m: Machine, descriptor: Obj, name: string, site: Site): Value | undefined =>
  lookUp(m, descriptor, name, ofRef(descriptor.id), site, 0);

const callables = (m: Machine, v: Value | undefined): Value => {
  const fns = v === undefined ? [] : objectsOf(m.heap, v).filter((o) => isRunnable(o) || o.kind === "external");
  return fns.length === 0 ? BOTTOM : ofRefs(fns.map((f) => f.id).sort((a, b) => a - b));
};

/** `Object.defineProperty(obj, name, descriptor)` for one name. */
function defineOne(m: Machine, target: Target, name: string, descriptor: Value, site: Site): void {
  const { obj } = target;
  const descriptors = objectsOf(m.heap, descriptor);
  const strong = target.strong && descriptors.length === 1;
  const existed = obj.props.has(name) || obj.props.has(S.getter + name);
  for (const d of descriptors) {
    const get = callables(m, field(m, d, "get", site));
    const set = callables(m, field(m, d, "set", site));
    const value = d.kind === "unknown" ? readObject(m, d, "value", ofRef(d.id), site) : field(m, d, "value", site);
    if (!isBottom(get)) defineAccessor(m, obj, name, "get", get);
    if (!isBottom(set)) defineAccessor(m, obj, name, "set", set);
    if (isBottom(get) && isBottom(set) && value !== undefined) {
      const stored = hop(m, withoutAbsent(value), "store", site);
      if (strong && obj.props.has(ACCESSORS)) for (const slot of [S.getter + name, S.setter + name]) setSlot(m.heap, obj, slot, undefined);
      if (obj.kind === "array" || obj.kind === "unknown") setNamed(m, obj, name, stored, strong, ofRef(obj.id), site);
      else if (strong) setSlot(m.heap, obj, name, stored);
      else joinSlot(m.heap, obj, name, stored);
    }
    const enumerable = field(m, d, "enumerable", site);
    const shown = enumerable === undefined ? { yes: existed, no: !existed } : truthiness(enumerable);
    if (!shown.yes && strong) hide(m, obj, name);
    else if (enumerable !== undefined && obj.props.has(S.hidden + name)) setSlot(m.heap, obj, S.hidden + name, undefined);
  }
}

/** The same for a key that may be open. */
export function defineKey(m: Machine, target: Target, key: Value, descriptor: Value, site: Site): void {
  if (isProxy(target.obj)) {
    if (runTrap(m, target.obj, "defineProperty", [key, descriptor], site) === undefined)
      for (const inner of targets(m, targetOf(target.obj))) defineKey(m, inner, key, descriptor, site);
    return;
  }
  if (isFrozen(target.obj)) return;
  const symbol = symbolName(m, key);
  const { names, open } = symbol === undefined ? keyNames(key) : { names: [symbol], open: false };
  const sure = names.length === 1 && !open;
  for (const name of names) defineOne(m, { obj: target.obj, strong: target.strong && sure }, name, descriptor, site);
  if (!open) {
    noteKey(m, target.obj, key.labels);
    return;
  }
  for (const d of objectsOf(m.heap, descriptor)) {
    const value = field(m, d, "value", site);
    if (value !== undefined) setAny(m, target.obj, hop(m, withoutAbsent(value), "store", site), labelsOfKey(m, key));
  }
}

/** `Object.defineProperties(obj, descriptors)`. */
export function define(m: Machine, target: Target, all: Value, site: Site): void {
  const holders = objectsOf(m.heap, all);
  for (const holder of holders) {
    const e = entries(m, holder, site);
    for (const x of e.known)
      defineKey(m, { obj: target.obj, strong: target.strong && holders.length === 1 && !x.maybe }, ofConst(x.name), x.value, site);
    if (e.rest !== null) defineKey(m, { obj: target.obj, strong: false }, stringOf(e.restKey), e.rest, site);
  }
}

/** The descriptor of one property; undefined where there is none. */
export function descriptorOf(m: Machine, obj: Obj, name: string, site: Site): Value {
  if (isProxy(obj)) return joinAll(objectsOf(m.heap, targetOf(obj)).map((inner) => descriptorOf(m, inner, name, site)));
  const get = obj.props.get(S.getter + name);
  const set = obj.props.get(S.setter + name);
  const own =
    get === undefined && set === undefined
      ? obj.kind === "unknown" || obj.kind === "array"
        ? readObject(m, obj, name, ofRef(obj.id), site)
        : (obj.props.get(name) ?? (obj.kind === "object" ? obj.props.get(S.rest) : undefined))
      : undefined;
  const present = own === undefined ? BOTTOM : withoutAbsent(own);
  if (get === undefined && set === undefined && isBottom(present)) return UNDEFINED;
  const d = make(m, "object", spot(site, `descriptor ${name}`));
  if (get !== undefined || set !== undefined) {
    setSlot(m.heap, d, "get", get ?? UNDEFINED);
    setSlot(m.heap, d, "set", set ?? UNDEFINED);
  } else {
    setSlot(m.heap, d, "value", present);
    setSlot(m.heap, d, "writable", ANY_BOOLEAN);
  }
  setSlot(m.heap, d, "enumerable", { ...ANY_BOOLEAN, kinds: obj.props.has(S.hidden + name) ? K.False : K.True });
  setSlot(m.heap, d, "configurable", ANY_BOOLEAN);
  const v = ofRef(d.id);
  return own !== undefined && ((own.kinds & K.Absent) !== 0 || !obj.props.has(name)) ? join(v, UNDEFINED) : v;
}

function ownDescriptor(call: NativeCall): Value {
  const { m, site } = call;
  const v = arg(call.args, 0);
  const key = arg(call.args, 1);
  const symbol = symbolName(m, key);
  const { names, open } = symbol === undefined ? keyNames(key) : { names: [symbol], open: false };
  let out: Value = BOTTOM;
  for (const obj of objectsOf(m.heap, v)) {
    const all = open ? [...obj.props.keys()].filter((s) => s.charCodeAt(0) !== 0) : names;
    for (const name of all) out = join(out, descriptorOf(m, obj, name, site));
    if (!open) continue;
    out = join(out, UNDEFINED);
    const rest = obj.props.get(S.rest);
    if (rest === undefined) continue;
    const d = make(m, "object", spot(site, "descriptor"));
    setSlot(m.heap, d, "value", rest);
    out = join(out, ofRef(d.id));
  }
  return isBottom(out) ? UNDEFINED : out;
}

function ownDescriptors(call: NativeCall): Value {
  const { m, site } = call;
  const out = make(m, "object", spot(site, "descriptors"));
  const objects = objectsOf(m.heap, arg(call.args, 0));
  for (const obj of objects) {
    const names = new Set<string>();
    for (const slot of obj.props.keys()) {
      const name = slot.startsWith(S.getter) ? slot.slice(S.getter.length) : slot.startsWith(S.setter) ? slot.slice(S.setter.length) : slot;
      if (name.charCodeAt(0) !== 0) names.add(name);
    }
    if (obj.kind === "unknown") for (const x of entries(m, obj, site).known) names.add(x.name);
    for (const name of names) {
      const d = descriptorOf(m, obj, name, site);
      const v = { ...d, kinds: (d.kinds & K.Undefined) !== 0 ? K.Absent : 0 };
      if (objects.length === 1) setSlot(m.heap, out, name, v);
      else joinSlot(m.heap, out, name, v);
    }
    const rest = obj.props.get(S.rest);
    if (rest === undefined) continue;
    const d = make(m, "object", spot(site, "descriptor"));
    d.summary = true;
    setSlot(m.heap, d, "value", rest);
    setSlot(m.heap, d, "enumerable", { ...ANY_BOOLEAN, kinds: K.True });
    joinSlot(m.heap, out, S.rest, ofRef(d.id));
    const keys = obj.props.get(S.restKey);
    if (keys !== undefined) noteKey(m, out, keys.labels);
  }
  return ofRef(out.id);
}

const targets = (m: Machine, v: Value): readonly Target[] => {
  const objects = objectsOf(m.heap, v);
  return objects.map((obj) => ({ obj, strong: objects.length === 1 && !obj.summary }));
};

/** `Object.defineProperty(target, key, descriptor)`, also for `Reflect`. */
export function defineProperty(call: NativeCall): Value {
  const target = arg(call.args, 0);
  for (const t of targets(call.m, target)) defineKey(call.m, t, arg(call.args, 1), arg(call.args, 2), call.site);
  return target;
}

/** `o.__defineGetter__(name, fn)` and its like, of before `defineProperty`. */
const legacyAccessor =
  (kind: "get" | "set") =>
  (call: NativeCall): Value => {
    const name = exact(arg(call.args, 0));
    if (name !== undefined)
      for (const { obj } of targets(call.m, call.self)) defineAccessor(call.m, obj, String(name), kind, arg(call.args, 1));
    return UNDEFINED;
  };

const legacyLookUp =
  (slot: string) =>
  (call: NativeCall): Value => {
    const name = exact(arg(call.args, 0));
    let out: Value = BOTTOM;
    let level = objectsOf(call.m.heap, call.self);
    for (let depth = 0; level.length > 0 && depth < 24; depth++) {
      const found = level.map((obj) => obj.props.get(`${slot}${String(name)}`) ?? BOTTOM).reduce(join, BOTTOM);
      out = join(out, found);
      level = level.flatMap((obj) => objectsOf(call.m.heap, obj.props.get(S.proto) ?? BOTTOM));
      if (!isBottom(found)) break;
    }
    return isBottom(out) ? UNDEFINED : out;
  };

/** The natives about descriptors. */
export const descriptors: NativeTable = {
  "Object.prototype.__defineGetter__": legacyAccessor("get"),
  "Object.prototype.__defineSetter__": legacyAccessor("set"),
  "Object.prototype.__lookupGetter__": legacyLookUp(S.getter),
  "Object.prototype.__lookupSetter__": legacyLookUp(S.setter),
  "Object.defineProperty": defineProperty,
  "Object.defineProperties": (call) => {
    const target = arg(call.args, 0);
    for (const t of targets(call.m, target)) define(call.m, t, arg(call.args, 1), call.site);
    return target;
  },
  "Object.getOwnPropertyDescriptor": ownDescriptor,
  "Object.getOwnPropertyDescriptors": ownDescriptors,
};
