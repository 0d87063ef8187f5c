/**
 * joi: schemas whose objects take no unknown keys unless they or the options say otherwise.
 *
 * https://joi.dev/api. `validate` throws nothing: it gives `{ value, error }`, and the error holds what went in (`_original`).
 */
import { joinSlot, objectsOf, S, setSlot } from "../domain/heap.js";
import { ANY_STRING, BOTTOM, isBottom, join, K, ofConst, ofRef, UNDEFINED, type Value } from "../domain/value.js";
import { allArgs, arg, hasArg } from "../machine/call.js";
import { external } from "../machine/external.js";
import { make, type Native, type NativeCall } from "../machine/machine.js";
import { maybeThrow } from "../machine/promise.js";
import { throwValue } from "../machine/throw.js";
import type { NativeModule, NativeTable } from "./index.js";
import { outcome, type Outcome } from "./schema/outcome.js";
import { isSchema, objectSchemas, part, schema, type Mode, type Parts, type SchemaKind } from "./schema/schema.js";
import { extended, revisedWithin } from "./schema/shapes.js";
import { promised, rejectAll } from "./settle.js";
import { alike, arrayOf, at, labelsIn, listOf, option, record, spelling, under } from "./support.js";

const LIB = "joi";
const first = (call: NativeCall): Value => arg(call.args, 0);
const build = (call: NativeCall, kind: SchemaKind, parts: Parts = {}, what = ""): Value => schema(call.m, LIB, at(call, what), kind, parts);

/** A schema that a missing value passes, as all of joi's are until they are `required`. */
const field = (call: NativeCall, of: Value): Value => build(call, "optional", { of }, "field");
const type =
  (kind: SchemaKind): Native =>
  (call) =>
    field(call, build(call, "check", { of: build(call, kind, {}, "base") }));
const list = (call: NativeCall): Value => arrayOf(call.m, allArgs(call.args), at(call, "list"));

const FACTORIES: NativeTable = {
  string: type("string"),
  number: type("to-number"),
  boolean: type("to-boolean"),
  bool: type("to-boolean"),
  date: type("to-date"),
  ...alike(["any", "binary", "symbol", "function", "func"], type("any")),
  // Without keys it takes any.
  object: (call) => field(call, hasArg(call.args, 0) ? build(call, "object", { shape: first(call) }) : emptyObject(call)),
  array: (call) => field(call, build(call, "array", { of: build(call, "any", {}, "item") })),
  ...alike(["alternatives", "alt"], (call) => field(call, build(call, "union", { list: list(call) }))),
  valid: (call) => field(call, build(call, "enum", { value: list(call) })),
  compile: first,
};

const emptyObject = (call: NativeCall): Value =>
  build(call, "object", { shape: ofRef(make(call.m, "object", at(call, "shape")).id), mode: ofConst("pass") });

const wrap =
  (kind: SchemaKind, parts: (call: NativeCall) => Parts = () => ({})): Native =>
  (call) =>
    build(call, kind, { of: call.self, ...parts(call) });
const same: Native = (call) => call.self;

/** `keys`, `append`: what is added replaces; an object that took any key as it had none takes those only. */
const keys: Native = (call) =>
  revisedWithin(call.m, call.self, at(call), (o) => {
    const shape = extended(call.m, part(o, "shape"), first(call), at(call, "shape"));
    const empty = objectsOf(call.m.heap, part(o, "shape")).every((s) => s.props.size === 0);
    return empty ? { shape, mode: BOTTOM } : { shape };
  });

const isFalse = (v: Value): boolean => (v.kinds & K.False) !== 0;
const isTrue = (v: Value): boolean => (v.kinds & K.True) !== 0 || v.refs.length > 0;

/** What options say of unknown keys. */
function unsaid(call: NativeCall, options: Value): Mode | undefined {
  if (isTrue(option(call, options, "stripUnknown"))) return "strip";
  return isTrue(option(call, options, "allowUnknown")) ? "pass" : undefined;
}

// ------------------------------------------------------------------------------------------------ parsing

const run = (call: NativeCall, by: Value, input: Value, options: Value): Outcome =>
  outcome(call, by, input, { unsaid: unsaid(call, options) ?? "strict" });

function failure(call: NativeCall, r: Outcome): Value {
  const { m } = call;
  const error = make(m, "error", at(call, "error"));
  const text = spelling(call, labelsIn(m, [r.rejected]));
  setSlot(m.heap, error, S.proto, ofRef(external(m, LIB, ["ValidationError", "prototype"]).id));
  // Messages name the key and the rule; only a few spell out the value, by `{#value}`.
  joinSlot(m.heap, error, "message", ANY_STRING);
  setSlot(m.heap, error, "_original", r.input);
  const context = record(m, { value: r.rejected, key: ANY_STRING, label: ANY_STRING }, at(call, "context"));
  const detail = record(m, { message: text, path: listOf(m, ANY_STRING, at(call, "path")), type: ANY_STRING, context }, at(call, "detail"));
  setSlot(m.heap, error, "details", listOf(m, detail, at(call, "details")));
  return ofRef(error.id);
}

