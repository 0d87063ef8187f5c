/**
 * yup: schemas that cast, and whose objects keep unknown keys unless they or the options say otherwise.
 *
 * https://github.com/jquense/yup. What is not `required` may be missing. Errors hold the value that was rejected.
 */
import { joinSlot, objectsOf, S, setSlot } from "../domain/heap.js";
import { ANY_STRING, BOTTOM, FALSE, isBottom, join, K, ofConst, ofRef, TRUE, UNDEFINED, type Value } from "../domain/value.js";
import { arg, hasArg } from "../machine/call.js";
import { external } from "../machine/external.js";
import { make, type Native, type NativeCall } from "../machine/machine.js";
import { maybeThrow } from "../machine/promise.js";
import { throwValue } from "../machine/throw.js";
import type { NativeModule, NativeTable } from "./index.js";
import { outcome, type Outcome } from "./schema/outcome.js";
import { isSchema, mapShape, maskNames, objectSchemas, part, schema, type Mode, type Parts, type SchemaKind } from "./schema/schema.js";
import { extended, revisedWithin } from "./schema/shapes.js";
import { promised, rejectAll } from "./settle.js";
import { alike, arrayOf, at, callWith, labelsIn, lastCallback, listOf, nativeValue, option, record, spelling, under } from "./support.js";

const LIB = "yup";
const first = (call: NativeCall): Value => arg(call.args, 0);
const build = (call: NativeCall, kind: SchemaKind, parts: Parts = {}, what = ""): Value => schema(call.m, LIB, at(call, what), kind, parts);

/** A schema that a missing value passes. */
const field = (call: NativeCall, of: Value): Value => build(call, "optional", { of }, "field");
/** A type that casts, and may fail to. */
const cast =
  (kind: SchemaKind): Native =>
  (call) =>
    field(call, build(call, "check", { of: build(call, kind, {}, "base") }));
const list: Native = (call) =>
  field(call, build(call, "array", { of: hasArg(call.args, 0) ? first(call) : build(call, "any", {}, "item") }));

const FACTORIES: NativeTable = {
  string: cast("to-string"),
  number: cast("to-number"),
  ...alike(["boolean", "bool"], cast("to-boolean")),
  date: cast("to-date"),
  mixed: cast("any"),
  object: (call) => {
    const shape = hasArg(call.args, 0) ? first(call) : ofRef(make(call.m, "object", at(call, "shape")).id);
    return field(call, build(call, "object", { shape, mode: ofConst("pass") }));
  },
  array: list,
  tuple: (call) => field(call, build(call, "tuple", { list: first(call) })),
  lazy: (call) => build(call, "lazy", { fn: first(call) }),
};

const same: Native = (call) => call.self;
const wrap =
  (kind: SchemaKind, parts: (call: NativeCall) => Parts = () => ({})): Native =>
  (call) =>
    build(call, kind, { of: call.self, ...parts(call) });
const required: Native = (call) => build(call, "nonoptional", { of: call.self });

/** Another shape in the receiver's objects; what it was told besides stays. */
const reshape = (call: NativeCall, change: (shape: Value, where: string) => Value): Value =>
  revisedWithin(call.m, call.self, at(call), (o) => ({ shape: change(part(o, "shape"), at(call, "shape")) }));

function masked(call: NativeCall, keep: (named: boolean) => boolean): Value {
  const names = maskNames(call.m, first(call), call.site);
  if (names === undefined) return call.self;
  return reshape(call, (shape, where) => mapShape(call.m, shape, where, (name, v) => (keep(names.has(name)) ? v : undefined)));
}

const mode = (call: NativeCall, name: Mode): Value => revisedWithin(call.m, call.self, at(call), () => ({ mode: ofConst(name) }));

/** `noUnknown()` strips, as casting comes before the test; `noUnknown(false)` keeps. */
const noUnknown: Native = (call) => mode(call, hasArg(call.args, 0) && (first(call).kinds & K.False) !== 0 ? "pass" : "strip");

/** `transform(fn)`: of an object, before its fields are cast. */
const transform: Native = (call) => {
  const given = first(call);
  const fn = nativeValue(call.m, call.site, "transform", (inner) => callWith(inner.m, given, [first(inner), first(inner)], inner.site));
  return build(call, objectSchemas(call.m, call.self).length > 0 ? "preprocess" : "transform", { of: call.self, fn });
};

/** `when(key, { is, then, otherwise })`: any of the schemas that it may become. */
const when: Native = (call) => {
  const { m, site } = call;
  const by = arg(call.args, 1);
  const branches = objectsOf(m.heap, by).some((o) => o.kind === "object")
    ? ["then", "otherwise"]
        .map((name) => option(call, by, name))
        .map((fn) => (fn.refs.length > 0 ? callWith(m, fn, [call.self], site) : call.self))
    : [callWith(m, by, [arrayOf(m, [], at(call, "values")), call.self], site)];
  return branches.reduce(join, call.self);
};

const concat: Native = (call) => {
  const others = objectSchemas(call.m, first(call));
  if (others.length === 0) return build(call, "pipe", { of: call.self, other: first(call) });
  return others.reduce(
    (v, o) => reshape({ ...call, self: v }, (shape, where) => extended(call.m, shape, part(o, "shape"), where)),
    call.self,
  );
};

