/**
 * Parsing a value by a schema: what comes out is built anew from the schema, so that only what it names arrives; what the schema
 * passes through (`any`, `string`, `passthrough`) is the value itself. Whether it can fail is kept beside the result: a union takes
 * the first alternative that fits, `catch` its fallback, `parse` throws.
 */
import { bounded } from "../../machine/bound.js";
import { objectsOf, type Obj, isFunction } from "../../domain/heap.js";
import type { Site } from "../../domain/labels.js";
import { BOTTOM, hasPrimitive, isBottom, join, K, ofRef, primitivePart, UNDEFINED, withKinds, type Value } from "../../domain/value.js";
import { callValue } from "../../machine/call.js";
import { external } from "../../machine/external.js";
import { forkAll } from "../../machine/fork.js";
import type { Machine } from "../../machine/machine.js";
import { awaitValue } from "../../machine/promise.js";
import { isSchema, kindsOf, members, P, part, type Mode, type SchemaKind } from "./schema.js";
import { parseArray, parseCollection, parseIntersection, parseObject, parseRecord, parseTuple } from "./structures.js";
import { acceptKinds, coerceBoolean, coerceDate, coerceNumber, coerceString, parseDate, parseEnum, parseLiteral, rewritten } from "./primitives.js";

/** Can the parse fail? */
export type Fails = "no" | "maybe" | "yes";

export interface Parsed {
  readonly value: Value;
  readonly fails: Fails;
}

/** One parse: where it stands, and which schemas are being worked on (recursive schemas end by it). */
export interface Parsing {
  readonly m: Machine;
  readonly site: Site;
  readonly active: Map<number, number>;
  /** What becomes of unknown keys in every object, whatever the schemas say: an option of the parse. */
  readonly unknownKeys?: Mode;
  /** The same in objects whose schema says nothing of it. */
  readonly unsaid?: Mode;
  /** Is told each value that a schema may reject: the library's error holds it. */
  readonly rejects?: (rejected: Value) => void;
}

export const FAILED: Parsed = { value: BOTTOM, fails: "yes" };
export const passed = (value: Value): Parsed => ({ value, fails: "no" });
export const perhaps = (value: Value): Parsed => (isBottom(value) ? FAILED : { value, fails: "maybe" });
export const worse = (a: Fails, b: Fails): Fails => (a === "yes" || b === "yes" ? "yes" : a === "maybe" || b === "maybe" ? "maybe" : "no");
/** One of two outcomes. */
export const either = (a: Parsed, b: Parsed): Parsed => ({ value: join(a.value, b.value), fails: a.fails === b.fails ? a.fails : "maybe" });

/** Turns of one schema within itself: few where the value's structure is made up as it is read, more where it is there. */
const NESTING = { open: 3, known: 12 } as const;

/** Parses by whatever schemas `by` may be; something that is no schema of ours lets everything through. */
export function parse(p: Parsing, by: Value, input: Value, where: string): Parsed {
  let out: Parsed | undefined;
  for (const obj of objectsOf(p.m.heap, by)) {
    const one = parseBy(p, obj, input, where);
    out = out === undefined ? one : either(out, one);
  }
  return out ?? foreign(p, input);
}

/** A wrapper may say what becomes of unknown keys in the objects within. */
function within(p: Parsing, kind: SchemaKind, obj: Obj): Parsing {
  const mode = kind === "object" ? undefined : (part(obj, "mode").consts[0] as Mode | undefined);
  return mode === undefined ? p : { ...p, unsaid: mode };
}

/** By something that is no schema of ours. */
function foreign(p: Parsing, input: Value): Parsed {
  p.rejects?.(input);
  return perhaps(input);
}

