/** lodash's functions on objects: which properties go where. */
import { objectsOf, setSlot, type Obj } from "../../domain/heap.js";
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
  UNDEFINED,
  withKinds,
  withoutAbsent,
  type Value,
} from "../../domain/value.js";
import { arg, hasArg } from "../../machine/call.js";
import { clone } from "../../machine/clone.js";
import { iterate } from "../../machine/iterate.js";
import { hop, make, type Native, type NativeCall } from "../../machine/machine.js";
import { copyProps, getNamed, setAny, setProp } from "../../machine/props.js";
import { at, nativeValue } from "../support.js";
import { ASSIGNERS } from "./lodash-assign.js";
import { anyOf, apply, atPath, elements, exactly, pathKeys } from "./lodash-support.js";
import { labelsOfKey } from "../../machine/deep.js";

const fresh = (call: NativeCall, what = "object"): Obj => make(call.m, "object", at(call, what));

/** Property names among the arguments from the second on; undefined when one is not known. */
function names(call: NativeCall): readonly (readonly string[])[] | undefined {
  const out: (readonly string[])[] = [];
  if (call.args.rest !== null) return undefined;
  for (const a of call.args.list.slice(1)) {
    const list = objectsOf(call.m.heap, a).filter((o) => o.kind === "array");
    const items = list.length > 0 ? iterate(call.m, a, call.site) : { list: [a], rest: null };
    if (items.rest !== null) return undefined;
    for (const x of items.list) {
      const keys = pathKeys(call, x);
      if (keys === undefined) return undefined;
      out.push(keys);
    }
  }
  return out;
}

const pick: Native = (call) => {
  const wanted = names(call);
  const source = arg(call.args, 0);
  const out = fresh(call);
  if (wanted === undefined) {
    copyProps(call.m, out, source, call.site);
    return ofRef(out.id);
  }
  for (const keys of wanted) {
    const v = keys.reduce((x: Value, key) => (x.refs.length === 0 ? UNDEFINED : getNamed(call.m, x, key, call.site)), source);
    let holder = out;
    for (const key of keys.slice(0, -1)) {
      const inner = objectsOf(call.m.heap, holder.props.get(key) ?? BOTTOM)[0] ?? fresh(call, key);
      setSlot(call.m.heap, holder, key, ofRef(inner.id));
      holder = inner;
    }
    const last = keys.at(-1);
    if (last !== undefined)
      setSlot(
        call.m.heap,
        holder,
        last,
        hop(call.m, (v.kinds & K.Undefined) !== 0 ? withKinds(v, v.kinds | K.Absent) : v, "store", call.site),
      );
  }
  return ofRef(out.id);
};

const omit: Native = (call) => {
  const unwanted = names(call);
  const out = fresh(call);
  copyProps(call.m, out, arg(call.args, 0), call.site, new Set((unwanted ?? []).filter((k) => k.length === 1).map((k) => k[0]!)));
  // A path below the top: its part is replaced by a copy without it.
  for (const keys of (unwanted ?? []).filter((k) => k.length > 1)) {
    const part = out.props.get(keys[0]!);
    if (part === undefined) continue;
    const inner = omit({
      ...call,
      site: { ...call.site, end: call.site.end + keys.length },
      args: { list: [withoutAbsent(part), exactly(call, [ofConst(keys.slice(1).join("."))], "rest")], rest: null },
    });
    setSlot(call.m.heap, out, keys[0]!, inner);
  }
  return ofRef(out.id);
};

/** `pickBy`, `omitBy`: each property perhaps. */
const someOf: Native = (call) => {
  const out = fresh(call);
  for (const x of elements(call, arg(call.args, 0)).list) {
    apply(call, arg(call.args, 1), x, arg(call.args, 0));
    const name = exact(x.key);
    if (name === undefined) setAny(call.m, out, x.value, labelsOfKey(call.m, x.key));
    else setSlot(call.m.heap, out, String(name), withKinds(x.value, x.value.kinds | K.Absent));
  }
  return ofRef(out.id);
};

