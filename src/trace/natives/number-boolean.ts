/** Numbers, booleans and big integers: conversions keep what they spell out, tests do not. */
import { flipped } from "../domain/about.js";
import { joinLabels, type Labels } from "../domain/labels.js";
import {
  ANY_BOOLEAN,
  BOTTOM,
  exact,
  isBottom,
  join,
  K,
  numberOf,
  ofConst,
  ofKinds,
  stringOf,
  truthiness,
  type Const,
  type Value,
  withAbout,
} from "../domain/value.js";
import { arg, hasArg } from "../machine/call.js";
import { allLabels } from "../machine/deep.js";
import type { Native, NativeCall } from "../machine/machine.js";
import { numberOfAnswer } from "../machine/answers.js";
import { spelled } from "../machine/convert.js";
import type { NativeModule, NativeTable } from "./index.js";
import { methods, stepped } from "./support.js";

const labelsOf = (call: NativeCall, v: Value): Labels => joinLabels(v.labels, allLabels(call.m, v));

/** The constants converted one by one; undefined when there is something else. */
function converted(v: Value, to: (c: Const) => Const | undefined): Value | undefined {
  if (v.kinds !== 0 || v.refs.length > 0 || v.labels.length > 0 || v.consts.length === 0) return undefined;
  let out: Value = BOTTOM;
  for (const c of v.consts) {
    const r = to(c);
    if (r === undefined) return undefined;
    out = join(out, ofConst(r));
  }
  return out;
}

/** `Number(v)`. */
const toNumber: Native = (call) => {
  if (!hasArg(call.args, 0)) return ofConst(0);
  const v = arg(call.args, 0);
  const answer = numberOfAnswer(v);
  if (answer !== undefined) return answer;
  return converted(v, Number) ?? stepped(call, numberOf(spelled(call.m, v, call.site, "number")));
};

const parsed =
  (parse: (text: string, radix?: number) => number): Native =>
  (call) => {
    const v = arg(call.args, 0);
    const radix = exact(arg(call.args, 1));
    return (
      converted(v, (c) => parse(String(c), typeof radix === "number" ? radix : undefined)) ?? stepped(call, numberOf(labelsOf(call, v)))
    );
  };

/** `Boolean(v)`. */
const toBoolean: Native = (call) => {
  const v = arg(call.args, 0);
  const t = truthiness(v);
  return withAbout(t.yes && t.no ? ANY_BOOLEAN : isBottom(v) ? BOTTOM : ofConst(t.yes), flipped(flipped(v.about)));
};

/** The receiver as text. */
const text =
  (format: (n: number, arg: number | undefined) => string | undefined): Native =>
  (call) => {
    const given = exact(arg(call.args, 0));
    const option = typeof given === "number" ? given : undefined;
    const fixed = !hasArg(call.args, 0) || option !== undefined;
    return (
      (fixed ? converted(call.self, (c) => (typeof c === "number" ? format(c, option) : undefined)) : undefined) ??
      stepped(call, stringOf(call.self.labels))
    );
  };

const inRange = (n: number, make: () => string): string | undefined => (n >= 0 && n <= 100 ? make() : undefined);

const test =
  (of: (c: Const) => boolean): Native =>
  (call) => {
    const c = exact(arg(call.args, 0));
    return c === undefined ? ANY_BOOLEAN : ofConst(of(c));
  };

const numberMethods = {
  toString: text((n, radix) => (radix === undefined || (radix >= 2 && radix <= 36) ? n.toString(radix) : undefined)),
  toFixed: text((n, digits = 0) => inRange(digits, () => n.toFixed(digits))),
  toPrecision: text((n, digits) => (digits === undefined ? String(n) : digits >= 1 && digits <= 100 ? n.toPrecision(digits) : undefined)),
  toExponential: text((n, digits = 0) => inRange(digits, () => n.toExponential(digits))),
  toLocaleString: text(() => undefined),
  valueOf: (call: NativeCall): Value => call.self,
} satisfies NativeTable;

/** `BigInt(v)`, and cutting one to a width. */
const toBig =
  (at: number): Native =>
  (call) =>
    stepped(call, ofKinds(K.Big, labelsOf(call, arg(call.args, at))));

const parseInteger = parsed((s, radix) => Number.parseInt(s, radix));
const parseDecimal = parsed((s) => Number.parseFloat(s));

export const numbers: NativeModule = {
  modules: ["global"],
  natives: {
    ...methods("Number", numberMethods),
    ...methods("BigInt", {
      toString: numberMethods.toString,
      toLocaleString: numberMethods.toLocaleString,
      valueOf: numberMethods.valueOf,
    }),
    Number: toNumber,
    parseInt: parseInteger,
    parseFloat: parseDecimal,
    isNaN: test((c) => Number.isNaN(Number(c))),
    isFinite: test((c) => Number.isFinite(Number(c))),
    "Number.parseInt": parseInteger,
    "Number.parseFloat": parseDecimal,
    "Number.isNaN": test((c) => Number.isNaN(c)),
    "Number.isFinite": test((c) => Number.isFinite(c)),
    "Number.isInteger": test((c) => Number.isInteger(c)),
    "Number.isSafeInteger": test((c) => Number.isSafeInteger(c)),
    Boolean: toBoolean,
    "Boolean.prototype.valueOf": (call) => call.self,
    "Boolean.prototype.toString": (call) => stringOf(call.self.labels),
    BigInt: toBig(0),
    "BigInt.asIntN": toBig(1),
    "BigInt.asUintN": toBig(1),
  },
};
