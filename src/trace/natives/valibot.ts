/**
 * valibot: functions that make schemas and the actions of their pipes, and functions that parse by them.
 *
 * https://valibot.dev/api. An action is a schema of anything here, so that a pipe is a chain of schemas; one without a model (`email`,
 * `minLength` …) lets the value through and may fail. Issues hold the input that was rejected, and their messages spell it out.
 */
import { joinSlot, objectsOf, S, setSlot } from "../domain/heap.js";
import { ANY_STRING, BOTTOM, FALSE, isBottom, join, ofConst, ofRef, TRUE, UNDEFINED, type Value } from "../domain/value.js";
import { arg, hasArg } from "../machine/call.js";
import { external } from "../machine/external.js";
import { make, type Native, type NativeCall } from "../machine/machine.js";
import { maybeThrow } from "../machine/promise.js";
import { throwValue } from "../machine/throw.js";
import type { NativeModule, NativeTable } from "./index.js";
import { outcome, type Outcome } from "./schema/outcome.js";
import { kindsOf, members, part, schema, type Mode, type Parts, type SchemaKind } from "./schema/schema.js";
import { maskedShape, wrappedShape } from "./schema/shapes.js";
import { promised, rejectAll } from "./settle.js";
import { alike, at, callWith, labelsIn, listOf, nativeValue, record, spelling, under } from "./support.js";

const LIB = "valibot";
const first = (call: NativeCall): Value => arg(call.args, 0);

/** `schema.entries`, which other objects are spread from. */
function withEntries(call: NativeCall, v: Value): Value {
  for (const obj of objectsOf(call.m.heap, v))
    if (kindsOf(obj).includes("object")) setSlot(call.m.heap, obj, "entries", part(obj, "shape"));
  return v;
}

const build = (call: NativeCall, kind: SchemaKind, parts: Parts = {}, where = at(call)): Value => schema(call.m, LIB, where, kind, parts);
const anything = (call: NativeCall): Value => build(call, "any", {}, at(call, "in"));

const simple =
  (kind: SchemaKind): Native =>
  (call) =>
    build(call, kind);

/** Parts by position. */
const parts =
  (kind: SchemaKind, ...names: (keyof Parts)[]): Native =>
  (call) =>
    build(call, kind, Object.fromEntries(names.flatMap((name, i) => (hasArg(call.args, i) ? [[name, arg(call.args, i)]] : []))));

const object =
  (mode: Mode): Native =>
  (call) =>
    withEntries(
      call,
      build(call, "object", { shape: first(call), mode: ofConst(mode), other: mode === "catchall" ? arg(call.args, 1) : BOTTOM }),
    );

/** An action of a pipe: what it does with whatever comes. */
const action =
  (kind: SchemaKind, fn?: (call: NativeCall) => Value): Native =>
  (call) =>
    build(call, kind, { of: anything(call), ...(fn === undefined ? {} : { fn: fn(call) }) });

/** An action on each item of an array. */
const onItems =
  (kind: SchemaKind): Native =>
  (call) =>
    build(call, "array", { of: build(call, kind, { of: anything(call), fn: first(call) }, at(call, "item")) });

/** The callback of `rawTransform` and `rawCheck`: takes the value in a data set. */
const raw = (call: NativeCall): Value => {
  const fn = first(call);
  return nativeValue(call.m, call.site, "raw", (inner) => {
    const dataset = record(inner.m, { value: first(inner), typed: TRUE }, at(inner, "dataset"));
    const addIssue = nativeValue(inner.m, inner.site, "addIssue", () => UNDEFINED);
    return callWith(inner.m, fn, [record(inner.m, { dataset, addIssue }, at(inner, "raw"))], inner.site);
  });
};

/** `optional(schema, instead)` and its like; with a value that stands in, what is missing becomes that. */
const missing =
  (...kinds: readonly SchemaKind[]): Native =>
  (call) => {
    const of = first(call);
    const plain = kinds.reduce((v, kind, i) => build(call, kind, { of: v }, at(call, `${i}`)), of);
    if (!hasArg(call.args, 1)) return plain;
    if (kinds[0] === "optional" && kinds.length === 1) return build(call, "default", { of, value: arg(call.args, 1) });
    return build(call, "check", { of: build(call, "catch", { of, value: arg(call.args, 1) }, at(call, "instead")) });
  };