const mapValues: Native = (call) => {
  const out = fresh(call);
  for (const x of elements(call, arg(call.args, 0)).list) {
    const v = apply(call, arg(call.args, 1), x, arg(call.args, 0));
    const name = exact(x.key);
    if (isBottom(v)) continue;
    if (name === undefined) setAny(call.m, out, v, labelsOfKey(call.m, x.key));
    else setSlot(call.m.heap, out, String(name), v);
  }
  return ofRef(out.id);
};

const mapKeys: Native = (call) => {
  const out = fresh(call);
  for (const x of elements(call, arg(call.args, 0)).list) {
    const key = apply(call, arg(call.args, 1), x, arg(call.args, 0));
    setProp(call.m, ofRef(out.id), key, x.value, call.site);
  }
  return ofRef(out.id);
};

/** `get(object, path, default)` */
const get: Native = (call) => {
  const v = atPath(call, arg(call.args, 0), arg(call.args, 1));
  return hasArg(call.args, 2) && (v.kinds & K.Undefined) !== 0 ? join(withKinds(v, v.kinds & ~K.Undefined), arg(call.args, 2)) : v;
};

const set: Native = (call) => {
  const { m, site } = call;
  const keys = pathKeys(call, arg(call.args, 1));
  let at0 = arg(call.args, 0);
  if (keys === undefined) setProp(m, at0, arg(call.args, 1), arg(call.args, 2), site);
  else
    keys.forEach((key, i) => {
      if (i === keys.length - 1) setProp(m, at0, ofConst(key), arg(call.args, 2), site);
      else {
        let next = getNamed(m, at0, key, site);
        if (next.refs.length === 0) {
          next = ofRef(fresh(call, keys.slice(0, i + 1).join(".")).id);
          setProp(m, at0, ofConst(key), next, site);
        }
        at0 = next;
      }
    });
  return arg(call.args, 0);
};

const pairs: Native = (call) => exactlyOrAny(call, (x) => exactly(call, [x.key, x.value], `pair ${String(exact(x.key) ?? "")}`));

/** One result for each element, in order where that is known. */
export function exactlyOrAny(call: NativeCall, change: (x: ReturnType<typeof elements>["list"][number]) => Value): Value {
  const all = elements(call, arg(call.args, 0));
  const values = all.list.map(change);
  return all.certain ? exactly(call, values) : anyOf(call, joinAll(values));
}

const fromPairs: Native = (call) => {
  const out = fresh(call);
  for (const x of elements(call, arg(call.args, 0)).list)
    setProp(call.m, ofRef(out.id), getNamed(call.m, x.value, "0", call.site), getNamed(call.m, x.value, "1", call.site), call.site);
  return ofRef(out.id);
};

const shallow: Native = (call) => {
  let out: Value = { ...arg(call.args, 0), refs: [] };
  for (const obj of objectsOf(call.m.heap, arg(call.args, 0))) {
    if (obj.kind !== "object" && obj.kind !== "array") {
      out = join(out, ofRef(obj.id));
      continue;
    }
    const copy = make(call.m, obj.kind, at(call, "copy"));
    for (const [slot, v] of obj.props) setSlot(call.m.heap, copy, slot, v);
    out = join(out, ofRef(copy.id));
  }
  return out;
};

/** By lodash's names. */
export const OBJECTS: Readonly<Record<string, Native>> = {
  pick,
  omit,
  pickBy: someOf,
  omitBy: someOf,
  mapValues,
  mapKeys,
  ...ASSIGNERS,
  get,
  result: get,
  property: (call) => {
    const path = arg(call.args, 0);
    return nativeValue(call.m, call.site, "property", (inner) => atPath(inner, arg(inner.args, 0), path));
  },
  set,
  has: () => ANY_BOOLEAN,
  cloneDeep: (call) => clone(call.m, arg(call.args, 0), call.site, "structured"),
  cloneDeepWith: (call) => clone(call.m, arg(call.args, 0), call.site, "structured"),
  clone: shallow,
  keys: (call) => exactlyOrAny(call, (x) => x.key),
  values: (call) => exactlyOrAny(call, (x) => x.value),
  toPairs: pairs,
  entries: pairs,
  fromPairs,
  invert: mapKeys,
};
