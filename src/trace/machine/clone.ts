/** Deep copies within the heap: `structuredClone`, and the object that JSON text stands for. */
import { NO_FACTS, union, type Facts } from "../domain/about.js";
import { calledIn, gated, gatedValue, ofData, type Renaming } from "./gates.js";
import { childOf, isAsMade, typeOf } from "./unknown.js";
import { foldInto } from "../domain/fold.js";
import type { Labels, Site } from "../domain/labels.js";
import { deref, objectsOf, S, setSlot, type Obj, isRunnable } from "../domain/heap.js";
import {
  BOTTOM,
  exact,
  isBottom,
  join,
  K,
  ofConst,
  ofRef,
  ofRefs,
  primitivePart,
  stringOf,
  withConsts,
  type Value,
} from "../domain/value.js";
import { callValue, NO_ARGS } from "./call.js";
import { allLabels, isUniform, labelsWithin } from "./deep.js";
import { isOpen } from "./external.js";
import { forkAll } from "./fork.js";
import { ENTRY } from "../domain/slot-names.js";
import { arrayItems } from "./iterate.js";
import { LIMITS, make, type Machine } from "./machine.js";
import { ACCESSORS, entries, getNamed, lookUp } from "./props.js";
import { isProxy } from "./proxy.js";
import { repeat } from "./repeat.js";

export type CloneMode = "json" | "structured";

/**
 * A deep copy. `json`: what JSON text of the value gives when it is parsed: `toJSON` is called, functions and undefined vanish,
 * maps and sets become empty objects, class instances plain ones, and what is shared is there once for each reference to it. `structured`: shared and cyclic references stay shared.
 */
export function clone(m: Machine, v: Value, site: Site, mode: CloneMode): Value {
  const within = v.refs.length === 0 ? NOTHING : labelsWithin(m, v, true);
  m.heap.work += within.size;
  const runs = [...within.keys()].some((obj) => runsCode(m, obj, mode));
  return part(m, v, {
    site,
    mode,
    within,
    runs,
    born: m.heap.objects.length,
    seen: new Map(),
    open: new Set(),
    again: { left: AGAIN },
    depth: 0,
    many: false,
    facts: NO_FACTS,
    names: [],
  });
}

/** Does copying an object run code of the program? */
function runsCode(m: Machine, obj: Obj, mode: CloneMode): boolean {
  return obj.props.has(ACCESSORS) || isProxy(obj) || (mode === "json" && obj.kind !== "unknown" && hasToJson(m, obj));
}

function hasToJson(m: Machine, obj: Obj, seen = new Set<Obj>()): boolean {
  if (seen.has(obj)) return false;
  seen.add(obj);
  if (objectsOf(m.heap, obj.props.get("toJSON") ?? BOTTOM).some(isRunnable)) return true;
  return objectsOf(m.heap, obj.props.get(S.proto) ?? BOTTOM).some((proto) => hasToJson(m, proto, seen));
}

/** What is met so often again in JSON has copies of its own; after that one copy stands for all. */
const AGAIN = 64;

/** More copies of what one value may be are told apart only if they are of objects from different places. */
const ALIKE = 4;

const NOTHING: ReadonlyMap<Obj, Labels> = new Map();

/** Where a walk over a value is. */
interface Walk {
  readonly site: Site;
  readonly mode: CloneMode;
  /** The labels in each object, which say whether its structure matters. */
  readonly within: ReadonlyMap<Obj, Labels>;
  /** Does copying run code of the program? Then of several objects one is copied, and what stands for many is copied again and again. */
  readonly runs: boolean;
  /** Objects from this one on have come about since it began. */
  readonly born: number;
  /** Copies by what they are of; null while its `toJSON` runs. */
  readonly seen: Map<number, Obj | null>;
  /** What is being copied. */
  readonly open: Set<number>;
  readonly again: { left: number };
  readonly depth: number;
  /** Is it in something that is copied any number of times, each time anew? */
  readonly many: boolean;
  /** What holds of all that is in it, and what it is called there. */
  readonly facts: Facts;
  readonly names: Renaming;
}

