/**
 * `JSON`: text that keeps the structure of what it was made of, so that fields stay apart when it is parsed again. `toJSON`,
 * allow-lists and replacers take effect where the text is made, revivers where it is read.
 */
import { objectsOf, S } from "../domain/heap.js";
import {
  ANY_BOOLEAN,
  BOTTOM,
  hasPrimitive,
  isBottom,
  join,
  K,
  ofConst,
  ofRef,
  ofRefs,
  primitivePart,
  refPart,
  stringOf,
  UNDEFINED,
  withVia,
  type Value,
} from "../domain/value.js";
import { clone, textOf } from "../machine/clone.js";
import { allLabels } from "../machine/deep.js";
import { hop, loaded, type Machine, type Native, type NativeCall } from "../machine/machine.js";
import { plain } from "../machine/modules.js";
import { maybeThrow } from "../machine/promise.js";
import { throwValue } from "../machine/throw.js";
import { unknown } from "../machine/unknown.js";
import { newError } from "./errors.js";
import type { NativeModule } from "./index.js";
import { spot } from "./items.js";
import { allowed, rewritten } from "./json-walk.js";
import { argOf, callable, stepped } from "./support.js";

/** `JSON.stringify(v, replacer?, space?)`. */
const stringify: Native = (call) => {
  const { m, site } = call;
  const replacer = argOf(call, 1);
  let content = clone(m, argOf(call, 0), site, "json");
  if (callable(m, replacer)) content = rewritten(m, content, replacer, site, "drop");
  else if (replacer.refs.length > 0) content = allowed(m, content, replacer, site);
  return stepped(call, textFor(m, content, argOf(call, 0), call));
};

/** The text of a value: exact for exact primitives. */
export function textFor(m: Machine, content: Value, original: Value, call: NativeCall): Value {
  let out: Value = BOTTOM;
  const primitive = primitivePart(content);
  if (primitive.labels.length > 0) out = stringOf(primitive.labels);
  else {
    for (const c of primitive.consts) out = join(out, ofConst(JSON.stringify(c)));
    if ((primitive.kinds & K.True) !== 0) out = join(out, ofConst("true"));
    if ((primitive.kinds & K.False) !== 0) out = join(out, ofConst("false"));
    if ((primitive.kinds & K.Null) !== 0) out = join(out, ofConst("null"));
    if ((primitive.kinds & (K.String | K.Number | K.Big)) !== 0) out = join(out, stringOf([]));
  }
  if (content.refs.length > 0) out = join(out, textOf(m, refPart(content), call.site));
  if ((original.kinds & (K.Undefined | K.Symbol)) !== 0 || isBottom(content)) out = join(out, UNDEFINED);
  return out;
}

/** `JSON.parse(text, reviver?)`. */
const parse: Native = (call) => {
  const { m, site } = call;
  const out = parsedOf(call, argOf(call, 0));
  const reviver = argOf(call, 1);
  return hop(m, callable(m, reviver) ? rewritten(m, out, reviver, site, "delete") : out, "call", site);
};

/** What text stands for: a fresh copy of its structure, a constant's structure, or (of any other text) something unknown. */
export function parsedOf(call: NativeCall, v: Value): Value {
  const { m, site } = call;
  let out: Value = BOTTOM;
  let plainText = primitivePart(v);
  let malformed = false;
  const objects = objectsOf(m.heap, v);
  const hasText = objects.some((o) => o.kind === "text");
  for (const obj of objects) {
    if (obj.kind !== "text") {
      // A column may give text, or what it stands for: who parses it has the text.
      if (hasText && (obj.kind === "object" || obj.kind === "array")) continue;
      // Bytes or something unknown: its text.
      plainText = join(plainText, stringOf(allLabels(m, ofRef(obj.id))));
      continue;
    }
    const content = loaded(m, obj.props.get(S.value) ?? BOTTOM, v.via, site);
    if (content.refs.length > 0) out = join(out, withVia(clone(m, refPart(content), site, "json"), v.via));
    if (hasPrimitive(content)) plainText = join(plainText, stringOf(content.labels));
  }
  if (plainText.labels.length > 0) out = join(out, unknown(m, spot(site, "parsed"), plainText.labels));
  else {
    for (const c of plainText.consts) {
      const data = tryParse(String(c));
      if (data === undefined) malformed = true;
      else out = join(out, plain(m, data.is, spot(site, "parsed")));
    }
    if ((plainText.kinds & K.Null) !== 0) out = join(out, ofConst(null));
    if ((plainText.kinds & (K.True | K.False)) !== 0) out = join(out, ANY_BOOLEAN);
    if ((plainText.kinds & (K.String | K.Number)) !== 0) out = join(out, unknown(m, spot(site, "parsed")));
  }
  if (plainText.labels.length > 0 || malformed) {
    // The message quotes the text.
    const error = newError(m, "SyntaxError", stringOf(plainText.labels), site);
    if (isBottom(out)) throwValue(m, error);
    else maybeThrow(m, error);
  }
  return out;
}

function tryParse(text: string): { readonly is: unknown } | undefined {
  try {
    return { is: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

const cloned: Native = (call) => hop(call.m, clone(call.m, argOf(call, 0), call.site, "structured"), "call", call.site);

export const json: NativeModule = {
  modules: ["global"],
  natives: { "JSON.stringify": stringify, "JSON.parse": parse, structuredClone: cloned },
};

/** The same as functions of other modules that serialise like JSON: `v8.serialize` and back. */
export const serialisers: NativeModule = {
  modules: ["v8"],
  natives: {
    serialize: (call) => stepped(call, textFor(call.m, clone(call.m, argOf(call, 0), call.site, "structured"), UNDEFINED, call)),
    deserialize: (call) => hop(call.m, parsedOf(call, ofRefs(argOf(call, 0).refs)), "call", call.site),
  },
};
