/**
 * zod, all versions and `zod/mini`: the functions of `z` that make schemas, and what schemas do.
 *
 * https://zod.dev/api. `z.object` strips what it does not name; v4's `looseObject` and `.loose()` are v3's `passthrough`.
 */
import { joinSlot, objectsOf, S, setSlot } from "../domain/heap.js";
import { ANY_STRING, BOTTOM, exact, ofConst, ofRef, UNDEFINED, type Value } from "../domain/value.js";
import { arg, hasArg } from "../machine/call.js";
import { external } from "../machine/external.js";
import { make, type Native, type NativeCall } from "../machine/machine.js";
import { unknown } from "../machine/unknown.js";
import type { NativeModule } from "./index.js";
import { argItems } from "./items.js";
import { isSchema, schema, type Parts, type SchemaKind } from "./schema/schema.js";
import { at, record, slotOf, under } from "./support.js";
import { METHODS, PLAIN_CHECKS } from "./zod-methods.js";

const STRINGS = [
  "email",
  "url",
  "httpUrl",
  "uuid",
  "uuidv4",
  "uuidv6",
  "uuidv7",
  "guid",
  "ulid",
  "xid",
  "ksuid",
  "cuid",
  "cuid2",
  "nanoid",
  "emoji",
  "base64",
  "base64url",
  "jwt",
  "ipv4",
  "ipv6",
  "cidrv4",
  "cidrv6",
  "e164",
  "hostname",
  "hex",
  "hash",
  "date",
  "time",
  "datetime",
  "duration",
  "templateLiteral",
  "stringFormat",
  "mac",
];
const NUMBERS = ["int", "int32", "uint32", "float32", "float64", "nan"];

function build(call: NativeCall, kind: SchemaKind, parts: Parts = {}): Value {
  const v = schema(call.m, "zod", at(call), kind, parts);
  for (const obj of objectsOf(call.m.heap, v)) {
    if (kind === "array" && parts.of !== undefined) setSlot(call.m.heap, obj, "element", parts.of);
    if (kind === "enum" && parts.value !== undefined)
      for (const name of ["enum", "Enum", "Values", "options"])
        setSlot(call.m.heap, obj, name, name === "options" ? parts.value : enumObject(call, parts.value));
    if (kind === "literal" && parts.value !== undefined) setSlot(call.m.heap, obj, "value", parts.value);
    if (kind === "union" && parts.list !== undefined) setSlot(call.m.heap, obj, "options", parts.list);
  }
  return v;
}

/** `Role.enum.admin`: each constant under its own name. */
function enumObject(call: NativeCall, given: Value): Value {
  const out: Record<string, Value> = {};
  for (const obj of objectsOf(call.m.heap, given))
    for (const [slot, v] of obj.props) {
      if (slot.charCodeAt(0) === 0) continue;
      const c = exact(v);
      if (obj.kind !== "array") out[slot] = v;
      else if (c !== undefined) out[String(c)] = v;
    }
  return record(call.m, out, at(call, "enum"));
}

/** A schema with doubt: formats, checks. */
const checked = (call: NativeCall, kind: SchemaKind): Value =>
  schema(call.m, "zod", at(call), "check", { of: schema(call.m, "zod", at(call, "base"), kind) });

const simple =
  (kind: SchemaKind): Native =>
  (call) =>
    build(call, kind);
const object =
  (mode: string): Native =>
  (call) => {
    const shape = hasArg(call.args, 0) ? arg(call.args, 0) : ofRef(make(call.m, "object", at(call, "shape")).id);
    // v3 takes a function that gives the shape as well.
    return build(call, "object", { shape, mode: ofConst(mode) });
  };
/** `z.preprocess(fn, schema)`, `z.pipe(a, b)` …: parts by position. */
const parts =
  (kind: SchemaKind, ...names: (keyof Parts)[]): Native =>
  (call) =>
    build(call, kind, Object.fromEntries(names.flatMap((name, i) => (hasArg(call.args, i) ? [[name, arg(call.args, i)]] : []))));

