/** Running the language's own functions on exact constants. */
import { joinLabels, NO_LABELS } from "../domain/labels.js";
import type { TextPattern } from "../domain/text-pattern.js";
import { exact, isBottom, join, joinAll, K, ofConst, stringOf, type Const, type Value } from "../domain/value.js";
import type { Native, NativeCall } from "../machine/machine.js";
import { stepped } from "./support.js";
import { tellOf } from "./text-holes.js";
import { stringLabels, stringsOf, type Strings } from "./text.js";

export type Plain = Const | boolean | null | undefined;

/** What a value is exactly, `undefined`, `null` and booleans included; nothing when it is open. */
export function plainOf(v: Value): { readonly is: Plain } | undefined {
  if (v.refs.length > 0 || v.labels.length > 0) return undefined;
  const c = exact(v);
  if (c !== undefined) return { is: c };
  if (v.consts.length > 0) return undefined;
  switch (v.kinds) {
    case K.Undefined:
      return { is: undefined };
    case K.Null:
      return { is: null };
    case K.True:
      return { is: true };
    case K.False:
      return { is: false };
    default:
      return undefined;
  }
}

/** All arguments of a call where they are exact. */
export function plainArgs(call: NativeCall): Plain[] | undefined {
  if (call.args.rest !== null) return undefined;
  const out: Plain[] = [];
  for (const v of call.args.list) {
    const p = plainOf(v);
    if (p === undefined) return undefined;
    out.push(p.is);
  }
  return out;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Longer results are "any string". */
const MAX_TEXT = 4096;

/** A method of the language's own, run on an exact receiver; nothing where it throws or gives an object. */
export function run(owner: object, name: string, self: unknown, args: unknown[]): { readonly is: Plain } | undefined {
  const method = (owner as Readonly<Record<string, Method | undefined>>)[name];
  if (method === undefined || (name === "repeat" && Number(args[0]) * String(self).length > MAX_TEXT)) return undefined;
  try {
    const is = method.apply(self, args);
    if (typeof is === "string" && is.length > MAX_TEXT) return undefined;
    return typeof is === "string" || typeof is === "number" || typeof is === "boolean" || is === undefined || is === null
      ? { is }
      : undefined;
  } catch {
    return undefined;
  }
}

/** A string method that tells about the text without spelling it out. */
export function tells(name: string, otherwise: Value): Native {
  return (call) => {
    const s = stringsOf(call.m, call.self);
    const args = plainArgs(call);
    if (args === undefined || s.texts.length > 0) return otherwise;
    if (s.open && s.patterns.length > 0 && s.consts.length === 0) return telling(s, (p) => tellOf(name, p, args), otherwise);
    if (s.open || s.consts.length === 0) return otherwise;
    return joinAll(
      s.consts.map((c) => {
        const r = run(String.prototype, name, c, args);
        return r === undefined ? otherwise : ofConst(r.is);
      }),
    );
  };
}

/** What is told about texts with holes, where all of them tell it. */
export const telling = (s: Strings, tell: (p: TextPattern) => boolean | undefined, otherwise: Value): Value =>
  joinAll(
    s.patterns.map((p) => {
      const is = tell(p);
      return is === undefined ? otherwise : ofConst(is);
    }),
  );

/** A string method whose result spells some of the text out, and of which nothing but its labels is known when it is open. */
export function spells(name: string, otherwise: (labels: ReturnType<typeof stringLabels>) => Value): Native {
  return (call) => {
    const s = stringsOf(call.m, call.self);
    const args = plainArgs(call);
    const exacts = s.consts.map((c) => {
      const r = args === undefined ? undefined : run(String.prototype, name, c, args);
      return r === undefined ? otherwise(NO_LABELS) : ofConst(r.is);
    });
    let out = joinAll(exacts);
    if (s.open || s.texts.length > 0) out = join(out, otherwise(stringLabels(call.m, s)));
    else if (s.labels.length > 0) out = { ...out, labels: joinLabels(out.labels, s.labels) };
    return stepped(call, isBottom(out) ? otherwise(s.labels) : out);
  };
}

export const anyString = (labels: ReturnType<typeof stringLabels>): Value => stringOf(labels);
