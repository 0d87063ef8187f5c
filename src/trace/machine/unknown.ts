/** Unknown values: parameters of entry points, results of code that is not here. What their type says is made when it is asked for. */
import type { MemberKey, TypeRef } from "../../link/types.js";
import { joinLabels, NO_LABELS, type Labels, type Site } from "../domain/labels.js";
import { deref, joinSlot, S, setSlot, type Obj } from "../domain/heap.js";
import {
  addLabels,
  ANY_PRIMITIVE,
  BOTTOM,
  join,
  K,
  ofConst,
  ofKinds,
  ofRef,
  UNDEFINED,
  withKinds,
  withLabels,
  type Value,
} from "../domain/value.js";
import { external } from "./external.js";
import { LIMITS, make, type Machine, type UnknownData } from "./machine.js";
import { classPrototype } from "./classes.js";

const PRIMITIVES: Readonly<Record<string, number>> = {
  string: K.String,
  number: K.Number,
  boolean: K.True | K.False,
  bigint: K.Big,
  symbol: K.Symbol,
  null: K.Null,
  undefined: K.Undefined,
  void: K.Undefined,
  never: 0,
};

export const unknownData = (obj: Obj): UnknownData => obj.data as UnknownData;

/** An unknown value of a type (when one is known) in which everything bears `labels`. */
export function unknown(
  m: Machine,
  site: Site | string,
  labels: Labels = NO_LABELS,
  type?: TypeRef,
  name = "",
  depth = 0,
  owners?: readonly MemberKey[],
): Value {
  const view = m.types.view(type);
  switch (view.v) {
    case "primitive":
      return ofKinds(PRIMITIVES[view.name] ?? ANY_PRIMITIVE, labels);
    case "const":
      return labels.length === 0 ? ofConst(view.value ?? undefined) : ofKinds(K.String, labels);
    case "external":
      if (labels.length > 0) break;
      return ofRef(external(m, view.module, view.path).id);
    case "array":
    case "map": {
      const list = make(m, view.v === "map" ? "map" : "array", site);
      setSlot(m.heap, list, S.rest, unknown(m, site, labels, view.of, name, depth + 1));
      list.summary = false;
      return ofRef(list.id);
    }
    case "tuple": {
      const list = make(m, "array", site);
      view.of.forEach((t, i) => setSlot(m.heap, list, String(i), unknown(m, site, labels, t, name, depth + 1)));
      setSlot(m.heap, list, S.length, ofConst(view.of.length));
      return ofRef(list.id);
    }
    case "promise": {
      const promise = make(m, "promise", site);
      setSlot(m.heap, promise, S.value, unknown(m, site, labels, view.of, name, depth + 1));
      return ofRef(promise.id);
    }
    case "union": {
      let out: Value = BOTTOM;
      for (const part of view.of.slice(0, 12))
        out = join(out, depth > LIMITS.unknownDepth ? ofKinds(ANY_PRIMITIVE, labels) : unknown(m, site, labels, part, name, depth + 1));
      return out;
    }
    case "any":
    case "function":
    case "object":
    case "class":
      break;
  }
  const structured = view.v === "object" || view.v === "class";
  const obj = make(m, "unknown", site, {
    type: view.v === "any" ? undefined : type,
    depth,
    name,
    ...(owners === undefined || owners.length === 0 ? {} : { owners }),
  } satisfies UnknownData);
  if (labels.length > 0) setSlot(m.heap, obj, S.deep, ofKinds(K.String, labels));
  if (view.v === "class") {
    const proto = classPrototype(m, view.file, view.cls);
    if (proto !== undefined) setSlot(m.heap, obj, S.proto, ofRef(proto.id));
  }
  const v = ofRef(obj.id);
  return structured || view.v === "function"
    ? labels.length > 0
      ? { ...v, kinds: 0, labels: NO_LABELS }
      : v
    : withLabels(withKinds(v, ANY_PRIMITIVE), labels);
}

/** Labels of everything inside. */
export const deepLabels = (obj: Obj): Labels => obj.props.get(S.deep)?.labels ?? NO_LABELS;

export function addDeep(m: Machine, obj: Obj, labels: Labels): void {
  if (labels.length > 0) joinSlot(m.heap, obj, S.deep, ofKinds(K.String, labels));
}

/** A property of an unknown object: made on the first read, the same one afterwards. */
export function childOf(m: Machine, obj: Obj, name: string, site: Site): Value {
  const known = obj.props.get(name);
  if (known !== undefined) return known;
  const data = unknownData(obj);
  const member = m.types.member(data.type, name);
  const type = member?.type ?? (/^\d+$/.test(name) || name === S.rest ? m.types.element(data.type) : undefined);
  let labels = deepLabels(obj);
  if (m.hooks.propertySources) labels = joinLabels(labels, m.hooks.labelsOfProperty(data.type, obj, name, site));
  if (data.depth >= LIMITS.unknownDepth) {
    // Deeper reads come back to the same object: recursion over a structure that nobody knows ends here.
    if (labels.length > 0)
      m.blind("depth-limit", site, `properties more than ${LIMITS.unknownDepth} levels below an unknown value are not kept apart`, labels);
    return addLabels(withKinds(ofRef(obj.id), ANY_PRIMITIVE), labels);
  }
  let child = unknown(m, `${obj.key}.${name}`, labels, type, name, data.depth + 1, member?.owners);
  if (member?.optional === true) child = join(child, UNDEFINED);
  if (name !== S.rest) child = join(child, obj.props.get(S.rest) ?? BOTTOM);
  // Not on the trail: it was there all the time, whichever way asks first.
  obj.props.set(name, child);
  return child;
}

export const unknownTypeOf = (m: Machine, id: number): TypeRef | undefined => {
  const obj = deref(m.heap, id);
  return obj.kind === "unknown" ? unknownData(obj).type : undefined;
};