const FACTORIES: Readonly<Record<string, Native>> = {
  string: simple("string"),
  number: simple("number"),
  boolean: simple("boolean"),
  bigint: simple("bigint"),
  int64: simple("bigint"),
  uint64: simple("bigint"),
  symbol: simple("symbol"),
  undefined: simple("undefined"),
  void: simple("undefined"),
  null: simple("null"),
  date: simple("date"),
  any: simple("any"),
  unknown: simple("any"),
  json: simple("any"),
  never: simple("never"),
  literal: parts("literal", "value"),
  enum: parts("enum", "value"),
  nativeEnum: parts("enum", "value"),
  object: object("strip"),
  interface: object("strip"),
  strictObject: object("strict"),
  looseObject: object("pass"),
  array: parts("array", "of"),
  tuple: parts("tuple", "list", "of"),
  map: parts("map", "other", "of"),
  set: parts("set", "of"),
  record: (call) =>
    hasArg(call.args, 1)
      ? build(call, "record", { other: arg(call.args, 0), of: arg(call.args, 1) })
      : build(call, "record", { of: arg(call.args, 0) }),
  partialRecord: parts("record", "other", "of"),
  looseRecord: parts("record", "other", "of"),
  union: parts("union", "list"),
  xor: parts("union", "list"),
  discriminatedUnion: (call) => build(call, "union", { list: arg(call.args, 1) }),
  intersection: parts("intersection", "of", "other"),
  optional: parts("optional", "of"),
  exactOptional: parts("optional", "of"),
  nullable: parts("nullable", "of"),
  nullish: (call) =>
    schema(call.m, "zod", at(call), "optional", {
      of: schema(call.m, "zod", at(call, "null"), "nullable", { of: arg(call.args, 0) }),
    }),
  nonoptional: parts("nonoptional", "of"),
  lazy: parts("lazy", "fn"),
  promise: parts("promise", "of"),
  pipe: parts("pipe", "of", "other"),
  preprocess: (call) => build(call, "preprocess", { fn: arg(call.args, 0), of: arg(call.args, 1) }),
  transform: (call) =>
    schema(call.m, "zod", at(call), "transform", { of: schema(call.m, "zod", at(call, "in"), "any"), fn: arg(call.args, 0) }),
  codec: (call) => {
    const both = objectsOf(call.m.heap, arg(call.args, 2));
    const decoded = schema(call.m, "zod", at(call, "decode"), "transform", { of: arg(call.args, 0), fn: slotOf(both, "decode") });
    const codec = schema(call.m, "zod", at(call), "pipe", { of: decoded, other: arg(call.args, 1) });
    for (const obj of objectsOf(call.m.heap, codec)) setSlot(call.m.heap, obj, "\0encode", slotOf(both, "encode"));
    return codec;
  },
  _default: (call) => build(call, "default", { of: arg(call.args, 0), value: arg(call.args, 1) }),
  prefault: (call) => build(call, "default", { of: arg(call.args, 0), value: arg(call.args, 1) }),
  catch: (call) => build(call, "catch", { of: arg(call.args, 0), value: arg(call.args, 1) }),
  custom: (call) => build(call, "custom", { fn: hasArg(call.args, 0) ? arg(call.args, 0) : BOTTOM }),
  instanceof: simple("custom"),
  file: simple("custom"),
  function: simple("any"),
  stringbool: (call) => schema(call.m, "zod", at(call), "check", { of: schema(call.m, "zod", at(call, "base"), "to-boolean") }),
};

const COERCIONS: Readonly<Record<string, SchemaKind>> = {
  string: "to-string",
  number: "to-number",
  bigint: "to-number",
  boolean: "to-boolean",
  date: "to-date",
};

/** Functions about schemas or errors whose result is text or data about the schema, not about a value. */
const ABOUT = new Set([
  "toJSONSchema",
  "treeifyError",
  "prettifyError",
  "formatError",
  "flattenError",
  "registry",
  "config",
  "locales",
  "getErrorMap",
  "setErrorMap",
  "globalRegistry",
  "describe",
  "meta",
]);

/** `import z`, `import * as z`, `import { z }`, `require("zod").z`. */
function stripped(path: readonly string[]): readonly string[] {
  let at = 0;
  while (at < path.length && (path[at] === "z" || path[at] === "default" || path[at] === "zod" || path[at] === "core")) at++;
  return path.slice(at);
}

const inert: Native = (call) => unknown(call.m, at(call, "zod"));

function match(_module: string, full: readonly string[]): Native | undefined {
  const path = stripped(full);
  const name = path.at(-1);
  if (name === undefined) return undefined;
  if (path[0] === "RefinementCtx") return name === "addIssue" ? () => UNDEFINED : inert;
  if (path[0] === "ZodError") return path.length === 1 ? newError : inert;
  if (path[0] === "coerce" && path.length === 2) return Object.hasOwn(COERCIONS, name) ? simple(COERCIONS[name]!) : undefined;
  if (path[0] === "iso" && path.length === 2) return (call) => checked(call, "string");
  if (path.length === 1) {
    const factory = under(FACTORIES, name);
    if (factory !== undefined) return factory;
    if (STRINGS.includes(name)) return (call) => checked(call, "string");
    if (NUMBERS.includes(name)) return (call) => checked(call, "number");
    if (ABOUT.has(name)) return inert;
    // mini: `z.parse(schema, v)`, `z.extend(schema, shape)`, and checks to be given to `.check(…)`.
    const method = under(METHODS, name);
    if (method !== undefined)
      return (call) => (takesSchema(call) ? method({ ...call, self: arg(call.args, 0), args: argItems(call.args, 1) }) : inert(call));
    return PLAIN_CHECKS.has(name) ? inert : undefined;
  }
  if (name === "create" && path[0]!.startsWith("Zod")) return FACTORIES[`${path[0]!.charAt(3).toLowerCase()}${path[0]!.slice(4)}`];
  // A method of a schema of ours (through its prototype), or of something that is only typed as a schema: that lets all through.
  const method = under(METHODS, name);
  if (method !== undefined) return (call) => method(isOurs(call) ? call : { ...call, self: schema(call.m, "zod", at(call, "any"), "any") });
  return path[0] === "ZodType" && path[1] === "prototype"
    ? (call) => (PLAIN_CHECKS.has(name) ? METHODS["min"]!(call) : inert(call))
    : undefined;
}

const isOurs = (call: NativeCall): boolean => objectsOf(call.m.heap, call.self).some(isSchema);
const takesSchema = (call: NativeCall): boolean => objectsOf(call.m.heap, arg(call.args, 0)).some(isSchema);

const newError: Native = (call) => {
  const error = make(call.m, "error", call.site);
  setSlot(call.m.heap, error, S.proto, ofRef(external(call.m, "zod", ["ZodError", "prototype"]).id));
  setSlot(call.m.heap, error, "issues", hasArg(call.args, 0) ? arg(call.args, 0) : UNDEFINED);
  joinSlot(call.m.heap, error, "message", ANY_STRING);
  return ofRef(error.id);
};

/** zod in all its entry points. */
export const zod: NativeModule = {
  modules: ["zod", "zod/v4", "zod/v3", "zod/mini", "zod/v4-mini", "zod/v4/core", "@zod/mini"],
  natives: {},
  match,
};
