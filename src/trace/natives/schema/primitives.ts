/** Schemas of primitives: which part of a value they let through. */
import { objectsOf, type ObjectKind } from "../../domain/heap.js";
import { NO_LABELS } from "../../domain/labels.js";
import { ANY_BOOLEAN, BOTTOM, blurred, exact, hasPrimitive, isBottom, join, K, numberOf, ofConst, ofKinds, refPart, stringOf, UNDEFINED, withConsts, withLabels, type Const, type Value } from "../../domain/value.js";
import { callObject } from "../../machine/call.js";
import { allLabels } from "../../machine/deep.js";
import { globalObject } from "../../machine/external.js";
import { FAILED, passed, perhaps, type Parsed, type Parsing } from "./parse.js";

const KINDS = {
  string: K.String,
  number: K.Number,
  boolean: K.True | K.False,
  bigint: K.Big,
  symbol: K.Symbol,
  undefined: K.Undefined | K.Absent,
  null: K.Null,
} as const;

/** Objects that may turn out to be a primitive: text with structure is a string, externals can be anything. */
const MAY_BE: Readonly<Record<keyof typeof KINDS, readonly ObjectKind[]>> = {
  string: ["text"],
  number: [],
  boolean: [],
  bigint: [],
  symbol: ["native"],
  undefined: [],
  null: [],
};

/** The part of a value that is of a primitive kind; fails as far as there is another one. */
export function acceptKinds(p: Parsing, kind: keyof typeof KINDS, input: Value): Parsed {
  const kinds = input.kinds & KINDS[kind];
  const consts = input.consts.filter((c) => typeof c === kind);
  const objects = objectsOf(p.m.heap, input);
  const refs = objects.filter((o) => MAY_BE[kind].includes(o.kind)).map((o) => o.id);
  const primitive = kinds !== 0 || consts.length > 0;
  let value: Value = { ...withConsts(input, kinds, consts), labels: primitive ? input.labels : NO_LABELS, refs };
  const open = objects.some((o) => o.kind === "external");
  if (open && kind !== "undefined" && kind !== "null") value = join(value, ofKinds(KINDS[kind]));
  if (isBottom(value)) return FAILED;
  const all = (input.kinds & ~KINDS[kind]) === 0 && consts.length === input.consts.length && refs.length === objects.length;
  // Checks on a string's form (`email()`, `min(1)`) come as `check` around this.
  return all ? passed(value) : perhaps(value);
}

/** Dates are objects; what else comes is let through, with doubt. */
export function parseDate(p: Parsing, input: Value): Parsed {
  const objects = objectsOf(p.m.heap, input).filter((o) => o.kind !== "array" && o.kind !== "function" && o.kind !== "map" && o.kind !== "set");
  if (objects.length === 0) return FAILED;
  const labels = objects.some((o) => o.kind === "unknown") ? input.labels : NO_LABELS;
  return perhaps({ ...refPart(input), labels, refs: objects.map((o) => o.id).sort((a, b) => a - b) });
}

const open = (v: Value, c: Const): boolean => (v.kinds & (typeof c === "string" ? K.String : K.Number)) !== 0;

/** Constants of a schema: `"a"`, `["a", "b"]`, an enum object. */
function constants(p: Parsing, given: Value): { readonly values: readonly Value[]; readonly known: boolean } {
  const values: Value[] = [];
  let known = true;
  const add = (v: Value): void => {
    if (exact(v) !== undefined || (v.consts.length === 0 && v.refs.length === 0 && v.kinds !== 0)) values.push(withLabels(v, NO_LABELS));
    else if (v.consts.length > 0 && v.refs.length === 0) for (const c of v.consts) values.push(ofConst(c));
    else known = false;
    if ((v.kinds & (K.String | K.Number)) !== 0) known = false;
  };
  if (hasPrimitive(given)) add({ ...given, refs: [] });
  for (const obj of objectsOf(p.m.heap, given)) {
    if (obj.kind === "unknown" || obj.kind === "external") known = false;
    for (const [slot, v] of obj.props) {
      if (slot === "\0rest") known = false;
      if (slot.charCodeAt(0) !== 0) add(v);
    }
  }
  return { values, known: known && values.length > 0 };
}

function match(input: Value, values: readonly Value[]): { readonly value: Value; readonly certain: boolean } {
  let value: Value = BOTTOM;
  let certain = false;
  const one = exact(input);
  for (const v of values) {
    const c = exact(v);
    if (c === undefined) {
      const kinds = v.kinds & input.kinds;
      if (kinds === 0) continue;
      value = join(value, ofKinds(kinds));
      if (input.kinds === kinds && input.consts.length === 0 && input.refs.length === 0) certain = true;
    } else if (input.consts.includes(c) || open(input, c)) {
      value = join(value, ofConst(c));
      if (one === c) certain = true;
    }
  }
  return { value, certain };
}

/** One constant: whoever reads it learns nothing about the value. Several spell out which it was. */
export function parseLiteral(p: Parsing, given: Value, input: Value): Parsed {
  const { values, known } = constants(p, given);
  if (!known || objectsOf(p.m.heap, input).some((o) => o.kind === "external")) return perhaps(known ? values.reduce(join) : input);
  const { value, certain } = match(input, values);
  if (isBottom(value)) return FAILED;
  const out = values.length > 1 ? withLabels(value, input.labels) : value;
  return certain ? passed(out) : perhaps(out);
}

export function parseEnum(p: Parsing, given: Value, input: Value): Parsed {
  const { values, known } = constants(p, given);
  if (!known || objectsOf(p.m.heap, input).some((o) => o.kind === "external")) return perhaps(known ? values.reduce(join) : input);
  const { value, certain } = match(input, values);
  if (isBottom(value)) return FAILED;
  const out = withLabels(value, input.labels);
  return certain ? passed(out) : perhaps(out);
}

/** A string that is no longer letter by letter what it was: trimmed, lower case. */
export const rewritten = (v: Value): Value => (v.consts.length === 0 ? v : blurred(v));

/** `String(v)`: objects give no content unless they say how. */
export function coerceString(p: Parsing, input: Value): Value {
  const c = exact(input);
  if (c !== undefined && input.labels.length === 0) return ofConst(String(c));
  const spelled = objectsOf(p.m.heap, input).filter((o) => o.kind !== "object" && o.kind !== "function" && o.kind !== "map" && o.kind !== "set");
  const texts = spelled.filter((o) => o.kind === "text");
  const out = stringOf(allLabels(p.m, { ...input, refs: spelled.map((o) => o.id) }));
  return texts.length > 0 ? { ...out, refs: texts.map((o) => o.id) } : out;
}

export const coerceNumber = (p: Parsing, input: Value): Value => {
  const c = exact(input);
  return typeof c === "number" ? input : numberOf(allLabels(p.m, input));
};

/** Only what was a boolean is still spelled out by one; of the rest it tells no more than whether it was there. */
export const coerceBoolean = (input: Value): Value => ((input.kinds & ~(K.True | K.False)) === 0 && input.consts.length === 0 && input.refs.length === 0 ? input : ANY_BOOLEAN);

/** `new Date(v)`, as the global constructor models it. */
export const coerceDate = (p: Parsing, input: Value): Value => callObject(p.m, globalObject(p.m, "Date"), UNDEFINED, { list: [input], rest: null }, p.site, true);
