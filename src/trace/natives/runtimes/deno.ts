/** Files of Deno: the functions of `Deno`, at once and as promises (https://docs.deno.com/api/deno/file-system). */
import type { Value } from "../../domain/value.js";
import type { Native } from "../../machine/machine.js";
import { handleOf, readFile } from "../file-places.js";
import { atOnce, copy, mapped, OPERATIONS, write } from "../fs.js";
import type { NativeModule, NativeTable } from "../index.js";
import { promised } from "../settle.js";
import { alike, argOf } from "../support.js";
import { decode, encode } from "../text.js";

const readBytes: Native = (call): Value => encode(call.m, "Uint8Array", readFile(call.m, argOf(call, 0), call.site), call.site);
const readText: Native = (call): Value => decode(call.m, readFile(call.m, argOf(call, 0), call.site), call.site);
const open: Native = (call) => handleOf(call.m, argOf(call, 0), call.site);

const FILES: NativeTable = {
  ...alike(["writeTextFile", "writeFile"], write),
  readTextFile: readText,
  readFile: readBytes,
  ...alike(["open", "create"], open),
  ...alike(["copyFile", "rename", "link"], copy),
  ...Object.fromEntries(
    ["mkdir", "stat", "lstat", "realPath", "remove", "truncate", "chmod"].map((n) => [n, OPERATIONS[n] ?? OPERATIONS["rm"]!]),
  ),
};

export const deno: NativeModule = {
  modules: ["global"],
  natives: {
    ...mapped(
      FILES,
      (n) => `Deno.${n}`,
      (native) => (call) => promised(call, atOnce(native)(call)),
    ),
    ...mapped(FILES, (n) => `Deno.${n}Sync`, atOnce),
  },
};
