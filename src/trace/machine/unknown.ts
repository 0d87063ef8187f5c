/** Unknown values: parameters of entry points, results of code that is not here. What their type says is made when it is asked for. */
import type { LinkedFile } from "../../link/modules.js";
import type { MemberKey, TypeMember, TypeRef, TypeView } from "../../link/types.js";
import { about, NO_FACTS } from "../domain/about.js";
import { joinLabels, NO_LABELS, sameLabels, type Label, type Labels, type Site } from "../domain/labels.js";
import { deref, isFresh, isIndex, joinSlot, lastingly, type Obj, objectsOf, type Origin, S, setSlot } from "../domain/heap.js";
import { changing } from "../domain/searches.js";
import {
  addLabels,
  ANY_NUMBER,
  ANY_PRIMITIVE,
  BOTTOM,
  hasPrimitive,
  join,
  joinAll,
  K,
  ofConst,
  ofKinds,
  ofRef,
  ofRefs,
  UNDEFINED,
  withAbout,
  withKinds,
  withLabels,
  type Value,
  withoutAbsent,
} from "../domain/value.js";
import { allLabels } from "./deep.js";
import { external, externalValue, NOTHING } from "./external.js";
import { RETURNED } from "./generators.js";
import { LIMITS, make, siteOf, type Machine, type UnknownData } from "./machine.js";
import { classPrototype } from "./classes.js";
import { named } from "./subjects.js";
import { gives } from "./telling.js";
import { packagesValue } from "./value-types.js";

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

/** The type of something unknown: what it came with, else what it is said to be. */
export function typeOf(m: Machine, obj: Obj): TypeRef | undefined {
  return unknownData(obj).type ?? saidType(m, obj);
}

/** The type that something unknown, or a function, is said to be of. */
export function saidType(m: Machine, obj: Obj): TypeRef | undefined {
  const said = obj.props.get(S.type)?.refs[0];
  return said === undefined ? undefined : (deref(m.heap, said).data as TypeRef);
}

/** The prototypes of a type that is a class of the program, or an interface that some of them implement. */
export function classProtos(m: Machine, type: TypeRef | undefined): Value {
  const view = m.types.view(type);
  const classes = view.v === "class" ? [view] : m.types.implementors(type);
  return ofRefs(classes.flatMap(({ file, cls }) => classPrototype(m, file, cls)?.id ?? []));
}

/** May something else than a class of the program be of the type, so that methods of those that are say not all? */
export const isOpenType = (m: Machine, type: TypeRef | undefined): boolean => m.types.view(type).v === "object";

/** A member of a type, or of a class that implements it. */
function memberIn(m: Machine, type: TypeRef | undefined, name: string): TypeMember | undefined {
  const own = m.types.member(type, name);
  if (own !== undefined) return own;
  for (const { file, cls } of m.types.implementors(type)) {
    const member = m.types.member(m.types.instance(file, cls), name);
    if (member !== undefined) return member;
  }
  return undefined;
}