/**
 * `{ value, error }`. What failed comes out as far as it fits the schema: the usual `const { value, error }` parts the two, and code that
 * looks at the error first must not get back what was stripped. So unknown keys that come out with an unread error are not seen.
 */
const validate: Native = (call) => {
  const r = run(call, call.self, first(call), arg(call.args, 1));
  const good = (): Value => record(call.m, { value: r.value, error: UNDEFINED }, at(call, "good"));
  const bad = (): Value => record(call.m, { value: isBottom(r.value) ? r.input : r.value, error: failure(call, r) }, at(call, "bad"));
  return r.fails === "no" ? good() : r.fails === "yes" ? bad() : join(good(), bad());
};

const validateAsync: Native = (call) => {
  const r = run(call, call.self, first(call), arg(call.args, 1));
  if (!call.m.alive) return BOTTOM;
  const promise = promised(call, r.value);
  if (r.fails !== "no") rejectAll(call.m, promise, failure(call, r));
  return promise;
};

function orThrow(call: NativeCall, by: Value, input: Value, options: Value): Value {
  const r = run(call, by, input, options);
  if (!call.m.alive || r.fails === "no") return call.m.alive ? r.value : BOTTOM;
  if (r.fails === "maybe") maybeThrow(call.m, failure(call, r));
  else throwValue(call.m, failure(call, r));
  return r.fails === "maybe" ? r.value : BOTTOM;
}

const STATIC: NativeTable = {
  attempt: (call) => orThrow(call, arg(call.args, 1), first(call), arg(call.args, call.args.list.length - 1)),
  // A guard: the value stays as it is.
  assert: (call) => {
    orThrow(call, arg(call.args, 1), first(call), arg(call.args, call.args.list.length - 1));
    return call.m.alive ? UNDEFINED : BOTTOM;
  },
};

const METHODS: NativeTable = {
  ...alike(
    "min max length email uri guid uuid pattern regex alphanum token hex base64 ip hostname domain isoDate integer positive negative port greater less precision multiple valid invalid allow equal disallow and or xor nand oxor with without unique has iso when external".split(
      " ",
    ),
    wrap("check"),
  ),
  ...alike(["trim", "lowercase", "uppercase", "truncate", "replace", "normalize", "case"], wrap("rewrite")),
  ...alike(
    [
      "label",
      "description",
      "note",
      "tag",
      "meta",
      "example",
      "unit",
      "message",
      "messages",
      "error",
      "strict",
      "raw",
      "id",
      "single",
      "sparse",
    ],
    same,
  ),
  ...alike(["required", "exist"], wrap("nonoptional")),
  optional: wrap("optional"),
  default: wrap("default", (call) => ({ value: first(call) })),
  failover: wrap("catch", (call) => ({ value: first(call) })),
  ...alike(["strip", "forbidden"], (call) => build(call, "catch", { of: build(call, "never", {}, "none"), value: UNDEFINED })),
  custom: wrap("transform", (call) => ({ fn: first(call) })),
  ...alike(["keys", "append"], keys),
  concat: (call) => {
    const others = objectSchemas(call.m, first(call));
    return others.reduce((self, o) => keys({ ...call, self, args: { list: [part(o, "shape")], rest: null } }), call.self);
  },
  items: (call) => field(call, build(call, "array", { of: build(call, "union", { list: list(call) }, "items") })),
  try: (call) => field(call, build(call, "union", { list: list(call) })),
  unknown: (call) =>
    revisedWithin(call.m, call.self, at(call), () => ({ mode: ofConst(hasArg(call.args, 0) && isFalse(first(call)) ? "strict" : "pass") })),
  ...alike(["options", "prefs", "preferences"], (call) => {
    const mode = unsaid(call, first(call));
    return mode === undefined ? call.self : build(call, "check", { of: call.self, mode: ofConst(mode) });
  }),
  validate,
  validateAsync,
};

function match(_module: string, full: readonly string[]): Native | undefined {
  const path = full[0] === "default" || full[0] === "Joi" ? full.slice(1) : full;
  const name = path.at(-1);
  if (name === undefined) return undefined;
  if (path.length === 1) return under(FACTORIES, name) ?? under(STATIC, name);
  const method = path[0] === "ValidationError" ? undefined : under(METHODS, name);
  if (method === undefined) return undefined;
  // A method of a schema of ours, or of something that is only typed as a schema: that lets all through.
  return (call) => method(objectsOf(call.m.heap, call.self).some(isSchema) ? call : { ...call, self: build(call, "any", {}, "any") });
}

/** joi, under its present and its former name. */
export const joi: NativeModule = { modules: ["joi", "@hapi/joi"], natives: {}, match };
