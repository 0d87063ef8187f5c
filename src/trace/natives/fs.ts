/** `fs`: the same operations at once, with callbacks, and as promises. */
import { objectsOf, S, setSlot } from "../domain/heap.js";
import {
  ANY_BOOLEAN,
  ANY_NUMBER,
  ANY_STRING,
  exact,
  isBottom,
  join,
  joinAll,
  NULL,
  ofConst,
  ofRef,
  UNDEFINED,
  type Value,
} from "../domain/value.js";
import { anyItem, iterate } from "../machine/iterate.js";
import type { Native, NativeCall } from "../machine/machine.js";
import { hasArg } from "../machine/call.js";
import { readPlace, writePlace } from "../stores/places.js";
import { entryOfDirectory, failing, noteName, someName } from "./file-names.js";
import { copyFolder, handleOf, placesOf, readFile, readingStream, writeFile, writingStream } from "./file-places.js";
import type { NativeModule, NativeTable } from "./index.js";
import { newIterator, spot } from "./items.js";
import { promiseOf } from "./settle.js";
import { alike, argOf, constant, instance, lastCallback, listOf, methods, option, record } from "./support.js";
import { encode } from "./text.js";

/** Also adds to a file: what was in it stays. */
export const write: Native = (call) => {
  noteName(call.m, argOf(call, 0), call.site);
  writeFile(call.m, argOf(call, 0), argOf(call, 1), call.site);
  return UNDEFINED;
};

const read: Native = (call) => readFile(call.m, argOf(call, 0), call.site);

/** The file, or all that is in the folder. */
export const copy: Native = (call) => {
  const { m, site } = call;
  noteName(m, argOf(call, 1), site);
  writeFile(m, argOf(call, 1), readFile(m, argOf(call, 0), site), site);
  copyFolder(m, argOf(call, 0), argOf(call, 1), site);
  return UNDEFINED;
};

/** A link's target is kept beside what the file under the link's name holds. */
const link: Native = (call) => {
  copy(call);
  for (const place of placesOf(call.m, argOf(call, 1))) writePlace(call.m, `target of ${place}`, argOf(call, 0), call.site);
  return UNDEFINED;
};

const target: Native = (call) => {
  const v = joinAll(placesOf(call.m, argOf(call, 0)).map((place) => readPlace(call.m, `target of ${place}`, call.site)));
  return isBottom(v) ? argOf(call, 0) : v;
};

/** The names in a directory, or its entries: a value of the options that is not known may ask for either. */
const names: Native = (call) => {
  const { m, site } = call;
  const name = someName(m, site);
  const entries = exact(argOf(call, 1)) === undefined && argOf(call, 1).refs.length > 0;
  return listOf(m, entries ? join(name, entryOfDirectory(m, site)) : name, spot(site, "names"));
};

const found: Native = (call) => newIterator(call.m, call.site, { list: [], rest: someName(call.m, call.site) });

/** An open directory: iterating it gives its entries. */
const directory: Native = (call) => {
  const dir = instance(call.m, "fs", "Dir", call.site, "set");
  setSlot(call.m.heap, dir, S.rest, entryOfDirectory(call.m, call.site));
  return ofRef(dir.id);
};

/** A file or a folder that may be new. */
export const make: Native = (call) => {
  noteName(call.m, argOf(call, 0), call.site);
  return UNDEFINED;
};
const facts: Native = (call) => ofRef(instance(call.m, "fs", "Stats", call.site, "object").id);

/** A directory of its own gets a name of its own. */
const temporary: Native = (call) => {
  const prefix = exact(argOf(call, 0));
  return typeof prefix === "string" ? ofConst(`${prefix}XXXXXX`) : ANY_STRING;
};

/** What may be asked of what a name stands for. */
const KINDS = ["isFile", "isDirectory", "isSymbolicLink", "isFIFO", "isSocket", "isBlockDevice", "isCharacterDevice"];

/** What files can be asked for in all three ways. */
export const OPERATIONS: NativeTable = {
  ...alike(["writeFile", "appendFile"], write),
  readFile: read,
  ...alike(["copyFile", "rename", "cp", "link"], copy),
  symlink: link,
  open: (call) => {
    const flags = exact(argOf(call, 1));
    if (hasArg(call.args, 1) && flags !== "r" && flags !== "r+") noteName(call.m, argOf(call, 0), call.site);
    return handleOf(call.m, argOf(call, 0), call.site);
  },
  readdir: names,
  opendir: directory,
  mkdir: make,
  ...alike(["stat", "lstat", "fstat"], facts),
  mkdtemp: temporary,
  realpath: (call) => argOf(call, 0),
  readlink: target,
  exists: constant(ANY_BOOLEAN),
  ...alike(
    ["rm", "rmdir", "unlink", "access", "chmod", "chown", "utimes", "truncate", "fsync", "close", "ftruncate", "watch", "watchFile"],
    constant(UNDEFINED),
  ),
};

