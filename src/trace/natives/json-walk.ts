/** Walks over a fresh JSON structure: allow-lists, replacers, revivers. */
import { joinLabels, NO_LABELS, type Labels, type Site } from "../domain/labels.js";
import { objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import {
  ABSENT,
  ANY_STRING,
  BOTTOM,
  isBottom,
  join,
  K,
  NULL,
  ofConst,
  ofRef,
  primitivePart,
  stringOf,
  UNDEFINED,
  withKinds,
  withVia,
  type Value,
} from "../domain/value.js";
import { allLabels } from "../machine/deep.js";
import { arrayItems, iterate } from "../machine/iterate.js";
import { inPath, LIMITS, make, type Machine } from "../machine/machine.js";
import { entries, keyNames } from "../machine/props.js";
import { isEmpty } from "../machine/purse.js";
import { spot } from "./items.js";
import { repeat } from "../machine/repeat.js";
import { callWith, record } from "./support.js";

/** Only the named properties, at every level; everything where the list of names is open. */
export function allowed(m: Machine, v: Value, list: Value, site: Site): Value {
  const items = iterate(m, list, site);
  const names = new Set<string>();
  for (const x of items.rest === null ? items.list : [...items.list, items.rest]) {
    const known = keyNames(x);
    if (known.open) return v;
    for (const name of known.names) names.add(name);
  }
  return select(m, v, names, site, new Map(), 0);
}

function select(m: Machine, v: Value, names: ReadonlySet<string>, site: Site, seen: Map<number, Value>, depth: number): Value {
  let out: Value = primitivePart(v);
  for (const obj of objectsOf(m.heap, v)) {
    const done = seen.get(obj.id);
    if (done !== undefined) {
      out = join(out, done);
      continue;
    }
    if (obj.kind === "text" || depth > LIMITS.collectDepth) {
      out = join(out, ofRef(obj.id, v.via));
      continue;
    }
    const copy = make(m, obj.kind === "array" ? "array" : "object", `${spot(site, "allowed")}<${obj.key}`);
    if (obj.summary) copy.summary = true;
    seen.set(obj.id, ofRef(copy.id, v.via));
    const below = (x: Value): Value => select(m, x, names, site, seen, depth + 1);
    if (obj.kind === "array") copyElements(m, copy, obj, below);
    else {
      const e = entries(m, obj, site);
      for (const name of names) {
        const known = e.known.find((x) => x.name === name);
        if (known !== undefined) setSlot(m.heap, copy, name, known.maybe ? orAbsent(below(known.value)) : below(known.value));
        else if (e.rest !== null) setSlot(m.heap, copy, name, orAbsent(below(e.rest)));
      }
    }
    out = join(out, ofRef(copy.id, v.via));
  }
  return out;
}

const orAbsent = (v: Value): Value => withKinds(v, v.kinds | K.Absent);

function copyElements(m: Machine, copy: Obj, obj: Obj, map: (x: Value, index: number | undefined) => Value): void {
  const items = arrayItems(obj);
  items.list.forEach((x, i) => setSlot(m.heap, copy, String(i), map(x, i)));
  if (items.rest !== null) setSlot(m.heap, copy, S.rest, map(items.rest, undefined));
  else setSlot(m.heap, copy, S.length, ofConst(items.list.length));
}

/**
 * What a function called with `(key, value)` makes of a structure. A replacer (`drop`) sees a value before what is in it, a reviver
 * (`delete`) afterwards; what either gives undefined for is left out.
 */
export function rewritten(m: Machine, v: Value, fn: Value, site: Site, mode: "drop" | "delete"): Value {
  const seen = new Map<number, Value>();
  const call = (holder: Value, key: Value, x: Value): Value => callWith(m, fn, [key, x], site, holder);
  const visit = (holder: Value, key: Value, x: Value, depth: number): Value => {
    if (!m.alive) return BOTTOM;
    return mode === "drop" ? inside(call(holder, key, x), depth) : call(holder, key, inside(x, depth));
  };
  const inside = (x: Value, depth: number): Value => {
    let out: Value = primitivePart(x);
    for (const obj of objectsOf(m.heap, x)) out = join(out, withVia(ofObject(obj, depth), x.via));
    return out;
  };
  const ofObject = (obj: Obj, depth: number): Value => {
    const done = seen.get(obj.id);
    if (done !== undefined) return done;
    if (obj.kind !== "object" && obj.kind !== "array" && obj.kind !== "unknown") return ofRef(obj.id);
    // Each level runs the program's code for each value, some of it again and again: it ends with the budget.
    if (depth > LIMITS.unknownDepth || isEmpty(m)) return stringOf(allLabels(m, ofRef(obj.id)));
    const copy = make(m, obj.kind === "array" ? "array" : "object", `${spot(site, "rewritten")}<${obj.key}`);
    if (obj.summary) copy.summary = true;
    const self = ofRef(copy.id);
    seen.set(obj.id, self);
    const holder = ofRef(obj.id);
    const any = (x: Value): Value => repeat(m, () => visit(holder, ANY_STRING, x, depth + 1));
    if (obj.kind === "array") {
      copyElements(m, copy, obj, (x, i) => {
        const made = i === undefined ? any(x) : inPath(m, i, () => visit(holder, ofConst(String(i)), x, depth + 1));
        return (made.kinds & K.Undefined) === 0 ? made : join(withKinds(made, made.kinds & ~K.Undefined), NULL);
      });
      return self;
    }
    const e = entries(m, obj, site);
    for (const x of e.known) {
      const made = inPath(m, x.name, () => visit(holder, ofConst(x.name), x.value, depth + 1));
      const kept = withKinds(made, made.kinds & ~K.Undefined);
      if (isBottom(kept)) continue;
      setSlot(m.heap, copy, x.name, x.maybe || kept.kinds !== made.kinds ? join(kept, ABSENT) : kept);
    }
    if (e.rest !== null) {
      const made = any(e.rest);
      const kept = withKinds(made, made.kinds & ~K.Undefined);
      if (!isBottom(kept)) setSlot(m.heap, copy, S.rest, kept);
    }
    const keys: Labels = joinLabels(e.restKey, NO_LABELS);
    if (keys.length > 0) setSlot(m.heap, copy, S.restKey, stringOf(keys));
    return self;
  };
  const root = record(m, { "": v }, spot(site, "root"));
  const out = visit(root, ofConst(""), v, 0);
  return isBottom(out) && m.alive ? UNDEFINED : out;
}
