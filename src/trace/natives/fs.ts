/** `fs`: the same operations at once, with callbacks, and as promises. */
import { ANY_BOOLEAN, ANY_NUMBER, ANY_STRING, exact, join, NULL, ofConst, UNDEFINED, type Value } from "../domain/value.js";
import type { Native, NativeCall } from "../machine/machine.js";
import { handleOf, readFile, readingStream, writeFile, writingStream } from "./file-places.js";
import type { NativeModule, NativeTable } from "./index.js";
import { newIterator, spot } from "./items.js";
import { promiseOf } from "./settle.js";
import { alike, argOf, callWith, constant, lastCallback, listOf, methods, record } from "./support.js";

const write: Native = (call) => {
  writeFile(call.m, argOf(call, 0), argOf(call, 1), call.site);
  return UNDEFINED;
};

const read: Native = (call) => readFile(call.m, argOf(call, 0), call.site);

const copy: Native = (call) => {
  writeFile(call.m, argOf(call, 1), readFile(call.m, argOf(call, 0), call.site), call.site);
  return UNDEFINED;
};

const entry = (call: NativeCall): Value =>
  record(call.m, { name: ANY_STRING, path: ANY_STRING, parentPath: ANY_STRING }, spot(call.site, "entry"));
const names: Native = (call) =>
  listOf(
    call.m,
    exact(argOf(call, 1)) === undefined && argOf(call, 1).refs.length > 0 ? join(ANY_STRING, entry(call)) : ANY_STRING,
    spot(call.site, "names"),
  );
const facts: Native = (call) =>
  record(call.m, { size: ANY_NUMBER, mtimeMs: ANY_NUMBER, mtime: ANY_NUMBER, mode: ANY_NUMBER }, spot(call.site, "stat"));

/** A directory of its own gets a name of its own. */
const temporary: Native = (call) => {
  const prefix = exact(argOf(call, 0));
  return typeof prefix === "string" ? ofConst(`${prefix}XXXXXX`) : ANY_STRING;
};

const OPERATIONS: NativeTable = {
  ...alike(["writeFile", "appendFile"], write),
  readFile: read,
  ...alike(["copyFile", "rename", "cp", "link", "symlink"], copy),
  open: (call) => handleOf(call.m, argOf(call, 0), call.site),
  readdir: names,
  ...alike(["stat", "lstat", "fstat"], facts),
  mkdtemp: temporary,
  ...alike(["realpath", "readlink"], (call) => argOf(call, 0)),
  exists: constant(ANY_BOOLEAN),
  ...alike(
    [
      "mkdir",
      "rm",
      "rmdir",
      "unlink",
      "access",
      "chmod",
      "chown",
      "utimes",
      "truncate",
      "fsync",
      "close",
      "ftruncate",
      "watch",
      "watchFile",
    ],
    constant(UNDEFINED),
  ),
};

/** `fs.write(fd, data)` and its kin. */
const BY_DESCRIPTOR: NativeTable = {
  write: (call) => {
    writeFile(call.m, argOf(call, 0), argOf(call, 1), call.site);
    return ANY_NUMBER;
  },
  read: (call) => {
    // The bytes land in a buffer that is given.
    copyInto(call, argOf(call, 1), readFile(call.m, argOf(call, 0), call.site));
    return ANY_NUMBER;
  },
};

function copyInto(call: NativeCall, buffer: Value, data: Value): void {
  const set = call.m.native({ module: "global", path: ["Buffer", "prototype", "set"] });
  set?.({ ...call, self: buffer, args: { list: [data], rest: null } });
}

const withCallback =
  (operation: Native): Native =>
  (call) => {
    const callback = lastCallback(call.m, call.args);
    const args = callback === undefined ? call.args : { list: call.args.list.filter((v) => v !== callback), rest: call.args.rest };
    const result = operation({ ...call, args });
    if (callback !== undefined) callWith(call.m, callback, [NULL, result], call.site);
    return UNDEFINED;
  };

const asPromise =
  (operation: Native): Native =>
  (call) =>
    promiseOf(call.m, operation(call), call.site);

const mapped = (table: NativeTable, name: (n: string) => string, native: (n: Native) => Native): NativeTable =>
  Object.fromEntries(Object.entries(table).map(([k, v]) => [name(k), native(v)]));

const promised = mapped(OPERATIONS, (n) => n, asPromise);
const all: NativeTable = { ...OPERATIONS, ...BY_DESCRIPTOR };

/** Methods of an open file. */
const ofHandle = (operation: Native): Native =>
  asPromise((call) => operation({ ...call, args: { list: [call.self, ...call.args.list], rest: call.args.rest } }));

const handle: NativeTable = methods("FileHandle", {
  ...alike(["writeFile", "appendFile", "write", "writev"], ofHandle(write)),
  readFile: ofHandle(read),
  read: ofHandle((call) => record(call.m, { bytesRead: ANY_NUMBER, buffer: read(call) }, spot(call.site, "read"))),
  readLines: (call) => newIterator(call.m, call.site, { list: [], rest: readFile(call.m, call.self, call.site) }),
  createReadStream: (call) => readingStream(call.m, call.self, call.site),
  createWriteStream: (call) => writingStream(call.m, call.self, call.site),
  stat: asPromise(facts),
  ...alike(["close", "sync", "datasync", "truncate"], (call) => promiseOf(call.m, UNDEFINED, call.site)),
});

export const files: NativeModule = {
  modules: ["fs"],
  natives: {
    ...mapped(all, (n) => n, withCallback),
    ...mapped(
      all,
      (n) => `${n}Sync`,
      (n) => n,
    ),
    ...mapped(
      promised,
      (n) => `promises.${n}`,
      (n) => n,
    ),
    ...handle,
    createReadStream: (call) => readingStream(call.m, argOf(call, 0), call.site),
    createWriteStream: (call) => writingStream(call.m, argOf(call, 0), call.site),
  },
};

export const promisedFiles: NativeModule = { modules: ["fs/promises"], natives: promised };
