/** Reading and writing properties of abstract objects. */
import { joinLabels, NO_LABELS, type Labels, type Site } from "../domain/labels.js";
import {
  deref,
  isFresh,
  isFrozen,
  isIndex,
  joinSlot,
  lastingly,
  missing,
  type Obj,
  objectsOf,
  restFor,
  S,
  setSlot,
} from "../domain/heap.js";
import {
  ABSENT,
  ANY_NUMBER,
  ANY_STRING,
  BOTTOM,
  caseOf,
  caseOfRef,
  exact,
  hasPrimitive,
  isBottom,
  join,
  joinAll,
  K,
  ofConst,
  ofRef,
  ofRefs,
  presentOrUndefined,
  stringOf,
  UNDEFINED,
  withoutAbsent,
  withPatterns,
  type Value,
} from "../domain/value.js";
import { NO_FACTS } from "../domain/about.js";
import { covers, meets, NO_PATTERNS, type TextPatterns } from "../domain/text-pattern.js";
import { GLOBAL_OBJECT } from "./aliases.js";
import { bounded } from "./bound.js";
import { callObject, callValue } from "./call.js";
import { asField } from "./declared.js";
import { labelsOfKey } from "./deep.js";
import { external, externalData, externalName, globalObject, isOpen, memberOf } from "./external.js";
import { onEither } from "./either.js";
import { forkAll, perhaps } from "./fork.js";
import { anyItem, arrayItems } from "./iterate.js";
import { assignedOutside } from "./assigned.js";
import { besides } from "./every.js";
import { foundUnder, keptUnder } from "./members.js";
import { calledAs, elementIn, keyed, overDefault, withHeld } from "./gates.js";
import { handlerSet } from "./handlers.js";
import { noteHolder } from "./holders.js";
import { assignsGlobal } from "./globals.js";
import { hop, loaded, make, type FunctionData, type Machine } from "./machine.js";
import { providedValue } from "./provided.js";
import { readSignal } from "./signals.js";
import { oneOf, settingThing } from "./subjects.js";
import { isProxy, proxyDelete, proxyEntries, proxyGet, proxyGetAny, proxySet, proxySetNamed } from "./proxy.js";
import { ambientValue, childOf, collectedHere, deepLabels, isAsMade, isList, isOpenType, typeOf, unknown, unknownData } from "./unknown.js";

/** Exact property names a key can be; `open` when it can be others too. */
export function keyNames(v: Value): { readonly names: readonly string[]; readonly open: boolean } {
  const names = v.consts.map(String);
  const open = (v.kinds & (K.String | K.Number | K.Big)) !== 0 || v.refs.length > 0;
  // Any name at all is these as well.
  if (open) return { names, open };
  if ((v.kinds & K.Undefined) !== 0) names.push("undefined");
  if ((v.kinds & K.Null) !== 0) names.push("null");
  if ((v.kinds & K.True) !== 0) names.push("true");
  if ((v.kinds & K.False) !== 0) names.push("false");
  return { names, open };
}

/** The texts that a key is made of; none where it may be any. */
const keyPatterns = (key: Value): TextPatterns => (key.refs.length > 0 || key.kinds !== K.String ? NO_PATTERNS : key.patterns);

/** Can a property of this name be meant by a key of these texts? */
const meant = (names: TextPatterns, name: string): boolean => names.length === 0 || names.some((p) => covers(p.text, name));

/** Can unknown properties be meant by a key of these texts? */
function restMeant(obj: Obj, names: TextPatterns): boolean {
  const held = obj.props.get(S.restNames)?.patterns ?? NO_PATTERNS;
  return names.length === 0 || held.length === 0 || names.some((p) => held.some((q) => meets(p.text, q.text)));
}

/** `@@iterator` and other well-known symbols are objects of the global library: one name each. */
export function symbolName(m: Machine, v: Value): string | undefined {
  if (v.refs.length !== 1 || hasPrimitive(v)) return undefined;
  const obj = deref(m.heap, v.refs[0]!);
  if (obj.kind === "external") {
    const { module, path } = externalData(obj);
    if (module === "util" && path.at(-1) === "custom") return `@@${path.filter((name) => name !== "default").join(".")}`;
    return module === "global" && path[0] === "Symbol" && path.length === 2 ? `@@${path[1]!}` : undefined;
  }
  return obj.kind === "native" && obj.key.endsWith("|symbol") ? `@@${obj.id}` : undefined;
}

const PROTOTYPES: Readonly<Partial<Record<Obj["kind"], string>>> = {
  array: "Array",
  function: "Function",
  class: "Function",
  bound: "Function",
  native: "Function",
  map: "Map",
  set: "Set",
  promise: "Promise",
  generator: "Generator",
  iterator: "Generator",
  error: "Error",
  text: "String",
};