/** An unknown value of a type (when one is known) in which everything bears `labels`. */
export function unknown(
  m: Machine,
  site: Origin,
  labels: Labels = NO_LABELS,
  type?: TypeRef,
  name = "",
  depth = 0,
  owners?: readonly MemberKey[],
): Value {
  const view = m.types.view(type);
  switch (view.v) {
    case "primitive":
      return thing(m, site, ofKinds(PRIMITIVES[view.name] ?? ANY_PRIMITIVE, labels));
    case "const":
      return labels.length === 0 ? ofConst(view.value ?? undefined) : ofKinds(K.String, labels);
    case "external": {
      const model = m.instance({ module: view.module, path: view.path }, view.args !== undefined);
      if (model !== undefined) return model(m, site, view.args ?? [], labels);
      if (labels.length > 0 || bears(m, type, view)) break;
      return externalValue(m, view.module, view.path, primitivesOf(m, view));
    }
    case "array":
    case "map": {
      const steps = view.v === "array" ? view.steps : undefined;
      const list = make(m, view.v === "map" ? "map" : steps === undefined ? "array" : "iterator", site, steps);
      if (steps?.returned !== undefined) setSlot(m.heap, list, RETURNED, unknown(m, site, labels, steps.returned, name, depth + 1));
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
    case "object": {
      const told = view.v === "object" && (view.members.length > 0 || view.index !== undefined);
      const made = told || labels.length > 0 || type === undefined ? BOTTOM : packagesValue(m, type);
      if (made.refs.length > 0) return made;
      break;
    }
    case "function":
    case "class":
      break;
  }
  const structured = view.v === "object" || view.v === "class" || (view.v === "external" && bears(m, type, view));
  const obj = make(m, "unknown", site, {
    type: view.v === "any" ? undefined : type,
    depth,
    name,
    ...(owners === undefined || owners.length === 0 ? {} : { owners }),
  } satisfies UnknownData);
  if (labels.length > 0) setSlot(m.heap, obj, S.deep, ofKinds(K.String, labels));
  // What a package's own declarations do not tell of its objects, its models may.
  const protos = view.v === "external" && structured ? ofRef(external(m, view.module, view.path).id) : classProtos(m, type);
  if (protos.refs.length > 0) setSlot(m.heap, obj, S.proto, protos);
  if (m.gates !== null && structured) named(m, obj);
  const v = ofRef(obj.id);
  return structured || view.v === "function"
    ? labels.length > 0
      ? { ...v, kinds: 0, labels: NO_LABELS }
      : v
    : withLabels(withKinds(v, ANY_PRIMITIVE), labels);
}

/** A primitive of its own: where it is asked about somebody, that is its name. */
function thing(m: Machine, origin: Origin, v: Value): Value {
  if (m.gates === null) return v;
  const where = typeof origin === "string" ? origin : "name" in origin ? origin.name : `${origin.file}:${origin.at}-${origin.end}`;
  const key = `${m.path}|${where}`;
  m.gates.subjects.keys.add(key);
  return withAbout(v, about(key, NO_FACTS));
}

/** Has something of a package's type declared fields, or methods that lead to some? */
const bears = (m: Machine, type: TypeRef | undefined, view: TypeView): boolean =>
  type !== undefined &&
  (m.hooks.declaredIn(type).length > 0 || (view.v === "external" && view.shape !== undefined && view.args !== undefined && gives(m, type)));

/** The primitives that something of a type can be. */
function primitivesOf(m: Machine, view: TypeView, depth = 0): Value {
  switch (view.v) {
    case "primitive":
      return ofKinds(PRIMITIVES[view.name] ?? ANY_PRIMITIVE);
    case "const":
      return ofConst(view.value ?? undefined);
    case "union":
      return depth > LIMITS.unknownDepth ? NOTHING : joinAll(view.of.map((t) => primitivesOf(m, m.types.view(t), depth + 1)));
    case "any":
      return NOTHING;
    case "external":
      return view.shape === undefined ? NOTHING : primitivesOf(m, view.shape, depth + 1);
    default:
      return BOTTOM;
  }
}

/** What is there by a declaration only, in `file` or for everybody: something of `module`, as its type has it. */
export function declaredValue(m: Machine, file: LinkedFile, module: string, name: string): Value {
  const primitives = primitivesOf(m, m.types.view(m.types.ambient(file, name)));
  return join(externalValue(m, module, [name], primitives), ambientValue(m, file, name));
}

/** What is there by a declaration only (`declare const user: User`), if a declared field is in it. */
export function ambientValue(m: Machine, file: LinkedFile, name: string): Value {
  const type = m.hooks.propertySources ? m.types.ambient(file, name) : undefined;
  if (type === undefined || m.hooks.declaredIn(type).length === 0) return BOTTOM;
  const key = `ambient ${type.file.index} ${name}`;
  let obj = m.externals.get(key);
  if (obj === undefined)
    m.externals.set(key, (obj = lastingly(m.heap, () => make(m, "unknown", key, { type, depth: 0, name } satisfies UnknownData))));
  return ofRef(obj.id);
}

/** The type of something that is only declared, by its path from the name: `api.users.list` of `declare const api: Api`. */
export function ambientType(m: Machine, file: LinkedFile, path: readonly string[]): TypeRef | undefined {
  let type = m.types.ambient(file, path[0]!);
  for (const step of path.slice(1)) {
    const view = m.types.view(type);
    type = step === "()" ? (view.v === "function" ? view.returns : undefined) : m.types.member(type, step)?.type;
    if (type === undefined) return undefined;
  }
  return type;
}

/** Labels of everything inside. */
export const deepLabels = (obj: Obj): Labels => obj.props.get(S.deep)?.labels ?? NO_LABELS;

export function addDeep(m: Machine, obj: Obj, labels: Labels): void {
  if (labels.length > 0) joinSlot(m.heap, obj, S.deep, ofKinds(K.String, labels));
}

/** Labels of the declared properties that nobody has asked for yet, and of what is in them. */
export function unread(m: Machine, obj: Obj): Labels {
  if (!m.hooks.propertySources) return NO_LABELS;
  const type = typeOf(m, obj);
  let out: Labels = NO_LABELS;
  if (type === undefined) return out;
  const site = obj.site ?? siteOf(m, m.frame.code.fn);
  for (const member of m.hooks.declaredIn(type))
    if (!obj.props.has(member.name)) for (const field of member.fields) out = joinLabels(out, m.hooks.labelOf(field, site, obj));
  return out;
}

/** Has an object been made by asking another for a property? Told without making its name anew: it is asked of every property of a copy. */
export function isAskedOf(child: Obj, obj: Obj, name: string): boolean {
  const { from } = child;
  const text = typeof from === "string" ? from : "name" in from ? from.name : "";
  const { key } = obj;
  return text.length === key.length + 1 + name.length && text.endsWith(name) && text.startsWith(key);
}

/** Is a property just what asking for it has made, so that asking again makes the like? Then it need not be copied. */
export function isAsMade(m: Machine, obj: Obj, name: string, v: Value): boolean {
  const labels = deepLabels(obj);
  if (v.refs.length !== 1 || v.consts.length > 0 || !sameLabels(v.labels, hasPrimitive(v) ? labels : NO_LABELS)) return false;
  // What a check has answered there is there.
  if (v.about !== null && v.about.yes.length + v.about.no.length > 0) return false;
  const child = deref(m.heap, v.refs[0]!);
  if (child.kind !== "unknown" || !isAskedOf(child, obj, name) || !sameLabels(deepLabels(child), labels)) return false;
  return child.props.all((slot, x) => slot === S.deep || slot === S.proto || isAsMade(m, child, slot, x));
}

/** Is it the type of a list? */
export const isList = (m: Machine, type: TypeRef | undefined): boolean => ["array", "tuple"].includes(m.types.view(type).v);

const isCollection = (m: Machine, type: TypeRef | undefined): boolean => isList(m, type) || m.types.view(type).v === "map";

/** Has what is inside something this property itself? Lists have elements and a length. */
const has = (m: Machine, inside: Value, name: string): boolean =>
  objectsOf(m.heap, inside).some(
    (o) => o.props.has(name) || (o.kind === "array" && (name === S.rest || name === "length" || isIndex(name))),
  );

/** Any element of something unknown that is gone through as a list. */
export function elementOf(m: Machine, obj: Obj, site: Site): Value {
  unknownData(obj).list ??= true;
  let any = childOf(m, obj, S.rest, site);
  for (const [slot, v] of obj.props) if (isIndex(slot)) any = join(any, withoutAbsent(v));
  return any;
}

/**
 * Something unknown and untyped where it is known to be no list: all that it has but the elements that it was said to have (`events[*].input`
 * in a manifest). It is a view: what is written to it is not seen through the other names of the whole.
 */
export function notList(m: Machine, obj: Obj): Obj {
  const elements = obj.props.get(S.rest);
  if (elements === undefined || m.types.view(typeOf(m, obj)).v !== "any") return obj;
  if (sameLabels(joinLabels(allLabels(m, elements), deepLabels(obj)), deepLabels(obj))) return obj;
  const out = make(m, "unknown", `${obj.key} but no list`, { ...unknownData(obj), list: false });
  for (const [slot, v] of obj.props) if (slot !== S.rest && !isIndex(slot)) setSlot(m.heap, out, slot, v);
  return out;
}

/** A property that was read before: where it is a declared field, each read collects it, and begins a way of its own. */
export function collectedHere(m: Machine, obj: Obj, name: string, v: Value, site: Site): Value {
  if (!v.labels.some(isCollected)) return v;
  const here = m.hooks.labelsOfProperty(typeOf(m, obj), obj, name, site);
  return here.length === 0
    ? v
    : withLabels(
        v,
        v.labels.map((label) => (isCollected(label) ? (here.find(({ id }) => id === label.id) ?? label) : label)),
      );
}

const isCollected = ({ step }: Label): boolean => step.kind === "source" && step.prev === null;

/** A property of an unknown object: made on the first read, the same one afterwards. */
export function childOf(m: Machine, obj: Obj, name: string, site: Site): Value {
  const known = obj.props.get(name);
  if (known !== undefined) return known;
  const data = unknownData(obj);
  const own = typeOf(m, obj);
  // The length of what has no type is a text's or a list's, far more often than a field of its own.
  if ((name === "length" && own === undefined) || ((name === "length" || name === "size") && isCollection(m, own))) return ANY_NUMBER;
  const member = memberIn(m, own, name);
  const type = member?.type ?? (isIndex(name) || name === S.rest ? m.types.element(own) : undefined);
  const inside = obj.props.get(S.inside);
  if (inside !== undefined && has(m, inside, name)) return name === S.rest ? BOTTOM : UNDEFINED;
  let labels = joinLabels(deepLabels(obj), inside?.labels ?? NO_LABELS);
  if (m.hooks.propertySources) labels = joinLabels(labels, m.hooks.labelsOfProperty(own, obj, name, site));
  const names = data.names ?? [];
  const untyped = m.types.view(type).v === "any";
  const repeats =
    untyped && data.depth >= LIMITS.unknownRepeated && names.includes(name) && sameLabels(allLabels(m, ofRef(obj.id)), deepLabels(obj));
  if (repeats || data.depth >= LIMITS.unknownDepth) {
    // Deeper reads come back to the same object, which stands for all of them: recursion over a structure that nobody knows ends here. So do
    // those by a name that is above already, where there is nothing to keep apart: of three names there are three to the power of eight parts.
    if (labels.length > 0 && !repeats)
      m.blind("depth-limit", site, `properties more than ${LIMITS.unknownDepth} levels below an unknown value are not kept apart`, labels);
    obj.summary = true;
    const itself = addLabels(withKinds(ofRef(obj.id), ANY_PRIMITIVE), labels);
    // From now on, whatever comes to be in it.
    return repeats ? keep(m, obj, name, itself) : itself;
  }
  const origin = `${obj.key}.${name}`;
  const at = obj.site;
  const fresh = (): Value =>
    unknown(m, at === undefined ? origin : { name: origin, site: at }, labels, type, name, data.depth + 1, member?.owners);
  let child = isFresh(m.heap, obj) ? fresh() : lastingly(m.heap, fresh);
  if (untyped) for (const part of objectsOf(m.heap, child)) if (part.kind === "unknown") unknownData(part).names = [...names, name];
  if (member?.optional === true) child = join(child, UNDEFINED);
  if (name !== S.rest && (data.list !== true || isIndex(name))) child = join(child, obj.props.get(S.rest) ?? BOTTOM);
  // It was there all the time, whichever way asks first. What only one way says of it is that way's.
  if (data.type === undefined && own !== undefined) {
    setSlot(m.heap, obj, name, child);
    return child;
  }
  return keep(m, obj, name, child);
}

/** Puts a property where it has been all the time: not on the trail. */
function keep(m: Machine, obj: Obj, name: string, v: Value): Value {
  obj.props.set(name, v);
  changing(m.heap, obj, name, undefined, v);
  return v;
}
