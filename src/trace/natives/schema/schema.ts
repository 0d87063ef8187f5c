/**
 * Validation schemas as heap objects: what zod, valibot and yup build, in one form.
 *
 * A schema keeps its parts in inner slots, so that branches and loops join schemas like everything else; a part that two ways
 * filled differently is then either of them. Its methods come from an external prototype (`zod` → `ZodType` → `prototype`, of other
 * libraries `Schema`), whose natives find the schema in `self`.
 */
import { objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import type { Site } from "../../domain/labels.js";
import { BOTTOM, exact, join, K, ofConst, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { external } from "../../machine/external.js";
import { iterate } from "../../machine/iterate.js";
import { make, type Machine } from "../../machine/machine.js";

/** What a schema does with a value; see `parse.ts` for the meaning of each. */
export type SchemaKind =
  | "any"
  | "never"
  | "string"
  | "number"
  | "boolean"
  | "bigint"
  | "symbol"
  | "undefined"
  | "null"
  | "date"
  | "literal"
  | "enum"
  | "object"
  | "array"
  | "tuple"
  | "record"
  | "map"
  | "set"
  | "union"
  | "intersection"
  | "optional"
  | "nonoptional"
  | "nullable"
  | "default"
  | "catch"
  | "lazy"
  | "transform"
  | "refine"
  | "check"
  | "pipe"
  | "preprocess"
  | "rewrite"
  | "custom"
  | "promise"
  | "to-string"
  | "to-number"
  | "to-boolean"
  | "to-date";

/** Slots of a schema's parts. */
export const P = {
  kind: "\0schema",
  /** Inner schema: what is wrapped, an array's element, a record's or map's values. */
  of: "\0of",
  /** A record's or map's keys; the second schema of an intersection or a pipe. */
  other: "\0other",
  /** Alternatives of a union, members of a tuple: an array or object of schemas. */
  list: "\0list",
  /** A callback: transform, refine, lazy, preprocess. */
  fn: "\0fn",
  /** A constant: literal, enum's values, default, fallback. */
  value: "\0with",
  /** What becomes of unknown keys: `strip`, `strict`, `pass`, or `catchall` with its schema in `other`. */
  mode: "\0mode",
  /** The shape of an object schema: readable, as in zod. */
  shape: "shape",
} as const;

export type Mode = "strip" | "strict" | "pass" | "catchall";
export type Parts = Partial<Record<Exclude<keyof typeof P, "kind">, Value>>;

/** A schema object at `where`, with the methods of `library`'s schemas. */
export function schema(m: Machine, library: string, where: string, kind: SchemaKind, parts: Parts = {}): Value {
  const obj = make(m, "object", where);
  setSlot(m.heap, obj, S.proto, ofRef(external(m, library, [library === "zod" ? "ZodType" : "Schema", "prototype"]).id));
  setSlot(m.heap, obj, P.kind, ofConst(kind));
  for (const name of Object.keys(parts) as (keyof Parts)[]) {
    const v = parts[name];
    if (v !== undefined) setSlot(m.heap, obj, P[name], v);
  }
  return ofRef(obj.id);
}

export const isSchema = (obj: Obj): boolean => obj.props.has(P.kind);

/** The kinds that a schema object can have; several after a join. */
export const kindsOf = (obj: Obj): readonly SchemaKind[] => (obj.props.get(P.kind)?.consts ?? []) as readonly SchemaKind[];

export const part = (obj: Obj, name: keyof typeof P): Value => obj.props.get(P[name]) ?? BOTTOM;

/** The same schema with some parts replaced; of several, each. */
export function revised(m: Machine, schemas: Value, where: string, change: (obj: Obj) => Parts): Value {
  let out: Value = BOTTOM;
  for (const obj of objectsOf(m.heap, schemas)) {
    if (!isSchema(obj)) {
      out = join(out, ofRef(obj.id));
      continue;
    }
    const copy = make(m, "object", `${where}<${obj.key.slice(-120)}`);
    for (const [slot, v] of obj.props) setSlot(m.heap, copy, slot, v);
    for (const [name, v] of Object.entries(change(obj))) setSlot(m.heap, copy, P[name as keyof Parts], v);
    out = join(out, ofRef(copy.id));
  }
  return out;
}

/** Object schemas under wrappers (`optional`, `refine`, `default` …): what `shape`-changing methods work on. */
export function objectSchemas(m: Machine, schemas: Value, depth = 0): readonly Obj[] {
  const out: Obj[] = [];
  for (const obj of objectsOf(m.heap, schemas)) {
    if (kindsOf(obj).includes("object")) out.push(obj);
    else if (depth < 8 && obj.props.has(P.of)) out.push(...objectSchemas(m, part(obj, "of"), depth + 1));
  }
  return out;
}

/** Members of a list of schemas: an array, a set, or the values of an object. */
export function members(m: Machine, list: Value, site: Site): readonly Value[] {
  const out: Value[] = [];
  for (const obj of objectsOf(m.heap, list)) {
    if (obj.kind === "object") {
      for (const [slot, v] of obj.props) if (slot.charCodeAt(0) !== 0 || slot === S.rest) out.push(v);
      continue;
    }
    const items = iterate(m, ofRef(obj.id), site);
    out.push(...items.list);
    if (items.rest !== null) out.push(items.rest);
  }
  return out;
}

/** A shape made of another one: names for which `keep` says so, each schema changed. */
export function mapShape(m: Machine, shape: Value, where: string, change: (name: string, v: Value) => Value | undefined): Value {
  const out = make(m, "object", where);
  for (const obj of objectsOf(m.heap, shape))
    for (const [slot, v] of obj.props) {
      // Getters stay what they are: a recursive shape refers to itself only when it is read.
      if (slot.startsWith(S.getter) || slot === "\0accessors") {
        if (slot === "\0accessors" || change(slot.slice(S.getter.length), UNDEFINED) !== undefined) setSlot(m.heap, out, slot, v);
        continue;
      }
      if (slot.charCodeAt(0) === 0 && slot !== S.rest) continue;
      const next = change(slot, v);
      if (next !== undefined) setSlot(m.heap, out, slot, next);
    }
  return ofRef(out.id);
}

/** Names that are `true` in a mask (`{ id: true }`) or listed in an array; undefined when that is not known exactly. */
export function maskNames(m: Machine, mask: Value, site: Site): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const obj of objectsOf(m.heap, mask)) {
    if (obj.kind === "array") {
      const items = iterate(m, ofRef(obj.id), site);
      if (items.rest !== null) return undefined;
      for (const x of items.list) {
        const c = exact(x);
        if (c === undefined) return undefined;
        names.add(String(c));
      }
      continue;
    }
    if (obj.kind !== "object" || obj.props.has(S.rest)) return undefined;
    for (const [slot, v] of obj.props) if (slot.charCodeAt(0) !== 0 && (v.kinds & K.True) !== 0) names.add(slot);
  }
  return mask.refs.length === 0 ? undefined : names;
}