/** The method of the language's library that objects of this kind have under this name. */
function builtin(m: Machine, kind: Obj["kind"], name: string): Value | undefined {
  const type = PROTOTYPES[kind];
  for (const owner of type === undefined ? ["Object"] : [type, "Object"]) {
    const path = [owner, "prototype", name];
    if (m.native({ module: "global", path }) !== undefined) return ofRef(external(m, "global", path).id);
  }
  return undefined;
}

/** Reads `v[key]`; `index` names the variable that holds the key. */
export function getProp(m: Machine, v: Value, key: Value, site: Site, index?: string): Value {
  const symbol = symbolName(m, key);
  if (symbol !== undefined) return getNamed(m, v, symbol, site);
  const { names, open } = index !== undefined && areAlike(m, v, key) ? keyNames(ANY_NUMBER) : keyNames(key);
  const read = names.map((name) => () => asKeyed(m, key, name, getNamed(m, v, name, site)));
  const isCall = names.length > 1 && objectsOf(m.heap, v).some((obj) => names.some((name) => hasGetter(m, obj, name)));
  let out = isCall ? forkAll(m, read) : joinAll(read.map((get) => get()));
  if (open)
    out = join(out, besides(m, oneOf(m, elementIn(m, v, foundUnder(m, key, getAny(m, v, site, key), site)), site, index), key, index));
  return bounded(m, out, site);
}

/** Does a variable count through elements of which none is known by its number? Then it is the variable that says which one is meant. */
function areAlike(m: Machine, v: Value, { kinds, consts }: Value): boolean {
  if (kinds !== 0 || !consts.every((c) => typeof c === "number")) return false;
  const objects = objectsOf(m.heap, v);
  const isAlike = (o: Obj): boolean =>
    o.kind === "array" ? !consts.some((c) => o.props.has(String(c))) : o.kind === "unknown" && isList(m, typeOf(m, o));
  return objects.length > 0 && !hasPrimitive(v) && objects.every(isAlike);
}

/** What is read by one of several names is there where the key is that one. */
function asKeyed(m: Machine, key: Value, name: string, read: Value): Value {
  if (m.gates === null || key.about === null) return read;
  const value = key.consts.find((c) => String(c) === name);
  return value === undefined ? read : withHeld(m, read, caseOf(key, value) ?? NO_FACTS);
}

/** Reads a property by its name. */
export function getNamed(m: Machine, v: Value, name: string, site: Site): Value {
  const objects = objectsOf(m.heap, v);
  const { alive } = m;
  const read = objects.map((obj) => () => {
    const receiver = v.refs.length === 1 ? v : ofRef(obj.id, v.via);
    const read = loaded(m, readObject(m, obj, name, receiver, site), v.via, site);
    if (m.gates === null) return read;
    const mine = ofCase(m, v, obj, keyed(m, obj, v, name, readSignal(m, name, read), site));
    return isIndex(name) ? besides(m, mine, ofConst(name), `=${name}`) : mine;
  });
  // Of several accessors one is called: each is a way of its own.
  const isCall = objects.length > 1 && objects.some((obj) => hasGetter(m, obj, name));
  const found = isCall ? [forkAll(m, read)] : read.map((get) => get());
  if (hasPrimitive(v)) {
    found.push(calledAs(readSignal(m, name, readPrimitive(m, v, name)), joinAll(found)));
    m.alive = alive;
  }
  return bounded(m, joinAll(found), site);
}

/** What is read of one of several objects is there where it is that one: `ok` of `{ ok: true }`, which only a way behind a check gives. */
const ofCase = (m: Machine, whole: Value, owner: Obj, read: Value): Value =>
  whole.about?.cases.some((one) => one.isObject && one.value === owner.id) === true
    ? withHeld(m, read, caseOfRef(whole, owner.id) ?? NO_FACTS)
    : read;

/** Does reading this property call something? */
function hasGetter(m: Machine, obj: Obj, name: string, depth = 0): boolean {
  if (isProxy(obj)) return true;
  if (obj.props.has(ACCESSORS) && obj.props.has(S.getter + name)) return true;
  const proto = obj.props.get(S.proto);
  return (
    proto !== undefined &&
    depth < 24 &&
    !isOwn(obj, name) &&
    objectsOf(m.heap, proto).some((p) => p !== obj && hasGetter(m, p, name, depth + 1))
  );
}

/** Has it the property itself, for certain? */
function isOwn(obj: Obj, name: string): boolean {
  const own = obj.props.get(name);
  return own !== undefined && (own.kinds & K.Absent) === 0;
}