const listed = (call: NativeCall): readonly Value[] => members(call.m, first(call), call.site);

const FACTORIES: NativeTable = {
  ...Object.fromEntries(
    (["string", "number", "boolean", "bigint", "symbol", "undefined", "null", "date", "any", "never"] as const).map((k) => [k, simple(k)]),
  ),
  unknown: simple("any"),
  void: simple("undefined"),
  nan: simple("number"),
  ...alike(["function", "blob", "file"], simple("custom")),
  instance: simple("custom"),
  custom: parts("custom", "fn"),
  literal: parts("literal", "value"),
  ...alike(["picklist", "enum", "enum_"], parts("enum", "value")),
  object: object("strip"),
  looseObject: object("pass"),
  strictObject: object("strict"),
  objectWithRest: object("catchall"),
  array: parts("array", "of"),
  ...alike(["tuple", "strictTuple"], parts("tuple", "list")),
  looseTuple: (call) => build(call, "tuple", { list: first(call), of: anything(call) }),
  tupleWithRest: parts("tuple", "list", "of"),
  record: parts("record", "other", "of"),
  map: parts("map", "other", "of"),
  set: parts("set", "of"),
  union: parts("union", "list"),
  variant: (call) => build(call, "union", { list: arg(call.args, 1) }),
  intersect: (call) => {
    const all = listed(call);
    return all.length === 0 ? anything(call) : all.reduce((of, other, i) => build(call, "intersection", { of, other }, at(call, `&${i}`)));
  },
  ...alike(["optional", "exactOptional", "undefinedable"], missing("optional")),
  nullable: missing("nullable"),
  nullish: missing("nullable", "optional"),
  ...alike(["nonOptional", "nonNullish", "nonNullable"], parts("nonoptional", "of")),
  fallback: parts("catch", "of", "value"),
  lazy: parts("lazy", "fn"),
  promise: simple("promise"),
  pipe: (call) => call.args.list.reduce((of, other, i) => build(call, "pipe", { of, other }, at(call, `|${i}`))),
  transform: action("transform", first),
  rawTransform: action("transform", raw),
  check: action("refine", first),
  rawCheck: action("refine", raw),
  partialCheck: action("refine", (call) => arg(call.args, 1)),
  ...alike(["checkItems", "everyItem", "someItem", "filterItems"], onItems("refine")),
  mapItems: onItems("transform"),
  ...alike(["trim", "trimStart", "trimEnd", "toLowerCase", "toUpperCase", "normalize"], action("rewrite")),
  toString: simple("to-string"),
  toNumber: simple("to-number"),
  toBigint: simple("to-number"),
  toBoolean: simple("to-boolean"),
  toDate: simple("to-date"),
  ...alike(["forward", "config", "message"], first),
  ...alike(["brand", "readonly", "title", "description", "metadata", "flavor"], simple("any")),
  pick: (call) =>
    withEntries(
      call,
      maskedShape(call, first(call), arg(call.args, 1), (named) => named),
    ),
  omit: (call) =>
    withEntries(
      call,
      maskedShape(call, first(call), arg(call.args, 1), (named) => !named),
    ),
  partial: (call) => withEntries(call, wrappedShape(call, LIB, first(call), "optional", arg(call.args, 1))),
  required: (call) => withEntries(call, wrappedShape(call, LIB, first(call), "nonoptional", arg(call.args, 1))),
  unwrap: (call) => objectsOf(call.m.heap, first(call)).reduce((v: Value, obj) => join(v, part(obj, "of")), BOTTOM),
};

// ------------------------------------------------------------------------------------------------ parsing

const run = (call: NativeCall, by: Value, input: Value): Outcome => outcome(call, by, input);

