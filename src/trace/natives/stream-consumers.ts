/** `stream/consumers`: all of a stream (or of anything iterable) at once, as text, bytes or what JSON text stands for. */
import { isBottom, type Value } from "../domain/value.js";
import type { Native, NativeCall } from "../machine/machine.js";
import { unknown } from "../machine/unknown.js";
import type { NativeModule } from "./index.js";
import { parsedOf } from "./json.js";
import { promised } from "./settle.js";
import { everything } from "./stream.js";
import { argOf, stepped } from "./support.js";
import { decode, encode } from "./text.js";

const consumer =
  (convert: (call: NativeCall, all: Value) => Value): Native =>
  (call) => {
    const all = everything(call.m, argOf(call, 0), call.site);
    return promised(call, isBottom(all) ? unknown(call.m, call.site) : stepped(call, convert(call, all)));
  };

const bytes = (owner: string): Native => consumer((call, all) => encode(call.m, owner, all, call.site));

export const streamConsumers: NativeModule = {
  modules: ["stream/consumers"],
  natives: {
    text: consumer((call, all) => decode(call.m, all, call.site)),
    json: consumer((call, all) => parsedOf(call, decode(call.m, all, call.site))),
    buffer: bytes("Buffer"),
    arrayBuffer: bytes("ArrayBuffer"),
    blob: bytes("Blob"),
  },
};