function readPrimitive(m: Machine, v: Value, name: string): Value {
  let out: Value = BOTTOM;
  const strings = (v.kinds & K.String) !== 0 || v.consts.some((c) => typeof c === "string");
  if (strings) {
    if (name === "length") {
      const c = exact(v);
      out = join(out, typeof c === "string" ? ofConst(c.length) : ANY_NUMBER);
    } else if (isIndex(name)) {
      const c = exact(v);
      out = join(out, typeof c === "string" ? ofConst(c[Number(name)]) : stringOf(v.labels));
    } else if (m.native({ module: "global", path: ["String", "prototype", name] }) !== undefined)
      out = join(out, ofRef(globalObject(m, `String.prototype.${name}`).id));
  }
  if (
    ((v.kinds & K.Number) !== 0 || v.consts.some((c) => typeof c === "number")) &&
    m.native({ module: "global", path: ["Number", "prototype", name] }) !== undefined
  )
    out = join(out, ofRef(globalObject(m, `Number.prototype.${name}`).id));
  if (isBottom(out) && m.native({ module: "global", path: ["Object", "prototype", name] }) !== undefined)
    return ofRef(globalObject(m, `Object.prototype.${name}`).id);
  return isBottom(out) ? UNDEFINED : out;
}

/** One object's property, through accessors and the prototype chain. Absent is undefined. */
export function readObject(m: Machine, obj: Obj, name: string, receiver: Value, site: Site): Value {
  const v = lookUp(m, obj, name, receiver, site, 0);
  return v === undefined ? UNDEFINED : presentOrUndefined(v);
}

/** Like {@link readObject}, but undefined when there is no such property, and with `Absent` where there may be none. */
export function lookUp(m: Machine, obj: Obj, name: string, receiver: Value, site: Site, depth: number): Value | undefined {
  if (isProxy(obj)) return proxyGet(m, obj, name, receiver, site);
  if (obj.props.has(ACCESSORS)) {
    const getter = obj.props.get(S.getter + name);
    const accessor = getter ?? obj.props.get(S.setter + name);
    if (accessor !== undefined) {
      const get = (): Value => (getter === undefined ? UNDEFINED : callGetter(m, getter, receiver, site));
      if (!isMaybe(accessor)) return get();
      return join(perhaps(m, get), lookUpValue(m, obj, name, receiver, site, depth) ?? ABSENT);
    }
  }
  return lookUpValue(m, obj, name, receiver, site, depth);
}

/** The same past accessors of its own. */
function lookUpValue(m: Machine, obj: Obj, name: string, receiver: Value, site: Site, depth: number): Value | undefined {
  if (name === "__proto__" && hasPrototypeSlot(obj)) {
    const proto = obj.props.get(S.proto);
    if (proto !== undefined) return proto;
  }
  const own = ownValue(m, obj, name, site);
  if (own !== undefined && (own.kinds & K.Absent) === 0) return own;
  const further = inherited(m, obj, name, receiver, site, depth);
  if (own === undefined) return further;
  if (further === undefined) return own;
  return join(withoutAbsent(own), further);
}