// ------------------------------------------------------------------------------------------------ parsing

/** `stripUnknown` of the options goes to all objects. */
function unknownKeys(given: Value): { readonly unknownKeys?: Mode } {
  if ((given.kinds & K.False) !== 0) return { unknownKeys: "pass" };
  return (given.kinds & K.True) !== 0 ? { unknownKeys: "strip" } : {};
}

const run = (call: NativeCall): Outcome =>
  outcome(call, call.self, first(call), unknownKeys(option(call, arg(call.args, 1), "stripUnknown")));

/** The whole value as it was cast, and in `params` and `inner` what of it was rejected, which messages spell out. */
function failure(call: NativeCall, r: Outcome): Value {
  const { m } = call;
  const error = make(m, "error", at(call, "error"));
  const text = spelling(call, labelsIn(m, [r.rejected]));
  setSlot(m.heap, error, S.proto, ofRef(external(m, LIB, ["ValidationError", "prototype"]).id));
  joinSlot(m.heap, error, "message", text);
  setSlot(m.heap, error, "errors", listOf(m, text, at(call, "errors")));
  setSlot(m.heap, error, "value", join(r.rejected, isBottom(r.value) ? r.input : r.value));
  setSlot(m.heap, error, "path", ANY_STRING);
  setSlot(m.heap, error, "params", record(m, { value: r.rejected, originalValue: r.rejected, path: ANY_STRING }, at(call, "params")));
  const one = record(m, { value: r.rejected, message: text, path: ANY_STRING }, at(call, "one"));
  setSlot(m.heap, error, "inner", listOf(m, one, at(call, "inner")));
  return ofRef(error.id);
}

const now: Native = (call) => {
  const r = run(call);
  if (!call.m.alive || r.fails === "no") return call.m.alive ? r.value : BOTTOM;
  if (r.fails === "maybe") maybeThrow(call.m, failure(call, r));
  else throwValue(call.m, failure(call, r));
  return r.fails === "maybe" ? r.value : BOTTOM;
};

const later: Native = (call) => {
  const r = run(call);
  if (!call.m.alive) return BOTTOM;
  const promise = promised(call, r.value);
  if (r.fails !== "no") rejectAll(call.m, promise, failure(call, r));
  return promise;
};

const fits = (call: NativeCall): Value => {
  const { fails } = run(call);
  return fails === "no" ? TRUE : fails === "yes" ? FALSE : join(TRUE, FALSE);
};

const METHODS: NativeTable = {
  ...alike(
    "min max length matches email url uuid datetime lowercase uppercase lessThan moreThan positive negative integer oneOf equals notOneOf ensure exact".split(
      " ",
    ),
    wrap("check"),
  ),
  ...alike(["trim", "truncate", "round", "camelCase", "snakeCase", "constantCase"], wrap("rewrite")),
  ...alike(["label", "meta", "clone", "strict", "typeError", "nonNullable", "isType", "json", "compact"], same),
  ...alike(["required", "defined", "nonNullish"], required),
  ...alike(["optional", "notRequired"], wrap("optional")),
  nullable: wrap("nullable"),
  nullish: (call) => build(call, "optional", { of: build(call, "nullable", { of: call.self }, "null") }),
  default: wrap("default", (call) => ({ value: first(call) })),
  strip: (call) => build(call, "catch", { of: build(call, "never", {}, "none"), value: UNDEFINED }),
  test: wrap("refine", (call) => {
    const fn = lastCallback(call.m, call.args) ?? option(call, first(call), "test");
    return isBottom(fn) || fn.refs.length === 0 ? {} : { fn };
  }),
  transform,
  when,
  concat,
  of: (call) => field(call, build(call, "array", { of: first(call) })),
  shape: (call) => reshape(call, (shape, where) => extended(call.m, shape, first(call), where)),
  pick: (call) => masked(call, (named) => named),
  omit: (call) => masked(call, (named) => !named),
  ...alike(["partial", "deepPartial"], (call) =>
    reshape(call, (shape, where) =>
      mapShape(call.m, shape, where, (name, v) => (v.refs.length === 0 ? v : build(call, "optional", { of: v }, name))),
    ),
  ),
  noUnknown,
  stripUnknown: (call) => mode(call, "strip"),
  unknown: (call) => mode(call, hasArg(call.args, 0) && (first(call).kinds & K.False) !== 0 ? "strip" : "pass"),
  validate: later,
  validateSync: now,
  cast: now,
  // Guards: the value stays as it is.
  isValid: (call) => promised(call, fits(call)),
  isValidSync: fits,
};

function match(_module: string, full: readonly string[]): Native | undefined {
  const path = full[0] === "default" || full[0] === "yup" ? full.slice(1) : full;
  const name = path.at(-1);
  if (name === undefined) return undefined;
  if (path.length === 1) return under(FACTORIES, name);
  // A method of a schema of ours, or of something that is only typed as a schema: that lets all through.
  const method = path[0] === "ValidationError" ? undefined : under(METHODS, name);
  if (method === undefined) return undefined;
  return (call) => method(objectsOf(call.m.heap, call.self).some(isSchema) ? call : { ...call, self: build(call, "any", {}, "any") });
}

/** yup. */
export const yup: NativeModule = { modules: ["yup"], natives: {}, match };
