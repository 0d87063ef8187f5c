/** Whole values: everything inside, reached through properties, elements, entries, contents. */
import { joinLabels, NO_LABELS, type Label, type Labels, type Site, type Step } from "../domain/labels.js";
import { deref, objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import { holdsData as isData, isCleanFor } from "../domain/searches.js";
import { ENTRY, isReadable } from "../domain/slot-names.js";
import { NO_PATTERNS } from "../domain/text-pattern.js";
import { addLabels, BOTTOM, hasPrimitive, isBottom, join, ofKinds, ofRef, withoutAbsent, K, type Value } from "../domain/value.js";
import { slotKey } from "./iterate.js";
import { union, type Facts } from "../domain/about.js";
import { calledIn, factsOfWay, gated, ofAny, ofData, type Renaming } from "./gates.js";
import { LIMITS, newStep, type Machine } from "./machine.js";
import { entries, lookUp, type Entries } from "./props.js";
import { callValue, NO_ARGS } from "./call.js";
import { perhaps } from "./fork.js";
import { isProxy } from "./proxy.js";
import { reachableLabels } from "./search.js";
import { childOf, deepLabels, typeOf, unknownData, unread } from "./unknown.js";

/** Can it hold data that whoever gets it can read? What a library gives holds what was put into it. */
const holdsData = (obj: Obj): boolean => isData(obj) && (obj.kind !== "external" || obj.props.size > 0);

/** Labels of everything a value holds, without running accessors and without making children of unknown objects. */
export function allLabels(m: Machine, v: Value): Labels {
  return v.refs.length === 0 ? v.labels : joinLabels(v.labels, reachableLabels(m, v.refs));
}

/** Of unknown objects only what has come into them, not what they have by their type alone; of others everything. */
export function flowedLabels(m: Machine, v: Value): Labels {
  let out = v.labels;
  for (const id of v.refs) {
    const obj = deref(m.heap, id);
    const type = obj.kind === "unknown" ? typeOf(m, obj) : undefined;
    if (type === undefined) {
      out = joinLabels(out, allLabels(m, ofRef(id)));
      continue;
    }
    const declared = new Set(m.hooks.declaredIn(type).map((x) => x.name));
    for (const [slot, x] of obj.props) if (isReadable(slot) && !declared.has(slot)) out = joinLabels(out, allLabels(m, x));
  }
  return out;
}

/**
 * For every object in a value, the value's own included, the labels of everything it holds. What is in clean objects is left out, unless
 * every object is asked for.
 */
export function labelsWithin(m: Machine, v: Value, every = false): ReadonlyMap<Obj, Labels> {
  // So that it is known which are clean.
  if (!every && allLabels(m, v).length === 0) return new Map();
  const holders = new Map<Obj, Obj[]>();
  const out = new Map<Obj, Labels>();
  const visit = (value: Value, holder: Obj | null): void => {
    for (const obj of objectsOf(m.heap, value)) {
      const known = holders.get(obj);
      if (holder !== null && known !== undefined) known.push(holder);
      if (known === undefined && holdsData(obj)) holders.set(obj, holder === null ? [] : [holder]);
    }
  };
  visit(v, null);
  // What is added meanwhile is gone through as well.
  for (const obj of holders.keys()) {
    if (!every && isCleanFor(m.heap, obj)) {
      out.set(obj, NO_LABELS);
      continue;
    }
    let own = obj.kind === "unknown" ? unread(m, obj) : NO_LABELS;
    for (const [slot, x] of obj.props) {
      if (!isReadable(slot)) continue;
      if (x.labels.length > 0) own = joinLabels(own, x.labels);
      visit(x, obj);
    }
    out.set(obj, own);
  }
  const grown = [...out.keys()].filter((obj) => out.get(obj)!.length > 0);
  for (let obj = grown.pop(); obj !== undefined; obj = grown.pop())
    for (const holder of holders.get(obj)!) {
      const before = out.get(holder)!;
      const after = joinLabels(before, out.get(obj)!);
      if (after.length === before.length) continue;
      out.set(holder, after);
      grown.push(holder);
    }
  return out;
}

/** Is an unknown object labelled as a whole, and nothing in it otherwise? Then what has been asked of it may be forgotten. */
export const isUniform = (obj: Obj, within: Labels): boolean => within.length === deepLabels(obj).length;

/** Labels that the name of a property spells out whose key is this: text keeps its content in an object of its own. */
export const labelsOfKey = (m: Machine, key: Value): Labels =>
  key.refs.length === 0 ? key.labels : joinLabels(key.labels, allLabels(m, key));

/** Puts labels on everything a value holds, in place; gives the value with its primitive part labelled. */
export function labelDeep(m: Machine, v: Value, labels: Labels): Value {
  if (labels.length === 0) return v;
  const seen = new Set<number>();
  const visit = (value: Value): Value => {
    for (const id of value.refs) {
      const obj = deref(m.heap, id);
      if (seen.has(obj.id) || !holdsData(obj)) continue;
      seen.add(obj.id);
      if (obj.kind === "unknown") setSlot(m.heap, obj, S.deep, ofKinds(K.String, joinLabels(deepLabels(obj), labels)));
      for (const [slot, x] of [...obj.props]) {
        const first = slot.charCodeAt(0);
        if ((first === 0 && slot !== S.rest && slot !== S.value && slot !== S.target && !slot.startsWith(ENTRY)) || slot === "constructor")
          continue;
        setSlot(m.heap, obj, slot, visit(x));
      }
    }
    return carries(value) ? addLabels(blur(value), labels) : value;
  };
  return visit(v);
}

const carries = (v: Value): boolean => (v.kinds & (K.String | K.Number | K.Big | K.Symbol | K.True | K.False)) !== 0 || v.consts.length > 0;

function blur(v: Value): Value {
  let { kinds } = v;
  for (const c of v.consts) kinds |= typeof c === "string" ? K.String : K.Number;
  if ((kinds & (K.True | K.False)) !== 0) kinds |= K.True | K.False;
  return v.consts.length === 0 && v.patterns.length === 0 && kinds === v.kinds ? v : { ...v, kinds, consts: [], patterns: NO_PATTERNS };
}

/** Something found in a value at a sink. */
export interface Found {
  readonly label: Label;
  /** `messages[*].content`. */
  readonly path: string;
  /** How the objects around it came here. */
  readonly via: readonly Step[];
  /** How the one came here that it is right in; null where nothing has happened to that, or nothing is around it. */
  readonly holder: Step | null;
}

/**
 * Everything that a value spells out to whoever gets it: own and inherited accessors are read, keys count, private members do not. Who
 * gets it may read each accessor or not, and go on when one throws or never ends. Of several places of one label the first (shortest) is kept.
 * `onPart` is told of each value on the way, and where it is.
 */
export function collect(m: Machine, v: Value, site: Site, onPart?: (path: string, part: Value) => void): readonly Found[] {
  const found = new Map<number, Found>();
  const seen = new Set<number>();
  const note = (labels: Labels, path: string, via: readonly Step[], holder: Step | null): void => {
    for (const label of labels) {
      const old = found.get(label.id);
      if (old === undefined || (old.path.length > path.length && old.label.step.length >= label.step.length))
        found.set(label.id, { label, path, via, holder });
    }
  };
  let level: { value: Value; path: string; via: readonly Step[]; holder: Step | null; facts: Facts; names: Renaming }[] = [
    { value: v, path: "", via: [], holder: null, facts: factsOfWay(m), names: [] },
  ];
  for (let depth = 0; level.length > 0 && depth < LIMITS.collectDepth; depth++) {
    const next: typeof level = [];
    for (const { value, path, via, holder, facts: before, names: outer } of level) {
      const facts = value.about === null ? before : union(before, ofData(value.about));
      const names = value.about === null ? outer : calledIn(m, value, outer);
      note(gated(m, value.labels, facts, names), path, via, holder);
      onPart?.(path, value);
      const trail = value.via === null ? via : [...via, value.via];
      for (const obj of objectsOf(m.heap, value)) {
        if (seen.has(obj.id) || !holdsData(obj)) continue;
        seen.add(obj.id);
        const at = (name: string): string => (path === "" || name.startsWith("[") ? `${path}${name}` : `${path}.${name}`);
        for (const part of partsOf(m, obj, site)) {
          if (part.labels !== undefined) note(gated(m, part.labels, facts, names), path, trail, value.via);
          if (part.value !== undefined)
            next.push({
              value: part.value,
              path: part.name === "" ? path : at(part.name),
              via: trail,
              holder: value.via,
              facts,
              names: m.gates !== null && part.name === "[*]" ? ofAny(m, names, part.value) : names,
            });
        }
      }
    }
    level = next;
  }
  if (level.length > 0) {
    let labels: Labels = NO_LABELS;
    for (const { value } of level) labels = joinLabels(labels, allLabels(m, value));
    note(labels, "…", [], null);
    if (labels.length > 0)
      m.blind("depth-limit", site, `values nested more than ${LIMITS.collectDepth} levels deep are not kept apart`, labels);
  }
  return [...found.values()].sort((a, b) => a.label.id - b.label.id);
}

interface Part {
  readonly name: string;
  readonly value?: Value;
  readonly labels?: Labels;
}

function partsOf(m: Machine, obj: Obj, site: Site): Part[] {
  const out: Part[] = [];
  switch (obj.kind) {
    case "map":
    case "set":
      for (const [slot, x] of [...obj.props]) {
        if (!slot.startsWith(ENTRY)) continue;
        if (isBottom(withoutAbsent(x))) continue;
        if (obj.kind === "map") out.push({ name: "[*]", value: slotKey(obj, slot) });
        out.push({ name: "[*]", value: x });
      }
      for (const slot of [S.rest, S.restKey]) {
        const x = obj.props.get(slot);
        if (x !== undefined) out.push({ name: "[*]", value: x });
      }
      break;
    case "promise":
    case "text": {
      const x = obj.props.get(S.value);
      if (x !== undefined) out.push({ name: "", value: x });
      break;
    }
    case "unknown":
    case "external":
      out.push({ name: "", labels: deepLabels(obj) });
      break;
    default:
      break;
  }
  if (obj.kind === "error")
    for (const name of ["message", "cause", "stack"]) if (obj.props.has(name)) out.push({ name, value: obj.props.get(name)! });
  if (obj.kind === "unknown" && unknownData(obj).depth > 5) {
    out.push({ name: "", labels: unread(m, obj) });
    return out;
  }
  let e: Entries = { known: [], rest: null, restKey: NO_LABELS };
  const read = (): Value => {
    e = entries(m, obj, site, perhaps);
    return BOTTOM;
  };
  // What a proxy's traps do, they do if somebody asks.
  if (isProxy(obj)) perhaps(m, read);
  else read();
  const elements = obj.kind === "array" || obj.kind === "generator" || obj.kind === "iterator";
  for (const x of e.known) out.push({ name: elements ? `[${x.name}]` : x.name, value: x.value });
  if (e.rest !== null) out.push({ name: "[*]", value: e.rest });
  if (e.restKey.length > 0) out.push({ name: "[*]", labels: e.restKey });
  if (obj.props.has("\0hasHidden"))
    for (const [slot, x] of obj.props)
      if (obj.props.has(S.hidden + slot) && slot !== "constructor" && slot !== "prototype") out.push({ name: slot, value: x });
  for (const [slot, x] of obj.props) if (/^@@\d/.test(slot)) out.push({ name: "[symbol]", value: x });
  for (const [name, value] of inheritedAccessors(m, obj, site)) out.push({ name, value });
  return out;
}

/** Values of the getters that an instance's classes define. */
function inheritedAccessors(m: Machine, obj: Obj, site: Site): [string, Value][] {
  const out: [string, Value][] = [];
  const names = new Set<string>();
  let protos = obj.kind === "object" || obj.kind === "error" ? objectsOf(m.heap, obj.props.get(S.proto) ?? BOTTOM) : [];
  for (let depth = 0; protos.length > 0 && depth < 12; depth++) {
    const next: Obj[] = [];
    for (const p of protos) {
      if (p.kind !== "object") continue;
      for (const [slot, getter] of [...p.props]) {
        if (!slot.startsWith(S.getter)) continue;
        const name = slot.slice(S.getter.length);
        if (name.startsWith("\0") || name.startsWith("@@") || names.has(name)) continue;
        names.add(name);
        const self = ofRef(obj.id);
        const read = (): Value =>
          isProxy(obj) ? (lookUp(m, obj, name, self, site, 0) ?? BOTTOM) : callValue(m, withoutAbsent(getter), self, NO_ARGS, site);
        out.push([name, perhaps(m, read)]);
      }
      next.push(...objectsOf(m.heap, p.props.get(S.proto) ?? BOTTOM));
    }
    protos = next;
  }
  return out;
}

/** Labels with one more hop each. */
export function stepLabels(m: Machine, labels: Labels, site: Site, kind: Parameters<typeof newStep>[2]): Labels {
  return labels.map((l) => ({ id: l.id, step: newStep(m, site, kind, l.step) }));
}

/** A value's part by a property path; any element where the path says so. */
export function atPath(m: Machine, v: Value, path: readonly { k: string; name?: string; i?: number }[], site: Site): Value {
  let out = v;
  for (const step of path) {
    let next: Value = BOTTOM;
    for (const obj of objectsOf(m.heap, out)) {
      if (obj.kind === "promise") {
        next = join(next, atPath(m, obj.props.get(S.value) ?? BOTTOM, [step], site));
        continue;
      }
      if (step.k === "any") {
        const e = entries(m, obj, site);
        for (const x of e.known) next = join(next, x.value);
        if (e.rest !== null) next = join(next, e.rest);
        else if (obj.kind === "unknown") next = join(next, childOf(m, obj, S.rest, site));
        else if (obj.kind === "external") next = join(next, lookUp(m, obj, "*", ofRef(obj.id), site, 0) ?? BOTTOM);
      } else next = join(next, lookUp(m, obj, step.k === "prop" ? step.name! : String(step.i), ofRef(obj.id), site, 0) ?? BOTTOM);
    }
    if (hasPrimitive(out) && out.labels.length > 0) next = join(next, ofKinds(K.String, out.labels));
    out = next;
  }
  return out;
}