/** Parts of the last match: https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/RegExp#static_properties. */
const LAST_MATCH = /^(\$[1-9&+`'_]|input|lastMatch|lastParen|leftContext|rightContext)$/;

/** Slot that says that an object has accessors. */
export const ACCESSORS = "\0accessors";

function callGetter(m: Machine, getter: Value, receiver: Value, site: Site): Value {
  return callValue(m, withoutAbsent(getter), receiver, { list: [], rest: null }, site);
}

/** May the slot not be there? */
const isMaybe = (v: Value): boolean => (v.kinds & K.Absent) !== 0;

/** `String.prototype.trim` */
const isMethod = (module: string, path: readonly string[]): boolean => module === "global" && path.length === 3 && path[1] === "prototype";

/** What something unknown has itself. Of an interface that classes implement it may be something else's, or theirs. */
function unknownOwn(m: Machine, obj: Obj, name: string, own: Value | undefined, site: Site): Value | undefined {
  const isMethod = obj.props.has(S.proto) && protoHas(m, obj, name, obj);
  const isOpen = isMethod && isOpenType(m, typeOf(m, obj));
  if (own === undefined && isMethod && !isOpen) return undefined;
  const v = own === undefined ? childOf(m, obj, name, site) : m.hooks.propertySources ? collectedHere(m, obj, name, own, site) : own;
  return isOpen ? join(v, ABSENT) : v;
}

/** An element that may not be there: then what has been put at the end of the list since may stand in its place. */
function orAdded(obj: Obj, name: string, own: Value): Value {
  const rest = (own.kinds & K.Absent) !== 0 && isIndex(name) ? obj.props.get(S.rest) : undefined;
  return rest === undefined ? own : join(own, rest);
}

function ownValue(m: Machine, obj: Obj, name: string, site: Site): Value | undefined {
  const own = obj.props.get(name);
  switch (obj.kind) {
    case "unknown":
      return unknownOwn(m, obj, name, own, site);
    case "array":
      if (name === "length") {
        const length = obj.props.get(S.length);
        return length === undefined ? ANY_NUMBER : length;
      }
      if (own !== undefined) return obj.props.has(S.unordered) ? anyItem(arrayItems(obj)) : orAdded(obj, name, own);
      if (isIndex(name)) {
        const length = obj.props.get(S.length);
        const rest = obj.props.get(S.rest);
        if (rest === undefined || (length !== undefined && exact(length) !== undefined && Number(name) >= Number(exact(length))))
          return UNDEFINED;
        return join(rest, UNDEFINED);
      }
      return undefined;
    case "external": {
      if (own !== undefined) return own;
      const { module, path } = externalData(obj);
      if (m.hooks.propertySources && module !== "global") {
        const labels = m.hooks.externalProperty(module, [...path, name], site);
        if (labels.length > 0) return unknown(m, `${obj.key}.${name}`, labels);
      }
      if (module === "global" && path.length === 1 && path[0] === "globalThis") return ofGlobalObject(m, obj, name, site);
      // A library's function is a function: it has what all of them have, unless it is itself the object that has it.
      if (/^(bind|call|apply)$/.test(name) && module !== "global" && path.length > 1 && /^[a-z]\w*$/.test(path.at(-1) ?? ""))
        return ofRef(globalObject(m, `Function.prototype.${name}`).id);
      // What the last match has left there.
      if (module === "global" && path.length === 1 && path[0] === "RegExp" && LAST_MATCH.test(name))
        return stringOf(obj.props.get(S.deep)?.labels ?? NO_LABELS);
      if (path.length === 0 || (module === "global" && path.length === 1)) {
        const provided = providedValue(m, module, [...path, name], site);
        if (provided !== undefined) return provided;
      }
      // What the environment holds is text.
      if (path.at(-1) === "env" && (module === "process" || (module === "global" && path[0] === "process" && path.length === 2)))
        return settingThing(m, join(ANY_STRING, UNDEFINED), name);
      // A method of the language has what all functions have, and nothing else: `x.text.trim` is no text's, whatever reads `text()` of one.
      if (isMethod(module, path) && !/^(bind|call|apply)$/.test(name) && m.native({ module, path: [...path, name] }) === undefined)
        return UNDEFINED;
      return memberOf(m, obj, name);
    }
    case "map":
    case "set":
      return name === "size" ? ANY_NUMBER : own;
    case "generator":
    case "iterator":
      // What they yield is no property.
      return own;
    case "text":
      return name === "length" || name === "byteLength"
        ? ANY_NUMBER
        : isIndex(name)
          ? join(own ?? BOTTOM, stringOf(obj.props.get(S.value)?.labels ?? NO_LABELS))
          : name === "buffer" && obj.props.has(S.proto)
            ? ofRef(obj.id)
            : own;
    case "function":
    case "class":
      if (own === undefined && name === "prototype") return functionPrototype(m, obj);
      if (own === undefined && name === "name")
        return ofConst((obj.data as FunctionData).code?.fn.name ?? (obj.data as FunctionData).cls?.name ?? "");
      return own;
    case "error":
      if (own === undefined && name === "stack") return stringOf(errorLabels(obj));
      if (own === undefined && (name === "message" || name === "name")) return ANY_STRING;
      return own;
    default: {
      if (own !== undefined) return own;
      const rest = restFor(obj, name);
      return rest === undefined || name.charCodeAt(0) === 0 ? undefined : join(rest, ABSENT);
    }
  }
}

/** `globalThis.name`: the global of that name; one that the program puts there itself may not be there yet. */
function ofGlobalObject(m: Machine, obj: Obj, name: string, site: Site): Value {
  if (GLOBAL_OBJECT.has(name)) return ofRef(obj.id);
  const source = m.hooks.globalSource(name, site);
  if (source !== undefined) return source;
  const global = ofRef(external(m, "global", [name]).id);
  if (m.native({ module: "global", path: [name] }) !== undefined) return global;
  const declared = join(ambientValue(m, m.frame.code.file, name), UNDEFINED);
  return assignsGlobal(m, name) ? declared : join(global, declared);
}

const errorLabels = (obj: Obj): Labels => obj.props.get("message")?.labels ?? NO_LABELS;

/** Has something unknown (`of`) this from its prototypes? */
function protoHas(m: Machine, obj: Obj, name: string, of: Obj): boolean {
  const proto = obj.props.get(S.proto);
  if (proto === undefined) return false;
  for (const p of objectsOf(m.heap, proto))
    if (p.kind === "external" ? modelHas(m, p, name, of) : p.props.has(name) || p.props.has(S.getter + name) || protoHas(m, p, name, of))
      return true;
  return false;
}

/** Is there a model of this method of a package's object, and not a type that says that it is data? */
function modelHas(m: Machine, obj: Obj, name: string, of: Obj): boolean {
  if (m.types.member(typeOf(m, of), name)?.method === false) return false;
  const { module, path } = externalData(obj);
  return m.native({ module, path: [...path, name] }) !== undefined;
}

function inherited(m: Machine, obj: Obj, name: string, receiver: Value, site: Site, depth: number): Value | undefined {
  const proto = obj.props.get(S.proto);
  if (proto !== undefined && depth < 24) {
    let out: Value | undefined;
    for (const p of objectsOf(m.heap, proto)) {
      if (p === obj) continue;
      const v = lookUp(m, p, name, receiver, site, depth + 1);
      if (v !== undefined) out = out === undefined ? v : join(out, v);
    }
    if (out !== undefined) return out;
  }
  if (name === "constructor" && proto === undefined) return undefined;
  return builtin(m, obj.kind, name);
}

/** A function's `prototype`, made when it is asked for. */
export function functionPrototype(m: Machine, fn: Obj): Value {
  const newProto = (): Obj => make(m, "object", `${fn.key}.prototype`);
  // It was there all the time, whichever way asks first.
  const proto = isFresh(m.heap, fn) ? newProto() : lastingly(m.heap, newProto);
  proto.props.set("constructor", ofRef(fn.id));
  proto.props.set(S.hidden + "constructor", UNDEFINED);
  const v = ofRef(proto.id);
  fn.props.set("prototype", v);
  return v;
}

/** Reads whatever property there is that a key which is not exact can mean. */
export function getAny(m: Machine, v: Value, site: Site, key: Value = ANY_STRING): Value {
  const names = keyPatterns(key);
  const found = objectsOf(m.heap, v).map((obj) => {
    if (isProxy(obj)) return loaded(m, proxyGetAny(m, obj, key, site), v.via, site);
    const e = entries(m, obj, site);
    const here: Value[] = [UNDEFINED, ...e.known.flatMap((x) => (meant(names, x.name) ? [x.value] : []))];
    if (e.rest !== null && restMeant(obj, names)) here.push(e.rest);
    if (obj.kind === "external") here.push(memberOf(m, obj, "*"));
    const proto = obj.props.get(S.proto);
    if (proto !== undefined && obj.kind === "object")
      for (const p of objectsOf(m.heap, proto)) if (p.kind === "object") here.push(...methodsOf(p));
    return loaded(m, joinAll(here), v.via, site);
  });
  if (hasPrimitive(v)) found.push(v.labels.length > 0 ? stringOf(v.labels) : join(ANY_STRING, UNDEFINED));
  return joinAll(found);
}

const methodsOf = (proto: Obj): readonly Value[] =>
  [...proto.props].flatMap(([name, v]) => (name.charCodeAt(0) !== 0 && name !== "constructor" ? [v] : []));

export interface Entry {
  readonly name: string;
  readonly value: Value;
  /** It may not be there. */
  readonly maybe: boolean;
}

export interface Entries {
  readonly known: readonly Entry[];
  /** Value of further keys, `null` when there are none. */
  readonly rest: Value | null;
  /** Labels that the names of further keys spell out. */
  readonly restKey: Labels;
}

/** How what the program has put before a property is run: for certain, one after the other, or each perhaps. */
export type Reading = (m: Machine, read: () => Value) => Value;
const inTurn: Reading = (_, read) => read();

/** Own enumerable properties with their values; accessors are read. */
export function entries(m: Machine, obj: Obj, site: Site, reading = inTurn): Entries {
  if (isProxy(obj)) return proxyEntries(m, obj, site, reading);
  if (obj.kind === "unknown") return unknownEntries(m, obj, site);
  if (obj.kind === "map" || obj.kind === "set" || obj.kind === "promise" || obj.kind === "env")
    return { known: [], rest: null, restKey: NO_LABELS };
  const known: Entry[] = [];
  const hidden = obj.props.has(HIDDEN);
  for (const [slot, value] of obj.props) {
    const first = slot.charCodeAt(0);
    if (first === 0 || slot.startsWith("@@")) continue;
    if (hidden && obj.props.has(S.hidden + slot)) continue;
    const present = withoutAbsent(value);
    if (isBottom(present)) continue;
    if ((obj.kind === "function" || obj.kind === "class") && slot === "prototype") continue;
    if (obj.kind === "error" && (slot === "message" || slot === "stack" || slot === "cause")) continue;
    known.push({ name: slot, value: present, maybe: (value.kinds & K.Absent) !== 0 });
  }
  if (obj.props.has(ACCESSORS)) {
    for (const [slot, getter] of [...obj.props]) {
      if (!slot.startsWith(S.getter)) continue;
      const name = slot.slice(S.getter.length);
      if (name.startsWith("\0") || (hidden && obj.props.has(S.hidden + name))) continue;
      const read = (): Value => callGetter(m, getter, ofRef(obj.id), site);
      if (!isMaybe(getter)) known.push({ name, value: reading(m, read), maybe: false });
      else {
        const at = known.findIndex((x) => x.name === name);
        const other = known[at] ?? { name, value: BOTTOM, maybe: true };
        known.splice(at < 0 ? known.length : at, 1, { ...other, value: join(other.value, perhaps(m, read)) });
      }
    }
  }
  // What a library's object was given to take in is somewhere in it.
  const taken = obj.kind === "external" ? deepLabels(obj) : NO_LABELS;
  const other = obj.props.get(S.rest) ?? (taken.length > 0 ? stringOf(taken) : null);
  const rest = mayHaveAny(m, obj) ? join(other ?? BOTTOM, memberOf(m, obj, "*")) : other;
  return { known, rest, restKey: obj.props.get(S.restKey)?.labels ?? NO_LABELS };
}

/** May something outside have properties that nobody has named: data of a package, or the environment? */
const mayHaveAny = (m: Machine, obj: Obj): boolean => obj.kind === "external" && (isOpen(m, obj) || externalName(obj) === "process.env");

/** Slot that says that an object has properties that are not enumerable. */
export const HIDDEN = "\0hasHidden";

function unknownEntries(m: Machine, obj: Obj, site: Site): Entries {
  // What is in a wrapping goes beside it.
  if (obj.props.has(S.inside)) return { known: [], rest: null, restKey: NO_LABELS };
  const { depth } = unknownData(obj);
  const type = typeOf(m, obj);
  // Nobody asks for them one by one: they come from where the whole does.
  if (depth < 6) for (const member of m.types.members(type)) if (!member.method) childOf(m, obj, member.name, obj.site ?? site);
  const known: Entry[] = [];
  const labels = deepLabels(obj);
  const view = m.types.view(type);
  const open = labels.length > 0 || view.v === "any" || (view.v === "object" && view.index !== undefined);
  for (const [slot, value] of obj.props) {
    if (slot.charCodeAt(0) === 0 || slot.startsWith("@@")) continue;
    // What has only been asked for (a method's name, as a rule) is no more certain to be there than any other.
    if (view.v === "any" && isAsMade(m, obj, slot, value)) continue;
    const present = withoutAbsent(value);
    if (!isBottom(present)) known.push({ name: slot, value: present, maybe: true });
  }
  return { known, rest: open ? childOf(m, obj, S.rest, site) : (obj.props.get(S.rest) ?? null), restKey: labels };
}

/** Is it one object? What a callback gave a library is written to as if it were all that the library gave: see `handedOn`. */
function isSole(objects: readonly Obj[]): boolean {
  if (objects.length < 2 || !objects.some((o) => o.props.has(S.inside))) return objects.length === 1;
  return objects.filter((o) => o.kind !== "external" && !o.props.has(S.inside)).length === 1;
}

/** Writes `target[key] = value`. */
export function setProp(m: Machine, target: Value, key: Value, value: Value, site: Site): void {
  onEither(m, target, (one) => {
    setPropOf(m, one, key, value, site);
    return BOTTOM;
  });
}

function setPropOf(m: Machine, target: Value, key: Value, value: Value, site: Site): void {
  const objects = objectsOf(m.heap, target);
  if (objects.length === 0) return;
  const symbol = symbolName(m, key);
  const { names, open } = symbol !== undefined ? { names: [symbol], open: false } : keyNames(key);
  const stored = hop(m, value, "store", site);
  const strong = isSole(objects) && names.length === 1 && !open;
  for (const obj of objects) {
    if (isProxy(obj)) {
      proxySet(m, obj, key, stored, target, site);
      continue;
    }
    for (const name of names) setNamed(m, obj, name, stored, strong, target, site);
    if (open) setAny(m, obj, keptUnder(m, key, stored, site), labelsOfKey(m, key), key);
  }
}

/** Is its prototype known, so that `__proto__` stands for that and is no property of its own? */
const hasPrototypeSlot = (obj: Obj): boolean => obj.kind !== "unknown" && obj.kind !== "external" && !obj.props.has("__proto__");

/** Writes one property of one object, through setters. */
export function setNamed(m: Machine, obj: Obj, name: string, value: Value, strong: boolean, receiver: Value, site: Site): void {
  if (isProxy(obj)) {
    proxySetNamed(m, obj, name, value, receiver, site);
    return;
  }
  const setter = findSetter(m, obj, name, 0);
  if (setter !== undefined) {
    const call = (): Value =>
      setter === null ? BOTTOM : callValue(m, withoutAbsent(setter), receiver, { list: [value], rest: null }, site);
    const maybe = setter !== null && isMaybe(setter);
    if (strong && !maybe) call();
    else perhaps(m, call);
    if (!maybe) return;
  }
  if (isFrozen(obj)) return;
  if (obj.kind === "external" && assignedOutside(m, obj, name, value, site)) return;
  if (name === "__proto__" && hasPrototypeSlot(obj)) {
    if (value.refs.length === 0) return;
    if (strong && !obj.summary) setSlot(m.heap, obj, S.proto, ofRefs(value.refs));
    else joinSlot(m.heap, obj, S.proto, ofRefs(value.refs));
    return;
  }
  if (obj.kind === "array") {
    if (name === "length") {
      truncate(m, obj, value);
      return;
    }
    if (isIndex(name)) growTo(m, obj, Number(name) + 1);
  }
  if (obj.kind === "unknown") childOf(m, obj, name, site);
  const v = asField(m, obj, name, value, site);
  if (strong && !obj.summary) setSlot(m.heap, obj, name, v);
  else joinSlot(m.heap, obj, name, v);
  noteHolder(m, obj, name, v);
  if (name.startsWith("on")) handlerSet(m, obj, name, v, site);
}

/** `super.name = value` in a method of `home`: a setter of what stands above it, else a property of `this` itself. */
export function setSuper(m: Machine, home: Obj, key: Value, value: Value, self: Value, site: Site): void {
  const { names } = keyNames(key);
  const above = objectsOf(m.heap, home.props.get(S.proto) ?? BOTTOM);
  const stored = hop(m, value, "store", site);
  for (const name of names) {
    const setters = above.map((p) => findSetter(m, p, name, 0)).filter((setter) => setter !== undefined);
    for (const setter of setters)
      for (const fn of objectsOf(m.heap, setter ?? BOTTOM)) callObject(m, fn, self, { list: [stored], rest: null }, site, false);
    if (setters.length > 0) continue;
    const own = objectsOf(m.heap, self);
    for (const obj of own) {
      if (isSole(own) && names.length === 1 && !obj.summary) setSlot(m.heap, obj, name, stored);
      else joinSlot(m.heap, obj, name, stored);
    }
  }
}

function truncate(m: Machine, obj: Obj, length: Value): void {
  const n = exact(length);
  if (typeof n === "number" && !obj.summary) {
    for (const slot of [...obj.props.keys()]) if (isIndex(slot) && Number(slot) >= n) setSlot(m.heap, obj, slot, undefined);
    if (n === 0) setSlot(m.heap, obj, S.rest, undefined);
    setSlot(m.heap, obj, S.length, length);
  } else setSlot(m.heap, obj, S.length, undefined);
}

function growTo(m: Machine, obj: Obj, size: number): void {
  const length = obj.props.get(S.length);
  if (length === undefined) return;
  const n = exact(length);
  if (typeof n !== "number") setSlot(m.heap, obj, S.length, undefined);
  else if (n < size) {
    if (size - n > 256) setSlot(m.heap, obj, S.length, undefined);
    else setSlot(m.heap, obj, S.length, ofConst(size));
  }
}

/** A write under a key that is not exact: every property that it can mean may have become this. */
export function setAny(m: Machine, obj: Obj, value: Value, keyLabels: Labels, key: Value = ANY_STRING): void {
  if (isFrozen(obj)) return;
  const names = obj.kind === "object" ? keyPatterns(key) : NO_PATTERNS;
  for (const [slot] of [...obj.props]) if (slot.charCodeAt(0) !== 0 && meant(names, slot)) joinSlot(m.heap, obj, slot, value);
  if (obj.kind === "unknown") unknownData(obj).list = false;
  const others = obj.props.has(S.rest) ? obj.props.get(S.restNames) : BOTTOM;
  joinSlot(m.heap, obj, S.rest, value);
  if (names.length > 0 && others !== undefined) setSlot(m.heap, obj, S.restNames, join(others, withPatterns(ANY_STRING, names)));
  if (keyLabels.length > 0) joinSlot(m.heap, obj, S.restKey, stringOf(keyLabels));
  if (obj.kind === "array") setSlot(m.heap, obj, S.length, undefined);
}

/** What is called by a write: `null` where there is only a getter; with "absent" where it may be no accessor that is there. */
function findSetter(m: Machine, obj: Obj, name: string, depth: number): Value | null | undefined {
  if (obj.props.has(ACCESSORS)) {
    const own = obj.props.get(S.setter + name);
    if (own !== undefined) return own;
    const getter = obj.props.get(S.getter + name);
    if (getter !== undefined) return isMaybe(getter) ? ABSENT : null;
  }
  if (depth > 24 || (depth === 0 && obj.props.has(name))) return undefined;
  const proto = obj.props.get(S.proto);
  if (proto === undefined) return undefined;
  for (const p of objectsOf(m.heap, proto)) {
    if (p.kind === "external") continue;
    const found = findSetter(m, p, name, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `delete target[key]`. */
export function deleteProp(m: Machine, target: Value, key: Value, site: Site): void {
  const objects = objectsOf(m.heap, target);
  const { names, open } = keyNames(key);
  for (const obj of objects) {
    if (isProxy(obj)) {
      proxyDelete(m, obj, key, site);
      continue;
    }
    if (isFrozen(obj)) continue;
    for (const name of names) {
      if (obj.kind === "unknown") childOf(m, obj, name, site);
      if (isSole(objects) && names.length === 1 && !open && !obj.summary) {
        if (obj.props.has(ACCESSORS)) {
          setSlot(m.heap, obj, S.getter + name, undefined);
          setSlot(m.heap, obj, S.setter + name, undefined);
        }
        setSlot(m.heap, obj, name, ABSENT);
      } else joinSlot(m.heap, obj, name, ABSENT);
    }
    // An unknown key may have removed any one: none for certain.
  }
}

/** Defines an accessor or a data property, past setters. */
export function defineAccessor(m: Machine, obj: Obj, name: string, kind: "get" | "set", fn: Value): void {
  setSlot(m.heap, obj, ACCESSORS, UNDEFINED);
  if (obj.props.has(name)) setSlot(m.heap, obj, name, undefined);
  setSlot(m.heap, obj, (kind === "get" ? S.getter : S.setter) + name, fn);
}

export function hide(m: Machine, obj: Obj, name: string): void {
  setSlot(m.heap, obj, HIDDEN, UNDEFINED);
  setSlot(m.heap, obj, S.hidden + name, UNDEFINED);
}

/**
 * Copies all enumerable properties of `source` onto `target`, as spread and `Object.assign` do, in order: what is certainly there
 * overwrites, what may be there joins. `except` are names left out (rest patterns). Spread defines, `Object.assign` calls setters.
 */
export function copyProps(
  m: Machine,
  target: Obj,
  source: Value,
  site: Site,
  except?: ReadonlySet<string>,
  how: "define" | "assign" = "define",
): void {
  const objects = objectsOf(m.heap, source);
  const sole = objects.length === 1 && (source.kinds & ~K.Absent) === 0 && source.consts.length === 0;
  const names = new Map<string, { value: Value; certain: number }>();
  let rest: Value | null = null;
  let restKey: Labels = NO_LABELS;
  for (const obj of objects) {
    // A library's object has properties of any name.
    if (obj.kind === "external") rest = join(rest ?? BOTTOM, anyOf(m, obj, site));
    const e = entries(m, obj, site);
    for (const x of e.known) {
      if (except?.has(x.name)) continue;
      const old = names.get(x.name);
      names.set(x.name, {
        value: old === undefined ? x.value : join(old.value, x.value),
        certain: (old?.certain ?? 0) + (x.maybe && obj.kind !== "unknown" ? 0 : 1),
      });
    }
    if (e.rest !== null) {
      rest = rest === null ? e.rest : join(rest, e.rest);
      restKey = joinLabels(restKey, e.restKey);
    }
  }
  if (objects.length === 1 && except === undefined)
    for (const [slot, v] of objects[0]!.props) if (/^@@\d/.test(slot)) setSlot(m.heap, target, slot, v);
  if (source.labels.length > 0 && hasPrimitive(source)) rest = join(rest ?? BOTTOM, stringOf(source.labels));
  const kind = except === undefined ? "spread" : "rest";
  const restNames = objects.length === 1 && !hasPrimitive(source) ? objects[0]!.props.get(S.restNames) : undefined;
  const before = m.gates === null ? null : new Map([...names.keys()].map((name) => [name, target.props.get(name)]));
  if (rest !== null) setAny(m, target, hop(m, loaded(m, rest, source.via, site), kind, site), restKey, restNames);
  for (const [name, { value, certain }] of names) {
    const v = hop(m, loaded(m, value, source.via, site), kind, site);
    noteHolder(m, target, name, v);
    const sure = sole ? certain === 1 : certain === objects.length && objects.length > 0 && (source.kinds & (K.Undefined | K.Null)) === 0;
    if (how === "assign" && (isProxy(target) || findSetter(m, target, name, 0) !== undefined)) {
      const set = (): Value => {
        setNamed(m, target, name, v, sure, ofRef(target.id), site);
        return UNDEFINED;
      };
      forkAll(m, sure ? [set] : [() => UNDEFINED, set]);
      continue;
    }
    if (target.props.has(ACCESSORS)) overAccessor(m, target, name, sure, site);
    if (sure && !target.summary) {
      if (target.kind === "array") growTo(m, target, Number(name) + 1);
      setSlot(m.heap, target, name, before === null ? v : overDefault(m, before.get(name), v));
    } else {
      const old = target.props.get(name) ?? missing(target, name);
      setSlot(m.heap, target, name, join(old, v));
    }
  }
}

/** What any property of something of a library is: what the library gives there, and what has been put into it. */
function anyOf(m: Machine, obj: Obj, site: Site): Value {
  const given = ownValue(m, obj, "*", site) ?? BOTTOM;
  const labels = deepLabels(obj);
  return labels.length === 0 ? given : join(given, unknown(m, `${site.file}:${site.at}:copied ${obj.key}`, labels));
}

/** A property that is copied takes an accessor's place; where it may not be there, what the accessor gives may be there still. */
function overAccessor(m: Machine, target: Obj, name: string, sure: boolean, site: Site): void {
  const getter = target.props.get(S.getter + name);
  if (getter === undefined && !target.props.has(S.setter + name)) return;
  const given = getter === undefined || sure ? UNDEFINED : callGetter(m, getter, ofRef(target.id), site);
  setSlot(m.heap, target, S.getter + name, undefined);
  setSlot(m.heap, target, S.setter + name, undefined);
  setSlot(m.heap, target, name, given);
}

/** Marks the labels of a computed key on an object: the key's text is readable there. */
export function noteKey(m: Machine, obj: Obj, labels: Labels): void {
  if (labels.length > 0) joinSlot(m.heap, obj, S.restKey, stringOf(labels));
}
