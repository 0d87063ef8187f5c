/** `Object`: copies, prototypes, tests; and the table of all its natives. */
import { isFrozen, joinSlot, objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import {
  ANY_BOOLEAN,
  ANY_STRING,
  BOTTOM,
  exact,
  FALSE,
  hasPrimitive,
  isBottom,
  join,
  K,
  NULL,
  ofConst,
  ofRef,
  primitivePart,
  stringOf,
  TRUE,
  type Value,
} from "../domain/value.js";
import { arg, callValue, hasArg } from "../machine/call.js";
import { external, externalData, globalObject } from "../machine/external.js";
import { forkAll } from "../machine/fork.js";
import { take } from "../machine/taking.js";
import { make, type Machine, type Native, type NativeCall } from "../machine/machine.js";
import { ACCESSORS, copyProps, getNamed, keyNames, symbolName } from "../machine/props.js";
import { isProxy } from "../machine/proxy.js";
import { addDeep } from "../machine/unknown.js";
import { bounded, spot } from "./items.js";
import { equal } from "./equality.js";
import type { NativeModule } from "./index.js";
import { define, descriptors } from "./object-define.js";
import { fromEntries, list, ownNames, putKey } from "./object-lists.js";
import { repeat } from "../machine/repeat.js";
import { groupInto } from "./group.js";

/** `Object.assign(target, ...sources)`. */
function assign(call: NativeCall): Value {
  const { m, site, args } = call;
  const target = arg(args, 0);
  const objects = objectsOf(m.heap, target);
  const copy = (to: Obj, source: Value): void => {
    const labels = source.labels;
    if (to.kind === "unknown") addDeep(m, to, labels);
    copyProps(m, to, source, site, undefined, "assign");
  };
  const all = (to: Obj): Value => {
    if (isFrozen(to)) return BOTTOM;
    for (const source of args.list.slice(1)) copy(to, source);
    const { rest } = args;
    if (rest !== null)
      repeat(m, () => {
        copy(to, rest);
        return BOTTOM;
      });
    return BOTTOM;
  };
  if (objects.length === 1) all(objects[0]!);
  else if (objects.length > 1)
    forkAll(
      m,
      objects.map((to) => () => all(to)),
    );
  return m.alive ? target : BOTTOM;
}

function freeze(call: NativeCall): Value {
  const { m } = call;
  const v = arg(call.args, 0);
  const objects = objectsOf(m.heap, v);
  if (objects.length === 1 && !objects[0]!.summary) setSlot(m.heap, objects[0]!, S.frozen, TRUE);
  return v;
}

function create(call: NativeCall): Value {
  const { m, site, args } = call;
  const obj = make(m, "object", spot(site, "object"));
  const proto = arg(args, 0);
  if (proto.refs.length > 0) setSlot(m.heap, obj, S.proto, proto);
  if (hasArg(args, 1)) define(m, { obj, strong: true }, arg(args, 1), site);
  return ofRef(obj.id);
}

const BUILT_IN: Readonly<Partial<Record<Obj["kind"], string>>> = {
  array: "Array",
  map: "Map",
  set: "Set",
  promise: "Promise",
  error: "Error",
  function: "Function",
  class: "Function",
  generator: "Generator",
};

/** An object's prototype. */
export function prototypeOf(m: Machine, v: Value): Value {
  let out: Value = BOTTOM;
  for (const obj of objectsOf(m.heap, v)) {
    if (obj.kind === "unknown") out = join(out, obj.props.get(S.proto) ?? ofRef(obj.id));
    else if (obj.kind === "external")
      out = join(out, ofRef(external(m, externalData(obj).module, [...externalData(obj).path, "__proto__"]).id));
    else out = join(out, obj.props.get(S.proto) ?? ofRef(globalObject(m, `${BUILT_IN[obj.kind] ?? "Object"}.prototype`).id));
  }
  return isBottom(out) ? NULL : out;
}

export function setPrototype(m: Machine, v: Value, proto: Value): void {
  const objects = objectsOf(m.heap, v);
  for (const obj of objects) {
    if (objects.length === 1 && !obj.summary) setSlot(m.heap, obj, S.proto, proto.refs.length > 0 ? proto : undefined);
    else if (proto.refs.length > 0) joinSlot(m.heap, obj, S.proto, proto);
  }
}

/** Is a property an own one of the object: decided for closed objects and exact names. */
export function hasOwn(m: Machine, v: Value, key: Value): Value {
  const symbol = symbolName(m, key);
  const { names, open } = symbol === undefined ? keyNames(key) : { names: [symbol], open: false };
  const objects = objectsOf(m.heap, v);
  if (open || names.length === 0 || objects.length === 0) return ANY_BOOLEAN;
  let out: Value = BOTTOM;
  for (const obj of objects) for (const name of names) out = join(out, ownHas(obj, name));
  return out;
}

function ownHas(obj: Obj, name: string): Value {
  if (isProxy(obj)) return ANY_BOOLEAN;
  const own = obj.props.get(name);
  if (obj.props.has(ACCESSORS) && (obj.props.has(S.getter + name) || obj.props.has(S.setter + name))) return TRUE;
  if (own !== undefined && (own.kinds & K.Absent) === 0)
    return obj.kind === "unknown" && (own.kinds & K.Undefined) !== 0 ? ANY_BOOLEAN : TRUE;
  if (obj.kind !== "object" || obj.props.has(S.rest) || obj.summary) return ANY_BOOLEAN;
  return own === undefined || (own.kinds === K.Absent && own.consts.length === 0 && own.refs.length === 0) ? FALSE : ANY_BOOLEAN;
}

/** `Object(v)`: objects and wrapped primitives stay what they are. */
function construct(call: NativeCall): Value {
  const v = arg(call.args, 0);
  const fresh = (): Value => ofRef(make(call.m, "object", spot(call.site, "object")).id);
  if (!hasArg(call.args, 0)) return fresh();
  const given = { ...v, kinds: v.kinds & ~(K.Undefined | K.Null) };
  return (v.kinds & (K.Undefined | K.Null)) === 0 ? v : isBottom(given) ? fresh() : join(given, fresh());
}

/** What `toString` of a receiver without one of its own gives: only primitives are spelled out. */
function toText(call: NativeCall): Value {
  const v = primitivePart(call.self);
  let out: Value = call.self.refs.length > 0 ? ANY_STRING : BOTTOM;
  const c = exact(v);
  if (c !== undefined) out = join(out, ofConst(String(c)));
  else if (hasPrimitive(v)) out = join(out, stringOf(v.labels));
  return out;
}

function frozenAll(call: NativeCall): Value {
  const objects = objectsOf(call.m.heap, arg(call.args, 0));
  return objects.length > 0 && objects.every(isFrozen) ? TRUE : ANY_BOOLEAN;
}

const same: Native = (call) => arg(call.args, 0);

export const object: NativeModule = {
  modules: ["global"],
  natives: {
    Object: construct,
    "Object.keys": list("keys"),
    "Object.values": list("values"),
    "Object.entries": list("entries"),
    "Object.fromEntries": fromEntries,
    "Object.assign": assign,
    "Object.freeze": freeze,
    "Object.seal": same,
    "Object.preventExtensions": same,
    "Object.isFrozen": frozenAll,
    "Object.isSealed": () => ANY_BOOLEAN,
    "Object.isExtensible": () => ANY_BOOLEAN,
    "Object.create": create,
    "Object.getOwnPropertyNames": (call) => ownNames(call.m, arg(call.args, 0), call, false),
    "Object.getOwnPropertySymbols": (call) => ownNames(call.m, arg(call.args, 0), call, true),
    "Object.getPrototypeOf": (call) => prototypeOf(call.m, arg(call.args, 0)),
    "Object.setPrototypeOf": (call) => {
      setPrototype(call.m, arg(call.args, 0), arg(call.args, 1));
      return arg(call.args, 0);
    },
    "Object.hasOwn": (call) => hasOwn(call.m, arg(call.args, 0), arg(call.args, 1)),
    "Object.is": (call) => equal(call.m, arg(call.args, 0), arg(call.args, 1)),
    "Object.groupBy": (call) => {
      const obj = make(call.m, "object", spot(call.site, "groups"));
      groupInto(call, bounded(take(call.m, arg(call.args, 0), call.site)), (key, group, sure) => putKey(call.m, obj, key, group, sure));
      return call.m.alive ? ofRef(obj.id) : BOTTOM;
    },
    ...descriptors,
    "Object.prototype.hasOwnProperty": (call) => hasOwn(call.m, call.self, arg(call.args, 0)),
    "Object.prototype.propertyIsEnumerable": () => ANY_BOOLEAN,
    "Object.prototype.isPrototypeOf": () => ANY_BOOLEAN,
    "Object.prototype.toString": toText,
    "Object.prototype.toLocaleString": (call) => {
      const own = getNamed(call.m, call.self, "toString", call.site);
      return callValue(call.m, own, call.self, { list: [], rest: null }, call.site);
    },
    "Object.prototype.valueOf": (call) => call.self,
  },
};
