/** Files of Bun: `Bun.write(path, data)`, `Bun.file(path)` (https://bun.com/docs/api/file-io). A file is opened when it is read. */
import { objectsOf, S, setSlot } from "../../domain/heap.js";
import { ANY_BOOLEAN, ANY_NUMBER, BOTTOM, isBottom, join, joinAll, ofConst, ofRef, type Value } from "../../domain/value.js";
import { awaitValue } from "../../machine/promise.js";
import type { Native, NativeCall } from "../../machine/machine.js";
import { streamOf } from "../buffer.js";
import { noteName } from "../file-names.js";
import { placesOf, readFile, writeFile, writingStream } from "../file-places.js";
import type { NativeModule } from "../index.js";
import { parsedOf } from "../json.js";
import { promised } from "../settle.js";
import { PLACE } from "../stream-core.js";
import { decode, encode } from "../text.js";
import { alike, argOf, instance, methods, selves } from "../support.js";

/** A file is a blob of what is under its path, whenever that is read. */
const file: Native = (call) => {
  const { m, site } = call;
  const obj = instance(m, "bun", "BunFile", site, "text");
  setSlot(m.heap, obj, S.value, readFile(m, argOf(call, 0), site));
  setSlot(m.heap, obj, PLACE, joinAll(placesOf(m, argOf(call, 0)).map(ofConst)));
  setSlot(m.heap, obj, "name", argOf(call, 0));
  setSlot(m.heap, obj, "size", ANY_NUMBER);
  return ofRef(obj.id);
};

/** What is written: of a file what it holds, of a response its body, else the value itself. */
function dataOf(call: NativeCall, given: Value): Value {
  const { m, site } = call;
  const objects = objectsOf(m.heap, given);
  let out: Value = { ...given, refs: objects.filter((o) => !o.props.has(PLACE) && o.kind !== "object").map((o) => o.id) };
  for (const obj of objects) {
    if (obj.props.has(PLACE)) out = join(out, readFile(m, ofRef(obj.id), site));
    else if (obj.kind === "object") out = join(out, obj.props.get(S.value) ?? ofRef(obj.id));
  }
  return out;
}

const writeTo = (call: NativeCall, path: Value, data: Value): Value => {
  noteName(call.m, path, call.site);
  writeFile(call.m, path, dataOf(call, awaitValue(call.m, data, call.site)), call.site);
  return promised(call, ANY_NUMBER);
};

const held = (call: NativeCall): Value => readFile(call.m, call.self, call.site);

/** `file.writer()`: what goes into it is in the file. */
const writer: Native = (call) => {
  const sink = instance(call.m, "bun", "FileSink", call.site);
  const stream = writingStream(call.m, call.self, call.site);
  setSlot(call.m.heap, sink, PLACE, objectsOf(call.m.heap, stream)[0]?.props.get(PLACE) ?? BOTTOM);
  return ofRef(sink.id);
};

const FILE = methods("BunFile", {
  text: (call) => promised(call, decode(call.m, held(call), call.site)),
  json: (call) => promised(call, parsedOf(call, decode(call.m, held(call), call.site))),
  ...alike(["bytes", "arrayBuffer"], (call) => promised(call, encode(call.m, "Uint8Array", held(call), call.site))),
  stream: (call) => streamOf(call.m, encode(call.m, "Uint8Array", held(call), call.site), call.site),
  slice: (call) => call.self,
  exists: (call) => promised(call, ANY_BOOLEAN),
  write: (call) => writeTo(call, call.self, argOf(call, 0)),
  writer,
  ...alike(["delete", "unlink"], (call) => promised(call, ANY_NUMBER)),
});

const SINK = methods("FileSink", {
  write: (call) => {
    for (const obj of selves(call)) if (!isBottom(argOf(call, 0))) writeFile(call.m, ofRef(obj.id), argOf(call, 0), call.site);
    return ANY_NUMBER;
  },
  ...alike(["flush", "end"], (call) => promised(call, ANY_NUMBER)),
  ...alike(["ref", "unref", "start"], (call) => call.self),
});

const FUNCTIONS = { file, write: ((call) => writeTo(call, argOf(call, 0), argOf(call, 1))) satisfies Native };

/** As exports of `bun`, and as members of the global. */
export const bun: readonly NativeModule[] = [
  { modules: ["bun"], natives: { ...FUNCTIONS, ...FILE, ...SINK } },
  { modules: ["global"], natives: Object.fromEntries(Object.entries(FUNCTIONS).map(([name, native]) => [`Bun.${name}`, native])) },
];
