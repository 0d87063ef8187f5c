/** Methods of zod's schemas: deriving schemas, and parsing. */
import { objectsOf, S, setSlot } from "../domain/heap.js";
import { ANY_STRING, BOTTOM, isBottom, join, ofConst, ofRef, TRUE, FALSE, UNDEFINED, type Value } from "../domain/value.js";
import { allArgs, arg, callValue, hasArg } from "../machine/call.js";
import { external } from "../machine/external.js";
import { hop, make, type Native, type NativeCall } from "../machine/machine.js";
import { maybeThrow } from "../machine/promise.js";
import { throwValue } from "../machine/throw.js";
import { unknown } from "../machine/unknown.js";
import { parse, type Parsed } from "./schema/parse.js";
import { kindsOf, mapShape, objectSchemas, P, part, revised, schema, type Parts, type SchemaKind } from "./schema/schema.js";
import { extended, maskedShape, reshaped, wrappedShape } from "./schema/shapes.js";
import { promised, rejectAll } from "./settle.js";
import { alike, arrayOf, at, listOf, record } from "./support.js";

const LIB = "zod";
const wrap =
  (kind: SchemaKind, parts: (call: NativeCall) => Parts = () => ({})): Native =>
  (call) =>
    schema(call.m, LIB, at(call), kind, { of: call.self, ...parts(call) });
const same: Native = (call) => call.self;
const first = (call: NativeCall): Value => arg(call.args, 0);
const mode =
  (name: string): Native =>
  (call) =>
    revised(call.m, call.self, at(call), () => ({ mode: ofConst(name) }));

/** `.min(3)`, `.email()`, `.positive()` …: the value stays, the parse may fail. */
export const PLAIN_CHECKS: ReadonlySet<string> = new Set(
  "min max length nonempty size email url uuid uuidv4 uuidv6 uuidv7 guid ulid cuid cuid2 nanoid emoji base64 base64url jwt ip ipv4 ipv6 cidr cidrv4 cidrv6 e164 regex includes startsWith endsWith date datetime time duration uppercase lowercase int gt gte lt lte positive negative nonnegative nonpositive finite safe multipleOf step mime minLength maxLength minSize maxSize minimum maximum property".split(
    " ",
  ),
);

const reshape = (call: NativeCall, change: (shape: Value, where: string) => Value): Value => reshaped(call, call.self, change);
const masked = (call: NativeCall, keep: (named: boolean) => boolean): Value => maskedShape(call, call.self, first(call), keep);
const wrapAll = (call: NativeCall, kind: SchemaKind): Value =>
  wrappedShape(call, LIB, call.self, kind, hasArg(call.args, 0) ? first(call) : undefined);

/** All levels optional: only the receiver's own objects and those directly within. */
function deepPartial(call: NativeCall, by: Value, where: string, depth: number): Value {
  let out: Value = BOTTOM;
  for (const obj of objectsOf(call.m.heap, by)) {
    const kinds = kindsOf(obj);
    if (depth > 8 || !kinds.some((k) => k === "object" || k === "array" || k === "optional" || k === "nullable"))
      out = join(out, ofRef(obj.id));
    else if (kinds.includes("object")) {
      const shape = mapShape(call.m, part(obj, "shape"), `${where}:shape`, (name, v) =>
        v.refs.length === 0
          ? v
          : schema(call.m, LIB, `${where}.${name}?`, "optional", { of: deepPartial(call, v, `${where}.${name}`, depth + 1) }),
      );
      out = join(
        out,
        revised(call.m, ofRef(obj.id), where, () => ({ shape })),
      );
    } else
      out = join(
        out,
        revised(call.m, ofRef(obj.id), where, (o) => ({ of: deepPartial(call, part(o, "of"), `${where}[]`, depth + 1) })),
      );
  }
  return out;
}

/** The inner schemas of wrappers: `unwrap()`, `element`, `removeDefault()`. */
function inner(call: NativeCall): Value {
  let out: Value = BOTTOM;
  for (const obj of objectsOf(call.m.heap, call.self)) out = join(out, obj.props.get(P.of) ?? ofRef(obj.id));
  return out;
}

// ------------------------------------------------------------------------------------------------ parsing

function run(call: NativeCall): Parsed {
  const { m, site } = call;
  const r = parse({ m, site, active: new Map() }, call.self, first(call), at(call, "parsed"));
  return { value: hop(m, r.value, "library", site), fails: r.fails };
}

/** What a failed parse gives: which rules were broken, not by what. */
function zodError(call: NativeCall): Value {
  const { m } = call;
  const error = make(m, "error", at(call, "error"));
  setSlot(m.heap, error, S.proto, ofRef(external(m, LIB, ["ZodError", "prototype"]).id));
  setSlot(m.heap, error, "message", ANY_STRING);
  const issue = record(m, { message: ANY_STRING, code: ANY_STRING, path: unknown(m, at(call, "path")) }, at(call, "issue"));
  const issues = listOf(m, issue, at(call, "issues"));
  setSlot(m.heap, error, "issues", issues);
  setSlot(m.heap, error, "errors", issues);
  return ofRef(error.id);
}

const parseNow: Native = (call) => {
  const r = run(call);
  if (!call.m.alive) return BOTTOM;
  if (r.fails === "yes") {
    throwValue(call.m, zodError(call));
    return BOTTOM;
  }
  if (r.fails === "maybe") maybeThrow(call.m, zodError(call));
  return r.value;
};

const safe = (call: NativeCall): Value => {
  const r = run(call);
  const good = (): Value => record(call.m, { success: TRUE, data: r.value, error: UNDEFINED }, at(call, "good"));
  const bad = (): Value => record(call.m, { success: FALSE, error: zodError(call), data: UNDEFINED }, at(call, "bad"));
  return r.fails === "no" ? good() : r.fails === "yes" ? bad() : join(good(), bad());
};

