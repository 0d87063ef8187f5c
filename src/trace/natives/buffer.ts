/**
 * Bytes: `Buffer`, typed arrays, `Blob`, `File`. All are text objects of another prototype: which byte spells out what is not told
 * apart, but structured text that went in comes out as it was.
 */
import { joinLabels, NO_LABELS, type Labels, type Site } from "../domain/labels.js";
import { isCallable, isIndex, isPlain, joinSlot, type Obj, objectsOf, S, setSlot } from "../domain/heap.js";
import {
  ANY_BOOLEAN,
  ANY_NUMBER,
  BOTTOM,
  EMPTY_STRING,
  isBottom,
  join,
  K,
  numberOf,
  ofConst,
  ofRef,
  ofRefs,
  primitivePart,
  stringOf,
  UNDEFINED,
  type Value,
} from "../domain/value.js";
import { arg, hasArg } from "../machine/call.js";
import { allLabels } from "../machine/deep.js";
import { external, externalName } from "../machine/external.js";
import { anyItem, iterate } from "../machine/iterate.js";
import { loaded, type Machine, type Native, type NativeCall } from "../machine/machine.js";
import type { NativeModule, NativeTable } from "./index.js";
import { newArray, newIterator, spot } from "./items.js";
import { repeat } from "../machine/repeat.js";
import { promiseOf } from "./settle.js";
import {
  addSlot,
  alike,
  argOf,
  arrayOf,
  asText,
  callable,
  callWith,
  constant,
  instance,
  listOf,
  methods,
  option,
  record,
  selves,
  stepped,
  tables,
} from "./support.js";
import { carrier, contentOf, decode, encode } from "./text.js";

const TYPED = [
  "Uint8Array",
  "Uint8ClampedArray",
  "Int8Array",
  "Uint16Array",
  "Int16Array",
  "Uint32Array",
  "Int32Array",
  "Float32Array",
  "Float16Array",
  "Float64Array",
  "BigInt64Array",
  "BigUint64Array",
];

/** The bytes of anything: text, other bytes, lists of numbers. */
function bytesOf(m: Machine, owner: string, v: Value, site: Site): Value {
  let text: Value = primitivePart(v);
  // A number is a size.
  if (text.consts.some((c) => typeof c === "number") || (text.kinds & K.Number) !== 0)
    text = (text.kinds & K.String) === 0 ? BOTTOM : stringOf(text.labels);
  let labels: Labels = NO_LABELS;
  for (const obj of objectsOf(m.heap, v)) {
    if (obj.kind === "text") text = join(text, ofRef(obj.id, v.via));
    else labels = joinLabels(labels, allLabels(m, ofRef(obj.id)));
  }
  if (labels.length > 0) text = join(text, stringOf(labels));
  return encode(m, owner, isBottom(text) ? stringOf(NO_LABELS) : text, site);
}

const from =
  (owner: string): Native =>
  (call) =>
    stepped(call, bytesOf(call.m, owner, argOf(call, 0), call.site));

/** `Float64Array.from(items, fn)`: what the function gives of each. */
const fromItems =
  (owner: string): Native =>
  (call) => {
    const { m, site } = call;
    const fn = argOf(call, 1);
    if (!callable(m, fn)) return from(owner)(call);
    const item = anyItem(iterate(m, argOf(call, 0), site));
    const given = repeat(m, () => callWith(m, fn, [isBottom(item) ? UNDEFINED : item, ANY_NUMBER], site));
    return isBottom(given) ? BOTTOM : stepped(call, bytesOf(m, owner, listOf(m, given, site), site));
  };

const fresh =
  (owner: string): Native =>
  (call) =>
    // `Buffer.alloc(n, fill)`
    bytesOf(call.m, owner, hasArg(call.args, 1) ? argOf(call, 1) : EMPTY_STRING, call.site);

/** What the receiver holds, as bytes of their own kind. */
const holding = (call: NativeCall): Value => contentOf(selves(call).filter((o) => o.kind === "text"));

const self: Native = (call) => call.self;

const concat: Native = (call) => {
  const { m, site } = call;
  const all = anyItem(iterate(m, argOf(call, 0), site));
  return stepped(call, bytesOf(m, "Buffer", all, site));
};