function parseBy(p: Parsing, obj: Obj, given: Value, where: string): Parsed {
  if (!isSchema(obj)) return foreign(p, given);
  const input = bounded(p.m, given, p.site);
  const turns = p.active.get(obj.id) ?? 0;
  const open = objectsOf(p.m.heap, input).some((o) => o.kind === "unknown" || o.kind === "external" || o.summary);
  if (turns >= (open ? NESTING.open : NESTING.known)) return perhaps(input);
  p.active.set(obj.id, turns + 1);
  let out: Parsed | undefined;
  for (const kind of kindsOf(obj)) {
    const one = parseKind(within(p, kind, obj), kind, obj, input, where);
    if (one.fails !== "no") p.rejects?.(rejectedBy(kind, input, one.value));
    out = out === undefined ? one : either(out, one);
  }
  p.active.set(obj.id, turns);
  return out ?? perhaps(input);
}

const STRUCTURES: readonly SchemaKind[] = ["object", "array", "tuple", "record", "map", "set"];
const WRAPPERS: readonly SchemaKind[] =
  ["intersection", "optional", "nonoptional", "nullable", "default", "catch", "lazy", "transform", "pipe", "preprocess", "rewrite", "promise"];

/** What a failure of just this schema rejects: structures what is none, wrappers nothing that their inner schema did not. */
function rejectedBy(kind: SchemaKind, input: Value, output: Value): Value {
  if (STRUCTURES.includes(kind)) return primitivePart(input);
  if (kind === "check" || kind === "refine") return output;
  return WRAPPERS.includes(kind) ? BOTTOM : input;
}

function parseKind(p: Parsing, kind: SchemaKind, obj: Obj, input: Value, where: string): Parsed {
  const { m, site } = p;
  const inner = (v: Value, suffix = "", by = part(obj, "of")): Parsed => parse(p, by, v, where + suffix);
  switch (kind) {
    case "any":
      return passed(input);
    case "never":
      return FAILED;
    case "string":
    case "number":
    case "boolean":
    case "bigint":
    case "symbol":
    case "undefined":
    case "null":
      return acceptKinds(p, kind, input);
    case "date":
      return parseDate(p, input);
    case "literal":
      return parseLiteral(p, part(obj, "value"), input);
    case "enum":
      return parseEnum(p, part(obj, "value"), input);
    case "object":
      return parseObject(p, obj, input, where);
    case "array":
      return parseArray(p, obj, input, where);
    case "tuple":
      return parseTuple(p, obj, input, where);
    case "record":
      return parseRecord(p, obj, input, where);
    case "map":
    case "set":
      return parseCollection(p, kind, obj, input, where);
    case "union":
      return parseUnion(p, obj, input, where);
    case "intersection":
      return parseIntersection(p, obj, input, where);
    case "optional":
      return except(K.Undefined | K.Absent, input, inner, UNDEFINED);
    case "nullable":
      return except(K.Null, input, inner, null);
    case "nonoptional": {
      const r = inner(input);
      const value = withKinds(r.value, r.value.kinds & ~(K.Undefined | K.Absent));
      return isBottom(value) ? FAILED : { value, fails: value === r.value ? r.fails : "maybe" };
    }
    case "default":
      return except(K.Undefined | K.Absent, input, inner, fallback(p, obj));
    case "catch": {
      const r = inner(input);
      return r.fails === "no" ? r : passed(join(r.value, fallback(p, obj)));
    }
    case "lazy":
      return inner(input, "~", callValue(m, part(obj, "fn"), UNDEFINED, { list: [input], rest: null }, site));
    case "transform": {
      const r = inner(input);
      return r.fails === "yes" ? r : { value: perhapsCall(p, r, part(obj, "fn")), fails: worse(r.fails, "maybe") };
    }
    case "refine":
    case "check": {
      const r = inner(input);
      if (r.fails === "yes") return r;
      for (const fn of members(m, part(obj, "list"), site)) perhapsCall(p, r, fn);
      if (!isBottom(part(obj, "fn"))) perhapsCall(p, r, part(obj, "fn"));
      return { value: r.value, fails: "maybe" };
    }
    case "rewrite": {
      const r = inner(input);
      return { value: rewritten(r.value), fails: r.fails };
    }
    case "pipe": {
      const r = inner(input);
      if (r.fails === "yes") return r;
      const next = parse(p, part(obj, "other"), r.value, `${where}|`);
      return { value: next.value, fails: worse(r.fails, next.fails) };
    }
    case "preprocess": {
      const v = callValue(m, part(obj, "fn"), UNDEFINED, { list: [input, context(p)], rest: null }, site);
      return m.alive ? inner(awaitValue(m, v, site)) : FAILED;
    }
    case "custom":
      if (!isBottom(part(obj, "fn"))) perhapsCall(p, perhaps(input), part(obj, "fn"));
      return perhaps(input);
    case "promise":
      return inner(awaitValue(m, input, site));
    case "to-string":
      return passed(coerceString(p, input));
    case "to-number":
      return perhaps(coerceNumber(p, input));
    case "to-boolean":
      return passed(coerceBoolean(input));
    case "to-date":
      return perhaps(coerceDate(p, input));
  }
}