const parseLater: Native = (call) => {
  const r = run(call);
  if (!call.m.alive) return BOTTOM;
  const promise = promised(call, r.value);
  if (r.fails !== "no") rejectAll(call.m, promise, zodError(call));
  return promise;
};
const safeLater: Native = (call) => {
  const v = safe(call);
  return call.m.alive ? promised(call, v) : BOTTOM;
};

/** `encode` turns a codec around; of other schemas it lets the value through as `parse` does. */
const encode: Native = (call) => {
  let out: Value = BOTTOM;
  for (const obj of objectsOf(call.m.heap, call.self)) {
    const fn = obj.props.get("\0encode");
    out = join(
      out,
      fn === undefined
        ? run({ ...call, self: ofRef(obj.id) }).value
        : callValue(call.m, fn, UNDEFINED, { list: [first(call)], rest: null }, call.site),
    );
  }
  return out;
};

/** Methods by name; also the functions of `zod/mini`, which take the schema first. */
export const METHODS: Readonly<Record<string, Native>> = {
  ...alike([...PLAIN_CHECKS], wrap("check")),
  ...alike(["trim", "toLowerCase", "toUpperCase", "normalize", "slugify"], wrap("rewrite")),
  ...alike(["describe", "brand", "readonly", "meta", "register", "clone", "openapi", "setErrorMap", "with"], same),
  parse: parseNow,
  decode: parseNow,
  safeParse: safe,
  safeDecode: safe,
  parseAsync: parseLater,
  decodeAsync: parseLater,
  safeParseAsync: safeLater,
  spa: safeLater,
  encode,
  assert: parseNow,
  optional: wrap("optional"),
  exactOptional: wrap("optional"),
  nonoptional: wrap("nonoptional"),
  nullable: wrap("nullable"),
  nullish: (call) =>
    schema(call.m, LIB, at(call), "optional", { of: schema(call.m, LIB, at(call, "null"), "nullable", { of: call.self }) }),
  ...alike(
    ["default", "_default", "prefault"],
    wrap("default", (call) => ({ value: first(call) })),
  ),
  catch: wrap("catch", (call) => ({ value: first(call) })),
  array: wrap("array"),
  promise: wrap("promise"),
  or: (call) => schema(call.m, LIB, at(call), "union", { list: arrayOf(call.m, [call.self, first(call)], at(call, "or")) }),
  and: wrap("intersection", (call) => ({ other: first(call) })),
  ...alike(
    ["transform", "overwrite"],
    wrap("transform", (call) => ({ fn: first(call) })),
  ),
  ...alike(
    ["refine", "refinement", "superRefine"],
    wrap("refine", (call) => ({ fn: first(call) })),
  ),
  check: wrap("check", (call) => ({
    list: arrayOf(
      call.m,
      allArgs(call.args).filter((v) => objectsOf(call.m.heap, v).some((o) => o.kind === "function")),
      at(call, "checks"),
    ),
  })),
  pipe: wrap("pipe", (call) => ({ other: first(call) })),
  strict: mode("strict"),
  strip: mode("strip"),
  passthrough: mode("pass"),
  loose: mode("pass"),
  nonstrict: mode("pass"),
  catchall: (call) => revised(call.m, call.self, at(call), () => ({ mode: ofConst("catchall"), other: first(call) })),
  pick: (call) => masked(call, (named) => named),
  omit: (call) => masked(call, (named) => !named),
  ...alike(["extend", "safeExtend", "augment"], (call) => reshape(call, (shape, where) => extended(call.m, shape, first(call), where))),
  setKey: (call) => reshape(call, (shape, where) => extended(call.m, shape, keyed(call), where)),
  merge: (call) => {
    const others = objectSchemas(call.m, first(call));
    const merged = reshape(call, (shape, where) =>
      others.reduce((s, o, i) => extended(call.m, s, part(o, "shape"), `${where}${i}`), shape),
    );
    // The merged schema treats unknown keys as the second one does.
    return others.length === 0
      ? merged
      : revised(call.m, merged, at(call, "mode"), () => ({
          mode: others.reduce((v: Value, o) => join(v, part(o, "mode")), BOTTOM),
          other: others.reduce((v: Value, o) => join(v, part(o, "other")), BOTTOM),
        }));
  },
  partial: (call) => wrapAll(call, "optional"),
  required: (call) => wrapAll(call, "nonoptional"),
  deepPartial: (call) => deepPartial(call, call.self, at(call), 0),
  keyof: (call) => {
    let out: Value = BOTTOM;
    for (const obj of objectSchemas(call.m, call.self))
      for (const shape of objectsOf(call.m.heap, part(obj, "shape")))
        for (const slot of shape.props.keys()) if (slot.charCodeAt(0) !== 0) out = join(out, ofConst(slot));
    return schema(call.m, LIB, at(call), "enum", { value: isBottom(out) ? ANY_STRING : out });
  },
  rest: (call) => revised(call.m, call.self, at(call), () => ({ of: first(call) })),
  exclude: same,
  extract: same,
  unwrap: inner,
  innerType: inner,
  sourceType: inner,
  removeDefault: inner,
  removeCatch: inner,
  isOptional: () => join(TRUE, FALSE),
  isNullable: () => join(TRUE, FALSE),
};

function keyed(call: NativeCall): Value {
  const name = first(call).consts[0];
  return name === undefined ? BOTTOM : record(call.m, { [String(name)]: arg(call.args, 1) }, at(call, "key"));
}