function part(m: Machine, v: Value, before: Walk): Value {
  const { mode } = before;
  const { about } = v;
  const walk = about === null ? before : { ...before, facts: union(before.facts, ofData(about)), names: calledIn(m, v, before.names) };
  let out: Value = gatedValue(m, primitivePart(v), walk.facts, walk.names);
  if (mode === "json" && (out.kinds & (K.Undefined | K.Symbol)) !== 0)
    out = withConsts(out, out.kinds & ~(K.Undefined | K.Symbol), out.consts);
  const objects = objectsOf(m.heap, v);
  if (!walk.runs || (objects.length === 1 && isBottom(out))) return join(out, copiesOf(m, objects, v, walk));
  return forkAll(m, [...(isBottom(out) ? [] : [() => out]), ...objects.map((obj) => () => copiesOf(m, [obj], v, walk))]);
}

/** The copies of objects of a value, joined at once: there may be hundreds. */
function copiesOf(m: Machine, objects: readonly Obj[], v: Value, walk: Walk): Value {
  const { mode, within, seen, depth } = walk;
  let out: Value = BOTTOM;
  const copies = new Set<number>();
  for (const obj of objects) {
    const done = seen.get(obj.id);
    if (done === null) continue;
    if (done !== undefined && (mode === "structured" || walk.open.has(obj.id) || --walk.again.left < 0)) {
      if (mode === "json") standForMany(m, done);
      copies.add(deref(m.heap, done.id).id);
      continue;
    }
    if (depth > LIMITS.collectDepth) {
      out = join(out, stringOf(gated(m, labelsIn(m, obj, within), walk.facts, walk.names)));
      continue;
    }
    walk.open.add(obj.id);
    const copy = cloneObject(m, obj, walk);
    walk.open.delete(obj.id);
    out = join(out, primitivePart(copy));
    for (const id of copy.refs) copies.add(id);
  }
  if (copies.size === 0) return out;
  if (copies.size > ALIKE) foldAlike(m, copies, walk.born);
  return join(
    out,
    ofRefs(
      [...copies].sort((a, b) => a - b),
      v.via,
    ),
  );
}

/**
 * Makes one of the copies of the same: a recursion that copies what it has copied, beside the original, would have twice as many in each
 * turn.
 */
function foldAlike(m: Machine, copies: Set<number>, born: number): void {
  const first = new Map<string, Obj>();
  for (const id of copies) {
    const copy = deref(m.heap, id);
    if (copy.id < born) continue;
    const alike = first.get(copy.key);
    if (alike === undefined) first.set(copy.key, copy);
    else {
      if (alike !== copy) foldInto(m.heap, alike, copy);
      copies.delete(id);
    }
  }
}

/** The copy of any number of these. */
function anyPart(m: Machine, v: Value, walk: Walk): Value {
  if (!walk.runs) return part(m, v, walk);
  const later = new Map<number, Obj | null>();
  const out = repeat(m, () => {
    const seen = new Map(walk.seen);
    const copy = part(m, v, { ...walk, seen });
    for (const [id, made] of seen) later.set(id, made);
    return copy;
  });
  for (const [id, made] of later) walk.seen.set(id, made);
  return out;
}

/** What came to be while the copy was made (by an accessor, by `toJSON`) is not among what was searched before. */
const labelsIn = (m: Machine, obj: Obj, within: ReadonlyMap<Obj, Labels>): Labels => within.get(obj) ?? allLabels(m, ofRef(obj.id));

/**
 * Where a copy is made: here, of this. A copy of what was copied here before is where that was, so that a loop that copies what it has
 * made comes to an end.
 */
function copyOf(obj: Obj, site: Site): string {
  const here = `${site.file}:${site.at}<`;
  const { key } = obj;
  const before = key.lastIndexOf(here);
  return here + (before < 0 ? key : key.slice(before + here.length));
}

/** Makes a copy, with all that it holds, stand for several. */
function standForMany(m: Machine, copy: Obj): void {
  if (copy.summary) return;
  copy.summary = true;
  for (const v of [...copy.values()]) for (const inner of objectsOf(m.heap, v)) if (inner.kind !== "text") standForMany(m, inner);
}

