/** Text encodings: base64 and URL escapes, `TextEncoder` and `TextDecoder`. What was encoded is still there. */
import { S, setSlot } from "../domain/heap.js";
import { EMPTY_STRING, ofConst, ofRef } from "../domain/value.js";
import { hasArg } from "../machine/call.js";
import { make, type Native, type NativeCall } from "../machine/machine.js";
import { external } from "../machine/external.js";
import type { NativeModule, NativeTable } from "./index.js";
import { spot } from "./items.js";
import { argOf, asText, methods, record, stepped } from "./support.js";
import { decode, encode, mapText } from "./text.js";

/** A function from text to text: exact on constants, otherwise the same text in other letters. */
const recode =
  (fold: (s: string) => string): Native =>
  (call) =>
    mapText(call, asText(call.m, argOf(call, 0), call.site), (s) => {
      try {
        return fold(s);
      } catch {
        return undefined;
      }
    });

/** An object without state of its own. */
const stateless =
  (owner: string, props: Readonly<Record<string, string>> = {}): Native =>
  (call) => {
    const obj = make(call.m, "object", spot(call.site, owner));
    setSlot(call.m.heap, obj, S.proto, ofRef(external(call.m, "global", [owner]).id));
    for (const [name, v] of Object.entries(props)) setSlot(call.m.heap, obj, name, ofConst(v));
    return ofRef(obj.id);
  };

const encodeText: Native = (call) =>
  stepped(call, encode(call.m, "Uint8Array", hasArg(call.args, 0) ? argOf(call, 0) : EMPTY_STRING, call.site));
const decodeText: Native = (call: NativeCall) => (hasArg(call.args, 0) ? decode(call.m, argOf(call, 0), call.site) : EMPTY_STRING);

const coders: NativeTable = {
  TextEncoder: stateless("TextEncoder", { encoding: "utf-8" }),
  TextDecoder: stateless("TextDecoder", { encoding: "utf-8" }),
  ...methods("TextEncoder", {
    encode: encodeText,
    encodeInto: (call) => {
      // The bytes land in an array that is given.
      const bytes = encode(call.m, "Uint8Array", argOf(call, 0), call.site);
      for (const to of argOf(call, 1).refs)
        for (const from of bytes.refs)
          setSlot(call.m.heap, call.m.heap.objects[to]!, S.value, call.m.heap.objects[from]!.props.get(S.value));
      return record(call.m, {}, spot(call.site, "encoded"));
    },
  }),
  ...methods("TextDecoder", { decode: decodeText }),
};

export const encodings: NativeModule = {
  modules: ["global"],
  natives: {
    ...coders,
    btoa: recode((s) => Buffer.from(s, "latin1").toString("base64")),
    atob: recode((s) => Buffer.from(s, "base64").toString("latin1")),
    encodeURIComponent: recode(encodeURIComponent),
    decodeURIComponent: recode(decodeURIComponent),
    encodeURI: recode(encodeURI),
    decodeURI: recode(decodeURI),
    escape: recode((s) => encodeURIComponent(s)),
    unescape: recode((s) => decodeURIComponent(s)),
  },
};

export const coderModules: NativeModule = { modules: ["util"], natives: coders };

/** `string_decoder`: bytes come in, text goes out. */
export const stringDecoder: NativeModule = {
  modules: ["string_decoder"],
  natives: {
    StringDecoder: (call) => {
      const obj = make(call.m, "object", spot(call.site, "StringDecoder"));
      setSlot(call.m.heap, obj, S.proto, ofRef(external(call.m, "string_decoder", ["StringDecoder"]).id));
      return ofRef(obj.id);
    },
    ...methods("StringDecoder", { write: decodeText, end: decodeText }),
  },
};
