/** Regular expressions: a test tells nothing, a match spells out parts of the text. */
import { ANY_BOOLEAN, BOTTOM, join, NULL, ofConst, type Value } from "../domain/value.js";
import { hasArg } from "../machine/call.js";
import type { Native, NativeCall } from "../machine/machine.js";
import { getNamed } from "../machine/props.js";
import type { NativeModule } from "./index.js";
import { searched } from "./last-match.js";
import { telling } from "./fold.js";
import { anyMatch, exactMatch, newPattern, patternOf } from "./pattern.js";
import { argOf, asText, methods, spelling, stepped } from "./support.js";
import { literalOf, tellOf } from "./text-holes.js";
import { stringLabels, stringsOf } from "./text.js";

const subject = (call: NativeCall): Value => asText(call.m, argOf(call, 0), call.site);

/** Expressions with a place to go on from depend on earlier calls. */
const stateful = (re: RegExp): boolean => re.global || re.sticky;

const exec: Native = (call) => {
  const { m, site } = call;
  const re = patternOf(m, call.self);
  const s = stringsOf(m, subject(call));
  let out: Value = BOTTOM;
  const open = s.open || s.texts.length > 0 || s.labels.length > 0;
  if (!open && re !== undefined && !stateful(re)) for (const c of s.consts) out = join(out, exactMatch(m, re, c, site) ?? NULL);
  else {
    const labels = stringLabels(m, s);
    const match = join(anyMatch(m, re, labels.length === 0 ? labels : spelling(call, labels).labels, site), NULL);
    searched(call, labels);
    out = match;
  }
  return out;
};

const test: Native = (call) => {
  const re = patternOf(call.m, call.self);
  const s = stringsOf(call.m, subject(call));
  searched(call, stringLabels(call.m, s));
  const literal = re === undefined || stateful(re) ? undefined : literalOf(re);
  if (literal !== undefined && s.patterns.length > 0 && s.texts.length === 0)
    return telling(s, (p) => tellOf(literal.name, p, [literal.text]), ANY_BOOLEAN);
  if (re === undefined || stateful(re) || s.open || s.texts.length > 0 || s.labels.length > 0 || s.consts.some((c) => c.length > 256))
    return ANY_BOOLEAN;
  return s.consts.reduce((out: Value, c) => join(out, ofConst(re.test(c))), BOTTOM);
};

const construct: Native = (call) => {
  const { m, site } = call;
  const given = argOf(call, 0);
  const source = given.refs.length > 0 ? getNamed(m, given, "source", site) : asText(m, given, site);
  const flags = hasArg(call.args, 1) ? argOf(call, 1) : given.refs.length > 0 ? getNamed(m, given, "flags", site) : ofConst("");
  return stepped(call, newPattern(m, source, flags, site));
};

export const patterns: NativeModule = {
  modules: ["global"],
  natives: {
    RegExp: construct,
    ...methods("RegExp", {
      exec,
      test,
      toString: (call: NativeCall) => asText(call.m, getNamed(call.m, call.self, "source", call.site), call.site),
    }),
    "RegExp.escape": (call) => asText(call.m, argOf(call, 0), call.site),
  },
};