/** Writes something into the bytes. */
const writes =
  (at: number): Native =>
  (call) => {
    const { m, site } = call;
    const given = argOf(call, at);
    // A number's own bytes, too.
    addSlot(m, selves(call), S.value, given.labels.length === 0 ? BOTTOM : stringOf(given.labels));
    for (const bytes of objectsOf(m.heap, bytesOf(m, "Buffer", given, site)))
      addSlot(m, selves(call), S.value, bytes.props.get(S.value) ?? BOTTOM);
    return ANY_NUMBER;
  };

/** Slot of a buffer of which some view is only of a part. */
const RANGED = "\0ranged";

/** `fill(v)` leaves nothing of what was there; with a range it is a write like others. */
const fill: Native = (call) => {
  const [obj, ...others] = selves(call);
  if (
    obj !== undefined &&
    others.length === 0 &&
    !obj.summary &&
    !obj.props.has(RANGED) &&
    call.args.rest === null &&
    call.args.list.length === 1
  ) {
    setSlot(call.m.heap, obj, S.value, EMPTY_STRING);
    // What was written byte by byte: `bytes[i] = v`.
    for (const slot of [...obj.props.keys()]) if (isIndex(slot) || slot === S.rest) setSlot(call.m.heap, obj, slot, undefined);
  }
  writes(0)(call);
  return call.self;
};

const copyTo: Native = (call) => {
  for (const target of objectsOf(call.m.heap, argOf(call, 0))) joinSlot(call.m.heap, target, S.value, holding(call));
  return ANY_NUMBER;
};

/** One byte, or a number made of some: labelled. */
const element = (call: NativeCall): Value => numberOf(stepped(call, stringOf(allLabels(call.m, call.self))).labels);

const each =
  (result: (call: NativeCall, given: Value) => Value): Native =>
  (call) => {
    const byte = element(call);
    const given = repeat(call.m, () => callWith(call.m, argOf(call, 0), [byte, ANY_NUMBER, call.self], call.site));
    return result(call, given);
  };

const READS = [
  "readUInt8",
  "readUint8",
  "readInt8",
  "readUInt16LE",
  "readUInt16BE",
  "readUInt32LE",
  "readUInt32BE",
  "readInt32LE",
  "readInt32BE",
  "readFloatLE",
  "readDoubleLE",
  "readDoubleBE",
  "readFloatBE",
  "readInt16LE",
  "readInt16BE",
  "readUIntLE",
  "readUIntBE",
  "readIntLE",
  "readIntBE",
  ...["Int64LE", "Int64BE", "UInt64LE", "UInt64BE"].map((n) => `readBig${n}`),
  "at",
];
const WRITES = [
  "writeUInt8",
  "writeUint8",
  "writeInt8",
  "writeUInt16LE",
  "writeUInt16BE",
  "writeUInt32LE",
  "writeUInt32BE",
  "writeInt32LE",
  "writeInt32BE",
  "writeFloatLE",
  "writeDoubleLE",
  "writeDoubleBE",
  "writeFloatBE",
  "writeInt16LE",
  "writeInt16BE",
  "writeUIntLE",
  "writeUIntBE",
  "writeIntLE",
  "writeIntBE",
  ...["Int64LE", "Int64BE", "UInt64LE", "UInt64BE"].map((n) => `writeBig${n}`),
  "write",
  "set",
];