function cloneObject(m: Machine, obj: Obj, walk: Walk): Value {
  const { site, mode, within, seen } = walk;
  switch (obj.kind) {
    case "function":
    case "class":
    case "bound":
    case "native":
    case "env":
      return BOTTOM;
    case "promise":
      return BOTTOM;
    case "text":
      return ofRef(obj.id);
    case "external":
      // What the library has in it is not known; what it was given is.
      if (obj.props.size === 0) return isOpen(m, obj) ? ofRef(obj.id) : BOTTOM;
      break;
    default:
      break;
  }
  if (mode === "json") {
    const toJson = obj.kind === "unknown" && typeOf(m, obj) === undefined ? undefined : lookUp(m, obj, "toJSON", ofRef(obj.id), site, 0);
    if (toJson !== undefined && objectsOf(m.heap, toJson).some(isRunnable)) {
      seen.set(obj.id, null);
      const plain = callValue(m, toJson, ofRef(obj.id), NO_ARGS, site);
      const result = part(m, plain, { ...walk, within: labelsWithin(m, plain, true), seen: new Map(seen), depth: walk.depth + 1 });
      seen.delete(obj.id);
      return result;
    }
    if (obj.kind === "map" || obj.kind === "set" || obj.kind === "generator" || obj.kind === "iterator")
      return ofRef(make(m, "object", site).id);
  }
  const kind =
    obj.kind === "map" || obj.kind === "set" || obj.kind === "array" || obj.kind === "unknown"
      ? obj.kind
      : mode === "structured" && obj.kind === "error"
        ? "error"
        : "object";
  const copy = make(m, kind, copyOf(obj, site), obj.kind === "unknown" ? obj.data : undefined);
  if (obj.summary || walk.many) copy.summary = true;
  seen.set(obj.id, copy);
  const inside = { ...walk, depth: walk.depth + 1, many: walk.many || (mode === "json" && obj.summary) };
  const any = { ...inside, many: inside.many || mode === "json" };
  if (kind === "unknown") {
    const whole = isUniform(obj, labelsIn(m, obj, within));
    // What it has by its type is of whom it is of, not of the copy.
    const type = m.gates === null ? undefined : typeOf(m, obj);
    if (type !== undefined) for (const { name } of m.hooks.declaredIn(type)) childOf(m, obj, name, site);
    for (const [slot, x] of [...obj.props])
      if (slot === S.deep || slot === S.type) copy.props.set(slot, gatedValue(m, x, walk.facts, walk.names));
      else if (slot === S.inside || (slot !== S.proto && !whole && !isAsMade(m, obj, slot, x))) copy.props.set(slot, part(m, x, inside));
    return ofRef(copy.id);
  }
  if (kind === "array") {
    const items = arrayItems(obj);
    items.list.forEach((x, i) => {
      const c = part(m, x, inside);
      setSlot(m.heap, copy, String(i), isBottom(c) ? withConsts(c, K.Null, []) : c);
    });
    if (items.rest !== null) setSlot(m.heap, copy, S.rest, anyPart(m, items.rest, any));
    else {
      const length = obj.props.get(S.length);
      if (length !== undefined && exact(length) !== undefined) setSlot(m.heap, copy, S.length, length);
      else setSlot(m.heap, copy, S.length, ofConst(items.list.length));
    }
    return ofRef(copy.id);
  }
  if (kind === "map" || kind === "set") {
    for (const [slot, x] of [...obj.props])
      if (slot.startsWith(ENTRY) || slot.startsWith(`${S.keyOf}${ENTRY}p:`) || slot === S.rest || slot === S.restKey)
        setSlot(m.heap, copy, slot, slot === S.rest ? anyPart(m, x, any) : part(m, x, inside));
    return ofRef(copy.id);
  }
  const e = entries(m, obj, site);
  for (const x of e.known) {
    const c = part(m, x.value, inside);
    if (isBottom(c)) continue;
    const gone = mode === "json" && (x.value.kinds & K.Undefined) !== 0;
    setSlot(m.heap, copy, x.name, x.maybe || gone ? withConsts(c, c.kinds | K.Absent, c.consts) : c);
  }
  if (e.rest !== null) setSlot(m.heap, copy, S.rest, anyPart(m, e.rest, any));
  if (e.restKey.length > 0) setSlot(m.heap, copy, S.restKey, stringOf(e.restKey));
  if (kind === "error")
    for (const name of ["message", "cause"]) if (obj.props.has(name)) setSlot(m.heap, copy, name, getNamed(m, ofRef(obj.id), name, site));
  return ofRef(copy.id);
}

/** Text (or bytes) whose content keeps its structure: JSON text of `content`, an encoding of it, lines of it. */
export function textOf(m: Machine, content: Value, site: Site, pattern = BOTTOM): Value {
  const text = make(m, "text", site);
  setSlot(m.heap, text, S.value, content);
  if (pattern.patterns.length > 0) setSlot(m.heap, text, S.pattern, pattern);
  return ofRef(text.id);
}