/** Issues: the value that was rejected, also spelled out in the message, and the way to it from the whole input. */
function issues(call: NativeCall, { rejected, input }: Outcome): Value {
  const { m } = call;
  const text = spelling(call, labelsIn(m, [rejected]));
  const step = record(m, { type: ANY_STRING, origin: ANY_STRING, input, key: ANY_STRING, value: rejected }, at(call, "step"));
  const issue = record(
    m,
    {
      kind: ANY_STRING,
      type: ANY_STRING,
      input: rejected,
      expected: ANY_STRING,
      received: text,
      message: text,
      path: listOf(m, step, at(call, "path")),
    },
    at(call, "issue"),
  );
  return listOf(m, issue, at(call, "issues"));
}

function valiError(call: NativeCall, failed: Outcome): Value {
  const { m } = call;
  const error = make(m, "error", at(call, "error"));
  setSlot(m.heap, error, S.proto, ofRef(external(m, LIB, ["ValiError", "prototype"]).id));
  joinSlot(m.heap, error, "message", spelling(call, labelsIn(m, [failed.rejected])));
  setSlot(m.heap, error, "issues", issues(call, failed));
  return ofRef(error.id);
}

function parseNow(call: NativeCall, by: Value, input: Value): Value {
  const r = run(call, by, input);
  if (!call.m.alive) return BOTTOM;
  if (r.fails === "no") return r.value;
  const error = valiError(call, r);
  if (r.fails === "maybe") maybeThrow(call.m, error);
  else throwValue(call.m, error);
  return r.fails === "maybe" ? r.value : BOTTOM;
}

function safe(call: NativeCall, by: Value, input: Value): Value {
  const r = run(call, by, input);
  const good = (): Value => record(call.m, { typed: TRUE, success: TRUE, output: r.value, issues: UNDEFINED }, at(call, "good"));
  // What failed comes out as far as it was parsed.
  const output = isBottom(r.value) ? r.input : r.value;
  const bad = (): Value => record(call.m, { typed: join(TRUE, FALSE), success: FALSE, output, issues: issues(call, r) }, at(call, "bad"));
  return r.fails === "no" ? good() : r.fails === "yes" ? bad() : join(good(), bad());
}

function later(call: NativeCall, by: Value, input: Value): Value {
  const r = run(call, by, input);
  if (!call.m.alive) return BOTTOM;
  const promise = promised(call, r.value);
  if (r.fails !== "no") rejectAll(call.m, promise, valiError(call, r));
  return promise;
}

function safeLater(call: NativeCall, by: Value, input: Value): Value {
  const v = safe(call, by, input);
  return call.m.alive ? promised(call, v) : BOTTOM;
}

type Run = (call: NativeCall, by: Value, input: Value) => Value;
const now =
  (how: Run): Native =>
  (call) =>
    how(call, first(call), arg(call.args, 1));

/** `parser(schema)`: a function that parses. */
const making =
  (how: Run): Native =>
  (call) => {
    const by = first(call);
    return nativeValue(call.m, call.site, "parser", (inner) => how(inner, by, first(inner)));
  };

const PARSERS: NativeTable = {
  parse: now(parseNow),
  safeParse: now(safe),
  parseAsync: now(later),
  safeParseAsync: now(safeLater),
  parser: making(parseNow),
  safeParser: making(safe),
  parserAsync: making(later),
  safeParserAsync: making(safeLater),
  // Guards: the value stays as it is, unknown keys and all.
  is: (call) => {
    const r = run(call, first(call), arg(call.args, 1));
    return r.fails === "no" ? TRUE : r.fails === "yes" ? FALSE : join(TRUE, FALSE);
  },
  assert: (call) => {
    parseNow(call, first(call), arg(call.args, 1));
    return call.m.alive ? UNDEFINED : BOTTOM;
  },
};

function match(_module: string, path: readonly string[]): Native | undefined {
  const name = path.length === 1 ? path[0]! : path.length === 2 && (path[0] === "v" || path[0] === "default") ? path[1]! : undefined;
  if (name === undefined) return undefined;
  // `objectAsync`, `pipeAsync`, `checkAsync` … make schemas that are to be parsed by `parseAsync`.
  return under(PARSERS, name) ?? under(FACTORIES, name) ?? (name.endsWith("Async") ? under(FACTORIES, name.slice(0, -5)) : undefined);
}

/** valibot. */
export const valibot: NativeModule = { modules: ["valibot"], natives: {}, match };
