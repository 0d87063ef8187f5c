/** `zlib`: compressed data is the same data. */
import { ANY_NUMBER, NULL, UNDEFINED } from "../domain/value.js";
import type { Native } from "../machine/machine.js";
import type { NativeModule } from "./index.js";
import { constructStream } from "./stream.js";
import { alike, argOf, callWith, lastCallback, stepped } from "./support.js";
import { encode } from "./text.js";

const packs = ["gzip", "gunzip", "deflate", "inflate", "deflateRaw", "inflateRaw", "brotliCompress", "brotliDecompress", "unzip"];
const packNow: Native = (call) => stepped(call, encode(call.m, "Buffer", argOf(call, 0), call.site));
const packLater: Native = (call) => {
  const callback = lastCallback(call.m, call.args);
  if (callback !== undefined) callWith(call.m, callback, [NULL, packNow(call)], call.site);
  return UNDEFINED;
};
const capital = (s: string): string => s.charAt(0).toUpperCase() + s.slice(1);

export const zlib: NativeModule = {
  modules: ["zlib"],
  natives: {
    ...alike(
      packs.map((n) => `${n}Sync`),
      packNow,
    ),
    ...alike(packs, packLater),
    ...alike(
      packs.map((n) => `create${capital(n)}`),
      constructStream("PassThrough"),
    ),
    crc32: () => ANY_NUMBER,
  },
};
