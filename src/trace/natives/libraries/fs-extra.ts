/** `fs-extra` and `jsonfile`: the file system with promises, JSON files and folders that are made on the way. */
import { ANY_BOOLEAN, UNDEFINED, type Value } from "../../domain/value.js";
import type { Native, NativeCall } from "../../machine/machine.js";
import { readFile, writeFile } from "../file-places.js";
import { noteName } from "../file-names.js";
import { atOnce, copy, files, make, mapped, OPERATIONS, withCallbackOrPromise, write } from "../fs.js";
import type { NativeModule, NativeTable } from "../index.js";
import { parsedOf } from "../json.js";
import { alike, argOf, constant } from "../support.js";

/** The text that a value is written as. */
export const jsonText = (call: NativeCall, v: Value): Value =>
  call.m.native({ module: "global", path: ["JSON", "stringify"] })?.({ ...call, args: { list: [v], rest: null } }) ?? v;

const writeJson: Native = (call) => {
  noteName(call.m, argOf(call, 0), call.site);
  writeFile(call.m, argOf(call, 0), jsonText(call, argOf(call, 1)), call.site);
  return UNDEFINED;
};

const readJson: Native = (call) => parsedOf(call, readFile(call.m, argOf(call, 0), call.site));

const MORE: NativeTable = {
  ...alike(["writeJson", "writeJSON", "outputJson", "outputJSON"], writeJson),
  ...alike(["readJson", "readJSON"], readJson),
  outputFile: write,
  ...alike(["move", "copy", "ensureLink", "createLink", "ensureSymlink", "createSymlink"], copy),
  ...alike(["ensureFile", "createFile", "ensureDir", "mkdirs", "mkdirp"], make),
  pathExists: constant(ANY_BOOLEAN),
  ...alike(["remove", "emptyDir", "emptydir"], constant(UNDEFINED)),
};

const bothWays = (table: NativeTable): NativeTable => ({
  ...mapped(table, (n) => n, withCallbackOrPromise),
  ...mapped(table, (n) => `${n}Sync`, atOnce),
});

export const fsExtra: NativeModule = {
  modules: ["fs-extra", "fs-extra/esm"],
  natives: { ...files.natives, ...bothWays({ ...OPERATIONS, ...MORE }) },
};

export const jsonFile: NativeModule = { modules: ["jsonfile"], natives: bothWays({ writeFile: writeJson, readFile: readJson }) };