/** The argument of transforms and checks beside the value: takes issues. */
export const context = (p: Parsing): Value => ofRef(external(p.m, "zod", ["RefinementCtx"]).id);

/** Runs a callback on a parsed value: for certain, or only if the parse went well so far. */
function perhapsCall(p: Parsing, r: Parsed, fn: Value): Value {
  const { m, site } = p;
  const run = (): Value => awaitValue(m, callValue(m, fn, UNDEFINED, { list: [r.value, context(p)], rest: null }, site), site);
  if (r.fails === "no") {
    const v = run();
    // A transform that throws ends the parse; whoever called it sees that as a failure.
    m.alive = true;
    return v;
  }
  const v = forkAll(m, [() => BOTTOM, run]);
  m.alive = true;
  return v;
}

/** `undefined` (or `null`) is answered by `instead` (itself, when null); the rest goes to the inner schema. */
function except(kinds: number, input: Value, inner: (v: Value) => Parsed, instead: Value | null): Parsed {
  const special = input.kinds & kinds;
  const others = special === 0 ? input : withKinds(input, input.kinds & ~kinds);
  if (special === 0) return inner(input);
  const answer = passed(instead ?? withKinds(UNDEFINED, special));
  if (isBottom(others) || (others.refs.length === 0 && !hasPrimitive(others))) return answer;
  const r = inner(others);
  return { value: join(r.value, answer.value), fails: r.fails === "no" ? "no" : "maybe" };
}

function fallback(p: Parsing, obj: Obj): Value {
  const given = part(obj, "value");
  const functions = objectsOf(p.m.heap, given).filter(isFunction);
  if (functions.length === 0) return given;
  return callValue(p.m, given, UNDEFINED, { list: [context(p)], rest: null }, p.site);
}

/**
 * The first alternative that fits. Constants of a union of literals spell out which of them the value was, like an enum's do; a lone
 * literal beside objects tells nothing.
 */
function parseUnion(p: Parsing, obj: Obj, input: Value, where: string): Parsed {
  const options = members(p.m, part(obj, "list"), p.site);
  const literals = options.filter((o) => objectsOf(p.m.heap, o).some((s) => kindsOf(s).includes("literal"))).length;
  let value: Value = BOTTOM;
  let fails: Fails = "yes";
  for (const [i, option] of options.entries()) {
    const r = parse(p, option, input, `${where}|${i}`);
    if (r.fails === "yes") continue;
    let v = r.value;
    if (literals > 1 && input.labels.length > 0 && v.consts.length > 0 && v.refs.length === 0 && v.labels.length === 0) v = { ...v, labels: input.labels };
    value = join(value, v);
    fails = "maybe";
    if (r.fails === "no") return passed(value);
  }
  return { value, fails };
}

/** Does an object's property answer `undefined` when it is missing, as optional and defaulted schemas do? */
export const acceptsUndefined = (m: Machine, by: Value): boolean =>
  objectsOf(m.heap, by).some((o) => {
    const kinds = kindsOf(o);
    if (kinds.some((k) => k === "optional" || k === "default" || k === "any" || k === "undefined" || k === "catch")) return true;
    return o.props.has(P.of) && kinds.some((k) => k === "nullable" || k === "refine" || k === "check" || k === "transform" || k === "pipe") && acceptsUndefined(m, part(o, "of"));
  });
