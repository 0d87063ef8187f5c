/** What a check has answered, made a number or a text: `Number(may) === 1`, `String(may) === "true"`. */
import { about, NO_CASES, union } from "../domain/about.js";
import { BOTTOM, join, K, ofConst, withAbout, type Const, type Value } from "../domain/value.js";
import { isAnswer } from "./gates.js";

/** True or false, of whom something is known by it; undefined for anything else. */
function either(v: Value, yes: Const, no: Const): Value | undefined {
  if (!isAnswer(v) || v.consts.length > 0 || (v.kinds & ~(K.True | K.False)) !== 0) return undefined;
  const sides = [...((v.kinds & K.True) === 0 ? [] : [yes]), ...((v.kinds & K.False) === 0 ? [] : [no])];
  return sides.map((side) => ofConst(side)).reduce(join, BOTTOM);
}

/** One or zero, which is as truthy as the answer. */
export function numberOfAnswer(v: Value): Value | undefined {
  const out = either(v, 1, 0);
  return out && withAbout(out, v.about && about("", v.about.held, v.about.yes, v.about.no));
}

/** Both texts are truthy: which of them it is says it. */
export function textOfAnswer(v: Value): Value | undefined {
  const out = either(v, "true", "false");
  const of = v.about;
  if (out === undefined || of === null) return out;
  const cases = [
    { value: "true", isObject: false, held: union(of.held, of.yes) },
    { value: "false", isObject: false, held: union(of.held, of.no) },
  ].filter(({ value }) => out.consts.includes(value));
  return withAbout(out, about("", of.held, undefined, undefined, cases.length === 0 ? NO_CASES : cases));
}
