/** Schemas of structures: objects, arrays, tuples, records, maps, sets, intersections. */
import { joinSlot, objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import { joinLabels, NO_LABELS, type Step } from "../../domain/labels.js";
import { BOTTOM, hasPrimitive, isBottom, join, joinAll, K, ofConst, ofRef, ofRefs, stringOf, UNDEFINED, withKinds, withoutAbsent, type Value } from "../../domain/value.js";
import { iterate, keySlot, mapItems } from "../../machine/iterate.js";
import { loaded, make, type Machine } from "../../machine/machine.js";
import { copyProps, entries, lookUp, setAny, type Entries } from "../../machine/props.js";
import { acceptsUndefined, FAILED, parse, passed, worse, type Fails, type Parsed, type Parsing } from "./parse.js";
import { members, part, type Mode } from "./schema.js";
import { labelsOfKey } from "../../machine/deep.js";

/** Objects of a value that a structure's schema can fit, each at a time; more than this are parsed as one. */
const APART = 4;

/** Does the value hold anything but these objects? Then the parse may fail. */
const impure = (m: Machine, input: Value, fitting: number): boolean => hasPrimitive(input) || fitting < objectsOf(m.heap, input).length;

function each(p: Parsing, input: Value, fits: (o: Obj) => boolean, one: (v: Value, i: number) => Parsed): Parsed {
  const objects = objectsOf(p.m.heap, input).filter(fits);
  if (objects.length === 0) return FAILED;
  const groups = objects.length > APART ? [objects.map((o) => o.id).sort((a, b) => a - b)] : objects.map((o) => [o.id]);
  let value: Value = BOTTOM;
  let fails: Fails | undefined;
  for (const [i, refs] of groups.entries()) {
    const r = one(ofRefs(refs, input.via), i);
    value = join(value, r.value);
    fails = fails === undefined || fails === r.fails ? r.fails : "maybe";
  }
  if (fails === "no" && (impure(p.m, input, objects.length) || objects.some((o) => o.kind === "unknown" || o.kind === "external"))) fails = "maybe";
  return { value, fails: fails ?? "yes" };
}

const isRecord = (o: Obj): boolean => o.kind === "object" || o.kind === "unknown" || o.kind === "error" || o.kind === "external" || o.kind === "class" || o.kind === "function";
const isList = (o: Obj): boolean => o.kind === "array" || o.kind === "unknown" || o.kind === "external";

/** A property with `Absent` where it may be missing, read through accessors and prototypes as a validator does. */
function property(p: Parsing, owner: Value, name: string): Value {
  let out: Value = BOTTOM;
  for (const obj of objectsOf(p.m.heap, owner)) {
    const v = lookUp(p.m, obj, name, ofRef(obj.id), p.site, 0);
    // What may be undefined in something unknown may as well not be there.
    const missing = v !== undefined && obj.kind === "unknown" && (v.kinds & K.Undefined) !== 0 ? K.Absent : 0;
    out = join(out, v === undefined ? withKinds(UNDEFINED, K.Absent) : loaded(p.m, withKinds(v, v.kinds | missing), owner.via, p.site));
  }
  return out;
}

/** What objects have that a value may be, as of one: a name is there for certain where all have it. */
function entriesOfAny({ m, site }: Parsing, objects: readonly Obj[], via: Step | null): Entries {
  const known = new Map<string, { values: Value[]; sure: number }>();
  const rests: Value[] = [];
  let restKey = NO_LABELS;
  for (const obj of objects) {
    const e = entries(m, obj, site);
    for (const { name, value, maybe } of e.known) {
      let one = known.get(name);
      if (one === undefined) known.set(name, (one = { values: [], sure: 0 }));
      one.values.push(loaded(m, value, via, site));
      if (!maybe) one.sure++;
    }
    if (e.rest !== null) rests.push(loaded(m, e.rest, via, site));
    restKey = joinLabels(restKey, e.restKey);
  }
  return {
    known: [...known].map(([name, { values, sure }]) => ({ name, value: joinAll(values), maybe: sure < objects.length })),
    rest: rests.length === 0 ? null : joinAll(rests),
    restKey,
  };
}

export function parseObject(p: Parsing, schema: Obj, input: Value, where: string): Parsed {
  return each(p, input, isRecord, (v, i) => parseOneObject(p, schema, v, i === 0 ? where : `${where}#${i}`));
}

function parseOneObject(p: Parsing, schema: Obj, input: Value, where: string): Parsed {
  const { m, site } = p;
  const out = make(m, "object", where);
  const said = part(schema, "mode").consts as readonly Mode[];
  const instead = p.unknownKeys ?? (said.length === 0 ? p.unsaid : undefined);
  const modes = instead === undefined ? said : [instead];
  let fails: Fails = modes.includes("strict") ? "maybe" : "no";
  const shape = shapeOf(p, part(schema, "shape"));
  if (modes.includes("pass")) copyProps(m, out, input, site);
  if (modes.includes("catchall")) fails = worse(fails, catchRest(p, schema, out, input, shape.names, where));
  if (shape.rest !== null) {
    // A shape of computed keys: any property may be one of them.
    for (const obj of objectsOf(m.heap, input)) {
      const e = entries(m, obj, site);
      for (const x of e.known) if (!shape.names.has(x.name)) setAny(m, out, withoutAbsent(parse(p, shape.rest, x.value, `${where}.*`).value), []);
      if (e.rest !== null) setAny(m, out, parse(p, shape.rest, e.rest, `${where}.*`).value, e.restKey);
    }
    fails = "maybe";
  }
  for (const [name, by] of shape.names) {
    const given = property(p, input, name);
    const absent = (given.kinds & K.Absent) !== 0;
    const r = parse(p, by, absent ? withKinds(given, (given.kinds & ~K.Absent) | K.Undefined) : given, `${where}.${name}`);
    if (r.fails === "yes" && !acceptsUndefined(m, by)) return FAILED;
    fails = worse(fails, r.fails);
    if (isBottom(r.value)) continue;
    const maybeMissing = absent && (r.value.kinds & K.Undefined) !== 0;
    setSlot(m.heap, out, name, maybeMissing ? withKinds(r.value, r.value.kinds | K.Absent) : r.value);
  }
  return { value: ofRef(out.id, input.via), fails };
}

/** Names of a shape with their schemas, through its getters. */
function shapeOf(p: Parsing, shape: Value): { readonly names: ReadonlyMap<string, Value>; readonly rest: Value | null } {
  const names = new Map<string, Value>();
  let rest: Value | null = null;
  for (const obj of objectsOf(p.m.heap, shape)) {
    const e = entries(p.m, obj, p.site);
    for (const x of e.known) names.set(x.name, join(names.get(x.name) ?? BOTTOM, x.value));
    if (e.rest !== null) rest = join(rest ?? BOTTOM, e.rest);
  }
  return { names, rest };
}

function catchRest(p: Parsing, schema: Obj, out: Obj, input: Value, named: ReadonlyMap<string, Value>, where: string): Fails {
  const { m } = p;
  let fails: Fails = "no";
  const e = entriesOfAny(p, objectsOf(m.heap, input), null);
  if (e.rest !== null) {
    const r = parse(p, part(schema, "other"), e.rest, `${where}.*`);
    if (!isBottom(r.value)) setAny(m, out, r.value, e.restKey);
    fails = worse(fails, r.fails === "yes" ? "maybe" : r.fails);
  }
  for (const x of e.known) {
    if (named.has(x.name)) continue;
    const r = parse(p, part(schema, "other"), x.value, `${where}.${x.name}`);
    fails = worse(fails, r.fails);
    if (!isBottom(r.value)) setSlot(m.heap, out, x.name, x.maybe ? withKinds(r.value, r.value.kinds | K.Absent) : r.value);
  }
  return fails;
}

export function parseArray(p: Parsing, schema: Obj, input: Value, where: string): Parsed {
  return each(p, input, isList, (v, i) => {
    const list = make(p.m, "array", i === 0 ? where : `${where}#${i}`);
    const items = iterate(p.m, v, p.site);
    let fails: Fails = "no";
    for (const [n, x] of items.list.entries()) {
      const r = parse(p, part(schema, "of"), x, `${where}[${n}]`);
      fails = worse(fails, r.fails);
      if (!isBottom(r.value)) setSlot(p.m.heap, list, String(n), r.value);
    }
    if (items.rest === null) setSlot(p.m.heap, list, S.length, ofConst(items.list.length));
    else {
      const r = parse(p, part(schema, "of"), items.rest, `${where}[]`);
      // An array that may be empty fits whatever its elements.
      fails = worse(fails, r.fails === "no" ? "no" : "maybe");
      if (!isBottom(r.value)) setSlot(p.m.heap, list, S.rest, r.value);
    }
    return fails === "yes" ? FAILED : { value: ofRef(list.id, v.via), fails };
  });
}

export function parseTuple(p: Parsing, schema: Obj, input: Value, where: string): Parsed {
  const schemas = members(p.m, part(schema, "list"), p.site);
  const rest = part(schema, "of");
  return each(p, input, isList, (v, i) => {
    const list = make(p.m, "array", i === 0 ? where : `${where}#${i}`);
    let fails: Fails = "maybe";
    for (const [n, by] of schemas.entries()) {
      const r = parse(p, by, withoutAbsent(property(p, v, String(n))), `${where}[${n}]`);
      fails = worse(fails, r.fails);
      if (!isBottom(r.value)) setSlot(p.m.heap, list, String(n), r.value);
    }
    if (isBottom(rest)) setSlot(p.m.heap, list, S.length, ofConst(schemas.length));
    else {
      const items = iterate(p.m, v, p.site);
      let further: Value = items.rest ?? BOTTOM;
      for (const x of items.list.slice(schemas.length)) further = join(further, x);
      if (!isBottom(further)) setSlot(p.m.heap, list, S.rest, parse(p, rest, further, `${where}[]`).value);
    }
    return { value: ofRef(list.id, v.via), fails };
  });
}

/** A record keeps all keys; one over an enum only those it lists. */
export function parseRecord(p: Parsing, schema: Obj, input: Value, where: string): Parsed {
  const { m } = p;
  const keys = part(schema, "other");
  return each(p, input, (o) => isRecord(o), (v, i) => {
    const out = make(m, "object", i === 0 ? where : `${where}#${i}`);
    let fails: Fails = "no";
    const e = entriesOfAny(p, objectsOf(m.heap, v).filter((o) => o.kind !== "external"), v.via);
    if (e.rest !== null) {
      const key = isBottom(keys) ? passed(stringOf(e.restKey)) : parse(p, keys, stringOf(e.restKey), `${where}:key`);
      const r = parse(p, part(schema, "of"), e.rest, `${where}.*`);
      if (!isBottom(r.value) && key.fails !== "yes") {
        if (key.value.consts.length > 0 && (key.value.kinds & K.String) === 0) for (const c of key.value.consts) joinSlot(m.heap, out, String(c), r.value);
        else setAny(m, out, r.value, labelsOfKey(m, key.value));
      }
      fails = worse(fails, "maybe");
    }
    for (const x of e.known) {
      const key = isBottom(keys) ? passed(ofConst(x.name)) : parse(p, keys, ofConst(x.name), `${where}:key`);
      if (key.fails === "yes") {
        fails = "maybe";
        continue;
      }
      const r = parse(p, part(schema, "of"), x.value, `${where}.${x.name}`);
      fails = worse(fails, r.fails);
      if (!isBottom(r.value)) setSlot(m.heap, out, x.name, x.maybe ? withKinds(r.value, r.value.kinds | K.Absent) : r.value);
    }
    return fails === "yes" ? FAILED : { value: ofRef(out.id, v.via), fails };
  });
}

/** Maps and sets: each entry by its schemas, under the same key where it is exact. */
export function parseCollection(p: Parsing, kind: "map" | "set", schema: Obj, input: Value, where: string): Parsed {
  const { m, site } = p;
  return each(p, input, (o) => o.kind === kind || o.kind === "unknown", (v, i) => {
    const out = make(m, kind, i === 0 ? where : `${where}#${i}`);
    for (const obj of objectsOf(m.heap, v)) {
      const items = kind === "map" && obj.kind === "map" ? mapItems(m, obj, site, "entries") : iterate(m, ofRef(obj.id), site);
      for (const x of items.rest === null ? items.list : [...items.list, items.rest]) {
        const key = kind === "map" ? property(p, x, "0") : x;
        const value = parse(p, part(schema, "of"), kind === "map" ? property(p, x, "1") : x, `${where}.v`).value;
        const parsedKey = kind === "map" ? parse(p, part(schema, "other"), key, `${where}.k`).value : value;
        if (isBottom(value)) continue;
        const slot = keySlot(parsedKey);
        if (slot !== undefined) joinSlot(m.heap, out, slot, value);
        else {
          joinSlot(m.heap, out, S.rest, value);
          if (kind === "map") joinSlot(m.heap, out, S.restKey, parsedKey);
        }
      }
    }
    return { value: ofRef(out.id, v.via), fails: "maybe" };
  });
}

/** Both sides' results, merged key by key. */
export function parseIntersection(p: Parsing, schema: Obj, input: Value, where: string): Parsed {
  const { m, site } = p;
  const a = parse(p, part(schema, "of"), input, `${where}&1`);
  const b = parse(p, part(schema, "other"), input, `${where}&2`);
  const fails = worse(a.fails, b.fails);
  if (fails === "yes") return FAILED;
  const left = objectsOf(m.heap, a.value).filter((o) => o.kind === "object");
  const right = objectsOf(m.heap, b.value).filter((o) => o.kind === "object");
  if (left.length === 0 || right.length === 0) return { value: join(a.value, b.value), fails };
  const out = make(m, "object", where);
  copyProps(m, out, { ...a.value, refs: left.map((o) => o.id), kinds: 0, consts: [], labels: [] }, site);
  for (const obj of right) {
    const e = entries(m, obj, site);
    if (e.rest !== null) setAny(m, out, e.rest, e.restKey);
    for (const x of e.known) {
      // What both sides let through is one value: where they differ in depth, the deeper structure holds.
      const old = out.props.get(x.name);
      const value = old === undefined ? x.value : join(withoutAbsent(old), x.value);
      setSlot(m.heap, out, x.name, x.maybe && old === undefined ? withKinds(value, value.kinds | K.Absent) : value);
    }
  }
  return { value: ofRef(out.id, input.via), fails };
}