const bytes: NativeTable = {
  ...alike(["toString", "toLocaleString"], (call) => decode(call.m, call.self, call.site)),
  toJSON: (call: NativeCall) =>
    record(call.m, { type: ofConst("Buffer"), data: listOf(call.m, element(call), spot(call.site, "data")) }, spot(call.site, "json")),
  ...alike(["slice", "subarray", "reverse", "swap16", "swap32", "valueOf", "sort", "toReversed", "toSorted"], self),
  ...alike(["equals", "includes", "every", "some"], constant(ANY_BOOLEAN)),
  ...alike(["indexOf", "lastIndexOf", "compare"], constant(ANY_NUMBER)),
  ...alike(READS, element),
  ...alike(WRITES, writes(0)),
  fill,
  copy: copyTo,
  join: (call: NativeCall) => stringOf(element(call).labels),
  forEach: each(() => UNDEFINED),
  map: each((call: NativeCall, given: Value) => bytesOf(call.m, "Uint8Array", listOf(call.m, given, call.site), call.site)),
  filter: each((call: NativeCall) => call.self),
  ...alike(
    ["find", "findLast"],
    each((call: NativeCall) => join(element(call), UNDEFINED)),
  ),
  ...alike(
    ["findIndex", "findLastIndex"],
    each(() => ANY_NUMBER),
  ),
  keys: (call: NativeCall) => newIterator(call.m, call.site, { list: [], rest: ANY_NUMBER }),
  ...alike(["setFromBase64", "setFromHex"], writes(0)),
  // Its own bytes in other places.
  copyWithin: self,
  with: (call: NativeCall) => {
    const { m, site } = call;
    const labels = joinLabels(element(call).labels, allLabels(m, argOf(call, 1)));
    return stepped(call, carrier(m, "Uint8Array", join(holding(call), stringOf(labels)), site));
  },
  ...alike(["toBase64", "toHex"], (call) => decode(call.m, call.self, call.site)),
  ...alike(["reduce", "reduceRight"], (call: NativeCall) => {
    const byte = element(call);
    return repeat(
      call.m,
      (so) => callWith(call.m, argOf(call, 0), [so, byte, ANY_NUMBER, call.self], call.site),
      hasArg(call.args, 1) ? argOf(call, 1) : byte,
    );
  }),
  ...alike(["values", "@@iterator"], (call) => newIterator(call.m, call.site, { list: [], rest: element(call) })),
  entries: (call: NativeCall) =>
    newIterator(call.m, call.site, { list: [], rest: arrayOf(call.m, [ANY_NUMBER, element(call)], spot(call.site, "entry")) }),
};

function blob(call: NativeCall, owner: string): Value {
  const { m, site } = call;
  const parts = anyItem(iterate(m, argOf(call, 0), site));
  const made = isBottom(parts) ? carrier(m, owner, EMPTY_STRING, site) : bytesOf(m, owner, parts, site);
  const options = arg(call.args, owner === "File" ? 2 : 1);
  for (const obj of objectsOf(m.heap, made)) {
    setSlot(m.heap, obj, "type", asText(m, option(call, options, "type"), site));
    setSlot(m.heap, obj, "size", ANY_NUMBER);
    if (owner === "File") setSlot(m.heap, obj, "name", asText(m, argOf(call, 1), site));
  }
  return stepped(call, made);
}

/** A stream whose chunks are the content. */
export function streamOf(m: Machine, content: Value, site: Site): Value {
  const stream = instance(m, "stream", "Readable", site, "set");
  setSlot(m.heap, stream, S.rest, content);
  return ofRef(stream.id);
}

const blobMethods: NativeTable = {
  text: (call) => promiseOf(call.m, decode(call.m, call.self, call.site), call.site),
  arrayBuffer: (call) =>
    promiseOf(call.m, carrier(call.m, "ArrayBuffer", loaded(call.m, holding(call), call.self.via, call.site), call.site), call.site),
  bytes: (call) =>
    promiseOf(call.m, carrier(call.m, "Uint8Array", loaded(call.m, holding(call), call.self.via, call.site), call.site), call.site),
  stream: (call) => streamOf(call.m, call.self, call.site),
  slice: self,
};

/** Slot of a buffer that has been made views of. */
const VIEWED = "\0viewed";

const isBuffer = (m: Machine, obj: Obj): boolean =>
  obj.props.has(VIEWED) ||
  objectsOf(m.heap, obj.props.get(S.proto) ?? BOTTOM).some((p) => p.kind === "external" && /ArrayBuffer$/.test(externalName(p)));

/** A view of a buffer is the buffer, with the methods of its views: what any of them is written, all have. Of other bytes it is a copy. */
const view =
  (owner: string): Native =>
  (call) => {
    const { m, site } = call;
    const given = objectsOf(m.heap, argOf(call, 0)).filter((o) => o.kind === "text");
    if (given.length === 0) return from(owner)(call);
    const shared = given.filter((o) => owner === "DataView" || isBuffer(m, o));
    for (const obj of shared) {
      const methodsOf = ofRef(external(m, "global", [owner]).id);
      if (isBuffer(m, obj) && !obj.props.has(VIEWED)) setSlot(m.heap, obj, S.proto, methodsOf);
      else joinSlot(m.heap, obj, S.proto, methodsOf);
      setSlot(m.heap, obj, VIEWED, UNDEFINED);
      if (call.args.list.length > 1) setSlot(m.heap, obj, RANGED, UNDEFINED);
    }
    const copied = given.filter((o) => !shared.includes(o));
    const copy = copied.length === 0 ? BOTTOM : carrier(m, owner, contentOf(copied), site);
    return stepped(call, join(copy, ofRefs(shared.map((o) => o.id))));
  };