/** `fs.write(fd, data)` and its kin. */
const BY_DESCRIPTOR: NativeTable = {
  write: (call) => {
    writeFile(call.m, argOf(call, 0), argOf(call, 1), call.site);
    return ANY_NUMBER;
  },
  writev: (call) => {
    writeFile(call.m, argOf(call, 0), argOf(call, 1), call.site);
    return ANY_NUMBER;
  },
  read: (call) => {
    // The bytes land in a buffer that is given, perhaps as a property of the options.
    const given = argOf(call, 1);
    const inOptions = objectsOf(call.m.heap, given).some((o) => o.kind === "object");
    copyInto(call, inOptions ? option(call, given, "buffer") : given, readFile(call.m, argOf(call, 0), call.site));
    return ANY_NUMBER;
  },
  readv: (call) => {
    const { m, site } = call;
    copyInto(call, anyItem(iterate(m, argOf(call, 1), site)), readFile(m, argOf(call, 0), site));
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
    if (callback !== undefined) failing.called(call, argOf(call, 0), callback, result);
    return UNDEFINED;
  };

export const atOnce =
  (operation: Native): Native =>
  (call) =>
    failing.now(call, argOf(call, 0), () => operation(call));

const asPromise =
  (operation: Native): Native =>
  (call) =>
    failing.promised(call, argOf(call, 0), promiseOf(call.m, operation(call), call.site));

/** A table under other names, each of its natives changed. */
export const mapped = (table: NativeTable, name: (n: string) => string, native: (n: Native) => Native): NativeTable =>
  Object.fromEntries(Object.entries(table).map(([k, v]) => [name(k), native(v)]));

const promised = mapped(OPERATIONS, (n) => n, asPromise);
const all: NativeTable = { ...OPERATIONS, ...BY_DESCRIPTOR };

/** Methods of an open file. */
const ofHandle = (operation: Native): Native =>
  asPromise((call) => operation({ ...call, args: { list: [call.self, ...call.args.list], rest: call.args.rest } }));

const handle: NativeTable = methods("FileHandle", {
  ...alike(["writeFile", "appendFile", "write", "writev"], ofHandle(write)),
  readFile: ofHandle(read),
  read: ofHandle((call) => {
    BY_DESCRIPTOR["read"]!(call);
    return record(call.m, { bytesRead: ANY_NUMBER, buffer: read(call) }, spot(call.site, "read"));
  }),
  readv: ofHandle((call) => {
    BY_DESCRIPTOR["readv"]!(call);
    return record(call.m, { bytesRead: ANY_NUMBER, buffers: argOf(call, 1) }, spot(call.site, "read"));
  }),
  readableWebStream: (call) => readingStream(call.m, call.self, call.site),
  readLines: (call) => newIterator(call.m, call.site, { list: [], rest: readFile(call.m, call.self, call.site) }),
  createReadStream: (call) => readingStream(call.m, call.self, call.site),
  createWriteStream: (call) => writingStream(call.m, call.self, call.site),
  stat: asPromise(facts),
  ...alike(["close", "sync", "datasync", "truncate"], (call) => promiseOf(call.m, UNDEFINED, call.site)),
});

/** Methods of an open directory. */
const ofDirectory: NativeTable = methods("Dir", {
  readSync: (call) => join(NULL, entryOfDirectory(call.m, call.site)),
  read: withCallbackOrPromise((call) => join(NULL, entryOfDirectory(call.m, call.site))),
  entries: (call) => newIterator(call.m, call.site, { list: [], rest: entryOfDirectory(call.m, call.site) }),
  closeSync: constant(UNDEFINED),
  close: withCallbackOrPromise(constant(UNDEFINED)),
});

/** With a callback behind its arguments, else a promise. */
export function withCallbackOrPromise(operation: Native): Native {
  return (call) => (lastCallback(call.m, call.args) === undefined ? asPromise(operation)(call) : withCallback(operation)(call));
}

/** Data of a file as something else than a file. */
const asBlob: Native = (call) =>
  promiseOf(call.m, encode(call.m, "Blob", readFile(call.m, argOf(call, 0), call.site), call.site), call.site);

export const files: NativeModule = {
  modules: ["fs", "graceful-fs"],
  natives: {
    ...mapped(all, (n) => n, withCallback),
    ...mapped(all, (n) => `${n}Sync`, atOnce),
    ...mapped(
      promised,
      (n) => `promises.${n}`,
      (n) => n,
    ),
    ...handle,
    ...ofDirectory,
    ...methods("Stats", alike(KINDS, constant(ANY_BOOLEAN))),
    ...methods("Dirent", alike(KINDS, constant(ANY_BOOLEAN))),
    openAsBlob: asBlob,
    globSync: (call) => listOf(call.m, someName(call.m, call.site), spot(call.site, "names")),
    glob: withCallback((call) => listOf(call.m, someName(call.m, call.site), spot(call.site, "names"))),
    "promises.glob": found,
    createReadStream: (call) => readingStream(call.m, argOf(call, 0), call.site),
    createWriteStream: (call) => {
      noteName(call.m, argOf(call, 0), call.site);
      return writingStream(call.m, argOf(call, 0), call.site);
    },
  },
};

export const promisedFiles: NativeModule = { modules: ["fs/promises"], natives: { ...promised, glob: found } };
