/**
 * Paths into documents: `profile.email` leads through lists as well as objects. What a projection leaves of a document, and what is written
 * under a path, in MongoDB and Firestore alike.
 */
import { joinSlot, objectsOf, S, setSlot, type Obj } from "../domain/heap.js";
import type { Site } from "../domain/labels.js";
import { BOTTOM, isBottom, join, ofRef, stringOf, type Value } from "../domain/value.js";
import { anyItem, arrayItems } from "../machine/iterate.js";
import { loaded, make, type Machine } from "../machine/machine.js";
import { copyProps, entries, getNamed } from "../machine/props.js";
import { listOf, record } from "../natives/support.js";

/** Names in a document, each with those of them below it that are meant; `all` is the whole. */
export type Names = ReadonlyMap<string, Names | "all">;

/** Dotted paths as one tree. A path and one that begins with it are the shorter. */
export function namesOf(paths: Iterable<string>): Names {
  const out = new Map<string, Names | "all">();
  for (const path of paths) {
    let at = out;
    const segments = path.split(".").filter((segment) => !isPosition(segment));
    for (const [i, segment] of segments.entries()) {
      const below = at.get(segment);
      if (below === "all") break;
      if (i === segments.length - 1) at.set(segment, "all");
      else {
        const next = (below ?? new Map()) as Map<string, Names | "all">;
        at.set(segment, next);
        at = next;
      }
    }
  }
  return out;
}

/** Does a step of a path mean elements of a list: `tags.0`, `tags.$`, `tags.$[]`, `tags.$[one]`? */
const isPosition = (segment: string): boolean => /^(\d+|\$|\$\[\w*\])$/.test(segment);

const LISTS: ReadonlySet<string> = new Set(["array", "set", "generator", "iterator"]);

/** Lists in lists that are looked into: a list that a program puts into itself has no end. */
const NESTED = 4;

/** What a value holds under a path; of a list, of each of its elements. */
export function atPath(m: Machine, v: Value, path: readonly string[], site: Site, lists = 0): Value {
  const [name, ...below] = path;
  if (name === undefined || lists > NESTED) return name === undefined ? v : BOTTOM;
  let out: Value = BOTTOM;
  for (const obj of objectsOf(m.heap, v)) {
    const one = ofRef(obj.id, v.via);
    if (!LISTS.has(obj.kind)) out = join(out, atPath(m, getNamed(m, one, name, site), below, site));
    else if (isPosition(name)) out = join(out, atPath(m, loaded(m, anyItem(arrayItems(obj)), v.via, site), below, site));
    else {
      const inner = atPath(m, loaded(m, anyItem(arrayItems(obj)), v.via, site), path, site, lists + 1);
      if (!isBottom(inner)) out = join(out, listOf(m, inner, `${site.file}:${site.at}:${path.join(".")} of each`));
    }
  }
  return out;
}

/** Is there anything under the name? */
const has = (obj: Obj, name: string): boolean => obj.kind === "unknown" || obj.props.has(name) || obj.props.has(S.rest);

/** Each object among what a value may be, also in lists, changed. */
function each(m: Machine, v: Value, site: Site, where: string, change: (obj: Obj, key: string) => Value, lists = 0): Value {
  let out: Value = BOTTOM;
  if (lists > NESTED) return v;
  for (const [i, obj] of objectsOf(m.heap, v).entries()) {
    const key = `${site.file}:${site.at}:${where} ${i}`;
    if (!LISTS.has(obj.kind)) out = join(out, change(obj, key));
    else
      out = join(
        out,
        listOf(m, each(m, loaded(m, anyItem(arrayItems(obj)), v.via, site), site, `${where}[]`, change, lists + 1), `${key}[]`),
      );
  }
  return out;
}

/** Only these names of the documents that a value may be. */
export const only = (m: Machine, v: Value, names: Names, site: Site, where = "only"): Value =>
  each(m, v, site, where, (obj, key) => {
    const out = make(m, "object", key);
    for (const [name, below] of names) {
      if (!has(obj, name)) continue;
      const x = getNamed(m, ofRef(obj.id, v.via), name, site);
      setSlot(m.heap, out, name, below === "all" ? x : only(m, x, below, site, `${where}.${name}`));
    }
    return ofRef(out.id, v.via);
  });

/** All but these names. */
export const without = (m: Machine, v: Value, names: Names, site: Site, where = "without"): Value =>
  each(m, v, site, where, (obj, key) => {
    const out = make(m, "object", key);
    copyProps(m, out, ofRef(obj.id, v.via), site, new Set([...names].flatMap(([name, below]) => (below === "all" ? [name] : []))));
    for (const [name, below] of names) {
      const x = below === "all" ? undefined : out.props.get(name);
      if (x !== undefined && below !== "all") setSlot(m.heap, out, name, without(m, x, below, site, `${where}.${name}`));
    }
    return ofRef(out.id, v.via);
  });

/** A value that stands under a path: `{ profile: { email } }`; a position makes a list. */
export const underPath = (m: Machine, path: readonly string[], v: Value, site: Site): Value =>
  path.reduceRight((inner: Value, name, i) => {
    const key = `${site.file}:${site.at}:${path.slice(0, i + 1).join(".")}`;
    return isPosition(name) ? listOf(m, inner, key) : record(m, { [name]: inner }, key);
  }, v);

/** Adds a value to a document under a dotted path. */
export function addAt(m: Machine, doc: Obj, path: string, v: Value, site: Site): void {
  const [name = path, ...below] = path.split(".");
  const old = doc.props.get(name);
  const inner = underPath(m, below, v, site);
  setSlot(m.heap, doc, name, old === undefined ? inner : join(old, inner));
}

/** Objects whose keys are dotted paths, as one document. */
export function spread(m: Machine, v: Value, site: Site, where: string): Value {
  const doc = make(m, "object", `${site.file}:${site.at}:${where}`);
  addAll(m, doc, v, site);
  return ofRef(doc.id);
}

/** Adds to a document what objects have under dotted paths; under keys that nobody knows it may be anything's. */
export function addAll(m: Machine, doc: Obj, v: Value, site: Site, as: (value: Value) => Value = (x) => x): void {
  for (const obj of objectsOf(m.heap, v)) {
    if (obj.kind !== "object" && obj.kind !== "unknown") continue;
    const e = entries(m, obj, site);
    for (const x of e.known) addAt(m, doc, x.name, as(loaded(m, x.value, v.via, site)), site);
    if (e.rest !== null) joinSlot(m.heap, doc, S.rest, as(loaded(m, e.rest, v.via, site)));
    if (e.restKey.length > 0) joinSlot(m.heap, doc, S.restKey, stringOf(e.restKey));
  }
}

/** Documents with what stands under a path changed; where nothing does, there is now. */
export function withAt(m: Machine, v: Value, path: readonly string[], change: (old: Value) => Value, site: Site, where: string): Value {
  const [name, ...below] = path;
  if (name === undefined) return change(v);
  if (isBottom(v) || objectsOf(m.heap, v).length === 0) return join(v, underPath(m, path, change(BOTTOM), site));
  return each(m, v, site, where, (obj, key) => {
    const out = make(m, "object", key);
    copyProps(m, out, ofRef(obj.id, v.via), site);
    const old = has(obj, name) ? getNamed(m, ofRef(obj.id, v.via), name, site) : BOTTOM;
    setSlot(m.heap, out, name, withAt(m, old, below, change, site, `${where}.${name}`));
    return ofRef(out.id, v.via);
  });
}