/** Lists, collections, promises and streams (which hold bytes, and are none) are certainly no bytes. */
const tellsBytes: Native = (call) =>
  objectsOf(call.m.heap, argOf(call, 0)).every((o) => o.kind !== "object" && (isPlain(o) || isCallable(o)) && o.kind !== "text")
    ? ofConst(false)
    : ANY_BOOLEAN;

const table: NativeTable = {
  Buffer: from("Buffer"),
  "Buffer.from": from("Buffer"),
  "Buffer.of": (call) =>
    stepped(call, bytesOf(call.m, "Buffer", newArray(call.m, call.site, { list: call.args.list, rest: call.args.rest }), call.site)),
  ...alike(["Buffer.alloc", "Buffer.allocUnsafe", "Buffer.allocUnsafeSlow"], fresh("Buffer")),
  "Buffer.concat": concat,
  ...alike(["Buffer.byteLength", "Buffer.compare"], constant(ANY_NUMBER)),
  "Buffer.isBuffer": tellsBytes,
  "Buffer.isEncoding": constant(ANY_BOOLEAN),
  "Buffer.toString": (call) =>
    selves(call).some((o) => o.kind === "external") ? stringOf(NO_LABELS) : decode(call.m, call.self, call.site),
  Blob: (call) => blob(call, "Blob"),
  File: (call) => blob(call, "File"),
  ...methods("Blob", blobMethods),
  ...methods("File", blobMethods),
};

const typed: NativeTable = tables(TYPED, (owner) => ({
  ...methods(owner, bytes),
  [owner]: view(owner),
  [`${owner}.from`]: fromItems(owner),
  [`${owner}.of`]: table["Buffer.of"]!,
}));

export const buffers: NativeModule = {
  modules: ["global"],
  natives: {
    ...methods("Buffer", bytes),
    ...table,
    ...typed,
    ArrayBuffer: (call) => carrier(call.m, "ArrayBuffer", stringOf(NO_LABELS), call.site),
    ...tables(["ArrayBuffer", "SharedArrayBuffer"], (owner) => methods(owner, alike(["slice", "transfer", "transferToFixedLength"], self))),
    "ArrayBuffer.isView": tellsBytes,
    ...alike(["Uint8Array.fromBase64", "Uint8Array.fromHex"], (call) =>
      stepped(call, encode(call.m, "Uint8Array", argOf(call, 0), call.site)),
    ),
    DataView: view("DataView"),
    ...methods("DataView", {
      ...alike(
        [
          "getUint8",
          "getInt8",
          "getUint16",
          "getInt16",
          "getUint32",
          "getInt32",
          "getFloat16",
          "getFloat32",
          "getFloat64",
          "getBigInt64",
          "getBigUint64",
        ],
        element,
      ),
      ...alike(
        [
          "setUint8",
          "setInt8",
          "setUint16",
          "setInt16",
          "setUint32",
          "setInt32",
          "setFloat16",
          "setFloat32",
          "setFloat64",
          "setBigInt64",
          "setBigUint64",
        ],
        writes(1),
      ),
    }),
  },
};

/** `import { Buffer } from "node:buffer"` is the global one. */
export const bufferModule: NativeModule = {
  modules: ["buffer"],
  natives: { ...methods("Buffer", bytes), ...table },
};

/** Text that was read back from somewhere has lost its prototype: the methods of bytes that strings do not have. */
export const bytesOfText: NativeTable = Object.fromEntries(
  ["subarray", "equals", "readUInt8", "text", "arrayBuffer"].map((name) => [`String.prototype.${name}`, bytes[name] ?? blobMethods[name]!]),
);

export const isBytes = (m: Machine, v: Value): boolean => objectsOf(m.heap, v).some((o) => o.kind === "text" && o.props.has(S.proto));
